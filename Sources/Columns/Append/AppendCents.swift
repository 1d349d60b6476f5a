/// How a source writes amounts of money.
public struct AmountFormat: Sendable, Hashable {
  /// The decimal mark.
  public let mark: UInt8
  /// The mark between thousands, which may be left out.
  public let thousands: UInt8?
  /// Whether amounts are whole cents without a mark.
  public let isInCents: Bool
  /// Marks of a currency that may stand around amounts; nil where none does.
  public let currency: CurrencyMarks?

  /// An amount format.
  public init(
    mark: UInt8 = UInt8(ascii: "."), thousands: UInt8? = nil, isInCents: Bool = false, currency: CurrencyMarks? = nil
  ) {
    self.mark = mark
    self.thousands = thousands
    self.isInCents = isInCents
    self.currency = currency
  }
}

extension [Int64] {
  /// Appends amounts as whole cents.
  public mutating func append(
    cents fields: borrowing FieldColumn, format: AmountFormat, missing tokens: MissingTokens,
    rejections: inout [Rejection]
  ) {
    append(fields, format, missing: Missing.int64, tokens: tokens, reason: .notAnAmount, rejections: &rejections)
  }
}

extension AmountFormat: FieldParser {
  @inline(__always)
  func parse(_ field: Span<UInt8>) -> Int64? { parseCents(field, self) }

  @inline(__always)
  func parse(short field: ShortField) -> Int64? {
    // Without the mark the digits of an amount with two decimals are its cents.
    let whole = field.count &- 3
    if whole < 1 || whole > 5 || isInCents { return nil }
    let place = UInt64(truncatingIfNeeded: whole &* 8)
    if UInt8(truncatingIfNeeded: field.word &>> place) != mark { return nil }
    let euros = field.word & ((1 &<< place) &- 1)
    let decimals = (field.word &>> (place &+ 8)) &<< place
    return number(ofDigits: euros | decimals, count: field.count &- 1)
  }
}

/// `1234.56`, `1.234,5` or `-12` as whole cents. At most two decimals and fifteen digits; a sign before or behind. Behind the
/// decimal mark a dash stands for no cents: `12,-` is twelve.
@inline(__always)
public func parseCents(_ field: Span<UInt8>, _ format: AmountFormat) -> Int64? {
  // Nearly all amounts have no sign, at most eight digits and two decimals.
  let whole = field.count &- 3
  if whole > 0 && whole <= 8 && field[whole] == format.mark && !format.isInCents {
    let tens = field[whole &+ 1] &- 0x30
    let ones = field[whole &+ 2] &- 0x30
    if tens <= 9 && ones <= 9, let euros = number(ofDigits: CodeBook.word(field.extracting(0..<whole)), count: whole) {
      return euros &* 100 &+ Int64(tens &* 10 &+ ones)
    }
  }
  return parseAnyCents(field, format)
}

/// The same, digit by digit, and with the mark of a currency where there may be one.
@inline(never)
func parseAnyCents(_ field: Span<UInt8>, _ format: AmountFormat) -> Int64? {
  parsePlainCents(field, format) ?? format.currency?.parse(field, format)
}

@inline(__always)
func parsePlainCents(_ field: Span<UInt8>, _ format: AmountFormat) -> Int64? {
  var end = field.count
  var i = 0
  var isNegative = false
  if end > 0 && field[0] == UInt8(ascii: "-") {
    isNegative = true
    i = 1
  }
  if end > i &+ 1 && field[end &- 1] == UInt8(ascii: "-") {
    if field[end &- 2] != format.mark || format.isInCents {
      if isNegative { return nil }
      isNegative = true
    }
    end &-= 1
  }
  var value: Int64 = 0
  var digitCount = 0
  var isGrouped = false
  while i < end {
    let digit = field[i] &- 0x30
    if digit > 9 {
      if field[i] == format.mark { break }
      // A thousands mark stands before exactly three digits, the first one behind at most three: `1234.567` is a
      // number with three decimals in another notation, not a million.
      guard let mark = format.thousands, field[i] == mark, digitCount > 0, digitCount <= 3 || isGrouped,
        groupOfThree(field, i &+ 1, end, format)
      else { return nil }
      isGrouped = true
      i &+= 1
      continue
    }
    value = value &* 10 &+ Int64(digit)
    digitCount &+= 1
    i &+= 1
  }
  if digitCount == 0 || digitCount > 15 { return nil }
  if format.isInCents { return i == end ? (isNegative ? -value : value) : nil }
  var decimals = 0
  if i < end {
    i &+= 1
    while i < end {
      let digit = field[i] &- 0x30
      if digit > 9 || decimals == 2 { return nil }
      value = value &* 10 &+ Int64(digit)
      decimals &+= 1
      i &+= 1
    }
  }
  while decimals < 2 {
    value = value &* 10  // at most seventeen digits: cannot overflow
    decimals &+= 1
  }
  return isNegative ? -value : value
}

@inline(never)
private func groupOfThree(_ field: Span<UInt8>, _ start: Int, _ end: Int, _ format: AmountFormat) -> Bool {
  guard start + 3 <= end else { return false }
  for i in start..<start + 3 where field[i] &- 0x30 > 9 { return false }
  return start + 3 == end || field[start + 3] == format.mark || field[start + 3] == format.thousands
}
