/// How a field becomes a value. One concrete type per kind of field: then the loop below is compiled for each with the
/// parser within it, which a function that is passed would not be.
protocol FieldParser {
  associatedtype Value: BitwiseCopyable
  /// The value; nil where the field is not one.
  func parse(_ field: Span<UInt8>) -> Value?
  /// The same value for nearly all fields that are short; nil where the field has to be looked at as a whole.
  func parse(short field: ShortField) -> Value?
}

extension FieldParser {
  @inline(__always)
  func parse(short field: ShortField) -> Value? { nil }
}

extension Array where Element: BitwiseCopyable {
  /// Appends one value per field: the parsed value, or `missing` where the field is empty, a missing token or unreadable.
  @inline(__always)
  mutating func append<Parser: FieldParser>(
    _ fields: borrowing FieldColumn, _ parser: Parser, missing: Element, tokens: MissingTokens, reason: RejectionReason,
    rejections: inout [Rejection]
  ) where Parser.Value == Element {
    makeRoom(fields.count)
    append(addingCapacity: fields.count) { (output: inout OutputSpan<Element>) in
      for row in 0..<fields.count {
        if let short = fields.short(row), !tokens.mayContain(count: short.count), let value = parser.parse(short: short)
        {
          output.append(value)
          continue
        }
        let field = fields[row]
        if tokens.contains(field) {
          output.append(missing)
        } else if let value = parser.parse(field) {
          output.append(value)
        } else {
          output.append(missing)
          rejections.append(Rejection(row: row, reason: reason))
        }
      }
    }
  }
}

extension Array {
  /// Makes room for more elements, and where there is none for as many again: a column grows batch by batch, and would else
  /// be copied for each.
  @inline(__always)
  mutating func makeRoom(_ more: Int) {
    if capacity &- count < more { reserveCapacity(Swift.max(count + more, capacity * 2)) }
  }
}

extension [Int32] {
  /// Appends whole numbers. Blanks around a number are allowed, signs too, decimals not.
  public mutating func append(
    integers fields: borrowing FieldColumn, missing tokens: MissingTokens, rejections: inout [Rejection]
  ) {
    append(
      fields, IntegerParser(), missing: Missing.int32, tokens: tokens, reason: .notAnInteger, rejections: &rejections)
  }

  /// Appends the four digits of Dutch postcodes: `8011`, `8011AB` or `8011 AB`.
  public mutating func append(
    postcodes fields: borrowing FieldColumn, missing tokens: MissingTokens, rejections: inout [Rejection]
  ) {
    append(
      fields, PostcodeParser(), missing: Missing.int32, tokens: tokens, reason: .notACode, rejections: &rejections)
  }
}

private struct IntegerParser: FieldParser {
  @inline(__always)
  func parse(_ field: Span<UInt8>) -> Int32? { parseInteger(field) }

  @inline(__always)
  func parse(short field: ShortField) -> Int32? {
    if field.count <= 8 {
      return number(ofDigits: field.word, count: field.count).map { Int32(truncatingIfNeeded: $0) }
    }
    // Nine digits, as citizen numbers have.
    let last = UInt8(truncatingIfNeeded: field.rest) &- 0x30
    guard field.count == 9, last <= 9, let front = number(ofDigits: field.word, count: 8) else { return nil }
    return Int32(truncatingIfNeeded: front &* 10 &+ Int64(last))
  }
}

private struct PostcodeParser: FieldParser {
  @inline(__always)
  func parse(_ field: Span<UInt8>) -> Int32? {
    let letters = field.count - (field.count > 4 && field[4] == 0x20 ? 5 : 4)
    if letters != 0 && letters != 2 { return nil }
    for i in field.count - letters..<field.count where !(0x41...0x5A).contains(field[i] & 0xDF) { return nil }
    // No postcode begins with 0; a sign is no digit either.
    guard (0x31...0x39).contains(field[0]) else { return nil }
    return parseInteger(field.extracting(0..<4))
  }

  @inline(__always)
  func parse(short field: ShortField) -> Int32? {
    guard field.count == 4, let value = number(ofDigits: field.word, count: 4), value >= 1000 else { return nil }
    return Int32(truncatingIfNeeded: value)
  }
}

