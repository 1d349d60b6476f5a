import Columns
import CoreDataset

/// One kind of export: how to recognise it, how it is written and which column goes where.
public struct Source: Sendable {
  /// Id: the name of its file.
  public let id: String
  /// Version of the definition.
  public let version: String
  /// Who reports in it.
  public let reportedBy: ReportedBy
  /// The table that it fills.
  public let delivers: Delivers
  /// File name patterns with `*` and `?`, not case-sensitive.
  public let namePatterns: [String]
  /// How it is written.
  public let format: Format
  /// Columns that become columns of the staged table, in order of that table.
  public internal(set) var fields: [FieldMapping]
  /// For answers in columns: which columns hold them.
  public let questionnaires: [QuestionnaireColumns]
  /// For totals of groups: which columns hold the amounts.
  public let totals: TotalColumns?

  /// How an export is written.
  public enum Format: Sendable, Equatable {
    /// Delimited text.
    case delimited(delimiter: UInt8, hasHeader: Bool, skipLines: Int)
    /// XML with one record per element at `record`, an absolute path of local names.
    case xml(record: String)
    /// FHIR QuestionnaireResponses in XML, JSON or NDJSON, alone or in Bundles: a record per answer.
    case fhir(FHIRFormat)
    /// Records of several kinds, with fields at fixed positions.
    case fixedWidth(RecordLayout)
  }

  /// Encoding of text.
  public let encoding: TextEncoding
  /// How amounts and decimals are written.
  public let amounts: AmountFormat
  /// How dates are written.
  public let dates: [DateFormat]
  /// Values that mean "not known" in every column, besides empty.
  public let missing: [String]

  /// Lines at the end of delimited text that are no records.
  public let footerLines: Int
  /// Totals that each delivery must have.
  public let controlTotals: ControlTotals?
  /// What the front of the file must show, besides its name.
  public let signs: ContentSigns?
  /// Whether a run without any delivery of it is refused.
  public let isRequired: Bool

  /// The source of the heads of claims that its lines belong to; nil where a line says all itself.
  public var join: Join?

  /// How the file name says on which day the delivery was received; nil where it does not.
  public var received: ReceivedInName?

  /// Where lines find the head of their claim.
  public struct Join: Sendable {
    /// Id of the source of heads.
    public let source: String
    /// The column that both have.
    public let on: String
    /// What the source of heads fills, for the mapping of codes.
    public var fields: [FieldMapping] = []

    /// A join.
    public init(source: String, on: String) {
      self.source = source
      self.on = on
    }
  }

  /// All fields that fill a row: its own and those of the head.
  public var allFields: [FieldMapping] { fields + (join?.fields ?? []) }

  /// The memberwise initialiser, for the decoder and for tests.
  public init(
    id: String, version: String, reportedBy: ReportedBy, delivers: Delivers, namePatterns: [String], format: Format,
    encoding: TextEncoding, amounts: AmountFormat, dates: [DateFormat], missing: [String], fields: [FieldMapping],
    questionnaires: [QuestionnaireColumns], totals: TotalColumns? = nil, footerLines: Int = 0,
    controlTotals: ControlTotals? = nil, signs: ContentSigns? = nil, isRequired: Bool = false, join: Join? = nil
  ) {
    self.join = join
    self.id = id
    self.version = version
    self.reportedBy = reportedBy
    self.delivers = delivers
    self.namePatterns = namePatterns
    self.format = format
    self.encoding = encoding
    self.amounts = amounts
    self.dates = dates
    self.missing = missing
    self.fields = fields
    self.questionnaires = questionnaires
    self.footerLines = footerLines
    self.controlTotals = controlTotals
    self.signs = signs
    self.isRequired = isRequired
    self.totals = totals
  }
}

/// The columns of amounts of a record that is a group of persons.
public struct TotalColumns: Sendable, Equatable {
  /// A column and the kind of care that its amounts are for.
  public struct Amount: Sendable, Equatable {
    /// Kind of care.
    public let careType: CareType
    /// Name of the column; for XML a path from the record.
    public let column: String

    /// A column.
    public init(careType: CareType, column: String) {
      self.careType = careType
      self.column = column
    }
  }
  /// The columns, in order of the definition.
  public let amounts: [Amount]
  /// Pattern with `*` and `?` of the names of all columns with amounts: a column that fits it and is not among
  /// `amounts` stops the run, because its cost would be lost.
  public let every: String?

