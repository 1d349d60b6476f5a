import CoreDataset
import Definitions
import Statistics

/// Control charts over periods: which figures of a unit are more than common variation of its own series.
///
/// XmR chart (Wheeler 1993) with the rules of NHS England's "Making Data Count", one moving range screened out once. Shares
/// also have a p-chart and rates of events a u-chart (Montgomery, *Introduction to Statistical Quality Control*), with limits
/// of each period by its own denominator and the same rules for runs. Only for series with a figure in at least 13 periods;
/// fewer say too little. A break divides a series in two, for its figures are not of one process. Subdivisions have none.
enum ControlCharts {
  /// Shortest series.
  static let shortest = 13
  private static let words: [(signal: ControlChart.Signal, word: String)] = [
    (.aboveUpper, "above-upper"), (.belowLower, "below-lower"), (.rising, "rising"), (.falling, "falling"),
    (.shiftUp, "shift-up"), (.shiftDown, "shift-down"), (.twoOfThree, "two-of-three"),
  ]

  /// The charts of the figures of one indicator, in order of the results: unit by unit, periods in order of time.
  static func rows(_ figures: [ResultRow], chance: MeasureKind.Chance? = nil) -> [TrendRow] {
    series(figures).flatMap { series in
      individuals(series) + (chance == .share || chance == .events ? attributes(series, isShare: chance == .share) : [])
    }
  }

  /// Unit by unit, divided at breaks, the figures that there are.
  static func series(_ figures: [ResultRow]) -> [[ResultRow]] {
    var all: [[ResultRow]] = []
    var before: ResultRow?
    for figure in figures where figure.stratum.isEmpty {
      if before?.unit != figure.unit || before?.layout != figure.layout || figure.seriesBreak != nil { all.append([]) }
      before = figure
      if figure.value != nil { all[all.count - 1].append(figure) }
    }
    return all
  }

  private static func individuals(_ series: [ResultRow]) -> [TrendRow] {
    let values = series.compactMap(\.value)
    guard values.count >= shortest, let chart = try? ControlChart.individuals(values) else { return [] }
    return zip(zip(series, values), chart.signals).map { figure, signals in
      TrendRow(
        figure.0, chart: .individuals, value: figure.1, centre: chart.centre, lower: chart.limits.lower,
        upper: chart.limits.upper,
        signal: words.filter { signals.contains($0.signal) }.map(\.word).joined(separator: " "))
    }
  }

  private static func attributes(_ series: [ResultRow], isShare: Bool) -> [TrendRow] {
    let known = series.filter { $0.numerator != nil && ($0.denominator ?? 0) > 0 }
    let (x, n) = (known.compactMap(\.numerator), known.compactMap(\.denominator))
    guard known.count >= shortest, known.count == series.count,
      let chart = try? (isShare ? ControlChart.proportions(x, of: n) : ControlChart.rates(x, per: n))
    else { return [] }
    // Figures are per so many of the denominator, for example per 1,000 years.
    let scale = zip(known, chart.values).lazy.compactMap { $1 > 0 ? ($0.value ?? 0) / $1 : nil }.first ?? 1
    let runs = ControlChart.runSignals(chart.values, centre: chart.centre)
    return known.indices.map { index in
      let (value, limits) = (chart.values[index], chart.limits[index])
      var found = runs[index]
      if value > limits.upper { found.insert(.aboveUpper) }
      if value < limits.lower { found.insert(.belowLower) }
      return TrendRow(
        known[index], chart: isShare ? .proportions : .rates, value: value * scale, centre: chart.centre * scale,
        lower: limits.lower * scale, upper: limits.upper * scale,
        signal: words.filter { found.contains($0.signal) }.map(\.word).joined(separator: " "))
    }
  }
}

/// Risk-adjusted CUSUM charts of observed events against the risks of a case-mix model (Steiner et al. 2000, Biostatistics
/// 1:441): S = max(0, S + W), W being the sum of the log-likelihood weights of the persons of a period. The chart goes a step
/// a period, for the order of persons within a period is not kept. A period without a model ends a chart; a break begins one.
enum RiskAdjustedCharts {
  static func rows(
    _ figures: [ResultRow], _ spec: SeriesSpec.Cusum, _ design: DesignSums, _ models: [CaseMixModel?], _ axis: Axis
  ) -> [TrendRow] {
    let numbers = Dictionary(
      uniqueKeysWithValues: axis.layouts.enumerated().flatMap { index, layout in
        layout.units.enumerated().map { ("\(layout.id)\u{0}\($1.code)", axis.layoutStarts[index] + $0) }
      })
    return ControlCharts.series(figures).flatMap { series -> [TrendRow] in
      guard series.count >= ControlCharts.shortest else { return [] }
      var sum = 0.0
      var rows: [TrendRow] = []
      for figure in series {
        let unit: DesignSums.Unit =
          switch figure.unitKind {
          case .nation: .fixed(0)
          case .region, .insurer: .fixed(numbers["\(figure.layout)\u{0}\(figure.unit)"] ?? -1)
          case .provider: .provider(figure.unit)
          }
        guard let period = axis.periods.firstIndex(where: { $0.id == figure.period }),
          let tallies = design.patterns[DesignSums.Place(unit: unit, period: period)],
          let weight = models[period]?.cusumWeight(tallies, oddsRatio: spec.oddsRatio.value)
        else { break }
        sum = max(0, sum + weight)
        rows.append(
          TrendRow(
            figure, chart: .cusum, value: sum, centre: 0, lower: 0, upper: spec.limit.value,
            signal: sum >= spec.limit.value ? "above-upper" : ""))
      }
      return rows
    }
  }
}
