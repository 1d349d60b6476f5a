import Columns
import Foundation
import Parquet
import Testing

@Suite struct RoundTripTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test(
    "Every type comes back, with and without missing values, for sizes around groups of eight",
    arguments: [1, 2, 7, 8, 9, 63, 64, 65, 1000], [0, 1, 2, 10])
  func everyType(rows: Int, missing: Int) throws {
    let path = folder.path("file.parquet")
    let columns = Tables.columns(isNullable: true)
    let group = Tables.group(rows: rows, missing: missing)
    try Tables.write([group], columns, to: path)
    try expect(path, columns, [group])
  }

  @Test("Every type comes back for sizes around pages", arguments: [65_535, 65_536, 65_537, 140_000])
  func pages(rows: Int) throws {
    let path = folder.path("file.parquet")
    let columns = Tables.columns(isNullable: true)
    let group = Tables.group(rows: rows, missing: 5)
    try Tables.write([group], columns, to: path)
    try expect(path, columns, [group])
  }

  @Test("Columns that may not have missing values", arguments: [1, 8, 70_000])
  func required(rows: Int) throws {
    let path = folder.path("file.parquet")
    let columns = Tables.columns(isNullable: false)
    let group = Tables.group(rows: rows, missing: 0)
    try Tables.write([group], columns, to: path)
    try expect(path, columns, [group])
  }

  @Test("Several groups, empty ones at the begin, in the middle and at the end")
  func groups() throws {
    let path = folder.path("file.parquet")
    let columns = Tables.columns(isNullable: true)
    let groups = [0, 3, 0, 0, 1000, 17, 0].enumerated().map { index, rows in
      Tables.group(rows: rows, missing: index, seed: UInt64(index))
    }
    try Tables.write(groups, columns, to: path)
    try expect(path, columns, groups)
    #expect(try ParquetReader(path: path).rows == 1020)
  }

  @Test("No group at all")
  func noGroup() throws {
    let path = folder.path("file.parquet")
    let columns = Tables.columns(isNullable: true)
    try Tables.write([], columns, to: path)
    try expect(path, columns, [])
  }

  @Test("Extremes")
  func extremes() throws {
    let path = folder.path("file.parquet")
    let cents: Int64 = 999_999_999_999_999_999
    let group: [Column] = [
      .day([.min + 1, .max, 0]), .integer([.min + 1, .max, -1]), .long([.min + 1, .max, 0]),
      .cents([-cents, cents, 0]), .decimal([-.greatestFiniteMagnitude, .infinity, -0.0]), .flag([0, 1, 1]),
      .code(codes(["", "a", String(repeating: "é", count: 40_000)])),
      .text(texts([String(repeating: "x", count: 3_000_000), "y", "\u{0}"])),
      .identifier([
        Identifier(high: 0, low: 1), Identifier(high: .max, low: .max), Identifier(high: 1, low: 0),
      ]),
    ]
    let columns = Tables.columns(isNullable: true)
    try Tables.write([group], columns, to: path)
    try expect(path, columns, [group])
    let read = try ParquetReader(path: path).read(group: 0, columns: ["decimal_column"])
    guard case .decimal(let values) = read[0] else {
      Issue.record("not a decimal")
      return
    }
    #expect(values[2].sign == .minus)
  }

  @Test("A book with values that do not occur, an empty value or none at all")
  func books() throws {
    let path = folder.path("file.parquet")
    var used = CodeColumn(book: CodeBook(["a", "b", "", "c", "d"]))
    used.indices = [3, -1, 1, 2, 3]
    var none = CodeColumn()
    none.indices = [-1, -1, -1, -1, -1]
    let columns = [ColumnSpec("used", .code), ColumnSpec("none", .code)]
    try Tables.write([[.code(used), .code(none)]], columns, to: path)
    let read = try ParquetReader(path: path).read(group: 0)
    guard case .code(let first) = read[0], case .code(let second) = read[1] else {
      Issue.record("not codes")
      return
    }
    #expect(first.book.values == ["b", "c"])
    #expect(first.indices == [1, -1, 0, -1, 1])
    #expect(second.book.values == [])
    #expect(second.indices == none.indices)
  }

  @Test("A large book in which most values occur once is written as text and comes back as codes")
  func largeBook() throws {
    let path = folder.path("file.parquet")
    let group: [Column] = [.code(codes((0..<70_000).map { $0 % 100 == 0 ? nil : "value \($0)" }))]
    let columns = [ColumnSpec("code", .code)]
    try Tables.write([group], columns, to: path)
    try expect(path, columns, [group])
  }

  @Test("A column of codes without any value comes back as codes, also where it may be text")
  func emptyCodes() throws {
    let path = folder.path("file.parquet")
    try Tables.write([[.code(codes(Array(repeating: nil, count: 300)))]], [ColumnSpec("code", .code)], to: path)
    let column = try ParquetReader(path: path).read(group: 0, mayBeText: ["code"])[0]
    #expect(column.type == .code && column.count == 300)
  }

  @Test("Dictionaries of all widths", arguments: [1, 2, 3, 4, 5, 16, 17, 255, 256, 257, 4096, 5000, 65_536, 100_000])
  func widths(distinct: Int) throws {
    let path = folder.path("file.parquet")
    let group: [Column] = [.code(codes((0..<(2 * distinct + 3)).map { String($0 % distinct) }))]
    let columns = [ColumnSpec("code", .code, isNullable: false)]
    try Tables.write([group], columns, to: path)
    try expect(path, columns, [group])
  }

  @Test(
    "Texts that share beginnings of any length, and are missing, shorter or the same",
    arguments: 1...3 as ClosedRange<UInt64>)
  func beginnings(seed: UInt64) throws {
    var random = Seeded(state: seed)
    let path = folder.path("file.parquet")
    let columns = [ColumnSpec("text", .text), ColumnSpec("code", .code)]
    let long = String(repeating: "een heel lang begin ", count: 5000)
    for rows in [1, 2, 3, 129, 3000, 70_000] {
      var text = "D1000000"
      let values = (0..<rows).map { row -> String? in
        switch Int.random(in: 0..<8, using: &random) {
        case 0: return nil
        case 1: break
        case 2: text = String(text.dropLast(Int.random(in: 0..<text.count, using: &random)))
        case 3: text += "é"
        case 4 where rows < 200: text = long + String(row)
        default: text = String(text.prefix(Int.random(in: 0...24, using: &random))) + String(row)
        }
        return text
      }
      let group: [Column] = [.text(texts(values)), .code(codes(values))]
      try Tables.write([group, [.text(texts((0..<rows).map(Tables.claim))), .code(codes(values))]], columns, to: path)
      try expect(path, columns, [group, [.text(texts((0..<rows).map(Tables.claim))), .code(codes(values))]])
    }
  }

  @Test("Columns that compression hardly makes smaller are left as they are in the next groups, and come back")
  func hardlySmaller() throws {
    let path = folder.path("file.parquet")
    var random = Seeded(state: 9)
    let columns = [ColumnSpec("code", .code), ColumnSpec("text", .text)]
    let groups: [[Column]] = (0..<3).map { _ in
      let values = (0..<9000).map { _ in String(UInt8.random(in: 0...255, using: &random)) }
      return [
        .code(codes(values)),
        .text(texts((0..<9000).map { _ in String(UInt64.random(in: 0...(.max), using: &random), radix: 36) })),
      ]
    }
    try Tables.write(groups, columns, to: path)
    try expect(path, columns, groups)
  }

  @Test("Whole numbers whose differences take any number of bits", arguments: 0...64)
  func differences(bits: Int) throws {
    let path = folder.path("file.parquet")
    var random = Seeded(state: UInt64(bits))
    let limit = bits == 64 ? UInt64.max : 1 << UInt64(bits) - 1
    for rows in [128, 129, 160, 256, 257, 1000] {
      // Missing values are those that no column may hold.
      let longs = (0..<rows).map { _ in
        max(Int64(truncatingIfNeeded: UInt64.random(in: 0...limit, using: &random)), .min + 1)
      }
      let whole = longs.map { max(Int32(truncatingIfNeeded: $0), .min + 1) }
      let spread = whole.enumerated().map { $0.offset % 5 == 1 ? Missing.int32 : $0.element }
      let group: [Column] = [.long(longs), .integer(whole), .day(spread), .integer((0..<Int32(rows)).map { $0 * 3 })]
      let columns = [
        ColumnSpec("long", .long, isNullable: false), ColumnSpec("whole", .integer), ColumnSpec("day", .day),
        ColumnSpec("ascending", .integer, isNullable: false),
      ]
      try Tables.write([group], columns, to: path)
      try expect(path, columns, [group])
    }
  }

  @Test(
    "Whole numbers in a narrow range, with and without gaps and missing values",
    arguments: [1, 2, 3, 300, 16_384, 16_385])
  func narrow(range: Int32) throws {
    let path = folder.path("file.parquet")
    let rows = Int32(70_000)
    let values = (0..<rows).map { row in row % 7 == 3 ? Missing.int32 : -5 + (row * 17) % range }
    let group: [Column] = [.integer(values), .day(values.map { $0 == Missing.int32 ? 19_000 : $0 * 2 })]
    let columns = [ColumnSpec("whole", .integer), ColumnSpec("day", .day, isNullable: false)]
    try Tables.write([group], columns, to: path)
    try expect(path, columns, [group])
  }

  @Test("The same input gives the same bytes")
  func deterministic() throws {
    let columns = Tables.columns(isNullable: true)
    let groups = [Tables.group(rows: 1000, missing: 3), Tables.group(rows: 70_000, missing: 0)]
    let metadata = [(key: "table", value: "claim_line")]
    let first = try Tables.write(groups, columns, to: folder.path("1"), metadata: metadata)
    let second = try Tables.write(groups, columns, to: folder.path("2"), metadata: metadata)
    #expect(first == second)
  }

  @Test("Metadata and a choice of columns")
  func choice() throws {
    let path = folder.path("file.parquet")
    let columns = Tables.columns(isNullable: true)
    let group = Tables.group(rows: 100, missing: 5)
    let metadata = [(key: "table", value: "claim_line"), (key: "note", value: "één")]
    try Tables.write([group], columns, to: path, metadata: metadata)
    let reader = try ParquetReader(path: path)
    #expect(reader.metadata.map(\.key) == ["table", "note"])
    #expect(reader.metadata.map(\.value) == ["claim_line", "één"])
    let read = try reader.read(group: 0, columns: ["text_column", "day_column"])
    #expect(read.map(plain) == [plain(group[7]), plain(group[0])])
  }

  @Test("Groups can be read by several threads at once")
  func concurrent() async throws {
    let path = folder.path("file.parquet")
    let columns = Tables.columns(isNullable: true)
    let groups = (0..<8).map { Tables.group(rows: 5000, missing: 4, seed: $0) }
    try Tables.write(groups, columns, to: path)
    let reader = try ParquetReader(path: path)
    let found = try await withThrowingTaskGroup(of: (Int, [[String?]]).self) { tasks in
      for number in 0..<8 { tasks.addTask { (number, try reader.read(group: number).map(plain)) } }
      return try await tasks.reduce(into: [:]) { $0[$1.0] = $1.1 }
    }
    for (number, group) in groups.enumerated() { #expect(found[number] == group.map(plain)) }
  }
}
