import Columns
import CoreDataset
import Definitions
import Statistics

/// Share of the cost of the chosen care in the cost of all care, for example of the first line; persons as clusters of a
/// ratio estimator (Cochran 1977, ch. 6).
struct CostShare: Measure {
  static let documentation = "Share of some care in the cost of all care; linearised ratio interval (Cochran 1977)."
  private let chosen: ClaimSelection
  private let all: ClaimSelection

  init(_ context: MeasureContext) {
    chosen = ClaimSelection(context.indicator)
    all = ClaimSelection(context.indicator, allCare: true)
  }

  func accumulate(_ bucket: Bucket, _ members: Membership, into table: inout CellTable) {
    let axis = table.axis
    table.billers = bucket.claims.providers
    let filter = chosen.diagnosisFilter(bucket)
    for person in 0..<bucket.personCount {
      let providers = axis.hasProviders ? bucket.providersOfPerson[Int32(person)] ?? [] : []
      for line in bucket.claimStarts[person]..<bucket.claimStarts[person + 1]
      where all.contains(line, bucket.claims, nil) {
        let period = axis.period(bucket.claims.start[line])
        guard period >= 0, members.contains(person, year: axis.years[period]) else { continue }
        let cents = bucket.claims.cents[line]
        let isChosen = chosen.contains(line, bucket.claims, filter)
        let part = isChosen ? cents : 0
        UnitsOf.line(line, person, bucket, axis, providers) { unit in
          table.addToPerson(table.index(unit: unit, period: period), x: cents, y: part)
          table.bill(
            unit: unit, period: period, part: isChosen ? 1 : 0, provider: bucket.claims.provider[line], cents: cents)
        }
      }
      table.endPerson(hasRest: true)
    }
  }

  func standing(_ view: CellView) -> Standing? {
    view.standingOfRatio(1)
  }

  func fill(_ row: inout ResultRow, _ view: CellView) {
    let cell = view.cell
    row.persons = Int(cell.persons)
    row.measured = Int(cell.persons)
    row.numerator = Double(cell.y) / 100
    row.setContributors(cell.largestY, also: [cell.largestRest, cell.largestX])
    row.setBillers(view.billed.largest(unit: view.unit, period: view.period, parts: [1]))
    row.denominator = Double(cell.x) / 100
    func ratio(_ level: Level) -> Interval.RatioOfSums? {
      Interval.ratioOfSums(
        n: Int(cell.count), sumX: Double(cell.x), sumY: Double(cell.y), sumXX: Double(cell.xx), sumXY: Double(cell.xy),
        sumYY: Double(cell.yy), level)
    }
    guard let share = ratio(.percent95) else { return row.setAbsent("no-cost") }
    row.value = share.ratio
    row.setLimits { ratio($0)?.limits?.clamped(to: 0...1) }
  }
}
