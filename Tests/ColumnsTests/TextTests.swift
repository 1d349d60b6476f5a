import Columns
import Foundation
import TestSupport
import Testing

@Suite("Text and codes")
struct TextTests {
  static func decode(_ bytes: [UInt8], _ encoding: TextEncoding) -> String? {
    encoding.decode(bytes.span).map { String(decoding: $0, as: UTF8.self) }
  }

  /// Numbers of Foundation's encodings; that of ISO 8859-15 has no name there.
  static let foundation: [(TextEncoding, UInt)] = [
    (.windows1252, String.Encoding.windowsCP1252.rawValue), (.latin1, String.Encoding.isoLatin1.rawValue),
    (.latin9, 0x8000_020F),
  ]

  @Test("every byte is the character that Foundation makes of it", arguments: foundation)
  func singleByte(encoding: TextEncoding, number: UInt) throws {
    for byte in UInt8.min...UInt8.max {
      let value = Self.decode([byte], encoding)
      // Five bytes of windows-1252 have no character.
      if encoding == .windows1252 && [0x81, 0x8D, 0x8F, 0x90, 0x9D].contains(byte) {
        #expect(value == nil)
        continue
      }
      let expected = try #require(NSString(data: Data([byte]), encoding: number))
      #expect(value?.unicodeScalars.map(\.value) == (expected as String).unicodeScalars.map(\.value), "byte \(byte)")
    }
  }

  @Test("words")
  func words() {
    #expect(Self.decode([0x80, 0x31], .windows1252) == "€1")
    #expect(Self.decode([0xA4, 0x31], .latin9) == "€1")
    #expect(Self.decode([0xA4, 0x31], .latin1) == "¤1")
    #expect(Self.decode([0x63, 0x61, 0x66, 0xE9], .latin1) == "café")
    #expect(Self.decode(Array("café €".utf8), .utf8) == "café €")
  }

  @Test(
    "bytes that are not UTF-8",
    arguments: [
      [0x80], [0xC0, 0x80], [0xC1, 0xBF], [0xC3], [0xE0, 0x80, 0x80], [0xE2, 0x82], [0xED, 0xA0, 0x80],
      [0xF0, 0x80, 0x80, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xFF], [0x61, 0xE9, 0x62],
    ] as [[UInt8]])
  func invalid(bytes: [UInt8]) {
    #expect(Self.decode(bytes, .utf8) == nil)
  }

  @Test("random bytes are UTF-8 when Foundation says so", arguments: 1...4 as ClosedRange<UInt64>)
  func validity(seed: UInt64) {
    var random = SeededRandom(seed)
    let pieces = Array("aé€😀\u{7FF}\u{FFFF}".utf8)
    for _ in 0..<2000 {
      let bytes = (0..<Int.random(in: 1...6, using: &random)).map { _ in pieces.randomElement(using: &random) ?? 0 }
      #expect((Self.decode(bytes, .utf8) == nil) == (String(data: Data(bytes), encoding: .utf8) == nil), "\(bytes)")
    }
  }

  @Test("a column of codes keeps each value once, as UTF-8")
  func codes() {
    var column = CodeColumn()
    var rejections: [Rejection] = []
    withFields([Array("a".utf8), [0xE9], [], Array("a".utf8), [0x81], Array("?".utf8)]) {
      column.append(codes: $0, encoding: .windows1252, missing: MissingTokens(["?"]), rejections: &rejections)
    }
    #expect(column.indices == [0, 1, -1, 0, -1, -1])
    #expect(column.book.values == ["a", "é"])
    #expect(rejections.map(\.row) == [4])
    #expect(rejections.map(\.reason) == [.encoding])
    withFields(["é", "b"]) {
      column.append(codes: $0, encoding: .utf8, missing: MissingTokens(), rejections: &rejections)
    }
    #expect((0..<8).map { column[$0] } == ["a", "é", nil, "a", nil, nil, "é", "b"])
  }

  @Test("of a code with a prefix the first bytes are kept, a shorter code is missing")
  func prefix() {
    var column = CodeColumn()
    var rejections: [Rejection] = []
    withFields(["03031234", "0303", "030", "", "0399x"]) {
      column.append(codes: $0, encoding: .utf8, prefix: 4, missing: MissingTokens(), rejections: &rejections)
    }
    #expect((0..<5).map { column[$0] } == ["0303", "0303", nil, nil, "0399"])
    #expect(rejections.isEmpty)
  }

  @Test("a column of text")
  func texts() {
    var column = TextColumn()
    var rejections: [Rejection] = []
    withFields([Array(" ab ".utf8), [], [0xE9, 0x41], Array("*".utf8)]) {
      column.append(texts: $0, encoding: .latin1, missing: MissingTokens(["*"]), rejections: &rejections)
    }
    withFields([[0xE9]]) {
      column.append(texts: $0, encoding: .utf8, missing: MissingTokens(), rejections: &rejections)
    }
    #expect((0..<column.count).map { column[$0] } == ["ab", "", "éA", "", ""])
    #expect(rejections.map(\.row) == [0])
  }

  @Test("blanks and control characters around a field do not belong to it")
  func trimming() {
    let fields = ["", " ", "  a", "a  ", " a b ", "\t\ra\n", "\u{1}", "a"]
    withFields(fields) { column in
      let trimmed = (0..<column.count).map { row in
        let field = column[row]
        return String(decoding: field.indices.map { field[$0] }, as: UTF8.self)
      }
      #expect(trimmed == ["", "", "a", "a", "a b", "a", "", "a"])
    }
  }

  @Test("missing tokens are compared whole, at any length")
  func tokens() {
    let long = String(repeating: "x", count: 70)
    let tokens = MissingTokens(["*", "n.v.t.", long])
    func contains(_ text: String) -> Bool {
      let bytes = Array(text.utf8)
      return tokens.contains(bytes.span)
    }
    #expect(contains(""))
    #expect(contains("*"))
    #expect(contains("n.v.t."))
    #expect(contains(long))
    #expect(!contains("**"))
    #expect(!contains("n.v.t"))
    #expect(!contains("N.V.T."))
    #expect(!contains(long + "x"))
    #expect(!contains(String(repeating: "y", count: 70)))
  }
}
