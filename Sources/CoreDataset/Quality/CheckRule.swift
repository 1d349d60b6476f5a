/// What a check counts, in the words in which a pipeline writes its own checks, so that a steward reads both alike.
public enum CheckRule {
  /// The rows at fault, such as `[{column: quantity, above: 30}]`; of checks that are not of rows, what they look at.
  public static func violated(_ check: QualityCheck) -> String {
    switch check.method {
    case .rows(let among, let violated):
      // What is looked at stands on its own.
      return list(violated.filter { !among.contains($0) || violated.count == among.count })
    case .setAside(let reason): return "records and values set aside as \(reason)"
    case .account(let account): return "records that the account of the delivery has as \(account.rawValue)"
    case .monthMissing: return "months of a care provider without records"
    case .monthDoubled: return "months of a care provider with so many records that they may have come twice"
    }
  }

  /// The rows that are looked at; empty for all.
  public static func among(_ check: QualityCheck) -> String {
    guard case .rows(let among, _) = check.method, !among.isEmpty else { return "" }
    return list(among)
  }

  private static func list(_ conditions: [CheckCondition]) -> String {
    "[" + conditions.map { "{column: \($0.column), \(test($0.test))}" }.joined(separator: ", ") + "]"
  }

  private static func test(_ test: CheckCondition.Test) -> String {
    switch test {
    case .missing: "missing: true"
    case .present: "missing: false"
    case .below(let limit): "below: \(number(limit))"
    case .above(let limit): "above: \(number(limit))"
    case .oneOf(let values): "one-of: [\(values.joined(separator: ", "))]"
    case .noneOf(let values): "none-of: [\(values.joined(separator: ", "))]"
    case .notDigits(let count): "not-digits: \(count)"
    case .before(let other): "before: \(other)"
    case .after(let other): "after: \(other)"
    case .differs(let other): "differs-from: \(other)"
    case .notAProvider: "not in the table of care providers"
    }
  }

  private static func number(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : "\(value)"
  }
}
