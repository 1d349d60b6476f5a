import CoreDataset
import Definitions

/// What is tried on hidden figures before they are published: the tables of an indicator and period as one system of sums,
/// of each count that they have. The true sums stand in for those that an attacker computes from what is published.
extension Suppression {
  /// One system of sums of hidden numbers.
  struct Attack {
    /// Which numbers are attacked.
    enum Kind: CaseIterable { case persons, measured, amounts, shares }
    let kind: Kind
    var system = HiddenSystem()
    /// How wide the intervals must be, by unknown.
    var needs: [Int: HiddenSystem.Need] = [:]
    /// Unknowns of each figure: 1, or 2 where a figure has two numbers.
    var perFigure = 1

    /// The figure that an unknown is of.
    func position(_ unknown: Int) -> Int { unknown / perFigure }
  }

  /// The system of one kind of number in one group of tables; nil where there is nothing to attack.
  func attack(_ kind: Attack.Kind, on hidden: [Int], _ tables: [Sum]) -> Attack? {
    guard let first = hidden.first, let key = index.keys[first] else { return nil }
    let measure = measures[Int(key.indicator)]
    switch kind {
    case .persons: return counts(.persons, hidden, tables) { Double($0.persons) }
    case .measured:
      guard measure.isOfAnswers, hidden.contains(where: { rows[$0].measured != rows[$0].persons }) else { return nil }
      return counts(.measured, hidden, tables) { Double($0.measured) }
    case .amounts: return amounts(hidden, tables)
    case .shares: return measure.isShareOfPersons ? shares(hidden, tables) : nil
    }
  }

  /// Adds the sum of a table: hidden parts less the total, where that is hidden too.
  private func add(
    _ table: Sum, to system: inout HiddenSystem, unknown: (Int) -> Int, _ number: (ResultRow) -> Double
  ) {
    let hidden = table.parts.filter { protections[$0] != .none && number(rows[$0]) > 0 }
    let isTotalHidden = protections[table.total] != .none && number(rows[table.total]) > 0
    // What the known figures leave for the hidden ones. The truth, also where parts overlap: no attacker knows more.
    let sum = hidden.reduce(0) { $0 + number(rows[$1]) }
    system.add(
      hidden.map(unknown), minus: isTotalHidden ? unknown(table.total) : nil,
      value: sum - (isTotalHidden ? number(rows[table.total]) : 0))
  }

  /// Persons or observations: none may be estimated to within the minimum.
  private func counts(_ kind: Attack.Kind, _ hidden: [Int], _ tables: [Sum], _ number: (ResultRow) -> Double) -> Attack
  {
    var attack = Attack(kind: kind)
    for table in tables { add(table, to: &attack.system, unknown: { $0 }, number) }
    for position in hidden where number(rows[position]) > 0 { attack.needs[position] = .width(Double(minimum)) }
    return attack
  }

  /// Euros and events: an amount that few persons or care providers make up may not be estimated to within its protection
  /// level, above and below (`DominanceRule`). Nil where there are no amounts, or credits make one negative, so that sums
  /// bound nothing.
  private func amounts(_ hidden: [Int], _ tables: [Sum]) -> Attack? {
    let amounts = hidden.filter(hasAmount)
    guard !amounts.isEmpty, hidden.allSatisfy({ (rows[$0].numerator ?? 0) >= 0 }) else { return nil }
    var attack = Attack(kind: .amounts)
    for table in tables { add(table, to: &attack.system, unknown: { $0 }) { $0.numerator ?? 0 } }
    for position in amounts {
      attack.needs[position] = dominance.need(of: rows[position], minimum: Double(minimum))
    }
    return attack.needs.isEmpty ? nil : attack
  }

  /// Shares: numerator and denominator of each hidden figure are two unknowns, which a rounded value ties together. A
  /// numerator may not be estimated to within the minimum, or to within its denominator where that is smaller.
  private func shares(_ hidden: [Int], _ tables: [Sum]) -> Attack {
    var attack = Attack(kind: .shares)
    attack.perFigure = 2
    func denominator(_ row: ResultRow) -> Double { row.denominator ?? Double(row.measured) }
    func numerator(_ row: ResultRow) -> Double {
      row.numerator ?? row.value.map { ($0 * denominator(row)).rounded() } ?? 0
    }
    for table in tables {
      add(table, to: &attack.system, unknown: { 2 * $0 }, denominator)
      // Zero numerators are hidden too: nobody knows that they are zero.
      let parts = table.parts.filter { protections[$0] != .none && denominator(rows[$0]) > 0 }
      let isTotalHidden = protections[table.total] != .none && denominator(rows[table.total]) > 0
      let sum = parts.reduce(0) { $0 + numerator(rows[$1]) }
      attack.system.add(
        parts.map { 2 * $0 + 1 }, minus: isTotalHidden ? 2 * table.total + 1 : nil,
        value: sum - (isTotalHidden ? numerator(rows[table.total]) : 0))
    }
    for position in hidden where denominator(rows[position]) > 0 {
      let row = rows[position]
      let (whole, part) = (2 * position, 2 * position + 1)
      attack.system.add([(whole, 1), (part, -1)], in: 0...Double.greatestFiniteMagnitude)
      // Denominators of the minimum or more stand beside other indicators on the same persons.
      if denominator(row) >= Double(minimum) {
        attack.system.add([(whole, 1)], in: denominator(row)...denominator(row))
      }
      if protections[position] == .rounded, let shown = ShareClass(of: row, minimum: minimum)?.range {
        attack.system.add([(part, 1), (whole, -shown.lowerBound)], in: 0...Double.greatestFiniteMagnitude)
        attack.system.add([(whole, shown.upperBound), (part, -1)], in: 0...Double.greatestFiniteMagnitude)
      }
      attack.needs[part] = .width(min(Double(minimum), denominator(row)))
    }
    return attack
  }
}
