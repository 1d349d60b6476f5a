/// The kinds of value that a column can hold.
public enum ColumnType: String, Sendable, Hashable, CaseIterable {
  /// Days since 1970-01-01.
  case day
  /// Whole numbers of at most 31 bits.
  case integer
  /// Whole numbers of at most 63 bits.
  case long
  /// Euro cents.
  case cents
  /// Floating point.
  case decimal
  /// Yes or no.
  case flag
  /// Text with few distinct values, stored once each.
  case code
  /// Text of which nearly every value is different.
  case text
  /// Sixteen bytes.
  case identifier
}

/// The values that stand for "not known" in columns. They never occur as data: every parser refuses them.
public enum Missing {
  /// Missing day or integer.
  public static let int32 = Int32.min
  /// Missing amount or long.
  public static let int64 = Int64.min
  /// Missing decimal; test with `isNaN`.
  public static let decimal = Double.nan
  /// Missing flag.
  public static let flag: UInt8 = 255
  /// Missing code.
  public static let code: Int32 = -1
}

/// Sixteen bytes: a pseudonym or a digest. All zeros means missing.
public struct Identifier: Hashable, Sendable, Comparable, BitwiseCopyable {
  /// The first eight bytes, most significant first.
  public var high: UInt64
  /// The last eight bytes, most significant first.
  public var low: UInt64

  /// An identifier of two words.
  public init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// Not known.
  public static let missing = Identifier(high: 0, low: 0)

  /// Whether it is not known.
  public var isMissing: Bool { high == 0 && low == 0 }

  /// Order of the bytes.
  public static func < (a: Identifier, b: Identifier) -> Bool { (a.high, a.low) < (b.high, b.low) }

  /// Thirty-two hexadecimal digits.
  public var hexadecimal: String {
    var text = ""
    for word in [high, low] {
      for shift in stride(from: 60, through: 0, by: -4) {
        text.append(Character(UnicodeScalar(Self.digits[Int(word >> UInt64(shift) & 15)])))
      }
    }
    return text
  }
  private static let digits = Array("0123456789abcdef".utf8)
}

/// A column of text: all values back to back and the offset where each ends. An empty value is a missing value.
public struct TextColumn: Sendable, Equatable {
  /// UTF-8, all values back to back.
  public var bytes: [UInt8] = []
  /// Where each value ends in `bytes`.
  public var ends: [Int] = []

  /// No values.
  public init() {}

  /// Number of values.
  public var count: Int { ends.count }

  /// Where a value lies in `bytes`.
  @inlinable
  public func range(_ row: Int) -> Range<Int> { (row == 0 ? 0 : ends[row - 1])..<ends[row] }

  /// A value as a string; for messages and small tables, not for loops over data.
  public subscript(row: Int) -> String { String(decoding: bytes[range(row)], as: UTF8.self) }

  /// Adds a value.
  public mutating func append(_ value: some Sequence<UInt8>) {
    bytes.append(contentsOf: value)
    ends.append(bytes.count)
  }

  /// Adds a value, byte by byte, from a view.
  @inline(__always)
  public mutating func append(_ value: Span<UInt8>) {
    bytes.append(addingCapacity: value.count) { (output: inout OutputSpan<UInt8>) in
      for i in value.indices { output.append(value[i]) }
    }
    ends.append(bytes.count)
  }

  /// Adds a value of another column.
  public mutating func append(_ row: Int, of other: borrowing TextColumn) {
    append(other.bytes.span.extracting(other.range(row)))
  }

  /// Adds the value of a code of a book.
  public mutating func append(code: Int, of book: borrowing CodeBook) { book.append(code, to: &self) }
}

/// A column of codes: an index for each row into the book of distinct values, -1 where missing.
public struct CodeColumn: Sendable {
  /// Index into `book` per row.
  public var indices: [Int32] = []
  /// The distinct values.
  public var book: CodeBook

  /// No rows.
  public init(book: CodeBook = CodeBook()) { self.book = book }

  /// A value as a string; nil where missing.
  public subscript(row: Int) -> String? { indices[row] < 0 ? nil : book[Int(indices[row])] }

  /// Adds a value; nil or empty is missing.
  public mutating func append(_ value: String?) {
    guard let value, !value.isEmpty else {
      indices.append(Missing.code)
      return
    }
    indices.append(book.code(value))
  }
}

/// The values of one column for a number of rows.
public enum Column: Sendable {
  /// Days since 1970-01-01.
  case day([Int32])
  /// Whole numbers.
  case integer([Int32])
  /// Large whole numbers.
  case long([Int64])
  /// Euro cents.
  case cents([Int64])
  /// Floating point.
  case decimal([Double])
  /// 0 no, 1 yes.
  case flag([UInt8])
  /// Text with few distinct values.
  case code(CodeColumn)
  /// Text.
  case text(TextColumn)
  /// Sixteen bytes.
  case identifier([Identifier])

  /// An empty column of a type.
  public init(_ type: ColumnType) {
    self =
      switch type {
      case .day: .day([])
      case .integer: .integer([])
      case .long: .long([])
      case .cents: .cents([])
      case .decimal: .decimal([])
      case .flag: .flag([])
      case .code: .code(CodeColumn())
      case .text: .text(TextColumn())
      case .identifier: .identifier([])
      }
  }

  /// The type of its values.
  public var type: ColumnType {
    switch self {
    case .day: .day
    case .integer: .integer
    case .long: .long
    case .cents: .cents
    case .decimal: .decimal
    case .flag: .flag
    case .code: .code
    case .text: .text
    case .identifier: .identifier
    }
  }

  /// Number of rows.
  public var count: Int {
    switch self {
    case .day(let values), .integer(let values): values.count
    case .long(let values), .cents(let values): values.count
    case .decimal(let values): values.count
    case .flag(let values): values.count
    case .code(let column): column.indices.count
    case .text(let column): column.count
    case .identifier(let values): values.count
    }
  }
}

/// Name and type of a column in a file.
public struct ColumnSpec: Sendable, Hashable {
  /// Name, in `snake_case`.
  public let name: String
  /// Type of its values.
  public let type: ColumnType
  /// Whether values may be missing.
  public let isNullable: Bool

  /// A column.
  public init(_ name: String, _ type: ColumnType, isNullable: Bool = true) {
    self.name = name
    self.type = type
    self.isNullable = isNullable
  }
}
