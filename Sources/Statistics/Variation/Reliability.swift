extension Variation {
  /// One-way analysis of variance: how much of the differences between patients is between units.
  public struct Reliability: Equatable, Sendable {
    /// The mean square between units.
    public var between: Double
    /// The mean square within units.
    public var within: Double
    /// The group size that unequal groups amount to.
    public var effectiveSize: Double
    /// The variance of units, not below 0.
    public var unitVariance: Double
    /// The intraclass correlation; `nil` when all values are equal.
    public var intraclass: Double?
    /// Per unit, the share of the variance of its mean that is between units; `nil` when all values are equal.
    public var reliabilities: [Double?]

    /// Below this reliability, providers are not compared on a figure.
    public static let minimum = 0.7

    /// The analysis of groups of values.
    ///
    /// - Throws: ``Undefined/tooFewObservations`` for fewer than two groups or no group of two, and
    ///   ``Undefined/noObservations`` for an empty group.
    public init(groups: [[Double]]) throws(Undefined) {
      guard groups.count > 1 else { throw .tooFewObservations }
      guard groups.allSatisfy({ !$0.isEmpty }) else { throw .noObservations }
      try self.init(
        sizes: groups.map { Double($0.count) }, means: groups.map(Summary.mean), squares: groups.map(Summary.squares))
    }

    /// The same of the size, the mean and the sum of squares around the mean of each group.
    ///
    /// - Throws: ``Undefined/tooFewObservations`` for fewer than two groups or no group of two.
    public init(sizes: [Double], means: [Double], squares: [Double]) throws(Undefined) {
      guard sizes.count == means.count, sizes.count == squares.count, sizes.allSatisfy({ $0 >= 1 }) else {
        throw .invalidInput
      }
      let n = sizes.reduce(0, +)
      let k = Double(sizes.count)
      guard k > 1, n > k else { throw .tooFewObservations }
      let grand = zip(sizes, means).reduce(0) { $0 + $1.0 * $1.1 } / n
      between = zip(sizes, means).reduce(0) { $0 + $1.0 * ($1.1 - grand) * ($1.1 - grand) } / (k - 1)
      within = squares.reduce(0, +) / (n - k)
      effectiveSize = (n - sizes.reduce(0) { $0 + $1 * $1 } / n) / (k - 1)
      let variance = max(0, (between - within) / effectiveSize)
      let noise = within
      unitVariance = variance
      intraclass = variance + noise > 0 ? variance / (variance + noise) : nil
      reliabilities = sizes.map { variance + noise > 0 ? variance / (variance + noise / $0) : nil }
    }
  }

  /// Whether units can be ranked: variance between units against the variance of a typical unit's estimate.
  public struct Rankability: Equatable, Sendable {
    /// Cochran's Q.
    public var q: Double
    /// The variance between units.
    public var tauSquared: Double
    /// The mean of all units, weighted by 1/(τ² + se²).
    public var centre: Double
    /// τ²/(τ² + median se²) (van Dishoeck et al. 2011).
    public var value: Double
    /// Each unit's estimate shrunk towards ``centre``.
    public var shrunk: [Double]

    /// Below this, a report says that units cannot be ranked.
    public static let minimum = 0.5

    /// How the variance between units is estimated.
    public enum Estimator: Sendable {
      /// From Cochran's Q (DerSimonian & Laird 1986). The default.
      case derSimonianLaird
      /// Restricted maximum likelihood, iterated from the former.
      case restrictedLikelihood
    }

    /// Rankability of estimates with their standard errors.
    ///
    /// - Throws: ``Undefined/tooFewObservations`` for fewer than two units, ``Undefined/notConverged``.
    public init(
      estimates: [Double], errors: [Double], _ estimator: Estimator = .derSimonianLaird
    ) throws(Undefined) {
      guard estimates.count == errors.count, errors.allSatisfy({ $0 > 0 && $0.isFinite }) else { throw .invalidInput }
      guard estimates.count > 1 else { throw .tooFewObservations }
      let variances = errors.map { $0 * $0 }
      let weights = variances.map { 1 / $0 }
      func weightedMean(_ weights: [Double]) -> Double {
        zip(weights, estimates).reduce(0) { $0 + $1.0 * $1.1 } / weights.reduce(0, +)
      }
      let fixed = weightedMean(weights)
      q = zip(weights, estimates).reduce(0) { $0 + $1.0 * ($1.1 - fixed) * ($1.1 - fixed) }
      let sum = weights.reduce(0, +)
      let divisor = sum - weights.reduce(0) { $0 + $1 * $1 } / sum
      var tau = max(0, (q - Double(estimates.count - 1)) / divisor)
      if estimator == .restrictedLikelihood { tau = try Self.restricted(estimates, variances, from: tau) }
      let middle = weightedMean(variances.map { 1 / ($0 + tau) })
      tauSquared = tau
      centre = middle
      value = quantile(variances.sorted(), 0.5).map { tau / (tau + $0) } ?? 0
      let between = tau
      shrunk = zip(estimates, variances).map { middle + between / (between + $1) * ($0 - middle) }
    }

    /// The fixed point of τ² = Σw²((y − μ)² − v)/Σw² + 1/Σw with w = 1/(v + τ²) (Viechtbauer 2005).
    private static func restricted(
      _ estimates: [Double], _ variances: [Double], from start: Double
    ) throws(Undefined) -> Double {
      var tau = start
      for _ in 0..<1000 {
        let weights = variances.map { 1 / ($0 + tau) }
        let sum = weights.reduce(0, +)
        let centre = zip(weights, estimates).reduce(0) { $0 + $1.0 * $1.1 } / sum
        var (numerator, squares) = (0.0, 0.0)
        for unit in estimates.indices {
          let weight = weights[unit] * weights[unit]
          let gap = estimates[unit] - centre
          numerator += weight * (gap * gap - variances[unit])
          squares += weight
        }
        let next = max(0, numerator / squares + 1 / sum)
        if abs(next - tau) <= 1e-13 * (1 + tau) { return next }
        tau = next
      }
      throw .notConverged
    }
  }
}
