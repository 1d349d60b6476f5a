import CoreDataset
import Definitions

/// The protected figures of all units of a layout on one indicator in one period, for charts in which one's own unit is
/// marked and the others have no name.
struct PeerSpread: Sendable {
  /// One unit, in shown units.
  struct Unit: Sendable {
    /// Number in the index.
    let unit: Int32
    let value: Double
    let interval: ClosedRange<Double>?
    /// What its limits hang on: observations, or the denominator of a rate.
    let size: Double?
    /// Where the figure lies when the unit is like the nation, at 95% and 99.8%.
    let expected: (narrow: ClosedRange<Double>, wide: ClosedRange<Double>)?
    let band: String?
  }

  let kind: UnitKind
  let period: String
  /// Ascending by value, and by number where values are equal.
  let units: [Unit]
  let nation: Double?
  /// Whether sizes are insured years or inhabitants.
  let isRate: Bool

  /// The units of a layout. A figure that was rounded has its value only: its numbers were withheld.
  init(
    _ figures: [(unit: Int32, row: ResultRow, protection: Protection)], nation: Double?, factor: Double,
    _ measure: MeasureKind
  ) {
    func range(_ lower: Double?, _ upper: Double?) -> ClosedRange<Double>? {
      guard let lower, let upper, lower <= upper else { return nil }
      return lower * factor...upper * factor
    }
    kind = figures.first?.row.unitKind ?? .region
    period = figures.first?.row.period ?? ""
    let isRate = [.eventRate, .claimRate, .stayRate, .bedDays, .emergencyRate, .avoidableAdmissions].contains(measure)
    self.isRate = isRate
    self.nation = nation.map { $0 * factor }
    units = figures.compactMap { figure -> Unit? in
      let row = figure.row
      guard let value = row.value, !figure.protection.isWithheld, row.status != .blocked else { return nil }
      let isWhole = figure.protection == .none
      let narrow = range(row.funnelLower95, row.funnelUpper95)
      let wide = range(row.funnelLower998, row.funnelUpper998)
      return Unit(
        unit: figure.unit, value: value * factor, interval: isWhole ? range(row.lower95, row.upper95) : nil,
        size: isWhole
          ? (isRate
            ? row.denominator : measure.isFraction ? row.denominator ?? Double(row.measured) : Double(row.measured))
          : nil,
        expected: narrow.flatMap { narrow in isWhole ? wide.map { (narrow, $0) } : nil }, band: row.funnelBand)
    }.sorted { ($0.value, $0.unit) < ($1.value, $1.unit) }
  }

  /// Fewest units with which others are drawn.
  var isDrawn: Bool { units.count >= Peers.minimumUnits }
}

/// The charts of a spread, drawn once for all its units; a report adds its own mark.
struct PeerCharts: Sendable {
  /// Most units of which a caterpillar is still readable.
  static let mostInCaterpillar = 120
  /// Most units that the table behind the charts lists one by one.
  static let mostInTable = 60

  let spread: PeerSpread
  let funnel: Funnel?
  let caterpillar: Caterpillar?

  /// Charts in a language. Units are put in order only where an order means something.
  init(_ spread: PeerSpread, _ comparison: ComparisonRow?, _ style: ValueStyle, _ texts: Texts) {
    self.spread = spread
    funnel = spread.isDrawn ? Funnel(spread, style, texts) : nil
    let hasOrder = comparison?.order == .suitable
    caterpillar =
      hasOrder && spread.isDrawn && spread.units.count <= Self.mostInCaterpillar
      ? Caterpillar(spread, style, texts) : nil
  }
}
