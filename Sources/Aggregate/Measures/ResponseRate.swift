import Columns
import CoreDataset
import Definitions

/// Of the people with a questionnaire at the first moment, the share that has one at the second; without a first moment, of
/// all who follow the care path. With `paired-with` only those count who have one at that moment too. A questionnaire is
/// there when at least one of its scales has a score. Wilson's interval.
struct ResponseRate: Measure {
  static let documentation =
    "Share of those measured at the first moment, or of all on the care path, that are measured at the second; "
    + "Wilson interval."
  private let instrument: String
  private let from: String?
  private let to: String
  private let other: String?

  init(_ context: MeasureContext) {
    instrument = context.indicator.parameters.instrument ?? ""
    from = context.indicator.parameters.from
    to = context.indicator.parameters.to ?? ""
    other = context.indicator.parameters.pairedWith
  }

  /// The moments at which a questionnaire was filled in, over all its scales.
  private struct Filled {
    var moments: Set<Int32> = []
    var firstDay = Missing.int32
    var provider: Int32 = -1
  }

  func accumulate(_ bucket: Bucket, _ members: Membership, into table: inout CellTable) {
    forEachFollower(bucket, members, table.axis) { _, isAnswered, cells in
      for cell in cells { table.add(table.index(unit: cell.unit, period: cell.period), x: 0, first: isAnswered) }
    }
  }

  /// The moments that the share is about.
  var moments: Set<String> { Set([from, to, other].compactMap(\.self)) }

  /// Calls `use` with each care path that is to be measured, whether it is, and where it counts.
  func forEachFollower(
    _ bucket: Bucket, _ members: Membership, _ axis: Axis,
    _ use: (_ path: Bucket.CarePath, _ isAnswered: Bool, _ cells: [(unit: Int, period: Int)]) -> Void
  ) {
    let filled = filled(bucket)
    let followers: [(path: Bucket.CarePath, provider: Int32)] =
      if let from {
        filled.order.compactMap { path in
          guard let moment = bucket.moments.find(from), let answers = filled.byPath[path],
            answers.moments.contains(moment)
          else { return nil }
          return (path, answers.provider)
        }
      } else {
        bucket.carePaths
      }
    let wanted = [to, other].compactMap(\.self).map { bucket.moments.find($0) }
    for (path, provider) in followers {
      let answers = filled.byPath[path]
      let day = path.indexDate == Missing.int32 ? answers?.firstDay ?? Missing.int32 : path.indexDate
      let period = axis.period(day)
      guard period >= 0, members.contains(path: path.path),
        members.contains(Int(path.person), year: axis.years[period])
      else { continue }
      let isAnswered = wanted.allSatisfy { moment in moment.map { answers?.moments.contains($0) ?? false } ?? false }
      use(
        path, isAnswered,
        UnitsOf.measurement(bucket, axis, person: Int(path.person), day: day, provider: provider, period))
    }
  }

  /// What was filled in per care path, and the care paths in order of the data.
  private func filled(_ bucket: Bucket) -> (byPath: [Bucket.CarePath: Filled], order: [Bucket.CarePath]) {
    var byPath: [Bucket.CarePath: Filled] = [:]
    var order: [Bucket.CarePath] = []
    let wanted = bucket.instruments.find(instrument)
    let width = bucket.moments.count
    for (number, course) in bucket.courses.enumerated() where course.instrument == wanted {
      let path = Bucket.CarePath(person: course.person, path: course.path, indexDate: course.indexDate)
      var filled = byPath[path] ?? Filled()
      if byPath[path] == nil { order.append(path) }
      for moment in 0..<width {
        let measured = bucket.measurements[number * width + moment]
        if measured.provider >= 0 { filled.provider = measured.provider }
        if measured.value.isNaN { continue }
        filled.moments.insert(Int32(moment))
        if filled.firstDay == Missing.int32 { filled.firstDay = measured.completedOn }
      }
      byPath[path] = filled
    }
    return (byPath, order)
  }

  func standing(_ view: CellView) -> Standing? {
    view.standingOfShare
  }

  func fill(_ row: inout ResultRow, _ view: CellView) {
    view.cell.fillShare(&row)
  }
}
