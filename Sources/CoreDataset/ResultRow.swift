import Columns

/// Whether a figure may be relied on.
public enum ResultStatus: String, Sendable, CaseIterable {
  /// The figure stands.
  case ok
  /// The figure stands on few observations (fewer than 30, or fewer than 60% of pairs complete).
  case indicative
  /// There is no figure, and `reason` says why.
  case insufficient
  /// A critical quality finding forbids the figure.
  case blocked
}

/// What kind of unit a figure is about.
public enum UnitKind: String, Sendable, CaseIterable {
  case nation, region, provider
  /// The insured of a health insurer, or of a group of them.
  case insurer
}

/// One figure: an indicator for a unit in a period. Absent numbers are nil, never 0.
public struct ResultRow: Sendable, Equatable {
  /// Indicator id.
  public var indicator: String
  /// Version of the definition that made the figure.
  public var definitionVersion: String
  /// Region layout id, `provider` or `nation`.
  public var layout: String
  /// Code of the unit.
  public var unit: String
  /// Kind of unit.
  public var unitKind: UnitKind
  /// Period id, for example `2016`.
  public var period: String
  /// Subdivision, for example `care_type=pharmacy`; empty for the whole.
  public var stratum: String
  /// Persons that the figure is about.
  public var persons: Int
  /// Observations that entered the figure.
  public var measured: Int
  /// Numerator of a share, rate or ratio.
  public var numerator: Double?
  /// Denominator of a share, rate or ratio.
  public var denominator: Double?
  /// Euros behind a figure that counts something else.
  public var amount: Double?
  /// What all but the two largest contributors add to an amount in euros, as a share of the largest contribution; only
  /// for the rule against dominance, never in a mirror file.
  public var remainder: Double?
  /// Persons who contribute to the numerator, or to the rest of a share where they are fewer; 0 when nobody does. Only
  /// for rules against disclosure, as are the following.
  public var contributors: Double?
  /// The largest contribution as a share of the amount.
  public var largest: Double?
  /// The two largest contributions as a share of the amount.
  public var largestTwo: Double?
  /// Care providers who bill the amount.
  public var providers: Double?
  /// What all but the two largest of them bill, as a share of the largest.
  public var providerRemainder: Double?
  /// What the largest of them bills, as a share of the amount.
  public var providerLargest: Double?
  /// What the two largest of them bill, as a share of the amount.
  public var providerLargestTwo: Double?
  /// The figure.
  public var value: Double?
  /// Width of the class of which a value is the middle; only where it was rounded before it was published.
  public var classWidth: Double?
  /// Standard deviation of the observations.
  public var standardDeviation: Double?
  /// 95% interval.
  public var lower95: Double?
  /// 95% interval.
  public var upper95: Double?
  /// 99.8% interval.
  public var lower998: Double?
  /// 99.8% interval.
  public var upper998: Double?
  /// What was to be expected after case-mix or standardisation.
  public var expected: Double?
  /// Observed over expected.
  public var ratio: Double?
  /// The case-mix adjusted or standardised figure.
  public var adjusted: Double?
  /// 95% interval of the standardised figure.
  public var adjustedLower95: Double?
  /// 95% interval of the standardised figure.
  public var adjustedUpper95: Double?
  /// The same figure in the reference measurement.
  public var baselineValue: Double?
  /// Relative change since the reference measurement for costs and rates; difference for scores and shares.
  public var change: Double?
  /// 95% limits of the change, taking the periods as independent.
  public var changeLower95: Double?
  /// 95% limits of the change, taking the periods as independent.
  public var changeUpper95: Double?
  /// The target for the unit and period, in the unit of `value` or of `change` as the indicator says.
  public var target: Double?
  /// Whether the target is met: `met`, `not-met`, or nil without target.
  public var targetStatus: String?
  /// How far what was reached lies from the target: above it when positive.
  public var targetDistance: Double?
  /// Persons whose cost was cut off.
  public var truncated: Double?
  /// Euros per insured year above which cost was cut off.
  public var truncatedAt: Double?
  /// The figure drawn to the national one by as much as chance moves it (empirical Bayes).
  public var smoothed: Double?
  /// Position against the national figure: `within`, `attention-low`, `attention-high`, `low`, `high`.
  public var funnelBand: String?
  /// 95% limits around the national figure of a unit with as many observations.
  public var funnelLower95: Double?
  /// 95% limits around the national figure of a unit with as many observations.
  public var funnelUpper95: Double?
  /// 99.8% limits around the national figure of a unit with as many observations.
  public var funnelLower998: Double?
  /// 99.8% limits around the national figure of a unit with as many observations.
  public var funnelUpper998: Double?
  /// The share of the variance of the unit's figure that is between units, from 0 to 1.
  public var reliability: Double?
  /// Why figures before this period are not to be compared with it: `definition`, `mapping`, `instrument` or `region`;
  /// nil where the series goes on.
  public var seriesBreak: String?
  /// Whether the figure stands.
  public var status: ResultStatus
  /// Why there is no figure, why it is only indicative or why it has no interval; else empty.
  public var reason: String

