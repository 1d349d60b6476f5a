import CoreDataset
import Definitions
import Statistics

/// Admissions for conditions that good care outside hospital mostly prevents, per 1,000 insured person-years. The
/// definition lists the diagnoses. A stay to which the person was transferred is the same admission and does not count
/// again (AHRQ Prevention Quality Indicators).
struct AvoidableAdmissions: Measure {
  static let documentation =
    "Admissions for the listed diagnoses per 1,000 insured person-years, transfers once; exact Poisson interval below 10, "
    + "Byar's from 10 (Breslow & Day 1987)."
  private let time: StayTime

  init(_ context: MeasureContext) { time = StayTime(context.indicator) }

  func accumulate(_ bucket: Bucket, _ members: Membership, into table: inout CellTable) {
    time.accumulate(bucket, members, into: &table) { stay, stays in stays.isTransferredIn[stay] ? 0 : 1 }
  }

  func standing(_ view: CellView) -> Standing? { view.standingOfRate(1000 / view.axis.yearsPerDay(view.period)) }

  func fill(_ row: inout ResultRow, _ view: CellView) { view.fillEvents(&row) }
}
