/// Codes that no code list has: the work list of whoever decides on them.
struct UnmappedCodes: Sendable {
  /// What became of a row with the code.
  enum Consequence: String, Sendable {
    /// The record was set aside.
    case rejected
    /// The value was set aside, the record counts.
    case setAside = "set-aside"
    /// The code was kept as delivered.
    case kept
  }
  /// A code of one column of one source.
  struct Code: Sendable {
    /// The column of the core dataset, and of the delivery.
    let target: String
    let column: String
    var value: String
    let consequence: Consequence
    /// The table in which a decision is recorded; nil where codes stand in the source definition.
    let codeList: String?
    var records = 0
    var cents: Int64 = 0
    /// The first records that have it, a few.
    var examples: [Int32] = []

    init(target: String, column: String, value: String, consequence: Consequence, codeList: String?) {
      self.target = target
      self.column = column
      self.value = value
      self.consequence = consequence
      self.codeList = codeList
    }

    /// Counts a row.
    mutating func count(record: Int32, cents more: Int64) {
      records += 1
      if more != Int64.min { cents += more }
      if examples.count < UnmappedCodes.examples { examples.append(record) }
    }
  }
  struct Key: Hashable, Sendable {
    let source: String
    let target: String
    let value: String
  }
  /// A code over all deliveries, with some of the records that have it.
  struct Entry: Sendable {
    var code: Code
    var examples: [(delivery: Int, record: Int32)]
  }
  static let examples = 3
  private(set) var entries: [Key: Entry] = [:]

  mutating func add(_ code: Code, delivery: Int, source: String) {
    merge(
      Entry(code: code, examples: code.examples.map { (delivery, $0) }),
      under: Key(source: source, target: code.target, value: code.value))
  }

  mutating func merge(_ other: UnmappedCodes) { for (key, entry) in other.entries { merge(entry, under: key) } }

  private mutating func merge(_ entry: Entry, under key: Key) {
    guard var known = entries[key] else {
      entries[key] = entry
      return
    }
    known.code.records += entry.code.records
    known.code.cents += entry.code.cents
    // The first in order of delivery and record, whatever the order of merging.
    known.examples = Array(
      (known.examples + entry.examples).sorted { ($0.delivery, $0.record) < ($1.delivery, $1.record) }
        .prefix(Self.examples))
    entries[key] = known
  }
}