extension [Double] {
  /// Appends numbers with a decimal mark.
  public mutating func append(
    decimals fields: borrowing FieldColumn, mark: UInt8, missing tokens: MissingTokens, rejections: inout [Rejection]
  ) {
    append(
      fields, DecimalParser(mark: mark), missing: Missing.decimal, tokens: tokens, reason: .notANumber,
      rejections: &rejections)
  }
}

private struct DecimalParser: FieldParser {
  let mark: UInt8

  @inline(__always)
  func parse(_ field: Span<UInt8>) -> Double? { parseDecimal(field, mark: mark) }
}

/// A whole number of at most nine digits, or ten within Int32, with an optional sign.
@inline(__always)
public func parseInteger(_ field: Span<UInt8>) -> Int32? {
  let count = field.count
  // Nearly all numbers have no sign and at most nine digits.
  if count > 0 && count <= 8, let value = number(ofDigits: CodeBook.word(field), count: count) {
    return Int32(truncatingIfNeeded: value)
  }
  if count == 9, field[0] &- 0x30 <= 9, let value = number(ofDigits: CodeBook.word(field, from: 1), count: 8) {
    return Int32(field[0] &- 0x30) &* 100_000_000 &+ Int32(truncatingIfNeeded: value)
  }
  return parseAnyInteger(field)
}

/// The same, digit by digit.
@inline(never)
func parseAnyInteger(_ field: Span<UInt8>) -> Int32? {
  let count = field.count
  if count == 0 || count > 11 { return nil }
  var i = 0
  let isNegative = field[0] == UInt8(ascii: "-")
  if isNegative || field[0] == UInt8(ascii: "+") { i = 1 }
  if i == count { return nil }
  var value: Int64 = 0
  while i < count {
    let digit = field[i] &- 0x30
    if digit > 9 { return nil }
    value = value &* 10 &+ Int64(digit)  // at most eleven digits: cannot overflow
    i &+= 1
  }
  if value > Int64(Int32.max) { return nil }
  return Int32(truncatingIfNeeded: isNegative ? -value : value)
}

/// A number such as `-0.594`, with at most 15 digits besides the exponent-free decimals: exact to the last digit, because
/// both the digits and the power of ten are exact doubles and the division rounds once.
@inline(__always)
public func parseDecimal(_ field: Span<UInt8>, mark: UInt8) -> Double? {
  let count = field.count
  let isNegative = count > 0 && field[0] == UInt8(ascii: "-")
  let start = isNegative || (count > 0 && field[0] == UInt8(ascii: "+")) ? 1 : 0
  if start == count { return nil }
  var i = start
  var digits: Int64 = 0
  var digitCount = 0
  var decimals = -1
  while i < count {
    let byte = field[i]
    let digit = byte &- 0x30
    if digit <= 9 {
      if digitCount == 15 { return parseLongDecimal(field, mark: mark) }
      digits = digits &* 10 &+ Int64(digit)
      if digits != 0 { digitCount &+= 1 }
      if decimals >= 0 { decimals &+= 1 }
    } else if byte == mark && decimals < 0 {
      decimals = 0
    } else {
      return parseLongDecimal(field, mark: mark)
    }
    i &+= 1
  }
  // A mark alone, with or without a sign, is no number.
  if decimals == 0 && count == start + 1 { return nil }
  if decimals > 22 { return parseLongDecimal(field, mark: mark) }
  let value = decimals > 0 ? Double(digits) / powersOfTen[decimals] : Double(digits)
  return isNegative ? -value : value
}

private let powersOfTen: [Double] = [
  1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
  1e21,
  1e22,
]

/// The rare long or exponent form, by the standard library's correctly rounded parser.
@inline(never)
private func parseLongDecimal(_ field: Span<UInt8>, mark: UInt8) -> Double? {
  var text = ""
  var digitCount = 0
  for i in field.indices {
    let byte = field[i]
    if byte &- 0x30 <= 9 { digitCount += 1 }
    guard
      byte &- 0x30 <= 9 || byte == mark || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+") || byte | 0x20 == 0x65
    else { return nil }
    text.unicodeScalars.append(byte == mark ? "." : UnicodeScalar(byte))
  }
  guard digitCount > 0, let value = Double(text), value.isFinite else { return nil }
  return value
}
