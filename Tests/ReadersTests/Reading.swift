import Columns
import Foundation

@testable import Readers

/// Everything that was read from a file, in a form that can be compared.
struct Reading: Equatable {
  struct Record: Equatable {
    var line: Int
    var fields: [String]
  }
  struct Fault: Equatable {
    var line: Int
    var code: String
    /// The bytes that the fault points at in the file.
    var text: String
  }

  var header: [String] = []
  var records: [Record] = []
  var faults: [Fault] = []
  var pieceCount = 0

  var rows: [[String]] { records.map(\.fields) }
  var lines: [Int] { records.map(\.line) }
  var codes: [String] { faults.map(\.code) }

  static func == (a: Reading, b: Reading) -> Bool {
    a.header == b.header && a.records == b.records && a.faults == b.faults
  }
}

/// A file that is removed when it goes out of scope.
final class TemporaryFile {
  let path: String

  init(_ bytes: [UInt8]) throws {
    path = FileManager.default.temporaryDirectory.appending(path: "readers-\(UUID().uuidString)").path
    try Data(bytes).write(to: URL(filePath: path))
  }

  convenience init(_ text: String) throws { try self.init(Array(text.utf8)) }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}

/// Reads a text as a file. Without a width, the header or the first record gives it.
func read(
  _ text: some Collection<UInt8>, _ dialect: Dialect = Dialect(delimiter: UInt8(ascii: ";"), hasHeader: false),
  width: Int? = nil, pieceBytes: Int = 8 << 20, usesOnlyLibCSV: Bool = false
) throws -> Reading {
  let bytes = Array(text)
  let file = try TemporaryFile(bytes)
  var reading = Reading()
  var pieces = try PieceReader(path: file.path, dialect: dialect, pieceBytes: pieceBytes)
  if dialect.hasHeader { reading.header = try pieces.header() }
  let width = width ?? max(reading.header.count, 1)
  var reader = DelimitedReader(dialect: dialect, width: width, usesOnlyLibCSV: usesOnlyLibCSV)
  while let piece = try pieces.next() {
    precondition(piece.index == reading.pieceCount)
    reading.pieceCount += 1
    reader.start(piece)
    while let batch = reader.next() {
      precondition(batch.count > 0)
      reading.append(batch)
    }
    reading.faults += reader.takeFaults().map {
      // Places are those of the text, which lies beyond the bytes of a compressed file.
      let text = bytes.count < $0.byteRange.upperBound ? [] : bytes[$0.byteRange]
      return Reading.Fault(line: $0.line, code: $0.reason.code, text: String(decoding: text, as: UTF8.self))
    }
  }
  return reading
}

func read(_ text: String, _ dialect: Dialect? = nil, width: Int? = nil, pieceBytes: Int = 8 << 20) throws -> Reading {
  try read(
    Array(text.utf8), dialect ?? Dialect(delimiter: UInt8(ascii: ";"), hasHeader: false), width: width,
    pieceBytes: pieceBytes)
}

extension Reading {
  mutating func append(_ batch: borrowing RecordBatch) {
    for row in 0..<batch.count {
      var fields: [String] = []
      for i in 0..<batch.width {
        let field = batch.column(i)[row]
        var bytes: [UInt8] = []
        for k in field.indices { bytes.append(field[k]) }
        fields.append(String(decoding: bytes, as: UTF8.self))
      }
      records.append(Record(line: Int(batch.lines[row]), fields: fields))
    }
  }
}

/// Seeded random numbers (SplitMix64), so that a failure can be repeated.
struct Seeded: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
