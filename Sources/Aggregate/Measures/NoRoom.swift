import Columns
import CoreDataset
import Definitions

/// Share of the people with both scores whose first score lies so near the best score of the scale that they cannot improve
/// by the threshold: a ceiling, beside which a share of improved people is to be read. Wilson's interval.
struct NoRoom: Measure {
  static let documentation =
    "Share whose first score leaves no room to improve by the threshold; Wilson interval (Wilson 1927)."
  private let pairs: Pairs
  private let sign: Int64
  private let best: Int64
  private let threshold: Int64

  init(_ context: MeasureContext) {
    pairs = Pairs(context)
    let scale = context.pipeline.instrument(context.scores.instrument)?.scale(context.scores.scale)
    let isLowerBetter = scale?.direction == .lowerBetter
    sign = isLowerBetter ? -1 : 1
    best = FixedPoint.of((isLowerBetter ? scale?.minimum : scale?.maximum) ?? 0)
    threshold = FixedPoint.of(context.indicator.parameters.threshold?.value ?? 0)
  }

  func accumulate(_ bucket: Bucket, _ members: Membership, into table: inout CellTable) {
    pairs.forEach(bucket, members, axis: table.axis) { first, _, _, cells in
      let room = sign * (best - FixedPoint.of(first))
      for cell in cells {
        table.add(table.index(unit: cell.unit, period: cell.period), x: room, first: room < threshold)
      }
    }
  }

  func standing(_ view: CellView) -> Standing? { view.standingOfShare }

  func fill(_ row: inout ResultRow, _ view: CellView) { view.cell.fillShare(&row) }
}