  /// Columns of amounts.
  public init(amounts: [Amount], every: String?) {
    self.amounts = amounts
    self.every = every
  }
}

/// Where the values of a staged column come from.
public struct FieldMapping: Sendable {
  /// The staged column. For long questionnaires also `response`, the source's own id of a response.
  public let target: String
  /// Names of the delivered column, the first that exists counts; for XML paths from the record, for
  /// fixed width `06.amount`, for FHIR one of ``FHIRColumn``. Empty for a constant.
  public let columns: [String]
  /// The same value for all records instead of a column.
  public let constant: String?
  /// What form the field has.
  public let form: FieldForm
  /// Values that mean "not known" in this column, besides those of the source.
  public let missing: [String]
  /// Delivered code → standard code. Empty: codes are kept as delivered.
  public internal(set) var codes: [String: String]
  /// What happens with a code that `codes` does not name.
  public let unknown: UnknownCode
  /// Whether a record without it goes to quarantine.
  public let isRequired: Bool
  /// The lines of the code list, in its order; those with dates hold for the days that they name.
  public var decisions: [CodeDecision] = []
  /// The table in which they stand; nil where they stand in the source definition.
  public var codeList: String?

  /// The memberwise initialiser, for the decoder and for tests.
  public init(
    target: String, columns: [String], constant: String? = nil, form: FieldForm = .plain, missing: [String] = [],
    codes: [String: String] = [:], unknown: UnknownCode = .keep, isRequired: Bool = false
  ) {
    self.target = target
    self.columns = columns
    self.constant = constant
    self.form = form
    self.missing = missing
    self.codes = codes
    self.unknown = unknown
    self.isRequired = isRequired
  }
}

/// What happens with a code that is not in the code list.
public enum UnknownCode: String, Sendable, CaseIterable {
  /// The record goes to quarantine with reason `unknown-code`.
  case reject
  /// The code is kept as delivered.
  case keep
  /// The value becomes missing and is listed in quarantine as a value set aside.
  case setAside = "set-aside"
}

/// The form of a field, where the type of its column does not say it.
public enum FieldForm: Sendable, Equatable {
  /// As the type of the column says.
  case plain
  /// Citizen number with check digit; becomes a pseudonym and is never kept.
  case bsn
  /// A number of at most nine digits that is a person's, without a check; becomes a pseudonym and is never kept.
  case personNumber
  /// An identifier of a person of any other form; becomes a pseudonym and is never kept.
  case personKey
  /// Not a column: each record is a person of its own, for exports without any identifier.
  case recordAsPerson
  /// A code of exactly this many digits; leading zeros belong to it.
  case digits(Int)
  /// A Dutch postcode of which the four digits are kept.
  case postcode4
  /// A date of which only the year is kept.
  case yearOfDate
  /// The first characters of a code; a shorter code is missing.
  case prefix(Int)
}

/// Answers of one instrument at one moment that stand in columns of a record.
public struct QuestionnaireColumns: Sendable {
  /// Instrument id.
  public let instrument: String
  /// Measurement moment.
  public let moment: String
  /// Column with the day on which it was filled in.
  public let completedOn: String?
  /// Item code of the instrument → column.
  public let items: [(item: String, column: String)]
  /// Scale → column with the score that the source computed.
  public let delivered: [(scale: String, column: String)]
  /// Scale → column with the score that the source predicted.
  public let predicted: [(scale: String, column: String)]
  /// Values in item columns that mean "not answered", besides those of the source. They do not hold for delivered and
  /// predicted scores, where the same number may be a score.
  public let missing: [String]
  /// Answers that are delivered as words: what each counts for.
  public let codes: [String: Double]

  /// The memberwise initialiser, for the decoder and for tests.
  public init(
    instrument: String, moment: String, completedOn: String?, items: [(item: String, column: String)],
    delivered: [(scale: String, column: String)] = [], predicted: [(scale: String, column: String)] = [],
    missing: [String] = [], codes: [String: Double] = [:]
  ) {
    self.instrument = instrument
    self.moment = moment
    self.completedOn = completedOn
    self.items = items
    self.delivered = delivered
    self.predicted = predicted
    self.missing = missing
    self.codes = codes
  }
}
