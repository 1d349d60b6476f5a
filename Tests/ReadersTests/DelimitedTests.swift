import Columns
import Foundation
import Testing

@testable import Readers

private let comma = Dialect(hasHeader: false)

@Suite struct DelimitedTests {
  /// The situations of the csv-spectrum collection and of RFC 4180, in words of our own.
  @Test(
    arguments: [
      ("comma in quotes", "Jan,\"Zwolle, Overijssel\",1\n", [["Jan", "Zwolle, Overijssel", "1"]]),
      ("empty fields", "1,\"\",\"\"\n2,,\n", [["1", "", ""], ["2", "", ""]]),
      ("crlf", "a,b,c\r\n1,2,3\r\n", [["a", "b", "c"], ["1", "2", "3"]]),
      ("doubled quotes", "1,\"ha \"\"ha\"\" ha\",3\n", [["1", "ha \"ha\" ha", "3"]]),
      ("only doubled quotes", "1,\"\"\"\",3\n", [["1", "\"", "3"]]),
      ("quotes and newlines", "1,\"ha\n\"\"ha\"\"\nha\",3\n", [["1", "ha\n\"ha\"\nha", "3"]]),
      (
        "newline in quotes", "\"een\ntwee\",b,c\r\nx,y,\"z\r\nz\"\r\n",
        [["een\ntwee", "b", "c"], ["x", "y", "z\r\nz"]]
      ),
      ("utf-8", "1,2,ʤ\n4,5,€é\n", [["1", "2", "ʤ"], ["4", "5", "€é"]]),
      (
        "json in a field", "1,\"{\"\"type\"\": \"\"Point\"\", \"\"at\"\": [1, 2]}\",3\n",
        [
          ["1", "{\"type\": \"Point\", \"at\": [1, 2]}", "3"]
        ]
      ),
      ("no newline at the end", "1,2,3\n4,5,6", [["1", "2", "3"], ["4", "5", "6"]]),
      ("no newline after a quote", "1,2,\"3\"", [["1", "2", "3"]]),
      ("blanks around fields", " 1 ,\t2, 3 \n", [["1", "2", "3"]]),
      ("blanks around quotes", " \"1\" , \"2,\"\t,3\n", [["1", "2,", "3"]]),
      ("blanks within quotes are trimmed too", "\" 1 \",2,3\n", [["1", "2", "3"]]),
      ("only delimiters", ",,\n", [["", "", ""]]),
      ("blank lines", "\n1,2,3\n\r\n \t\n4,5,6\n\n", [["1", "2", "3"], ["4", "5", "6"]]),
      ("byte order mark", "\u{FEFF}1,2,3\n", [["1", "2", "3"]]),
      ("byte order mark and quote", "\u{FEFF}\"1\",2,3\n", [["1", "2", "3"]]),
      (
        "carriage returns alone", "1,2,3\r\r4,\"5\r5\",6\r7,8,9",
        [["1", "2", "3"], ["4", "5\r5", "6"], ["7", "8", "9"]]
      ),
      (
        "lone carriage return among line feeds", "1,2\r2,3\r\r\n\r4,\"5\",6\n", [["1", "2\r2", "3"], ["4", "5", "6"]]
      ),
      ("nothing", "", []),
      ("only a newline", "\n", []),
      ("only a byte order mark", "\u{FEFF}", []),
    ] as [(String, String, [[String]])])
  func wellFormed(name: String, text: String, expected: [[String]]) throws {
    for pieceBytes in [1, 4, 1 << 20] {
      let reading = try read(text, comma, width: 3, pieceBytes: pieceBytes)
      #expect(reading.rows == expected, Comment(rawValue: name))
      #expect(reading.faults == [], Comment(rawValue: name))
    }
  }

