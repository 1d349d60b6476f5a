import CoreDataset
import Definitions
import Statistics

/// Compares the units of each layout with the nation: limits around the national figure, the band that each unit is in,
/// over-dispersion, and whether the figures may be put in order at all.
///
/// Funnel limits and over-dispersion: Spiegelhalter 2005 (Statistics in Medicine 24:1185; Quality & Safety in Health Care
/// 14:347). Rankability: van Dishoeck et al. 2011 (BMJ Quality & Safety 20:869).
struct Comparing {
  let indicator: Indicator
  let spec: ComparisonSpec

  private struct Key: Hashable {
    let layout: String
    let period: String
    let stratum: String
  }
  private struct Unit {
    let row: Int
    let value: Double
    let standing: Standing
    let error: Double
  }

  private var minimumPersons: Double { spec.minimumPersons?.value ?? Funnel.minimumDenominator }
  private var minimumRankability: Double { spec.minimumRankability?.value ?? Variation.Rankability.minimum }

  /// Sets bands, limits and reliability of rows, and says how they were compared. Rows are in order of the results.
  func apply(_ rows: inout [ResultRow], _ standings: [Standing?]) -> [ComparisonRow] {
    var order: [Key] = []
    var groups: [Key: [Int]] = [:]
    for (index, row) in rows.enumerated() where row.unitKind != .nation && row.unit != RegionLayout.unplaced {
      let key = Key(layout: row.layout, period: row.period, stratum: row.stratum)
      if groups[key] == nil { order.append(key) }
      groups[key, default: []].append(index)
    }
    return order.map { compare(groups[$0] ?? [], $0, &rows, standings) }
  }

  private func compare(
    _ members: [Int], _ key: Key, _ rows: inout [ResultRow], _ standings: [Standing?]
  ) -> ComparisonRow {
    var account = ComparisonRow(
      indicator: indicator.id, definitionVersion: indicator.version, layout: key.layout, period: key.period,
      stratum: key.stratum, limits: spec.limits.rawValue, overDispersion: spec.overDispersion.rawValue,
      minimumRankability: minimumRankability)
    let withFigure = members.filter { rows[$0].value != nil && [.ok, .indicative].contains(rows[$0].status) }
    let large = withFigure.filter { Double(rows[$0].persons) >= minimumPersons }
    account.smallUnits = withFigure.count - large.count
    if spec.limits == .none {
      account.units = large.count
      account.reason = large.count > 1 ? "no-limits-from-totals" : large.isEmpty ? "no-units" : "one-unit"
      measureSpread(large.compactMap { rows[$0].value }, large.map { Double(rows[$0].persons) }, &account)
      return account
    }
    let units = large.compactMap { index -> Unit? in
      guard let value = rows[index].value, let standing = standings[index], let error = standing.error else {
        return nil
      }
      return Unit(row: index, value: value, standing: standing, error: error)
    }
    account.target = large.compactMap { standings[$0]?.target }.first
    guard units.count > 1 else {
      account.reason =
        if !units.isEmpty || large.count == 1 { "one-unit" } else if large.isEmpty { "no-units" } else { "no-spread" }
      return account
    }
    account.units = units.count
    let dispersion = try? Overdispersion(
      values: units.map(\.value), errors: units.map(\.error), target: units[0].standing.target)
    account.phi = dispersion?.phi
    account.tauSquared = dispersion?.tauSquared
    account.dispersionP = dispersion?.p
    let widening = widening(dispersion, &account)
    // Widened limits are normal ones, whatever was asked for.
    if widening != nil { account.limits = ComparisonSpec.Limits.normal.rawValue }
    for unit in units { place(unit, widening, &rows[unit.row], &account) }
    account.expectedOutside95 = Funnel.expectedFalseSignals(units: units.count, .percent95)
    account.expectedOutside998 = Funnel.expectedFalseSignals(units: units.count, .percent998)
    judgeOrder(units, &rows, &account)
    measureVariation(units, rows, &account)
    smooth(units, &rows, &account)
    account.intraclass = intraclass(units, rows)
    return account
  }

  /// How much figures that cannot be negative vary between units (McPherson et al. 1982; Diehr et al. 1990).
  private func measureVariation(_ units: [Unit], _ rows: [ResultRow], _ account: inout ComparisonRow) {
    guard indicator.measure.isQuantity else { return }
    measureSpread(units.map(\.value), units.map { Double(rows[$0.row].persons) }, &account)
    // Observed and expected numbers, of units of which enough is expected.
    let counts = units.compactMap { unit -> (observed: Double, expected: Double)? in
      let expected: Double
      switch unit.standing.chance {
      case .share(let n): expected = n * unit.standing.target
      case .events(let number): expected = number
      case .mean: return nil
      }
      return expected >= Variation.minimumExpected ? (unit.value / unit.standing.target * expected, expected) : nil
    }
    if counts.count > 1 {
      account.systematicComponent = Variation.systematicComponent(
        observed: counts.map(\.observed), expected: counts.map(\.expected))
    }
  }

