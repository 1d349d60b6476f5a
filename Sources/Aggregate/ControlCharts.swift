import CoreDataset
import Statistics

/// Control charts over periods: which figures of a unit are more than common variation of its own series.
///
/// XmR chart (Wheeler 1993) with the rules of NHS England's "Making Data Count", one moving range screened out once. Only
/// for series with a figure in at least 13 periods; fewer say too little. Subdivisions have none.
enum ControlCharts {
  /// Shortest series.
  static let shortest = 13
  private static let words: [(signal: ControlChart.Signal, word: String)] = [
    (.aboveUpper, "above-upper"), (.belowLower, "below-lower"), (.rising, "rising"), (.falling, "falling"),
    (.shiftUp, "shift-up"), (.shiftDown, "shift-down"), (.twoOfThree, "two-of-three"),
  ]

  /// The charts of the figures of one indicator, in order of the results: unit by unit, periods in order of time.
  static func rows(_ figures: [ResultRow]) -> [TrendRow] {
    var rows: [TrendRow] = []
    var start = 0
    while start < figures.count {
      var end = start
      while end < figures.count, figures[end].unit == figures[start].unit, figures[end].layout == figures[start].layout
      {
        end += 1
      }
      rows += chart(figures[start..<end].filter { $0.stratum.isEmpty && $0.value != nil })
      start = end
    }
    return rows
  }

  private static func chart(_ series: [ResultRow]) -> [TrendRow] {
    let values = series.compactMap(\.value)
    guard values.count >= shortest, let chart = try? ControlChart.individuals(values) else { return [] }
    return zip(zip(series, values), chart.signals).map { figure, signals in
      TrendRow(
        figure.0, value: figure.1, centre: chart.centre, lower: chart.limits.lower, upper: chart.limits.upper,
        signal: words.filter { signals.contains($0.signal) }.map(\.word).joined(separator: " "))
    }
  }
}
