import CoreDataset
import Definitions

/// The part of the attack that goes by sums: all figures of an indicator and period that add up are one system, a count at
/// a time, and each hidden count is computed from it, exactly or by its smallest and largest value (`HiddenSystem`).
///
/// The units of a layout make the nation, regions make the region of another layout that they are parts of, care providers
/// make the region that they lie in, and subdivisions make their whole. Found are:
///
/// 1. a hidden count with one solution (`solved`),
/// 2. hidden persons who are fewer together than the minimum (`few`),
/// 3. a hidden number of fewer persons or observations than the minimum that is known to within the minimum, or an amount
///    that needs protection and is known to within its protection level (`narrow`).
///
/// Persons without a place are in no file, so that a sum over regions has them as one more unknown; when that can be solved
/// and is about fewer persons than the minimum, it is a disclosure too. Parts may overlap, as the persons of two providers
/// do: a sum that is not true says nothing, and is left out. Where the true figures are not at hand, sums are left out
/// that fail in a table of their kind in which nothing is hidden.
struct SumAudit {
  typealias Disclosure = DisclosureAudit.Disclosure
  typealias Key = AuditedFigure.Key
  typealias Count = AuditedFigure.Count

  /// Persons without a place in a layout: they have figures, but are no recipient.
  struct Unplaced: Hashable {
    var indicator: String
    var period: String
    var stratum: String
    var layout: String
  }

  /// What is known beside the published figures.
  struct Knowledge {
    /// Fewest persons that a figure is published about.
    var minimum = 10.0
    /// What the rule against dominance keeps apart.
    var dominance = DominanceRule.usual
    /// Indicators that are shares of persons.
    var sharesOfPersons: Set<String> = []
    /// Persons without a place, where there are any.
    var unplaced: [Unplaced: Int] = [:]
    /// Indicators of which observations are answers of persons, one each; nil when that is not known.
    var ofAnswers: Set<String>?
    /// Layout by insurer of which an indicator has the units as subdivisions too.
    var insurerLayouts: [String: String] = [:]
    /// Parts that make wholes, by period.
    var pairs: [String: [Nesting.Pair]] = [:]
    /// The figures as they were computed; nil when they are not at hand.
    var truth: [Key: ResultRow]?
  }

  /// A kind of sum of an indicator: units of a layout, or subdivisions by a key.
  private struct Relation: Hashable {
    var indicator: String
    var layout: String
    var strata: String
  }

  private struct Sum {
    let relation: Relation
    let total: Int
    var parts: [Int]
    /// Persons who are in the total and in none of the parts.
    var unplaced = 0
    /// Whether the parts are care providers in a region, who need not have the persons who live there.
    var isOfPlaces = false
    /// Whether the total has other places besides, of which `unplaced` is who lives there.
    var leavesRest = false
  }

  private let figures: [AuditedFigure]
  /// Counts of hidden figures that stand beside another indicator on the same persons.
  private let elsewhere: [Count: [Int: Double]]
  private let position: [Key: Int]
  private let knowledge: Knowledge
  private var solved: Set<Int> = []
  private var few: [Int: String] = [:]
  private var narrow: Set<Int> = []

  /// What can be found out from these figures.
  static func disclosures(in figures: [AuditedFigure], _ knowledge: Knowledge) -> [Disclosure] {
    var audit = SumAudit(figures, knowledge)
    audit.attack()
    func disclosure(_ kind: Disclosure.Kind, _ figure: Int, _ detail: String = "") -> Disclosure {
      let key = figures[figure].key
      return Disclosure(
        kind: kind,
        figure: "\(key.layout)/\(key.unit) \([key.indicator, key.period, key.stratum].joined(separator: " "))\(detail)")
    }
    return audit.solved.sorted().map { disclosure(.solved, $0) }
      + audit.few.sorted { $0.key < $1.key }.map { disclosure(.few, $0.key, $0.value) }
      + audit.narrow.subtracting(audit.solved).sorted().map { disclosure(.narrow, $0) }
  }

  private init(_ figures: [AuditedFigure], _ knowledge: Knowledge) {
    self.figures = figures
    self.knowledge = knowledge
    position = Dictionary(figures.enumerated().map { ($1.key, $0) }) { first, _ in first }
    elsewhere = Self.elsewhere(figures, knowledge)
  }

