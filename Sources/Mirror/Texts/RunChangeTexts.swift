import Definitions

/// What became of figures since the last run, in words.
extension Texts {
  /// How many figures did what; nil when there are none.
  func changed(_ changes: [FigureChange]) -> String? {
    if changes.isEmpty { return nil }
    let counts = changes.reduce(into: [FigureChange.State: Int]()) { $0[$1.state, default: 0] += 1 }
    let words: [(state: FigureChange.State, word: String)] = [
      (.same, say("gelijk gebleven", "the same")), (.moved, say("veranderd", "changed")),
      (.shown, say("nu getoond en de vorige keer niet", "shown now and not last time")),
      (.hidden, say("nu niet getoond en de vorige keer wel", "not shown now but last time")),
      (.new, say("nieuw", "new")), (.gone, say("vervallen", "gone")),
    ]
    let parts = words.compactMap { state, word in counts[state].map { "\(count($0)) \(word)" } }
    return say("Cijfers: ", "Figures: ") + parts.joined(separator: ", ") + "."
  }

  /// The largest changes of whole figures, at most so many and one of each indicator, a sentence each. `unit` says whose figure it is.
  func largest(
    _ changes: [FigureChange], most: Int, _ pipeline: Pipeline, unit: (FigureChange) -> String?
  ) -> [String] {
    func size(_ change: FigureChange) -> Double {
      abs(change.change ?? 0) / max(abs(change.before ?? 0), abs(change.after ?? 0), 1e-12)
    }
    let moved = changes.enumerated().filter { $0.element.state == .moved && $0.element.stratum.isEmpty }
      .sorted { (size($1.element), $0.offset) < (size($0.element), $1.offset) }
    var seen: Set<String> = []
    return moved.filter { seen.insert($0.element.indicator).inserted }.prefix(most).compactMap { _, change in
      guard let indicator = pipeline.indicators.first(where: { $0.id == change.indicator }), let before = change.before,
        let after = change.after
      else { return nil }
      let style = ValueStyle(indicator, self)
      let (was, became) = (style.valueWithUnit(before), style.valueWithUnit(after))
      // What is not seen at the decimals that are shown is not told.
      if was == became { return nil }
      let place = [say(indicator.name), unit(change), change.period].compactMap { $0 }.joined(separator: ", ")
      return say("\(place): was \(was), is nu \(became).", "\(place): was \(was), is now \(became).")
    }
  }

  var sinceLastTime: String { say("Sinds de vorige keer", "Since last time") }
}
