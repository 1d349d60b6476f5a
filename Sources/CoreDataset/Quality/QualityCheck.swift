/// A question put to the data of every run, as a value: what is counted, out of how many, and from which share on it is
/// too much.
///
/// Categories are those of Kahn et al. 2016, *A harmonized data quality assessment terminology and framework* (eGEMs
/// 4(1):1244). The form (violated over denominator against a threshold with its note) is that of the OHDSI Data Quality
/// Dashboard.
public struct QualityCheck: Sendable, Equatable {
  /// What kind of flaw it looks for.
  public enum Category: String, Sendable, CaseIterable {
    /// Whether values have the form, the codes and the references that they must have.
    case conformance
    /// Whether values and records are there.
    case completeness
    /// Whether values can be true.
    case plausibility
  }
  /// How bad it is when the share is above the threshold.
  public enum Severity: String, Sendable, CaseIterable {
    case info, warning, critical
  }
  /// What happens when the share is above the threshold.
  public enum Consequence: String, Sendable, CaseIterable {
    /// It is reported.
    case none
    /// Figures that it touches are blocked.
    case block
    /// The delivery is refused: the run stops before anything is published.
    case stop
  }
  /// What is counted.
  public enum Method: Sendable, Equatable {
    /// Rows of the table for which all conditions `violated` hold, out of those for which all of `among` hold.
    case rows(among: [CheckCondition], violated: [CheckCondition])
    /// Records and values that were set aside with a reason, out of the records read.
    case setAside(reason: String)
    /// Records of which the account of the delivery says it, out of the records read.
    case account(Account)
    /// Months of a provider without any record, out of all between its first and last, of providers with many a month.
    case monthMissing
    /// Months of a provider with so many more records than the months beside it and the same month of other years that one
    /// may have come twice, out of all months between such with many.
    case monthDoubled
  }
  /// What accounts of deliveries count.
  public enum Account: String, Sendable, CaseIterable {
    case superseded, netted, unmatchedCredits, withoutAmount, spreadsheetSigns
  }

  /// Stable name, for example `claim_line.provider.present`.
  public let id: String
  /// What kind of flaw it looks for.
  public let category: Category
  /// The core table; `delivery` for what became of records before there was a row.
  public let table: String
  /// The column that it is about; nil for rows as a whole.
  public let column: String?
  /// What is wrong, in Dutch, for the steward.
  public let dutch: String
  /// What is wrong, in English.
  public let english: String
  /// What is counted.
  public let method: Method
  /// Largest share, from 0 to 1, that is accepted.
  public var threshold: Double
  /// Why this share.
  public var why: String
  /// How bad it is above the threshold.
  public var severity: Severity
  /// What happens above the threshold.
  public var consequence: Consequence

  /// The memberwise initialiser.
  public init(
    id: String, category: Category, table: String, column: String?, dutch: String, english: String, method: Method,
    threshold: Double, why: String, severity: Severity, consequence: Consequence = .none
  ) {
    self.id = id
    self.category = category
    self.table = table
    self.column = column
    self.dutch = dutch
    self.english = english
    self.method = method
    self.threshold = threshold
    self.why = why
    self.severity = severity
    self.consequence = consequence
  }

  /// The columns of its table that it looks at; empty for records as a whole.
  public var columns: Set<String> {
    guard case .rows(_, let violated) = method else { return [] }
    return Set(violated.flatMap { [$0.column] + [$0.test.operand].compactMap(\.self) })
  }
}

/// One condition on a row.
public struct CheckCondition: Sendable, Equatable {
  /// What must hold. A missing value fails every test but `missing`.
  public enum Test: Sendable, Equatable {
    case missing
    case present
    /// A number, or a day as its number, below a limit.
    case below(Double)
    case above(Double)
    case oneOf([String])
    case noneOf([String])
    /// A code that is not exactly so many digits.
    case notDigits(Int)
    /// Less than, or earlier than, another column or a day of the run.
    case before(String)
    case after(String)
    /// Not the same as another column, where both are there.
    case differs(String)
    /// A code that the table of care providers lacks, where that has rows.
    case notAProvider

    /// The other column.
    var operand: String? {
      switch self {
      case .before(let name), .after(let name), .differs(let name): name
      default: nil
      }
    }
  }
  /// The column: of the row, or `person.birth_year`, `person.sex` and `person.died_on` of its person. Of persons whom no
  /// register has, the first two are what claim lines state (for a claim line its own, for other tables the last one), and
  /// `person.birth_years` is 2 where their claim lines state different years, else 1.
  public let column: String
  /// What must hold.
  public let test: Test

  /// A condition.
  public init(_ column: String, _ test: Test) {
    self.column = column
    self.test = test
  }

  /// What of the person a row can be compared with.
  public static let personColumns = ["person.birth_year", "person.sex", "person.died_on", "person.birth_years"]
  /// Days of the run that a day can be compared with: the last day that data can be about, and the first and last day of
  /// all periods.
  public static let runDays = ["as-of", "first-period", "last-period"]
}

/// All checks that come with Spiegel.
public enum QualityCatalogue {
  /// The checks, in order: fields as the dictionary has them, rows, deliveries, volumes.
  public static let all: [QualityCheck] =
    FieldChecks.all(Core.all.filter { $0.name != Core.finding.name }) + RowChecks.all + DeliveryChecks.all
}
