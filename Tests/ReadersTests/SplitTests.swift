import Testing

@testable import Readers

/// Random text read whole, in pieces of any size and by libcsv alone, against the reference.
@Suite struct SplitTests {
  private static let alphabet: [(String, Int)] = [
    ("a", 6), (";", 6), ("\"", 4), (",", 1), ("\n", 4), ("\r", 1), ("\r\n", 2), (" ", 2), ("\u{e9}", 2), ("\t", 1),
    ("\";\"", 2), ("\"\"", 1), ("a;b\n", 3), ("\"x\ny\";z\n", 2),
  ]

  private static func text(_ random: inout Seeded, _ count: Int, from alphabet: [(String, Int)]) -> [UInt8] {
    let symbols = alphabet.flatMap { Array(repeating: $0.0, count: $0.1) }
    return (0..<count).flatMap { _ in Array((symbols.randomElement(using: &random) ?? "").utf8) }
  }

  @Test(arguments: 0..<40) func anySplitReadsTheSame(seed: Int) throws {
    var random = Seeded(state: UInt64(seed))
    for _ in 0..<8 {
      let text = Self.text(&random, Int.random(in: 0...120, using: &random), from: Self.alphabet)
      let delimiters: [UInt8] = [0x3B, 0x2C, 0x09, 0x20]
      let delimiter = delimiters.randomElement(using: &random) ?? 0x3B
      let dialect = Dialect(
        delimiter: delimiter, quote: seed % 7 == 6 ? nil : UInt8(ascii: "\""), hasHeader: false,
        maxRecordBytes: [5, 17, 40, 1 << 20].randomElement(using: &random) ?? 0)
      let width = Int.random(in: 1...3, using: &random)
      let expected = ReferenceReader(text, dialect, width: width).read()
      for pieceBytes in [1, 3, 16, 64, 1 << 20] {
        for usesOnlyLibCSV in [false, true] {
          let found = try read(
            text, dialect, width: width, pieceBytes: pieceBytes, usesOnlyLibCSV: usesOnlyLibCSV)
          #expect(
            found == expected,
            """
            pieces of \(pieceBytes), libcsv \(usesOnlyLibCSV), delimiter \(delimiter), limit \(dialect.maxRecordBytes)
            \(String(reflecting: String(decoding: text, as: UTF8.self)))
            """)
        }
      }
    }
  }

  @Test(arguments: 0..<5) func longTextInPlaceAndByLibCSV(seed: Int) throws {
    var random = Seeded(state: UInt64(seed + 1000))
    let alphabet = [("a", 30), (";", 8), ("\n", 2), ("\r\n", 1), ("a;b;c\n", 20), (" ", 3), ("\u{e9}", 2)]
    let text = Self.text(&random, 30_000, from: alphabet)
    let dialect = Dialect(delimiter: UInt8(ascii: ";"), hasHeader: false)
    let expected = ReferenceReader(text, dialect, width: 3).read()
    #expect(expected.records.count > 1000)
    #expect(try read(text, dialect, width: 3) == expected)
    #expect(try read(text, dialect, width: 3, usesOnlyLibCSV: true) == expected)
    let pieces = try read(text, dialect, width: 3, pieceBytes: 66_000)
    #expect(pieces == expected)
    #expect(pieces.pieceCount > 1)
  }

  /// Large enough that plain and quoted segments, batches and pieces all change within the file.
  @Test(arguments: 0..<2) func mixedSegments(seed: Int) throws {
    var random = Seeded(state: UInt64(seed + 2000))
    var text: [UInt8] = []
    while text.count < 700_000 {
      switch Int.random(in: 0..<100, using: &random) {
      case 0: text += Array("\"quoted\nfield\";\"with \"\"quotes\"\"\"\r\n".utf8)
      case 1: text += Array("stray;qu\"ote\n".utf8)
      case 2: for i in 0..<3000 { text += Array("plain;\(i)\n".utf8) }
      case 3: for i in 0..<300 { text += Array("\"q\";\(i)\n".utf8) }
      case 4: text += Array("\n \n".utf8)
      case 5: text += Array("one;two;three\n".utf8)
      default: text += Array("p;1\n".utf8)
      }
    }
    let dialect = Dialect(delimiter: UInt8(ascii: ";"), hasHeader: false, maxRecordBytes: 4096)
    let expected = ReferenceReader(text, dialect, width: 2).read()
    for pieceBytes in [5000, 300_000, 8 << 20] {
      #expect(try read(text, dialect, width: 2, pieceBytes: pieceBytes) == expected)
    }
  }
}
