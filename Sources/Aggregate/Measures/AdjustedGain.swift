import Columns
import CoreDataset
import Definitions
import Statistics

/// Mean gain adjusted for case-mix with the source's own predictions: national mean gain + mean (observed − predicted) of
/// the unit − the same of the nation. Interval: ± z · SD of (observed − predicted) in the nation / √n.
///
/// Department of Health, "Patient Reported Outcome Measures in England: methodology for applying casemix adjustment", 2012.
struct AdjustedGain: Measure {
  static let documentation = "Mean gain adjusted for case-mix with supplied predictions (NHS PROMs methodology, 2012)."
  private let pairs: Pairs

  init(_ context: MeasureContext) { pairs = Pairs(context) }

  func accumulate(_ bucket: Bucket, _ members: Membership, into table: inout CellTable) {
    pairs.forEach(bucket, members, axis: table.axis) { first, second, predicted, cells in
      if predicted.isNaN { return }
      let residual = FixedPoint.of(second) - FixedPoint.of(predicted)
      let gain = FixedPoint.of(second) - FixedPoint.of(first)
      for cell in cells { table.add(table.index(unit: cell.unit, period: cell.period), x: residual, y: gain) }
    }
  }

  func fill(_ row: inout ResultRow, _ view: CellView) {
    let cell = view.cell
    let nation = view.national
    row.measured = Int(cell.count)
    row.persons = Int(cell.persons)
    guard let residual = cell.meanX, let nationalResidual = nation.meanX, nation.count > 1,
      let deviation = nation.deviationX
    else { return row.setAbsent("no-observations") }
    let nationalGain = Double(nation.y) / Double(nation.count) / FixedPoint.unit
    let gain = Double(cell.y) / Double(cell.count) / FixedPoint.unit
    let adjusted = nationalGain + residual - nationalResidual
    row.value = adjusted
    row.adjusted = adjusted
    row.standardDeviation = deviation
    row.expected = gain - residual + nationalResidual
    let error = deviation / Double(cell.count).squareRoot()
    row.setLimits { Limits(lower: adjusted - $0.z * error, upper: adjusted + $0.z * error) }
  }
}
