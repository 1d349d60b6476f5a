/// A day, as the number of days since 1 January 1970 (proleptic Gregorian calendar).
struct CalendarDay: Comparable, Strideable {
  var number: Int

  init(_ number: Int) { self.number = number }

  /// Algorithm of Howard Hinnant, "chrono-compatible low-level date algorithms": `days_from_civil`.
  init(year: Int, month: Int, day: Int) {
    let shiftedYear = month <= 2 ? year - 1 : year
    let era = shiftedYear / 400
    let yearOfEra = shiftedYear - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    number = era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  /// The same source: `civil_from_days`, for years after 0.
  var parts: (year: Int, month: Int, day: Int) {
    let shifted = number + 719_468
    let era = shifted / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let month = (5 * dayOfYear + 2) / 153
    let year = yearOfEra + era * 400 + (month < 10 ? 0 : 1)
    return (year, month < 10 ? month + 3 : month - 9, dayOfYear - (153 * month + 2) / 5 + 1)
  }

  func distance(to other: Self) -> Int { other.number - number }
  func advanced(by days: Int) -> Self { Self(number + days) }
  static func < (left: Self, right: Self) -> Bool { left.number < right.number }
}

/// The time that a delivery covers.
enum StudyPeriod {
  /// The reference measurement is the first year.
  static let years = 2015...2018
  static let first = CalendarDay(year: 2015, month: 1, day: 1)
  static let last = CalendarDay(year: 2018, month: 12, day: 31)
  /// The new care begins in the living labs.
  static let start = CalendarDay(year: 2016, month: 7, day: 1)
  /// From here on the new care has its full effect.
  static let fullEffect = CalendarDay(year: 2018, month: 1, day: 1)

  static func firstDay(of year: Int) -> CalendarDay { CalendarDay(year: year, month: 1, day: 1) }
  static func lastDay(of year: Int) -> CalendarDay { CalendarDay(year: year, month: 12, day: 31) }

  /// How far the new care has come on a day: 0 before the start, 1 at full effect.
  static func progress(on day: CalendarDay) -> Double {
    let share = Double(start.distance(to: day)) / Double(start.distance(to: fullEffect))
    return min(max(share, 0), 1)
  }
}
