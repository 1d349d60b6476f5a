import CoreDataset
import Definitions
import Statistics

/// Share of the answers to one item at or below a value. Answers "not applicable" are missing, not low. Wilson's interval.
struct BottomBox: Measure {
  static let documentation = "Share of answers at or below a value; Wilson interval."
  private let answers: ItemAnswers
  private let atMost: Double

  init(_ context: MeasureContext) {
    answers = ItemAnswers(context)
    atMost = context.indicator.parameters.atMost ?? -.infinity
  }

  func accumulate(_ bucket: Bucket, _ members: Membership, into table: inout CellTable) {
    answers.forEach(bucket, members, axis: table.axis) { value, cells in
      for cell in cells {
        table.add(table.index(unit: cell.unit, period: cell.period), x: FixedPoint.of(value), first: value <= atMost)
      }
    }
  }

  func standing(_ view: CellView) -> Standing? { view.standingOfShare }

  func fill(_ row: inout ResultRow, _ view: CellView) { view.cell.fillShare(&row) }
}