  /// A figure without numbers.
  public init(
    indicator: String, definitionVersion: String, layout: String, unit: String, unitKind: UnitKind, period: String,
    stratum: String = "", persons: Int = 0, measured: Int = 0, status: ResultStatus = .ok, reason: String = ""
  ) {
    self.indicator = indicator
    self.definitionVersion = definitionVersion
    self.layout = layout
    self.unit = unit
    self.unitKind = unitKind
    self.period = period
    self.stratum = stratum
    self.persons = persons
    self.measured = measured
    self.status = status
    self.reason = reason
  }
}

/// The results table and its form as columns.
public enum Results {
  /// The numbers that may be absent, in order of the table.
  static let numbers: [(name: String, path: any WritableKeyPath<ResultRow, Double?> & Sendable, meaning: String)] = [
    ("numerator", \.numerator, "Numerator of a share, rate or ratio."),
    ("denominator", \.denominator, "Denominator of a share, rate or ratio."),
    ("amount", \.amount, "Euros behind a figure that counts something else."),
    ("remainder", \.remainder, "What all but the two largest contributors add, as a share of the largest."),
    ("contributors", \.contributors, "Persons who contribute to the numerator, or to the rest if these are fewer."),
    ("largest", \.largest, "Largest contribution of a person as a share of the amount."),
    ("largest_two", \.largestTwo, "Two largest contributions of persons as a share of the amount."),
    ("providers", \.providers, "Care providers who bill the amount."),
    ("provider_remainder", \.providerRemainder, "What all but the two largest bill, as a share of the largest."),
    ("provider_largest", \.providerLargest, "What the largest care provider bills as a share of the amount."),
    ("provider_largest_two", \.providerLargestTwo, "What the two largest bill as a share of the amount."),
    ("value", \.value, "The figure."),
    ("class_width", \.classWidth, "Width of the class of which a published, rounded value is the middle."),
    ("standard_deviation", \.standardDeviation, "Standard deviation of the observations."),
    ("lower95", \.lower95, "Lower limit of the 95% interval."),
    ("upper95", \.upper95, "Upper limit of the 95% interval."),
    ("lower998", \.lower998, "Lower limit of the 99.8% interval."),
    ("upper998", \.upper998, "Upper limit of the 99.8% interval."),
    ("expected", \.expected, "What was to be expected after case-mix or standardisation."),
    ("ratio", \.ratio, "Observed over expected."),
    ("adjusted", \.adjusted, "Case-mix adjusted or standardised figure."),
    ("baseline_value", \.baselineValue, "The same figure in the reference measurement."),
    ("change", \.change, "Change since the reference measurement."),
    ("target", \.target, "Target."),
    ("change_lower95", \.changeLower95, "Lower limit of the 95% interval of the change."),
    ("change_upper95", \.changeUpper95, "Upper limit of the 95% interval of the change."),
    ("target_distance", \.targetDistance, "What was reached minus the target."),
    ("truncated", \.truncated, "Persons whose cost was cut off."),
    ("truncated_at", \.truncatedAt, "Euros per insured year above which cost was cut off."),
    ("smoothed", \.smoothed, "The figure drawn to the national one by as much as chance moves it."),
    ("funnel_lower95", \.funnelLower95, "Lower 95% limit around the national figure for as many observations."),
    ("funnel_upper95", \.funnelUpper95, "Upper 95% limit around the national figure for as many observations."),
    ("funnel_lower998", \.funnelLower998, "Lower 99.8% limit around the national figure for as many observations."),
    ("funnel_upper998", \.funnelUpper998, "Upper 99.8% limit around the national figure for as many observations."),
    ("reliability", \.reliability, "Share of the variance of the unit's figure that is between units, 0 to 1."),
    ("adjusted_lower95", \.adjustedLower95, "Lower limit of the 95% interval of the standardised figure."),
    ("adjusted_upper95", \.adjustedUpper95, "Upper limit of the 95% interval of the standardised figure."),
  ]
  /// The texts that are always there, in order of the table.
  static let texts: [(name: String, path: any WritableKeyPath<ResultRow, String> & Sendable, meaning: String)] = [
    ("indicator", \.indicator, "Indicator."), ("definition_version", \.definitionVersion, "Version of its definition."),
    ("layout", \.layout, "Region layout, `provider` or `nation`."), ("unit", \.unit, "Code of the unit."),
    ("period", \.period, "Period."), ("stratum", \.stratum, "Subdivision; missing for the whole."),
  ]