  /// Draws the rates of units to the national one (Poisson-gamma model); means and shares have been drawn to the mean of the
  /// units with the variance between them (`judgeOrder`).
  private func smooth(_ units: [Unit], _ rows: inout [ResultRow], _ account: inout ComparisonRow) {
    let expected = units.compactMap { unit -> Double? in
      if case .events(let number) = unit.standing.chance { number } else { nil }
    }
    guard expected.count == units.count, let target = units.first?.standing.target else { return }
    let observed = zip(units, expected).map { $0.value / target * $1 }
    guard let model = try? Variation.EmpiricalBayes(observed: observed, expected: expected) else { return }
    account.gammaShape = model.shape.isFinite ? model.shape : nil
    for (unit, ratio) in zip(units, model.smoothed) { rows[unit.row].smoothed = ratio * target }
  }

  /// The intraclass correlation of means of which the observations' deviation is known (one-way analysis of variance).
  private func intraclass(_ units: [Unit], _ rows: [ResultRow]) -> Double? {
    guard indicator.measure.isMeanOfScores else { return nil }
    let groups = units.map { (size: Double(rows[$0.row].measured), deviation: rows[$0.row].standardDeviation) }
    guard groups.allSatisfy({ $0.size > 1 && $0.deviation != nil }) else { return nil }
    return try? Variation.Reliability(
      sizes: groups.map(\.size), means: units.map(\.value),
      squares: groups.map { ($0.size - 1) * ($0.deviation ?? 0) * ($0.deviation ?? 0) }
    ).intraclass
  }

  private func measureSpread(_ values: [Double], _ persons: [Double], _ account: inout ComparisonRow) {
    account.extremalQuotient = Variation.extremalQuotient(values)
    account.p95OverP5 = Variation.percentileQuotient(values, upper: 0.95, lower: 0.05)
    account.p75OverP25 = Variation.percentileQuotient(values, upper: 0.75, lower: 0.25)
    account.weightedCoefficient = Variation.weightedCoefficient(values, populations: persons)
  }

  /// How limits are widened; nil when they are not. Says so where widening was asked for and cannot be trusted.
  private func widening(
    _ dispersion: Overdispersion?, _ account: inout ComparisonRow
  ) -> (dispersion: Overdispersion, model: Overdispersion.Model)? {
    guard spec.overDispersion != .none, let dispersion else { return nil }
    if !dispersion.isTrusted {
      account.reason = "too-few-units-for-over-dispersion"
      return nil
    }
    return dispersion.isPresent ? (dispersion, spec.overDispersion == .additive ? .additive : .multiplicative) : nil
  }

  private func place(
    _ unit: Unit, _ widening: (dispersion: Overdispersion, model: Overdispersion.Model)?, _ row: inout ResultRow,
    _ account: inout ComparisonRow
  ) {
    func limits(_ level: Level) -> Limits? {
      guard let widening else { return unit.standing.limits(level, spec.limits) }
      return unit.standing.inRange(
        widening.dispersion.limits(target: unit.standing.target, error: unit.error, level, widening.model))
    }
    guard let narrow = limits(.percent95), let wide = limits(.percent998) else { return }
    row.funnelLower95 = narrow.lower
    row.funnelUpper95 = narrow.upper
    row.funnelLower998 = wide.lower
    row.funnelUpper998 = wide.upper
    let band = Funnel.band(unit.value, limits95: narrow, limits998: wide)
    row.funnelBand = Self.word(band)
    if band != .within { account.outside95 += 1 }
    if band == .lowSignal || band == .highSignal { account.outside998 += 1 }
  }

  /// Reliability of each unit and rankability of all, with the variance between units after DerSimonian and Laird.
  private func judgeOrder(_ units: [Unit], _ rows: inout [ResultRow], _ account: inout ComparisonRow) {
    guard
      let rankability = try? Variation.Rankability(estimates: units.map(\.value), errors: units.map(\.error))
    else { return }
    account.rankability = rankability.value
    account.order = rankability.value < minimumRankability ? .notSuitable : .suitable
    for (unit, shrunk) in zip(units, rankability.shrunk) {
      rows[unit.row].smoothed = shrunk
      rows[unit.row].reliability = rankability.tauSquared / (rankability.tauSquared + unit.error * unit.error)
    }
  }

  private static func word(_ band: Funnel.Band) -> String {
    switch band {
    case .lowSignal: "low"
    case .lowAttention: "attention-low"
    case .within: "within"
    case .highAttention: "attention-high"
    case .highSignal: "high"
    }
  }
}
