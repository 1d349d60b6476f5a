import CoreDataset
import Definitions
import Statistics

/// What one indicator gives: figures, and how the units of each layout were compared.
struct IndicatorTables {
  var rows: [ResultRow] = []
  var comparisons: [ComparisonRow] = []
  var models: [ModelRow] = []
  var trends: [TrendRow] = []
  var distributions: [DistributionRow] = []
  var differences: [DifferenceRow] = []
  var responseBiases: [ResponseBiasRow] = []
  /// Shared savings: what is known before goals are looked at, and the steps after that.
  var accounts: [SavingsAccount] = []
  var savings: [SavingsRow] = []
}

/// Makes rows of the merged sums of an indicator: figures, then comparisons with the reference measurement, the target and
/// the nation.
struct Figures {
  let indicator: Indicator
  let pipeline: Pipeline
  let measure: any Measure
  let axis: Axis
  /// Figures that critical findings forbid.
  var blocks = Blocks()
  /// Causes of breaks that were detected, by the first period after each.
  var breaks: [String: String] = [:]

  struct Unit {
    let layout: String
    let code: String
    let kind: UnitKind
    let number: Int
    let cells: [Cell]
    /// Name in what models are fitted on.
    let name: DesignSums.Unit
  }
  private typealias Figure = (row: ResultRow, standing: Standing?)

  /// The figures.
  func rows(_ partial: Partial) -> [ResultRow] { tables(partial).rows }

  /// All rows: the whole population before its parts; of each the nation first, then each layout in its order, then
  /// providers in order of code; periods in order of time.
  func tables(_ partial: Partial) -> IndicatorTables {
    let models = axis.periods.indices.map { period in
      partial.design.flatMap { measure.model($0, period: period) }
    }
    var found = figures(partial, models)
    let whole = found.count
    for (name, part) in zip(Aggregate.strata(indicator), partial.parts) {
      found += figures(part, models, of: name, within: partial)
    }
    var tables = IndicatorTables(rows: found.map(\.row))
    tables.models = zip(axis.periods, models).flatMap { period, model in
      model?.rows(indicator, period: period.id) ?? []
    }
    if let spec = indicator.comparison {
      tables.comparisons = Comparing(indicator: indicator, spec: spec).apply(&tables.rows, found.map(\.standing))
    }
    Series(indicator: indicator, axis: axis).markBreaks(&tables.rows, detected: breaks)
    tables.accounts = savings(&tables.rows, partial)
    let series = Array(tables.rows[..<whole])
    tables.trends = ControlCharts.rows(series, chance: indicator.measure.chance)
    if let cusum = indicator.series.cusum, let design = partial.design {
      tables.trends += RiskAdjustedCharts.rows(series, cusum, design, models, axis)
    }
    tables.distributions = distributions(partial, found.map(\.row).filter { $0.status != .blocked })
    if let sums = partial.response {
      tables.responseBiases = ResponseBias.rows(series.filter { $0.status != .blocked }, sums, axis)
    }
    if indicator.series.comparedPopulation != nil, let other = partial.others.first {
      tables.differences = Series(indicator: indicator, axis: axis).differences(
        series, other: figures(other, models).map(\.row), baseline: pipeline.baseline)
    }
    return tables
  }

  /// Units with their cells, in order of the results.
  func units(_ partial: Partial) -> [Unit] {
    let perUnit = axis.periods.count * measure.strata.count
    var units = [
      Unit(
        layout: "nation", code: "NL", kind: .nation, number: 0, cells: Array(partial.fixed[..<perUnit]),
        name: .fixed(0))
    ]
    for (layout, start) in axis.layouts(of: indicator.measure) {
      for (position, unit) in layout.units.enumerated() {
        let number = start + position
        let cells = Array(partial.fixed[number * perUnit..<(number + 1) * perUnit])
        // Those who cannot be placed are a unit of their own where there are any.
        if unit.code == RegionLayout.unplaced && !cells.contains(where: { $0.persons > 0 }) { continue }
        units.append(
          Unit(
            layout: layout.id, code: unit.code, kind: layout.unitKind, number: number, cells: cells,
            name: .fixed(number)))
      }
    }
    for (position, code) in partial.providers.keys.sorted().enumerated() {
      units.append(
        Unit(
          layout: "provider", code: code, kind: .provider, number: axis.fixedUnits + position,
          cells: partial.providers[code] ?? [], name: .provider(code)))
    }
    return units
  }

