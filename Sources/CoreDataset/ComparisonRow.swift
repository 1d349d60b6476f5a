import Columns

/// How the units of one layout were compared on one indicator in one period.
public struct ComparisonRow: Sendable, Equatable {
  /// Indicator id.
  public var indicator: String
  /// Version of the definition that made the figures.
  public var definitionVersion: String
  /// Region layout id or `provider`.
  public var layout: String
  /// Period id.
  public var period: String
  /// Subdivision; empty for the whole.
  public var stratum: String
  /// Units that were compared.
  public var units = 0
  /// Units with a figure of too few persons to be compared.
  public var smallUnits = 0
  /// Units below or above the 95% limits, those beyond the 99.8% limits included.
  public var outside95 = 0
  /// Units below or above the 99.8% limits.
  public var outside998 = 0
  /// The national figure that units are compared with.
  public var target: Double?
  /// How limits were found: `exact` or `normal`.
  public var limits: String
  /// What was done about variation beyond chance: `none`, `additive` or `multiplicative`.
  public var overDispersion: String
  /// Mean squared standardised difference with the target, outer tenths winsorised; about 1 when chance explains all.
  public var phi: Double?
  /// Variance between units, in the square of the unit of the figure.
  public var tauSquared: Double?
  /// P value of the hypothesis that chance explains all.
  public var dispersionP: Double?
  /// How many units chance alone puts outside the 95% limits.
  public var expectedOutside95: Double?
  /// How many units chance alone puts outside the 99.8% limits.
  public var expectedOutside998: Double?
  /// Variance between units over that plus the median squared standard error (van Dishoeck et al. 2011).
  public var rankability: Double?
  /// Highest over lowest figure. Grows with the number of small units: never alone.
  public var extremalQuotient: Double?
  /// 95th over 5th percentile of the figures.
  public var p95OverP5: Double?
  /// Third over first quartile of the figures.
  public var p75OverP25: Double?
  /// Standard deviation over mean of the figures, units weighted by their persons.
  public var weightedCoefficient: Double?
  /// Systematic component of variation (Diehr et al. 1990): below 0 when units vary less than by chance.
  public var systematicComponent: Double?
  /// Shape of the gamma distribution of true ratios of observed to expected events (empirical Bayes): the larger, the more
  /// alike units are. Nil where units do not differ beyond chance, and for figures that are no rates.
  public var gammaShape: Double?
  /// Intraclass correlation: the share of the variance between persons that is between units, for means of scores.
  public var intraclass: Double?
  /// Rankability below which units are not put in order.
  public var minimumRankability: Double
  /// Whether the figures may be put in order; nil when that is not known.
  public var order: Order?
  /// Why there is no comparison, or what its limits are without; empty when it stands.
  public var reason = ""

  /// Whether the figures of units may be put in order.
  public enum Order: String, Sendable, CaseIterable {
    case suitable
    case notSuitable = "not suitable for ranking"
  }

  /// A comparison without numbers.
  public init(
    indicator: String, definitionVersion: String, layout: String, period: String, stratum: String, limits: String,
    overDispersion: String, minimumRankability: Double
  ) {
    self.indicator = indicator
    self.definitionVersion = definitionVersion
    self.layout = layout
    self.period = period
    self.stratum = stratum
    self.limits = limits
    self.overDispersion = overDispersion
    self.minimumRankability = minimumRankability
  }
}

