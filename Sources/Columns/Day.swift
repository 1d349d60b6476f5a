/// Calendar days as days since 1970-01-01 in the proleptic Gregorian calendar.
///
/// Arithmetic after Howard Hinnant, "chrono-compatible low-level date algorithms" (public domain), 2013.
public struct Day: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// Days since 1970-01-01.
  public var number: Int32

  /// A day by its number.
  public init(_ number: Int32) { self.number = number }

  /// A day by its date; nil when there is no such date.
  public init?(year: Int32, month: Int32, day: Int32) {
    guard let number = Self.number(year: year, month: month, day: day) else { return nil }
    self.number = number
  }

  /// A day written as `yyyy-MM-dd`; nil when it is not one.
  public init?(_ text: some StringProtocol) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0].utf8.count == 4, parts[1].utf8.count == 2, parts[2].utf8.count == 2,
      let year = Int32(parts[0]), let month = Int32(parts[1]), let day = Int32(parts[2])
    else { return nil }
    self.init(year: year, month: month, day: day)
  }

  /// Order in time.
  public static func < (a: Day, b: Day) -> Bool { a.number < b.number }

  /// The number of a date; nil when there is no such date.
  @inline(__always)
  public static func number(year: Int32, month: Int32, day: Int32) -> Int32? {
    if month < 1 || month > 12 || day < 1 || day > 31 || year < 1 || year > 9999 { return nil }
    if day > 28 && day > lastDay(year: year, month: month) { return nil }
    // Years are not negative here, so that eras of 400 years need not be counted apart.
    let y = month <= 2 ? year &- 1 : year
    let century = y / 100
    let monthFromMarch = month <= 2 ? month &+ 9 : month &- 3
    let dayOfYear = (153 &* monthFromMarch &+ 2) / 5 &+ day &- 1
    return y &* 365 &+ y / 4 &- century &+ century / 4 &+ dayOfYear &- 719_468
  }

  /// The number of a date that is written as a number, such as 20260131; nil when there is no such date.
  @inline(__always)
  static func number(_ date: Int32) -> Int32? {
    let month = date / 100
    let year = date / 10_000
    return number(year: year, month: month &- year &* 100, day: date &- month &* 100)
  }

  private static func lastDay(year: Int32, month: Int32) -> Int32 {
    if month == 2 { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28 }
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31
  }

  /// Year, month and day.
  public var date: (year: Int32, month: Int32, day: Int32) {
    let z = number &+ 719_468
    let era = (z >= 0 ? z : z &- 146_096) / 146_097
    let dayOfEra = z &- era &* 146_097
    let yearOfEra = (dayOfEra &- dayOfEra / 1460 &+ dayOfEra / 36_524 &- dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra &- (365 &* yearOfEra &+ yearOfEra / 4 &- yearOfEra / 100)
    let monthFromMarch = (5 &* dayOfYear &+ 2) / 153
    let day = dayOfYear &- (153 &* monthFromMarch &+ 2) / 5 &+ 1
    let month = monthFromMarch < 10 ? monthFromMarch &+ 3 : monthFromMarch &- 9
    return (yearOfEra &+ era &* 400 &+ (month <= 2 ? 1 : 0), month, day)
  }

  /// The calendar year.
  public var year: Int32 { date.year }

  /// `yyyy-MM-dd`.
  public var description: String {
    let (year, month, day) = date
    return "\(Self.padded(year, 4))-\(Self.padded(month, 2))-\(Self.padded(day, 2))"
  }

  private static func padded(_ value: Int32, _ width: Int) -> String {
    let digits = String(value)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
