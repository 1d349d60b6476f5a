import Columns
import CoreDataset
import Definitions

/// Mean change of a score between two moments, second minus first, in the same people; t interval on the differences.
struct ScoreChange: Measure {
  static let documentation = "Mean change of a score between two moments in the same people; paired t interval."
  private let pairs: Pairs
  private let hasDistribution: Bool

  init(_ context: MeasureContext) {
    pairs = Pairs(context)
    hasDistribution = context.indicator.parameters.distribution
  }

  func accumulate(_ bucket: Bucket, _ members: Membership, into table: inout CellTable) {
    pairs.forEach(bucket, members, axis: table.axis) { first, second, _, cells in
      let change = FixedPoint.of(second) - FixedPoint.of(first)
      table.addScore(change, to: cells, isBinned: hasDistribution)
    }
  }

  func standing(_ view: CellView) -> Standing? {
    view.standingOfMean
  }

  func fill(_ row: inout ResultRow, _ view: CellView) {
    view.cell.fillMean(&row)
  }
}

/// Courses with a score at both moments.
struct Pairs: Sendable {
  private let selection: CourseSelection
  private let from: String
  private let to: String
  private let requiresPrediction: Bool

  init(_ context: MeasureContext) {
    selection = CourseSelection(context: context.scores)
    from = context.indicator.parameters.from ?? ""
    to = context.indicator.parameters.to ?? ""
    requiresPrediction = context.indicator.parameters.requiresPrediction
  }

  /// Calls `use` with both scores, the source's prediction of the second (NaN without), and the cells.
  func forEach(
    _ bucket: Bucket, _ members: Membership, axis: Axis,
    _ use: (_ first: Double, _ second: Double, _ predicted: Double, _ cells: [(unit: Int, period: Int)]) -> Void
  ) {
    forEachCourse(bucket, members, axis: axis) { use($1, $2, $3, $4) }
  }

  /// The same, with the number of the course.
  func forEachCourse(
    _ bucket: Bucket, _ members: Membership, axis: Axis,
    _ use: (_ course: Int, _ first: Double, _ second: Double, _ predicted: Double, _ cells: [(unit: Int, period: Int)])
      -> Void
  ) {
    guard let first = bucket.moments.find(from), let second = bucket.moments.find(to) else { return }
    let width = bucket.moments.count
    selection.forEach(bucket, members, axis: axis, from: from) { course, cells in
      let before = bucket.measurements[course * width + Int(first)]
      let after = bucket.measurements[course * width + Int(second)]
      if before.value.isNaN || after.value.isNaN { return }
      if requiresPrediction && after.predicted.isNaN { return }
      use(course, before.value, after.value, after.predicted, cells)
    }
  }
}
