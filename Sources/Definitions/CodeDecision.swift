public import Columns

/// A line of a code list: what a delivered code stands for, since when, and who decided it.
public struct CodeDecision: Sendable, Equatable {
  /// The delivered code.
  public let local: String
  /// The standard code.
  public let standard: String
  /// First day of care for which it holds; nil: since ever.
  public let from: Day?
  /// Last day, inclusive; nil: until further notice.
  public let to: Day?
  /// Who decided it; empty where the list does not say.
  public let decidedBy: String
  /// When, as `yyyy-MM-dd`; empty where the list does not say.
  public let decidedOn: String

  /// A decision.
  public init(
    local: String, standard: String, from: Day? = nil, to: Day? = nil, decidedBy: String = "", decidedOn: String = ""
  ) {
    self.local = local
    self.standard = standard
    self.from = from
    self.to = to
    self.decidedBy = decidedBy
    self.decidedOn = decidedOn
  }

  /// Whether it holds only for some days.
  public var isDated: Bool { from != nil || to != nil }

  /// Whether it holds on a day.
  public func holds(on day: Int32) -> Bool {
    (from?.number ?? .min) <= day && day <= (to?.number ?? .max)
  }
}
