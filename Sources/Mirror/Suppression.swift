import CoreDataset
import Definitions

/// What was done to a figure before it may leave the run.
public enum Protection: String, Sendable, CaseIterable {
  /// Nothing: the figure is as computed.
  case none
  /// The share is rounded to a whole percentage and stands without counts and interval.
  case rounded
  /// Withheld: fewer persons than the minimum.
  case fewPersons = "few-persons"
  /// Withheld: fewer persons than the minimum in the numerator or in the rest of the group.
  case smallGroup = "small-group"
  /// Withheld: it holds for all of the group or for none.
  case wholeGroup = "whole-group"
  /// Withheld: one or two persons make up most of the amount.
  case dominance
  /// Withheld, because another withheld figure could be computed from it.
  case secondary

  /// Whether there is no figure at all.
  public var isWithheld: Bool { self != .none && self != .rounded }

  /// The reason as it stands in the results; empty when nothing was done.
  func reason(minimum: Int) -> String {
    switch self {
    case .none: ""
    case .rounded: "rounded: fewer than \(minimum) persons in the numerator or in the rest of the group"
    case .fewPersons: "fewer than \(minimum) persons"
    case .smallGroup: "fewer than \(minimum) persons in the numerator or in the rest of the group"
    case .wholeGroup: "all or none of the group"
    case .dominance: "one or two persons make up most of the amount"
    case .secondary: "withheld to protect another figure"
    }
  }
}

/// Protection of small numbers, for all files of a run at once and before any is written.
///
/// Rules, in this order (*Handbook on Statistical Disclosure Control*, 2nd ed. 2024, ch. 4; ESSnet *Guidelines for the
/// checking of output*, Brandt et al. 2010; `minimum` is the pipeline's `minimumPersons`):
///
/// 1. **Threshold.** A figure about fewer than `minimum` persons is withheld: every number of it, its counts included.
///    The same when fewer than `minimum` measurements entered a mean or share of answers.
/// 2. **Shares of persons** (`score-share`, `top-box`, `response-rate`). When numerator or denominator − numerator is in
///    1..<minimum, publishing both would publish a small count. With a denominator of at least
///    `smallestRoundedDenominator` the share stays, rounded to a whole percentage, without counts, interval and
///    anything that either could be computed from; below it the share is withheld.
/// 3. **Group disclosure.** A share of answers of 0% or 100% says something of everybody in the group: withheld. A
///    response of 0% or 100% says nothing of anybody's health and stays.
/// 4. **Dominance.** An amount in euros of which the second largest contributor can estimate the largest to within 10% is
///    withheld (p% rule with p = 10, the default of SACRO's *acro*; one or two contributors never pass).
/// 5. **Secondary.** A published total minus its published parts must not give back a hidden part. Tables are the units
///    of one layout below the nation, the strata of one unit below its whole, and the units of one layout below a unit
///    of another that is exactly made of them. While the hidden parts are fewer than two, or fewer than `minimum` persons
///    together, the smallest published part is hidden too, until nothing changes in any table. Parts without persons do
///    not count: they hide nothing. A region of which too few parts are there to hide is hidden itself; of a region that
///    is hidden, one part is hidden too.
///    Where tables cross, two hidden parts in each may still have one solution: the sums of all tables of an indicator and
///    period are solved together, and a part is hidden beside each figure that has one solution.
/// 6. **Derived numbers.** The reference measurement and the change go when the figure of the reference period was
///    withheld; they are recomputed from the rounded shares when either was rounded.
///
/// What this does not do: it prevents exact recovery, not narrow estimates; it does not look at earlier runs, at providers
/// within regions, at layouts that cross each other, nor at dominance
/// of providers in euros. A rounded share hides little from who knows the denominator otherwise.
public struct Suppression: Sendable {
  /// Smallest denominator with which a share is rounded instead of withheld.
  static let smallestRoundedDenominator = 30.0
  /// p of the p% rule, as a share.
  static let smallestRemainder = 0.1

  private let minimum: Int
  private let index: FigureIndex
  private let nesting: Nesting
  private let measures: [MeasureKind]
  private let hasTargetOnChange: [Bool]
  private let baseline: Int32?
  private var rows: [ResultRow]
  private var protections: [Protection]

