import CoreDataset
import Definitions
import Statistics

/// Hospital stays per 1,000 insured person-years, in the period of admission. Poisson interval: exact below 10 stays,
/// Byar's from 10; persons who are often in hospital make it somewhat too narrow.
struct StayRate: Measure {
  static let documentation =
    "Stays per 1,000 insured person-years; exact Poisson interval below 10 stays, Byar's from 10 (Breslow & Day 1987)."
  private let time: StayTime

  init(_ context: MeasureContext) { time = StayTime(context.indicator) }

  func accumulate(_ bucket: Bucket, _ members: Membership, into table: inout CellTable) {
    time.accumulate(bucket, members, into: &table) { _, _ in 1 }
  }

  func standing(_ view: CellView) -> Standing? { view.standingOfRate(1000 / view.axis.yearsPerDay(view.period)) }

  func fill(_ row: inout ResultRow, _ view: CellView) { view.fillEvents(&row) }
}

extension CellView {
  /// Events y over days x as a rate per 1,000 person-years.
  func fillEvents(_ row: inout ResultRow) {
    row.persons = Int(cell.persons)
    row.measured = Int(cell.y)
    guard cell.x > 0 else { return row.setAbsent("no-insured-days") }
    let years = Double(cell.x) * axis.yearsPerDay(period)
    let scale = 1000 / years
    row.setEventContributors(cell.largestY)
    row.numerator = Double(cell.y)
    row.denominator = years
    row.value = Double(cell.y) * scale
    row.setLimits { Interval.poisson(Double(cell.y), $0)?.scaled(by: scale) }
  }
}