  @Test(
    arguments: [
      ("stray quote", "a,b\"b,c\n1,2,3\n", ["stray-quote"], [1], [2]),
      ("stray quote at the end of a field", "1,2,3\na,bb\",c\n", ["stray-quote"], [2], [1]),
      ("text after a closing quote", "a,\"b\"b,c\n1,2,3\n", ["unclosed-quote"], [1], [2]),
      ("blank between quotes", "a,\"b\" \"b\",c\n1,2,3\n", ["unclosed-quote"], [1], [2]),
      ("quote that never closes", "1,2,3\na,\"b,c\n4,5,6\n7,8,9", ["unclosed-quote"], [2], [1, 3, 4]),
      ("quote that closes too late", "a,\"b\n1,2,3\n4,\"5\",6\n", ["unclosed-quote"], [1], [2, 3]),
      ("opened on a later line", "a,\"b\nb\",\"c\n1,2,3\n", ["unclosed-quote", "stray-quote"], [1, 2], [3]),
      ("quote alone at the end", "1,2,3\n\"", ["unclosed-quote"], [2], [1]),
      ("too few fields", "1,2\n1,2,3\n\"1\",2\n", ["field-count", "field-count"], [1, 3], [2]),
      ("too many fields", "1,2,3,\n1,2,3\n1,2,3,4,\"5\"", ["field-count", "field-count"], [1, 3], [2]),
      ("line numbers count lines", "\n\"1\n\",2,3\n\n4,5\n6,7,8\n", ["field-count"], [5], [2, 6]),
    ] as [(String, String, [String], [Int], [Int])])
  func faults(name: String, text: String, codes: [String], faultLines: [Int], lines: [Int]) throws {
    for pieceBytes in [1, 3, 10, 1 << 20] {
      let reading = try read(text, comma, width: 3, pieceBytes: pieceBytes)
      #expect(reading.codes == codes, Comment(rawValue: name))
      #expect(reading.faults.map(\.line) == faultLines, Comment(rawValue: name))
      #expect(reading.lines == lines, Comment(rawValue: name))
    }
  }

  @Test func faultsSayWhere() throws {
    let file = try TemporaryFile("\u{FEFF}x;y\na;b\"\nc;\"d\"e\n\"1\n2\";\"3\"4\n1;2;3\n")
    var pieces = try PieceReader(path: file.path, dialect: Dialect(delimiter: UInt8(ascii: ";")))
    #expect(try pieces.header() == ["x", "y"])
    var reader = DelimitedReader(dialect: Dialect(delimiter: UInt8(ascii: ";")), width: 2)
    reader.start(try #require(try pieces.next()))
    while reader.next() != nil {}
    let faults = reader.takeFaults()
    #expect(reader.takeFaults() == [])
    #expect(faults.map(\.line) == [2, 3, 4, 5, 6])
    #expect(faults.map(\.column) == [4, 3, nil, 2, nil])
    #expect(faults.map(\.byteRange) == [7..<11, 12..<18, 19..<21, 22..<29, 30..<35])
    #expect(faults.last?.reason == .fieldCount(found: 3, expected: 2))
  }

  @Test func withoutAQuoteCharacter() throws {
    let dialect = Dialect(delimiter: UInt8(ascii: "|"), quote: nil, hasHeader: false)
    #expect(try read("5\" x|\"b\n\"|\"c\n", dialect, width: 2).rows == [["5\" x", "\"b"], ["\"", "\"c"]])
  }

  @Test func otherQuotesAndTabs() throws {
    let dialect = Dialect(delimiter: 0x09, quote: UInt8(ascii: "'"), hasHeader: false)
    #expect(try read("\t'a\tb' \t\n\t\t\n", dialect, width: 3).rows == [["", "a\tb", ""], ["", "", ""]])
  }

  @Test func recordsThatAreTooLarge() throws {
    let dialect = Dialect(hasHeader: false, maxRecordBytes: 10)
    let text =
      "1234567890\n12345678901\n\"12345678\"\n\"1234567\"  \n\"123456789\"\n\"a\nb\nc\nd\ne\nf\"\nx\n"
    for pieceBytes in [1, 12, 1 << 20] {
      let reading = try read(text, dialect, width: 1, pieceBytes: pieceBytes)
      #expect(reading.rows == [["1234567890"], ["12345678"], ["b"], ["c"], ["d"], ["e"], ["x"]])
      // A quote that closes where the record should have ended already does not close in time.
      let codes = ["record-too-large", "record-too-large", "unclosed-quote", "unclosed-quote", "stray-quote"]
      #expect(reading.codes == codes)
      #expect(reading.faults.map(\.line) == [2, 4, 5, 6, 11])
    }
  }

  @Test func aLineLargerThanMemoryShouldHoldIsPassedOver() throws {
    let text = "1;2\n" + String(repeating: "x", count: 3_000_000) + "\n3;4\n"
    let reading = try read(text, width: 2, pieceBytes: 1000)
    #expect(reading.rows == [["1", "2"], ["3", "4"]])
    #expect(reading.lines == [1, 3])
    #expect(reading.faults.map(\.line) == [2])
    #expect(reading.codes == ["record-too-large"])
    #expect(reading.faults[0].text.count == 3_000_000)
  }

  @Test func nulBytesBeyondTheHead() throws {
    let front = String(repeating: "a;b\n", count: 20_000)
    let reading = try read(front + "c;\0\n\"d\n\0\";e\nf;g\n", width: 2)
    #expect(reading.records.count == 20_001)
    #expect(reading.codes == ["nul-byte", "nul-byte", "stray-quote"])
    #expect(reading.faults.map(\.line) == [20_001, 20_002, 20_003])
    #expect(reading.records.last?.line == 20_004)
  }
}

@Suite struct HeaderTests {
  private let dialect = Dialect(delimiter: UInt8(ascii: ";"))

