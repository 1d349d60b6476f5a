import Columns
import CoreDataset
import Definitions
import Foundation
import Workspace

/// Reads core rows of a bucket in their order in the file, with what leads back to the delivery.
struct TraceSource {
  let run: RunFolder
  let number: Int
  let bucket: Bucket

  /// Reads some columns of a table, group by group.
  func read(_ table: CoreTable, _ columns: [String], _ use: ([Column]) -> Void) throws(Problem) {
    try BucketLoader(run: run, number: number, needs: Needs()).read(table, columns, use)
  }
}

/// A claim line as it stands in the core dataset.
struct TracedLine {
  let person: Int
  let delivery: String
  let record: Int32
  let claim: String
}

extension Trace {
  /// Whether insured days are the denominator.
  private var hasPersonTime: Bool { indicator.measure.parameters.needs == .claimsAndInsuredPeriods }

  /// Claim lines, those left by each condition, and the persons behind them.
  mutating func addLines(_ bucket: Bucket, _ population: Population, _ source: TraceSource) throws(Problem) {
    var claims = bucket
    let lines = try readLines(&claims, source)
    let members = Membership(population, bucket)
    let byReporter = ClaimSelection(indicator, allCare: true)
    let chosen = selection
    let filter = chosen.diagnosisFilter(claims)
    let unit = unitNumber(bucket)
    var counts = Array(repeating: [0, 0, 0, 0, 0], count: axis.periods.count)
    var persons = Array(repeating: Set<Int>(), count: axis.periods.count)
    for (row, line) in lines.enumerated() {
      let period = axis.period(claims.claims.start[row])
      guard period >= 0 else { continue }
      counts[period][0] += 1
      guard byReporter.contains(row, claims.claims, nil) else { continue }
      counts[period][1] += 1
      guard chosen.contains(row, claims.claims, filter), countsAsEvent(row, claims) else { continue }
      counts[period][2] += 1
      guard members.contains(line.person, year: axis.years[period]) else { continue }
      counts[period][3] += 1
      let providers = axis.hasProviders ? bucket.providersOfPerson[Int32(line.person)] ?? [] : []
      var isOwn = false
      UnitsOf.line(row, line.person, claims, axis, providers) { isOwn = isOwn || $0 == unit }
      guard isOwn else { continue }
      counts[period][4] += 1
      persons[period].insert(line.person)
      contribute(
        period: period, table: Core.claimLine.name, delivery: line.delivery, cents: claims.claims.cents[row]
      ) {
        [
          "\(line.record)", Self.hex(bucket.index.identifiers[line.person]),
          Day(claims.claims.start[row]).description, CareType.allCases[Int(claims.claims.careType[row])].rawValue,
          line.claim, "\(claims.claims.cents[row])", "",
        ]
      }
    }
    for period in axis.periods.indices {
      let names = ["in the period", sourceWords, "of the chosen care", "of those persons", unitWords]
      for (name, left) in zip(names, counts[period]) { count(name, "claim lines", period: period, left) }
      addPersonsOfFigure(bucket, members, unit, period, persons[period])
    }
  }

  private var sourceWords: String {
    indicator.reportedBy.map { "reported by \($0.rawValue), the agreed source" } ?? "of the only source"
  }

  /// The care that enters the figure: for shares also what the share is taken of.
  private var selection: ClaimSelection {
    switch indicator.measure {
    case .costShare: ClaimSelection(indicator, allCare: true)
    case .activityShare:
      ClaimSelection(indicator, activities: indicator.parameters.activities + indicator.parameters.among)
    case .waitingTime:
      ClaimSelection(indicator, activities: indicator.parameters.activities + indicator.parameters.starts)
    case .emergencyRate: ClaimSelection(indicator, activities: [.emergencyVisit])
    default: ClaimSelection(indicator)
    }
  }

  /// Credits are no events.
  private func countsAsEvent(_ row: Int, _ bucket: Bucket) -> Bool {
    switch indicator.measure {
    case .eventRate, .activityShare: bucket.claims.cents[row] >= 0
    default: true
    }
  }

  private mutating func addPersonsOfFigure(
    _ bucket: Bucket, _ members: Membership, _ unit: Int?, _ period: Int, _ withCare: Set<Int>
  ) {
    guard hasPersonTime else {
      return count("with such care, \(unitWords)", "persons", period: period, withCare.count)
    }
    var insured = 0
    var own = withCare
    for person in 0..<bucket.personCount {
      var table = Set<Int>()
      var isInsured = false
      addInsured(person, bucket, members, period) { unit in
        isInsured = true
        table.insert(unit)
      }
      if isInsured { insured += 1 }
      if let unit, table.contains(unit) { own.insert(person) }
    }
    count("insured in the period, of those persons", "persons", period: period, insured)
    count("insured or with such care, \(unitWords)", "persons", period: period, own.count)
  }

  /// The units in which a person was insured in a period; as `PersonTime.add`.
  private func addInsured(_ person: Int, _ bucket: Bucket, _ members: Membership, _ period: Int, _ use: (Int) -> Void) {
    let span = axis.periods[period]
    guard members.contains(person, year: axis.years[period]) else { return }
    var covered = span.from.number
    for row in bucket.insuredStarts[person]..<bucket.insuredStarts[person + 1] {
      let from = max(bucket.insured.from[row], covered)
      let to = min(bucket.insured.to[row], span.to.number)
      if from > to { continue }
      covered = to &+ 1
      use(0)
      let place = bucket.place(ofPeriod: row)
      for layout in axis.layouts.indices {
        axis.units(layout: layout, place, from: from, to: to) { unit, _ in use(unit) }
      }
      for provider in axis.hasProviders ? bucket.providersOfPerson[Int32(person)] ?? [] : [] {
        use(axis.fixedUnits + Int(provider))
      }
    }
  }

  /// The claim lines of a bucket in order of the file, put in place of its own.
  private func readLines(_ bucket: inout Bucket, _ source: TraceSource) throws(Problem) -> [TracedLine] {
    var lines: [TracedLine] = []
    var rows = Bucket.Claims()
    var diagnoses = CodeBook()
    let index = bucket.index
    try source.read(
      Core.claimLine,
      [
        "person", "start", "amount_cents", "care_type", "activity", "reported_by", "diagnosis_code", "postcode4",
        "claim",
        "line", "delivery", "record",
      ]
    ) { columns in
      guard case .identifier(let persons) = columns[0], case .day(let start) = columns[1],
        case .cents(let cents) = columns[2], case .code(let care) = columns[3], case .code(let activity) = columns[4],
        case .code(let reporter) = columns[5], case .code(let diagnosis) = columns[6],
        case .integer(let postcode) = columns[7], case .text(let claim) = columns[8],
        case .integer(let number) = columns[9], case .code(let delivery) = columns[10],
        case .integer(let record) = columns[11]
      else { return }
      rows.start += start
      rows.cents += cents
      rows.careType += BucketLoader.vocabulary(care, CareType.self, missing: 0)
      rows.activity += BucketLoader.vocabulary(activity, Activity.self, missing: UInt8(Activity.allCases.count))
      rows.reportedBy += BucketLoader.vocabulary(reporter, ReportedBy.self, missing: 0)
      rows.diagnosis += BucketLoader.translated(diagnosis, &diagnoses)
      rows.postcode += postcode
      for row in persons.indices {
        lines.append(
          TracedLine(
            person: index.find(persons[row]) ?? 0, delivery: delivery[row] ?? "", record: record[row],
            claim: "\(claim[row]) line \(number[row])"))
      }
    }
    rows.diagnoses = diagnoses.values
    bucket.claims = rows
    return lines
  }
}
