import CoreDataset
import Definitions
import Statistics

/// What an agreement on shared savings needs of one unit in one period, before goals are looked at.
struct SavingsAccount: Sendable {
  /// The figure of cost.
  let row: ResultRow
  let spec: SavingsSpec
  var terms: SharedSavings.Terms?
  var risk = 1.0
  var personYears = 0.0
  /// Why there is no account; empty when there is.
  var reason = ""
}

extension Figures {
  /// The accounts of the units of an indicator with an agreement, and the benchmark as what was expected in its figures.
  ///
  /// Benchmark and payment are those of ``SharedSavings``. Prices go as the cost per insured year of the reference does;
  /// the risk of a unit is the cost that its ages and sexes explain, at the cost of each in the reference in the same
  /// period, over the mean of the reference. The nation has no account where it is its own reference.
  func savings(_ rows: inout [ResultRow], _ partial: Partial) -> [SavingsAccount] {
    guard let spec = indicator.series.savings, let cost = measure as? CostPerPersonYear else { return [] }
    let others = indicator.series.otherPopulations
    let reference = spec.reference.flatMap { others.firstIndex(of: $0) }.map { partial.others[$0] }
    let book = CostBook(
      strata: measure.strata.count, groups: cost.riskGroups, axis: axis, reference: (reference ?? partial).fixed)
    let last = spec.base.last.flatMap { base in axis.periods.firstIndex { $0.id == base.period } } ?? -1
    var accounts: [SavingsAccount] = []
    for unit in units(partial) {
      for period in axis.periods.indices where period > last {
        guard
          let number = rows.firstIndex(where: {
            $0.layout == unit.layout && $0.unit == unit.code && $0.period == axis.periods[period].id
              && $0.stratum.isEmpty
          })
        else { continue }
        var account = SavingsAccount(row: rows[number], spec: spec)
        if unit.kind == .nation && reference == nil {
          account.reason = "nation-is-reference"
        } else if rows[number].value == nil {
          account.reason = rows[number].reason
        } else {
          book.fill(&account, unit.cells, period: period)
        }
        if let benchmark = account.benchmark, let value = rows[number].value {
          rows[number].expected = benchmark
          rows[number].ratio = value / benchmark
        }
        accounts.append(account)
      }
    }
    return accounts
  }
}

extension SavingsAccount {
  /// The account, with goals met or not and a part of the share earned.
  fileprivate func settled(quality: Double, isPassed: Bool) throws(Undefined) -> SharedSavings {
    guard let terms, let actual = row.value else { throw .noObservations }
    return try SharedSavings(
      terms: terms, actual: actual, risk: risk, personYears: personYears, quality: quality, qualityPassed: isPassed)
  }

  /// What was expected, which no goal changes.
  fileprivate var benchmark: Double? { try? settled(quality: 0, isPassed: false).benchmark }
}

/// Costs per insured year, and what ages and sexes explain of them.
private struct CostBook {
  let strata: Int
  /// Cells of age and sex, behind the whole; empty where these do not count.
  let groups: Range<Int>
  let axis: Axis
  /// Cells of the reference: its nation comes first.
  let reference: [Cell]

  /// A group of the reference with fewer insured years cannot say what it costs (as for totals of groups).
  static let fewestYears = 10.0

  func fill(_ account: inout SavingsAccount, _ cells: [Cell], period: Int) {
    let spec = account.spec
    do throws(Undefined) {
      var years: [SharedSavings.BaseYear] = []
      let base = spec.base.compactMap { one in axis.periods.firstIndex { $0.id == one.period } }
      guard let last = base.last else { throw .noObservations }
      for (one, number) in zip(spec.base, base) {
        years.append(
          SharedSavings.BaseYear(
            cost: try cost(cells, number), trend: try cost(reference, last) / cost(reference, number),
            risk: try risk(cells, number), weight: one.weight))
      }
      let own = cells[period * strata]
      account.risk = try risk(cells, period)
      account.personYears = Double(own.x) * axis.yearsPerDay(period)
      let minimumRate =
        if let agreed = spec.minimumRate { agreed.value } else { try rateOfChance(period, persons: own.persons) }
      account.terms = SharedSavings.Terms(
        years: years, update: try cost(reference, period) / cost(reference, last),
        riskCap: spec.riskCap?.value ?? .greatestFiniteMagnitude,
        minimumRate: minimumRate,
        sharingRate: spec.sharingRate.value, paymentCap: spec.paymentCap.value, lossCap: spec.lossCap?.value)
    } catch {
      account.reason = error == .emptyStratum ? "reference-group-too-small" : error.rawValue
    }
  }

  /// Euros per insured year.
  private func cost(_ cells: [Cell], _ period: Int) throws(Undefined) -> Double {
    let cell = cells[period * strata]
    guard cell.x > 0 else { throw .noDenominator }
    let cost = Double(cell.y) / 100 / (Double(cell.x) * axis.yearsPerDay(period))
    guard cost > 0 else { throw .noDenominator }
    return cost
  }

