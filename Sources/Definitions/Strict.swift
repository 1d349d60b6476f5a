import Columns
import Yams

/// Collects what is wrong while a pipeline is read, so that all of it is told in one go.
final class Problems {
  /// What was found, in the order in which it was found.
  private(set) var errors: [DefinitionError] = []

  /// Adds a problem at a place. The same problem at the same place counts once: an anchor may be read many times.
  func add(_ file: String, line: Int? = nil, column: Int? = nil, _ message: String) {
    let error = DefinitionError(file: file, line: line, column: column, message: message)
    if !errors.contains(error) { errors.append(error) }
  }

  /// What `read` gives, or nothing when it found a problem: what refers to a wrong definition is not wrong for that.
  func unlessWrong<T>(_ read: () -> T?) -> T? {
    let before = errors.count
    let result = read()
    return errors.count == before ? result : nil
  }

  /// The problems in order of file and place.
  var sorted: [DefinitionError] {
    errors.enumerated().sorted { a, b in
      let (x, y) = (a.element, b.element)
      return (x.file, x.line ?? 0, x.column ?? 0, a.offset) < (y.file, y.line ?? 0, y.column ?? 0, b.offset)
    }.map(\.element)
  }
}

/// A YAML node with the file that it stands in. Every reading either gives a value or says why not.
struct Value {
  let node: Node
  let file: String
  let problems: Problems

  /// Says that something is wrong here.
  func complain(_ message: String) {
    problems.add(file, line: node.mark?.line, column: node.mark?.column, message)
  }

  /// Says that something is wrong here, and gives nothing.
  private func wrong<T>(_ message: String) -> T? {
    complain(message)
    return nil
  }

  /// The scalar as it is written, whatever YAML makes of it: `no` and `2016` are texts too.
  private var scalar: String? {
    guard case .scalar(let scalar) = node else { return nil }
    return scalar.string
  }

  /// Whether keys with values stand here.
  var isMapping: Bool { if case .mapping = node { true } else { false } }
  /// Whether one word, number or text stands here.
  var isScalar: Bool { if case .scalar = node { true } else { false } }

  /// Whether nothing is written here.
  var isEmpty: Bool {
    guard case .scalar(let scalar) = node, scalar.style == .plain || scalar.style == .any else { return false }
    return ["", "~", "null"].contains(scalar.string)
  }

  /// What is written here, in words.
  var kind: String {
    switch node {
    case .mapping: "keys with values"
    case .sequence: "a list"
    case .scalar(let scalar): isEmpty ? "nothing" : "\"\(scalar.string)\""
    case .alias: "an alias"
    }
  }

  /// A text that is not empty.
  func text() -> String? {
    guard let scalar, !isEmpty, !scalar.isEmpty else { return wrong(Wording.expected("a text", found: kind)) }
    return scalar
  }

  /// A number.
  func number() -> Double? {
    guard let scalar, let number = Double(scalar), number.isFinite else {
      return wrong(Wording.expected("a number", found: kind))
    }
    return number
  }

  /// A whole number within limits.
  func whole(_ range: ClosedRange<Int>) -> Int? {
    guard let scalar, let number = Int(scalar), range.contains(number) else {
      return wrong(Wording.expected("a whole number from \(range.lowerBound) to \(range.upperBound)", found: kind))
    }
    return number
  }

  /// `true` or `false`.
  func flag() -> Bool? {
    switch scalar {
    case "true": true
    case "false": false
    default: wrong(Wording.expected("true or false", found: kind))
    }
  }

  /// A date.
  func day() -> Day? {
    guard let scalar, let day = Day(scalar) else {
      return wrong(Wording.expected("a date as yyyy-MM-dd", found: kind))
    }
    return day
  }

  /// A list.
  func list() -> [Value]? {
    guard case .sequence(let sequence) = node else { return wrong(Wording.expected("a list", found: kind)) }
    return sequence.map { Value(node: $0, file: file, problems: problems) }
  }

  /// The entries of a list, or the one thing that stands here instead.
  func listOrOne() -> [Value] {
    guard case .sequence = node else { return [self] }
    return list() ?? []
  }

  /// A list of texts, or one text.
  func texts() -> [String]? {
    if scalar != nil { return text().map { [$0] } }
    guard let list = list() else { return nil }
    let texts = list.map { $0.text() }
    return texts.contains(nil) ? nil : texts.compactMap(\.self)
  }

  /// A list of numbers.
  func numbers() -> [Double]? {
    guard let list = list() else { return nil }
    let numbers = list.map { $0.number() }
    return numbers.contains(nil) ? nil : numbers.compactMap(\.self)
  }

  /// One of the words of a vocabulary.
  func choice<T: RawRepresentable & CaseIterable>(_ type: T.Type) -> T? where T.RawValue == String {
    guard let text = text() else { return nil }
    guard let value = T(rawValue: text) else { return wrong(Wording.unknown(text, known: T.allCases.map(\.rawValue))) }
    return value
  }

