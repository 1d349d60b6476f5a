import Columns
import Definitions

/// The months from the first to the last day of a pipeline's periods, in which records are counted.
struct MonthAxis: Sendable {
  /// `2016-03`.
  let names: [String]
  /// The periods that a month belongs to, by position in the pipeline.
  let periods: [[Int]]
  private let firstDay: Int32
  private let monthOfDay: [Int16]

  /// Number of months; also the number of the month that stands for all other days.
  var count: Int { names.count }

  init(_ periods: [Period]) {
    guard let first = periods.first?.from, let last = periods.last?.to, first <= last else {
      (names, self.periods, firstDay, monthOfDay) = ([], [], 0, [])
      return
    }
    var names: [String] = []
    var ofMonths: [[Int]] = []
    var byDay: [Int16] = []
    var current: (year: Int32, month: Int32) = (0, 0)
    for number in first.number...last.number {
      let date = Day(number).date
      if date.year != current.year || date.month != current.month {
        current = (date.year, date.month)
        names.append(String(Day(number).description.prefix(7)))
        ofMonths.append([])
      }
      byDay.append(Int16(names.count - 1))
    }
    for (position, period) in periods.enumerated() {
      let months = byDay[Int(period.from.number - first.number)]...byDay[Int(period.to.number - first.number)]
      for month in months { ofMonths[Int(month)].append(position) }
    }
    self.names = names
    self.periods = ofMonths
    firstDay = first.number
    monthOfDay = byDay
  }

  /// The month of a day.
  @inline(__always)
  func month(_ day: Int32) -> Int {
    let offset = Int(day) - Int(firstDay)
    return offset >= 0 && offset < monthOfDay.count ? Int(monthOfDay[offset]) : names.count
  }
}
