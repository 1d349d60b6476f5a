/// Plays the attacker: from the published files of all recipients together, and nothing else, tries to find out withheld
/// figures.
///
/// 1. A withheld figure has no number of its own, in its own file (`numbers`) or as the nation's or region's figure or the
///    reference measurement in another (`elsewhere`).
/// 2. Figures that add up are solved as one system of sums per indicator, period and count: the units of a layout make the
///    nation, the subdivisions of a unit make its whole. Which counts add up is learnt from tables in which nothing is
///    withheld; a sum that fails in one of them is not used. A withheld count with one solution is found (`solved`).
/// 3. Persons withheld together are at least the minimum (`few`).
///
/// Persons without a place are in no file, so that a sum over regions has them as one more unknown; when that can be solved
/// and is about fewer persons than the minimum, it is a disclosure too.
///
/// It does not look for narrow intervals, at layouts within layouts, or at earlier runs.
struct DisclosureAudit {
  /// What was found out.
  struct Disclosure: Equatable {
    enum Kind: String { case numbers, elsewhere, solved, few }
    let kind: Kind
    /// Whose figure and which, never the number.
    let figure: String
  }

  /// The smallest minimum that a pipeline may have.
  static let minimum = 10.0
  /// Counts that are never there for a figure that is not shown in full.
  private static let counts = ["persons", "measured", "numerator", "denominator"]
  /// Numbers of the figure itself; `target` comes from the definition.
  private static let own =
    counts + [
      "value", "standard_deviation", "lower95", "upper95", "lower998", "upper998", "expected", "ratio", "adjusted",
      "baseline_value", "change",
    ]
  /// Numbers that a rounded share keeps.
  private static let keptWhenRounded: Set<String> = ["value", "baseline_value", "change"]

  /// Persons without a place in a layout: they have figures, but are no recipient.
  struct Unplaced: Hashable {
    var indicator: String
    var period: String
    var stratum: String
    var layout: String
  }

  private struct Key: Hashable {
    var indicator: String
    var period: String
    var stratum: String
    var layout: String
    var unit: String
  }

  private let figures: [PublishedFigure]
  private let keys: [Key]
  private let position: [Key: Int]
  /// Persons without a place, where there are any.
  private let unplaced: [Unplaced: Int]

  /// What can be found out from these figures.
  static func disclosures(in figures: [PublishedFigure], unplaced: [Unplaced: Int] = [:]) -> [Disclosure] {
    let audit = DisclosureAudit(figures, unplaced)
    return audit.numbers() + audit.elsewhere() + audit.sums()
  }

  private init(_ figures: [PublishedFigure], _ unplaced: [Unplaced: Int]) {
    self.figures = figures
    self.unplaced = unplaced
    keys = figures.map {
      Key(
        indicator: $0.indicator, period: $0.fields["period"] ?? "", stratum: $0.fields["stratum"] ?? "",
        layout: $0.layout, unit: $0.unit)
    }
    position = Dictionary(zip(keys, keys.indices)) { first, _ in first }
  }

  private func protection(_ figure: Int) -> String { figures[figure].fields["protection"] ?? "none" }
  private func isWithheld(_ figure: Int) -> Bool { !["none", "rounded"].contains(protection(figure)) }

  private func disclosure(_ kind: Disclosure.Kind, _ figure: Int, _ detail: String = "") -> Disclosure {
    Disclosure(
      kind: kind, figure: "\(figures[figure].layout)/\(figures[figure].unit) \(figures[figure].id)\(detail)")
  }

  // MARK: - Numbers that stand somewhere

  private func numbers() -> [Disclosure] {
    figures.indices.flatMap { figure -> [Disclosure] in
      if protection(figure) == "none" { return [] }
      let kept = isWithheld(figure) ? [] : Self.keptWhenRounded
      let there = Self.own.filter { figures[figure].fields[$0] != nil && !kept.contains($0) }
      return there.isEmpty ? [] : [disclosure(.numbers, figure, ": \(there.joined(separator: ", "))")]
    }
  }

  private struct Same: Hashable {
    var indicator: String
    var stratum: String
    var place: String
    var period: String
  }

  private func elsewhere() -> [Disclosure] {
    // Values that are published: of a unit in any period, of any region in a period.
    var ofUnit: [Same: Set<String>] = [:]
    var ofRegions: [Same: Set<String>] = [:]
    for (figure, key) in keys.enumerated() {
      guard let value = figures[figure].fields["value"] else { continue }
      let unit = Same(indicator: key.indicator, stratum: key.stratum, place: "\(key.layout)/\(key.unit)", period: "")
      ofUnit[unit, default: []].insert(value)
      if key.layout != "provider" {
        let region = Same(indicator: key.indicator, stratum: key.stratum, place: "", period: key.period)
        ofRegions[region, default: []].insert(value)
      }
    }
    let hasNation = keys.contains { $0.layout == "nation" }
    let hasRegions = keys.contains { $0.layout != "nation" && $0.layout != "provider" }
    return figures.indices.flatMap { figure -> [Disclosure] in
      let key = keys[figure]
      let fields = figures[figure].fields
      let unit = Same(indicator: key.indicator, stratum: key.stratum, place: "\(key.layout)/\(key.unit)", period: "")
      let all = Same(indicator: key.indicator, stratum: key.stratum, place: "", period: key.period)
      var found: [Disclosure] = []
      if let before = fields["baseline_value"], ofUnit[unit]?.contains(before) != true {
        found.append(disclosure(.elsewhere, figure, ": baseline_value"))
      }
      for (name, isPublished) in [("nation_value", hasNation), ("region_value", hasRegions)] {
        if isPublished, let value = fields[name], ofRegions[all]?.contains(value) != true {
          found.append(disclosure(.elsewhere, figure, ": \(name)"))
        }
      }
      return found
    }
  }

