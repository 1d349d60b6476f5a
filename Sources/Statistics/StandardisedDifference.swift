/// How far two groups differ in one characteristic, in standard deviations of it.
///
/// For means d = (x̄₁ − x̄₂) / √((s₁² + s₂²) / 2), for shares the same with s² = p(1 − p) (Austin 2009, Statistics in Medicine
/// 28:3083, and Communications in Statistics 38:1228). Unlike a test it does not grow with the number of persons. The
/// interval is that of Hedges & Olkin (1985, ch. 5): d ± z √((n₁ + n₂) / (n₁ n₂) + d² / (2 (n₁ + n₂))).
public struct StandardisedDifference: Sendable, Equatable {
  /// Above it groups are commonly said to differ (Austin 2009).
  public static let noticeable = 0.1

  /// What is known of a group.
  public struct Group: Sendable, Equatable {
    /// Number of persons.
    public let count: Int
    /// Mean, or share.
    public let mean: Double
    /// Variance: of a mean with divisor n − 1.
    public let variance: Double

    /// A group of which mean and variance are known; nil for fewer than two persons.
    public init?(count: Int, mean: Double, variance: Double) {
      if count < 2 { return nil }
      (self.count, self.mean, self.variance) = (count, mean, variance)
    }

    /// A group of which a share has something.
    public init?(count: Int, share: Double) {
      self.init(count: count, mean: share, variance: share * (1 - share))
    }
  }

  /// First minus second group.
  public let value: Double
  private let error: Double

  /// Nil where nobody in either group differs from another.
  public init?(_ first: Group, _ second: Group) {
    let spread = ((first.variance + second.variance) / 2).squareRoot()
    guard spread > 0 else { return nil }
    value = (first.mean - second.mean) / spread
    let (a, b) = (Double(first.count), Double(second.count))
    error = ((a + b) / (a * b) + value * value / (2 * (a + b))).squareRoot()
  }

  /// Its interval.
  public func limits(_ level: Level) -> Limits {
    Limits(lower: value - level.z * error, upper: value + level.z * error)
  }

  /// Whether the groups differ noticeably, and by more than chance: in small groups a value above 0.1 is usual (Austin
  /// 2009, Statistics in Medicine 28:3083, section 4).
  public var isNoticeable: Bool {
    let limits = limits(.percent95)
    return abs(value) > Self.noticeable && (limits.lower > 0 || limits.upper < 0)
  }
}
