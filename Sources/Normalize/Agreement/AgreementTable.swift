import CoreDataset
import Definitions
import Foundation
import Workspace

/// What two parties agree on, per provider, month and performance code. Tables of buckets add up.
struct AgreementTable: Sendable {
  /// What was found of a line.
  enum Kind: Int, Sendable, CaseIterable {
    case agreed, otherAmount, otherDate, onlyFirst, onlySecond

    var name: String {
      switch self {
      case .agreed: "agreed"
      case .otherAmount: "other_amount"
      case .otherDate: "other_date"
      case .onlyFirst: "only_first"
      case .onlySecond: "only_second"
      }
    }
  }
  struct Key: Hashable, Comparable, Sendable {
    let provider: String
    let month: String
    let code: String

    static func < (a: Key, b: Key) -> Bool { (a.provider, a.month, a.code) < (b.provider, b.month, b.code) }
  }
  /// Lines and cents of both parties, by kind.
  struct Cell: Sendable {
    var lines = [Int](repeating: 0, count: Kind.allCases.count)
    var first = [Int64](repeating: 0, count: Kind.allCases.count)
    var second = [Int64](repeating: 0, count: Kind.allCases.count)
    /// Some of the lines that differ.
    var examples: [(delivery: Int, record: Int32)] = []

    mutating func add(_ other: Cell) {
      for kind in lines.indices {
        lines[kind] += other.lines[kind]
        first[kind] += other.first[kind]
        second[kind] += other.second[kind]
      }
      examples = Array(
        (examples + other.examples).sorted { ($0.delivery, $0.record) < ($1.delivery, $1.record) }
          .prefix(UnmappedCodes.examples))
    }

    /// Whether the second party has any line here.
    var hasSecond: Bool { Kind.allCases.contains { $0 != .onlyFirst && lines[$0.rawValue] > 0 } }
  }
  private(set) var cells: [Key: Cell] = [:]

  mutating func add(_ key: Key, _ kind: Kind, first: Int64?, second: Int64?, example: (delivery: Int, record: Int32)) {
    var cell = Cell()
    cell.lines[kind.rawValue] = 1
    cell.first[kind.rawValue] = first ?? 0
    cell.second[kind.rawValue] = second ?? 0
    if kind != .agreed { cell.examples = [example] }
    cells[key, default: Cell()].add(cell)
  }

  mutating func merge(_ other: AgreementTable) {
    for (key, cell) in other.cells { cells[key, default: Cell()].add(cell) }
  }

  /// Without the providers of which the second party has no line at all: it does not report their care.
  func ofBoth() -> AgreementTable {
    let shared = Set(cells.filter(\.value.hasSecond).map(\.key.provider))
    var table = AgreementTable()
    table.cells = cells.filter { shared.contains($0.key.provider) }
    return table
  }

  /// Sums over all cells.
  var total: Cell { cells.values.reduce(into: Cell()) { $0.add($1) } }

  /// Writes `quality/source-agreement.csv`; `first` and `second` in its header are the names of the parties.
  func write(_ spec: SourceAgreement, _ manifest: Manifest, run: RunFolder) throws(Problem) {
    func named(_ text: String) -> String {
      text.replacingOccurrences(of: "first", with: spec.first.rawValue)
        .replacingOccurrences(of: "second", with: spec.second.rawValue)
    }
    let header =
      ["provider", "month", "performance_code"]
      + Kind.allCases.flatMap { kind -> [String] in
        switch kind {
        case .agreed, .otherDate: ["\(kind.name)_lines", "\(kind.name)_euros"]
        case .otherAmount: ["\(kind.name)_lines", "\(kind.name)_euros_first", "\(kind.name)_euros_second"]
        case .onlyFirst, .onlySecond: ["\(kind.name)_lines", "\(kind.name)_euros"]
        }
      }.map(named) + ["examples"]
    func fields(_ cell: Cell) -> [String] {
      Kind.allCases.flatMap { kind -> [String] in
        let (lines, first, second) = (cell.lines[kind.rawValue], cell.first[kind.rawValue], cell.second[kind.rawValue])
        let euros = CodeFiles.euros
        switch kind {
        case .agreed, .otherDate, .onlyFirst: return [String(lines), euros(first)]
        case .otherAmount: return [String(lines), euros(first), euros(second)]
        case .onlySecond: return [String(lines), euros(second)]
        }
      }
    }
    let rows = cells.sorted { $0.key < $1.key }.map { key, cell in
      [key.provider, key.month, key.code] + fields(cell)
        + [cell.examples.map { "\(manifest.deliveries[$0.delivery].delivery):\($0.record)" }.joined(separator: " ")]
    }
    try CodeFiles.write(
      [header, ["total", "", ""] + fields(total) + [""]] + rows,
      to: run.folder.appending(path: "quality").appending(path: "source-agreement.csv"))
  }
}
