import Columns
import TestSupport
import Testing

@Suite("Whole numbers, decimals and postcodes")
struct NumberTests {
  static func integer(_ text: String) -> Int32? {
    let bytes = Array(text.utf8)
    return parseInteger(bytes.span)
  }
  static func decimal(_ text: String, mark: Character = ".") -> Double? {
    let bytes = Array(text.utf8)
    return parseDecimal(bytes.span, mark: mark.asciiValue ?? 0)
  }

  @Test(
    "whole numbers",
    arguments: [
      ("0", 0), ("-0", 0), ("+7", 7), ("-7", -7), ("007", 7), ("2147483647", .max), ("+2147483647", .max),
      ("-2147483647", -2_147_483_647), ("00000000001", 1),
    ] as [(String, Int32)])
  func integers(text: String, value: Int32) {
    #expect(Self.integer(text) == value)
  }

  @Test(
    "what is no whole number, the value that stands for missing included",
    arguments: [
      "", "-", "+", "--1", "+-1", "1-", "1.0", "1,0", "1e3", "2147483648", "-2147483648", "9999999999", "99999999999",
      "000000000001", "1 2", "a", "１",
    ])
  func noIntegers(text: String) {
    #expect(Self.integer(text) == nil)
  }

  @Test("random whole numbers are read as Int32 reads them", arguments: 1...4 as ClosedRange<UInt64>)
  func integerTwin(seed: UInt64) {
    var random = SeededRandom(seed)
    for _ in 0..<4000 {
      let text = random.text(of: "0123456789-+", count: 1...11)
      let expected = Int32(text)
      #expect(Self.integer(text) == (expected == .min ? nil : expected), "\(text)")
    }
  }

  @Test(
    "decimals",
    arguments: [
      ("0", 0), ("-0.594", -0.594), ("+1.5", 1.5), (".5", 0.5), ("5.", 5), ("1e5", 100_000), ("1E-3", 0.001), ("007", 7),
      ("123456789012345", 123_456_789_012_345), ("1234567890123456", 1_234_567_890_123_456),
      ("0.1234567890123456789", 0.1234567890123456789), ("9007199254740993", 9_007_199_254_740_992),
      ("0.00000000000000000000000000001", 1e-29), ("000000000000000000000000000000.5", 0.5),
    ])
  func decimals(text: String, value: Double) {
    #expect(Self.decimal(text) == value)
  }

  @Test(
    "what is no decimal",
    arguments: [
      "", ".", "-", "+", "-.", "+.", "--1", "+-1", "1.2.3", "1-", "1e", "e5", "1e400", "nan", "inf", "0x10", "1,5", "1 5",
      "1e5e5", "-e", "é",
    ])
  func noDecimals(text: String) {
    #expect(Self.decimal(text) == nil)
  }

  @Test("the declared mark is the only one")
  func mark() {
    #expect(Self.decimal("1,5", mark: ",") == 1.5)
    #expect(Self.decimal("1,5e2", mark: ",") == 150)
    #expect(Self.decimal("1.5", mark: ",") == nil)
    #expect(Self.decimal(",", mark: ",") == nil)
    #expect(Self.decimal("-,", mark: ",") == nil)
  }

  @Test("zero keeps its sign")
  func negativeZero() {
    #expect(Self.decimal("-0.0")?.sign == .minus)
  }

  @Test("random decimals are exact to the last bit", arguments: 1...8 as ClosedRange<UInt64>)
  func exact(seed: UInt64) {
    var random = SeededRandom(seed)
    for _ in 0..<4000 {
      let whole = random.text(of: "0123456789", count: 1...12)
      let text = (Bool.random(using: &random) ? "-" : "") + whole + "." + random.text(of: "0123456789", count: 0...12)
      #expect(Self.decimal(text)?.bitPattern == Double(text)?.bitPattern, "\(text)")
    }
  }

  @Test("postcodes", arguments: [("8011", 8011), ("8011AB", 8011), ("8011 AB", 8011), ("8011ab", 8011), ("1000", 1000)])
  func postcodes(text: String, digits: Int32) {
    let codes: Parsed<Int32> = parsed([text]) { $0.append(postcodes: $1, missing: MissingTokens(), rejections: &$2) }
    #expect(codes.values == [digits])
    #expect(codes.refused == [])
  }

  @Test(
    "what is no postcode",
    arguments: [
      "801", "0123", "80111", "8011 A", "8011A", "8011  AB", "8011A1", "801 1AB", "+801", "-801", "80.1", "8011-AB",
      "AB8011", "8011ÄB",
    ])
  func noPostcodes(text: String) {
    let codes: Parsed<Int32> = parsed([text]) { $0.append(postcodes: $1, missing: MissingTokens(), rejections: &$2) }
    #expect(codes.values == [Missing.int32])
    #expect(codes.refused == ["0 not-a-code"])
  }

  @Test("columns of numbers")
  func columns() {
    let integers: Parsed<Int32> = parsed(["1", "", " 2 ", "x", "-9"]) {
      $0.append(integers: $1, missing: MissingTokens(["-9"]), rejections: &$2)
    }
    #expect(integers.values == [1, Missing.int32, 2, Missing.int32, Missing.int32])
    #expect(integers.refused == ["3 not-an-integer"])
    let decimals: Parsed<Double> = parsed(["1.5", "", "x"]) {
      $0.append(decimals: $1, mark: UInt8(ascii: "."), missing: MissingTokens(), rejections: &$2)
    }
    #expect(decimals.values[0] == 1.5)
    #expect(decimals.values[1].isNaN && decimals.values[2].isNaN)
    #expect(decimals.refused == ["2 not-a-number"])
  }
}
