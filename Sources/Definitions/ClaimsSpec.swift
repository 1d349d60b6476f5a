public import Columns
public import CoreDataset

/// Two parties that report the same care, to be compared line by line.
public struct SourceAgreement: Sendable, Equatable {
  /// The party whose month and line stand first.
  public let first: ReportedBy
  /// The other party.
  public let second: ReportedBy
  /// Kinds of care that both report; empty: all.
  public let careTypes: [CareType]
  /// Lines of the same care and amount whose days lie at most so far apart are one line with another date.
  public let days: Threshold

  /// A comparison.
  public init(first: ReportedBy, second: ReportedBy, careTypes: [CareType], days: Threshold) {
    self.first = first
    self.second = second
    self.careTypes = careTypes
    self.days = days
  }
}

/// How long after the care claims still come in.
public struct RunOut: Sendable, Equatable {
  /// Whole months after a month of care before its claims are taken to be complete.
  public let months: Threshold
  /// The last day on which claims were delivered; nil: the last day of care in the claims of a party.
  public let received: Day?
  /// The share of its euros with which a month is taken to be complete, where that is to be estimated from when lines were
  /// delivered; nil: as declared.
  public let completeAt: Threshold?

  /// A run-out.
  public init(months: Threshold, received: Day?, completeAt: Threshold? = nil) {
    self.months = months
    self.received = received
    self.completeAt = completeAt
  }

  /// The last day of which claims are taken to be complete: the last of the month that ended `months` whole months before.
  ///
  /// - Parameter last: the last day of care in the claims; what counts where no day of receipt is declared.
  public func completeThrough(last: Day) -> Day {
    let date = (received ?? last).date
    // The first of the month of receipt, less the months; the day before it is the last complete one. A month of which the
    // last day is the day of receipt has ended.
    let isMonthEnd = Day((received ?? last).number + 1).date.day == 1
    let months = Int32(self.months.value)
    let index = date.year * 12 + date.month - 1 + (isMonthEnd ? 1 : 0) - months
    return Day(year: index / 12, month: index % 12 + 1, day: 1).map { Day($0.number - 1) } ?? last
  }
}
