import Columns
import CoreDataset
import Definitions
import Statistics

/// Mean improvement of a score per 1,000 euro of the chosen care of the same persons, from the index date of their care path
/// on: a ratio of sums with persons as clusters (Cochran 1977, ch. 6). Who has no cost counts with 0 euro, who has not both
/// scores does not count.
///
/// The figure sets gain beside cost. It does not say that the cost made the gain: persons who are worse off at the start can
/// gain more and cost more.
struct HealthGainPerCost: Measure {
  static let documentation =
    "Mean improvement per 1,000 euro of the same persons; linearised ratio interval (Cochran 1977)."
  private let pairs: Pairs
  private let rule: ShareRule
  private let selection: ClaimSelection
  private let days: Int32

  init(_ context: MeasureContext) {
    pairs = Pairs(context)
    rule = ShareRule(context)
    selection = ClaimSelection(context.indicator)
    days = Int32(context.indicator.parameters.withinDays ?? 365)
  }

  func accumulate(_ bucket: Bucket, _ members: Membership, into table: inout CellTable) {
    let filter = selection.diagnosisFilter(bucket)
    pairs.forEachCourse(bucket, members, axis: table.axis) { course, first, second, _, cells in
      let course = bucket.courses[course]
      // Without a care path there is no day from which cost could count.
      if course.indexDate == Missing.int32 { return }
      let person = Int(course.person)
      var cents: Int64 = 0
      for line in bucket.claimStarts[person]..<bucket.claimStarts[person + 1] {
        let day = bucket.claims.start[line] &- course.indexDate
        if day >= 0 && day < days && selection.contains(line, bucket.claims, filter) {
          cents += bucket.claims.cents[line]
        }
      }
      let gain = rule.improvement(first, second)
      for cell in cells {
        table.add(table.index(unit: cell.unit, period: cell.period), x: cents, y: gain, isAmount: true)
      }
    }
  }

  /// Points per cent as points per 1,000 euro.
  private static let scale = 100 * 1000 / FixedPoint.unit

  func standing(_ view: CellView) -> Standing? { view.standingOfRatio(Self.scale) }

  func fill(_ row: inout ResultRow, _ view: CellView) {
    let cell = view.cell
    row.persons = Int(cell.persons)
    row.measured = Int(cell.count)
    guard cell.count > 0 else { return row.setAbsent("no-observations") }
    row.setContributors(cell.largestX)
    row.numerator = Double(cell.y) / FixedPoint.unit
    row.denominator = Double(cell.x) / 100_000
    row.amount = Double(cell.x) / 100
    // With credits larger than charges, or none, there is nothing to divide by.
    guard cell.x > 0, let ratio = cell.ratio(.percent95) else { return row.setAbsent("no-cost") }
    row.value = ratio.ratio * Self.scale
    row.setLimits { cell.ratio($0)?.limits?.scaled(by: Self.scale) }
  }
}
