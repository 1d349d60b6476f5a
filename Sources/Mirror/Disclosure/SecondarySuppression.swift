import CoreDataset
import Definitions
import Workspace

extension Suppression {
  /// Rule 6. Periods are done alone, and in each the indicators that share no number.
  mutating func hideParts(jobs: Int) {
    let all = tables()
    for table in all where table.isOfProviders && table.isOfRegion && isSameGroup(table) { hideFewProviders(table) }
    for table in all where isOfInsurer(table) { hideFewMoved(table) }
    let figures = Dictionary(grouping: index.keys.indices.filter { index.keys[$0] != nil }) {
      index.keys[$0]?.period ?? 0
    }
    .mapValues { Dictionary(grouping: $0) { index.keys[$0]?.indicator ?? 0 } }
    let tablesOf = Dictionary(grouping: all) { index.keys[$0.total]?.withoutUnit }
    let groups = figures.sorted { $0.key < $1.key }.flatMap { period, figures in
      linked(figures.keys.sorted(), figures).map { (period: period, indicators: $0) }
    }
    let before = self
    // Nothing in it can fail.
    let found = try? inParallel(groups.count, jobs: jobs) { number in
      let group = groups[number]
      var alone = before
      let own = figures[group.period] ?? [:]
      let tables = group.indicators.flatMap {
        tablesOf[FigureKey(indicator: $0, period: group.period, stratum: 0, unit: 0)] ?? []
      }
      alone.hide(group.indicators, own, tables)
      return group.indicators.flatMap { own[$0] ?? [] }.map { ($0, alone.protections[$0]) }
    }
    for (position, protection) in (found ?? []).joined() { protections[position] = protection }
  }

  private mutating func hide(_ indicators: [Int32], _ figures: [Int32: [Int]], _ tables: [Sum]) {
    let isAnyHidden = indicators.contains { figures[$0]?.contains(where: isHidden) == true }
    guard isAnyHidden || tables.contains(where: \.leavesRest) else { return }
    let quantities = quantities(of: indicators, figures, tables)
    let ofProviders = tables.filter { $0.isOfProviders && (holds($0, .persons) || holds($0, .numerator)) }
    _ = hide(inAll: ofProviders)
    // Ends: each round hides at least one more figure.
    repeat {
      for quantity in quantities { while protect(quantity) {} }
    } while hide(inAll: ofProviders)
  }

  /// Rule 4 for care providers who are recipients: the euros of a region to which fewer than three contribute, or of which
  /// the second can estimate the first by the p% rule, tell one provider of another.
  private mutating func hideFewProviders(_ table: Sum) {
    guard dominance.fewestProviders > 1, protections[table.total] == .none, hasAmount(table.total) else { return }
    let amounts = table.parts.map { abs(rows[$0].summed ?? 0) }.filter { $0 > 0 }.sorted(by: >)
    guard let first = amounts.first else { return }
    let rest = amounts.dropFirst(2).reduce(0, +)
    if amounts.count < dominance.fewestProviders || rest < dominance.p * first {
      protections[table.total] = .dominance
    }
  }

  /// Who changes insurer during a year is with the one in the subdivision and with both in the layout: where these are few,
  /// the one figure taken off the other would tell of them.
  private mutating func hideFewMoved(_ table: Sum) {
    guard table.parts.count == 1, let part = table.parts.first, isSameGroup(table) else { return }
    if rows[part].persons != rows[table.total].persons, protections[part] == .none { protections[part] = .fewPersons }
  }

  private func isSameGroup(_ table: Sum) -> Bool { holds(table, .persons) }

  /// Whether there is something hidden: a figure without persons hides nothing.
  private func isHidden(_ position: Int) -> Bool { protections[position] != .none && rows[position].persons > 0 }

  // MARK: - Sums