  private mutating func attack() {
    let sums = allSums()
    for count in Count.allCases {
      let failing = knowledge.truth == nil ? failing(sums, count) : []
      let holding = sums.filter {
        isTrue($0, count) && (!$0.isOfPlaces || isTrue($0, .persons)) && !isChance($0, count)
          && !failing.contains($0.relation) && isKnownOrHidden($0, count)
      }
      let groups = Dictionary(grouping: holding) { sum in
        [figures[sum.total].key.indicator, figures[sum.total].key.period]
      }
      for group in groups.values where group.contains(where: { hasUnknown($0, count) }) {
        solve(group, count)
        // Beside credits that are larger than what they credit, sums bound nothing.
        if !group.contains(where: { hasNegative($0, count) }) { estimate(group, count) }
      }
    }
  }

  // MARK: - Attacks

  /// Exact solutions.
  private mutating func solve(_ group: [Sum], _ count: Count) {
    var system = LinearSystem()
    for (number, sum) in group.enumerated() {
      let hidden = sum.parts.filter { isHidden($0, count) }
      // Unknowns of their own, numbered behind the figures.
      let others = sum.unplaced > 0 ? [figures.count + number] : []
      system.add(hidden + others, total: isHidden(sum.total, count) ? sum.total : nil)
      if count == .persons, !hidden.isEmpty, !isHidden(sum.total, count) {
        let rest = remainder(sum, count)
        if rest > 0.5, rest < knowledge.minimum - 0.5 { few[sum.total] = ": \(sum.relation.layout)" }
      }
    }
    for unknown in system.solved {
      if unknown < figures.count {
        if isSecret(unknown, count) { solved.insert(unknown) }
      } else if isFew(group[unknown - figures.count], count) {
        let sum = group[unknown - figures.count]
        few[sum.total] = ": \(sum.relation.layout)"
      }
    }
  }

  /// Intervals.
  private mutating func estimate(_ group: [Sum], _ count: Count) {
    var system = HiddenSystem()
    for (number, sum) in group.enumerated() {
      let others = sum.unplaced > 0 ? [figures.count + number] : []
      let isTotalHidden = isHidden(sum.total, count)
      let known = isTotalHidden ? remainder(sum, count) : max(0, remainder(sum, count))
      system.add(
        sum.parts.filter { isHidden($0, count) } + others, minus: isTotalHidden ? sum.total : nil, value: known)
    }
    if count == .numerator { addShares(of: group, to: &system) }
    let found = system.narrow { unknown in
      guard unknown >= figures.count else { return need(of: unknown, count) }
      return count == .persons && isFew(group[unknown - figures.count], count) ? .width(knowledge.minimum) : nil
    }
    for one in found where one.unknown >= figures.count {
      let sum = group[one.unknown - figures.count]
      few[sum.total] = ": \(sum.relation.layout)"
    }
    // Figures about nobody are hidden too; that there is nobody is no secret.
    narrow.formUnion(
      found.filter { $0.unknown < figures.count && $0.range.map { $0.upperBound > 0.5 } ?? true }.map(\.unknown))
  }

  /// A share is at most 1, and a rounded one in its class. Its denominator stands beside other indicators on the same
  /// persons, unless there are fewer than the minimum.
  private func addShares(of group: [Sum], to system: inout HiddenSystem) {
    for figure in Set(group.flatMap { $0.parts + [$0.total] }).sorted() where isHidden(figure, .numerator) {
      let key = figures[figure].key
      guard knowledge.sharesOfPersons.contains(key.indicator), let denominator = knowledge.truth?[key]?.denominator
      else { continue }
      let share = denominator < knowledge.minimum ? 0...1 : figures[figure].shareRange ?? 0...1
      system.add([(figure, 1)], in: share.lowerBound * denominator...share.upperBound * denominator)
    }
  }

  /// Whether those who are in none of the parts are few. That people of another place have none of something is no secret.
  private func isFew(_ sum: Sum, _ count: Count) -> Bool {
    guard Double(sum.unplaced) < knowledge.minimum else { return false }
    guard sum.leavesRest, let truth = knowledge.truth, count != .denominator else { return !sum.leavesRest }
    func number(_ figure: Int) -> Double {
      truth[figures[figure].key].flatMap { AuditedFigure.numbers($0)[count] } ?? 0
    }
    return abs(sum.parts.reduce(number(sum.total)) { $0 - number($1) }) > 1e-6 * max(1, abs(number(sum.total)))
  }

