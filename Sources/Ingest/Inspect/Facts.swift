import Columns

/// What one value of an unknown column looks like.
struct Facts: Sendable {
  var kinds: [ColumnProfile.Kind] = []
  /// The date pattern that it fits.
  var pattern: String?
  /// Whether it is a day so long ago or far ahead that it may mean none.
  var isFar = false
  /// Whether it is written as a day and is none.
  var isImpossible = false
  /// Whether a spreadsheet may have damaged it.
  var isDamaged = false
  /// Which mark stands before its decimals or between its thousands.
  var style: NumberText.Style?
  /// Whether it has marks between thousands and before decimals.
  var hasBothMarks = false
  /// The mark of a currency that stands before or behind the amount.
  var currency: String?
  var looksLikeName = false
  var number: Double?

  private static let patterns = [
    "yyyy-MM-dd", "dd-MM-yyyy", "yyyyMMdd", "dd/MM/yyyy", "dd.MM.yyyy", "yyyy/MM/dd", "d-M-yyyy", "d/M/yyyy",
    "yyyy-MM-dd HH:mm:ss", "yyyy-MM-ddTHH:mm:ss", "dd-MM-yyyy HH:mm:ss", "dd-MM-yyyy HH:mm", "d-M-yyyy HH:mm",
  ]
  private static let formats = patterns.compactMap { DateFormat($0) }
  /// What dates look like with a 9 for each digit; not those of digits alone, which may be anything.
  private static let dateShapes = Set(
    patterns.filter { $0.contains { !$0.isLetter } }.map { String($0.map { "yMdHms".contains($0) ? "9" : $0 }) })

  /// Looks at a value.
  init(_ text: String) {
    let bytes = Array(text.utf8)
    let letters = bytes.count { (0x41...0x5A).contains($0 & 0xDF) }
    let digits = bytes.count { $0 &- 0x30 <= 9 }
    looksLikeName =
      letters >= 2 && text.first?.isUppercase == true && text.dropFirst().contains(where: \.isLowercase)
    kinds = Self.kinds(bytes, letters: letters, digits: digits)
    lookForDay(text, bytes, digits: digits)
    if digits > 0 { lookForNumber(text, bytes, digits: digits) }
  }

  private mutating func lookForDay(_ text: String, _ bytes: [UInt8], digits: Int) {
    if digits < 6 { return }
    let days = Self.formats.lazy.compactMap { format in
      format.parse(bytes.span).map { (format: format, year: Day($0).year) }
    }
    if let day = days.first(where: { (1850...2150).contains($0.year) }) {
      kinds.append(.date)
      pattern = day.format.pattern
    } else if digits < bytes.count, let day = days.first {
      isFar = true
      pattern = day.format.pattern
    } else {
      isImpossible = Self.dateShapes.contains(String(text.map { $0.isNumber ? "9" : $0 }))
    }
  }

  private mutating func lookForNumber(_ text: String, _ bytes: [UInt8], digits: Int) {
    if digits == bytes.count, bytes.count == 7 || bytes.count == 5 {
      // An AGB code of which the leading zero is gone, or a day as the number of days since 1900.
      if let number = parseInteger(bytes.span), bytes.count == 7 || (30_000...50_000).contains(number) {
        isDamaged = true
      }
    }
    guard let found = NumberText(text, bytes) else { return }
    (style, currency, number) = (found.style, found.currency, found.value)
    hasBothMarks = found.hasBoth
    if found.isAmount { kinds.append(.amount) }
    if found.currency != nil { return }
    if parseInteger(bytes.span) != nil { kinds.append(.integer) }
    kinds.append(.decimal)
  }

  private static func kinds(_ bytes: [UInt8], letters: Int, digits: Int) -> [ColumnProfile.Kind] {
    var kinds: [ColumnProfile.Kind] = []
    let isAllDigits = digits == bytes.count
    if isAllDigits, bytes.count == 8 || bytes.count == 9, let number = parseInteger(bytes.span), isCitizenNumber(number)
    {
      kinds.append(.citizenNumber)
    }
    if isAllDigits && (bytes.count == 8 || bytes.count == 7) { kinds.append(.agb) }
    if isAllDigits && bytes.count == 4 { kinds.append(.uzovi) }
    if letters == 2 && isPostcode(bytes) { kinds.append(.postcode) }
    if bytes.contains(UInt8(ascii: "@")) && bytes.contains(UInt8(ascii: ".")) { kinds.append(.email) }
    if letters == 0 && isPhone(bytes) { kinds.append(.phone) }
    return kinds
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 <= 9 }

  /// `8011AB` or `8011 AB`.
  private static func isPostcode(_ bytes: [UInt8]) -> Bool {
    guard bytes.count == 6 || bytes.count == 7 && bytes[4] == 0x20, bytes[0] != UInt8(ascii: "0") else { return false }
    return bytes[..<4].allSatisfy(isDigit) && bytes.suffix(2).allSatisfy { (0x41...0x5A).contains($0 & 0xDF) }
  }

  /// `+31`, `0031` or `0`, then a digit that is no 0, and seven to twelve digits, blanks or hyphens.
  private static func isPhone(_ bytes: [UInt8]) -> Bool {
    for start in [Array("+31".utf8), Array("0031".utf8), Array("0".utf8)] where bytes.starts(with: start) {
      var rest = bytes[start.count...]
      if let first = rest.first, first == 0x20 || first == 0x2D { rest = rest.dropFirst() }
      guard let first = rest.first, isDigit(first), first != UInt8(ascii: "0") else { continue }
      if (7...12).contains(rest.count - 1), rest.dropFirst().allSatisfy({ isDigit($0) || $0 == 0x20 || $0 == 0x2D }) {
        return true
      }
    }
    return false
  }
}
