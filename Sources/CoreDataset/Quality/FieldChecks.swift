import Columns

/// Checks of single fields, made from the data dictionary by a few types: required (present), allowed values, form of
/// codes, limits, reference to a care provider.
enum FieldChecks {
  /// Reasons behind thresholds that are the same for many fields.
  enum Why {
    static let required = "The data dictionary requires a value; 0 as isRequired in the OHDSI Data Quality Dashboard."
    static let measured =
      "Measured, not judged, as measureValueCompleteness in the OHDSI Data Quality Dashboard (100%)."
    static let vocabulary = "The data dictionary has a closed list of values."
    static let form = "The data dictionary gives the form of the code; 0 as cdmDatatype in the Dashboard."
    static let plausible = "1% as plausibleValueLow and plausibleValueHigh in the OHDSI Data Quality Dashboard."
    static let temporal = "1% as plausibleTemporalAfter in the OHDSI Data Quality Dashboard."
    static let reference = "A code must be in the table that it refers to; 0 as isForeignKey in the Dashboard."
  }

  /// Limits of numbers, by column; in the unit of the column, amounts in cents.
  private static let limits: [String: ClosedRange<Double>] = [
    "birth_year": 1900...Double.infinity, "postcode4": 1000...9999, "line": 0...Double.infinity,
    "corrects_line": 0...Double.infinity, "quantity": 1...10_000, "record": 1...Double.infinity,
    "answered": 0...1000, "expected": 1...1000, "insured_years": 0...Double.infinity, "persons": 1...Double.infinity,
    "net_cents": 0...Double.infinity, "bed_days": 0...366,
  ]
  /// The amount of one line above which it deserves a look: a million euros.
  private static let largestCents = 100_000_000.0
  /// First day that is plausible: 1950-01-01, as in the Dashboard; registrations may be older.
  private static let firstDay = Double(Day(year: 1950, month: 1, day: 1)?.number ?? 0)
  /// Days that may lie ahead: an end that is still to come.
  private static let openEnds: Set<String> = ["to", "died_on"]

  /// The checks of tables.
  static func all(_ tables: [CoreTable]) -> [QualityCheck] {
    tables.flatMap { table in table.columns.flatMap { checks(of: $0, in: table) } }
  }

  private static func checks(of column: CoreColumn, in table: CoreTable) -> [QualityCheck] {
    var checks = [present(column, table)]
    if !column.allowed.isEmpty {
      checks.append(
        check(
          table, column, "allowed", .conformance, .noneOf(column.allowed), threshold: 0, Why.vocabulary, .critical,
          nl: "staat een waarde die niet in de lijst voorkomt", en: "holds a value that is not in its list"))
    }
    if let digits = digits(column) {
      checks.append(
        check(
          table, column, "form", .conformance, .notDigits(digits), threshold: 0, Why.form, .warning,
          nl: "staat een code die niet uit \(digits) cijfers bestaat",
          en: "holds a code that is not \(digits) digits"))
    }
    if column.name == "provider" {
      checks.append(
        check(
          table, column, "known", .conformance, .notAProvider, threshold: 0, Why.reference, .warning,
          nl: "staat een zorgaanbieder die niet in de lijst van zorgaanbieders voorkomt",
          en: "holds a care provider that the list of care providers lacks"))
    }
    return checks + limits(column, table)
  }

  private static func present(_ column: CoreColumn, _ table: CoreTable) -> QualityCheck {
    let isRequired = !column.spec.isNullable
    return QualityCheck(
      id: "\(table.name).\(column.name).present", category: .completeness, table: table.name, column: column.name,
      dutch: "\(Words.inColumn(column.name, table.name)) staat niets",
      english: "\(table.name).\(column.name) is missing",
      method: .rows(among: [], violated: [CheckCondition(column.name, .missing)]), threshold: isRequired ? 0 : 1,
      why: isRequired ? Why.required : Why.measured, severity: isRequired ? .critical : .info,
      consequence: isRequired ? .block : .none)
  }

  private static func limits(_ column: CoreColumn, _ table: CoreTable) -> [QualityCheck] {
    var checks: [QualityCheck] = []
    func add(_ name: String, _ test: CheckCondition.Test, _ why: String, nl: String, en: String) {
      checks.append(check(table, column, name, .plausibility, test, threshold: 0.01, why, .warning, nl: nl, en: en))
    }
    if column.spec.type == .day {
      add("early", .below(firstDay), Why.plausible, nl: "staat een dag voor 1950", en: "holds a day before 1950")
      if !openEnds.contains(column.name) {
        add(
          "ahead", .after("as-of"), Why.plausible, nl: "staat een dag in de toekomst", en: "holds a day in the future")
      }
    }
    if column.name == "amount_cents" && table.name != Core.claimCorrection.name {
      add("low", .below(0), Why.plausible, nl: "staat een negatief bedrag", en: "holds a negative amount")
      if table.name == Core.claimLine.name {
        add(
          "high", .above(largestCents), Why.plausible, nl: "staat meer dan een miljoen euro",
          en: "holds more than a million euros")
      }
    }
    guard let range = limits[column.name] else { return checks }
    add(
      "low", .below(range.lowerBound), Why.plausible, nl: "staat minder dan \(shown(range.lowerBound))",
      en: "holds less than \(shown(range.lowerBound))")
    if range.upperBound.isFinite {
      add(
        "high", .above(range.upperBound), Why.plausible, nl: "staat meer dan \(shown(range.upperBound))",
        en: "holds more than \(shown(range.upperBound))")
    }
    return checks
  }

  private static func shown(_ value: Double) -> String { String(Int(value)) }

  private static func digits(_ column: CoreColumn) -> Int? {
    if column.unit.hasPrefix("AGB") { return column.unit.contains("4 digits") ? 4 : 8 }
    return column.unit == "UZOVI code" ? 4 : nil
  }

  private static func check(
    _ table: CoreTable, _ column: CoreColumn, _ name: String, _ category: QualityCheck.Category,
    _ test: CheckCondition.Test, threshold: Double, _ why: String, _ severity: QualityCheck.Severity, nl: String,
    en: String
  ) -> QualityCheck {
    QualityCheck(
      id: "\(table.name).\(column.name).\(name)", category: category, table: table.name, column: column.name,
      dutch: "\(Words.inColumn(column.name, table.name)) \(nl)", english: "\(table.name).\(column.name) \(en)",
      method: .rows(
        among: [CheckCondition(column.name, .present)], violated: [CheckCondition(column.name, test)]),
      threshold: threshold, why: why, severity: severity, consequence: severity == .critical ? .block : .none)
  }
}