  /// Hides more until every hidden cell of a quantity that needs it can lie far enough from the truth, whatever the sums
  /// say. True when more was hidden than was looked at.
  private mutating func protect(_ quantity: Quantity) -> Bool {
    var didHideAround = false
    let needs = quantity.cells.indices.compactMap { cell in need(of: cell, quantity).map { (cell: cell, need: $0) } }
    if needs.isEmpty || quantity.sums.isEmpty { return false }
    let linked = Set(quantity.sums.flatMap { $0.parts + [$0.total] })
    var program = CellProgram(quantity.cells.map { freedom(of: $0, quantity.kind) }, quantity.sums)
    var up = [Double](repeating: 0, count: quantity.cells.count)
    var down = up
    // The longest way first: on it others move far enough too.
    for (cell, need) in needs.sorted(by: { ($1.need.up + $1.need.down, $0.cell) < ($0.need.up + $0.need.down, $1.cell) }
    )
    where linked.contains(cell) {
      for distance in [need.up, -need.down] where distance != 0 {
        let isFar = distance > 0 ? up[cell] >= distance : down[cell] >= -distance
        if isFar || need.isOfWidth && up[cell] + down[cell] >= need.up + need.down { continue }
        guard let moves = program.cheapest(moving: cell, by: distance) else {
          if hideAround(cell, quantity) { didHideAround = true }
          continue
        }
        program.set(moves.map { hide($0, quantity) })
        for move in moves {
          up[move.cell] = max(up[move.cell], move.distance)
          down[move.cell] = max(down[move.cell], -move.distance)
        }
      }
    }
    return didHideAround
  }

  /// Hides the figures of a cell that moves. Gives back what it costs from now on.
  private mutating func hide(_ move: CellProgram.Move, _ quantity: Quantity) -> (
    cell: Int, inClass: Double, beyond: Double
  ) {
    let cell = quantity.cells[move.cell]
    for figure in cell.figures {
      if quantity.kind == .numerator, let measure = measure(figure), measure.isShareOfPersons {
        if move.isBeyondClass {
          if !protections[figure].isWithheld { protections[figure] = .secondary }
        } else if protections[figure] == .none {
          protections[figure] = .rounded
        }
      } else if protections[figure] == .none {
        protections[figure] = protection(for: figure)
      }
    }
    let freedom = freedom(of: cell, quantity.kind)
    return (move.cell, freedom.costInClass, freedom.cost)
  }

  /// Where no cell can make up for another, because sums do not hold exactly, everything that could tell is hidden. True when
  /// anything was left.
  private mutating func hideAround(_ cell: Int, _ quantity: Quantity) -> Bool {
    let sums = quantity.sums.filter { $0.total == cell || $0.parts.contains(cell) }
    let figures = Set(sums.flatMap { $0.parts + [$0.total] }.flatMap { quantity.cells[$0].figures })
      .filter { rows[$0].persons > 0 && !protections[$0].isWithheld && !isUnplaced($0) }
    for figure in figures { protections[figure] = .secondary }
    return !figures.isEmpty
  }

  /// How far a cell must be able to move; nil when it is published, or may be known.
  private func need(of cell: Int, _ quantity: Quantity) -> CellProgram.Need? {
    let cell = quantity.cells[cell]
    if cell.rest > 0 { return need(ofRest: cell, quantity.kind) }
    guard let figure = cell.figures.first, cell.figures.allSatisfy({ protections[$0] != .none || isUnplaced($0) }),
      let measure = measure(figure)
    else { return nil }
    let row = rows[figure]
    let least = Double(minimum)
    // What many people without a place have together may be known: no file has it, and it is not withheld.
    let isShown = cell.figures.allSatisfy { isUnplaced($0) && protections[$0] == .none }
    if isShown { return nil }
    switch quantity.kind {
    case .persons, .measured:
      guard cell.value > 0 else { return nil }
      let isDifference = cell.figures.contains { protections[$0] == .fewPersons && !isFew($0) }
      return cell.value < least || isDifference ? .width(least, around: cell.value, from: 0) : nil
    case .numerator where measure.isShareOfPersons:
      guard row.ofHowMany > 0 else { return nil }
      let width = HiddenSystem.Need.width(ofShare: row, minimum: least) ?? min(1, row.ofHowMany)
      return .width(
        width, around: cell.value, from: shareClass(figure).map { $0.range.lowerBound * row.ofHowMany } ?? 0)
    case .numerator:
      guard cell.value != 0 else { return nil }
      let needs = cell.figures.compactMap { dominance.need(of: rows[$0], minimum: least) }
      switch needs.first {
      case .reach(let range)?:
        return CellProgram.Need(up: range.upperBound - cell.value, down: min(cell.value, cell.value - range.lowerBound))
      case .width(let width)?: return .width(width, around: cell.value, from: 0)
      case nil: return .width(1, around: cell.value, from: 0)
      }
    case .total: return row.persons > 0 ? .width(1, around: 1, from: 0) : nil
    }
  }