  /// A list of words of a vocabulary, or one.
  func choices<T: RawRepresentable & CaseIterable>(_ type: T.Type) -> [T]? where T.RawValue == String {
    if scalar != nil { return choice(type).map { [$0] } }
    guard let list = list() else { return nil }
    let values = list.map { $0.choice(type) }
    let known = values.compactMap(\.self)
    return known.count == values.count ? known : nil
  }

  /// Keys with values: reads them with `body` and then says which keys nobody asked for.
  func fields<T>(expected: String = "keys with values", _ body: (Fields) -> T?) -> T? {
    guard case .mapping(let mapping) = node else { return wrong(Wording.expected(expected, found: kind)) }
    let fields = Fields(self, mapping)
    let result = body(fields)
    fields.close()
    return result
  }

  /// Keys chosen by the author of the file with their values, in the order of the file.
  func pairs() -> [(key: Value, value: Value)]? {
    guard case .mapping(let mapping) = node else { return wrong(Wording.expected("keys with values", found: kind)) }
    return Fields(self, mapping).entries.map { ($0.keyPlace, $0.value) }
  }

  /// A text in Dutch and English.
  func localized() -> Localized? {
    fields(expected: "a text in both languages, {nl: …, en: …}") { fields in
      let nl = fields.required("nl", Wording.missingTranslation("nl"))?.text()
      let en = fields.required("en", Wording.missingTranslation("en"))?.text()
      guard let nl, let en else { return nil }
      return Localized(nl: nl, en: en)
    }
  }

  /// A number that somebody decided on.
  func threshold(_ range: ClosedRange<Double>? = nil) -> Threshold? {
    fields(expected: "{value: …, why: …, since: …}") { $0.threshold(range) }
  }
}

/// The keys of a mapping. It remembers which ones were asked for, so that misspelt ones are found.
final class Fields {
  /// The mapping itself.
  let place: Value
  /// Keys with their places and values; keys merged in with `<<` come last and never replace a key of the mapping.
  let entries: [(key: String, keyPlace: Value, value: Value)]
  private var known: [String] = []

  init(_ place: Value, _ mapping: Node.Mapping) {
    self.place = place
    entries = Self.flattened(place, mapping)
  }

  private static func flattened(
    _ place: Value, _ mapping: Node.Mapping
  ) -> [(key: String, keyPlace: Value, value: Value)] {
    func value(_ node: Node) -> Value { Value(node: node, file: place.file, problems: place.problems) }
    var entries: [(key: String, keyPlace: Value, value: Value)] = []
    var merged: [Node.Mapping] = []
    for (key, node) in mapping {
      guard case .scalar(let scalar) = key else {
        value(key).complain(Wording.expected("a key", found: value(key).kind))
        continue
      }
      if scalar.string != "<<" {
        entries.append((scalar.string, value(key), value(node)))
      } else if case .mapping(let other) = node {
        merged.append(other)
      } else if case .sequence(let others) = node {
        merged += others.compactMap(\.mapping)
      } else {
        value(node).complain(Wording.expected("an alias of keys with values after <<", found: value(node).kind))
      }
    }
    for other in merged {
      for entry in flattened(place, other) where !entries.contains(where: { $0.key == entry.key }) {
        entries.append(entry)
      }
    }
    return entries
  }

  /// The value of a key; nil when the key is not there, or has no value, which is an error.
  func optional(_ key: String) -> Value? {
    if !known.contains(key) { known.append(key) }
    guard let entry = entries.first(where: { $0.key == key }) else { return nil }
    if entry.value.isEmpty {
      entry.keyPlace.complain(Wording.noValue(key))
      return nil
    }
    return entry.value
  }

  /// The value of a key that must be there.
  func required(_ key: String, _ message: String? = nil) -> Value? {
    let value = optional(key)
    if !has(key) { place.complain(message ?? Wording.missingKey(key)) }
    return value
  }

  /// Whether a key is there.
  func has(_ key: String) -> Bool { entries.contains { $0.key == key } }

  /// Where a key stands; the mapping when it is not there.
  func keyPlace(_ key: String) -> Value { entries.first { $0.key == key }?.keyPlace ?? place }

  /// `value`, `why` and `since`.
  func threshold(_ range: ClosedRange<Double>? = nil) -> Threshold? {
    let place = required("value")
    let value = place?.number()
    if let value, let range, !range.contains(value) { place?.complain(Wording.outside(value, range)) }
    let why = required("why", Wording.noReason)?.text()
    let since = required("since", Wording.noSince)
    let date = since?.text()
    if let date, !Self.isDate(date) {
      since?.complain(Wording.expected("a date as yyyy, yyyy-MM or yyyy-MM-dd", found: "\"\(date)\""))
    }
    guard let value, let why, let date else { return nil }
    return Threshold(value: value, why: why, since: date)
  }

  private static func isDate(_ text: String) -> Bool {
    Day(text) != nil || Day(text + "-01") != nil || Day(text + "-01-01") != nil
  }

  /// Says which keys nobody asked for.
  func close() {
    for entry in entries where !known.contains(entry.key) {
      entry.keyPlace.complain(Wording.unknownKey(entry.key, known: known))
    }
  }
}
