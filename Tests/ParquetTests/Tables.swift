import Columns
import Foundation
import Parquet
import Testing

/// A folder that goes away with the value.
final class TemporaryFolder {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appending(path: "parquet-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  func path(_ name: String) -> String { url.appending(path: name).path }
}

/// A generator with a seed (SplitMix64, Steele and others 2014), so that a failure can be repeated.
struct Seeded: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
    return z ^ z >> 31
  }
}

/// Values of a column in a form that can be compared and printed; missing is nil.
func plain(_ column: Column) -> [String?] {
  switch column {
  case .day(let values), .integer(let values): values.map { $0 == Missing.int32 ? nil : String($0) }
  case .long(let values), .cents(let values): values.map { $0 == Missing.int64 ? nil : String($0) }
  case .decimal(let values): values.map { $0.isNaN ? nil : String($0.bitPattern) }
  case .flag(let values): values.map { $0 == Missing.flag ? nil : String($0) }
  case .code(let codes): codes.indices.indices.map { codes[$0] }
  case .text(let texts): (0..<texts.count).map { texts.range($0).isEmpty ? nil : texts[$0] }
  case .identifier(let values): values.map { $0.isMissing ? nil : $0.hexadecimal }
  }
}

/// Whether columns hold the same values, whatever the order of the books.
func same(_ a: Column, _ b: Column) -> Bool {
  switch (a, b) {
  case (.day(let a), .day(let b)), (.integer(let a), .integer(let b)): return a == b
  case (.long(let a), .long(let b)), (.cents(let a), .cents(let b)): return a == b
  case (.decimal(let a), .decimal(let b)): return a.map(\.bitPattern) == b.map(\.bitPattern)
  case (.flag(let a), .flag(let b)): return a == b
  case (.text(let a), .text(let b)): return a == b
  case (.identifier(let a), .identifier(let b)): return a == b
  case (.code(let a), .code(let b)):
    let codes = a.book.values.map { b.book.find($0) ?? -2 }
    return a.indices.map { $0 < 0 ? Missing.code : codes[Int($0)] } == b.indices
  default: return false
  }
}

func texts(_ values: [String?]) -> TextColumn {
  var column = TextColumn()
  for value in values { column.append(Array((value ?? "").utf8)) }
  return column
}

func codes(_ values: [String?]) -> CodeColumn {
  var column = CodeColumn()
  for value in values { column.append(value) }
  return column
}

enum Tables {
  /// One column of each type, named after it.
  static func columns(isNullable: Bool) -> [ColumnSpec] {
    ColumnType.allCases.map { ColumnSpec("\($0.rawValue)_column", $0, isNullable: isNullable) }
  }

  /// Rows of values of all types, one in `missing` of them missing (0: none).
  static func group(rows: Int, missing: Int, seed: UInt64 = 1) -> [Column] {
    var random = Seeded(state: seed)
    func values<Value>(_ absent: Value, _ make: (inout Seeded) -> Value) -> [Value] {
      (0..<rows).map { _ in
        let value = make(&random)
        return missing > 0 && Int.random(in: 0..<missing, using: &random) == 0 ? absent : value
      }
    }
    let words = ["A", "Zürich", "12", "basis-GGZ", "ë", "longer than sixteen bytes", "漢字"]
    return [
      .day(values(Missing.int32) { .random(in: -100_000...100_000, using: &$0) }),
      .integer(values(Missing.int32) { .random(in: (.min + 1)...(.max), using: &$0) }),
      .long(values(Missing.int64) { .random(in: (.min + 1)...(.max), using: &$0) }),
      .cents(values(Missing.int64) { .random(in: -999_999_999_999_999_999...999_999_999_999_999_999, using: &$0) }),
      .decimal(values(Missing.decimal) { .random(in: -1e9...1e9, using: &$0) }),
      .flag(values(Missing.flag) { .random(in: 0...1, using: &$0) }),
      .code(codes(values(nil) { words.randomElement(using: &$0) })),
      .text(texts(values(nil) { "\(words.randomElement(using: &$0) ?? "")\($0.next() % 1_000_000)" })),
      .identifier(values(.missing) { Identifier(high: $0.next(), low: $0.next()) }),
    ]
  }

  /// Numbers of claims as they count up, each for three lines, with a longer one between them now and then.
  static func claim(_ row: Int) -> String {
    row % 100 == 50 ? "D\(100_000_000 + row / 3)/correctie van één regel" : "D\(100_000_000 + row / 3)"
  }

  @discardableResult
  static func write(
    _ groups: [[Column]], _ columns: [ColumnSpec], to path: String,
    metadata: [(key: String, value: String)] = []
  ) throws -> [UInt8] {
    let writer = try ParquetWriter(path: path, columns: columns, metadata: metadata)
    for group in groups { try writer.write(group, rows: group.first?.count ?? 0) }
    try writer.finish()
    return [UInt8](try Data(contentsOf: URL(filePath: path)))
  }
}

/// Checks that a file holds these groups.
func expect(_ path: String, _ columns: [ColumnSpec], _ groups: [[Column]]) throws {
  let reader = try ParquetReader(path: path)
  #expect(reader.columns == columns)
  #expect(reader.rowGroups == groups.map { $0.first?.count ?? 0 })
  for (number, group) in groups.enumerated() {
    let read = try reader.read(group: number)
    try #require(read.count == group.count)
    for (index, column) in group.enumerated() {
      #expect(read[index].type == column.type)
      if same(read[index], column) { continue }
      let (found, wanted) = (plain(read[index]), plain(column))
      let row = zip(found, wanted).enumerated().first { $1.0 != $1.1 }?.offset ?? min(found.count, wanted.count)
      Issue.record("\(columns[index].name), group \(number): \(found.count) rows, first difference in row \(row)")
    }
  }
}