  /// Protects a table. Gives back its rows, in order, as they may be published, and what was done to each.
  static func apply(
    to rows: [ResultRow], index: FigureIndex, pipeline: Pipeline
  ) -> (rows: [ResultRow], protections: [Protection]) {
    var suppression = Suppression(rows, index, pipeline)
    suppression.hideParts()
    suppression.blank()
    return (suppression.rows, suppression.protections)
  }

  private init(_ rows: [ResultRow], _ index: FigureIndex, _ pipeline: Pipeline) {
    let minimum = Int(pipeline.minimumPersons.value.rounded(.up))
    self.minimum = minimum
    self.index = index
    nesting = Nesting(pipeline)
    measures = pipeline.indicators.map(\.measure)
    hasTargetOnChange = pipeline.indicators.map { $0.target?.kind == .change }
    baseline = pipeline.periods.firstIndex { $0.id == pipeline.baseline }.map(Int32.init)
    self.rows = rows
    let measures = self.measures
    protections = zip(rows, index.keys).map { row, key in
      Self.primary(row, key.map { measures[Int($0.indicator)] }, minimum: minimum)
    }
  }

  // MARK: - Primary

  /// Rules 1 to 4 for one row.
  static func primary(_ row: ResultRow, _ measure: MeasureKind?, minimum: Int) -> Protection {
    guard row.persons >= minimum else { return .fewPersons }
    guard let measure, row.value != nil else { return .none }
    if measure.isOfAnswers && row.measured < minimum { return .fewPersons }
    if let remainder = row.remainder, remainder < smallestRemainder { return .dominance }
    guard let counts = shareCounts(row, measure) else { return .none }
    let smaller = min(counts.numerator, counts.rest)
    if smaller == 0 { return measure == .responseRate ? .none : .wholeGroup }
    return smaller < Double(minimum) ? hiddenShare(row) : .none
  }

  /// Numerator and rest of a share of persons; nil for all other measures.
  private static func shareCounts(_ row: ResultRow, _ measure: MeasureKind) -> (numerator: Double, rest: Double)? {
    guard measure.isShareOfPersons, let value = row.value else { return nil }
    let denominator = row.denominator ?? Double(row.measured)
    let numerator = row.numerator ?? (value * denominator).rounded()
    return (numerator, max(0, denominator - numerator))
  }

  private static func hiddenShare(_ row: ResultRow) -> Protection {
    (row.denominator ?? Double(row.measured)) >= smallestRoundedDenominator ? .rounded : .smallGroup
  }

  // MARK: - Secondary

  private struct Table: Hashable {
    var indicator: Int32
    var period: Int32
    /// Stratum for the units of a layout, else the number of the key of the strata.
    var stratum: Int32
    /// Layout for the units of a layout, else the unit.
    var owner: Int32
    var isOfStrata: Bool
    /// Layout of the parts of a region; -1 for the units of a layout below the nation and for strata.
    var parts: Int32 = -1
  }

  /// A total with its parts.
  private struct Sum {
    let total: Int
    var parts: [Int]
    /// Whether the total may be hidden too: that of a region may, the nation's and the whole of strata not.
    let isOfRegion: Bool
  }

  /// Rule 5.
  private mutating func hideParts() {
    // Regions before the nation: what a region needs hidden may be enough for the nation, and not the other way round.
    let all = self.tables()
    let tables = all.filter(\.isOfRegion) + all.filter { !$0.isOfRegion }
    // Ends: each round hides at least one more figure.
    repeat {
      var changed = true
      while changed {
        changed = false
        for table in tables where hide(in: table) { changed = true }
      }
    } while hideBesideSolved(tables)
  }

  /// Hides the smallest part beside each hidden figure that the sums of all tables together give back. True when it hid any.
  private mutating func hideBesideSolved(_ tables: [Sum]) -> Bool {
    var didHide = false
    let groups = Dictionary(grouping: tables.indices) { index.keys[tables[$0].total]?.withoutUnit }
    for group in groups.values.map({ $0.sorted() }).sorted(by: { $0[0] < $1[0] }) {
      var system = LinearSystem()
      for table in group {
        let hidden = tables[table].parts.filter { protections[$0] != .none && rows[$0].persons > 0 }
        let total = tables[table].total
        let isHidden = protections[total] != .none && rows[total].persons > 0
        system.add(hidden, total: isHidden ? total : nil)
      }
      for solved in system.solved {
        for table in group where tables[table].total == solved || tables[table].parts.contains(solved) {
          let visible = tables[table].parts.filter { protections[$0] == .none && rows[$0].persons > 0 }
          guard let smallest = visible.min(by: { (rows[$0].persons, $0) < (rows[$1].persons, $1) }) else { continue }
          protect(smallest)
          didHide = true
          break
        }
      }
    }
    return didHide
  }

