extension Interval {
  /// A net promoter score, −100 to 100.
  public struct NetPromoterScore: Equatable, Sendable {
    /// 100 · (promoters − detractors) / n of the counts given, or the adjusted centre.
    public var score: Double
    /// The standard error, in points.
    public var standardError: Double
    /// The limits, clamped to −100…100.
    public var limits: Limits
  }

  /// A net promoter score with its Wald interval.
  ///
  /// - Parameters:
  ///   - promoters: answers 9 and 10.
  ///   - passives: answers 7 and 8.
  ///   - detractors: answers 0 to 6.
  ///   - adjusted: adds ¾ promoter, 1½ passive and ¾ detractor first, so that a unanimous group does not get an
  ///     interval of width 0: the adjusted Wald interval, the best of six in Rocks (2016, The American Statistician;
  ///     worked out by Lewis & Sauro, measuringu.com/nps-confidence-intervals). The score is then the adjusted centre.
  /// - Returns: `nil` without answers or with negative counts.
  public static func netPromoterScore(
    promoters: Double, passives: Double, detractors: Double, _ level: Level, adjusted: Bool = true
  ) -> NetPromoterScore? {
    guard promoters >= 0, passives >= 0, detractors >= 0, promoters + passives + detractors > 0 else { return nil }
    let up = promoters + (adjusted ? 0.75 : 0)
    let down = detractors + (adjusted ? 0.75 : 0)
    let n = up + down + passives + (adjusted ? 1.5 : 0)
    guard n.isFinite else { return nil }
    let difference = (up - down) / n
    let error = 100 * (max(0, (up + down) / n - difference * difference) / n).squareRoot()
    let score = 100 * difference
    let limits = Limits(lower: score - level.z * error, upper: score + level.z * error)
    return NetPromoterScore(score: score, standardError: error, limits: limits.clamped(to: -100...100))
  }
}
