import CoreDataset
import Definitions

extension Suppression {
  /// A number that figures have and that adds up: of one indicator in one period, or of several of which it is the same in
  /// every unit, as the persons of two indicators on the same population are. Where one of them shows it, all do.
  struct Quantity {
    enum Kind: CaseIterable {
      case persons
      /// Observations that entered, of measures of answers.
      case measured
      /// Euros, events, or the persons of a share to whom it applies.
      case numerator
      /// A mean times its observations, which adds up where means do not.
      case total
    }

    /// What an attacker wants to know: the number of a unit and stratum.
    struct Cell {
      /// The figures that have it; none where it is what is missing of a total.
      var figures: [Int] = []
      let value: Double
      /// Of how many persons or answers the missing is a share; negative where parts have more than the total.
      var missing = 0.0
      /// Persons of other places whom the total has besides its parts; 0 where there is no such place.
      var rest = 0
    }

    let kind: Kind
    var cells: [Cell] = []
    /// Totals with their parts, by cell.
    var sums: [(total: Int, parts: [Int])] = []
  }

  /// A number of an indicator, for the comparison with those of others.
  private struct Number: Hashable {
    var kind: Quantity.Kind
    var indicator: Int32
  }

  private struct CellKey: Hashable {
    var unit: Int32
    var stratum: Int32
    /// Bits of the number: where it differs between indicators in a subdivision, these are different cells.
    var value: UInt64
  }

  /// The number of a kind that a row has; 0 where there is nobody, nil where it has none.
  func number(_ kind: Quantity.Kind, _ row: ResultRow, _ measure: MeasureKind) -> Double? {
    switch kind {
    case .persons: return Double(row.persons)
    case .measured: return measure.isOfAnswers ? Double(row.measured) : nil
    case .numerator:
      if let summed = row.summed { return summed }
      if row.persons == 0 { return 0 }
      return measure.isShareOfPersons ? row.value.map { ($0 * row.ofHowMany).rounded() } : nil
    case .total:
      // Gains beside euros may be negative, as scores may.
      if row.amount != nil { return row.numerator }
      guard row.numerator == nil, !measure.isShareOfPersons else { return nil }
      return row.persons == 0 ? 0 : row.value.map { $0 * Double(row.measured) }
    }
  }

  /// The quantities of some indicators in one period, those that several have first: what is hidden for them is hidden for
  /// all, and what one indicator hides besides for its own sake cannot undo that.
  func quantities(of indicators: [Int32], _ figures: [Int32: [Int]], _ tables: [Sum]) -> [Quantity] {
    var numbersOfSignature: [[Int32: UInt64]: [Number]] = [:]
    var own: [Number] = []
    for indicator in indicators {
      for kind in Quantity.Kind.allCases {
        let number = Number(kind: kind, indicator: indicator)
        guard let signature = signature(number, figures[indicator] ?? []) else { continue }
        if isShareable(number) && signature.count(where: { $0.value != 0 }) > 1 {
          numbersOfSignature[signature, default: []].append(number)
        } else {
          own.append(number)
        }
      }
    }
    let shared = numbersOfSignature.values.map { $0.sorted(by: Self.isBefore) }.sorted { Self.isBefore($0[0], $1[0]) }
    return (shared.filter { $0.count > 1 } + shared.filter { $0.count == 1 } + own.map { [$0] })
      .map { quantity($0, figures, tables) }
  }

  private static func isBefore(_ a: Number, _ b: Number) -> Bool {
    (kinds.firstIndex(of: a.kind) ?? 0, a.indicator) < (kinds.firstIndex(of: b.kind) ?? 0, b.indicator)
  }

  private static let kinds = Quantity.Kind.allCases

  /// Whether other indicators may have the same number. That as many persons are better as have fewer costs says nothing.
  private func isShareable(_ number: Number) -> Bool {
    switch number.kind {
    case .persons, .measured: true
    case .numerator: !measures[Int(number.indicator)].isShareOfPersons
    case .total: false
    }
  }

  /// The number in every unit; nil when the indicator has none.
  private func signature(_ number: Number, _ figures: [Int]) -> [Int32: UInt64]? {
    let measure = measures[Int(number.indicator)]
    var signature: [Int32: UInt64] = [:]
    var isThere = false
    for figure in figures {
      guard let key = index.keys[figure], let value = self.number(number.kind, rows[figure], measure) else { continue }
      isThere = isThere || rows[figure].persons > 0
      if key.stratum == 0 { signature[key.unit] = value.bitPattern }
    }
    return isThere ? signature : nil
  }