  /// All totals with their parts, in order of the results.
  private func tables() -> [Sum] {
    var numbers: [Table: Int] = [:]
    var tables: [Sum] = []
    let strataKeys = Self.numbered(index.strata.map { String($0.prefix { $0 != "=" }) })
    func add(_ position: Int, to table: Table, below total: FigureKey) {
      if let number = numbers[table] {
        tables[number].parts.append(position)
      } else if let row = index.row[total] {
        numbers[table] = tables.count
        tables.append(Sum(total: Int(row), parts: [position], isOfRegion: table.parts >= 0))
      }
    }
    for (position, key) in index.keys.enumerated() {
      guard let key else { continue }
      if key.unit != 0 {
        var total = key
        total.unit = 0
        let layout = index.units[Int(key.unit)].layout
        let table = Table(
          indicator: key.indicator, period: key.period, stratum: key.stratum, owner: layout, isOfStrata: false)
        add(position, to: table, below: total)
        let code = index.units[Int(key.unit)].code
        for pair in nesting.pairs[Int(key.period)] where pair.parts == index.layouts[Int(layout)] {
          guard let whole = pair.wholeOfPart[code], let unit = index.unit(layout: pair.wholes, code: whole) else {
            continue
          }
          total.unit = unit
          let table = Table(
            indicator: key.indicator, period: key.period, stratum: key.stratum, owner: unit, isOfStrata: false,
            parts: layout)
          add(position, to: table, below: total)
        }
      }
      if key.stratum != 0 {
        var total = key
        total.stratum = 0
        let table = Table(
          indicator: key.indicator, period: key.period, stratum: strataKeys[Int(key.stratum)], owner: key.unit,
          isOfStrata: true)
        add(position, to: table, below: total)
      }
    }
    return tables
  }

  private static func numbered(_ names: [String]) -> [Int32] {
    var numbers: [String: Int32] = [:]
    return names.map { name in
      let number = numbers[name] ?? Int32(numbers.count)
      numbers[name] = number
      return number
    }
  }

  /// Hides parts of one table until its hidden parts cannot be computed. True when it hid any.
  private mutating func hide(in table: Sum) -> Bool {
    let parts = table.parts
    guard protections[table.total] == .none else { return table.isOfRegion && hideOne(of: parts) }
    var hiddenCount = 0
    var hiddenPersons = 0
    var hiddenAmounts = 0
    for part in parts where protections[part] != .none && rows[part].persons > 0 {
      hiddenCount += 1
      hiddenPersons += rows[part].persons
      if hasAmount(part) { hiddenAmounts += 1 }
    }
    // An amount beside which only amounts of 0 are hidden is not hidden.
    func isTooLittle() -> Bool { hiddenCount < 2 || hiddenPersons < minimum || hiddenAmounts == 1 }
    guard hiddenCount > 0, isTooLittle() else { return false }
    let candidates = parts.filter { protections[$0] == .none && rows[$0].persons > 0 }
      .sorted {
        (hasAmount($0) ? 0 : 1, rows[$0].persons, rows[$0].unit, rows[$0].stratum)
          < (hasAmount($1) ? 0 : 1, rows[$1].persons, rows[$1].unit, rows[$1].stratum)
      }
    var didHide = false
    for part in candidates where isTooLittle() {
      protect(part)
      hiddenCount += 1
      hiddenPersons += rows[part].persons
      if hasAmount(part) { hiddenAmounts += 1 }
      didHide = true
    }
    if table.isOfRegion, isTooLittle() {
      protect(table.total)
      didHide = true
    }
    return didHide
  }

  /// Whether there are euros to hide in an amount.
  private func hasAmount(_ position: Int) -> Bool { rows[position].remainder != nil }

