/// The reason of a blocked figure: which check forbids it.
public enum BlockedReason {
  private static let start = "quality-check "

  /// As it stands in the results.
  public static func text(check: String) -> String { start + check }

  /// The check; nil when a reason is another one.
  public static func check(_ reason: String) -> String? {
    reason.hasPrefix(start) ? String(reason.dropFirst(start.count)) : nil
  }

  /// What is wrong with the data in Dutch, as far as the check comes with Spiegel; else the name of the check.
  public static func dutch(_ reason: String) -> String {
    guard let id = check(reason) else { return reason }
    guard let check = QualityCatalogue.all.first(where: { $0.id == id }) else { return id }
    return check.dutch.prefix(1).lowercased() + check.dutch.dropFirst()
  }

  /// The same in English.
  public static func english(_ reason: String) -> String {
    guard let id = check(reason) else { return reason }
    guard let check = QualityCatalogue.all.first(where: { $0.id == id }) else { return id }
    return check.english.prefix(1).lowercased() + check.english.dropFirst()
  }
}
