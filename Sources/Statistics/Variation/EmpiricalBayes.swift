import CStatistics

extension Variation {
  /// Observed over expected, shrunk towards 1 by how little the unit's own count says (Poisson-gamma model).
  public struct EmpiricalBayes: Equatable, Sendable {
    /// The shape of the gamma distribution of true ratios; infinite when units do not vary beyond chance.
    public var shape: Double
    /// The counts.
    public var observed: [Double]
    /// The expectations.
    public var expected: [Double]

    /// Fits the shape by maximum likelihood, the mean being 1.
    ///
    /// - Throws: ``Undefined/noObservations``, ``Undefined/noDenominator`` when nothing is expected of a unit.
    public init(observed: [Double], expected: [Double]) throws(Undefined) {
      guard observed.count == expected.count else { throw .invalidInput }
      guard !observed.isEmpty else { throw .noObservations }
      guard expected.allSatisfy({ $0 > 0 }) else { throw .noDenominator }
      let shape = cst_poisson_gamma_shape(observed, expected, Int64(observed.count))
      guard !shape.isNaN else { throw .invalidInput }
      self.shape = shape
      self.observed = observed
      self.expected = expected
    }

    /// The smoothed ratio of every unit: (O + a)/(E + a).
    public var smoothed: [Double] {
      zip(observed, expected).map { shape.isInfinite ? 1 : ($0 + shape) / ($1 + shape) }
    }

    /// The limits of a unit's true ratio: quantiles of Gamma(O + a, rate E + a). Both 1 when all units are alike.
    public func limits(unit: Int, _ level: Level) -> Limits? {
      if shape.isInfinite { return Limits(lower: 1, upper: 1) }
      let (a, b) = (observed[unit] + shape, expected[unit] + shape)
      guard let lower = Distribution.gammaQuantile(level.lowerTail, shape: a, rate: b),
        let upper = Distribution.gammaQuantile(level.upperTail, shape: a, rate: b)
      else { return nil }
      return Limits(lower: lower, upper: upper)
    }
  }

  /// Moment estimates of the global empirical Bayes smoother (Marshall 1991).
  public struct Marshall: Equatable, Sendable {
    /// ΣO/ΣE.
    public var ratio: Double
    /// The variance of true ratios; 0 when units do not vary beyond chance.
    public var variance: Double
    /// The smoothed ratio of every unit.
    public var smoothed: [Double]
  }

  /// Smooths observed over expected by Marshall's moment estimates.
  public static func marshall(observed: [Double], expected: [Double]) throws(Undefined) -> Marshall {
    guard observed.count == expected.count else { throw .invalidInput }
    guard !observed.isEmpty else { throw .noObservations }
    guard expected.allSatisfy({ $0 > 0 }) else { throw .noDenominator }
    let total = expected.reduce(0, +)
    let ratio = observed.reduce(0, +) / total
    let spread =
      zip(observed, expected).reduce(0) { $0 + $1.1 * ($1.0 / $1.1 - ratio) * ($1.0 / $1.1 - ratio) } / total
    let variance = max(0, spread - ratio * Double(observed.count) / total)
    let smoothed = zip(observed, expected).map { o, e in
      let noise = ratio / e
      return variance + noise > 0 ? ratio + variance / (variance + noise) * (o / e - ratio) : ratio
    }
    return Marshall(ratio: ratio, variance: variance, smoothed: smoothed)
  }
}
