import Columns
import CoreDataset
import Definitions

/// Of the people with a score at the first moment, the share that has one at the second; without a first moment, of all
/// who follow the care path. With `paired-with` only those count who have a score at that moment too. Wilson's interval.
struct ResponseRate: Measure {
  static let documentation =
    "Share of those measured at the first moment, or on the care path, that are measured at the second; Wilson interval."
  private let scores: MeasureContext.Scores
  private let from: String?
  private let to: String
  private let other: String?

  init(_ context: MeasureContext) {
    scores = context.scores
    from = context.indicator.parameters.from
    to = context.indicator.parameters.to ?? ""
    other = context.indicator.parameters.pairedWith
  }

  func accumulate(_ bucket: Bucket, _ members: Membership, into table: inout CellTable) {
    if let from {
      accumulateCourses(from, bucket, members, &table)
    } else {
      accumulatePaths(bucket, members, &table)
    }
  }

  /// Whether a course has a score at the second moment, and at the one that it must be paired with.
  private func isAnswered(_ course: Int, _ bucket: Bucket) -> Bool {
    let width = bucket.moments.count
    return [to, other].compactMap(\.self).allSatisfy { moment in
      bucket.moments.find(moment).map { !bucket.measurements[course * width + Int($0)].value.isNaN } ?? false
    }
  }

  private func accumulateCourses(
    _ from: String, _ bucket: Bucket, _ members: Membership, _ table: inout CellTable
  ) {
    guard let first = bucket.moments.find(from) else { return }
    let width = bucket.moments.count
    CourseSelection(context: scores).forEach(bucket, members, axis: table.axis, from: from) { course, cells in
      if bucket.measurements[course * width + Int(first)].value.isNaN { return }
      let isAnswered = isAnswered(course, bucket)
      for cell in cells { table.add(table.index(unit: cell.unit, period: cell.period), x: 0, first: isAnswered) }
    }
  }

  private func accumulatePaths(_ bucket: Bucket, _ members: Membership, _ table: inout CellTable) {
    let axis = table.axis
    let instrument = bucket.instruments.find(scores.instrument)
    let scale = bucket.scales.find(scores.scale)
    var answered: Set<Bucket.CarePath> = []
    for (number, course) in bucket.courses.enumerated()
    where course.instrument == instrument && course.scale == scale && isAnswered(number, bucket) {
      answered.insert(Bucket.CarePath(person: course.person, path: course.path, indexDate: course.indexDate))
    }
    for (path, provider) in bucket.carePaths {
      let period = axis.period(path.indexDate)
      guard period >= 0, members.contains(path: path.path),
        members.contains(Int(path.person), year: axis.years[period])
      else { continue }
      let isAnswered = answered.contains(path)
      let cells = UnitsOf.measurement(
        bucket, axis, person: Int(path.person), day: path.indexDate, provider: provider, period)
      for cell in cells { table.add(table.index(unit: cell.unit, period: cell.period), x: 0, first: isAnswered) }
    }
  }

  func fill(_ row: inout ResultRow, _ view: CellView) {
    view.cell.fillShare(&row)
  }
}
