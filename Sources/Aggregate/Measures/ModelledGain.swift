import Columns
import CoreDataset
import Definitions
import Statistics

/// Mean gain adjusted for case-mix with a model of the delivery itself: national mean gain + mean (observed − predicted) of
/// the unit, the second score predicted by least squares on the first score and the characteristics that the definition
/// names, over all persons of the period. Providers are not in the model. A part of the population is set against the same
/// model: its figure is above that of the nation where it gained more than its characteristics predict. Interval: ± z · SD of (observed − predicted) / √n.
///
/// Department of Health, "Patient Reported Outcome Measures in England: methodology for applying casemix adjustment", 2012;
/// Nuttall, Parkin & Devlin 2015, Health Economics 24:41.
struct ModelledGain: Measure {
  static let documentation =
    "Mean gain adjusted for case-mix with a least-squares model of the delivery (NHS PROMs methodology, 2012)."
  private let pairs: Pairs
  private let design: CaseMixDesign

  init(_ context: MeasureContext) {
    pairs = Pairs(context)
    design = CaseMixDesign(context.indicator.parameters.caseMix)
  }

  func accumulate(_ bucket: Bucket, _ members: Membership, into table: inout CellTable) {
    let reader = CaseMixDesign.Reader(design, bucket)
    pairs.forEachCourse(bucket, members, axis: table.axis) { course, first, second, _, cells in
      let period = cells[0].period
      let levels = reader.levels(bucket.courses[course], year: table.axis.years[period], bucket)
      let y = FixedPoint.of(second)
      for cell in cells {
        table.add(table.index(unit: cell.unit, period: period), x: y, y: y - FixedPoint.of(first))
      }
      var values: [(column: Int, value: Int64)] = [(0, 1), (1, FixedPoint.of(first))]
      for (factor, level) in zip(design.factors, levels) where factor.columns[Int(level)] >= 0 {
        values.append((factor.columns[Int(level)], 1))
      }
      table.addDesign { sums, name in
        sums.count(levels, of: design.factors, period: period)
        sums.add(
          values.sorted { $0.column < $1.column }, y: y, columns: design.names.count, period: period,
          units: cells.map { name($0.unit) })
      }
    }
  }

  func model(_ sums: DesignSums, period: Int) -> CaseMixModel? { .linear(design, sums, period: period) }

  /// Mean of observed minus predicted of a unit. Over the nation the residuals of a model with an intercept are 0 but for
  /// rounding; over a part of the population they are not.
  private func residual(_ cell: Cell, _ place: DesignSums.Place, _ view: CellView) -> Double? {
    if place.unit == .fixed(0) && !view.isPart { return 0 }
    guard let second = cell.meanX, let sums = view.design?.columnSums[place],
      let predicted = view.model?.predictedSum(sums)
    else { return nil }
    return second - predicted / Double(cell.count)
  }

  func standing(_ view: CellView) -> Standing? {
    guard case .linear(let fit) = view.model?.fit, let deviation = fit.residualDeviation,
      let gain = view.overallWhole.meanY, view.cell.count > 0,
      let national = residual(view.national, DesignSums.Place(unit: .fixed(0), period: view.period), view)
    else { return nil }
    return Standing(
      target: gain + national, chance: .mean(error: deviation / Double(view.cell.count).squareRoot()))
  }

  func fill(_ row: inout ResultRow, _ view: CellView) {
    let cell = view.cell
    row.measured = Int(cell.count)
    row.persons = Int(cell.persons)
    guard let gain = cell.meanY else { return row.setAbsent("no-observations") }
    guard let nationalGain = view.overallWhole.meanY, let model = view.model else {
      return row.setAbsent("no-observations")
    }
    if case .refused(let reason, _) = model.fit { return row.setAbsent(reason) }
    guard case .linear(let fit) = model.fit, let deviation = fit.residualDeviation,
      let residual = residual(cell, view.place, view)
    else { return row.setAbsent("too-few-observations") }
    row.value = nationalGain + residual
    row.adjusted = row.value
    row.expected = gain - residual
    row.standardDeviation = view.unit == 0 && !view.isPart ? deviation : nil
    let error = deviation / Double(cell.count).squareRoot()
    row.setLimits {
      Limits(lower: nationalGain + residual - $0.z * error, upper: nationalGain + residual + $0.z * error)
    }
  }
}
