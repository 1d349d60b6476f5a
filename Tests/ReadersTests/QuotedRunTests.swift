import Testing

@testable import Readers

/// Records with quotes that are cut in place, against libcsv and the reference.
@Suite struct QuotedRunTests {
  private static let semicolon = Dialect(delimiter: UInt8(ascii: ";"), hasHeader: false)

  private static func end(_ text: String, _ dialect: Dialect = semicolon, _ lineEnd: LineEnd = .lineFeed) -> Int {
    let bytes = Array(text.utf8)
    return QuotedRun.end(bytes.span, from: 0, dialect, lineEnd)
  }

  /// How much of a text is cut in place, in whole lines.
  @Test(
    arguments: [
      ("\"a\";\"b\"\n", "\"a\";\"b\"\n"), ("\"a\";b\n\"\";\"c;d\"\n", "\"a\";b\n\"\";\"c;d\"\n"),
      ("\"a\";\"b\"\r\n\"c\"\r\n", "\"a\";\"b\"\r\n\"c\"\r\n"), ("a;b\n\n\"c\"\n", "a;b\n\n\"c\"\n"),
      // Each of these is left to libcsv or the scanner, from the line on.
      ("\"a\"\n\"b\"\"c\"\n\"d\"\n", "\"a\"\n"), ("\"a\"\n\"b\nc\"\n", "\"a\"\n"), ("\"a\"\n \"b\"\n", "\"a\"\n"),
      ("\"a\"\n\"b\" ;c\n", "\"a\"\n"), ("\"a\"\nb\"c\n", "\"a\"\n"), ("\"a\"\n\"b\"c\n", "\"a\"\n"),
      ("\"a\"\n\"b\n", "\"a\"\n"), ("\"a\"\n\"b\"\rc\n", "\"a\"\n"), ("\"a\"\n\"b\"", "\"a\"\n"),
    ] as [(String, String)])
  func run(text: String, run: String) {
    #expect(Self.end(text) == run.utf8.count)
    // The same wherever the blocks of sixty-four bytes begin.
    for width in 1...130 {
      let first = String(repeating: "x", count: width) + ";\"\"\n"
      #expect(Self.end(first + text) == (first + run).utf8.count, "\(width)")
    }
  }

  @Test func recordsThatAreTooLargeAreLeftOut() {
    for limit in [1, 8, 62, 63, 64, 65, 130] {
      let dialect = Dialect(delimiter: UInt8(ascii: ";"), hasHeader: false, maxRecordBytes: limit)
      let line = "\"" + String(repeating: "x", count: max(0, limit - 2)) + "\"\n"
      #expect(Self.end(line, dialect) == (limit == 1 ? 0 : line.utf8.count))
      #expect(Self.end("y" + line, dialect) == 0)
      #expect(Self.end("\"" + String(repeating: "x", count: limit) + "\"\n" + line, dialect) == 0)
    }
  }

  private static func field(_ random: inout Seeded) -> String {
    let texts = ["", "a", " ", "12345678", "een;twee", "\u{e9}", " x ", "\t", String(repeating: "lang ", count: 20)]
    let text = texts.randomElement(using: &random) ?? ""
    return Int.random(in: 0..<4, using: &random) == 0 && !text.contains(";") ? text : "\"\(text)\""
  }

  /// Long runs, now and then broken by what cannot be cut in place.
  @Test(arguments: 0..<6) func runsReadAsByLibCSV(seed: Int) throws {
    var random = Seeded(state: UInt64(seed + 3000))
    let end = seed % 2 == 0 ? "\n" : "\r\n"
    var text = ""
    while text.utf8.count < 400_000 {
      switch Int.random(in: 0..<2000, using: &random) {
      case 0: text += "\"twee\nregels\";\"met \"\"quotes\"\"\";3" + end
      case 1: text += " \"blank\" ;\"x\" ;1" + end
      case 2: text += "los\"se;quote;1" + end
      case 3: text += "\"te\";\"weinig\"" + end
      case 4: text += end + " " + end
      default: text += (0..<3).map { _ in Self.field(&random) }.joined(separator: ";") + end
      }
    }
    let expected = ReferenceReader(Array(text.utf8), Self.semicolon, width: 3).read()
    for pieceBytes in [3000, 1 << 20] {
      #expect(try read(Array(text.utf8), Self.semicolon, width: 3, pieceBytes: pieceBytes) == expected)
    }
    #expect(try read(Array(text.utf8), Self.semicolon, width: 3, usesOnlyLibCSV: true) == expected)
  }

  @Test func quotedRecordsAreCutInPlace() throws {
    let file = try TemporaryFile(String(repeating: "\"a\";\"b;c\"\n", count: 10_000) + "\"d\"\"\";\"e\"\n")
    var pieces = try PieceReader(path: file.path, dialect: Self.semicolon)
    #expect(try pieces.next()?.segments.map(\.kind) == [.tidy, .quoted])
  }

  /// Every byte of random blocks is what a plain loop says that it is.
  @Test(arguments: 0..<4) func marks(seed: Int) {
    var random = Seeded(state: UInt64(seed + 4000))
    let marked = MarkedBytes(Self.semicolon, .lineFeed)
    let alphabet: [UInt8] = [0x3B, 0x0A, 0x0D, 0x22, 0x61, 0x00, 0xFF, 0xBB, 0x8A]
    for _ in 0..<300 {
      let bytes = (0..<Int.random(in: 1...130, using: &random)).map { _ in alphabet.randomElement(using: &random) ?? 0 }
      let start = Int.random(in: bytes.indices, using: &random)
      let marks = Marks(bytes.span, at: start, marked)
      var isOpen: UInt64 = 0
      let quoted = marks.quoted(&isOpen)
      var isInside = false
      for bit in 0..<64 {
        let byte = start + bit < bytes.count ? bytes[start + bit] : 0
        if byte == 0x22 { isInside.toggle() }
        let found = [marks.delimiters, marks.ends, marks.quotes, marks.returns, quoted].map {
          $0 >> UInt64(bit) & 1 == 1
        }
        #expect(found == [byte == 0x3B, byte == 0x0A, byte == 0x22, byte == 0x0D, isInside])
      }
      #expect(isOpen == (isInside ? .max : 0))
    }
  }
}

@Suite struct BareTokenisersTests {
  @Test func theyCountFieldsAndElements() throws {
    let text = String(repeating: "\"a\";b;c\n", count: 50_000)
    let csv = try TemporaryFile(text)
    for threads in 1...3 {
      #expect(
        try BareTokenisers.delimited(path: csv.path, delimiter: UInt8(ascii: ";"), threads: threads) == 150_000)
    }
    let xml = try TemporaryFile("<a>" + String(repeating: "<b c='d'>e</b>", count: 50_000) + "</a>")
    let cut = try TemporaryFile("<a><b></a>")
    for fetches in [false, true] {
      #expect(try BareTokenisers.xml(path: xml.path, fetches: fetches) == 50_001)
      #expect(throws: ReadError.self) { _ = try BareTokenisers.xml(path: cut.path, fetches: fetches) }
      #expect(throws: ReadError.self) { _ = try BareTokenisers.xml(path: "/nonexistent", fetches: fetches) }
    }
  }
}
