import Columns

/// How a stretch of years is divided into periods.
enum PeriodStep: String, CaseIterable {
  case year, quarter, month

  /// The periods of a year: `2016`, or `2016-Q1` to `2016-Q4`, or `2016-01` to `2016-12`.
  func periods(of year: Int32) -> [Period] {
    let months: Int32 =
      switch self {
      case .year: 12
      case .quarter: 3
      case .month: 1
      }
    return stride(from: Int32(1), through: 12, by: Int(months)).compactMap { first in
      let isLast = first + months > 12
      guard let from = Day(year: year, month: first, day: 1),
        let after = Day(year: isLast ? year + 1 : year, month: isLast ? 1 : first + months, day: 1)
      else { return nil }
      let id =
        switch self {
        case .year: "\(year)"
        case .quarter: "\(year)-Q\((first + 2) / 3)"
        case .month: "\(year)-\(first < 10 ? "0" : "")\(first)"
        }
      return Period(id: id, from: from, to: Day(after.number - 1))
    }
  }
}
