import Columns
import Foundation
import Parquet
import Testing

/// Opens a file of these bytes and reads all of it. Whatever the bytes, this must end, with values or with an error.
func readAll(_ bytes: Data, _ folder: TemporaryFolder) throws -> Result<Int, ParquetError> {
  let path = folder.path("damaged.parquet")
  // A new file each time: some file systems wait for the disk when an old one is overwritten.
  try? FileManager.default.removeItem(atPath: path)
  try bytes.write(to: URL(filePath: path))
  do throws(ParquetError) {
    let reader = try ParquetReader(path: path)
    var values = 0
    for group in reader.rowGroups.indices {
      for column in try reader.read(group: group) { values += plain(column).count }
    }
    return .success(values)
  } catch { return .failure(error) }
}

@Suite struct MalformedTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func read(_ bytes: some Collection<UInt8>) throws -> Result<Int, ParquetError> {
    try readAll(Data(bytes), folder)
  }

  private func sample(rows: Int = 40) throws -> [UInt8] {
    try Tables.write(
      [Tables.group(rows: rows, missing: 3), Tables.group(rows: rows / 2, missing: 0)],
      Tables.columns(isNullable: true), to: folder.path("whole.parquet"))
  }

  @Test("A file cut off anywhere is refused")
  func truncated() throws {
    let bytes = try sample()
    for count in stride(from: 0, to: bytes.count, by: 7) {
      guard case .failure(let error) = try read(bytes.prefix(count)) else {
        Issue.record("\(count) of \(bytes.count) bytes were accepted")
        continue
      }
      #expect(error.reason.isEmpty == false && error.path.hasSuffix("damaged.parquet"))
    }
  }

  @Test("A file with one wrong bit never stops the program", arguments: [1, 2])
  func bitFlips(seed: UInt64) throws {
    let bytes = try sample()
    var random = Seeded(state: seed)
    var refused = 0
    for _ in 0..<1000 {
      var damaged = bytes
      damaged[Int.random(in: bytes.indices, using: &random)] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      if case .failure = try read(damaged) { refused += 1 }
    }
    // A wrong bit in a value cannot be seen; most others must be.
    #expect(refused > 300)
  }

  @Test("A file with wrong bytes in its footer never stops the program")
  func damagedFooter() throws {
    let bytes = try sample()
    var random = Seeded(state: 3)
    let footer = bytes[(bytes.count - 8)..<(bytes.count - 4)].reversed().reduce(0) { $0 << 8 | Int($1) }
    let range = (bytes.count - 8 - footer)..<(bytes.count - 8)
    var refused = 0
    for _ in 0..<1000 {
      var damaged = bytes
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        damaged[Int.random(in: range, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      if case .failure = try read(damaged) { refused += 1 }
    }
    #expect(refused > 300)
  }

  @Test("Numbers of 64 bits anywhere never stop the program", arguments: [Int.max, Int.min, 1 << 40])
  func hugeNumbers(number: Int) throws {
    let bytes = try sample(rows: 10)
    var rest = UInt64(bitPattern: Int64(number << 1 ^ number >> 63))
    var encoded: [UInt8] = []
    while rest >= 0x80 {
      encoded.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    encoded.append(UInt8(rest))
    for position in 4..<(bytes.count - 8 - encoded.count) {
      var damaged = bytes
      damaged.replaceSubrange(position..<(position + encoded.count), with: encoded)
      _ = try read(damaged)
    }
    // The same in place of one byte of the footer, so that what follows keeps its meaning.
    let footer = bytes[(bytes.count - 8)..<(bytes.count - 4)].reversed().reduce(0) { $0 << 8 | Int($1) }
    for position in (bytes.count - 8 - footer)..<(bytes.count - 8) {
      var damaged = bytes
      damaged.replaceSubrange(position...position, with: encoded)
      let end = damaged.count - 8
      damaged[end] = UInt8(truncatingIfNeeded: footer + encoded.count - 1)
      damaged[end + 1] = UInt8(truncatingIfNeeded: (footer + encoded.count - 1) >> 8)
      _ = try read(damaged)
    }
    // Reached without stopping; and the file was good before.
    guard case .success = try read(bytes) else {
      Issue.record("the file cannot be read")
      return
    }
  }

  @Test("Any wrong byte in texts that share beginnings never stops the program")
  func damagedBeginnings() throws {
    let columns = [ColumnSpec("text", .text)]
    let values = (0..<150).map { $0 % 11 == 3 ? nil : Tables.claim($0) }
    let bytes = try Tables.write([[.text(texts(values))]], columns, to: folder.path("whole.parquet"))
    var reasons: Set<String> = []
    for position in 4..<(bytes.count - 8) {
      for byte in [bytes[position] ^ 1, bytes[position] ^ 0x80, 0, 0x7F, 0xFF] {
        var damaged = bytes
        damaged[position] = byte
        if case .failure(let error) = try read(damaged) { reasons.insert(error.reason) }
      }
    }
    let place = "column text in row group 0: "
    for reason in [
      "a page of text refers to more than the text before; the file is damaged",
      "a page of text does not end with its last value; the file is damaged",
      "a page of differences is not as long as it says; the file is damaged",
    ] {
      #expect(reasons.contains(place + reason))
    }
  }

  @Test("Bytes that are not Parquet are refused", arguments: [0, 3, 4, 8, 11, 12, 13, 100, 5000])
  func noise(count: Int) throws {
    var random = Seeded(state: UInt64(count))
    let noise = (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
    guard case .failure = try read(noise), case .failure = try read(Array("PAR1".utf8) + noise + Array("PAR1".utf8))
    else {
      Issue.record("noise was accepted")
      return
    }
  }

  @Test("A file that is not finished is refused, and says why")
  func unfinished() throws {
    let path = folder.path("file.parquet")
    do {
      let writer = try ParquetWriter(path: path, columns: [ColumnSpec("text", .text)])
      try writer.write([.text(texts((0..<200_000).map { "text \($0 &* 7919)" }))], rows: 200_000)
    }
    let error = #expect(throws: ParquetError.self) { try ParquetReader(path: path) }
    #expect(error?.path == path)
  }

  @Test("A file that is not there, a folder, a folder that is not there")
  func absent() throws {
    let error = #expect(throws: ParquetError.self) { try ParquetReader(path: folder.path("absent")) }
    #expect(error?.reason == "cannot be opened: No such file or directory")
    #expect(throws: ParquetError.self) { try ParquetReader(path: folder.url.path) }
    #expect(throws: ParquetError.self) {
      try ParquetWriter(path: folder.path("absent/file"), columns: [ColumnSpec("a", .day)])
    }
  }

  @Test("A column or row group that does not exist")
  func wrongChoice() throws {
    _ = try sample()
    let reader = try ParquetReader(path: folder.path("whole.parquet"))
    let error = #expect(throws: ParquetError.self) { try reader.read(group: 0, columns: ["day_colum"]) }
    #expect(error?.reason.hasPrefix("has no column day_colum; it has day_column, integer_column") == true)
    #expect(throws: ParquetError.self) { try reader.read(group: 2) }
    #expect(throws: ParquetError.self) { try reader.read(group: -1) }
  }

  @Test("Columns that cannot be: no name, two of a name, none at all")
  func wrongColumns() throws {
    for columns in [
      [], [ColumnSpec("", .day)], [ColumnSpec("a:b", .day)], [ColumnSpec("a", .day), ColumnSpec("a", .day)],
    ] {
      #expect(throws: ParquetError.self) { try ParquetWriter(path: folder.path("file"), columns: columns) }
    }
  }

  @Test(
    "A value missing where it may not be is refused and says in which column",
    arguments: ColumnType.allCases)
  func missing(type: ColumnType) throws {
    let specs = [ColumnSpec("wanted", type, isNullable: false)]
    let index = try #require(ColumnType.allCases.firstIndex(of: type))
    let column = Tables.group(rows: 20, missing: 2)[index]
    let writer = try ParquetWriter(path: folder.path("file"), columns: specs)
    let error = #expect(throws: ParquetError.self) { try writer.write([column], rows: 20) }
    #expect(error?.reason.hasPrefix("column wanted may not have missing values, but has ") == true)
    #expect(throws: ParquetError.self) { try writer.finish() }
  }

  @Test("Groups that do not fit the columns, and values that no file can hold")
  func wrongGroups() throws {
    var strange = CodeColumn(book: CodeBook(["a"]))
    strange.indices = [1]
    let wrong: [(ColumnType, [Column], Int)] = [
      (.day, [], 0), (.day, [.integer([1])], 1), (.day, [.day([1])], 2), (.day, [.day([1]), .day([1])], 1),
      (.flag, [.flag([2])], 1), (.code, [.code(strange)], 1), (.cents, [.cents([.max])], 1),
    ]
    for (type, group, rows) in wrong {
      let writer = try ParquetWriter(path: folder.path("file"), columns: [ColumnSpec("a", type)])
      #expect(throws: ParquetError.self) { try writer.write(group, rows: rows) }
      #expect(throws: ParquetError.self) { try writer.write([Column(type)], rows: 0) }
    }
    let writer = try ParquetWriter(path: folder.path("file"), columns: [ColumnSpec("a", .day)])
    try writer.finish()
    #expect(throws: ParquetError.self) { try writer.finish() }
    #expect(throws: ParquetError.self) { try writer.write([.day([])], rows: 0) }
  }
}