  /// The table.
  public static let table = CoreTable(
    name: "result", meaning: "One indicator for one unit in one period.",
    columns: texts.map { CoreColumn($0.name, .code, $0.meaning, required: $0.name != "stratum", key: false) }
      + [
        CoreColumn("unit_kind", .code, "Kind of unit.", allowed: UnitKind.allCases.map(\.rawValue), required: true),
        CoreColumn("persons", .long, "Persons that the figure is about.", required: true),
        CoreColumn("measured", .long, "Observations that entered the figure.", required: true),
      ] + numbers.map { CoreColumn($0.name, .decimal, $0.meaning) }
      + [
        CoreColumn("target_status", .code, "Whether the target is met.", allowed: ["met", "not-met"]),
        CoreColumn("funnel_band", .code, "Position against the national figure."),
        CoreColumn(
          "series_break", .code, "What changed at the start of this period, so that it breaks with those before."),
        CoreColumn(
          "status", .code, "Whether the figure stands.", allowed: ResultStatus.allCases.map(\.rawValue), required: true),
        CoreColumn("reason", .code, "Why there is no figure, why it is only indicative or why it has no interval."),
      ])

  /// Rows as columns, in order of the table.
  public static func columns(of rows: [ResultRow]) -> [Column] {
    func codes(_ value: (ResultRow) -> String?) -> Column {
      var column = CodeColumn()
      for row in rows { column.append(value(row)) }
      return .code(column)
    }
    var columns = texts.map { text in codes { $0[keyPath: text.path] } }
    columns.append(codes { $0.unitKind.rawValue })
    columns.append(.long(rows.map { Int64($0.persons) }))
    columns.append(.long(rows.map { Int64($0.measured) }))
    columns += numbers.map { number in .decimal(rows.map { $0[keyPath: number.path] ?? Missing.decimal }) }
    columns.append(codes(\.targetStatus))
    columns.append(codes(\.funnelBand))
    columns.append(codes(\.seriesBreak))
    columns.append(codes { $0.status.rawValue })
    columns.append(codes(\.reason))
    return columns
  }

  /// Columns as rows; nil when they are not the columns of the table.
  public static func rows(of columns: [Column]) -> [ResultRow]? {
    guard columns.count == table.columns.count, zip(columns, table.columns).allSatisfy({ $0.type == $1.spec.type })
    else { return nil }
    func code(_ index: Int, _ row: Int) -> String? {
      if case .code(let column) = columns[index] { column[row] } else { nil }
    }
    func long(_ index: Int, _ row: Int) -> Int {
      if case .long(let values) = columns[index] { Int(values[row]) } else { 0 }
    }
    let afterTexts = texts.count
    let afterNumbers = afterTexts + 3 + numbers.count
    return (0..<columns[0].count).map { row in
      var result = ResultRow(
        indicator: "", definitionVersion: "", layout: "", unit: "",
        unitKind: UnitKind(rawValue: code(afterTexts, row) ?? "") ?? .nation, period: "",
        persons: long(afterTexts + 1, row), measured: long(afterTexts + 2, row),
        status: ResultStatus(rawValue: code(afterNumbers + 3, row) ?? "") ?? .insufficient,
        reason: code(afterNumbers + 4, row) ?? "")
      for (i, text) in texts.enumerated() { result[keyPath: text.path] = code(i, row) ?? "" }
      for (i, number) in numbers.enumerated() {
        if case .decimal(let values) = columns[afterTexts + 3 + i], !values[row].isNaN {
          result[keyPath: number.path] = values[row]
        }
      }
      result.targetStatus = code(afterNumbers, row)
      result.funnelBand = code(afterNumbers + 1, row)
      result.seriesBreak = code(afterNumbers + 2, row)
      return result
    }
  }
}
