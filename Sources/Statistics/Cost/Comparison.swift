import Glibc

extension Cost {
  /// Duan's smearing factor for a model of the logarithm of cost: the mean of e to the residual (Duan 1983).
  public static func smearingFactor(logResiduals: [Double]) -> Double? {
    mean(logResiduals.map { exp($0) })
  }

  /// The factor that makes expected costs add up to the observed ones.
  ///
  /// - Returns: `nil` when nothing is expected.
  public static func calibration(observed: [Double], expected: [Double]) -> Double? {
    let sum = expected.reduce(0, +)
    return sum > 0 ? observed.reduce(0, +) / sum : nil
  }

  /// A count with its person-time.
  public struct Rate: Equatable, Sendable {
    /// Events.
    public var count: Double
    /// Person-time.
    public var time: Double

    /// A rate.
    public init(_ count: Double, per time: Double) {
      self.count = count
      self.time = time
    }
  }

  /// A ratio of two rate ratios.
  public struct RatioOfRatios: Equatable, Sendable {
    /// (treated after / before) / (control after / before).
    public var ratio: Double
    /// The standard error of its logarithm.
    public var logStandardError: Double
    /// The limits of the ratio.
    public var limits: Limits
  }

  /// Difference in differences for counts: the interaction of a saturated Poisson model with a log link.
  ///
  /// - Returns: `nil` when a count or a person-time is 0.
  public static func ratioOfRatios(
    treatedBefore: Rate, treatedAfter: Rate, controlBefore: Rate, controlAfter: Rate, _ level: Level
  ) -> RatioOfRatios? {
    let rates = [treatedBefore, treatedAfter, controlBefore, controlAfter]
    guard rates.allSatisfy({ $0.count > 0 && $0.time > 0 }) else { return nil }
    func change(_ before: Rate, _ after: Rate) -> Double { after.count / after.time / (before.count / before.time) }
    let ratio = change(treatedBefore, treatedAfter) / change(controlBefore, controlAfter)
    let error = rates.reduce(0) { $0 + 1 / $1.count }.squareRoot()
    return RatioOfRatios(
      ratio: ratio, logStandardError: error,
      limits: Limits(lower: ratio * exp(-level.z * error), upper: ratio * exp(level.z * error)))
  }
}
