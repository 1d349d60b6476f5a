/// What an answer of a FHIR QuestionnaireResponse can be asked for. Each is a column of the delivery.
public enum FHIRColumn: String, Sendable, CaseIterable {
  /// `id` of the response.
  case id
  /// Value of the first `identifier` of the response.
  case identifier
  /// `subject`: the reference, its last part, and the value of its identifier.
  case subject
  case subjectID = "subject-id"
  case subjectIdentifier = "subject-identifier"
  /// `author`: in the same three ways.
  case author
  case authorID = "author-id"
  case authorIdentifier = "author-identifier"
  /// `source`: in the same three ways.
  case source
  case sourceID = "source-id"
  case sourceIdentifier = "source-identifier"
  /// Day of `authored`.
  case authored
  /// Canonical of the questionnaire, with `|` and its version where it has one.
  case canonical
  /// Canonical of the questionnaire, without version.
  case questionnaire
  /// Version behind the `|` of the canonical.
  case questionnaireVersion = "questionnaire-version"
  /// `linkId` of the item.
  case linkID = "link-id"
  /// Item of the instrument that has the `linkId` as its LOINC code, with or without a slash before it; else the `linkId`.
  case item
  /// `definition` of the item.
  case definition
  /// The answer as a number.
  case value
  /// The answer's code, for a coded one.
  case code
  /// The answer's code system.
  case system
  /// The answer's type: `integer`, `coding` and so on.
  case type
}

/// Totals that a delivery must have, to the record and the cent.
public enum ControlTotals: Sendable, Equatable {
  /// In the definition itself.
  case stated(records: Int?, cents: Int64?)
  /// In a file beside it, with a key for each: `{stem}` and `{name}` stand for the name of the delivery, without and
  /// with its extension.
  case file(pattern: String, records: String?, amount: String?)
  /// In a line behind the last record, with the number of the field for each, from 1.
  case footer(line: Int, records: Int?, amount: Int?)
}

/// What the front of a file must show, for sources that names alone do not tell apart.
public struct ContentSigns: Sendable, Equatable {
  /// Columns that the header must have, in any order.
  public let columns: [String]
  /// Local name of the root element.
  public let root: String?
  /// With what the first line begins.
  public let start: String?

  /// Content signs.
  public init(columns: [String] = [], root: String? = nil, start: String? = nil) {
    self.columns = columns
    self.root = root
    self.start = start
  }
}
