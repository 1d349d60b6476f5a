import CoreDataset
import Definitions
import Statistics

/// What one indicator gives: figures, and how the units of each layout were compared.
struct IndicatorTables {
  var rows: [ResultRow] = []
  var comparisons: [ComparisonRow] = []
  var models: [ModelRow] = []
  var trends: [TrendRow] = []
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

  private struct Unit {
    let layout: String
    let code: String
    let kind: UnitKind
    let number: Int
    let cells: [Cell]
    /// Name in what models are fitted on.
    let name: DesignSums.Unit
  }

  /// The figures.
  func rows(_ partial: Partial) -> [ResultRow] { tables(partial).rows }

  /// All rows: nation first, then each layout in its order, then providers in order of code; periods in order of time.
  func tables(_ partial: Partial) -> IndicatorTables {
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
          Unit(layout: layout.id, code: unit.code, kind: .region, number: number, cells: cells, name: .fixed(number)))
      }
    }
    for (position, code) in partial.providers.keys.sorted().enumerated() {
      units.append(
        Unit(
          layout: "provider", code: code, kind: .provider, number: axis.fixedUnits + position,
          cells: partial.providers[code] ?? [], name: .provider(code)))
    }
    let models = axis.periods.indices.map { period in
      partial.design.flatMap { measure.model($0, period: period) }
    }
    let found = units.flatMap { figures(of: $0, nation: units[0], models, partial.design) }
    var tables = IndicatorTables(rows: found.map(\.row))
    tables.models = zip(axis.periods, models).flatMap { period, model in
      model?.rows(indicator, period: period.id) ?? []
    }
    if let spec = indicator.comparison {
      tables.comparisons = Comparing(indicator: indicator, spec: spec).apply(&tables.rows, found.map(\.standing))
    }
    tables.trends = ControlCharts.rows(tables.rows)
    return tables
  }

  private func figures(
    of unit: Unit, nation: Unit, _ models: [CaseMixModel?], _ design: DesignSums?
  ) -> [(row: ResultRow, standing: Standing?)] {
    var rows: [ResultRow] = []
    var standings: [Standing?] = []
    let strata = measure.strata
    for period in axis.periods.indices {
      let range = period * strata.count..<(period + 1) * strata.count
      for (stratum, name) in strata.enumerated() {
        guard let name else { continue }
        let view = CellView(
          cells: unit.cells[range], nation: nation.cells[range], stratum: stratum, unit: unit.number, period: period,
          axis: axis, model: models[period], design: design,
          place: DesignSums.Place(unit: unit.name, period: period))
        // A subdivision that is empty everywhere does not exist in this pipeline.
        if !name.isEmpty && view.national.persons == 0 { continue }
        var row = ResultRow(
          indicator: indicator.id, definitionVersion: indicator.version, layout: unit.layout, unit: unit.code,
          unitKind: unit.kind, period: axis.periods[period].id, stratum: name)
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
    if let baseline = pipeline.baseline, row.period != baseline, let value = row.value,
      let before = rows.first(where: { $0.period == baseline && $0.stratum == row.stratum })?.value
    {
      row.baselineValue = before
      row.change = isRelative ? (before > 0 ? value / before - 1 : nil) : value - before
    }
    if let target = indicator.target, row.stratum.isEmpty, target.period == nil || target.period == row.period {
      let reached: Double? = target.kind == .change ? row.change : row.value
      if target.kind == .change && row.period == pipeline.baseline { return row }
      row.target = target.threshold.value
      if let reached {
        // A figure that is the target but for the last bits of its division is the target.
        let limit = target.threshold.value
        let slack = 1e-9 * max(1, abs(limit))
        let isMet = indicator.direction == .lowerBetter ? reached <= limit + slack : reached >= limit - slack
        row.targetStatus = isMet ? "met" : "not-met"
      }
    }
    return row
  }

  /// Costs, rates and numbers per person change by a percentage; scores and shares by points.
  private var isRelative: Bool {
    switch indicator.measure {
    case .costPerPersonYear, .distinctPerPerson, .eventRate, .claimRate, .groupCostPerPersonYear, .stayRate, .bedDays,
      .emergencyRate, .avoidableAdmissions:
      true
    case .scoreLevel, .scoreChange, .scoreShare, .effectSize, .reliableChange, .noRoom, .adjustedGain, .modelledGain,
      .modelledShare, .responseRate, .itemMean, .topBox, .netPromoterScore, .costShare, .groupCostRatio,
      .groupCostShare, .readmission:
      false
    }
  }
}
