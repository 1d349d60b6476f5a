import Columns

/// A figure in a series of periods long enough for a control chart.
public struct TrendRow: Sendable, Equatable {
  /// Kinds of control chart.
  public enum Chart: String, Sendable, CaseIterable {
    /// Individual values with limits from moving ranges.
    case individuals = "xmr"
    /// Shares, with limits by the number of observations of each period.
    case proportions = "p"
    /// Rates of events, with limits by the denominator of each period.
    case rates = "u"
    /// Risk-adjusted cumulative sum: the value is the sum, the upper limit that at which it signals.
    case cusum
  }
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
  /// Kind of chart.
  public var chart: Chart
  /// What is special about the figure, words apart by blanks; empty for common variation.
  public var signal: String
  /// The figure.
  public var value: Double
  /// Mean of the series.
  public var centre: Double
  /// Lower control limit.
  public var lower: Double
  /// Upper control limit.
  public var upper: Double

  /// The memberwise initialiser.
  public init(
    indicator: String, definitionVersion: String, layout: String, unit: String, period: String, chart: Chart,
    signal: String, value: Double, centre: Double, lower: Double, upper: Double
  ) {
    self.indicator = indicator
    self.definitionVersion = definitionVersion
    self.layout = layout
    self.unit = unit
    self.period = period
    self.chart = chart
    self.signal = signal
    self.value = value
    self.centre = centre
    self.lower = lower
    self.upper = upper
  }

  /// A figure with the limits of its series.
  public init(
    _ row: ResultRow, chart: Chart = .individuals, value: Double, centre: Double, lower: Double, upper: Double,
    signal: String
  ) {
    indicator = row.indicator
    definitionVersion = row.definitionVersion
    layout = row.layout
    unit = row.unit
    period = row.period
    self.chart = chart
    self.signal = signal
    self.value = value
    self.centre = centre
    self.lower = lower
    self.upper = upper
  }
}

/// The table of control charts and its form as columns.
public enum Trends {
  private static let texts: [(name: String, path: any KeyPath<TrendRow, String> & Sendable, meaning: String)] = [
    ("indicator", \.indicator, "Indicator."), ("definition_version", \.definitionVersion, "Version of its definition."),
    ("layout", \.layout, "Region layout, `provider` or `nation`."), ("unit", \.unit, "Code of the unit."),
    ("period", \.period, "Period."),
    ("chart", \.chart.rawValue, "Kind of chart: xmr, p, u or cusum."),
    ("signal", \.signal, "above-upper, below-lower, rising, falling, shift-up, shift-down or two-of-three."),
  ]
  private static let numbers: [(name: String, path: any KeyPath<TrendRow, Double> & Sendable, meaning: String)] = [
    ("value", \.value, "The figure."), ("centre", \.centre, "Mean of the series."),
    ("lower", \.lower, "Lower control limit."), ("upper", \.upper, "Upper control limit."),
  ]

  /// The table.
  public static let table = CoreTable(
    name: "trend", meaning: "A figure in a series of at least 13 periods, with the limits of a control chart.",
    columns: texts.map { CoreColumn($0.name, .code, $0.meaning, required: $0.name != "signal") }
      + numbers.map { CoreColumn($0.name, .decimal, $0.meaning, required: true) })

  /// Rows as columns, in order of the table.
  public static func columns(of rows: [TrendRow]) -> [Column] {
    texts.map { text in
      var column = CodeColumn()
      for row in rows { column.append(row[keyPath: text.path].isEmpty ? nil : row[keyPath: text.path]) }
      return .code(column)
    } + numbers.map { number in .decimal(rows.map { $0[keyPath: number.path] }) }
  }

  /// Columns as rows; nil when they are not the columns of the table.
  public static func rows(of columns: [Column]) -> [TrendRow]? {
    guard columns.count == table.columns.count, zip(columns, table.columns).allSatisfy({ $0.type == $1.spec.type })
    else { return nil }
    func code(_ name: String, _ row: Int) -> String {
      if let index = table.index(of: name), case .code(let column) = columns[index] { column[row] ?? "" } else { "" }
    }
    func number(_ name: String, _ row: Int) -> Double {
      if let index = table.index(of: name), case .decimal(let values) = columns[index] { values[row] } else { .nan }
    }
    var rows: [TrendRow] = []
    for row in 0..<(columns.first?.count ?? 0) {
      guard let chart = TrendRow.Chart(rawValue: code("chart", row)) else { return nil }
      rows.append(
        TrendRow(
          indicator: code("indicator", row), definitionVersion: code("definition_version", row),
          layout: code("layout", row), unit: code("unit", row), period: code("period", row), chart: chart,
          signal: code("signal", row), value: number("value", row), centre: number("centre", row),
          lower: number("lower", row), upper: number("upper", row)))
    }
    return rows
  }
}