  /// The same for few persons of other places, who are nobody's figure: what is published of a region and of the parts in it
  /// may not tell of them. Of euros the p% rule stands for what one of them has.
  private func need(ofRest cell: Quantity.Cell, _ kind: Quantity.Kind) -> CellProgram.Need? {
    let least = Double(minimum)
    guard cell.rest < minimum, cell.value != 0 || kind == .numerator && cell.missing > 0 else { return nil }
    switch kind {
    case .persons, .measured: return .width(least, around: cell.value, from: 0)
    case .numerator where cell.missing > 0: return .width(min(least, cell.missing), around: cell.value, from: 0)
    case .numerator: return CellProgram.Need(up: dominance.p * abs(cell.value), down: dominance.p * max(0, cell.value))
    case .total: return .width(1, around: 1, from: 0)
    }
  }

  /// Whether the threshold itself withholds a figure; else it is hidden for what earlier runs showed.
  private func isFew(_ figure: Int) -> Bool {
    Self.primary(rows[figure], measure(figure), minimum: minimum, dominance) == .fewPersons
  }

  func measure(_ figure: Int) -> MeasureKind? { index.keys[figure].map { measures[Int($0.indicator)] } }

  /// Persons without a place are nobody's recipient.
  private func isUnplaced(_ figure: Int) -> Bool { rows[figure].unit == RegionLayout.unplaced }

  /// The class that a share would be published in.
  private func shareClass(_ figure: Int) -> ShareClass? {
    switch protections[figure] {
    case .none, .rounded: ShareClass(of: rows[figure], minimum: minimum)
    default: nil
    }
  }

  /// What a cell may do. It is hidden when all its figures are.
  private func freedom(of cell: Quantity.Cell, _ kind: Quantity.Kind) -> CellProgram.Freedom {
    var freedom = CellProgram.Freedom()
    let open = cell.figures.filter { !protections[$0].isWithheld && !isUnplaced($0) }
    let isShare = kind == .numerator && cell.figures.first.flatMap(measure)?.isShareOfPersons == true
    if cell.rest > 0 {
      freedom.up.beyond = cell.missing > 0 ? max(0, cell.missing - cell.value) : .infinity
      freedom.down.beyond = kind == .total ? .infinity : max(0, cell.value)
      return freedom
    }
    if cell.figures.isEmpty {
      // Few persons are missing of the total, or too many are in its parts: they make no room for others.
      freedom.down.beyond = max(0, cell.value) + max(0, -cell.missing)
      freedom.up.beyond = max(0, cell.missing - cell.value)
      return freedom
    }
    guard let figure = cell.figures.first, isShare else {
      // That there is nothing is easily guessed.
      if cell.value == 0 && kind != .total { return freedom }
      let isFree = kind == .total || cell.value < 0
      freedom.up.beyond = .infinity
      freedom.down.beyond = isFree ? .infinity : cell.value
      freedom.cost = open.filter { protections[$0] == .none }.reduce(0) { $0 + worth($1) }
      return freedom
    }
    let whole = rows[figure].ofHowMany
    (freedom.up.beyond, freedom.down.beyond) = (max(0, whole - cell.value), cell.value)
    freedom.cost = open.reduce(0) { $0 + worth($1) }
    if let shown = shareClass(figure) {
      freedom.up.inClass = max(0, shown.range.upperBound * whole - cell.value)
      freedom.down.inClass = max(0, cell.value - shown.range.lowerBound * whole)
      freedom.up.beyond = max(0, freedom.up.beyond - freedom.up.inClass)
      freedom.down.beyond = max(0, freedom.down.beyond - freedom.down.inClass)
      freedom.costInClass = protections[figure] == .none ? freedom.cost / 2 : 0
    }
    return freedom
  }