  /// The cost that ages and sexes explain, over the mean of the reference.
  private func risk(_ cells: [Cell], _ period: Int) throws(Undefined) -> Double {
    if groups.isEmpty { return 1 }
    var expected = 0.0
    for group in groups {
      let own = cells[period * strata + group]
      let all = reference[period * strata + group]
      if own.x == 0 { continue }
      guard Double(all.x) * axis.yearsPerDay(period) >= Self.fewestYears else { throw .emptyStratum }
      expected += Double(own.x) * Double(all.y) / Double(all.x)
    }
    let (own, all) = (cells[period * strata], reference[period * strata])
    guard own.x > 0, all.x > 0, all.y > 0 else { throw .noDenominator }
    return expected / Double(own.x) / (Double(all.y) / Double(all.x))
  }

  /// The saving that chance alone makes once in ten times: z(0.90) · CV / √n, with the variation of cost between persons of
  /// the reference.
  private func rateOfChance(_ period: Int, persons: Int64) throws(Undefined) -> Double {
    let all = reference[period * strata]
    guard let deviation = all.deviationY, all.count > 0, all.y > 0,
      let rate = SharedSavings.minimumRate(
        coefficientOfVariation: deviation * FixedPoint.unit / (Double(all.y) / Double(all.count)),
        persons: Double(persons))
    else { throw .noSpread }
    return rate
  }
}

/// Settles accounts once the figures of all indicators are known: the goals and the health gain of the same unit in the
/// same period, and whether outcomes went down together with cost.
struct SavingsSettlement {
  private struct Key: Hashable {
    let indicator: String
    let layout: String
    let unit: String
    let period: String
  }
  private let rows: [Key: ResultRow]
  private let directions: [String: Direction]

  /// - Parameter directions: which way is better, by indicator.
  init(_ rows: [ResultRow], directions: [String: Direction]) {
    var known: [Key: ResultRow] = [:]
    for row in rows where row.stratum.isEmpty {
      known[Key(indicator: row.indicator, layout: row.layout, unit: row.unit, period: row.period)] = row
    }
    self.rows = known
    self.directions = directions
  }

  /// The steps of an account, in order.
  func steps(_ account: SavingsAccount) -> [SavingsRow] {
    func step(_ step: SavingsRow.Step, _ value: Double?, of: String = "", note: String = "") -> SavingsRow {
      SavingsRow(account.row, step, value, of: of, note: note)
    }
    guard let terms = account.terms else { return [step(.payment, nil, note: account.reason)] }
    let spec = account.spec
    let goals = spec.goals.map { (goal: $0, value: value($0.indicator, account), isMet: isMet($0, account)) }
    let gain = spec.healthGain.map { (scale: $0, value: value($0.indicator, account)) }
    let quality = gain.map { gain in
      gain.value.map { min(1, max(0, ($0 - gain.scale.none.value) / (gain.scale.full.value - gain.scale.none.value))) }
        ?? 0
    }
    let isPassed = goals.allSatisfy { $0.isMet == true }
    let result: SharedSavings
    do throws(Undefined) {
      result = try account.settled(quality: quality ?? 1, isPassed: isPassed)
    } catch {
      return [step(.payment, nil, note: error.rawValue)]
    }
    var steps: [SavingsRow] = []
    for (year, base) in zip(terms.years, spec.base) {
      steps += [
        step(.cost, year.cost, of: base.period), step(.trend, year.trend, of: base.period),
        step(.risk, year.risk, of: base.period), step(.weight, year.weight, of: base.period),
      ]
    }
    steps += [
      step(.history, result.history), step(.update, terms.update), step(.ownRisk, account.risk),
      step(.benchmark, result.benchmark), step(.actual, account.row.value), step(.insuredYears, account.personYears),
      step(.saving, result.saving), step(.savingRate, result.savingRate),
      step(
        .minimumRate, terms.minimumRate,
        note: result.reachesMinimum ? "reached" : "not-reached"), step(.totalSaving, result.totalSaving),
    ]
    steps += goals.map {
      step(.goal, $0.value, of: $0.goal.indicator, note: $0.isMet.map { $0 ? "met" : "not-met" } ?? "no-figure")
    }
    if let gain {
      steps.append(step(.healthGain, quality, of: gain.scale.indicator, note: gain.value == nil ? "no-figure" : ""))
    }
    let isThin = result.saving > 0 && isWorse(account)
    return steps + [
      step(.sharingRate, spec.sharingRate.value), step(.uncapped, result.uncapped), step(.cap, result.cap),
      step(.payment, result.payment, note: isThin ? "care-thins-out" : ""),
    ]
  }

  private func value(_ indicator: String, _ account: SavingsAccount, period: String? = nil) -> Double? {
    let key = Key(
      indicator: indicator, layout: account.row.layout, unit: account.row.unit, period: period ?? account.row.period)
    return rows[key].flatMap { [.ok, .indicative].contains($0.status) ? $0.value : nil }
  }

  /// Whether a goal is met; nil without a figure.
  private func isMet(_ goal: SavingsSpec.Goal, _ account: SavingsAccount) -> Bool? {
    value(goal.indicator, account).map {
      $0 >= (goal.atLeast?.value ?? -.infinity) && $0 <= (goal.atMost?.value ?? .infinity)
    }
  }

  /// Whether an outcome is worse than in the last base period, whatever chance does: a reason to look, no finding.
  private func isWorse(_ account: SavingsAccount) -> Bool {
    account.spec.outcomes.contains { indicator in
      guard let now = value(indicator, account),
        let before = value(indicator, account, period: account.spec.base.last?.period)
      else { return false }
      return switch directions[indicator] {
      case .higherBetter: now < before
      case .lowerBetter: now > before
      default: false
      }
    }
  }
}
