import Columns
import CoreDataset
import Definitions
import Statistics

/// Hospital bed days per 1,000 insured person-years, in the period of admission. Bed days of one person come together, so
/// that persons are the clusters of a ratio estimator (Cochran 1977, ch. 6). Stays of which nothing says how long they
/// lasted have no bed days.
struct BedDays: Measure {
  static let documentation =
    "Hospital bed days per 1,000 insured person-years; linearised ratio interval over persons (Cochran 1977)."
  private let time: StayTime

  init(_ context: MeasureContext) { time = StayTime(context.indicator) }

  func accumulate(_ bucket: Bucket, _ members: Membership, into table: inout CellTable) {
    time.accumulate(bucket, members, into: &table) { stay, stays in
      stays.bedDays[stay] == Missing.int32 ? 0 : Int64(stays.bedDays[stay])
    }
  }

  func standing(_ view: CellView) -> Standing? { view.standingOfRatio(1000 / view.axis.yearsPerDay(view.period)) }

  func fill(_ row: inout ResultRow, _ view: CellView) {
    let cell = view.cell
    row.persons = Int(cell.persons)
    row.measured = Int(cell.y)
    guard cell.x > 0 else { return row.setAbsent("no-insured-days") }
    let scale = 1000 / view.axis.yearsPerDay(view.period)
    row.setEventContributors(cell.largestY)
    row.numerator = Double(cell.y)
    row.denominator = Double(cell.x) * view.axis.yearsPerDay(view.period)
    row.value = Double(cell.y) / Double(cell.x) * scale
    row.setLimits { level in
      Interval.ratioOfSums(
        n: Int(cell.count), sumX: Double(cell.x), sumY: Double(cell.y), sumXX: Double(cell.xx), sumXY: Double(cell.xy),
        sumYY: Double(cell.yy), level)?.limits?.scaled(by: scale)
    }
  }
}
