import CoreDataset
import Definitions
import Workspace

extension Suppression {
  /// Rule 5. Figures of different indicators and periods do not add up to each other: each group is done alone.
  mutating func hideParts(jobs: Int) {
    let all = tables()
    for table in all where table.isOfProviders && table.isOfRegion { hideFewProviders(table) }
    for table in all where table.parts.count == 1 && isOfInsurer(table) { hideFewMoved(table) }
    hideCounts(all)
    let groups = Dictionary(grouping: all.indices) { index.keys[all[$0].total]?.withoutUnit }.values
      .map { $0.sorted() }.sorted { $0[0] < $1[0] }
    let before = self
    // Nothing in it can fail.
    let found = try? inParallel(groups.count, jobs: jobs) { group in
      var alone = before
      let tables = groups[group].map { all[$0] }
      alone.hide(inAll: tables)
      return Set(tables.flatMap { $0.parts + [$0.total] }).map { ($0, alone.protections[$0]) }
    }
    for (position, protection) in (found ?? []).joined() { protections[position] = protection }
  }

  /// Figures of indicators on the same persons hide the same numbers of persons: if one hid a second region beside a small
  /// one and the other a third, each would show what the other hides. So the persons of each such group of indicators are
  /// protected first, once, and every indicator begins with what that hides.
  private mutating func hideCounts(_ tables: [Sum]) {
    var units: [FigureKey: [Int32: Int]] = [:]
    for (position, key) in index.keys.enumerated() {
      guard let key, key.stratum == 0 else { continue }
      units[key.withoutUnit, default: [:]][key.unit] = rows[position].persons
    }
    var tablesOf: [FigureKey: [Sum]] = [:]
    for table in tables {
      if let key = index.keys[table.total]?.withoutUnit { tablesOf[key, default: []].append(table) }
    }
    // The indicator with the most subdivisions speaks for the others.
    let groups = Dictionary(grouping: units.keys) { key in units[key].map { [key.period: $0] } }
      .values.map { $0.sorted { ($0.period, $0.indicator) < ($1.period, $1.indicator) } }
      .sorted { ($0[0].period, $0[0].indicator) < ($1[0].period, $1[0].indicator) }
    for group in groups where group.count > 1 {
      let sizes = group.map { tablesOf[$0]?.count ?? 0 }
      guard let most = sizes.max(), let place = sizes.firstIndex(of: most) else { continue }
      let first = group[place]
      var counts = self
      counts.isOfCounts = true
      let tables = tablesOf[first] ?? []
      let figures = Set(tables.flatMap { $0.parts + [$0.total] })
      for position in figures {
        if protections[position] != .fewPersons { counts.protections[position] = .none }
      }
      counts.hide(inAll: tables)
      for position in figures where counts.protections[position] != .none {
        for indicator in group {
          guard var key = index.keys[position] else { continue }
          key.indicator = indicator.indicator
          guard let same = index.row[key].map(Int.init), protections[same] == .none else { continue }
          protect(same)
        }
      }
    }
  }

  /// Rule 4 for care providers who are recipients: the euros of a region to which fewer than three contribute, or of which
  /// the second can estimate the first by the p% rule, tell one provider of another.
  private mutating func hideFewProviders(_ table: Sum) {
    guard dominance.fewestProviders > 1, protections[table.total] == .none, hasAmount(table.total) else { return }
    let amounts = table.parts.map { abs(rows[$0].numerator ?? 0) }.filter { $0 > 0 }.sorted(by: >)
    guard let first = amounts.first else { return }
    let rest = amounts.dropFirst(2).reduce(0, +)
    if amounts.count < dominance.fewestProviders || rest < dominance.p * first {
      protections[table.total] = .dominance
    }
  }

  /// Who changes insurer during a year is with the one in the subdivision and with both in the layout: where these are few,
  /// the one figure taken off the other would tell of them.
  private mutating func hideFewMoved(_ table: Sum) {
    let part = table.parts[0]
    if rows[part].persons != rows[table.total].persons, protections[part] == .none { protections[part] = .fewPersons }
  }

