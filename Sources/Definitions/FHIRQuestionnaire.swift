public import Readers

/// What a source says of FHIR resources.
public struct FHIRFormat: Sendable, Equatable {
  /// Statuses of responses that count.
  public let statuses: [String]
  /// Questionnaires that are at hand: they say which items may have an answer.
  public let questionnaires: [FHIRQuestionnaire]
  /// Systems of identifiers that are taken, the first that a resource has; empty: its first identifier of any system.
  public let identifierSystems: [String]

  /// A FHIR source.
  public init(statuses: [String], questionnaires: [FHIRQuestionnaire] = [], identifierSystems: [String] = []) {
    self.statuses = statuses
    self.questionnaires = questionnaires
    self.identifierSystems = identifierSystems
  }

  /// The questionnaire that a response refers to, by canonical or, in STU3, by reference; nil where it is not at hand,
  /// or only in another version.
  public func questionnaire(_ canonical: String) -> FHIRQuestionnaire? {
    let parts = canonical.split(separator: "|", maxSplits: 1).map(String.init)
    guard let url = parts.first else { return nil }
    let named = questionnaires.filter { $0.url == url || $0.id.map { "Questionnaire/\($0)" } == url }
    guard parts.count > 1 else { return named.last }
    return named.last { $0.version == parts[1] } ?? named.last { $0.version == nil }
  }
}

/// What of a FHIR Questionnaire decides which answers count: which item lies within which, and on which answers it depends
/// whether an item is enabled (hl7.org/fhir/R4/questionnaire.html, `enableWhen`).
public struct FHIRQuestionnaire: Sendable, Equatable {
  /// An answer on which it depends whether an item is enabled.
  public struct Condition: Sendable, Equatable {
    /// How an answer is held against the one in the condition.
    public enum Operator: String, Sendable, CaseIterable {
      case exists
      case equal = "="
      case notEqual = "!="
      case greater = ">"
      case less = "<"
      case greaterOrEqual = ">="
      case lessOrEqual = "<="
    }

    /// `linkId` of the item that was answered.
    public let question: String
    /// How its answers are compared.
    public let test: Operator
    /// What they are compared with; for `exists` yes or no.
    public let answer: FHIRAnswer
  }

  /// An item.
  public struct Item: Sendable, Equatable {
    /// `linkId` of the items that it lies within, from the outside in.
    public let around: [String]
    /// Without any, the item is always enabled.
    public let conditions: [Condition]
    /// Whether all conditions must hold, or one.
    public let needsAll: Bool
  }

  /// Its canonical, without version.
  public let url: String?
  /// Its logical id, by which references of STU3 may name it.
  public let id: String?
  /// Its version; nil: any.
  public let version: String?
  /// Its items by `linkId`.
  public let items: [String: Item]

  /// Whether any item depends on an answer.
  public var hasConditions: Bool { items.values.contains { !$0.conditions.isEmpty } }
}

/// A value of an answer or of a condition, in a form that can be compared.
public enum FHIRAnswer: Sendable, Equatable {
  case flag(Bool)
  /// A number, of a quantity with its unit.
  case number(Double, unit: String?)
  case coding(code: String, system: String?)
  /// Text, and also days and times, whose order is that of their text.
  case text(String)

  /// The value in a node such as `valueCoding` or `answerCoding`; nil where it has none.
  public init?(_ node: TreeNode, prefix: String) {
    guard node.name.hasPrefix(prefix), node.name.count > prefix.count else { return nil }
    switch node.name.dropFirst(prefix.count) {
    case "Boolean":
      guard node.value == "true" || node.value == "false" else { return nil }
      self = .flag(node.value == "true")
    case "Integer", "Decimal":
      guard let number = node.value.flatMap(Double.init) else { return nil }
      self = .number(number, unit: nil)
    case "Quantity":
      guard let number = (node["value"]?.value).flatMap(Double.init) else { return nil }
      self = .number(number, unit: node["code"]?.value ?? node["unit"]?.value)
    case "Coding":
      guard let code = node["code"]?.value else { return nil }
      self = .coding(code: code, system: node["system"]?.value)
    case "Reference":
      guard let reference = node["reference"]?.value else { return nil }
      self = .text(reference)
    default:
      guard let text = node.value else { return nil }
      self = .text(text)
    }
  }

  /// Whether an answer stands to another as an operator says. Answers of different kinds, or of different units, are not
  /// equal and have no order.
  public func compares(_ test: FHIRQuestionnaire.Condition.Operator, to other: FHIRAnswer) -> Bool {
    var order: Int?
    var isEqual = false
    switch (self, other) {
    case (.flag(let a), .flag(let b)): isEqual = a == b
    case (.coding(let a, let system), .coding(let b, let wanted)):
      isEqual = a == b && (system == nil || wanted == nil || system == wanted)
    case (.number(let a, let unit), .number(let b, let wanted)) where unit == wanted || unit == nil || wanted == nil:
      order = a < b ? -1 : a > b ? 1 : 0
    case (.text(let a), .text(let b)): order = a < b ? -1 : a > b ? 1 : 0
    default: break
    }
    switch test {
    case .exists: return true
    case .equal: return order.map { $0 == 0 } ?? isEqual
    case .notEqual: return !(order.map { $0 == 0 } ?? isEqual)
    case .greater: return order.map { $0 > 0 } ?? false
    case .less: return order.map { $0 < 0 } ?? false
    case .greaterOrEqual: return order.map { $0 >= 0 } ?? false
    case .lessOrEqual: return order.map { $0 <= 0 } ?? false
    }
  }
}
