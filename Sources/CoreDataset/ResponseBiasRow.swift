import Columns

/// Those who are in a figure made of questionnaires beside those of the same care path who are not, in one characteristic.
public struct ResponseBiasRow: Sendable, Equatable {
  /// What the two groups are compared in.
  public enum Characteristic: String, Sendable, CaseIterable {
    /// Age in the year of the period.
    case age
    /// Share of women among women and men.
    case women
    /// Euros of claims in the 365 days before the index date.
    case costBefore = "cost-before"
    /// Different days of care in the 365 days before the index date.
    case careDaysBefore = "care-days-before"
  }

  /// Indicator id.
  public var indicator: String
  /// Version of the definition.
  public var definitionVersion: String
  /// Region layout id, `provider` or `nation`.
  public var layout: String
  /// Code of the unit.
  public var unit: String
  /// Period id: that of the index date.
  public var period: String
  /// What the groups are compared in.
  public var characteristic: Characteristic
  /// Why there is no difference; empty when there is.
  public var reason = ""
  /// Whether the groups differ noticeably: `yes` or `no`; nil without a difference.
  public var differs: Bool?
  /// Care paths in the figure of which the characteristic is known.
  public var responders: Double?
  /// Care paths not in the figure of which it is known.
  public var nonResponders: Double?
  /// Mean, or share, of responders.
  public var mean: Double?
  /// Its standard deviation.
  public var deviation: Double?
  /// Mean, or share, of those who are not in the figure.
  public var otherMean: Double?
  /// Its standard deviation.
  public var otherDeviation: Double?
  /// Standardised difference, responders minus others.
  public var difference: Double?
  /// Lower limit of its 95% interval.
  public var lower95: Double?
  /// Upper limit of its 95% interval.
  public var upper95: Double?

  /// A comparison without numbers.
  public init(_ row: ResultRow, _ characteristic: Characteristic) {
    indicator = row.indicator
    definitionVersion = row.definitionVersion
    layout = row.layout
    unit = row.unit
    period = row.period
    self.characteristic = characteristic
  }
}

/// The table of response bias and its form as columns.
public enum ResponseBiases {
  private static let texts: [(name: String, value: @Sendable (ResponseBiasRow) -> String, meaning: String)] = [
    ("indicator", { $0.indicator }, "Indicator."),
    ("definition_version", { $0.definitionVersion }, "Version of its definition."),
    ("layout", { $0.layout }, "Region layout, `provider` or `nation`."), ("unit", { $0.unit }, "Code of the unit."),
    ("period", { $0.period }, "Period of the index date."),
    ("characteristic", { $0.characteristic.rawValue }, "What the two groups are compared in."),
    ("reason", { $0.reason }, "Why there is no difference."),
    (
      "differs", { row in row.differs.map { $0 ? "yes" : "no" } ?? "" },
      "Whether the standardised difference is above 0.1 or below -0.1 and its interval does not reach 0."
    ),
  ]
  private static let numbers:
    [(name: String, path: any KeyPath<ResponseBiasRow, Double?> & Sendable, meaning: String)] = [
      ("responders", \.responders, "Care paths in the figure of which the characteristic is known."),
      ("non_responders", \.nonResponders, "Care paths that are not in the figure, of which it is known."),
      ("mean", \.mean, "Mean of responders; of women their share."),
      ("standard_deviation", \.deviation, "Standard deviation of responders."),
      ("other_mean", \.otherMean, "Mean of those not in the figure; of women their share."),
      ("other_standard_deviation", \.otherDeviation, "Standard deviation of those not in the figure."),
      ("difference", \.difference, "Standardised difference, responders minus others (Austin 2009)."),
      ("lower95", \.lower95, "Lower limit of its 95% interval."),
      ("upper95", \.upper95, "Upper limit of its 95% interval."),
    ]

  /// The table.
  public static let table = CoreTable(
    name: "response_bias",
    meaning: "Those in a figure made of questionnaires beside those of the same care path who are not.",
    columns: texts.map { text in
      CoreColumn(
        text.name, .code, text.meaning,
        allowed: text.name == "characteristic"
          ? ResponseBiasRow.Characteristic.allCases.map(\.rawValue) : text.name == "differs" ? ["yes", "no"] : [],
        required: !["reason", "differs"].contains(text.name))
    } + numbers.map { CoreColumn($0.name, .decimal, $0.meaning) })

  /// Rows as columns, in order of the table.
  public static func columns(of rows: [ResponseBiasRow]) -> [Column] {
    texts.map { text in
      var column = CodeColumn()
      for row in rows {
        let value = text.value(row)
        column.append(value.isEmpty ? nil : value)
      }
      return .code(column)
    } + numbers.map { number in .decimal(rows.map { $0[keyPath: number.path] ?? Missing.decimal }) }
  }
}
