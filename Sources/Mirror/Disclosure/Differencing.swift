import Columns
import CoreDataset
import Definitions

/// The figures that the last published run showed.
///
/// Whoever kept them can take them off the new ones (*Handbook on Statistical Disclosure Control*, 2nd ed. 2024, ch. 4,
/// differencing). A figure is withheld when the difference is about few persons:
///
/// 1. It was shown with its counts before, and has 1 to `minimum` − 1 persons, or answers, more or fewer now. The same
///    number of persons with other numbers is not withheld: a correction is about persons that nobody can count.
/// 2. It was shown before for a longer period, and of the periods that make that one now, so few are hidden that the longer
///    one gives them back: then the smallest of the others is hidden too.
/// 3. It was shown before for shorter periods that make this one, all but one of them, or all but a few persons.
///
/// Runs before the last are not looked at.
public struct EarlierFigures: Sendable {
  /// The figures as they were published; those without a value were withheld.
  let rows: [ResultRow]
  /// Their periods.
  let periods: [Period]

  /// Nothing was published before.
  public static let none = EarlierFigures(rows: [], periods: [])
}

extension Suppression {
  /// Withholds what the last published run gives away together with this one.
  mutating func hideDifferences(_ earlier: EarlierFigures, _ periods: [Period]) {
    if earlier.rows.isEmpty { return }
    var before: [AuditedFigure.Key: ResultRow] = [:]
    for row in earlier.rows { before[AuditedFigure.key(row)] = row }
    for position in rows.indices where protections[position] == .none {
      guard let then = before[AuditedFigure.key(rows[position])], Self.isShown(then) else { continue }
      var isFew = isFew(rows[position].persons - then.persons)
      if let key = index.keys[position], measures[Int(key.indicator)].isOfAnswers {
        isFew = isFew || self.isFew(rows[position].measured - then.measured)
      }
      if isFew { protections[position] = .fewPersons }
    }
    hideTiles(of: earlier, before, periods)
  }

  private static func isShown(_ row: ResultRow) -> Bool { row.value != nil && row.persons > 0 }

  private func isFew(_ difference: Int) -> Bool { difference != 0 && abs(difference) < minimum }

  /// Periods of one run that make one of the other.
  private mutating func hideTiles(
    of earlier: EarlierFigures, _ before: [AuditedFigure.Key: ResultRow], _ periods: [Period]
  ) {
    let new = periods.enumerated().map { (id: $1.id, from: $1.from, to: $1.to, number: Int32($0)) }
    for old in earlier.periods where !periods.contains(where: { $0.from == old.from && $0.to == old.to }) {
      let within = periods.filter { $0.from >= old.from && $0.to <= old.to }
      if Self.tile(within, old) {
        let numbers = new.filter { one in within.contains { $0.id == one.id } }.map(\.number)
        for row in earlier.rows where row.period == old.id && Self.isShown(row) { hideTile(of: row, numbers) }
      }
    }
    for (number, period) in periods.enumerated()
    where !earlier.periods.contains(where: { $0.from == period.from && $0.to == period.to }) {
      let within = earlier.periods.filter { $0.from >= period.from && $0.to <= period.to }
      guard Self.tile(within, period) else { continue }
      for position in rows.indices
      where protections[position] == .none && index.keys[position]?.period == Int32(number) {
        hideWhole(position, within.map(\.id), before)
      }
    }
  }

  /// Whether some periods are the parts of another.
  private static func tile(_ parts: [Period], _ whole: Period) -> Bool {
    parts.count > 1 && parts.first?.from == whole.from && parts.last?.to == whole.to
      && zip(parts, parts.dropFirst()).allSatisfy { $1.from.number == $0.to.number + 1 }
  }

  /// Rule 2.
  private mutating func hideTile(of whole: ResultRow, _ numbers: [Int32]) {
    guard let unit = whole.unitKind == .nation ? 0 : index.unit(layout: whole.layout, code: whole.unit) else { return }
    let parts = index.rowsOfUnit[Int(unit)].map(Int.init).filter { position in
      rows[position].indicator == whole.indicator && rows[position].stratum == whole.stratum
        && index.keys[position].map { numbers.contains($0.period) } == true && rows[position].persons > 0
    }
    while true {
      let hidden = parts.filter { protections[$0] != .none }
      if hidden.isEmpty || hidden.count > 1 && hidden.reduce(0, { $0 + rows[$1].persons }) >= minimum { return }
      let visible = parts.filter { protections[$0] == .none }
      guard let least = visible.min(by: { (rows[$0].persons, $0) < (rows[$1].persons, $1) }) else { return }
      protections[least] = .secondary
    }
  }

  /// Rule 3.
  private mutating func hideWhole(_ position: Int, _ periods: [String], _ before: [AuditedFigure.Key: ResultRow]) {
    let parts = periods.compactMap { period in
      var key = AuditedFigure.key(rows[position])
      key.period = period
      return before[key]
    }
    let hidden = parts.count { !Self.isShown($0) }
    let rest = rows[position].persons - parts.reduce(0) { $0 + (Self.isShown($1) ? $1.persons : 0) }
    if hidden == 1 && rest > 0 || hidden > 0 && isFew(rest) { protections[position] = .fewPersons }
  }
}
