import Columns
import TestSupport
import Testing

@Suite("Amounts of money")
struct AmountTests {
  static let dutch = AmountFormat(mark: UInt8(ascii: ","), thousands: UInt8(ascii: "."))
  static let plain = AmountFormat()
  static let whole = AmountFormat(mark: UInt8(ascii: "."), isInCents: true)

  static func parse(_ text: String, _ format: AmountFormat) -> Int64? {
    let bytes = Array(text.utf8)
    return parseCents(bytes.span, format)
  }

  @Test(
    "amounts with a point",
    arguments: [
      ("0", 0), ("0.00", 0), ("1", 100), ("1.5", 150), ("1.50", 150), ("12.", 1200), ("-12", -1200), ("12-", -1200),
      ("12.34-", -1234), ("0.01", 1), ("-0.01", -1), ("007", 700), ("999999999999999.99", 99_999_999_999_999_999),
      ("-999999999999999.99", -99_999_999_999_999_999),
    ])
  func accepted(text: String, cents: Int64) {
    #expect(Self.parse(text, Self.plain) == cents)
  }

  @Test(
    "what is no amount with a point",
    arguments: [
      "", "-", ".", "-.", ".50", "--1", "-1-", "1--", "+1", "1.234", "1,50", "1.5.0", "1 000", "€1", "1e3", "0x1",
      "1000000000000000", "99999999999999999999999999", "1.-5", "-", "NaN", "1\u{0}",
    ])
  func refused(text: String) {
    #expect(Self.parse(text, Self.plain) == nil)
  }

  @Test(
    "amounts as written in Dutch",
    arguments: [
      ("1.234,56", 123_456), ("1234,56", 123_456), ("1.234", 123_400), ("1.234.567,8", 123_456_780),
      ("123.456", 12_345_600), ("-1.234,56", -123_456), ("1.234,56-", -123_456), ("12,3", 1230),
      ("12,-", 1200), ("1.250,-", 125_000), ("-12,-", -1200),
      ("999.999.999.999.999,99", 99_999_999_999_999_999),
    ])
  func dutchAccepted(text: String, cents: Int64) {
    #expect(Self.parse(text, Self.dutch) == cents)
  }

  @Test(
    "thousands that are not in groups of three",
    arguments: [
      ".123", "1.23", "1.2345", "1..234", "1.234.", "12.34,50", "1,234.56", "1.234,567", "1234.567", "1234.567,00",
      "123456.789", "1.234,.5", "-.123", "1.000.000.000.000.000",
    ])
  func dutchRefused(text: String) {
    #expect(Self.parse(text, Self.dutch) == nil)
  }

  @Test(
    "whole cents",
    arguments: [("0", 0), ("1234", 1234), ("-5", -5), ("5-", -5), ("999999999999999", 999_999_999_999_999)])
  func inCents(text: String, cents: Int64) {
    #expect(Self.parse(text, Self.whole) == cents)
  }

  @Test("what is no number of whole cents", arguments: ["", "12.34", "12.", "1,2", "-", "1000000000000000"])
  func inCentsRefused(text: String) {
    #expect(Self.parse(text, Self.whole) == nil)
  }

