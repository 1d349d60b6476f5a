extension Interval {
  /// The interval of a count, by the PHE convention: exact below 10, Byar's approximation from 10 on.
  ///
  /// For a rate, divide both limits by the person-time and multiply.
  public static func poisson(_ x: Double, _ level: Level) -> Limits? {
    x < 10 ? poissonExact(x, level) : byar(x, level)
  }

  /// The exact interval of a Poisson count (Garwood 1936). At 0 the lower limit is 0.
  public static func poissonExact(_ x: Double, _ level: Level) -> Limits? {
    guard x >= 0, x.isFinite,
      let upper = Distribution.chiSquaredQuantile(level.upperTail, df: 2 * x + 2)
    else { return nil }
    if x == 0 { return Limits(lower: 0, upper: upper / 2) }
    guard let lower = Distribution.chiSquaredQuantile(level.lowerTail, df: 2 * x) else { return nil }
    return Limits(lower: lower / 2, upper: upper / 2)
  }

  /// Byar's approximation to the interval of a Poisson count (Breslow & Day 1987).
  ///
  /// `nil` at 0 and where its lower limit would be negative: use ``poissonExact(_:_:)`` there.
  public static func byar(_ x: Double, _ level: Level) -> Limits? {
    guard x > 0, x.isFinite else { return nil }
    func cube(_ value: Double) -> Double { value * value * value }
    let lower = x * cube(1 - 1 / (9 * x) - level.z / (3 * x.squareRoot()))
    return lower < 0 ? nil : Limits(lower: lower, upper: byarUpper(x, level))
  }

  /// Byar's upper limit, which exists for every count.
  static func byarUpper(_ x: Double, _ level: Level) -> Double {
    let next = x + 1
    let root = 1 - 1 / (9 * next) + level.z / (3 * next.squareRoot())
    return next * root * root * root
  }

  /// A ratio of two rates with its limits.
  public struct RateRatio: Equatable, Sendable {
    /// The first rate over the second.
    public var ratio: Double
    /// The limits of the ratio.
    public var limits: Limits
  }

  /// The ratio of two rates with the exact interval conditional on the sum of the counts (Clopper & Pearson 1934).
  ///
  /// - Returns: `nil` when the second count or a person-time is 0: the ratio is not finite.
  public static func rateRatio(
    _ x1: Double, per time1: Double, over x2: Double, per time2: Double, _ level: Level
  ) -> RateRatio? {
    guard x1 >= 0, x2 > 0, time1 > 0, time2 > 0, x1.isFinite, x2.isFinite, time1.isFinite, time2.isFinite else {
      return nil
    }
    func ratio(_ share: Double) -> Double { share / (1 - share) * time2 / time1 }
    guard let upper = Distribution.betaQuantile(level.upperTail, x1 + 1, x2) else { return nil }
    let lower = x1 == 0 ? 0 : Distribution.betaQuantile(level.lowerTail, x1, x2 + 1)
    guard let lower else { return nil }
    return RateRatio(
      ratio: x1 / time1 / (x2 / time2), limits: Limits(lower: ratio(lower), upper: ratio(upper)))
  }
}