  /// The indicators that share a number, in groups.
  func linked(_ indicators: [Int32], _ figures: [Int32: [Int]]) -> [[Int32]] {
    var group = Dictionary(uniqueKeysWithValues: indicators.map { ($0, $0) })
    func root(_ indicator: Int32) -> Int32 {
      var at = indicator
      while let next = group[at], next != at { at = next }
      return at
    }
    var first: [[Int32: UInt64]: Int32] = [:]
    for indicator in indicators {
      for kind in Quantity.Kind.allCases {
        let number = Number(kind: kind, indicator: indicator)
        guard isShareable(number), let signature = signature(number, figures[indicator] ?? []),
          signature.count(where: { $0.value != 0 }) > 1
        else { continue }
        if let other = first[signature] { group[root(indicator)] = root(other) } else { first[signature] = indicator }
      }
    }
    return Dictionary(grouping: indicators, by: root).values.map { $0.sorted() }.sorted { $0[0] < $1[0] }
  }

  private func quantity(_ numbers: [Number], _ figures: [Int32: [Int]], _ tables: [Sum]) -> Quantity {
    var quantity = Quantity(kind: numbers[0].kind)
    var cellOfKey: [CellKey: Int] = [:]
    var sums: Set<[Int]> = []
    for number in numbers {
      let measure = measures[Int(number.indicator)]
      var cellOfFigure: [Int: Int] = [:]
      for figure in figures[number.indicator] ?? [] {
        guard let key = index.keys[figure], let value = self.number(number.kind, rows[figure], measure) else {
          continue
        }
        let cellKey = CellKey(unit: key.unit, stratum: key.stratum, value: value.bitPattern)
        let cell = cellOfKey[cellKey] ?? quantity.cells.count
        if cell == quantity.cells.count { quantity.cells.append(Quantity.Cell(value: value)) }
        cellOfKey[cellKey] = cell
        quantity.cells[cell].figures.append(figure)
        cellOfFigure[figure] = cell
      }
      for table in tables where index.keys[table.total]?.indicator == number.indicator {
        guard holds(table, number.kind), let total = cellOfFigure[table.total] else { continue }
        var parts = table.parts.compactMap { cellOfFigure[$0] }
        guard sums.insert([total] + parts.sorted()).inserted else { continue }
        let rest = quantity.cells[total].value - parts.reduce(0) { $0 + quantity.cells[$1].value }
        let whole = table.parts.reduce(rows[table.total].ofHowMany) { $0 - rows[$1].ofHowMany }
        let missing = measure.isShareOfPersons && number.kind == .numerator ? whole : 0
        let persons = table.parts.reduce(rows[table.total].persons) { $0 - rows[$1].persons }
        if abs(rest) > 1e-6 * max(1, abs(quantity.cells[total].value)) || missing != 0
          || table.leavesRest && persons > 0
        {
          parts.append(quantity.cells.count)
          quantity.cells.append(Quantity.Cell(value: rest, missing: missing, rest: table.leavesRest ? persons : 0))
        }
        quantity.sums.append((total, parts))
      }
    }
    return quantity
  }

  /// Whether the parts of a table make its total, so nearly that one figure can be estimated from the others. Residents may
  /// be treated by providers elsewhere, people move, and one may have care of several kinds: then a sum says nothing of
  /// anybody.
  func holds(_ table: Sum, _ kind: Quantity.Kind) -> Bool {
    guard let measure = measure(table.total) else { return false }
    /// What the total has besides its parts.
    func rest(_ kind: Quantity.Kind) -> (rest: Double, total: Double)? {
      guard let total = number(kind, rows[table.total], measure) else { return nil }
      var rest = total
      for part in table.parts {
        guard let number = number(kind, rows[part], measure) else { return nil }
        rest -= number
      }
      return (rest, abs(total))
    }
    guard let own = rest(kind) else { return false }
    let slack = 1e-6 * max(1, own.total)
    if table.leavesRest { return (rest(.persons)?.rest ?? -1) >= 0 && (kind == .total || own.rest >= -slack) }
    if kind == .numerator, measure.isShareOfPersons {
      // Nobody in all parts makes nobody in the total, whoever they are.
      let rest = table.parts.reduce(rows[table.total].ofHowMany) { $0 - rows[$1].ofHowMany }
      return abs(rest) < Double(minimum)
    }
    if abs(own.rest) <= slack { return true }
    return rest(.persons).map { abs($0.rest) < Double(minimum) } ?? false
      || kind == .measured && abs(own.rest) < Double(minimum)
  }
}

extension ResultRow {
  /// Of how many persons or answers a share is.
  var ofHowMany: Double { denominator ?? Double(measured) }
}
