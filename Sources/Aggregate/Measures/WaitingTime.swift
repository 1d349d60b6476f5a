import Columns
import CoreDataset
import Definitions
import Statistics

/// Of the persons who begin to wait in a period, the share whose wait ends within the norm, such as the Treek norms for
/// mental health care: four weeks from application to intake, ten weeks from intake to treatment.
///
/// A wait begins with a claim line of the activities `starts`, or without these with a care path of the population, and
/// ends with the first line of the `activities` on the same day or later, both of the chosen care. A beginning counts when
/// none of this care lies in the `clean-days` before it, on all of which the person must have been insured where it begins
/// with a claim line, or older care could not be seen; of each person the first in each period does, in the period and
/// the region of that day.
///
/// Who has not begun treatment is not left out, which would make waits look short: a wait that lasts beyond the norm is
/// late, whether it has ended or not. A wait counts only when its end within the norm can be known: the norm lies before
/// the end of the last period for *every* beginning, so that those who began late in the data count neither with a short
/// wait nor without, and who dies or is no longer insured before the norm without treatment is no longer waiting. Where
/// more than a tenth of the beginnings cannot be known, the figure is indicative. Wilson's interval.
struct WaitingTime: Measure {
  static let documentation =
    "Share of persons whose wait between two dated facts is within the norm, over the waits of which this can be known; "
    + "Wilson interval."
  /// A figure is indicative above this share of beginnings of which the wait cannot be known.
  static let mostUnknown = 0.1
  private static let usualCleanDays = 365.0

  private let starting: ClaimSelection
  private let ending: ClaimSelection
  private let isFromPath: Bool
  private let norm: Int32
  private let cleanDays: Int32
  private let lastDay: Int32

  init(_ context: MeasureContext) {
    let parameters = context.indicator.parameters
    starting = ClaimSelection(context.indicator, activities: parameters.starts)
    ending = ClaimSelection(context.indicator)
    isFromPath = parameters.starts.isEmpty
    norm = Int32(parameters.norm?.value ?? 0)
    cleanDays = Int32(parameters.cleanDays?.value ?? Self.usualCleanDays)
    lastDay = context.pipeline.periods.map(\.to.number).max() ?? .min
  }

  func accumulate(_ bucket: Bucket, _ members: Membership, into table: inout CellTable) {
    let axis = table.axis
    let filter = ending.diagnosisFilter(bucket)
    let pathDays = isFromPath ? pathDays(bucket, members) : [:]
    for person in 0..<bucket.personCount {
      let lines = bucket.claimStarts[person]..<bucket.claimStarts[person + 1]
      let ends = lines.filter { ending.contains($0, bucket.claims, filter) }.map { bucket.claims.start[$0] }.sorted()
      let starts =
        isFromPath
        ? pathDays[Int32(person)] ?? []
        : lines.filter { starting.contains($0, bucket.claims, filter) }.map { bucket.claims.start[$0] }.sorted()
      let providers = axis.hasProviders ? bucket.providersOfPerson[Int32(person)] ?? [] : []
      var counted: Set<Int> = []
      for (number, day) in starts.enumerated() {
        let period = axis.period(day)
        guard period >= 0, !counted.contains(period), members.contains(person, year: axis.years[period]),
          number == 0 || day - starts[number - 1] > cleanDays,
          !ends.contains(where: { $0 < day && day - $0 <= cleanDays }),
          isFromPath || isInsured(bucket, person, from: day - cleanDays, to: day - 1)
        else { continue }
        counted.insert(period)
        let wait = ends.first { $0 >= day }.map { $0 - day }
        let isKnown =
          day + norm <= lastDay && (wait.map { $0 <= norm } == true || isFollowed(bucket, person, from: day))
        var units = UnitsOf.measurement(bucket, axis, person: person, day: day, provider: -1, period)
        units += providers.map { (unit: axis.fixedUnits + Int($0), period: period) }
        for cell in units {
          let index = table.index(unit: cell.unit, period: cell.period)
          if isKnown {
            table.add(index, x: 0, first: wait.map { $0 <= norm } == true)
          } else {
            table.addUnknown(index)
          }
        }
      }
    }
  }

  /// The index dates of the care paths of the population, by person, in order.
  private func pathDays(_ bucket: Bucket, _ members: Membership) -> [Int32: [Int32]] {
    var days: [Int32: [Int32]] = [:]
    for (path, _) in bucket.carePaths where path.indexDate != Missing.int32 && members.contains(path: path.path) {
      days[path.person, default: []].append(path.indexDate)
    }
    return days.mapValues { $0.sorted() }
  }

  /// Whether a person lived and was insured up to and including the last day of the norm.
  private func isFollowed(_ bucket: Bucket, _ person: Int, from day: Int32) -> Bool {
    let died = bucket.diedOn.count > person ? bucket.diedOn[person] : Missing.int32
    if died != Missing.int32 && died <= day + norm { return false }
    return isInsured(bucket, person, from: day, to: day + norm)
  }

  /// Whether a person was insured on each of some days. Who is in no insured period is taken as insured: the pipeline does
  /// not know.
  private func isInsured(_ bucket: Bucket, _ person: Int, from: Int32, to: Int32) -> Bool {
    let periods = bucket.insuredStarts[person]..<bucket.insuredStarts[person + 1]
    if periods.isEmpty || to < from { return true }
    var next = from
    for row in periods where bucket.insured.from[row] <= next && bucket.insured.to[row] >= next {
      if bucket.insured.to[row] >= to { return true }
      next = bucket.insured.to[row] + 1
    }
    return false
  }

  func standing(_ view: CellView) -> Standing? { view.standingOfShare }

  func fill(_ row: inout ResultRow, _ view: CellView) {
    view.cell.fillShare(&row)
    let unknown = Double(view.cell.second)
    if unknown > 0, unknown > Self.mostUnknown * (Double(view.cell.count) + unknown) {
      if row.value == nil {
        row.reason = "waits-not-known"
      } else {
        row.status = .indicative
        row.reason = "waits-not-known"
      }
    }
  }
}