  private func need(of figure: Int, _ count: Count) -> HiddenSystem.Need? {
    guard figure < figures.count, isAboutPersons(figure) else { return nil }
    let row = knowledge.truth?[figures[figure].key]
    let minimum = knowledge.minimum
    switch count {
    case .persons:
      if let row { return Double(row.persons) < minimum ? .width(minimum) : nil }
      return few.isEmpty ? .width(minimum) : nil
    case .measured:
      guard let row, knowledge.ofAnswers?.contains(row.indicator) == true else { return nil }
      return row.measured > 0 && Double(row.measured) < minimum ? .width(minimum) : nil
    case .numerator:
      guard let row, row.amount == nil else { return nil }
      return knowledge.sharesOfPersons.contains(row.indicator)
        ? HiddenSystem.Need.width(ofShare: row, minimum: minimum).map(HiddenSystem.Need.width)
        : knowledge.dominance.need(of: row, minimum: minimum)
    case .denominator:
      guard let row, row.amount != nil else { return nil }
      return knowledge.dominance.need(of: row, minimum: minimum)
    // A sum of scores may be negative, so that sums bound nothing.
    case .total: return nil
    }
  }

  // MARK: - What is known

  private func hasUnknown(_ sum: Sum, _ count: Count) -> Bool {
    sum.unplaced > 0 || (sum.parts + [sum.total]).contains { isHidden($0, count) }
  }

  private func hasNegative(_ sum: Sum, _ count: Count) -> Bool {
    (sum.parts + [sum.total]).contains { figure in
      isHidden(figure, count)
        && knowledge.truth?[figures[figure].key].map { (AuditedFigure.numbers($0)[count] ?? 0) < 0 } ?? false
    }
  }

  private func isHidden(_ figure: Int, _ count: Count) -> Bool {
    figures[figure].isHidden && elsewhere[count]?[figure] == nil && !isNothing(figure, count)
  }

  /// Whether there is nothing to hide: that there is nobody, or no euro, is easily guessed. That a share is of nobody is not.
  private func isNothing(_ figure: Int, _ count: Count) -> Bool {
    guard let row = knowledge.truth?[figures[figure].key], figures[figure].isHidden else { return false }
    switch count {
    case .persons: return row.persons == 0
    case .measured: return row.measured == 0
    case .numerator:
      return row.persons == 0
        || row.amount == nil && row.numerator == 0 && !knowledge.sharesOfPersons.contains(row.indicator)
    case .denominator, .total: return row.persons == 0
    }
  }

  /// A number that is published, or stands elsewhere.
  private func known(_ figure: Int, _ count: Count) -> Double? {
    figures[figure].numbers[count] ?? elsewhere[count]?[figure] ?? (isNothing(figure, count) ? 0 : nil)
  }

  /// Whether a hidden number may not be known exactly. How many persons there are is no secret when they are enough: the
  /// same persons stand beside other indicators.
  private func isSecret(_ figure: Int, _ count: Count) -> Bool {
    guard let row = knowledge.truth?[figures[figure].key] else { return knowledge.truth == nil }
    switch count {
    case .persons: return row.persons > 0 && Double(row.persons) < knowledge.minimum
    case .measured: return row.measured > 0 && Double(row.measured) < knowledge.minimum
    // Euros below the line are as secret as those above it.
    case .denominator: return row.amount != nil && row.persons > 0
    case .numerator, .total: return row.persons > 0
    }
  }

  private func isAboutPersons(_ figure: Int) -> Bool {
    knowledge.truth.map { ($0[figures[figure].key]?.persons ?? 1) > 0 } ?? true
  }

  /// Whether a sum holds in the figures as they were computed.
  private func isTrue(_ sum: Sum, _ count: Count) -> Bool {
    guard let truth = knowledge.truth else { return true }
    func number(_ figure: Int) -> Double? {
      truth[figures[figure].key].flatMap { $0.persons == 0 ? 0 : AuditedFigure.numbers($0)[count] }
    }
    guard let total = number(sum.total) else { return false }
    let parts = sum.parts.map(number)
    guard !parts.contains(nil) else { return false }
    let rest = total - parts.reduce(0) { $0 + ($1 ?? 0) }
    let slack = 1e-6 * max(1, abs(total))
    // Of those without a place only their number of persons is known here.
    return sum.unplaced == 0
      ? abs(rest) <= slack : count == .persons ? abs(rest - Double(sum.unplaced)) <= slack : rest >= -slack
  }

  /// Whether parts that are not those of the total have its number by chance: nobody in all of them is nobody in the total.
  private func isChance(_ sum: Sum, _ count: Count) -> Bool {
    count == .numerator && knowledge.sharesOfPersons.contains(figures[sum.total].key.indicator)
      && !isTrue(sum, .denominator) && !isTrue(sum, .measured)
  }

