import Columns
import Foundation
import Parquet
import Testing

/// Python with pyarrow, DuckDB and Polars.
enum Peers {
  /// Runs a program; what it printed and whether it ended well.
  static func run(_ program: String, _ arguments: [String] = []) throws -> (succeeded: Bool, output: String) {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3", "-c", program] + arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return (process.terminationStatus == 0, output)
  }

  static let arePresent = (try? run("import pyarrow, duckdb, polars").succeeded) ?? false
  static let hint: Comment = "needs python3 with pyarrow, duckdb and polars"
}

@Suite(.enabled(if: Peers.arePresent, Peers.hint)) struct PeerTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private struct Expected: Encodable {
    let names: [String]
    let nullable: Bool
    /// Whether columns of text must be front-coded.
    let orderedTexts: Bool
    let groups: [[[String?]]]
  }

  private func check(_ groups: [[Column]], isNullable: Bool, orderedTexts: Bool = false) throws {
    let columns = Tables.columns(isNullable: isNullable)
    let path = folder.path("ours.parquet")
    try Tables.write(groups, columns, to: path, metadata: [(key: "table", value: "claim_line")])
    let expected = Expected(
      names: columns.map(\.name), nullable: isNullable, orderedTexts: orderedTexts,
      groups: groups.map { $0.map(plain) })
    try JSONEncoder().encode(expected).write(to: folder.url.appending(path: "expected.json"))
    let result = try Peers.run(PeerScripts.read, [path, folder.path("expected.json")])
    #expect(result.succeeded && result.output == "ok\n", "\(result.output)")
  }

  @Test("pyarrow, DuckDB and Polars read what we write", arguments: [0, 1, 2, 10], [true, false])
  func theyRead(missing: Int, isNullable: Bool) throws {
    let sizes = [0, 1, 9, 0, 3000, 0]
    let groups = sizes.enumerated().map { index, rows in
      Tables.group(rows: rows, missing: isNullable ? missing : 0, seed: UInt64(index))
    }
    try check(groups, isNullable: isNullable)
  }

  @Test("They read several pages", arguments: [0, 4])
  func severalPages(missing: Int) throws {
    try check([Tables.group(rows: 70_000, missing: missing)], isNullable: true)
  }

  @Test("They read files of which all groups are empty", arguments: [0, 1, 3])
  func empty(count: Int) throws {
    try check(Array(repeating: Tables.group(rows: 0, missing: 0), count: count), isNullable: true)
  }

  @Test("They read packed numbers, codes with one value, long texts and a large book written as text")
  func special() throws {
    var first = Tables.group(rows: 70_000, missing: 0)
    first[6] = .code(codes(Array(repeating: "same", count: 70_000)))
    first[7] = .text(texts((0..<70_000).map { String(repeating: "é\($0)", count: $0 % 30) }))
    first[0] = .day((0..<70_000).map { 19_000 + $0 % 365 })
    first[1] = .integer((0..<70_000).map { $0 % 9 == 0 ? Missing.int32 : $0 / 3 })
    first[3] = .cents((0..<70_000).map { $0 % 1_000 * 7 - 500 })
    var second = Tables.group(rows: 70_000, missing: 2)
    second[0] = .day((0..<70_000).map { $0 % 4 == 0 ? Missing.int32 : 10 + $0 % 2 })
    second[1] = .integer(Array(repeating: Missing.int32, count: 70_000))
    second[2] = .long(Array(repeating: Missing.int64, count: 70_000))
    second[6] = .code(codes((0..<70_000).map { "a rather long code of which there are very many, so many that \($0)" }))
    try check([first, second], isNullable: true)
  }

  @Test("They read texts in order, of which the file holds what differs from the text before", arguments: [0, 4])
  func textsInOrder(missing: Int) throws {
    var groups = [3000, 70_000].map { Tables.group(rows: $0, missing: missing) }
    for number in groups.indices {
      let rows = groups[number][7].count
      groups[number][7] = .text(
        texts((0..<rows).map { missing > 0 && $0 % 9 == 2 ? nil : Tables.claim($0) }))
    }
    try check(groups, isNullable: true, orderedTexts: true)
  }

  @Test("Wrong bits in files that are not compressed never stop the program")
  func bitFlips() throws {
    let result = try Peers.run(PeerScripts.writeSmall, [folder.url.path])
    try #require(result.succeeded && result.output == "ok\n", "\(result.output)")
    var random = Seeded(state: 5)
    for name in ["arrow-1.0", "arrow-2.0", "duckdb", "polars"] {
      let bytes = try Data(contentsOf: folder.url.appending(path: "\(name).parquet"))
      guard case .success = try readAll(bytes, folder) else {
        Issue.record("\(name) cannot be read")
        continue
      }
      var refused = 0
      for _ in 0..<500 {
        var damaged = bytes
        damaged[Int.random(in: bytes.indices, using: &random)] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        if case .failure = try readAll(damaged, folder) { refused += 1 }
      }
      #expect(refused > 20, "\(name)")
    }
  }

  private struct Source: Decodable {
    let expected: String
    let without: [String]
  }

  @Test("We read what pyarrow, DuckDB and Polars write")
  func weRead() throws {
    let result = try Peers.run(PeerScripts.write, [folder.url.path])
    try #require(result.succeeded && result.output == "ok\n", "\(result.output)")
    func decode<Value: Decodable>(_ type: Value.Type, _ name: String) throws -> Value {
      try JSONDecoder().decode(type, from: Data(contentsOf: folder.url.appending(path: name)))
    }
    let files = try decode([String: Source].self, "files.json")
    #expect(files.count == 6 * 2 * (6 + 2))
    for (name, source) in files.sorted(by: { $0.key < $1.key }) {
      let expected = try decode([String: [String?]].self, source.expected)
      do {
        let reader = try ParquetReader(path: folder.path(name))
        for spec in Tables.columns(isNullable: true) where !source.without.contains(spec.name) {
          let found = try #require(reader.columns.first { $0.name == spec.name }, "\(name) \(spec.name)")
          #expect(found.isNullable)
          if spec.type != .code && spec.type != .text { #expect(found.type == spec.type, "\(name) \(spec.name)") }
          var values: [String?] = []
          for group in reader.rowGroups.indices {
            values += try reader.read(group: group, columns: [spec.name]).flatMap(plain)
          }
          let isSame = values == expected[spec.name]
          #expect(isSame, "\(name) \(spec.name)")
        }
      } catch let error as ParquetError { Issue.record("\(error)") }
    }

    // Without our metadata, all values in dictionaries are what makes text codes.
    let some = try ParquetReader(path: folder.path("arrow-1000-3-zstd-1.0-some.parquet"))
    #expect(some.columns.filter { $0.type == .code }.map(\.name) == ["code_column"])
    let none = try ParquetReader(path: folder.path("arrow-1000-3-zstd-1.0-False.parquet"))
    #expect(none.columns.filter { $0.type == .code }.isEmpty)

    let delta = try ParquetReader(path: folder.path("delta.parquet")).read(group: 0)
    guard case .integer(let numbers) = delta[0] else {
      Issue.record("not whole numbers: \(delta[0].type)")
      return
    }
    #expect(numbers == (0..<5000).map { $0 % 7 == 0 ? Missing.int32 : $0 * $0 % 9973 })

    for version in ["1.0", "2.0"] {
      let claims = try ParquetReader(path: folder.path("prefixes-\(version).parquet")).read(group: 0)
      #expect(claims.map(plain) == [(0..<5000).map { $0 % 7 == 0 ? nil : "D\(1_000_000 + $0 / 3)" }])
    }

    let refused = [
      "split": "column a in row group 0: is encoded as BYTE_STREAM_SPLIT; write it as PLAIN or with a dictionary",
      "snappy": "column a in row group 0: is compressed by snappy; write it with zstd or without compression",
      "wide": "column a is a decimal that is not stored in 64 bits; write amounts as DECIMAL(18,2)",
      "scale": "column a is a decimal with 4 digits after the point; write amounts as DECIMAL(18,2)",
      "time": "column a is of type time; cast it to a date, a number or text",
      "float": "column a holds 32-bit floating point numbers; cast it to a double",
      "nested": "column a is nested; write it flat, one value per row",
      "unsigned": "column a is a large unsigned number; cast it to a signed 64-bit integer",
      "bytes": "column a holds bytes; cast it to text",
    ]
    for (name, reason) in refused {
      let error = #expect(throws: ParquetError.self) {
        try ParquetReader(path: folder.path("\(name).parquet")).read(group: 0)
      }
      #expect(error?.reason == reason)
    }
  }
}
