import Columns

/// One term of a fitted case-mix model, or the model as a whole.
public struct ModelRow: Sendable, Equatable {
  /// Indicator id.
  public var indicator: String
  /// Version of the definition.
  public var definitionVersion: String
  /// Period id.
  public var period: String
  /// `linear` or `logistic`.
  public var model: String
  /// Column of the model, such as `score` or `sex=male`; `model` for the model as a whole.
  public var term: String
  /// Why a term has no coefficient (`reference`, `dropped`, `no-persons`), or why a model was refused.
  public var note = ""
  /// Persons with the level, or of the model.
  public var persons: Int
  /// Coefficient; of a logistic model on the scale of log odds.
  public var estimate: Double?
  /// Its standard error.
  public var standardError: Double?
  /// Share of the variance that a linear model explains.
  public var rSquared: Double?
  /// Standard deviation (n − 1) of observed minus predicted, of a linear model.
  public var residualDeviation: Double?
  /// How often who has the event had the higher risk, of a logistic model.
  public var cStatistic: Double?
  /// Mean squared difference of event and risk, of a logistic model.
  public var brier: Double?
  /// Events observed.
  public var observed: Double?
  /// Events expected: the same for a model that is calibrated.
  public var expected: Double?

  /// A row without numbers.
  public init(
    indicator: String, definitionVersion: String, period: String, model: String, term: String, persons: Int
  ) {
    self.indicator = indicator
    self.definitionVersion = definitionVersion
    self.period = period
    self.model = model
    self.term = term
    self.persons = persons
  }
}

/// The table of case-mix models and its form as columns.
public enum Models {
  private static let texts: [(name: String, path: any KeyPath<ModelRow, String> & Sendable, meaning: String)] = [
    ("indicator", \.indicator, "Indicator."), ("definition_version", \.definitionVersion, "Version of its definition."),
    ("period", \.period, "Period."), ("model", \.model, "linear or logistic."),
    ("term", \.term, "Column of the model; `model` for the model as a whole."),
    ("note", \.note, "Why a term has no coefficient, or why the model was refused."),
  ]
  private static let numbers: [(name: String, path: any KeyPath<ModelRow, Double?> & Sendable, meaning: String)] = [
    ("estimate", \.estimate, "Coefficient; log odds for a logistic model."),
    ("standard_error", \.standardError, "Standard error of the coefficient."),
    ("r_squared", \.rSquared, "Share of the variance that a linear model explains."),
    ("residual_deviation", \.residualDeviation, "Standard deviation of observed minus predicted."),
    ("c_statistic", \.cStatistic, "How often who has the event had the higher risk."),
    ("brier", \.brier, "Mean squared difference of event and risk."),
    ("observed", \.observed, "Events observed."),
    ("expected", \.expected, "Events expected."),
  ]

  /// The table.
  public static let table = CoreTable(
    name: "model", meaning: "One term of a case-mix model fitted on the delivery, or the model as a whole.",
    columns: texts.map { CoreColumn($0.name, .code, $0.meaning, required: $0.name != "note") }
      + [CoreColumn("persons", .long, "Persons with the level, or of the model.", required: true)]
      + numbers.map { CoreColumn($0.name, .decimal, $0.meaning) })

  /// Rows as columns, in order of the table.
  public static func columns(of rows: [ModelRow]) -> [Column] {
    var columns = texts.map { text in
      var column = CodeColumn()
      for row in rows { column.append(row[keyPath: text.path].isEmpty ? nil : row[keyPath: text.path]) }
      return Column.code(column)
    }
    columns.append(.long(rows.map { Int64($0.persons) }))
    return columns + numbers.map { number in .decimal(rows.map { $0[keyPath: number.path] ?? Missing.decimal }) }
  }
}