  private func isKnownOrHidden(_ sum: Sum, _ count: Count) -> Bool {
    (sum.parts + [sum.total]).allSatisfy { isHidden($0, count) || known($0, count) != nil }
  }

  /// The total, where it is known, without its known parts.
  private func remainder(_ sum: Sum, _ count: Count) -> Double {
    (known(sum.total, count) ?? 0) - sum.parts.reduce(0) { $0 + (known($1, count) ?? 0) }
  }

  /// Kinds of sum that do not add up somewhere: with everything known, or because the known parts are too large.
  private func failing(_ sums: [Sum], _ count: Count) -> Set<Relation> {
    var failing: Set<Relation> = []
    for sum in sums where !isHidden(sum.total, count) && isKnownOrHidden(sum, count) {
      let rest = remainder(sum, count)
      let slack = 1e-6 * max(1, abs(known(sum.total, count) ?? 0))
      let isComplete = sum.unplaced == 0 && !sum.parts.contains { isHidden($0, count) }
      if isComplete ? abs(rest) > slack : rest < -slack { failing.insert(sum.relation) }
    }
    return failing
  }

  // MARK: - Sums

  private func allSums() -> [Sum] {
    var numbers: [[String]: Int] = [:]
    var sums: [Sum] = []
    func add(
      _ part: Int, to id: [String], _ relation: Relation, below total: Key, unplaced: Int = 0, isOfPlaces: Bool = false,
      leavesRest: Bool = false
    ) {
      if let number = numbers[id] {
        sums[number].parts.append(part)
      } else if let total = position[total] {
        numbers[id] = sums.count
        sums.append(
          Sum(
            relation: relation, total: total, parts: [part], unplaced: unplaced, isOfPlaces: isOfPlaces,
            leavesRest: leavesRest))
      }
    }
    let nation = figures.first { $0.key.layout == "nation" }?.key.unit
    for (figure, key) in figures.map(\.key).enumerated() {
      if let nation, key.layout != "nation" {
        var total = key
        (total.layout, total.unit) = ("nation", nation)
        let place = Unplaced(
          indicator: key.indicator, period: key.period, stratum: key.stratum, layout: key.layout)
        add(
          figure, to: ["nation", key.indicator, key.period, key.stratum, key.layout],
          Relation(indicator: key.indicator, layout: key.layout, strata: ""), below: total,
          unplaced: knowledge.unplaced[place] ?? 0)
      }
      for pair in knowledge.pairs[key.period] ?? [] where pair.parts == key.layout {
        guard let whole = pair.wholeOfPart[key.unit], !pair.leavesRest || knowledge.truth != nil else { continue }
        var total = key
        (total.layout, total.unit) = (pair.wholes, whole)
        add(
          figure, to: ["within", key.indicator, key.period, key.stratum, key.layout, pair.wholes, whole],
          Relation(indicator: key.indicator, layout: "\(key.layout) in \(pair.wholes)", strata: ""), below: total,
          isOfPlaces: pair.parts == "provider", leavesRest: pair.leavesRest)
      }
      if key.layout == "nation", key.stratum.hasPrefix("insurer="), let layout = knowledge.insurerLayouts[key.indicator]
      {
        let code = String(key.stratum.dropFirst("insurer=".count))
        add(
          figure, to: ["insurer", key.indicator, key.period, layout, code],
          Relation(indicator: key.indicator, layout: layout, strata: "insurer"),
          below: Key(indicator: key.indicator, period: key.period, stratum: "", layout: layout, unit: code))
      }
      if !key.stratum.isEmpty {
        let name = String(key.stratum.prefix { $0 != "=" })
        var total = key
        total.stratum = ""
        add(
          figure, to: ["strata", key.indicator, key.period, name, key.layout, key.unit],
          Relation(indicator: key.indicator, layout: "", strata: name), below: total)
      }
    }
    return sums.compactMap { sum in
      guard sum.leavesRest else { return sum }
      func persons(_ figure: Int) -> Int? { knowledge.truth?[figures[figure].key]?.persons }
      let parts = sum.parts.map(persons)
      guard let total = persons(sum.total), !parts.contains(nil) else { return nil }
      var sum = sum
      sum.unplaced = total - parts.reduce(0) { $0 + ($1 ?? 0) }
      return sum.unplaced < 0 ? nil : sum
    }
  }
}
