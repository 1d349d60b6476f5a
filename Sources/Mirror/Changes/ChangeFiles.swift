import Columns
import Foundation

/// A comparison of two runs as text, CSV and JSON.
extension RunComparison {
  /// The form of the whole as JSON.
  private struct Whole: Encodable {
    let differences: RunDifferences
    let figures: [FigureChange]
  }

  /// Everything, keys in order.
  public func json() -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let data = try? encoder.encode(Whole(differences: differences, figures: changes))
    return Array(data ?? Data()) + Array("\n".utf8)
  }

  /// A line for each figure that is not the same (RFC 4180).
  public func csv() -> String {
    let header =
      ["indicator", "layout", "unit", "period", "stratum", "state", "before", "after", "change"]
      + ChangeCause.allCases.map { $0.rawValue.replacing("-", with: "_") } + ["causes"]
    let records = changes.filter { $0.state != .same }.map { change -> [String] in
      let numbers =
        [change.before, change.after, change.change] + ChangeCause.allCases.map { change.parts[$0.rawValue] }
      return [change.indicator, change.layout, change.unit, change.period, change.stratum, change.state.rawValue]
        + numbers.map { $0.map(plainNumber) ?? "" } + [change.causes.map(\.rawValue).joined(separator: " ")]
    }
    return String(decoding: CSV.file([header] + records), as: UTF8.self)
  }

  /// Most figures that the text names.
  private static let mostNamed = 20

  /// What a person reads: what the runs were made of, how many figures moved and why, and the largest moves.
  public func text() -> String {
    var lines = ChangeTexts.sentences(differences, language: "en")
    let counts = Dictionary(grouping: changes, by: \.state).mapValues(\.count)
    let words: [(FigureChange.State, String)] = [
      (.same, "the same"), (.moved, "moved"), (.shown, "shown now and not before"),
      (.hidden, "shown before and not now"), (.new, "new"), (.gone, "gone"),
    ]
    lines += [
      "",
      "Figures: " + words.compactMap { state, word in counts[state].map { "\($0) \(word)" } }.joined(separator: ", "),
    ]
    let moved = changes.filter { $0.state == .moved }
    for cause in ChangeCause.allCases {
      let count = moved.count { abs($0.parts[cause.rawValue] ?? 0) > 0 }
      if count > 0 { lines.append("  \(count) moved by \(Self.word(cause))") }
    }
    let undivided = moved.count { $0.parts.isEmpty }
    if undivided > 0 { lines.append("  \(undivided) moved by causes that are not told apart") }
    func size(_ change: FigureChange) -> Double {
      abs(change.change ?? 0) / max(abs(change.before ?? 0), abs(change.after ?? 0), 1e-12)
    }
    let largest = moved.enumerated().filter { $0.element.stratum.isEmpty }
      .sorted { (size($1.element), $0.offset) < (size($0.element), $1.offset) }.prefix(Self.mostNamed)
    if !largest.isEmpty { lines += ["", "Largest moves:"] }
    for (_, change) in largest { lines.append("  " + Self.sentence(change)) }
    return lines.joined(separator: "\n")
  }

  private static func sentence(_ change: FigureChange) -> String {
    func number(_ value: Double?, signed: Bool = false) -> String {
      guard let value else { return "?" }
      let text = String(format: "%.4g", locale: Locale(identifier: "en_US_POSIX"), value)
      return signed && value > 0 ? "+" + text : text
    }
    var text = "\(change.indicator), \(change.layout) \(change.unit), \(change.period): "
    text += "\(number(change.before)) became \(number(change.after)) (\(number(change.change, signed: true)))"
    let parts = ChangeCause.allCases.compactMap { cause -> String? in
      guard let part = change.parts[cause.rawValue], part != 0 else { return nil }
      return "\(number(part, signed: true)) by \(word(cause))"
    }
    return text + (parts.isEmpty ? "" : ": " + parts.joined(separator: ", "))
  }

  private static func word(_ cause: ChangeCause) -> String {
    switch cause {
    case .newData: "new data"
    case .correctedData: "corrected data"
    case .definition: "changed definitions"
    case .mapping: "changed mapping"
    case .method: "changed method"
    }
  }
}