  @Test func headers() throws {
    #expect(try read("bsn;datum\n1;2\n", dialect).header == ["bsn", "datum"])
    #expect(try read("\u{FEFF}\"bsn\";\" datum \"\r\n1;2\r\n", dialect).header == ["bsn", "datum"])
    let later = try read("\n\n\"b\nsn\";datum\n1;2\n", dialect)
    #expect(later.header == ["b\nsn", "datum"])
    #expect(later.lines == [5])
    let only = try read("bsn;datum", dialect)
    #expect(only.header == ["bsn", "datum"])
    #expect(only.rows == [])
  }

  @Test func linesBeforeTheHeaderAreSkipped() throws {
    let dialect = Dialect(delimiter: UInt8(ascii: ";"), skipLines: 2)
    let reading = try read("Levering \"van\n\nbsn;datum\n1;2\n", dialect)
    #expect(reading.header == ["bsn", "datum"])
    #expect(reading.lines == [4])
    let bare = Dialect(delimiter: UInt8(ascii: ";"), hasHeader: false, skipLines: 1)
    #expect(try read("titel\n1;2\n", bare, width: 2).lines == [2])
  }

  @Test func aHeaderNotAskedForIsPassedOver() throws {
    let file = try TemporaryFile("a;b\n1;2\n")
    var pieces = try PieceReader(path: file.path, dialect: dialect)
    #expect(try pieces.next()?.bytes == Array("1;2\n".utf8))
    #expect(try pieces.next() == nil)
  }

  @Test func headersInOtherEncodings() throws {
    let latin = Dialect(delimiter: UInt8(ascii: ";"), encoding: .latin1)
    #expect(try read(Array("pati".utf8) + [0xEB] + Array("nt;b\n".utf8), latin).header == ["patiënt", "b"])
    let error = #expect(throws: ReadError.self) { _ = try read([0xEB] + Array(";b\n".utf8), dialect) }
    #expect(error?.kind == .badHeader)
  }

  @Test(arguments: ["", "\n\n", "\u{FEFF}"]) func noHeader(text: String) {
    let error = #expect(throws: ReadError.self) { _ = try read(text, dialect) }
    #expect(error?.kind == .noHeader)
  }