  private mutating func hide(inAll tables: [Sum]) {
    guard tables.contains(where: { isHidden($0.total) || $0.parts.contains(where: isHidden) }) else { return }
    // Regions and subdivisions before the nation: what they need hidden may be enough for the nation, and not the other
    // way round.
    let outer = tables.filter { !$0.isOfRegion && index.keys[$0.total]?.unit == 0 && !$0.isOfStrata }
    let inner = tables.filter { $0.isOfRegion || $0.isOfStrata || index.keys[$0.total]?.unit != 0 }
    // Ends: each round hides at least one more figure, or more of it.
    var rounds = 0
    repeat {
      rounds += 1
      var changed = true
      while changed {
        changed = false
        for table in inner where hide(in: table) { changed = true }
        if changed { continue }
        for table in outer where hide(in: table) { changed = true }
      }
    } while hideBesideNarrow(tables, isHasty: isOfCounts && rounds > Self.mostCarefulRounds)
  }

  private func hiddenFigures(_ tables: [Sum]) -> Set<Int> {
    var hidden: Set<Int> = []
    for table in tables {
      hidden.formUnion(table.parts.filter(isHidden))
      if isHidden(table.total) { hidden.insert(table.total) }
    }
    return hidden
  }

  private var kinds: [Attack.Kind] { isOfCounts ? [.persons] : Attack.Kind.allCases }

  /// Whether there is something hidden: a figure without persons hides nothing.
  private func isHidden(_ position: Int) -> Bool { protections[position] != .none && rows[position].persons > 0 }

  /// Hides more beside each hidden figure that the sums of all tables give back too narrowly. True when it hid any.
  private mutating func hideBesideNarrow(_ tables: [Sum], isHasty: Bool) -> Bool {
    let hidden = hiddenFigures(tables)
    for kind in kinds {
      guard let attack = attack(kind, on: hidden.sorted(), tables) else { continue }
      let narrow = attack.system.narrow { attack.needs[$0] }.map { attack.position($0.unknown) }
      if narrow.isEmpty { continue }
      // A rounded value that gives a numerator away goes first: often nothing else need go.
      let rounded = attack.perFigure > 1 ? narrow.filter { protections[$0] == .rounded } : []
      for position in rounded { protections[position] = .secondary }
      // Then one figure at a time, for it may be enough for the others too.
      if !rounded.isEmpty || hideMore(beside: narrow, attack.kind, hidden, tables, isHasty) { return true }
    }
    return false
  }

  /// Hides one more figure for the sake of the first of these that anything can be done for: the smallest with which no
  /// interval of it is too narrow any more, else the smallest part of a sum that it is in, or of one that shares a hidden
  /// figure with it; the nation only where nothing else is left. In haste the latter for each of them. False when nothing is
  /// left at all.
  private mutating func hideMore(
    beside narrow: [Int], _ kind: Attack.Kind, _ hidden: Set<Int>, _ tables: [Sum], _ isHasty: Bool
  ) -> Bool {
    var didHide = false
    for position in narrow {
      let own = tables.filter { $0.total == position || $0.parts.contains(position) }
      let linked = Set(own.flatMap { $0.parts + [$0.total] }).intersection(hidden)
      let near = tables.filter { linked.contains($0.total) || !linked.isDisjoint(with: $0.parts) }
      let first = choices(in: own)
      let all = first + choices(in: near).filter { !first.contains($0) }
      for choice in isHasty ? [] : all {
        let before = protections[choice]
        protections[choice] = before == .rounded ? .secondary : protection(for: choice)
        let again = attack(kind, on: hidden.union([choice]).sorted(), tables)
        let isNarrow = again.map { attack in
          !attack.system.narrow { attack.position($0) == position ? attack.needs[$0] : nil }.isEmpty
        }
        if isNarrow == true {
          protections[choice] = before
        } else {
          return true
        }
      }
      let wholes = Set(own.map(\.total)).filter { rows[$0].persons > 0 && !protections[$0].isWithheld }
      if let choice = all.first ?? wholes.min() {
        protections[choice] = protections[choice] == .rounded ? .secondary : protection(for: choice)
        if !isHasty { return true }
        didHide = true
      }
    }
    return didHide
  }

  /// So often the least that will do is looked for where persons are protected; where that is not enough nearly everything
  /// is hidden anyway, and going on a figure at a time would take minutes.
  private static let mostCarefulRounds = 20

