/// Confidence intervals. Each returns `nil` where the interval does not exist.
public enum Interval {
  /// Wilson's score interval of a proportion (Wilson 1927; Newcombe & Altman 2000).
  ///
  /// - Parameters:
  ///   - x: how many have the property, 0 to `n`.
  ///   - n: how many were counted, above 0; missing answers in neither.
  /// - Returns: proportions between 0 and 1, or `nil` for `n` = 0 or wrong counts.
  public static func wilson(_ x: Double, of n: Double, _ level: Level) -> Limits? {
    guard n > 0, n.isFinite, x >= 0, x <= n else { return nil }
    let z = level.z
    let root = z * (z * z + 4 * x * (1 - x / n)).squareRoot()
    // At the ends the formula gives 0 and 1 but for rounding; there they are set.
    return Limits(
      lower: x == 0 ? 0 : (2 * x + z * z - root) / (2 * (n + z * z)),
      upper: x == n ? 1 : (2 * x + z * z + root) / (2 * (n + z * z)))
  }

  /// A difference of two proportions with its limits.
  public struct Difference: Equatable, Sendable {
    /// The first proportion minus the second.
    public var difference: Double
    /// The limits of the difference.
    public var limits: Limits
  }

  /// Newcombe's hybrid score interval of a difference of two proportions (Newcombe 1998, method 10): one provider
  /// against the rest.
  public static func newcombeDifference(
    _ x1: Double, of n1: Double, minus x2: Double, of n2: Double, _ level: Level
  ) -> Difference? {
    guard let first = wilson(x1, of: n1, level), let second = wilson(x2, of: n2, level) else { return nil }
    let (p1, p2) = (x1 / n1, x2 / n2)
    func root(_ a: Double, _ b: Double) -> Double { (a * a + b * b).squareRoot() }
    return Difference(
      difference: p1 - p2,
      limits: Limits(
        lower: p1 - p2 - root(p1 - first.lower, second.upper - p2),
        upper: p1 - p2 + root(first.upper - p1, p2 - second.lower)))
  }
}
