import Columns
import CoreDataset
import Definitions

/// Mean number of different providers or specialties per person, among persons with at least one; t interval.
struct DistinctPerPerson: Measure {
  static let documentation = "Mean number of different providers or specialties per person with such care; t interval."
  private let selection: ClaimSelection
  private let distinct: Indicator.Parameters.Distinct

  init(_ context: MeasureContext) {
    selection = ClaimSelection(context.indicator)
    distinct = context.indicator.parameters.distinct ?? .provider
  }

  func accumulate(_ bucket: Bucket, _ members: Membership, into table: inout CellTable) {
    let axis = table.axis
    let filter = selection.diagnosisFilter(bucket)
    let codes = distinct == .provider ? bucket.claims.provider : bucket.claims.specialty
    var seen: [(cell: Int, code: Int32)] = []
    for person in 0..<bucket.personCount {
      seen.removeAll(keepingCapacity: true)
      let providers = axis.hasProviders ? bucket.providersOfPerson[Int32(person)] ?? [] : []
      for line in bucket.claimStarts[person]..<bucket.claimStarts[person + 1]
      where codes[line] >= 0 && selection.contains(line, bucket.claims, filter) {
        let period = axis.period(bucket.claims.start[line])
        guard period >= 0, members.contains(person, year: axis.years[period]) else { continue }
        UnitsOf.line(line, person, bucket, axis, providers) { unit in
          seen.append((table.index(unit: unit, period: period), codes[line]))
        }
      }
      seen.sort { ($0.cell, $0.code) < ($1.cell, $1.code) }
      for (position, entry) in seen.enumerated() where position == 0 || seen[position - 1] != entry {
        table.addToPerson(entry.cell, x: Int64(FixedPoint.unit), y: 0)
      }
      table.endPerson()
    }
  }

  func standing(_ view: CellView) -> Standing? {
    view.standingOfMean
  }

  func fill(_ row: inout ResultRow, _ view: CellView) {
    view.cell.fillMean(&row)
  }
}
