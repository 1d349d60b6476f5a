/// The sentences of this module, in one place: what is wrong, what was expected and what to do.
enum Wording {
  static func expected(_ expected: String, found: String) -> String { "expected \(expected), found \(found)" }

  static func unknownKey(_ key: String, known: [String]) -> String {
    "unknown key \"\(key)\"" + hint(key, known, "known here")
  }

  static func unknown(_ word: String, known: [String]) -> String {
    "unknown value \"\(word)\"" + hint(word, known, "expected one of")
  }

  /// A reference to something that is not there.
  static func dangling(_ what: String, _ id: String, known: [String]) -> String {
    "there is no \(what) \"\(id)\"" + hint(id, known, "there is")
  }

  static func noColumn(_ table: String, _ column: String, known: [String]) -> String {
    "\(table) has no column \"\(column)\"" + hint(column, known, "it has")
  }

  static func missingKey(_ key: String) -> String { "missing key \"\(key)\"" }
  static func noValue(_ key: String) -> String { "\"\(key)\" has no value; give one or leave the key out" }
  static func missingTranslation(_ language: String) -> String { "missing translation \"\(language)\"" }
  static let noReason = "a threshold needs \"why\": the reference or the decision behind the number"
  static let noSince = "a threshold needs \"since\": the date from which it holds"

  static func outside(_ value: Double, _ range: ClosedRange<Double>) -> String {
    let high = range.upperBound
    return high.isFinite
      ? "\(short(value)) is not between \(short(range.lowerBound)) and \(short(high))"
      : "\(short(value)) is below \(short(range.lowerBound))"
  }

  static func duplicate(_ what: String, _ id: String) -> String { "\(what) \"\(id)\" occurs twice" }

  static func otherId(_ id: String, file: String) -> String {
    "the id \"\(id)\" is not the name of the file; call the file \"\(id).yaml\" or leave \"id\" out, which makes it \"\(file)\""
  }

  /// Numbers as a YAML list.
  static func list(_ values: [Double]) -> String { "[\(values.map(short).joined(separator: ", "))]" }

  /// A number without needless decimals.
  static func short(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? String(Int64(value)) : String(value)
  }

  /// `; did you mean "x"?` when a known word is near, and otherwise the known words.
  private static func hint(_ word: String, _ known: [String], _ introduction: String) -> String {
    if let near = nearest(word, known) { return "; did you mean \"\(near)\"?" }
    return known.isEmpty ? "" : "; \(introduction): \(known.joined(separator: ", "))"
  }

  /// The known word at the smallest edit distance, when that is below 4 and less than half of the word.
  static func nearest(_ word: String, _ known: [String]) -> String? {
    let near = known.map { (word: $0, distance: distance(word, $0)) }
      .filter { $0.distance < 4 && $0.distance * 2 < max(word.count, $0.word.count) }
    return near.min { $0.distance < $1.distance }?.word
  }

  /// Insertions, deletions and substitutions that make one word the other (Levenshtein 1966).
  static func distance(_ a: String, _ b: String) -> Int {
    let (a, b) = (Array(a.utf8), Array(b.utf8))
    var row = Array(0...b.count)
    for i in a.indices {
      var diagonal = row[0]
      row[0] = i + 1
      for j in b.indices {
        let substituted = diagonal + (a[i] == b[j] ? 0 : 1)
        diagonal = row[j + 1]
        row[j + 1] = min(substituted, row[j + 1] + 1, row[j] + 1)
      }
    }
    return row[b.count]
  }
}