  /// What may be hidden in some tables: rounded values first, each no more than half a figure; then the smallest parts and
  /// the totals of regions. The nation goes only where nothing else is left.
  private func choices(in tables: [Sum]) -> [Int] {
    func visible(_ figures: [Int]) -> [Int] {
      Set(figures).filter { rows[$0].persons > 0 && !protections[$0].isWithheld }
        .sorted {
          (protections[$0] == .rounded ? 0 : 1, rows[$0].persons, $0)
            < (protections[$1] == .rounded ? 0 : 1, rows[$1].persons, $1)
        }
    }
    let totals = Set(tables.map(\.total))
    let parts = visible(tables.flatMap(\.parts).filter { !totals.contains($0) }).prefix(Self.mostChoices)
    let regions = visible(totals.filter { index.keys[$0]?.unit != 0 })
    return Array(parts) + regions
  }

  /// Most parts that are tried.
  private static let mostChoices = 6

  /// What is hidden of the parts of a table.
  private struct HiddenParts {
    var count = 0
    var persons = 0
    /// Persons of the largest.
    var most = 0
    /// Those with euros or events: an amount beside which only amounts of 0 are hidden is not hidden.
    var amounts = 0
  }

  private func add(_ part: Int, to hidden: inout HiddenParts) {
    hidden.count += 1
    hidden.persons += rows[part].persons
    hidden.most = max(hidden.most, rows[part].persons)
    if hasAmount(part) { hidden.amounts += 1 }
  }

  private func hiddenParts(_ table: Sum) -> HiddenParts {
    table.parts.reduce(into: HiddenParts()) { if isHidden($1) { add($1, to: &$0) } }
  }

  /// Whether the hidden parts of a published total are too few. A provider takes its own figure off the sum: what is hidden
  /// of the others must be enough without it.
  private func isTooLittle(_ hidden: HiddenParts, _ table: Sum) -> Bool {
    hidden.count < 2 || hidden.persons < minimum || hidden.amounts == 1
      || table.isOfProviders && (hidden.count < 3 || hidden.persons - hidden.most < minimum)
  }

  /// The same, and whether a region is hidden of which all parts are shown.
  private func isTooLittle(_ table: Sum) -> Bool {
    let hidden = hiddenParts(table)
    if protections[table.total] == .none { return hidden.count > 0 && isTooLittle(hidden, table) }
    return table.isOfRegion && hidden.count == 0 && table.parts.contains { rows[$0].persons > 0 }
  }

  /// Hides parts of one table until its hidden parts cannot be computed. True when it hid any.
  private mutating func hide(in table: Sum) -> Bool {
    let parts = table.parts
    guard protections[table.total] == .none else { return table.isOfRegion && hideOne(of: parts) }
    var hidden = hiddenParts(table)
    guard hidden.count > 0, isTooLittle(hidden, table) else { return false }
    let candidates = parts.filter { protections[$0] == .none && rows[$0].persons > 0 }
      .sorted {
        // Of as many persons the smallest amount tells least.
        (hasAmount($0) ? 0 : 1, rows[$0].persons, rows[$0].numerator ?? 0, rows[$0].unit, rows[$0].stratum)
          < (hasAmount($1) ? 0 : 1, rows[$1].persons, rows[$1].numerator ?? 0, rows[$1].unit, rows[$1].stratum)
      }
    var didHide = false
    for part in candidates where isTooLittle(hidden, table) {
      protect(part)
      add(part, to: &hidden)
      didHide = true
    }
    if table.isOfRegion, isTooLittle(hidden, table) {
      protect(table.total)
      didHide = true
    }
    return didHide
  }

  /// Whether there are euros or events to hide.
  func hasAmount(_ position: Int) -> Bool {
    guard !isOfCounts, let key = index.keys[position], !measures[Int(key.indicator)].isShareOfPersons else {
      return false
    }
    return rows[position].remainder != nil || (rows[position].contributors ?? 0) > 0
  }

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

  /// Hides a figure for the sake of others: a share with a large denominator by rounding, as far as that is enough.
  private mutating func protect(_ position: Int) { protections[position] = protection(for: position) }

  private func protection(for position: Int) -> Protection {
    let measure = index.keys[position].map { measures[Int($0.indicator)] }
    guard measure?.isShareOfPersons == true, !isOfCounts else { return .secondary }
    return Self.hiddenShare(rows[position], minimum: minimum) ?? .secondary
  }
}
