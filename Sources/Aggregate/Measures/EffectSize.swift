import Columns
import CoreDataset
import Definitions

/// Mean change, second score minus first, over a standard deviation of the same people: of the first score (effect size,
/// Kazis et al. 1989) or of the change (standardised response mean, Liang et al. 1990). Without interval; absent where the
/// standard deviation is 0.
struct EffectSize: Measure {
  static let documentation =
    "Mean change over the standard deviation of the first score (Kazis 1989) or of the change (Liang 1990)."
  private let pairs: Pairs
  private let standardiser: Indicator.Parameters.Standardiser

  init(_ context: MeasureContext) {
    pairs = Pairs(context)
    standardiser = context.indicator.parameters.standardiser ?? .baseline
  }

  func accumulate(_ bucket: Bucket, _ members: Membership, into table: inout CellTable) {
    pairs.forEach(bucket, members, axis: table.axis) { first, second, _, cells in
      let (before, after) = (FixedPoint.of(first), FixedPoint.of(second))
      for cell in cells {
        table.add(table.index(unit: cell.unit, period: cell.period), x: after - before, y: before)
      }
    }
  }

  func fill(_ row: inout ResultRow, _ view: CellView) {
    let cell = view.cell
    row.measured = Int(cell.count)
    row.persons = Int(cell.persons)
    guard let change = cell.meanX else { return row.setAbsent("no-observations") }
    guard let deviation = standardiser == .change ? cell.deviationX : cell.deviationY else {
      return row.setAbsent("too-few-observations")
    }
    guard deviation > 0 else { return row.setAbsent("no-spread") }
    row.standardDeviation = deviation
    row.value = change / deviation
  }
}
