import Columns
import TestSupport
import Testing

@Suite("Columns")
struct ColumnTests {
  /// The values of a column as texts, whatever its type.
  static func texts(_ column: Column) -> [String] {
    switch column {
    case .day(let values), .integer(let values): values.map { "\($0)" }
    case .long(let values), .cents(let values): values.map { "\($0)" }
    case .decimal(let values): values.map { "\($0)" }
    case .flag(let values): values.map { "\($0)" }
    case .code(let column): column.indices.indices.map { column[$0] ?? "-" }
    case .text(let column): (0..<column.count).map { column[$0] }
    case .identifier(let values): values.map(\.hexadecimal)
    }
  }

  /// A column of a type with values made of a seed.
  static func column(_ type: ColumnType, count: Int, seed: UInt64) -> Column {
    var random = SeededRandom(seed)
    let numbers = (0..<count).map { _ in Int32.random(in: -20...20, using: &random) }
    switch type {
    case .day: return .day(numbers)
    case .integer: return .integer(numbers)
    case .long: return .long(numbers.map(Int64.init))
    case .cents: return .cents(numbers.map(Int64.init))
    case .decimal: return .decimal(numbers.map { $0 == 0 ? Missing.decimal : Double($0) / 8 })
    case .flag: return .flag(numbers.map { $0 == 0 ? Missing.flag : UInt8($0 & 1) })
    case .code:
      var column = CodeColumn()
      for number in numbers { column.append(number == 0 ? nil : "code \(number)") }
      return .code(column)
    case .text:
      var column = TextColumn()
      for number in numbers { column.append(Array((number == 0 ? "" : "text \(number)").utf8)) }
      return .text(column)
    case .identifier: return .identifier(numbers.map { Identifier(high: UInt64(UInt32(bitPattern: $0)), low: 7) })
    }
  }

  @Test("a new column is empty and of its type", arguments: ColumnType.allCases)
  func empty(type: ColumnType) {
    #expect(Column(type).type == type)
    #expect(Column(type).count == 0)
  }

  @Test("picked rows are the rows that were picked, in that order", arguments: ColumnType.allCases)
  func gather(type: ColumnType) {
    let column = Self.column(type, count: 50, seed: 3)
    let texts = Self.texts(column)
    let rows: [Int32] = [49, 0, 0, 7, 13]
    #expect(Self.texts(column.gather(rows[...])) == rows.map { texts[Int($0)] })
    #expect(Self.texts(column.gather(rows[1..<3])) == [texts[0], texts[0]])
    #expect(column.gather([]).count == 0)
    #expect(column.gather([]).type == type)
  }

  @Test("a divided column is the rows of each part, in their order", arguments: ColumnType.allCases)
  func divided(type: ColumnType) {
    let column = Self.column(type, count: 200, seed: 4)
    let texts = Self.texts(column)
    var random = SeededRandom(9)
    // Part 2 has no row, and some rows go nowhere.
    let parts = (0..<200).map { _ in [-1, 0, 1, 3].randomElement(using: &random) ?? 0 } as [Int32]
    let division = RowDivision(parts, count: 4)
    let divided = (0..<4).map { column.divided(division).gather(division.rows(of: $0).map { Int32($0) }[...]) }
    for part in 0..<4 {
      let rows = (0..<200).filter { parts[$0] == Int32(part) }
      #expect(Self.texts(divided[part]) == rows.map { texts[$0] })
      #expect(divided[part].type == type && division.rows(of: part).count == rows.count)
    }
    #expect(Column(type).divided(RowDivision([], count: 2)).count == 0)
  }

  @Test("quotes around a field are no part of it where fields stand between quotes")
  func quotes() {
    let fields = ["\"a\"", " \" b \" ", "\"\"", "c", "", "\" \"", "d\"e"]
    var bytes: [UInt8] = []
    var bounds: [Int32] = []
    for field in fields {
      bounds += [Int32(bytes.count) - 1, Int32(bytes.count + field.utf8.count)]
      bytes += Array((field + ";").utf8)
    }
    for (quote, expected) in [
      (UInt8(ascii: "\""), ["a", "b", "", "c", "", "", "d\"e"]),
      (0, ["\"a\"", "\" b \"", "\"\"", "c", "", "\" \"", "d\"e"]),
    ] {
      let column = FieldColumn(
        bytes: bytes.span, bounds: bounds.span, column: 0, width: 1, count: fields.count, quote: quote)
      let found = (0..<fields.count).map { row in
        let field = column[row]
        return String(decoding: field.indices.map { field[$0] }, as: UTF8.self)
      }
      #expect(found == expected)
    }
  }

  @Test("a column after another, codes by value and not by number", arguments: ColumnType.allCases)
  func append(type: ColumnType) {
    let first = Self.column(type, count: 30, seed: 5)
    let second = Self.column(type, count: 40, seed: 6)
    var both = Column(type)
    both.append(first)
    both.append(second)
    both.append(Column(type))
    #expect(both.count == 70)
    #expect(Self.texts(both) == Self.texts(first) + Self.texts(second))
  }

  @Test("a book holds a value once however often columns are joined")
  func books() {
    guard case .code(let part) = Self.column(.code, count: 40, seed: 9) else { return }
    var joined = CodeColumn()
    for _ in 0..<3 { joined.append(part) }
    #expect(joined.book.values == part.book.values)
    #expect(joined.indices.count == 120)
  }

  @Test("texts from another column, and empty ones")
  func texts() {
    var first = TextColumn()
    first.append(Array("één".utf8))
    first.append([])
    var second = TextColumn()
    second.append(1, of: first)
    second.append(0, of: first)
    second.append(Array("x".utf8).span)
    #expect((0..<3).map { second[$0] } == ["", "één", "x"])
    #expect(second.ends == [0, 5, 6])
  }
}
