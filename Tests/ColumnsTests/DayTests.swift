import TestSupport
import Testing

@testable import Columns

@Suite("Days and dates")
struct DayTests {
  static let patterns = ["yyyy-MM-dd", "dd-MM-yyyy", "yyyyMMdd", "dd/MM/yyyy", "MM.dd.yyyy"]

  /// All dates of some years by counting, without arithmetic: the slow twin.
  static func counted(_ years: ClosedRange<Int>, from first: Int32) -> [(
    year: Int, month: Int, day: Int, number: Int32
  )] {
    var days: [(year: Int, month: Int, day: Int, number: Int32)] = []
    var number = first
    for year in years {
      let isLeap = year % 400 == 0 || (year % 4 == 0 && year % 100 != 0)
      for (month, length) in [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31].enumerated() {
        for day in 1...length {
          days.append((year, month + 1, day, number))
          number += 1
        }
      }
    }
    return days
  }

  static func text(_ year: Int, _ month: Int, _ day: Int, _ pattern: String) -> String {
    func digits(_ value: Int, _ width: Int) -> String {
      String(repeating: "0", count: max(0, width - String(value).count)) + String(value)
    }
    var text = pattern
    for (letters, value) in [("yyyy", digits(year, 4)), ("MM", digits(month, 2)), ("dd", digits(day, 2))] {
      if let range = text.firstRange(of: letters) { text.replaceSubrange(range, with: value) }
    }
    return text
  }

  static func parse(_ text: String, _ format: DateFormat) -> Int32? {
    let bytes = Array(text.utf8)
    return format.parse(bytes.span)
  }

  @Test("every day from 1900 to 2100 has its number, in every format", arguments: patterns)
  func everyDay(pattern: String) throws {
    let format = try #require(DateFormat(pattern))
    var wrong = 0
    // 1970-01-01 is 0, and 1900-01-01 lies 25,567 days before it.
    for day in Self.counted(1900...2100, from: -25_567) {
      if Self.parse(Self.text(day.year, day.month, day.day, pattern), format) != day.number { wrong += 1 }
    }
    #expect(wrong == 0)
  }

