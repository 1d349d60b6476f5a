/// A fixed-width way to write a date, such as `yyyy-MM-dd`, `dd-MM-yyyy`, `yyyyMMdd` or `dd/MM/yyyy`.
public struct DateFormat: Sendable, Hashable {
  /// The pattern as declared.
  public let pattern: String
  private let length: Int
  private let year: Int
  private let month: Int
  private let day: Int
  private let separators: [Separator]
  // What must stand between the numbers in the first and in the last eight bytes, for patterns of at most sixteen.
  private let first: Literals
  private let last: Literals
  /// Whether days or months may have one digit, or a time follows: read byte by byte.
  private let isLoose: Bool

  private struct Separator: Hashable {
    let at: Int
    let byte: UInt8
  }

  private struct Literals: Hashable {
    var mask: UInt64 = 0
    var bytes: UInt64 = 0

    init(_ separators: [Separator], from start: Int) {
      for separator in separators where (start..<start + 8).contains(separator.at) {
        mask |= 0xFF << UInt64(8 * (separator.at - start))
        bytes |= UInt64(separator.byte) << UInt64(8 * (separator.at - start))
      }
    }
  }

  /// A format by its pattern: `yyyy`, `MM` and `dd` once each; `M` and `d` for one or two digits; `H`, `m` and `s` for a
  /// digit of a time, which is not kept; anything else literal. Nil when it is not such a pattern.
  public init?(_ pattern: String) {
    let bytes = Array(pattern.utf8)
    var positions: [UInt8: (start: Int, count: Int)] = [:]
    var separators: [Separator] = []
    for (i, byte) in bytes.enumerated() {
      guard byte == UInt8(ascii: "y") || byte == UInt8(ascii: "M") || byte == UInt8(ascii: "d") else {
        separators.append(Separator(at: i, byte: byte))
        continue
      }
      if let known = positions[byte] {
        guard known.start + known.count == i else { return nil }
        positions[byte] = (known.start, known.count + 1)
      } else {
        positions[byte] = (i, 1)
      }
    }
    guard let year = positions[UInt8(ascii: "y")], let month = positions[UInt8(ascii: "M")],
      let day = positions[UInt8(ascii: "d")], year.count == 4, month.count <= 2, day.count <= 2
    else { return nil }
    isLoose = month.count == 1 || day.count == 1 || bytes.contains(where: isOfTime)
    self.pattern = pattern
    self.year = year.start
    self.month = month.start
    self.day = day.start
    self.separators = separators
    length = bytes.count
    first = Literals(separators, from: 0)
    last = Literals(separators, from: length - 8)
  }

  /// `yyyy-MM-dd`.
  public static let iso = DateFormat("yyyy-MM-dd").unsafelyUnwrapped

  /// The day number of a date in this format; nil when it is not one.
  @inline(__always)
  public func parse(_ field: Span<UInt8>) -> Int32? {
    if isLoose { return parseLoosely(field) }
    if field.count != length { return nil }
    if length > 16 { return parseAny(field) }
    // In bounds: a pattern has at least the eight bytes of its numbers, which lie within it.
    let bytes = field.bytes
    let front = bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: 0, as: UInt64.self)
    let back = bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: length &- 8, as: UInt64.self)
    if (front & first.mask ^ first.bytes) | (back & last.mask ^ last.bytes) != 0 { return nil }
    let y = bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: year, as: UInt32.self)
    let m = bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: month, as: UInt16.self)
    let d = bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: day, as: UInt16.self)
    guard let digits = number(ofDigits: UInt64(y) | UInt64(m) &<< 32 | UInt64(d) &<< 48, count: 8) else { return nil }
    return Day.number(Int32(truncatingIfNeeded: digits))
  }

  /// The same, byte by byte.
  @inline(never)
  func parseAny(_ field: Span<UInt8>) -> Int32? {
    if field.count != length { return nil }
    for separator in separators where field[separator.at] != separator.byte { return nil }
    guard let y1 = two(field, year), let y2 = two(field, year &+ 2), let m = two(field, month), let d = two(field, day)
    else { return nil }
    return Day.number(year: y1 &* 100 &+ y2, month: m, day: d)
  }

  private func two(_ field: Span<UInt8>, _ at: Int) -> Int32? {
    let tens = field[at] &- 0x30
    let ones = field[at &+ 1] &- 0x30
    return tens > 9 || ones > 9 ? nil : Int32(tens) &* 10 &+ Int32(ones)
  }
}

extension [Int32] {
  /// Appends dates as days since 1970-01-01; the first format that fits counts.
  public mutating func append(
    days fields: borrowing FieldColumn, formats: [DateFormat], missing tokens: MissingTokens,
    rejections: inout [Rejection]
  ) {
    if formats.count == 1 {
      append(
        fields, formats[0], missing: Missing.int32, tokens: tokens, reason: .notADate, rejections: &rejections)
    } else {
      append(
        fields, AnyDateParser(formats: formats), missing: Missing.int32, tokens: tokens, reason: .notADate,
        rejections: &rejections)
    }
  }
}

extension DateFormat: FieldParser {
  @inline(__always)
  func parse(short field: ShortField) -> Int32? {
    // Ten bytes: four, two and two digits with a mark between each. Others are read from the text.
    if isLoose || field.count != 10 || length != 10 { return nil }
    let back = (field.word &>> 16) | (field.rest &<< 48)
    if (field.word & first.mask ^ first.bytes) | (back & last.mask ^ last.bytes) != 0 { return nil }
    let digits =
      (part(field, year) & 0xFFFF_FFFF) | ((part(field, month) & 0xFFFF) &<< 32) | ((part(field, day) & 0xFFFF) &<< 48)
    guard let date = number(ofDigits: digits, count: 8) else { return nil }
    return Day.number(Int32(truncatingIfNeeded: date))
  }

  /// Eight bytes from a place on, of which those behind the field are zero.
  @inline(__always)
  private func part(_ field: ShortField, _ place: Int) -> UInt64 {
    let bits = UInt64(truncatingIfNeeded: place &* 8)
    return place < 8
      ? (field.word &>> bits) | (field.rest &<< 1) &<< (63 &- bits) : field.rest &>> (bits &- 64)
  }
}

private struct AnyDateParser: FieldParser {
  let formats: [DateFormat]

  @inline(__always)
  func parse(_ field: Span<UInt8>) -> Int32? {
    for format in formats { if let day = format.parse(field) { return day } }
    return nil
  }
}
