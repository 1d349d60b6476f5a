import Columns
import CoreDataset
import Definitions

/// Which claim lines an indicator counts.
struct ClaimSelection: Sendable {
  private let careTypes: [Bool]
  private let activities: [Bool]
  private let reportedBy: [Bool]
  private let diagnoses: [String]

  /// The lines that the parameters of an indicator name; `careTypes` nil for those of the parameters.
  ///
  /// - Parameter activities: other activities than those of the parameters.
  init(_ indicator: Indicator, allCare: Bool = false, activities: [Activity]? = nil) {
    var parameters = indicator.parameters
    if let activities { parameters.activities = activities }
    careTypes = CareType.allCases.map { type in
      allCare
        || (parameters.careTypes.isEmpty || parameters.careTypes.contains(type))
          && (parameters.careLines.isEmpty || parameters.careLines.contains(type.line))
    }
    // One more than there are activities: lines without one.
    self.activities =
      Activity.allCases.map { allCare || parameters.activities.isEmpty || parameters.activities.contains($0) }
      + [allCare || parameters.activities.isEmpty]
    reportedBy = ReportedBy.allCases.map { indicator.reportedBy == nil || indicator.reportedBy == $0 }
    diagnoses = allCare ? [] : parameters.diagnoses
  }

  /// For each diagnosis code of a bucket whether it counts; nil when all do.
  func diagnosisFilter(_ bucket: Bucket) -> [Bool]? {
    diagnoses.isEmpty ? nil : bucket.claims.diagnoses.map { code in diagnoses.contains { code.hasPrefix($0) } }
  }

  /// Whether a line counts.
  @inline(__always)
  func contains(_ line: Int, _ claims: borrowing Bucket.Claims, _ diagnosisFilter: [Bool]?) -> Bool {
    guard careTypes[Int(claims.careType[line])] else { return false }
    // Columns that no indicator of the pipeline looks at were not read.
    if !claims.activity.isEmpty && !activities[Int(claims.activity[line])] { return false }
    if !claims.reportedBy.isEmpty && !reportedBy[Int(claims.reportedBy[line])] { return false }
    guard let diagnosisFilter else { return true }
    let code = Int(claims.diagnosis[line])
    return code >= 0 && diagnosisFilter[code]
  }
}

/// Insured days of persons per unit and period: the denominators of costs and rates.
enum PersonTime {
  /// Adds the insured days of a person to x of each cell. Days that two insured periods share count once. For a provider
  /// they are the days of the persons whose care path it is in charge of, wherever they get care.
  static func add(
    _ person: Int, _ bucket: Bucket, _ members: Membership, into table: inout CellTable, strata: [Int] = [0]
  ) {
    let axis = table.axis
    let providers = axis.hasProviders ? bucket.providersOfPerson[Int32(person)] ?? [] : []
    for (number, period) in axis.periods.enumerated() {
      guard members.contains(person, year: period.from.year) else { continue }
      var covered = period.from.number
      for row in bucket.insuredStarts[person]..<bucket.insuredStarts[person + 1] {
        let from = max(bucket.insured.from[row], covered)
        let to = min(bucket.insured.to[row], period.to.number)
        if from > to { continue }
        covered = to &+ 1
        let days = Int64(to - from + 1)
        for stratum in strata {
          table.addToPerson(table.index(unit: 0, period: number, stratum: stratum), x: days, y: 0)
          let place = bucket.place(ofPeriod: row)
          for layout in axis.layouts.indices {
            axis.units(layout: layout, place, from: from, to: to) { unit, days in
              table.addToPerson(table.index(unit: unit, period: number, stratum: stratum), x: days, y: 0)
            }
          }
          for provider in providers {
            let unit = axis.fixedUnits + Int(provider)
            table.addToPerson(table.index(unit: unit, period: number, stratum: stratum), x: days, y: 0)
          }
        }
      }
    }
  }
}

extension UnitsOf {
  /// Calls `use` with each unit that a claim line counts for: the nation, the region of residence and the insurer on the first day of
  /// the care, and the providers in charge of the person's care paths.
  @inline(__always)
  static func line(
    _ line: Int, _ person: Int, _ bucket: borrowing Bucket, _ axis: borrowing Axis, _ providers: [Int32],
    _ use: (Int) -> Void
  ) {
    use(0)
    if !axis.layouts.isEmpty {
      let stated = bucket.claims.postcode[line]
      let place =
        axis.hasInsurers || stated == Missing.int32
        ? bucket.place(ofClaim: line, of: person) : Bucket.Place(postcode: stated)
      for layout in axis.layouts.indices {
        use(axis.unit(layout: layout, place, on: bucket.claims.start[line]))
      }
    }
    for provider in providers { use(axis.fixedUnits &+ Int(provider)) }
  }
}
