import Columns
import CoreDataset
import Definitions
import Statistics

/// Mean gain adjusted for case-mix with the source's own predictions: national mean gain + mean (observed − predicted) of
/// the unit − the same of the nation. Interval: ± z · SD of (observed − predicted) in the nation / √n.
///
/// The figures of the nation are those of the delivery, or those that the definition declares: a delivery may lack persons
/// who were in the nation when the model was made.
///
/// Department of Health, "Patient Reported Outcome Measures in England: methodology for applying casemix adjustment", 2012.
struct AdjustedGain: Measure {
  static let documentation = "Mean gain adjusted for case-mix with supplied predictions (NHS PROMs methodology, 2012)."
  private let pairs: Pairs
  private let declared: Nation?

  /// What units are compared with, in points.
  private struct Nation {
    let gain: Double
    let residual: Double
    let deviation: Double
  }

  init(_ context: MeasureContext) {
    pairs = Pairs(context)
    declared = context.indicator.parameters.reference.map {
      Nation(gain: $0.gain.value, residual: $0.residual.value, deviation: $0.standardDeviation.value)
    }
  }

  func accumulate(_ bucket: Bucket, _ members: Membership, into table: inout CellTable) {
    pairs.forEach(bucket, members, axis: table.axis) { first, second, predicted, cells in
      if predicted.isNaN { return }
      let residual = FixedPoint.of(second) - FixedPoint.of(predicted)
      let gain = FixedPoint.of(second) - FixedPoint.of(first)
      for cell in cells { table.add(table.index(unit: cell.unit, period: cell.period), x: residual, y: gain) }
    }
  }

  private func nation(_ cell: Cell) -> Nation? {
    if let declared { return declared }
    guard let residual = cell.meanX, let gain = cell.meanY, let deviation = cell.deviationX else { return nil }
    return Nation(gain: gain, residual: residual, deviation: deviation)
  }

  func standing(_ view: CellView) -> Standing? {
    guard let nation = nation(view.national), view.cell.count > 0 else { return nil }
    return Standing(
      target: nation.gain, chance: .mean(error: nation.deviation / Double(view.cell.count).squareRoot()))
  }

  func fill(_ row: inout ResultRow, _ view: CellView) {
    let cell = view.cell
    row.measured = Int(cell.count)
    row.persons = Int(cell.persons)
    guard let residual = cell.meanX, let gain = cell.meanY else { return row.setAbsent("no-observations") }
    guard let nation = nation(view.national) else { return row.setAbsent("too-few-observations") }
    // The nation is what it was declared to be, whoever is missing from the delivery.
    let isNation = view.unit == 0
    let adjusted = isNation ? nation.gain : nation.gain + residual - nation.residual
    row.value = adjusted
    row.adjusted = adjusted
    row.standardDeviation = isNation ? nation.deviation : cell.deviationX
    row.expected = gain - residual + nation.residual
    let error = nation.deviation / Double(cell.count).squareRoot()
    row.setLimits { Limits(lower: adjusted - $0.z * error, upper: adjusted + $0.z * error) }
  }
}