  @Test func malformedHeader() {
    let error = #expect(throws: ReadError.self) { _ = try read("\na;b\"\n", dialect) }
    #expect(error == ReadError(.badHeader, line: 2, column: 4, detail: "stray-quote"))
    #expect(error?.description == "line 2, column 4: the header cannot be read (stray-quote).")
  }
}

@Suite struct FileTests {
  @Test func filesThatAreNotText() {
    let dialect = Dialect(hasHeader: false)
    let binary = #expect(throws: ReadError.self) { _ = try read([0x7F, 0x45, 0x4C, 0x46, 0], dialect, width: 1) }
    #expect(binary?.kind == .notText)
    let wide = #expect(throws: ReadError.self) { _ = try read([0xFF, 0xFE, 0x61, 0], dialect, width: 1) }
    #expect(wide?.kind == .wideEncoding)
    #expect(wide?.description.contains("not declared") == true)
    let absent = #expect(throws: ReadError.self) { _ = try PieceReader(path: "/nonexistent/x.csv", dialect: dialect) }
    #expect(absent?.kind == .cannotOpen)
    let folder = #expect(throws: ReadError.self) {
      _ = try PieceReader(path: FileManager.default.temporaryDirectory.path, dialect: dialect)
    }
    #expect(folder?.kind == .cannotRead)
  }

  @Test(
    arguments: [
      (Array("a;b\n1;2\n".utf8), .ascii, nil), (Array("é\n".utf8), .utf8, nil),
      ([0xEF, 0xBB, 0xBF, 0x61], .utf8WithMark, nil), ([0x80, 0x0A], .windows1252, nil),
      ([0xE9, 0x0A], .latin1, nil), ([0x50, 0x4B, 0, 0], .binary, nil), ([], .ascii, nil),
      (Array("<?xml version='1.0'?>\n<!-- <x> -->\n<p:aanlevering a='1'>".utf8), .ascii, "aanlevering"),
      (Array("<!DOCTYPE a><a/>".utf8), .ascii, "a"), (Array("  <a>".utf8), .ascii, "a"),
      (Array("< 5;b\n".utf8), .ascii, nil), (Array("<?xml".utf8), .ascii, nil),
      ([0xFF, 0xFE, 0x3C, 0, 0x61, 0, 0x3E, 0], .utf16, "a"), ([0xFE, 0xFF, 0, 0x3C, 0, 0x61, 0, 0x3E], .utf16, "a"),
    ] as [([UInt8], FileHead.Encoding, String?)])
  func recognition(bytes: [UInt8], encoding: FileHead.Encoding, root: String?) throws {
    let file = try TemporaryFile(bytes)
    let head = try FileHead(path: file.path)
    #expect(head.encoding == encoding)
    #expect(head.rootElement == root)
    #expect(head.isXML == (root != nil))
    #expect(head.isWhole && head.bytes == bytes)
    #expect(head.looksBinary == (encoding == .binary))
  }

  @Test func aCharacterCutInTwoAtTheEndOfTheHead() throws {
    let file = try TemporaryFile("x" + String(repeating: "€", count: 30_000))
    let head = try FileHead(path: file.path)
    #expect(!head.isWhole && head.bytes.count == FileHead.maximumBytes)
    #expect(head.encoding == .utf8)
  }

  @Test func firstLines() throws {
    let text = FileHead(bytes: Array("a;b\r\n\r\n1;2\r\nrest".utf8), isWhole: true)
    #expect(text.firstLines(3) == ["a;b", "", "1;2"])
    #expect(text.firstLines(9) == ["a;b", "", "1;2", "rest"])
    let latin = FileHead(bytes: [0xE9, 0x0A], isWhole: true)
    #expect(latin.firstLines(1) == ["é"])
    #expect(latin.firstLines(1, encoding: .latin1) == ["é"])
  }
}
