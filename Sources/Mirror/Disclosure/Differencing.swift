import Columns
import CoreDataset
import Definitions

/// What all earlier published runs of the pipeline showed, together.
///
/// Whoever kept their files can take their figures off the new ones (*Handbook on Statistical Disclosure Control*, 2nd ed.
/// 2024, ch. 4, differencing). A figure is withheld when the difference is about few persons:
///
/// 1. Any run showed it with its counts, and it has 1 to `minimum` − 1 persons, or answers, more or fewer now. The same
///    number of persons with other numbers is not withheld: a correction is about persons that nobody can count.
/// 2. It was shown before for a longer period, and of the periods that make that one now, so few are hidden that the longer
///    one gives them back: then the smallest of the others is hidden too.
/// 3. It was shown before for shorter periods that make this one, all but one of them, or all but a few persons.
///
/// The last run alone is not enough: where it hid a figure because it differed little from the run before, the next one may
/// differ little from both.
public struct EarlierFigures: Sendable {
  /// A figure, by the days that it is about: ids of periods may change.
  struct Figure: Hashable, Sendable {
    var indicator: String
    var layout: String
    var unit: String
    var stratum: String
    var from: Int32
    var to: Int32
  }

  /// What one run showed of it.
  struct Counts: Hashable, Sendable {
    var persons: Int
    var measured: Int
  }

  /// What was shown of each figure, different counts once each, the latest last; empty where it was withheld in all runs.
  private(set) var shown: [Figure: [Counts]] = [:]

  /// Nothing was published before.
  public static let none = EarlierFigures()

  init() {}

  /// The figures of one run as they were published.
  init(rows: [ResultRow], periods: [Period]) {
    let days = Dictionary(periods.map { ($0.id, $0) }) { first, _ in first }
    for row in rows {
      guard let period = days[row.period] else { continue }
      let isShown = row.value != nil && row.persons > 0
      add(Figure(row, period), isShown ? [Counts(persons: row.persons, measured: row.measured)] : [])
    }
  }

  /// Adds what was shown of a figure, as the latest.
  mutating func add(_ figure: Figure, _ counts: [Counts]) {
    shown[figure, default: []].removeAll(where: counts.contains)
    shown[figure, default: []] += counts
  }

  /// Adds what later runs showed.
  mutating func add(_ later: EarlierFigures) {
    for (figure, counts) in later.shown { add(figure, counts) }
  }

  /// Whether a figure differs by few persons or, where answers count, by few answers from what some run showed.
  func isNear(_ figure: Figure, _ counts: Counts, isOfAnswers: Bool, minimum: Int) -> Bool {
    func isFew(_ difference: Int) -> Bool { difference != 0 && abs(difference) < minimum }
    return shown[figure]?.contains { then in
      isFew(counts.persons - then.persons) || isOfAnswers && isFew(counts.measured - then.measured)
    } ?? false
  }

  /// Periods that figures were made for, in order of time; of those that begin on the same day the longer one later.
  var periods: [(from: Int32, to: Int32)] {
    Set(shown.keys.map { [$0.from, $0.to] }).map { (from: $0[0], to: $0[1]) }.sorted { $0 < $1 }
  }
}

extension EarlierFigures.Figure {
  init(_ row: ResultRow, _ period: Period) {
    self.init(
      indicator: row.indicator, layout: row.layout, unit: row.unit, stratum: row.stratum, from: period.from.number,
      to: period.to.number)
  }
}

extension Suppression {
  /// Withholds what earlier published runs give away together with this one.
  mutating func hideDifferences(_ earlier: EarlierFigures, _ periods: [Period]) {
    if earlier.shown.isEmpty { return }
    for position in rows.indices where protections[position] == .none {
      guard let key = index.keys[position] else { continue }
      let row = rows[position]
      let counts = EarlierFigures.Counts(persons: row.persons, measured: row.measured)
      let figure = EarlierFigures.Figure(row, periods[Int(key.period)])
      if earlier.isNear(
        figure, counts, isOfAnswers: measures[Int(key.indicator)].isOfAnswers, minimum: minimum)
      {
        protections[position] = .fewPersons
      }
    }
    hideTiles(of: earlier, periods)
  }

  private func isFew(_ difference: Int) -> Bool { difference != 0 && abs(difference) < minimum }

  /// Periods of one run that make one of the other.
  private mutating func hideTiles(of earlier: EarlierFigures, _ periods: [Period]) {
    let new = periods.map { (from: $0.from.number, to: $0.to.number) }
    let old = earlier.periods
    for whole in old where !new.contains(where: { $0 == whole }) {
      let within = new.indices.filter { new[$0].from >= whole.from && new[$0].to <= whole.to }
      guard Self.tile(within.map { new[$0] }, whole) else { continue }
      let shown = earlier.shown.filter { $0.key.from == whole.from && $0.key.to == whole.to && !$0.value.isEmpty }
      for figure in shown.keys.sorted(by: { ($0.indicator, $0.layout, $0.unit) < ($1.indicator, $1.layout, $1.unit) }) {
        hideTile(of: figure, within.map(Int32.init))
      }
    }
    for (number, whole) in new.enumerated() where !old.contains(where: { $0 == whole }) {
      let within = old.filter { $0.from >= whole.from && $0.to <= whole.to }
      guard Self.tile(within, whole) else { continue }
      for position in rows.indices
      where protections[position] == .none && index.keys[position]?.period == Int32(number) {
        hideWhole(position, within, periods[number], earlier)
      }
    }
  }

  /// Whether some periods are the parts of another.
  private static func tile(_ parts: [(from: Int32, to: Int32)], _ whole: (from: Int32, to: Int32)) -> Bool {
    parts.count > 1 && parts.first?.from == whole.from && parts.last?.to == whole.to
      && zip(parts, parts.dropFirst()).allSatisfy { $1.from == $0.to + 1 }
  }

  /// Rule 2.
  private mutating func hideTile(of whole: EarlierFigures.Figure, _ numbers: [Int32]) {
    guard let unit = whole.layout == index.layouts[0] ? 0 : index.unit(layout: whole.layout, code: whole.unit) else {
      return
    }
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

  /// Rule 3, by what was shown last of each part.
  private mutating func hideWhole(
    _ position: Int, _ periods: [(from: Int32, to: Int32)], _ period: Period, _ earlier: EarlierFigures
  ) {
    let parts = periods.compactMap { days in
      var figure = EarlierFigures.Figure(rows[position], period)
      (figure.from, figure.to) = days
      return earlier.shown[figure]
    }
    let hidden = parts.count { $0.isEmpty }
    let rest = rows[position].persons - parts.reduce(0) { $0 + ($1.last?.persons ?? 0) }
    if hidden == 1 && rest > 0 || hidden > 0 && isFew(rest) { protections[position] = .fewPersons }
  }
}
