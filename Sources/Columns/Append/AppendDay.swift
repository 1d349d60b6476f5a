/// A fixed-width way to write a date, such as `yyyy-MM-dd`, `dd-MM-yyyy`, `yyyyMMdd` or `dd/MM/yyyy`.
public struct DateFormat: Sendable, Hashable {
  /// The pattern as declared.
  public let pattern: String
  private let length: Int
  private let year: Int
  private let month: Int
  private let day: Int
  private let separators: [Separator]
  /// Whether days or months may have one digit, or a time follows: read byte by byte.
  private let isLoose: Bool

  private struct Separator: Hashable {
    let at: Int
    let byte: UInt8
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
  }

  /// `yyyy-MM-dd`.
  public static let iso = DateFormat("yyyy-MM-dd").unsafelyUnwrapped

  /// The day number of a date in this format; nil when it is not one.
  @inline(__always)
  public func parse(_ field: Span<UInt8>) -> Int32? {
    if isLoose { return parseLoosely(field) }
    if field.count != length { return nil }
    for separator in separators where field[separator.at] != separator.byte { return nil }
    guard let y1 = two(field, year), let y2 = two(field, year &+ 2), let m = two(field, month), let d = two(field, day)
    else { return nil }
    return Day.number(year: y1 &* 100 &+ y2, month: m, day: d)
  }

  @inline(__always)
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
      let format = formats[0]
      append(fields, missing: Missing.int32, tokens: tokens, reason: .notADate, rejections: &rejections) {
        format.parse($0)
      }
    } else {
      append(fields, missing: Missing.int32, tokens: tokens, reason: .notADate, rejections: &rejections) {
        for format in formats { if let day = format.parse($0) { return day } }
        return nil
      }
    }
  }
}
