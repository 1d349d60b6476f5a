import Columns
import CoreDataset
import Definitions

/// Of the people with a score at the first moment, the share that has one at the second. Wilson's interval.
struct ResponseRate: Measure {
  static let documentation = "Share of those measured at the first moment that are measured at the second; Wilson interval."
  private let selection: CourseSelection
  private let from: String
  private let to: String

  init(_ context: MeasureContext) {
    selection = CourseSelection(context: context.scores)
    from = context.indicator.parameters.from ?? ""
    to = context.indicator.parameters.to ?? ""
  }

  func accumulate(_ bucket: Bucket, _ members: Membership, into table: inout CellTable) {
    guard let first = bucket.moments.find(from) else { return }
    let second = bucket.moments.find(to)
    let width = bucket.moments.count
    selection.forEach(bucket, members, axis: table.axis, from: from) { course, cells in
      if bucket.measurements[course * width + Int(first)].value.isNaN { return }
      let isAnswered = second.map { !bucket.measurements[course * width + Int($0)].value.isNaN } ?? false
      for cell in cells { table.add(table.index(unit: cell.unit, period: cell.period), x: 0, first: isAnswered) }
    }
  }

  func fill(_ row: inout ResultRow, _ view: CellView) {
    view.cell.fillShare(&row)
  }
}