/// The table of comparisons and its form as columns.
public enum Comparisons {
  private static let texts:
    [(name: String, path: any WritableKeyPath<ComparisonRow, String> & Sendable, meaning: String)] =
      [
        ("indicator", \.indicator, "Indicator."),
        ("definition_version", \.definitionVersion, "Version of its definition."),
        ("layout", \.layout, "Region layout or `provider`."), ("period", \.period, "Period."),
        ("stratum", \.stratum, "Subdivision; missing for the whole."),
        ("limits", \.limits, "How limits were found: exact or normal."),
        ("over_dispersion", \.overDispersion, "What was done about variation beyond chance."),
        ("reason", \.reason, "Why there is no comparison, or what it is without."),
      ]
  private static let counts:
    [(name: String, path: any WritableKeyPath<ComparisonRow, Int> & Sendable, meaning: String)] =
      [
        ("units", \.units, "Units compared."),
        ("small_units", \.smallUnits, "Units with too few persons to be compared."),
        ("outside95", \.outside95, "Units outside the 95% limits, those outside the 99.8% limits included."),
        ("outside998", \.outside998, "Units outside the 99.8% limits."),
      ]
  private static let numbers:
    [(name: String, path: any WritableKeyPath<ComparisonRow, Double?> & Sendable, meaning: String)] = [
      ("target", \.target, "National figure that units are compared with."),
      ("phi", \.phi, "Mean squared standardised difference, winsorised; about 1 when chance explains all."),
      ("tau_squared", \.tauSquared, "Variance between units."),
      ("dispersion_p", \.dispersionP, "P value of the hypothesis that chance explains all."),
      ("expected_outside95", \.expectedOutside95, "Units that chance alone puts outside the 95% limits."),
      ("expected_outside998", \.expectedOutside998, "Units that chance alone puts outside the 99.8% limits."),
      ("extremal_quotient", \.extremalQuotient, "Highest over lowest figure."),
      ("p95_p5", \.p95OverP5, "95th over 5th percentile of the figures."),
      ("p75_p25", \.p75OverP25, "Third over first quartile of the figures."),
      ("weighted_cv", \.weightedCoefficient, "Coefficient of variation, units weighted by their persons."),
      (
        "systematic_component", \.systematicComponent,
        "Systematic component of variation; below 0: less than by chance."
      ),
      ("gamma_shape", \.gammaShape, "Shape of the distribution of true ratios of observed to expected events."),
      ("icc", \.intraclass, "Share of the variance between persons that is between units."),
      ("rankability", \.rankability, "Variance between units over that plus the median squared standard error."),
    ]

  /// The table.
  public static let table = CoreTable(
    name: "comparison", meaning: "How the units of one layout were compared on one indicator in one period.",
    columns: texts.map { CoreColumn($0.name, .code, $0.meaning, required: $0.name != "stratum" && $0.name != "reason") }
      + counts.map { CoreColumn($0.name, .long, $0.meaning, required: true) }
      + numbers.map { CoreColumn($0.name, .decimal, $0.meaning) }
      + [
        CoreColumn("minimum_rankability", .decimal, "Rankability below which units are not put in order."),
        CoreColumn(
          "order", .code, "Whether figures may be put in order.", unit: "suitable, not suitable for ranking"),
      ])

  /// Rows as columns, in order of the table.
  public static func columns(of rows: [ComparisonRow]) -> [Column] {
    func codes(_ value: (ComparisonRow) -> String?) -> Column {
      var column = CodeColumn()
      for row in rows { column.append(value(row)) }
      return .code(column)
    }
    var columns = texts.map { text in codes { $0[keyPath: text.path].isEmpty ? nil : $0[keyPath: text.path] } }
    columns += counts.map { count in .long(rows.map { Int64($0[keyPath: count.path]) }) }
    columns += numbers.map { number in .decimal(rows.map { $0[keyPath: number.path] ?? Missing.decimal }) }
    columns.append(.decimal(rows.map(\.minimumRankability)))
    columns.append(codes { $0.order?.rawValue })
    return columns
  }

  /// Columns as rows; nil when they are not the columns of the table.
  public static func rows(of columns: [Column]) -> [ComparisonRow]? {
    guard columns.count == table.columns.count, zip(columns, table.columns).allSatisfy({ $0.type == $1.spec.type })
    else { return nil }
    func code(_ index: Int, _ row: Int) -> String? {
      if case .code(let column) = columns[index] { column[row] } else { nil }
    }
    func decimal(_ index: Int, _ row: Int) -> Double? {
      if case .decimal(let values) = columns[index], !values[row].isNaN { values[row] } else { nil }
    }
    let last = texts.count + counts.count + numbers.count
    return (0..<columns[0].count).map { row in
      var result = ComparisonRow(
        indicator: "", definitionVersion: "", layout: "", period: "", stratum: "", limits: "", overDispersion: "",
        minimumRankability: decimal(last, row) ?? 0)
      for (index, text) in texts.enumerated() { result[keyPath: text.path] = code(index, row) ?? "" }
      for (index, count) in counts.enumerated() {
        if case .long(let values) = columns[texts.count + index] { result[keyPath: count.path] = Int(values[row]) }
      }
      for (index, number) in numbers.enumerated() {
        result[keyPath: number.path] = decimal(texts.count + counts.count + index, row)
      }
      result.order = code(last + 1, row).flatMap(ComparisonRow.Order.init)
      return result
    }
  }
}
