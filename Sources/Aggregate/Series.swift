import Columns
import CoreDataset
import Definitions
import Statistics

extension ResultRow {
  /// The 95% interval; nil without.
  var limits95: Limits? {
    if let lower95, let upper95 { Limits(lower: lower95, upper: upper95) } else { nil }
  }
}

/// What belongs to the course of an indicator over periods besides its figures.
struct Series {
  let indicator: Indicator
  let axis: Axis

  /// Marks the first period after a change of definition, mapping or instrument that the indicator declares or that was
  /// detected, and of regions that their layout says.
  func markBreaks(_ rows: inout [ResultRow], detected: [String: String] = [:]) {
    let declared = Dictionary(indicator.series.breaks.map { ($0.from, $0.cause.rawValue) }) { first, _ in first }
    let regions = Dictionary(
      axis.layouts.map { layout in (layout.id, Set(axis.periods.dropFirst().filter { isNew($0, layout) }.map(\.id))) }
    ) { first, _ in first }
    for row in rows.indices {
      if let cause = declared[rows[row].period] ?? detected[rows[row].period] {
        rows[row].seriesBreak = cause
      } else if regions[rows[row].layout]?.contains(rows[row].period) == true {
        rows[row].seriesBreak = "region"
      }
    }
  }

  /// Whether regions changed since the first day of the period before, up to this one's first day.
  private func isNew(_ period: Period, _ layout: RegionLayout) -> Bool {
    guard let number = axis.periods.firstIndex(of: period), number > 0 else { return false }
    let before = axis.periods[number - 1].from.number
    return layout.eras.contains { $0.from > before && $0.from <= period.from.number }
  }

  /// Changes since the reference measurement beside those of another population over the whole nation. Intervals take the
  /// four figures as independent; where persons are in several of them, the interval is rather too wide.
  func differences(_ rows: [ResultRow], other: [ResultRow], baseline: String?) -> [DifferenceRow] {
    guard let baseline, let population = indicator.series.comparedPopulation else { return [] }
    let nation = other.filter { $0.unitKind == .nation && $0.stratum.isEmpty }
    let otherBefore = nation.first { $0.period == baseline }
    var before: ResultRow?
    return rows.filter(\.stratum.isEmpty).compactMap { row in
      // Units stand together, periods in order of time.
      if before?.unit != row.unit || before?.layout != row.layout { before = nil }
      if row.period == baseline { before = row }
      guard row.period != baseline else { return nil }
      var difference = DifferenceRow(row, baseline: baseline, population: population)
      let after = nation.first { $0.period == row.period }
      difference.value = row.value
      difference.baselineValue = before?.value
      difference.otherValue = after?.value
      difference.otherBaselineValue = otherBefore?.value
      guard let a = row.value, let b = before?.value, let c = after?.value, let d = otherBefore?.value else {
        difference.reason = "not-all-figures"
        return difference
      }
      difference.difference = a - b - (c - d)
      let figures = zip([a, b, c, d], [row, before, after, otherBefore]).compactMap { value, row in
        row?.limits95.map { (value: value, limits: $0) }
      }
      if let limits = Interval.differenceOfDifferences(figures) {
        difference.lower95 = limits.lower
        difference.upper95 = limits.upper
      } else {
        difference.reason = "no-interval"
      }
      return difference
    }
  }
}

extension Figures {
  /// The spread of the observations behind figures that have a histogram.
  func distributions(_ partial: Partial, _ rows: [ResultRow]) -> [DistributionRow] {
    guard indicator.parameters.distribution else { return [] }
    let parts = [("", partial)] + zip(Aggregate.strata(indicator), partial.parts)
    let byName = Dictionary(parts) { first, _ in first }
    let numbers = Dictionary(
      uniqueKeysWithValues: axis.layouts.enumerated().flatMap { index, layout in
        layout.units.enumerated().map { ("\(layout.id)\u{0}\($1.code)", axis.layoutStarts[index] + $0) }
      })
    let isCost = indicator.measure == .costPerPersonYear
    return rows.compactMap { row in
      let unit: DesignSums.Unit =
        switch row.unitKind {
        case .nation: .fixed(0)
        case .region, .insurer: .fixed(numbers["\(row.layout)\u{0}\(row.unit)"] ?? -1)
        case .provider: .provider(row.unit)
        }
      guard let period = axis.periods.firstIndex(where: { $0.id == row.period }),
        let bins = byName[row.stratum]?.bins[DesignSums.Place(unit: unit, period: period)]
      else { return nil }
      return distribution(row, bins, isCost ? 1 / indicator.parameters.per.perYear : 1 / FixedPoint.unit)
    }
  }

  private func distribution(_ row: ResultRow, _ bins: Bins, _ scale: Double) -> DistributionRow {
    var spread = DistributionRow(row)
    let quantiles = BinnedQuantiles(bins)
    spread.measured = Int(quantiles.count)
    let sum = bins.reduce(Int128(0)) { $0 + Int128($1.key) * Int128($1.value.count) }
    spread.mean = Double(sum) / Double(quantiles.count) * scale
    spread.p5 = quantiles.quantile(0.05).map { $0 * scale }
    spread.p25 = quantiles.quantile(0.25).map { $0 * scale }
    spread.median = quantiles.quantile(0.5).map { $0 * scale }
    spread.p75 = quantiles.quantile(0.75).map { $0 * scale }
    spread.p95 = quantiles.quantile(0.95).map { $0 * scale }
    guard indicator.measure == .scoreChange else { return spread }
    let scores = MeasureContext(indicator: indicator, pipeline: pipeline, axis: axis).scores
    let isLowerBetter = pipeline.instrument(scores.instrument)?.scale(scores.scale)?.direction == .lowerBetter
    func count(_ isCounted: (Int64) -> Bool) -> Int {
      bins.reduce(0) { $0 + (isCounted($1.key) ? Int($1.value.count) : 0) }
    }
    spread.improved = count { isLowerBetter ? $0 < 0 : $0 > 0 }
    spread.unchanged = count { $0 == 0 }
    spread.worsened = quantiles.count == 0 ? 0 : Int(quantiles.count) - (spread.improved ?? 0) - (spread.unchanged ?? 0)
    return spread
  }
}
