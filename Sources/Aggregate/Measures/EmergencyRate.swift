import Columns
import CoreDataset
import Definitions
import Statistics

/// Emergency visits per 1,000 insured person-years: different combinations of person, hospital and day. With `admitted`
/// only visits that an admission follows on the same or the next day, or only those without. Poisson interval: exact below
/// 10 visits, Byar's from 10.
struct EmergencyRate: Measure {
  static let documentation =
    "Emergency visits per 1,000 insured person-years, one per person, hospital and day; exact Poisson interval below 10, "
    + "Byar's from 10 (Breslow & Day 1987)."
  private static let visit = UInt8(Activity.allCases.firstIndex(of: .emergencyVisit) ?? 0)
  private let selection: ClaimSelection
  private let isAdmitted: Bool?

  init(_ context: MeasureContext) {
    selection = ClaimSelection(context.indicator)
    isAdmitted = context.indicator.parameters.isAdmitted
  }

  func accumulate(_ bucket: Bucket, _ members: Membership, into table: inout CellTable) {
    let axis = table.axis
    let claims = bucket.claims
    let filter = selection.diagnosisFilter(bucket)
    var seen: Set<UInt64> = []
    for person in 0..<bucket.personCount {
      seen.removeAll(keepingCapacity: true)
      PersonTime.add(person, bucket, members, into: &table)
      let providers = axis.hasProviders ? bucket.providersOfPerson[Int32(person)] ?? [] : []
      for line in bucket.claimStarts[person]..<bucket.claimStarts[person + 1]
      where claims.activity[line] == Self.visit && selection.contains(line, claims, filter) {
        let day = claims.start[line]
        let period = axis.period(day)
        guard period >= 0, members.contains(person, year: axis.years[period]) else { continue }
        let visit = UInt64(UInt32(bitPattern: claims.provider[line])) << 32 | UInt64(UInt32(bitPattern: day))
        guard seen.insert(visit).inserted else { continue }
        if let isAdmitted, isAdmitted != isFollowed(day, claims.reportedBy, line, bucket, person) { continue }
        UnitsOf.line(line, person, bucket, axis, providers) { unit in
          table.addToPerson(table.index(unit: unit, period: period), x: 0, y: 1)
        }
      }
      table.endPerson()
    }
  }

  /// Whether a stay begins on the day of a visit or the day after, in what the same party reports.
  private func isFollowed(_ day: Int32, _ parties: [UInt8], _ line: Int, _ bucket: Bucket, _ person: Int) -> Bool {
    bucket.stays(of: person).contains { stay in
      (parties.isEmpty || bucket.stays.reportedBy[stay] == parties[line])
        && (bucket.stays.from[stay] == day || bucket.stays.from[stay] == day + 1)
    }
  }

  func standing(_ view: CellView) -> Standing? { view.standingOfRate(1000 / view.axis.yearsPerDay(view.period)) }

  func fill(_ row: inout ResultRow, _ view: CellView) { view.fillEvents(&row) }
}
