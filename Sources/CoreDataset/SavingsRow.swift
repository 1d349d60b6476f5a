import Columns

/// A step of the account of shared savings of a unit in a period: all of them together let both parties recompute what is
/// to be paid.
public struct SavingsRow: Sendable, Equatable {
  /// Indicator id.
  public var indicator: String
  /// Version of the definition.
  public var definitionVersion: String
  /// Region layout id, `provider` or `nation`.
  public var layout: String
  /// Code of the unit.
  public var unit: String
  /// Period id.
  public var period: String
  /// The step.
  public var step: Step
  /// The base period that the step is of, or the indicator of a goal; empty for others.
  public var of: String
  /// What there is to say of it: a warning, whether a goal is met, or why there is no number.
  public var note: String
  /// The number; nil when there is none.
  public var value: Double?

  /// The steps, in order.
  public enum Step: String, Sendable, CaseIterable {
    /// Of each base period: euros per insured year of the unit, what brings them to the level of the last base period,
    /// the cost that age and sex explain over that of the reference, and the weight in the benchmark.
    case cost, trend, risk, weight
    /// The benchmark over the base periods, in the level of the last.
    case history
    /// From the last base period to this one, in the reference.
    case update
    /// Cost that age and sex explain, over that of the reference, in this period.
    case ownRisk = "own-risk"
    /// The expected euros per insured year.
    case benchmark
    /// The actual euros per insured year.
    case actual
    case insuredYears = "insured-years"
    case saving
    case savingRate = "saving-rate"
    case minimumRate = "minimum-rate"
    case totalSaving = "total-saving"
    /// A goal: the figure of its indicator.
    case goal
    /// The part of the share that is earned by health gain, 0 to 1.
    case healthGain = "health-gain"
    case sharingRate = "sharing-rate"
    case uncapped, cap, payment
  }

  /// A step.
  public init(_ row: ResultRow, _ step: Step, _ value: Double?, of: String = "", note: String = "") {
    indicator = row.indicator
    definitionVersion = row.definitionVersion
    layout = row.layout
    unit = row.unit
    period = row.period
    self.step = step
    self.of = of
    self.note = note
    self.value = value
  }
}

/// The table of accounts and its form as columns.
public enum Savings {
  private static let texts: [(name: String, path: any KeyPath<SavingsRow, String> & Sendable, meaning: String)] = [
    ("indicator", \.indicator, "Indicator."), ("definition_version", \.definitionVersion, "Version of its definition."),
    ("layout", \.layout, "Region layout, `provider` or `nation`."), ("unit", \.unit, "Code of the unit."),
    ("period", \.period, "Period that is settled."), ("step", \.step.rawValue, "Step of the account."),
    ("of", \.of, "Base period or indicator that the step is of."),
    ("note", \.note, "A warning, whether a goal is met, or why there is no number."),
  ]

  /// The table.
  public static let table = CoreTable(
    name: "saving", meaning: "One step of the account of shared savings of one unit in one period.",
    columns: texts.map { CoreColumn($0.name, .code, $0.meaning, required: $0.name != "of" && $0.name != "note") }
      + [CoreColumn("value", .decimal, "The number.")])

  /// Rows as columns, in order of the table.
  public static func columns(of rows: [SavingsRow]) -> [Column] {
    texts.map { text in
      var column = CodeColumn()
      for row in rows { column.append(row[keyPath: text.path].isEmpty ? nil : row[keyPath: text.path]) }
      return .code(column)
    } + [.decimal(rows.map { $0.value ?? Missing.decimal })]
  }
}
