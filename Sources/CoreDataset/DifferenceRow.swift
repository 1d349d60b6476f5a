import Columns

/// The change of a figure since the reference measurement beside that of another population: difference-in-differences.
public struct DifferenceRow: Sendable, Equatable {
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
  /// Period of the reference measurement.
  public var baseline: String
  /// The population compared with, over the whole nation.
  public var population: String
  /// Why there is no difference; empty when there is.
  public var reason = ""
  /// The figure.
  public var value: Double?
  /// The figure of the reference measurement.
  public var baselineValue: Double?
  /// The figure of the other population.
  public var otherValue: Double?
  /// That of the reference measurement.
  public var otherBaselineValue: Double?
  /// (value − baseline) − (other − other baseline).
  public var difference: Double?
  /// Lower limit of its 95% interval.
  public var lower95: Double?
  /// Upper limit of its 95% interval.
  public var upper95: Double?

  /// A difference without numbers.
  public init(_ row: ResultRow, baseline: String, population: String) {
    indicator = row.indicator
    definitionVersion = row.definitionVersion
    layout = row.layout
    unit = row.unit
    period = row.period
    self.baseline = baseline
    self.population = population
  }
}

/// The table of differences and its form as columns.
public enum Differences {
  private static let texts: [(name: String, path: any KeyPath<DifferenceRow, String> & Sendable, meaning: String)] = [
    ("indicator", \.indicator, "Indicator."), ("definition_version", \.definitionVersion, "Version of its definition."),
    ("layout", \.layout, "Region layout, `provider` or `nation`."), ("unit", \.unit, "Code of the unit."),
    ("period", \.period, "Period."), ("baseline", \.baseline, "Period of the reference measurement."),
    ("population", \.population, "The population compared with, over the whole nation."),
    ("reason", \.reason, "Why there is no difference."),
  ]
  private static let numbers: [(name: String, path: any KeyPath<DifferenceRow, Double?> & Sendable, meaning: String)] =
    [
      ("value", \.value, "The figure."),
      ("baseline_value", \.baselineValue, "The figure in the reference measurement."),
      ("other_value", \.otherValue, "The figure of the other population."),
      ("other_baseline_value", \.otherBaselineValue, "That in the reference measurement."),
      ("difference", \.difference, "Change of the figure minus change of the other population."),
      ("lower95", \.lower95, "Lower limit of its 95% interval."),
      ("upper95", \.upper95, "Upper limit of its 95% interval."),
    ]

  /// The table.
  public static let table = CoreTable(
    name: "difference", meaning: "The change of a figure beside that of another population.",
    columns: texts.map { CoreColumn($0.name, .code, $0.meaning, required: $0.name != "reason") }
      + numbers.map { CoreColumn($0.name, .decimal, $0.meaning) })

  /// Rows as columns, in order of the table.
  public static func columns(of rows: [DifferenceRow]) -> [Column] {
    texts.map { text in
      var column = CodeColumn()
      for row in rows { column.append(row[keyPath: text.path].isEmpty ? nil : row[keyPath: text.path]) }
      return .code(column)
    } + numbers.map { number in .decimal(rows.map { $0[keyPath: number.path] ?? Missing.decimal }) }
  }
}
