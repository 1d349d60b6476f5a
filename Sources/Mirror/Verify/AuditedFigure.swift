import CoreDataset
import Definitions

/// A figure as an attacker has it, for the sums that it is in.
struct AuditedFigure {
  /// Which figure.
  struct Key: Hashable, Sendable {
    var indicator: String
    var period: String
    var stratum: String
    var layout: String
    var unit: String
  }

  /// Numbers that may add up. The `total` of a mean is the mean times the number of observations.
  enum Count: String, CaseIterable { case persons, measured, numerator, denominator, total }

  let key: Key
  /// Whether its counts are not published.
  let isHidden: Bool
  /// Its published counts.
  let numbers: [Count: Double]
  /// Where a rounded share lies.
  let shareRange: ClosedRange<Double>?

  /// A figure of a file.
  init(_ figure: PublishedFigure) {
    key = Key(
      indicator: figure.indicator, period: figure.fields["period"] ?? "", stratum: figure.fields["stratum"] ?? "",
      layout: figure.layout, unit: figure.unit)
    isHidden = figure.fields["protection"] ?? "none" != "none"
    var numbers: [Count: Double] = [:]
    for count in Count.allCases { numbers[count] = figure.number(count.rawValue) }
    if numbers[.numerator] == nil, let mean = figure.number("value"), let measured = numbers[.measured] {
      numbers[.total] = mean * measured
    }
    self.numbers = numbers
    shareRange = Self.range(figure.number("value"), figure.number("class_width"))
  }

  /// A figure of a run that is being made, as it will be published.
  init(_ row: ResultRow, isHidden: Bool) {
    key = Self.key(row)
    self.isHidden = isHidden
    numbers = isHidden ? [:] : Self.numbers(row)
    shareRange = Self.range(row.value, row.classWidth)
  }

  private static func range(_ middle: Double?, _ width: Double?) -> ClosedRange<Double>? {
    guard let middle, let width else { return nil }
    return middle - width / 2...middle + width / 2
  }

  /// Which figure a row is.
  static func key(_ row: ResultRow) -> Key {
    Key(indicator: row.indicator, period: row.period, stratum: row.stratum, layout: row.layout, unit: row.unit)
  }

  /// The counts of a row.
  static func numbers(_ row: ResultRow) -> [Count: Double] {
    var numbers: [Count: Double] = [.persons: Double(row.persons), .measured: Double(row.measured)]
    numbers[.numerator] = row.numerator
    numbers[.denominator] = row.denominator
    if row.numerator == nil { numbers[.total] = row.value.map { $0 * Double(row.measured) } }
    return numbers
  }
}