  @Test(
    "random texts are read as byte by byte", arguments: patterns + ["(( dd - MM - yyyy ))", "yyyy-MM-ddT00:00"])
  func twin(pattern: String) throws {
    let format = try #require(DateFormat(pattern))
    var random = SeededRandom(11)
    var read = 0
    for _ in 0..<4000 {
      let month = Int.random(in: 0...13, using: &random)
      let day = Int.random(in: 0...32, using: &random)
      var bytes = Array(Self.text(Int.random(in: 0...9999, using: &random), month, day, pattern).utf8)
      if Bool.random(using: &random) {
        bytes[Int.random(in: bytes.indices, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      let number = format.parse(bytes.span)
      #expect(number == format.parseAny(bytes.span), "\(bytes)")
      if number != nil { read += 1 }
    }
    #expect(read > 1000)
  }

  @Test("a number becomes its date and back")
  func roundTrip() {
    var wrong = 0
    for day in Self.counted(1900...2100, from: -25_567) {
      let date = Day(day.number).date
      if (Int(date.year), Int(date.month), Int(date.day)) != (day.year, day.month, day.day) { wrong += 1 }
      if Day(Day(day.number).description) != Day(day.number) { wrong += 1 }
      if Day(day.number).year != Int32(day.year) { wrong += 1 }
    }
    #expect(wrong == 0)
    #expect(Day(0).description == "1970-01-01")
    #expect(Day(1) > Day(0))
  }

  @Test("the first and last date that there is")
  func ends() {
    #expect(Day(year: 1, month: 1, day: 1)?.number == -719_162)
    #expect(Day(year: 9999, month: 12, day: 31)?.description == "9999-12-31")
    #expect(Day(year: 0, month: 12, day: 31) == nil)
    #expect(Day(year: 10_000, month: 1, day: 1) == nil)
  }

  @Test(
    "dates that do not exist",
    arguments: [
      "2015-02-29", "1900-02-29", "2100-02-29", "2016-02-30", "2015-04-31", "2015-06-31", "2015-09-31", "2015-11-31",
      "2015-01-32", "2015-01-00", "2015-00-01", "2015-13-01", "0000-01-01",
    ])
  func noSuchDate(text: String) {
    #expect(Self.parse(text, .iso) == nil)
    #expect(Day(text) == nil)
  }

  @Test(
    "texts that are no date",
    arguments: [
      "", "2015-1-1", "2015-01-1", "2015/01/01", "2015-01-01 ", " 2015-01-01", "20150101", "2015-01-01T00",
      "15-01-2015",
      "+015-01-01", "2015--1-01", "2015-+1-01", "2015-01-0a", "2015-01-0\u{0}",
    ])
  func noDate(text: String) {
    #expect(Self.parse(text, .iso) == nil)
  }

  @Test("a date with one byte changed is read as the twin reads it", arguments: 1...8 as ClosedRange<UInt64>)
  func garbage(seed: UInt64) throws {
    var random = SeededRandom(seed)
    let known = Dictionary(
      uniqueKeysWithValues: Self.counted(1999...2004, from: 10_592).map {
        (Self.text($0.year, $0.month, $0.day, "yyyy-MM-dd"), $0.number)
      })
    #expect(known["2000-01-01"] == 10_957)
    let dates = known.keys.sorted()
    for _ in 0..<2000 {
      var bytes = Array((dates.randomElement(using: &random) ?? "").utf8)
      bytes[Int.random(in: 0..<10, using: &random)] = UInt8.random(in: 0...255, using: &random)
      let text = String(decoding: bytes, as: UTF8.self)
      let value = DateFormat.iso.parse(bytes.span)
      if let expected = known[text] {
        #expect(value == expected)
      } else if let value {
        // Another year than the twin knows: the text must come back.
        #expect(Array(Day(value).description.utf8) == bytes)
      }
    }
  }

  @Test(
    "days and months may have one digit, and a time may follow",
    arguments: [
      ("d-M-yyyy", "1-2-2016", true), ("d-M-yyyy", "01-02-2016", true), ("d-M-yyyy", "1-02-2016", true),
      ("d-M-yyyy", "001-2-2016", false), ("d-M-yyyy", "1-2-201", false), ("d-M-yyyy", "1-2-20166", false),
      ("d-M-yyyy", "30-2-2016", false), ("d-M-yyyy", "", false), ("d-M-yyyy", "1--2016", false),
      ("yyyy-MM-dd HH:mm:ss", "2016-02-01 23:59:00", true), ("yyyy-MM-dd HH:mm:ss", "2016-02-01", false),
      ("yyyy-MM-dd HH:mm:ss", "2016-02-01 23:59:0x", false), ("yyyy-MM-ddTHH:mm", "2016-02-01T00:00", true),
    ])
  func loose(pattern: String, text: String, isDay: Bool) throws {
    let format = try #require(DateFormat(pattern))
    #expect(Self.parse(text, format) == (isDay ? 16832 : nil))
  }

  @Test(
    "a pattern has year, month and day once",
    arguments: [
      "", "yyyy-MM", "yy-MM-dd", "yyyy-MM-dd-dd", "yyyyMMddMM",
      "yyyy-mm-dd", "yyyy-MM-ddd", "d-MMM-yyyy",
    ])
  func badPattern(pattern: String) {
    #expect(DateFormat(pattern) == nil)
  }

  @Test("the first format that fits counts; what fits none is refused")
  func severalFormats() throws {
    let formats = try ["dd-MM-yyyy", "yyyyMMdd"].map { try #require(DateFormat($0)) }
    let days: Parsed<Int32> = parsed(["01-02-2016", "20160203", "", "2016-02-01", "-", " 02-02-2016 "]) {
      $0.append(days: $1, formats: formats, missing: MissingTokens(["-"]), rejections: &$2)
    }
    #expect(days.values == [16_832, 16_834, Missing.int32, Missing.int32, Missing.int32, 16_833])
    #expect(days.refused == ["3 not-a-date"])
    let one: Parsed<Int32> = parsed(["01-02-2016", "20160203"]) {
      $0.append(days: $1, formats: [formats[0]], missing: MissingTokens(), rejections: &$2)
    }
    #expect(one.values == [16_832, Missing.int32])
    #expect(one.refused == ["1 not-a-date"])
  }
}
