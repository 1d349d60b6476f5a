import CoreDataset
import Definitions

/// A figure as an attacker has it, for the sums that it is in.
struct AuditedFigure {
  /// Which figure.
  struct Key: Hashable, Sendable {
    var indicator: String
    var period: String
    var stratum: String
    var layout: String
    var unit: String
  }

  /// Numbers that may add up.
  enum Count: String, CaseIterable { case persons, measured, numerator, denominator }

  let key: Key
  /// Whether its counts are not published.
  let isHidden: Bool
  /// Its published counts.
  let numbers: [Count: Double]

  /// A figure of a file.
  init(_ figure: PublishedFigure) {
    key = Key(
      indicator: figure.indicator, period: figure.fields["period"] ?? "", stratum: figure.fields["stratum"] ?? "",
      layout: figure.layout, unit: figure.unit)
    isHidden = figure.fields["protection"] ?? "none" != "none"
    numbers = Dictionary(
      uniqueKeysWithValues: Count.allCases.compactMap { count in figure.number(count.rawValue).map { (count, $0) } })
  }

  /// A figure of a run that is being made, as it will be published.
  init(_ row: ResultRow, isHidden: Bool) {
    key = Self.key(row)
    self.isHidden = isHidden
    numbers = isHidden ? [:] : Self.numbers(row)
  }

  /// Which figure a row is.
  static func key(_ row: ResultRow) -> Key {
    Key(indicator: row.indicator, period: row.period, stratum: row.stratum, layout: row.layout, unit: row.unit)
  }

  /// The counts of a row.
  static func numbers(_ row: ResultRow) -> [Count: Double] {
    var numbers: [Count: Double] = [.persons: Double(row.persons), .measured: Double(row.measured)]
    numbers[.numerator] = row.numerator
    numbers[.denominator] = row.denominator
    return numbers
  }
}