  /// What is lost when a figure is hidden: more with more persons, and most of all the nation's.
  private func worth(_ figure: Int) -> Double {
    var bits = 0
    while bits < 40 && rows[figure].persons >> bits > 0 { bits += 1 }
    // Of as many persons the smallest amount tells least.
    let amount = abs(rows[figure].numerator ?? 0)
    let size = Double(bits) + Double(rows[figure].persons) / Double(1 << bits) + 0.1 * amount / (amount + 1000)
    guard let key = index.keys[figure], key.unit == 0 else { return size }
    return size * (key.stratum == 0 ? 50 : 5)
  }

  // MARK: - Care providers

  /// What is hidden of the parts of a table.
  private struct HiddenParts {
    var count = 0
    var persons = 0
    /// Persons of the largest.
    var most = 0
    /// Those with euros or events: an amount beside which only amounts of 0 are hidden is not hidden.
    var amounts = 0
  }

  private func hiddenParts(_ table: Sum) -> HiddenParts {
    table.parts.filter(isHidden).reduce(into: HiddenParts()) { hidden, part in
      hidden.count += 1
      hidden.persons += rows[part].persons
      hidden.most = max(hidden.most, rows[part].persons)
      if hasAmount(part) { hidden.amounts += 1 }
    }
  }

  /// Whether the hidden parts of a published total are too few. A provider takes its own figure off the sum: what is hidden
  /// of the others must be enough without it.
  private func isTooLittle(_ table: Sum) -> Bool {
    let hidden = hiddenParts(table)
    guard protections[table.total] == .none, hidden.count > 0 else { return false }
    return hidden.count < 3 || hidden.persons - hidden.most < minimum || hidden.amounts == 1
  }

  /// The same in tables of providers until nothing changes. True when it hid any.
  private mutating func hide(inAll tables: [Sum]) -> Bool {
    var didHide = false
    var changed = true
    while changed {
      changed = false
      for table in tables where hide(in: table) { changed = true }
      didHide = didHide || changed
    }
    return didHide
  }

  /// Hides providers beside hidden ones until their neighbours do not know them, the smallest first; where there are too
  /// few, the total. True when it hid any.
  private mutating func hide(in table: Sum) -> Bool {
    guard isTooLittle(table) else { return false }
    let candidates = table.parts.filter { protections[$0] == .none && rows[$0].persons > 0 }
      .sorted {
        // Of as many persons the smallest amount tells least.
        (hasAmount($0) ? 0 : 1, rows[$0].persons, rows[$0].numerator ?? 0, rows[$0].unit)
          < (hasAmount($1) ? 0 : 1, rows[$1].persons, rows[$1].numerator ?? 0, rows[$1].unit)
      }
    var didHide = false
    for part in candidates where isTooLittle(table) {
      protections[part] = protection(for: part)
      didHide = true
    }
    if isTooLittle(table) {
      protections[table.total] = protection(for: table.total)
      didHide = true
    }
    return didHide
  }

  /// Whether there are euros or events to hide.
  func hasAmount(_ position: Int) -> Bool {
    guard let measure = measure(position), !measure.isShareOfPersons else { return false }
    return rows[position].remainder != nil || (rows[position].contributors ?? 0) > 0
  }

  /// Hides a figure for the sake of others: a share with a large denominator by rounding, as far as that is enough.
  private func protection(for position: Int) -> Protection {
    guard measure(position)?.isShareOfPersons == true else { return .secondary }
    return Self.hiddenShare(rows[position], minimum: minimum) ?? .secondary
  }
}
