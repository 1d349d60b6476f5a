/// Spreads faults over the people of a delivery and keeps the list of those planted.
///
/// Every fault is due at a person; the first suitable record from there on gets it. So the number of faults is known
/// beforehand, and nothing but the list is kept in memory.
struct FaultPlan {
  private struct Course {
    let kind: FaultKind
    let variants: [FaultVariant]
    let dues: [Int]
    var planted = 0

    /// The person at whom the next fault is due.
    var next: Int { planted < dues.count ? dues[planted] : Int.max }
    var variant: FaultVariant { variants[planted % variants.count] }
  }

  private var courses: [Course] = []
  private var earliest = Int.max
  private(set) var planted: [PlantedFault] = []
  let isActive: Bool
  /// Content that cannot be true, where it was asked for.
  var content: ContentFaults?

  init(persons: Int, isActive: Bool) {
    self.isActive = isActive
    guard isActive else { return }
    let kinds = FaultKind.allCases.filter { !$0.variants.isEmpty }
    for (place, kind) in kinds.enumerated() {
      let count = Self.count(of: kind, persons: persons)
      // All are due in the first four fifths: what follows leaves room for kinds with few suitable records.
      let step = 0.8 * Double(persons) / Double(count)
      let offset = Double(place + 1) / Double(kinds.count + 1)
      let dues = (0..<count).map { Int((Double($0) + offset) * step) }
      courses.append(Course(kind: kind, variants: kind.variants, dues: dues))
    }
    updateEarliest()
  }

  /// How many faults of a kind are planned: one per 500 people, and credits, which are common, one per 50.
  static func count(of kind: FaultKind, persons: Int) -> Int {
    kind == .truncatedRecord ? 3 : max(3, persons / (kind == .credit ? 50 : 500))
  }

  /// The fault that a record of this kind should get, if any. `allowed` may turn down a kind for this record.
  func due(
    _ record: RecordKind, person: Int, allowed: (FaultKind) -> Bool = { _ in true }
  ) -> (kind: FaultKind, variant: FaultVariant)? {
    guard person >= earliest else { return nil }
    for course in courses where course.next <= person {
      let variant = course.variant
      if variant.record == record && allowed(course.kind) { return (course.kind, variant) }
    }
    return nil
  }

  /// Notes that the newest record of a file got a fault.
  mutating func note(_ kind: FaultKind, column: String, in file: DeliveryFile) {
    file.isSpoiled = true
    planted.append(
      PlantedFault(
        kind: kind.rawValue, file: file.name, line: file.recordLine, record: file.records, column: column,
        reason: kind.reason))
    guard let course = courses.firstIndex(where: { $0.kind == kind }) else { return }
    courses[course].planted += 1
    updateEarliest()
  }

  /// Changes the newest record of a delimited file when a fault is due for it.
  mutating func spoil(
    _ file: DeliveryFile, _ record: RecordKind, person: Int, columns: [String], delimiter: UInt8, isQuoted: Bool = false
  ) {
    guard person >= earliest else { return }
    guard let fault = due(record, person: person, allowed: { Self.changesBytes($0) }) else { return }
    let column = columns.firstIndex(of: fault.variant.column)
    let lineEnd = file.record.suffix(while: { $0 == UInt8(ascii: "\r") || $0 == UInt8(ascii: "\n") })
    var fields = file.record.dropLast(lineEnd.count).split(
      separator: delimiter, omittingEmptySubsequences: false
    ).map(Array.init)
    switch fault.variant.change {
    case .replace(let text):
      if let column { fields[column] = Array((isQuoted ? "\"\(text)\"" : text).utf8) }
    case .nextDigit:
      if let column, let digit = fields[column].last {
        fields[column][fields[column].count - 1] = digit == UInt8(ascii: "9") ? UInt8(ascii: "0") : digit + 1
      }
    case .dropLastDigit:
      if let column { fields[column].removeLast() }
    case .addField: fields.append(Array("extra".utf8))
    // The letter é in Windows-1252 is not UTF-8.
    case .elsewhere:
      if let column { fields[column] += [0xE9] }
    }
    file.replaceRecord(by: Array(fields.joined(separator: [delimiter])) + lineEnd)
    note(fault.kind, column: fault.variant.column, in: file)
  }

  /// Cuts the newest, and so last, record of a file in the middle. A record with another fault is left whole.
  mutating func cutLastRecord(of file: DeliveryFile, delimiter: UInt8) {
    guard isActive, file.records > 0, !file.isSpoiled else { return }
    let fields = file.record.split(separator: delimiter, omittingEmptySubsequences: false).map(Array.init)
    let kept = fields.prefix(fields.count / 2)
    file.replaceRecord(by: Array(kept.joined(separator: [delimiter])) + [delimiter] + fields[kept.count].prefix(3))
    note(.truncatedRecord, column: "", in: file)
  }

  private static func changesBytes(_ kind: FaultKind) -> Bool {
    switch kind {
    case .duplicateLine, .credit, .outOfRange, .beforeBaseline: false
    default: true
    }
  }

  private mutating func updateEarliest() { earliest = courses.map(\.next).min() ?? Int.max }
}

extension ArraySlice where Element == UInt8 {
  /// The longest ending whose bytes all satisfy a condition.
  fileprivate func suffix(while condition: (UInt8) -> Bool) -> ArraySlice<UInt8> {
    var first = endIndex
    while first > startIndex && condition(self[first - 1]) { first -= 1 }
    return self[first...]
  }
}
