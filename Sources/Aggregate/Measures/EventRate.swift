import Columns
import CoreDataset
import Definitions
import Statistics

/// Events per 1,000 insured person-years. An event is a claim line of the chosen activity with a positive amount or none,
/// once per person, provider and day. Poisson interval: exact below 10 events, Byar's from 10.
struct EventRate: Measure {
  static let documentation =
    "Events per 1,000 insured person-years; exact Poisson interval below 10 events, Byar's from 10 (Breslow & Day 1987)."
  private let selection: ClaimSelection

  init(_ context: MeasureContext) { selection = ClaimSelection(context.indicator) }

  func accumulate(_ bucket: Bucket, _ members: Membership, into table: inout CellTable) {
    let axis = table.axis
    let filter = selection.diagnosisFilter(bucket)
    var seen: Set<UInt64> = []
    for person in 0..<bucket.personCount {
      seen.removeAll(keepingCapacity: true)
      PersonTime.add(person, bucket, members, into: &table)
      let providers = axis.hasProviders ? bucket.providersOfPerson[Int32(person)] ?? [] : []
      for line in bucket.claimStarts[person]..<bucket.claimStarts[person + 1]
      where bucket.claims.cents[line] >= 0 && selection.contains(line, bucket.claims, filter) {
        let day = bucket.claims.start[line]
        let period = axis.period(day)
        guard period >= 0, members.contains(person, year: axis.years[period]) else { continue }
        let event =
          UInt64(UInt32(bitPattern: bucket.claims.provider[line])) << 32 | UInt64(UInt32(bitPattern: day))
        guard seen.insert(event).inserted else { continue }
        UnitsOf.line(line, person, bucket, axis, providers) { unit in
          table.addToPerson(table.index(unit: unit, period: period), x: 0, y: 1)
        }
      }
      table.endPerson()
    }
  }

  func standing(_ view: CellView) -> Standing? {
    view.standingOfRate(1000 / view.axis.yearsPerDay(view.period))
  }

  func fill(_ row: inout ResultRow, _ view: CellView) {
    let cell = view.cell
    row.persons = Int(cell.persons)
    row.measured = Int(cell.y)
    guard cell.x > 0 else { return row.setAbsent("no-insured-days") }
    let years = Double(cell.x) * view.axis.yearsPerDay(view.period)
    let scale = 1000 / years
    row.setEventContributors(cell.largestY)
    row.numerator = Double(cell.y)
    row.denominator = years
    row.value = Double(cell.y) * scale
    row.setLimits { Interval.poisson(Double(cell.y), $0)?.scaled(by: scale) }
  }
}
