import Columns
import CoreDataset
import Definitions
import Statistics

/// Share of the chosen activities in these and the others among which they are counted, for example of remote consults in
/// all consults. An event is a claim line with a positive amount or none, once per person, provider and day. Persons are
/// the clusters of a ratio estimator (Cochran 1977, ch. 6), for one person's consults are alike.
struct ActivityShare: Measure {
  static let documentation = "Share of some activities in these and others; linearised ratio interval (Cochran 1977)."
  private let chosen: ClaimSelection
  private let all: ClaimSelection

  init(_ context: MeasureContext) {
    chosen = ClaimSelection(context.indicator)
    let parameters = context.indicator.parameters
    all = ClaimSelection(context.indicator, activities: parameters.activities + parameters.among)
  }

  func accumulate(_ bucket: Bucket, _ members: Membership, into table: inout CellTable) {
    let axis = table.axis
    let filter = chosen.diagnosisFilter(bucket)
    var seen: [Set<UInt64>] = [[], []]
    for person in 0..<bucket.personCount {
      for part in seen.indices { seen[part].removeAll(keepingCapacity: true) }
      let providers = axis.hasProviders ? bucket.providersOfPerson[Int32(person)] ?? [] : []
      for line in bucket.claimStarts[person]..<bucket.claimStarts[person + 1]
      where bucket.claims.cents[line] >= 0 && all.contains(line, bucket.claims, filter) {
        let day = bucket.claims.start[line]
        let period = axis.period(day)
        guard period >= 0, members.contains(person, year: axis.years[period]) else { continue }
        let isChosen = chosen.contains(line, bucket.claims, filter)
        let event = UInt64(UInt32(bitPattern: bucket.claims.provider[line])) << 32 | UInt64(UInt32(bitPattern: day))
        guard seen[isChosen ? 1 : 0].insert(event).inserted else { continue }
        UnitsOf.line(line, person, bucket, axis, providers) { unit in
          table.addToPerson(table.index(unit: unit, period: period), x: 1, y: isChosen ? 1 : 0)
        }
      }
      table.endPerson(hasRest: true)
    }
  }

  func standing(_ view: CellView) -> Standing? { view.standingOfRatio(1) }

  func fill(_ row: inout ResultRow, _ view: CellView) {
    let cell = view.cell
    row.persons = Int(cell.persons)
    row.measured = Int(cell.x)
    row.setEventContributors(cell.largestY, rest: cell.largestRest)
    row.numerator = Double(cell.y)
    row.denominator = Double(cell.x)
    guard let share = cell.ratio(.percent95) else { return row.setAbsent("no-events") }
    row.value = share.ratio
    row.setLimits { cell.ratio($0)?.limits?.clamped(to: 0...1) }
  }
}

extension Cell {
  /// Σy over Σx, with persons as clusters.
  func ratio(_ level: Level) -> Interval.RatioOfSums? {
    Interval.ratioOfSums(
      n: Int(count), sumX: Double(x), sumY: Double(y), sumXX: Double(xx), sumXY: Double(xy), sumYY: Double(yy), level)
  }
}
