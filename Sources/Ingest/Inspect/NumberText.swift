import Columns

/// How an unknown text writes a number, where it is one.
struct NumberText {
  /// Which mark it has.
  enum Style: Sendable {
    /// None.
    case plain
    /// A comma or a point before decimals.
    case comma, point
    /// A point or a comma before three digits: thousands, or three decimals.
    case groupedByPoint, groupedByComma
  }

  let style: Style
  /// Whether it has both marks: one of them stands between thousands.
  let hasBoth: Bool
  /// The mark of a currency before or behind it, as it stands there.
  let currency: String?
  let value: Double
  /// Whether it has no more decimals than amounts have.
  let isAmount: Bool

  /// Codes and words of currencies; signs such as € are known by Unicode.
  private static let words = [
    "EUR", "Eur", "eur", "EURO", "Euro", "euro", "USD", "GBP", "CHF", "SEK", "NOK", "DKK", "PLN",
  ]
  private static let inNumbers = Array(",.+- ".utf8)
  private static let byComma = AmountFormat(mark: UInt8(ascii: ","), thousands: UInt8(ascii: "."))
  private static let byPoint = AmountFormat(mark: UInt8(ascii: "."), thousands: UInt8(ascii: ","))

  /// Looks at a text that has a digit.
  init?(_ text: String, _ bytes: [UInt8]) {
    let isBare = bytes.allSatisfy { $0 &- 0x30 <= 9 || Self.inNumbers.contains($0) }
    currency = isBare ? nil : Self.mark(in: text)
    if !isBare && currency == nil { return nil }
    let digits = currency.map { Self.without($0, text) } ?? text
    style = Self.style(digits)
    hasBoth = digits.contains(",") && digits.contains(".")
    let bytes = currency == nil ? bytes : Array(digits.utf8)
    let cents: Int64?
    let decimal: Double?
    switch style {
    case .plain: (cents, decimal) = (parseCents(bytes.span, Self.byPoint), nil)
    case .comma: (cents, decimal) = (parseCents(bytes.span, Self.byComma), parseDecimal(bytes.span, mark: 0x2C))
    case .point: (cents, decimal) = (parseCents(bytes.span, Self.byPoint), parseDecimal(bytes.span, mark: 0x2E))
    case .groupedByPoint:
      (cents, decimal) = (parseCents(bytes.span, Self.byComma), parseDecimal(bytes.span, mark: 0x2E))
    case .groupedByComma:
      (cents, decimal) = (parseCents(bytes.span, Self.byPoint), parseDecimal(bytes.span, mark: 0x2C))
    }
    isAmount = cents != nil
    guard let value = decimal ?? cents.map({ Double($0) / 100 }) ?? parseDecimal(bytes.span, mark: 0x2E) else {
      return nil
    }
    self.value = value
  }

  private static func style(_ text: String) -> Style {
    let (commas, points) = (text.count { $0 == "," }, text.count { $0 == "." })
    if commas == 0 && points == 0 { return .plain }
    if commas > 0 && points > 0 {
      return (text.lastIndex(of: ",") ?? text.startIndex) > (text.lastIndex(of: ".") ?? text.startIndex)
        ? .comma : .point
    }
    let mark: Character = commas > 0 ? "," : "."
    let parts = text.split(separator: mark, omittingEmptySubsequences: false)
    // `0.853` has decimals; a thousand is not written so.
    let first = parts[0].filter(\.isNumber)
    let isGrouped =
      (1...3).contains(first.count) && first.first != "0" && parts.dropFirst().allSatisfy { $0.count == 3 }
    return commas > 0 ? (isGrouped ? .groupedByComma : .comma) : isGrouped ? .groupedByPoint : .point
  }

  private static func mark(in text: String) -> String? {
    let bare = text.filter { !$0.isWhitespace && $0 != "-" }
    for end in [bare.unicodeScalars.first, bare.unicodeScalars.last] {
      if let end, end.properties.generalCategory == .currencySymbol { return String(end) }
    }
    return words.first { word in
      bare.hasPrefix(word) && bare.dropFirst(word.count).first?.isNumber == true
        || bare.hasSuffix(word) && bare.dropLast(word.count).last.map { $0.isNumber || $0 == "," || $0 == "." } == true
    }
  }

  /// What is left of it, for a look: blanks go too.
  private static func without(_ mark: String, _ text: String) -> String {
    text.filter { !$0.isWhitespace }.replacing(mark, with: "", maxReplacements: 1)
  }
}
