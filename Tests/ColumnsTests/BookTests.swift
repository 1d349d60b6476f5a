import Columns
import TestSupport
import Testing

@Suite("Code books and identifiers")
struct BookTests {
  static func code(_ bytes: [UInt8], _ book: inout CodeBook) -> Int32 { book.code(bytes.span) }

  @Test("a book numbers values as a dictionary does", arguments: 1...8 as ClosedRange<UInt64>)
  func twin(seed: UInt64) {
    var random = SeededRandom(seed)
    var book = CodeBook()
    var twin: [[UInt8]: Int32] = [:]
    var order: [[UInt8]] = []
    for _ in 0..<6000 {
      // Few different bytes, NUL among them, so that equal prefixes and paddings are many.
      let prefix = Array(repeating: UInt8(ascii: "p"), count: [0, 0, 7, 8, 9, 16][Int.random(in: 0..<6, using: &random)])
      let bytes = prefix + (0..<Int.random(in: 0...6, using: &random)).map { _ in [0, 0, 0x61, 0xFF, 0x0F].randomElement(using: &random) ?? 0 }
      let expected = twin[bytes] ?? Int32(order.count)
      if twin[bytes] == nil {
        twin[bytes] = expected
        order.append(bytes)
      }
      #expect(Self.code(bytes, &book) == expected)
    }
    #expect(book.count == order.count)
    #expect((0..<book.count).allSatisfy { Array(book.value($0)) == order[$0] })
  }

  @Test("values that differ only in NUL bytes at the end are different")
  func padding() {
    var book = CodeBook()
    let values = (0...9).map { [0x61] + [UInt8](repeating: 0, count: $0) } + (0...9).map { [UInt8](repeating: 0, count: $0) }
    let codes = values.map { Self.code($0, &book) }
    #expect(codes == Array(0..<20))
    #expect(values.map { Self.code($0, &book) } == codes)
  }

  @Test("values of 256 bytes and more, of which the length does not fit a byte")
  func long() {
    var book = CodeBook()
    let lengths = [1, 8, 255, 256, 257, 264, 511, 512, 513, 4096]
    let values = lengths.flatMap { length in
      [UInt8(ascii: "a"), 0].map { [UInt8](repeating: $0, count: length) }
    }
    let codes = values.map { Self.code($0, &book) }
    #expect(Set(codes).count == values.count)
    #expect(values.map { Self.code($0, &book) } == codes)
    for (code, value) in zip(codes, values) { #expect(Array(book.value(Int(code))) == value) }
  }

  @Test("short values of equal hash are told apart by their bytes")
  func equalHash() {
    // The eighth byte of one takes the place of the length of the other.
    var book = CodeBook()
    let seven = Array("1234567".utf8)
    #expect(Self.code(seven, &book) == 0)
    #expect(Self.code(seven + [15], &book) == 1)
    #expect(Self.code(seven, &book) == 0)
  }

  @Test("finding does not add")
  func find() {
    var book = CodeBook(["a", "b"])
    #expect(book.find("b") == 1)
    #expect(book.find("c") == nil)
    #expect(book.count == 2)
    #expect(book.code("c") == 2)
    #expect(book.values == ["a", "b", "c"])
  }

  @Test("a copy of a book grows apart")
  func copies() {
    var book = CodeBook(["a"])
    let before = book
    for number in 0..<1000 { #expect(book.code(String(number)) == Int32(number + 1)) }
    #expect(before.values == ["a"])
    #expect(before.find("5") == nil)
  }

  @Test("an index numbers identifiers as a dictionary does", arguments: 1...4 as ClosedRange<UInt64>)
  func identifiers(seed: UInt64) {
    var random = SeededRandom(seed)
    var index = IdentifierIndex(capacity: 1)
    var twin: [Identifier: Int] = [:]
    for _ in 0..<20_000 {
      // Few different last halves, so that many begin at the same place; zero is an identifier like others.
      let identifier = Identifier(
        high: UInt64.random(in: 0...3000, using: &random), low: UInt64.random(in: 0...3, using: &random) << 20)
      #expect(index.find(identifier) == twin[identifier])
      let expected = twin[identifier] ?? twin.count
      twin[identifier] = expected
      #expect(index.number(identifier) == expected)
    }
    #expect(index.count == twin.count)
    #expect(index.identifiers.enumerated().allSatisfy { twin[$1] == $0 })
    #expect(index.numbers(index.identifiers) == Array(0..<Int32(twin.count)))
  }

  @Test("identifiers in hexadecimal and in order")
  func hexadecimal() {
    let identifier = Identifier(high: 0x0123_4567_89AB_CDEF, low: 0xF)
    #expect(identifier.hexadecimal == "0123456789abcdef000000000000000f")
    #expect(Identifier.missing.isMissing && !identifier.isMissing)
    #expect(Identifier(high: 1, low: 9) < Identifier(high: 2, low: 0))
    #expect(Identifier(high: 1, low: 8) < Identifier(high: 1, low: 9))
  }
}
