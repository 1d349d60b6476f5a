import Columns

/// How the observations of a figure are spread: the columns of an equality table as NHS Digital publishes it, for one
/// unit, period and part of the population.
public struct DistributionRow: Sendable, Equatable {
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
  /// Part of the population; empty for the whole.
  public var stratum: String
  /// Observations.
  public var measured = 0
  /// Observations that are an improvement, for changes; nil for levels and amounts.
  public var improved: Int?
  /// Observations without change.
  public var unchanged: Int?
  /// Observations that are a worsening.
  public var worsened: Int?
  /// Mean.
  public var mean: Double?
  /// 5th percentile, as the others by definition 7 of Hyndman & Fan 1996.
  public var p5: Double?
  /// First quartile.
  public var p25: Double?
  /// Median.
  public var median: Double?
  /// Third quartile.
  public var p75: Double?
  /// 95th percentile.
  public var p95: Double?

  /// The place of a figure, without numbers.
  public init(_ row: ResultRow) {
    indicator = row.indicator
    definitionVersion = row.definitionVersion
    layout = row.layout
    unit = row.unit
    period = row.period
    stratum = row.stratum
  }
}

/// The table of distributions and its form as columns. It is not protected: it stays inside.
public enum Distributions {
  private static let texts: [(name: String, path: any KeyPath<DistributionRow, String> & Sendable, meaning: String)] = [
    ("indicator", \.indicator, "Indicator."), ("definition_version", \.definitionVersion, "Version of its definition."),
    ("layout", \.layout, "Region layout, `provider` or `nation`."), ("unit", \.unit, "Code of the unit."),
    ("period", \.period, "Period."), ("stratum", \.stratum, "Part of the population; missing for the whole."),
  ]
  private static let numbers:
    [(name: String, path: any KeyPath<DistributionRow, Double?> & Sendable, meaning: String)] =
      [
        ("mean", \.mean, "Mean."), ("p5", \.p5, "5th percentile."), ("p25", \.p25, "First quartile."),
        ("median", \.median, "Median."), ("p75", \.p75, "Third quartile."), ("p95", \.p95, "95th percentile."),
      ]
  private static let counts: [(name: String, path: any KeyPath<DistributionRow, Int?> & Sendable, meaning: String)] = [
    ("improved", \.improved, "Observations that are an improvement, by the direction of the score."),
    ("unchanged", \.unchanged, "Observations without change."),
    ("worsened", \.worsened, "Observations that are a worsening."),
  ]

  /// The table.
  public static let table = CoreTable(
    name: "distribution", meaning: "How the observations of one figure are spread.",
    columns: texts.map { CoreColumn($0.name, .code, $0.meaning, required: $0.name != "stratum") }
      + [CoreColumn("measured", .long, "Observations.", required: true)]
      + (numbers.map { CoreColumn($0.name, .decimal, $0.meaning) }
        + counts.map { CoreColumn($0.name, .decimal, $0.meaning) }))

  /// Rows as columns, in order of the table.
  public static func columns(of rows: [DistributionRow]) -> [Column] {
    var columns = texts.map { text in
      var column = CodeColumn()
      for row in rows { column.append(row[keyPath: text.path].isEmpty ? nil : row[keyPath: text.path]) }
      return Column.code(column)
    }
    columns.append(.long(rows.map { Int64($0.measured) }))
    columns += numbers.map { number in .decimal(rows.map { $0[keyPath: number.path] ?? Missing.decimal }) }
    columns += counts.map { count in .decimal(rows.map { $0[keyPath: count.path].map(Double.init) ?? Missing.decimal })
    }
    return columns
  }
}
