/// Cost of groups of insured people.
public enum Cost {
  /// Days in a calendar year.
  public static func days(inYear year: Int) -> Int {
    (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 366 : 365
  }

  /// The first of January of a year, in days since 1 January 1970.
  public static func firstDay(ofYear year: Int) -> Int {
    let past = year - 1
    let leapDays = past / 4 - past / 100 + past / 400
    return 365 * (year - 1970) + leapDays - 477
  }

  /// The part of a calendar year that a person was insured: days inclusive over days in the year.
  ///
  /// - Parameters:
  ///   - first: the first insured day, in days since 1 January 1970.
  ///   - last: the last insured day, inclusive.
  /// - Returns: 0 when the period does not touch the year.
  public static func personYears(from first: Int, to last: Int, in year: Int) -> Double {
    let start = firstDay(ofYear: year)
    let length = days(inYear: year)
    let overlap = min(last, start + length - 1) - max(first, start) + 1
    return Double(max(0, overlap)) / Double(length)
  }

  /// Costs after truncation of the highest, with what was cut off.
  public struct Truncated: Equatable, Sendable {
    /// The cost of every person after truncation, in the unit given.
    public var costs: [Double]
    /// How many persons were truncated.
    public var count: Int
    /// The sum that was cut off.
    public var removed: Double
  }

  /// Truncates the cost of persons above a threshold per full year.
  ///
  /// Cost is annualised before, and brought back to the insured part of the year after. A negative total, by credits,
  /// stays as it is.
  /// - Parameters:
  ///   - threshold: such as the 99th percentile of the annualised cost of the reference population in that year.
  /// - Returns: `nil` when lengths differ or a person has no person-time.
  public static func truncate(_ costs: [Double], personYears: [Double], threshold: Double) -> Truncated? {
    guard costs.count == personYears.count, personYears.allSatisfy({ $0 > 0 }) else { return nil }
    var result = Truncated(costs: costs, count: 0, removed: 0)
    for person in costs.indices where costs[person] / personYears[person] > threshold {
      let capped = threshold * personYears[person]
      result.removed += costs[person] - capped
      result.costs[person] = capped
      result.count += 1
    }
    return result
  }
}
