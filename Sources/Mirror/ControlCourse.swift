import CoreDataset

/// A control chart of a recipient's own figures over periods.
///
/// Its limits are made of all figures of the series. So it is there only where each of them may be seen as it is: else the
/// limits would tell of one that is withheld or rounded.
struct ControlCourse: Sendable {
  /// What is drawn in one period, in units of the figure.
  struct Point: Sendable {
    let value: Double
    let centre: Double
    let lower: Double
    let upper: Double
    /// Words of `TrendRow.signal`.
    let signals: [String]
  }

  let chart: TrendRow.Chart
  /// By period.
  let points: [String: Point]

  /// The charts of a series: of the figures themselves at most one, by their own numbers of observations where there is one
  /// such, and the cumulative sum.
  ///
  /// - Parameter possible: what the figure can be at all; limits beyond it are put at its end.
  static func courses(
    _ rows: [TrendRow], of figures: [MirrorFigure], within possible: ClosedRange<Double>
  ) -> [ControlCourse] {
    let seen = Set(figures.filter { $0.protection == .none && $0.own.value != nil }.map(\.own.period))
    guard figures.allSatisfy({ $0.protection == .none }), rows.allSatisfy({ seen.contains($0.period) }) else {
      return []
    }
    let kinds = Set(rows.map(\.chart))
    let ofFigures = [TrendRow.Chart.proportions, .rates, .individuals].first(where: kinds.contains)
    return [ofFigures, kinds.contains(.cusum) ? .cusum : nil].compactMap { $0 }.map { chart in
      ControlCourse(
        chart: chart,
        points: Dictionary(
          rows.filter { $0.chart == chart }.map { row in
            let signals = row.signal.split(separator: " ").map(String.init)
            let (lower, upper) =
              chart == .cusum
              ? (row.lower, row.upper) : (max(row.lower, possible.lowerBound), min(row.upper, possible.upperBound))
            return (
              row.period, Point(value: row.value, centre: row.centre, lower: lower, upper: upper, signals: signals)
            )
          }
        ) { first, _ in first })
    }
  }
}
