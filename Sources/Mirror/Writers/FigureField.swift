import CoreDataset

/// A value in a mirror file.
enum FigureValue: Equatable {
  case text(String)
  case count(Int)
  case number(Double)
  case absent

  init(_ number: Double?) {
    self = if let number, number.isFinite { .number(number) } else { .absent }
  }
}

/// A number of a figure as it stands in every machine-readable file. The one list of them is what keeps CSV, XML, JSON
/// and their schemas the same.
struct FigureField: Sendable {
  /// What kind of value it has.
  enum Kind: Sendable { case text, count, number }

  /// Name, the same in all formats.
  let name: String
  let kind: Kind
  /// Whether it always has a value.
  let isRequired: Bool
  /// Meaning, for the schemas.
  let meaning: String
  let value: @Sendable (MirrorFigure) -> FigureValue

  private static func text(
    _ name: String, required: Bool = false, _ meaning: String, _ value: @escaping @Sendable (MirrorFigure) -> String?
  ) -> Self {
    Self(name: name, kind: .text, isRequired: required, meaning: meaning) { figure in
      if let text = value(figure), !text.isEmpty { .text(text) } else { .absent }
    }
  }

  private static func count(
    _ name: String, _ meaning: String, _ value: @escaping @Sendable (MirrorFigure) -> Int?
  ) -> Self {
    Self(name: name, kind: .count, isRequired: false, meaning: meaning) { figure in
      if let count = value(figure) { .count(count) } else { .absent }
    }
  }

  private static func number(
    _ name: String, _ meaning: String, _ value: @escaping @Sendable (MirrorFigure) -> Double?
  ) -> Self {
    Self(name: name, kind: .number, isRequired: false, meaning: meaning) { FigureValue(value($0)) }
  }

  /// Whether each is a text: only texts are escaped.
  static let isText = all.map { $0.kind == .text }

  /// All fields, in order.
  static let all: [FigureField] = [
    text("period", required: true, "Period.") { $0.own.period },
    text("stratum", "Subdivision as key=value; absent for the whole.") { $0.own.stratum },
    text("definition_version", "Version of the definition that made the figure.") { $0.own.definitionVersion },
    text("status", required: true, "ok, indicative, insufficient or blocked.") { $0.own.status.rawValue },
    text("reason", "Why there is no figure, or why it is limited.") { $0.own.reason },
    text("protection", required: true, "none, rounded or withheld; not by which rule.") { $0.protection.rawValue },
    count("persons", "Persons that the figure is about.") { $0.hasCounts ? $0.own.persons : nil },
    count("measured", "Observations that entered the figure.") { $0.hasCounts ? $0.own.measured : nil },
    number("numerator", "Numerator of a share, rate or ratio.") { $0.own.numerator },
    number("denominator", "Denominator of a share, rate or ratio.") { $0.own.denominator },
    number("value", "The figure. Shares are fractions: 0.25 is 25%.") { $0.own.value },
    number("standard_deviation", "Standard deviation of the observations.") { $0.own.standardDeviation },
    number("lower95", "Lower limit of the 95% interval.") { $0.own.lower95 },
    number("upper95", "Upper limit of the 95% interval.") { $0.own.upper95 },
    number("lower998", "Lower limit of the 99.8% interval.") { $0.own.lower998 },
    number("upper998", "Upper limit of the 99.8% interval.") { $0.own.upper998 },
    number("expected", "What was to be expected after case-mix or standardisation.") { $0.own.expected },
    number("ratio", "Observed over expected.") { $0.own.ratio },
    number("adjusted", "Case-mix adjusted or standardised figure.") { $0.own.adjusted },
    number("baseline_value", "The same figure in the reference measurement.") { $0.own.baselineValue },
    number("change", "Change since the reference measurement: relative for costs and rates, else a difference.") {
      $0.own.change
    },
    number("target", "Target, in the unit of the value or of the change.") { $0.own.target },
    text("target_status", "met or not-met.") { $0.own.targetStatus },
    text("funnel_band", "Position against the national figure.") { $0.own.funnelBand },
    number("nation_value", "The national figure.") { $0.nation?.value },
    number("region_value", "The figure of the region that the provider is in.") { $0.region?.value },
    count("peer_units", "Units of the same layout with a published figure, when at least 5.") { $0.peers?.units },
    number("peer_p25", "First quartile of the figures of these units.") { $0.peers?.lowerQuartile },
    number("peer_median", "Median of the figures of these units.") { $0.peers?.median },
    number("peer_p75", "Third quartile of the figures of these units.") { $0.peers?.upperQuartile },
    number("class_width", "Width of the class of which a rounded share is the middle.") { $0.own.classWidth },
  ]
}

/// The values of all fields of a figure as UTF-8, made once for all formats. An absent value is empty.
struct FigureBytes: Sendable {
  private var bytes: [UInt8] = []
  private var ends: [Int] = []

  init(_ figure: MirrorFigure) {
    bytes.reserveCapacity(320)
    ends.reserveCapacity(FigureField.all.count)
    for field in FigureField.all {
      switch field.value(figure) {
      case .text(let text): bytes.write(text)
      case .count(let count): bytes.writeInteger(count)
      case .number(let number): bytes.write(plainNumber(number))
      case .absent: break
      }
      ends.append(bytes.count)
    }
  }

  /// The value of a field by its place in `FigureField.all`.
  subscript(field: Int) -> ArraySlice<UInt8> { bytes[(field == 0 ? 0 : ends[field - 1])..<ends[field]] }

  /// Goes over the fields that have a value.
  @inline(__always)
  func forEach(_ body: (_ field: Int, _ value: ArraySlice<UInt8>) -> Void) {
    for field in ends.indices {
      let value = self[field]
      if !value.isEmpty { body(field, value) }
    }
  }
}

/// A number in its shortest form that reads back as the same number.
func plainNumber(_ number: Double) -> String {
  // Exact up to 2^53; spares readers the ".0" of counts and amounts.
  if number == number.rounded(), abs(number) < 9_007_199_254_740_992 { return String(Int(number)) }
  return number.description
}
