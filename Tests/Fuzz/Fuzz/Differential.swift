import Foundation

@testable import Readers

/// Small random texts, cut in place and by libcsv: fields, lines and faults must be the same. Millions of cases in one
/// process, since a text of some ten bytes is read in less than a microsecond.
enum Differential {
  /// Bytes that mean something to a reader, in symbols of up to four bytes; `;` stands for the delimiter.
  private static let symbols: [[UInt8]] =
    ["a", "b", "12", ";", ";", ";", ";;", "\"", "\"", "\"\"", "\"c\"", ";\"", "\";", "\n", "\n", "\r\n", "\r", "\n\n"]
    .map { Array($0.utf8) }
    + [" ", " ", "\t", "  ", ",", "\"\n\"", "a;b\n", "a;\n", "\n \n", ";a"].map { Array($0.utf8) }
    + [[0xC3, 0xA9], [0xE9], [0x80], [0x1F]]

  private struct Numbers {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var z = state
      z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      return z ^ (z >> 31)
    }

    mutating func below(_ count: Int) -> Int { Int(truncatingIfNeeded: next() >> 33) % count }
  }

  /// Runs for some seconds. Only cases of which a record was cut in place are counted; each is another random text.
  static func run(seconds: Double, seed: UInt64) {
    precondition(symbols.count == 32)
    var numbers = Numbers(state: seed)
    let start = ProcessInfo.processInfo.systemUptime
    var cases = 0
    var withHandOver = 0
    while ProcessInfo.processInfo.systemUptime - start < seconds {
      let dialect = Dialect(
        delimiter: [0x3B, 0x3B, 0x2C, 0x09, 0x20][numbers.below(5)], quote: numbers.below(8) == 0 ? nil : 0x22,
        hasHeader: false, maxRecordBytes: [5, 17, 40, 1 << 20, 1 << 20, 1 << 20][numbers.below(6)])
      let (some, other) = compare(dialect, width: 1 + numbers.below(3), &numbers, texts: 20_000)
      cases += some
      withHandOver += other
    }
    print("differential: \(cases) cases, \(withHandOver) with both ways of reading in one text, seed \(seed)")
  }

  private static func compare(
    _ dialect: Dialect, width: Int, _ numbers: inout Numbers, texts: Int
  ) -> (cases: Int, withHandOver: Int) {
    var inPlace = DelimitedReader(dialect: dialect, width: width, usesOnlyLibCSV: false)
    var library = DelimitedReader(dialect: dialect, width: width, usesOnlyLibCSV: true)
    var text: [UInt8] = []
    var (cases, withHandOver) = (0, 0)
    // Some texts without any quote: the way of reading does not change in them.
    let hasQuotes = dialect.quote != nil && numbers.below(4) > 0
    for _ in 0..<texts {
      text.removeAll(keepingCapacity: true)
      let count = numbers.below(numbers.below(8) == 0 ? 120 : 24)
      var (pool, left) = (UInt64(0), 0)
      for _ in 0..<count {
        if left == 0 { (pool, left) = (numbers.next(), 12) }
        let symbol = Int(truncatingIfNeeded: pool & 31)
        (pool, left) = (pool >> 5, left - 1)
        for byte in symbols[symbol] where hasQuotes || byte != 0x22 {
          text.append(byte == 0x3B ? dialect.delimiter : byte)
        }
      }
      let lineEnd = !text.contains(0x0A) && text.contains(0x0D) ? LineEnd.carriageReturn : .lineFeed
      if text.isEmpty { continue }
      if text.last != lineEnd.rawValue { text.append(lineEnd.rawValue) }
      var scanner = StructureScanner(
        text.span, dialect: dialect, lineEnd: lineEnd, isAtEnd: true, firstLine: 1, fileOffset: 0,
        smallestBytesInPlace: 1)
      scanner.scan()
      let segments = scanner.segments
      let isCutInPlace = segments.contains { $0.kind == .plain || $0.kind == .tidy }
      if !isCutInPlace { continue }
      cases += 1
      if segments.contains(where: { $0.kind == .quoted }) { withHandOver += 1 }
      let piece = Piece(
        index: 0, firstLine: 1, bytes: text, hasQuotes: true, fileOffset: 0, lineEnd: lineEnd, segments: segments,
        faults: scanner.faults)
      let found = read(&inPlace, piece)
      if found == read(&library, piece) { continue }
      print("\(dialect), width \(width): \(String(reflecting: String(decoding: text, as: UTF8.self)))")
      preconditionFailure("cut in place, a text reads otherwise than by libcsv")
    }
    return (cases, withHandOver)
  }

  private static func read(_ reader: inout DelimitedReader, _ piece: Piece) -> FuzzTargets.Records {
    var records = FuzzTargets.Records()
    reader.start(piece)
    while let batch = reader.next() { records.take(batch) }
    records.faults = reader.takeFaults()
    return records
  }
}