  // MARK: - Sums

  /// A kind of sum of an indicator: units of a layout, or subdivisions by a key.
  private struct Relation: Hashable {
    var indicator: String
    var layout: String
    var strata: String
  }

  private struct Sum {
    let relation: Relation
    let period: String
    let total: Int
    var parts: [Int]
    /// Persons who are in the total and in none of the parts.
    var unplaced = 0
  }

  private func sums() -> [Disclosure] {
    let sums = allSums()
    var solved: Set<Int> = []
    var few: [Int: String] = [:]
    for count in Self.counts {
      let failing = failing(sums, count)
      let holding = sums.filter { !failing.contains($0.relation) && isKnownOrHidden($0, count) }
      for group in Dictionary(grouping: holding, by: { [$0.relation.indicator, $0.period] }).values {
        var system = LinearSystem()
        for (number, sum) in group.enumerated() {
          let hidden = sum.parts.filter(isHidden)
          // Unknowns of their own, numbered behind the figures.
          let others = sum.unplaced > 0 ? [figures.count + number] : []
          system.add(hidden + others, total: isHidden(sum.total) ? sum.total : nil)
          if count == "persons", !hidden.isEmpty, !isHidden(sum.total) {
            let rest = remainder(sum, count)
            if rest > 0.5, rest < Self.minimum - 0.5 { few[sum.total] = ": \(sum.relation.layout)" }
          }
        }
        for unknown in system.solved {
          if unknown < figures.count {
            solved.insert(unknown)
          } else if Double(group[unknown - figures.count].unplaced) < Self.minimum {
            let sum = group[unknown - figures.count]
            few[sum.total] = ": \(sum.relation.layout)"
          }
        }
      }
    }
    return solved.sorted().map { disclosure(.solved, $0) }
      + few.sorted { $0.key < $1.key }.map { disclosure(.few, $0.key, $0.value) }
  }

  private func isHidden(_ figure: Int) -> Bool { protection(figure) != "none" }

  private func isKnownOrHidden(_ sum: Sum, _ count: String) -> Bool {
    (sum.parts + [sum.total]).allSatisfy { isHidden($0) || figures[$0].number(count) != nil }
  }

  /// The total without its known parts.
  private func remainder(_ sum: Sum, _ count: String) -> Double {
    (figures[sum.total].number(count) ?? 0)
      - sum.parts.reduce(0) { $0 + (isHidden($1) ? 0 : figures[$1].number(count) ?? 0) }
  }

  /// Kinds of sum that do not add up somewhere: with everything known, or because the known parts are too large.
  private func failing(_ sums: [Sum], _ count: String) -> Set<Relation> {
    var failing: Set<Relation> = []
    for sum in sums where !isHidden(sum.total) && isKnownOrHidden(sum, count) {
      let rest = remainder(sum, count)
      let slack = 1e-6 * max(1, abs(figures[sum.total].number(count) ?? 0))
      let isComplete = sum.unplaced == 0 && !sum.parts.contains(where: isHidden)
      if isComplete ? abs(rest) > slack : rest < -slack { failing.insert(sum.relation) }
    }
    return failing
  }

  private func allSums() -> [Sum] {
    var numbers: [[String]: Int] = [:]
    var sums: [Sum] = []
    func add(_ part: Int, to id: [String], _ relation: Relation, below total: Key) {
      if let number = numbers[id] {
        sums[number].parts.append(part)
      } else if let total = position[total] {
        numbers[id] = sums.count
        let key = keys[part]
        let place = Unplaced(
          indicator: key.indicator, period: key.period, stratum: key.stratum, layout: key.layout)
        sums.append(
          Sum(
            relation: relation, period: key.period, total: total, parts: [part], unplaced: unplaced[place] ?? 0))
      }
    }
    guard let nation = keys.first(where: { $0.layout == "nation" })?.unit else { return strataSums() }
    for (figure, key) in keys.enumerated() where key.layout != "nation" {
      var total = key
      (total.layout, total.unit) = ("nation", nation)
      add(
        figure, to: [key.indicator, key.period, key.stratum, key.layout],
        Relation(indicator: key.indicator, layout: key.layout, strata: ""), below: total)
    }
    return sums + strataSums()
  }

  private func strataSums() -> [Sum] {
    var numbers: [Key: Int] = [:]
    var sums: [Sum] = []
    for (figure, key) in keys.enumerated() where !key.stratum.isEmpty {
      let name = String(key.stratum.prefix { $0 != "=" })
      var id = key
      id.stratum = name
      var total = key
      total.stratum = ""
      if let number = numbers[id] {
        sums[number].parts.append(figure)
      } else if let total = position[total] {
        numbers[id] = sums.count
        let relation = Relation(indicator: key.indicator, layout: "", strata: name)
        sums.append(Sum(relation: relation, period: key.period, total: total, parts: [figure]))
      }
    }
    return sums
  }
}
