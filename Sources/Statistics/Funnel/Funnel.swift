/// Control limits of funnel plots (Spiegelhalter 2005, Statistics in Medicine 24:1185).
public enum Funnel {
  /// How limits are found. They differ; name the one in use.
  public enum Method: Sendable {
    /// Exact quantiles of the binomial or Poisson distribution, interpolated (Spiegelhalter 2005, appendix A.1).
    /// The default.
    case exact
    /// The normal approximation. PHE's limits for proportions are algebraically these.
    case normal
    /// Poisson only: χ² limits around an observed count equal to the expected one, as FunnelPlotR draws them. Wider.
    case chiSquared
  }

  /// A unit with a smaller denominator is not plotted.
  public static let minimumDenominator = 10.0

  /// Limits of a proportion with denominator `n` when the true one is `target`.
  ///
  /// - Parameter clamped: exact limits can fall below 0 for small `n`; they are moved to 0…1 unless `false`.
  /// - Returns: `nil` for `n` below 1, a target outside 0…1, or a method that is not for proportions.
  public static func proportion(
    target: Double, n: Double, _ level: Level, method: Method = .exact, clamped: Bool = true
  ) -> Limits? {
    guard n >= 1, n.isFinite, target >= 0, target <= 1 else { return nil }
    let limits: Limits
    switch method {
    case .exact:
      if target == 0 || target == 1 { return Limits(lower: target, upper: target) }
      func point(_ p: Double) -> Double? {
        interpolated(
          p, Distribution.binomialQuantile(p, n: n.rounded(), p: target)
        ) { Distribution.binomialCDF($0, n: n.rounded(), p: target) }
      }
      guard let lower = point(level.lowerTail), let upper = point(level.upperTail) else { return nil }
      limits = Limits(lower: lower / n, upper: upper / n)
    case .normal:
      let half = level.z * (target * (1 - target) / n).squareRoot()
      limits = Limits(lower: target - half, upper: target + half)
    case .chiSquared:
      return nil
    }
    return clamped ? limits.clamped(to: 0...1) : limits
  }

  /// Limits of a ratio or rate when `expected` events are expected at `target`.
  ///
  /// - Parameters:
  ///   - target: 1 for observed over expected; the pooled rate for a rate.
  ///   - expected: events expected at the target: for a rate, the target times the person-time.
  ///   - clamped: moves a limit below 0 to 0.
  public static func ratio(
    target: Double = 1, expected: Double, _ level: Level, method: Method = .exact, clamped: Bool = true
  ) -> Limits? {
    guard expected > 0, expected.isFinite, target > 0, target.isFinite else { return nil }
    let limits: Limits
    switch method {
    case .exact:
      func point(_ p: Double) -> Double? {
        interpolated(p, Distribution.poissonQuantile(p, mean: expected)) {
          Distribution.poissonCDF($0, mean: expected)
        }
      }
      guard let lower = point(level.lowerTail), let upper = point(level.upperTail) else { return nil }
      limits = Limits(lower: lower / expected, upper: upper / expected)
    case .normal:
      let half = level.z / expected.squareRoot()
      limits = Limits(lower: 1 - half, upper: 1 + half)
    case .chiSquared:
      guard let around = Interval.poissonExact(expected, level) else { return nil }
      limits = around.scaled(by: 1 / expected)
    }
    let scaled = limits.scaled(by: target)
    return clamped ? Limits(lower: max(0, scaled.lower), upper: scaled.upper) : scaled
  }

  /// r − α, with r the smallest integer for which F(r) ≥ p and α = (F(r) − p) / (F(r) − F(r − 1)).
  private static func interpolated(_ p: Double, _ r: Double?, _ cdf: (Double) -> Double?) -> Double? {
    guard let r, let at = cdf(r), let below = r > 0 ? cdf(r - 1) : 0, at > below else { return nil }
    return r - (at - p) / (at - below)
  }

  /// Where a unit lies in a funnel.
  public enum Band: String, CaseIterable, Sendable {
    /// Below the 99.8% limits: lower than expected.
    case lowSignal = "low-signal"
    /// Between the 99.8% and 95% limits on the low side: attention.
    case lowAttention = "low-attention"
    /// Inside the 95% limits: within the expected spread.
    case within
    /// Between the 95% and 99.8% limits on the high side: attention.
    case highAttention = "high-attention"
    /// Above the 99.8% limits: higher than expected.
    case highSignal = "high-signal"
  }

  /// The band of a value. Whether low or high is good is the indicator's business.
  public static func band(_ value: Double, limits95: Limits, limits998: Limits) -> Band {
    if value < limits998.lower { return .lowSignal }
    if value > limits998.upper { return .highSignal }
    if value < limits95.lower { return .lowAttention }
    return value > limits95.upper ? .highAttention : .within
  }

  /// The band of an observed count by PHE's rule for ratios and rates: is the target outside the interval of O/E?
  ///
  /// - Returns: `nil` when nothing is expected.
  public static func band(observed: Double, expected: Double, target: Double = 1) -> Band? {
    guard expected > 0, let limits95 = Interval.poisson(observed, .percent95),
      let limits998 = Interval.poisson(observed, .percent998)
    else { return nil }
    let mean = target * expected
    if mean < limits998.lower { return .highSignal }
    if mean > limits998.upper { return .lowSignal }
    if mean < limits95.lower { return .highAttention }
    return mean > limits95.upper ? .lowAttention : .within
  }

  /// How many of `units` fall outside by chance alone when all are on target.
  public static func expectedFalseSignals(units: Int, _ level: Level) -> Double { Double(units) * level.alpha }
}