/// The part of the attack that goes by sums: all figures of an indicator and period that add up are one system, a count at
/// a time, and each hidden count is computed from it, exactly or by its smallest and largest value (`HiddenSystem`).
///
/// The units of a layout make the nation, regions make the region of another layout that they are parts of, care providers
/// make the region that they lie in, and subdivisions make their whole. Found are:
///
/// 1. a hidden count with one solution (`solved`),
/// 2. hidden persons who are fewer together than the minimum (`few`),
/// 3. a hidden number of persons or observations that is known to within the minimum, or an amount that one or two persons
///    make up and that is known to within the protection level of the p% rule (`narrow`).
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
    /// What the dominance rule keeps apart; see `Suppression.smallestRemainder`.
    var smallestRemainder = Suppression.smallestRemainder
    /// Persons without a place, where there are any.
    var unplaced: [Unplaced: Int] = [:]
    /// Indicators of which observations are answers of persons, one each; nil when that is not known.
    var ofAnswers: Set<String>?
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
  }

  private let figures: [AuditedFigure]
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
  }

  private mutating func attack() {
    let sums = allSums()
    for count in Count.allCases {
      let failing = knowledge.truth == nil ? failing(sums, count) : []
      let holding = sums.filter {
        isTrue($0, count) && (!$0.isOfPlaces || isTrue($0, .persons)) && !failing.contains($0.relation)
          && isKnownOrHidden($0, count)
      }
      let groups = Dictionary(grouping: holding) { sum in
        [figures[sum.total].key.indicator, figures[sum.total].key.period]
      }
      for group in groups.values where group.contains(where: hasUnknown) {
        solve(group, count)
        estimate(group, count)
      }
    }
  }

  // MARK: - Attacks

  /// Exact solutions.
  private mutating func solve(_ group: [Sum], _ count: Count) {
    var system = LinearSystem()
    for (number, sum) in group.enumerated() {
      let hidden = sum.parts.filter(isHidden)
      // Unknowns of their own, numbered behind the figures.
      let others = sum.unplaced > 0 ? [figures.count + number] : []
      system.add(hidden + others, total: isHidden(sum.total) ? sum.total : nil)
      if count == .persons, !hidden.isEmpty, !isHidden(sum.total) {
        let rest = remainder(sum, count)
        if rest > 0.5, rest < knowledge.minimum - 0.5 { few[sum.total] = ": \(sum.relation.layout)" }
      }
    }
    for unknown in system.solved {
      if unknown < figures.count {
        if isAboutPersons(unknown) { solved.insert(unknown) }
      } else if Double(group[unknown - figures.count].unplaced) < knowledge.minimum {
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
      let isTotalHidden = isHidden(sum.total)
      let known = isTotalHidden ? remainder(sum, count) : max(0, remainder(sum, count))
      system.add(sum.parts.filter(isHidden) + others, minus: isTotalHidden ? sum.total : nil, value: known)
    }
    let found = system.narrow { need(of: $0, count) }
    // Figures about nobody are hidden too; that there is nobody is no secret.
    narrow.formUnion(found.filter { $0.range.map { $0.upperBound > 0.5 } ?? true }.map(\.unknown))
  }

  private func need(of figure: Int, _ count: Count) -> HiddenSystem.Need? {
    guard figure < figures.count, isAboutPersons(figure) else { return nil }
    let row = knowledge.truth?[figures[figure].key]
    switch count {
    case .persons: return few.isEmpty || row != nil ? .width(knowledge.minimum) : nil
    case .measured:
      guard let row, row.measured > 0, knowledge.ofAnswers?.contains(row.indicator) == true else { return nil }
      return .width(knowledge.minimum)
    case .numerator:
      guard let amount = row?.numerator, amount > 0, let remainder = row?.remainder else { return nil }
      let level = max(0, knowledge.smallestRemainder - remainder) / (1 + remainder) * amount
      return level > 0 ? .reach(amount - level...amount + level) : nil
    case .denominator: return nil
    }
  }

  // MARK: - What is known

  private func hasUnknown(_ sum: Sum) -> Bool {
    sum.unplaced > 0 || isHidden(sum.total) || sum.parts.contains(where: isHidden)
  }

  private func isHidden(_ figure: Int) -> Bool { figures[figure].isHidden }

  private func isAboutPersons(_ figure: Int) -> Bool {
    knowledge.truth.map { ($0[figures[figure].key]?.persons ?? 1) > 0 } ?? true
  }

  /// Whether a sum holds in the figures as they were computed.
  private func isTrue(_ sum: Sum, _ count: Count) -> Bool {
    guard let truth = knowledge.truth else { return true }
    func number(_ figure: Int) -> Double? {
      truth[figures[figure].key].flatMap { AuditedFigure.numbers($0)[count] }
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

  private func isKnownOrHidden(_ sum: Sum, _ count: Count) -> Bool {
    (sum.parts + [sum.total]).allSatisfy { isHidden($0) || figures[$0].numbers[count] != nil }
  }

  /// The total, where it is known, without its known parts.
  private func remainder(_ sum: Sum, _ count: Count) -> Double {
    (figures[sum.total].numbers[count] ?? 0)
      - sum.parts.reduce(0) { $0 + (isHidden($1) ? 0 : figures[$1].numbers[count] ?? 0) }
  }

  /// Kinds of sum that do not add up somewhere: with everything known, or because the known parts are too large.
  private func failing(_ sums: [Sum], _ count: Count) -> Set<Relation> {
    var failing: Set<Relation> = []
    for sum in sums where !isHidden(sum.total) && isKnownOrHidden(sum, count) {
      let rest = remainder(sum, count)
      let slack = 1e-6 * max(1, abs(figures[sum.total].numbers[count] ?? 0))
      let isComplete = sum.unplaced == 0 && !sum.parts.contains(where: isHidden)
      if isComplete ? abs(rest) > slack : rest < -slack { failing.insert(sum.relation) }
    }
    return failing
  }

  // MARK: - Sums

  private func allSums() -> [Sum] {
    var numbers: [[String]: Int] = [:]
    var sums: [Sum] = []
    func add(
      _ part: Int, to id: [String], _ relation: Relation, below total: Key, unplaced: Int = 0, isOfPlaces: Bool = false
    ) {
      if let number = numbers[id] {
        sums[number].parts.append(part)
      } else if let total = position[total] {
        numbers[id] = sums.count
        sums.append(Sum(relation: relation, total: total, parts: [part], unplaced: unplaced, isOfPlaces: isOfPlaces))
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
        guard let whole = pair.wholeOfPart[key.unit] else { continue }
        var total = key
        (total.layout, total.unit) = (pair.wholes, whole)
        add(
          figure, to: ["within", key.indicator, key.period, key.stratum, key.layout, pair.wholes, whole],
          Relation(indicator: key.indicator, layout: "\(key.layout) in \(pair.wholes)", strata: ""), below: total,
          isOfPlaces: pair.parts == "provider")
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
    return sums
  }
}
