extension Interval {
  /// Student's t interval of a mean.
  ///
  /// - Parameters:
  ///   - sd: the standard deviation with divisor n − 1. At 0 the interval collapses on the mean.
  ///   - n: how many values, missing ones not counted.
  /// - Returns: `nil` for fewer than two values.
  public static func meanT(mean: Double, sd: Double, n: Int, _ level: Level) -> Limits? {
    guard n > 1, sd >= 0, sd.isFinite, mean.isFinite,
      let t = Distribution.studentQuantile(level.upperTail, df: Double(n - 1))
    else { return nil }
    let half = t * sd / Double(n).squareRoot()
    return Limits(lower: mean - half, upper: mean + half)
  }

  /// A ratio of two sums over clusters, such as cost per person-year with persons as clusters.
  public struct RatioOfSums: Equatable, Sendable {
    /// Σy / Σx.
    public var ratio: Double
    /// The linearised standard error; `nil` for one cluster.
    public var standardError: Double?
    /// The t interval with k − 1 degrees of freedom; `nil` for one cluster.
    public var limits: Limits?
  }

  /// The ratio Σy / Σx with its interval, from sums over `k` clusters, so that partial results can be merged.
  ///
  /// SE = √(k/(k−1) · Σ(y − Rx)²) / Σx, the linearisation of a ratio estimator (Cochran 1977, ch. 6).
  ///
  /// - Returns: `nil` when Σx is not above 0 or there is no cluster.
  public static func ratioOfSums(
    n k: Int, sumX: Double, sumY: Double, sumXX: Double, sumXY: Double, sumYY: Double, _ level: Level
  ) -> RatioOfSums? {
    guard k > 0, sumX > 0, sumX.isFinite, sumY.isFinite else { return nil }
    let ratio = sumY / sumX
    guard k > 1, let t = Distribution.studentQuantile(level.upperTail, df: Double(k - 1)) else {
      return RatioOfSums(ratio: ratio, standardError: nil, limits: nil)
    }
    // Rounding can leave a sum of squares just below 0 when every cluster has the same ratio.
    let squares = max(0, sumYY - 2 * ratio * sumXY + ratio * ratio * sumXX)
    let error = (Double(k) / Double(k - 1) * squares).squareRoot() / sumX
    return RatioOfSums(
      ratio: ratio, standardError: error, limits: Limits(lower: ratio - t * error, upper: ratio + t * error))
  }
}