  /// The figures of the whole population, or of a part of it under its name, with the whole that models are of.
  private func figures(
    _ partial: Partial, _ models: [CaseMixModel?], of part: String = "", within whole: Partial? = nil
  ) -> [Figure] {
    let units = units(partial)
    let overall = (whole ?? partial).fixed
    return units.flatMap { figures(of: $0, nation: units[0], overall, models, partial, part) }
  }

  private func figures(
    of unit: Unit, nation: Unit, _ overall: [Cell], _ models: [CaseMixModel?], _ partial: Partial, _ part: String
  ) -> [Figure] {
    var rows: [ResultRow] = []
    var standings: [Standing?] = []
    let strata = measure.strata
    for period in axis.periods.indices {
      let range = period * strata.count..<(period + 1) * strata.count
      for (stratum, name) in strata.enumerated() {
        // A part of the population is not divided once more.
        guard let name, part.isEmpty || name.isEmpty else { continue }
        let view = CellView(
          cells: unit.cells[range], nation: nation.cells[range], overall: overall[range], isPart: !part.isEmpty,
          stratum: stratum, unit: unit.number, period: period,
          axis: axis, model: models[period], design: partial.design,
          place: DesignSums.Place(unit: unit.name, period: period),
          bins: partial.bins[DesignSums.Place(unit: unit.name, period: period)] ?? [:],
          nationalBins: partial.bins[DesignSums.Place(unit: .fixed(0), period: period)] ?? [:],
          billed: partial.billed)
        // A subdivision that is empty everywhere does not exist in this pipeline.
        if !(name + part).isEmpty && view.national.persons == 0 { continue }
        var row = ResultRow(
          indicator: indicator.id, definitionVersion: indicator.version, layout: unit.layout, unit: unit.code,
          unitKind: unit.kind, period: axis.periods[period].id, stratum: name + part)
        measure.fill(&row, view)
        judgeNumbers(&row)
        blocks.apply(to: &row)
        rows.append(row)
        standings.append(indicator.comparison == nil ? nil : measure.standing(view))
      }
    }
    return zip(rows, standings).map { (compared($0, with: rows), $1) }
  }

  /// Few observations make a figure indicative.
  private func judgeNumbers(_ row: inout ResultRow) {
    guard row.status == .ok, row.value != nil else { return }
    if row.persons < 30 {
      row.status = .indicative
      row.reason = "fewer-than-30"
    }
  }

  private func compared(_ row: ResultRow, with rows: [ResultRow]) -> ResultRow {
    var row = row
    let baseline = rows.first { $0.period == pipeline.baseline && $0.stratum == row.stratum }
    if row.period != pipeline.baseline, let before = baseline?.value, let value = row.value {
      row.baselineValue = before
      row.change = isRelative ? (before > 0 ? value / before - 1 : nil) : value - before
      if row.change != nil, let limits = baseline.flatMap({ changeLimits(row, $0) }) {
        row.changeLower95 = limits.lower
        row.changeUpper95 = limits.upper
      }
    }
    if let target = indicator.target, row.stratum.isEmpty {
      TargetPath(target: target, direction: indicator.direction, axis: axis, baseline: pipeline.baseline)
        .judge(&row, baselineValue: baseline?.value)
    }
    return row
  }

  private func changeLimits(_ row: ResultRow, _ before: ResultRow) -> Limits? {
    guard let value = row.value, let reference = before.value, let own = row.limits95, let other = before.limits95
    else { return nil }
    if !isRelative { return Interval.difference(value, own, minus: reference, other) }
    return Interval.ratio(value, own, over: reference, other).map { Limits(lower: $0.lower - 1, upper: $0.upper - 1) }
  }

  /// Costs, rates and numbers per person change by a percentage; scores and shares by points.
  private var isRelative: Bool {
    switch indicator.measure {
    case .costPerPersonYear, .distinctPerPerson, .eventRate, .claimRate, .groupCostPerPersonYear, .stayRate, .bedDays,
      .emergencyRate, .avoidableAdmissions:
      true
    case .scoreLevel, .scoreChange, .scoreShare, .effectSize, .reliableChange, .noRoom, .adjustedGain, .modelledGain,
      .modelledShare, .responseRate, .itemMean, .topBox, .bottomBox, .netPromoterScore, .costShare, .groupCostRatio,
      .groupCostShare, .activityShare, .healthGainPerCost, .readmission, .waitingTime:
      false
    }
  }
}