  /// The same rule by regular expression and string arithmetic.
  static func slow(_ text: String) -> Int64? {
    // A dash in place of cents is no sign.
    let text = text.hasSuffix(",-") ? String(text.dropLast()) : text
    let isNegative = text.hasPrefix("-") || text.hasSuffix("-")
    let body = text.hasPrefix("-") ? text.dropFirst() : text.hasSuffix("-") ? text.dropLast() : text[...]
    guard body.wholeMatch(of: #/([0-9]+|[0-9]{1,3}([.][0-9]{3})+)(,[0-9]{0,2})?/#) != nil else { return nil }
    let parts = body.split(separator: ",", omittingEmptySubsequences: false)
    let euros = parts[0].filter { $0 != "." }
    guard euros.count <= 15 else { return nil }
    let decimals = parts.count > 1 ? String(parts[1]) : ""
    guard let cents = Int64(euros + decimals + String(repeating: "0", count: 2 - decimals.count)) else { return nil }
    return isNegative ? -cents : cents
  }

  @Test("random texts are read as the twin reads them", arguments: 1...6 as ClosedRange<UInt64>)
  func twin(seed: UInt64) {
    var random = SeededRandom(seed)
    var accepted = 0
    for _ in 0..<4000 {
      let text = random.text(of: "000123456789..,,-", count: 1...12)
      let expected = Self.slow(text)
      #expect(Self.parse(text, Self.dutch) == expected, "\(text)")
      if expected != nil { accepted += 1 }
    }
    #expect(accepted > 20, "the texts must not all be garbage")
  }

  @Test("an amount that is printed is read back", arguments: 1...4 as ClosedRange<UInt64>)
  func printed(seed: UInt64) {
    var random = SeededRandom(seed)
    for _ in 0..<1000 {
      let cents =
        Int64.random(in: -99_999_999_999_999_999...99_999_999_999_999_999, using: &random)
        / [1, 1000, 1_000_000, 1_000_000_000_000][Int.random(in: 0..<4, using: &random)]
      let size = cents.magnitude
      var digits = String(size / 100)
      var grouped = ""
      while digits.count > 3 {
        grouped = "." + digits.suffix(3) + grouped
        digits = String(digits.dropLast(3))
      }
      let text = (cents < 0 ? "-" : "") + digits + grouped + "," + (size % 100 < 10 ? "0" : "") + String(size % 100)
      #expect(Self.parse(text, Self.dutch) == cents)
      #expect(Self.parse(String(cents), Self.whole) == (size < 1_000_000_000_000_000 ? cents : nil))
    }
  }

  @Test(
    "amounts with the mark of a currency",
    arguments: [
      ("€ 12,50", 1250), ("€12,50", 1250), ("EUR 12,50", 1250), ("12,50 EUR", 1250), ("12,50€", 1250),
      ("€ 1.234,50", 123_450), ("-€ 12,50", -1250), ("€ -12,50", -1250), ("€ 12,50-", -1250), ("-12,50 €", -1250),
      ("€\u{A0}12,50", 1250), ("€ 12,-", 1200), ("-€ 12,-", -1200),
      ("12,50", 1250), ("- € 3", -300),
    ])
  func currency(text: String, cents: Int64) throws {
    for encoding in [TextEncoding.utf8, .windows1252, .latin9] {
      let marks = try #require(CurrencyMarks(["€", "EUR"], encoding))
      let format = AmountFormat(mark: UInt8(ascii: ","), thousands: UInt8(ascii: "."), currency: marks)
      let bytes = try #require(Self.bytes(text, encoding))
      #expect(parseCents(bytes.span, format) == cents, "\(encoding)")
    }
    #expect(text == "12,50" || Self.parse(text, Self.dutch) == nil, "without the key no mark is read")
  }

  private static func bytes(_ text: String, _ encoding: TextEncoding) -> [UInt8]? {
    if encoding == .utf8 { return Array(text.utf8) }
    return text.unicodeScalars.map { $0 == "€" ? encoding == .latin9 ? 0xA4 : 0x80 : UInt8($0.value) }
  }

  @Test(
    "what is no amount with the mark of a currency",
    arguments: ["€", "€ ", "€ x", "€ € 1", "€ 1 EUR", "$ 1", "1 € 2", "-€ -1", "-€ 1-", "EU 1", "€ 1.5", "eur 1"])
  func currencyRefused(text: String) throws {
    let marks = try #require(CurrencyMarks(["€", "EUR"], .utf8))
    let format = AmountFormat(mark: UInt8(ascii: ","), thousands: UInt8(ascii: "."), currency: marks)
    #expect(Self.parse(text, format) == nil)
    #expect(CurrencyMarks(["€"], .latin1) == nil, "ISO 8859-1 has no euro")
  }

  @Test("a column of amounts")
  func column() {
    let cents: Parsed<Int64> = parsed(["1,5", "", "n.v.t.", "x", "\t-2 "]) {
      $0.append(cents: $1, format: Self.dutch, missing: MissingTokens(["n.v.t."]), rejections: &$2)
    }
    #expect(cents.values == [150, Missing.int64, Missing.int64, Missing.int64, -200])
    #expect(cents.refused == ["3 not-an-amount"])
  }
}
