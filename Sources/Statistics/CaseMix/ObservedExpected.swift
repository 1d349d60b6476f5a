/// Comparison of units after adjustment for who their patients are.
public enum CaseMix {
  /// Observed against expected events of a unit, the expectation from each patient's own risk.
  public struct ObservedExpected: Equatable, Sendable {
    /// Events observed.
    public var observed: Double
    /// The sum of the patients' risks.
    public var expected: Double
    /// Σp(1 − p).
    public var variance: Double
    /// Observed over expected.
    public var ratio: Double
    /// The exact Poisson limits of the observed number over the expected one, at 95%; conservative.
    public var limits95: Limits
    /// The same at 99.8%.
    public var limits998: Limits
    /// (O − E) / √Σp(1 − p); `nil` when every risk is 0 or 1.
    public var z: Double?
    /// The ratio times the overall rate: the risk-adjusted rate.
    public var adjustedRate: Double
  }

  /// Observed against expected for one unit.
  ///
  /// - Parameters:
  ///   - outcomes: 0 or 1 per patient.
  ///   - risks: the predicted probability per patient, from a model of all units together.
  ///   - overallRate: events over patients, of all units together.
  public static func observedExpected(
    outcomes: [Double], risks: [Double], overallRate: Double
  ) throws(Undefined) -> ObservedExpected {
    guard outcomes.count == risks.count, risks.allSatisfy({ $0 >= 0 && $0 <= 1 }) else { throw .invalidInput }
    guard !outcomes.isEmpty else { throw .noObservations }
    let observed = outcomes.reduce(0, +)
    let expected = risks.reduce(0, +)
    let variance = risks.reduce(0) { $0 + $1 * (1 - $1) }
    guard expected > 0 else { throw .noDenominator }
    guard let limits95 = Interval.poissonExact(observed, .percent95),
      let limits998 = Interval.poissonExact(observed, .percent998)
    else { throw .invalidInput }
    return ObservedExpected(
      observed: observed, expected: expected, variance: variance, ratio: observed / expected,
      limits95: limits95.scaled(by: 1 / expected), limits998: limits998.scaled(by: 1 / expected),
      z: variance > 0 ? (observed - expected) / variance.squareRoot() : nil,
      adjustedRate: observed / expected * overallRate)
  }

  /// The c-statistic: how often a patient with the event had the higher risk (ties count half).
  ///
  /// - Parameter frequencies: how many equal patients each entry stands for; one each when `nil`.
  /// - Returns: `nil` unless there are patients with and without the event.
  public static func cStatistic(outcomes: [Double], risks: [Double], frequencies: [Double]? = nil) -> Double? {
    guard outcomes.count == risks.count, frequencies == nil || frequencies?.count == risks.count else { return nil }
    let order = risks.indices.sorted { risks[$0] < risks[$1] }
    var (events, others, concordant) = (0.0, 0.0, 0.0)
    var start = 0
    while start < order.count {
      var end = start
      var (withEvent, without) = (0.0, 0.0)
      while end < order.count, risks[order[end]] == risks[order[start]] {
        let times = frequencies?[order[end]] ?? 1
        if outcomes[order[end]] == 1 { withEvent += times } else { without += times }
        end += 1
      }
      concordant += withEvent * (others + without / 2)
      events += withEvent
      others += without
      start = end
    }
    guard events > 0, others > 0 else { return nil }
    return concordant / (events * others)
  }

  /// Brier's score: the mean squared difference of outcome and risk.
  public static func brier(outcomes: [Double], risks: [Double]) -> Double? {
    guard outcomes.count == risks.count, !outcomes.isEmpty else { return nil }
    return zip(outcomes, risks).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) } / Double(outcomes.count)
  }
}
