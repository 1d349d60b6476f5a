import Glibc

extension ControlChart {
  /// A chart of proportions or rates with limits per point.
  public struct Attributes: Equatable, Sendable {
    /// The pooled proportion or rate.
    public var centre: Double
    /// The figure of every point.
    public var values: [Double]
    /// Three-sigma limits of every point.
    public var limits: [Limits]
    /// Laney's σ of the z scores; 1 without his correction.
    public var sigmaZ: Double
  }

  /// A p-chart: p̄ ± 3√(p̄(1 − p̄)/n), clamped to 0…1; p′ with Laney's correction for large denominators.
  ///
  /// - Throws: ``Undefined/noDenominator`` when a denominator is 0.
  public static func proportions(
    _ x: [Double], of n: [Double], laney: Bool = false
  ) throws(Undefined) -> Attributes {
    guard x.count == n.count, zip(x, n).allSatisfy({ $0 >= 0 && $0 <= $1 }) else { throw .invalidInput }
    return try attributes(x, n, laney: laney, highest: 1) { centre, size in
      (centre * (1 - centre) / size).squareRoot()
    }
  }

  /// A u-chart: ū ± 3√(ū/e), clamped at 0; u′ with Laney's correction.
  public static func rates(_ x: [Double], per e: [Double], laney: Bool = false) throws(Undefined) -> Attributes {
    guard x.count == e.count, x.allSatisfy({ $0 >= 0 }) else { throw .invalidInput }
    return try attributes(x, e, laney: laney, highest: .infinity) { centre, size in (centre / size).squareRoot() }
  }

  /// d₂ of moving ranges of two.
  static let rangeToSigma = 1.128

  private static func attributes(
    _ x: [Double], _ sizes: [Double], laney: Bool, highest: Double, sigma: (Double, Double) -> Double
  ) throws(Undefined) -> Attributes {
    guard !x.isEmpty else { throw .noObservations }
    guard sizes.allSatisfy({ $0 > 0 && $0.isFinite }) else { throw .noDenominator }
    let centre = x.reduce(0, +) / sizes.reduce(0, +)
    let values = zip(x, sizes).map { $0 / $1 }
    let sigmas = sizes.map { sigma(centre, $0) }
    var sigmaZ = 1.0
    if laney {
      guard x.count > 1 else { throw .tooFewObservations }
      guard sigmas.allSatisfy({ $0 > 0 }) else { throw .noSpread }
      let scores = zip(values, sigmas).map { ($0 - centre) / $1 }
      sigmaZ = Summary.mean(zip(scores.dropFirst(), scores).map { abs($0 - $1) }) / rangeToSigma
    }
    let limits = sigmas.map {
      Limits(lower: max(0, centre - 3 * $0 * sigmaZ), upper: min(highest, centre + 3 * $0 * sigmaZ))
    }
    return Attributes(centre: centre, values: values, limits: limits, sigmaZ: sigmaZ)
  }

  /// The runs analysis of points around a centre line (Anhøj & Olesen 2014).
  public struct Runs: Equatable, Sendable {
    /// Points not on the centre line.
    public var useful: Int
    /// The longest run on one side.
    public var longest: Int
    /// How often the line is crossed.
    public var crossings: Int
    /// The longest run that chance explains: round(log₂ n) + 3.
    public var longestExpected: Int
    /// The fewest crossings that chance explains: the 5% quantile of Binomial(n − 1, ½).
    public var fewestExpected: Int
    /// Whether either is beyond.
    public var isSignal: Bool { longest > longestExpected || crossings < fewestExpected }
  }

  /// Analyses runs around a centre line, the median unless given.
  ///
  /// - Throws: ``Undefined/tooFewObservations`` when fewer than two points are off the line.
  public static func runs(_ values: [Double], centre: Double? = nil) throws(Undefined) -> Runs {
    guard let line = centre ?? quantile(values.sorted(), 0.5) else { throw .noObservations }
    let sides = values.filter { $0 != line }.map { $0 > line }
    guard sides.count > 1 else { throw .tooFewObservations }
    var (longest, current, crossings) = (1, 1, 0)
    for (side, before) in zip(sides.dropFirst(), sides) {
      current = side == before ? current + 1 : 1
      crossings += side == before ? 0 : 1
      longest = max(longest, current)
    }
    let fewest = Distribution.binomialQuantile(0.05, n: Double(sides.count - 1), p: 0.5) ?? 0
    return Runs(
      useful: sides.count, longest: longest, crossings: crossings,
      longestExpected: Int(log2(Double(sides.count)).rounded(.toNearestOrEven)) + 3, fewestExpected: Int(fewest))
  }
}
