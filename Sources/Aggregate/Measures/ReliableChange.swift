import Columns
import CoreDataset
import Definitions
import Statistics

/// Share of the people with both scores whose change exceeds measurement error at 95%, by the reliable change index of
/// Jacobson & Truax (1991) with the standard deviation and the reliability of a reference group; or of those whose change
/// does not. Wilson's interval.
struct ReliableChange: Measure {
  static let documentation =
    "Share with a change beyond measurement error (Jacobson & Truax 1991); Wilson interval (Wilson 1927)."
  private let pairs: Pairs
  private let outcome: Indicator.Parameters.Outcome
  private let sign: Int64
  /// The smallest change beyond measurement error, in units of 10⁻⁹.
  private let smallest: Int64

  init(_ context: MeasureContext) {
    pairs = Pairs(context)
    outcome = context.indicator.parameters.outcome ?? .improved
    let scale = context.pipeline.instrument(context.scores.instrument)?.scale(context.scores.scale)
    sign = scale?.direction == .lowerBetter ? -1 : 1
    let change = ChangeScore.reliableChange(
      baselineDeviation: context.indicator.parameters.referenceDeviation?.value ?? 1,
      reliability: context.indicator.parameters.reliability?.value ?? 0)
    smallest = FixedPoint.of(change?.minimalDetectable ?? 0)
  }

  func accumulate(_ bucket: Bucket, _ members: Membership, into table: inout CellTable) {
    pairs.forEach(bucket, members, axis: table.axis) { first, second, _, cells in
      let improvement = sign * (FixedPoint.of(second) - FixedPoint.of(first))
      let isCounted =
        switch outcome {
        case .improved: improvement > smallest
        case .worsened: improvement < -smallest
        case .unchanged: abs(improvement) <= smallest
        }
      for cell in cells {
        table.add(table.index(unit: cell.unit, period: cell.period), x: improvement, first: isCounted)
      }
    }
  }

  func standing(_ view: CellView) -> Standing? { view.standingOfShare }

  func fill(_ row: inout ResultRow, _ view: CellView) { view.cell.fillShare(&row) }
}