  /// Hides the smallest part of a region that is hidden itself, for all its parts together would give it back. True when it
  /// hid one.
  private mutating func hideOne(of parts: [Int]) -> Bool {
    let parts = parts.filter { rows[$0].persons > 0 }
    guard parts.allSatisfy({ protections[$0] == .none }),
      let smallest = parts.min(by: { (rows[$0].persons, rows[$0].unit) < (rows[$1].persons, rows[$1].unit) })
    else { return false }
    protect(smallest)
    return true
  }

  /// Hides a figure for the sake of others: a share with a large denominator by rounding.
  private mutating func protect(_ position: Int) {
    let measure = index.keys[position].map { measures[Int($0.indicator)] }
    let canRound = measure?.isShareOfPersons == true && Self.hiddenShare(rows[position]) == .rounded
    protections[position] = canRound ? .rounded : .secondary
  }

  // MARK: - Publishing

  /// Takes away what may not be seen, and rule 6.
  private mutating func blank() {
    for position in rows.indices where protections[position] != .none { blankOwn(position) }
    guard let baseline else { return }
    for position in rows.indices where rows[position].baselineValue != nil || rows[position].change != nil {
      guard var key = index.keys[position] else { continue }
      key.period = baseline
      guard let reference = index.row[key].map(Int.init) else { continue }
      if protections[reference].isWithheld {
        rows[position].baselineValue = nil
        rows[position].change = nil
        // The status of a target on the change would tell on which side the reference lies.
        if hasTargetOnChange[Int(key.indicator)] { rows[position].targetStatus = nil }
      } else if protections[reference] == .rounded || protections[position] == .rounded {
        rows[position].baselineValue = rows[reference].value
        rows[position].change = Self.difference(rows[position].value, rows[reference].value)
      }
    }
  }

  private mutating func blankOwn(_ position: Int) {
    let protection = protections[position]
    var row = rows[position]
    row.persons = 0
    row.measured = 0
    for field in Self.countsAndDerived { row[keyPath: field] = nil }
    if protection == .rounded {
      row.value = row.value.map { ($0 * 100).rounded() / 100 }
      row.change = Self.difference(row.value, row.baselineValue)
    } else {
      row.value = nil
      row.baselineValue = nil
      row.change = nil
      row.targetStatus = nil
      row.funnelBand = nil
      row.status = .insufficient
    }
    row.reason = protection.reason(minimum: minimum)
    rows[position] = row
  }

  private static func difference(_ after: Double?, _ before: Double?) -> Double? {
    if let after, let before { after - before } else { nil }
  }

  private static let countsAndDerived: [any WritableKeyPath<ResultRow, Double?> & Sendable] = [
    \.numerator, \.denominator, \.amount, \.remainder, \.standardDeviation, \.lower95, \.upper95, \.lower998,
    \.upper998, \.expected, \.ratio, \.adjusted, \.funnelLower95, \.funnelUpper95, \.funnelLower998, \.funnelUpper998,
    \.reliability, \.changeLower95, \.changeUpper95, \.targetDistance, \.truncated, \.truncatedAt, \.smoothed,
  ]
}

extension MeasureKind {
  /// Whether the figure is a number of persons out of a number of persons.
  var isShareOfPersons: Bool {
    switch self {
    case .scoreShare, .reliableChange, .noRoom, .modelledShare, .topBox, .bottomBox, .responseRate, .readmission: true
    default: false
    }
  }

  /// Whether the figure is made of answers to questionnaires, of which there may be fewer than persons.
  var isOfAnswers: Bool {
    switch self {
    case .scoreLevel, .scoreChange, .scoreShare, .effectSize, .reliableChange, .noRoom, .adjustedGain, .modelledGain,
      .modelledShare, .itemMean, .topBox, .bottomBox, .netPromoterScore, .healthGainPerCost:
      true
    default: false
    }
  }

  /// Whether the value is a fraction, shown as a percentage.
  var isFraction: Bool { isShareOfPersons || self == .costShare || self == .groupCostShare || self == .activityShare }

  /// Whether a change is relative to the reference measurement (0.1: 10% more) or a difference in the unit of the value.
  var hasRelativeChange: Bool {
    switch self {
    case .costPerPersonYear, .eventRate, .claimRate, .distinctPerPerson, .groupCostPerPersonYear, .stayRate, .bedDays,
      .emergencyRate, .avoidableAdmissions:
      true
    default: false
    }
  }
}
