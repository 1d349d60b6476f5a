import Columns
import CoreDataset
import Definitions

/// Mean of a score at a moment, with its t interval. With `paired-with` only courses that have a score at that moment too
/// count, so that a level and a change are about the same people.
struct ScoreLevel: Measure {
  static let documentation = "Mean score at a moment; t interval (Student 1908)."
  private let selection: CourseSelection
  private let moment: String
  private let other: String?
  private let requiresPrediction: Bool
  private let hasDistribution: Bool

  init(_ context: MeasureContext) {
    selection = CourseSelection(context: context.scores)
    moment = context.indicator.parameters.from ?? ""
    other = context.indicator.parameters.pairedWith
    requiresPrediction = context.indicator.parameters.requiresPrediction
    hasDistribution = context.indicator.parameters.distribution
  }

  func accumulate(_ bucket: Bucket, _ members: Membership, into table: inout CellTable) {
    guard let at = bucket.moments.find(moment) else { return }
    let pair = other.flatMap { bucket.moments.find($0) }
    if other != nil && pair == nil { return }
    let width = bucket.moments.count
    selection.forEach(bucket, members, axis: table.axis, from: moment) { course, cells in
      let measured = bucket.measurements[course * width..<(course + 1) * width]
      let value = measured[course * width + Int(at)].value
      if value.isNaN { return }
      if let pair, measured[course * width + Int(pair)].value.isNaN { return }
      if requiresPrediction && measured.allSatisfy(\.predicted.isNaN) { return }
      table.addScore(FixedPoint.of(value), to: cells, isBinned: hasDistribution)
    }
  }

  func standing(_ view: CellView) -> Standing? {
    view.standingOfMean
  }

  func fill(_ row: inout ResultRow, _ view: CellView) {
    view.cell.fillMean(&row)
  }
}
