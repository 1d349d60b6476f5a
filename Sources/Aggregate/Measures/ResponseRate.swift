import Columns
import CoreDataset
import Definitions

/// Of the people with a questionnaire at the first moment, or without a first moment of all who follow the care path, the
/// share that has one at the second. A questionnaire is there when at least one of its scales has a score. Wilson's
/// interval.
struct ResponseRate: Measure {
  static let documentation =
    "Share of those measured at the first moment, or of all on the care path, that are measured at the second; "
    + "Wilson interval."
  private let instrument: String
  private let from: String?
  private let to: String

  init(_ context: MeasureContext) {
    instrument = context.indicator.parameters.instrument ?? ""
    from = context.indicator.parameters.from
    to = context.indicator.parameters.to ?? ""
  }

  /// A care path of a person, over all scales.
  private struct Follower {
    let person: Int32
    var day: Int32
    var provider: Int32 = -1
    var isInvited: Bool
    var hasAnswered = false
  }

  func accumulate(_ bucket: Bucket, _ members: Membership, into table: inout CellTable) {
    let axis = table.axis
    for follower in followers(bucket, members) where follower.isInvited {
      let period = axis.period(follower.day)
      guard period >= 0, members.contains(Int(follower.person), year: axis.periods[period].from.year) else { continue }
      let cells = UnitsOf.measurement(
        bucket, axis, person: Int(follower.person), day: follower.day, provider: follower.provider, period)
      for cell in cells {
        table.add(table.index(unit: cell.unit, period: cell.period), x: 0, first: follower.hasAnswered)
      }
    }
  }

  private func followers(_ bucket: Bucket, _ members: Membership) -> [Follower] {
    struct Key: Hashable {
      let person: Int32
      let path: Int32
      let indexDate: Int32
    }
    let wanted = bucket.instruments.find(instrument)
    let first = from.flatMap { bucket.moments.find($0) }
    let second = bucket.moments.find(to)
    let width = bucket.moments.count
    var known: [Key: Int] = [:]
    var followers: [Follower] = []
    for (number, course) in bucket.courses.enumerated() where members.contains(path: course.path) {
      let isOfInstrument = course.instrument == wanted
      if from != nil && !isOfInstrument { continue }
      let key = Key(person: course.person, path: course.path, indexDate: course.indexDate)
      let at = known[key] ?? followers.count
      if at == followers.count {
        known[key] = at
        followers.append(Follower(person: course.person, day: course.indexDate, isInvited: from == nil))
      }
      if let provider = bucket.measurements[number * width..<(number + 1) * width].last(where: { $0.provider >= 0 }) {
        followers[at].provider = provider.provider
      }
      guard isOfInstrument else { continue }
      if let first {
        let measured = bucket.measurements[number * width + Int(first)]
        if !measured.value.isNaN { followers[at].isInvited = true }
        if followers[at].day == Missing.int32 { followers[at].day = measured.completedOn }
      }
      if let second, !bucket.measurements[number * width + Int(second)].value.isNaN { followers[at].hasAnswered = true }
    }
    return followers
  }

  func fill(_ row: inout ResultRow, _ view: CellView) {
    view.cell.fillShare(&row)
  }
}
