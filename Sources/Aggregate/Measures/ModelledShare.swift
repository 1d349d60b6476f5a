import Columns
import CoreDataset
import Definitions
import Statistics

/// Share of the people with both scores who improved, stayed or worsened, adjusted for case-mix: observed over expected
/// times the national share. Expected is the sum of the risks by a logistic model of the first score and the
/// characteristics that the definition names, over all persons of the period. A part of the
/// population is set against the same model and the share of the whole. Interval: exact Poisson limits of the number
/// observed over the number expected, which is conservative.
struct ModelledShare: Measure {
  static let documentation =
    "Observed over expected number that improved, stayed or worsened, by a logistic model of the delivery, times the "
    + "national share; exact Poisson interval (Garwood 1936)."
  private let pairs: Pairs
  private let rule: ShareRule
  private let design: CaseMixDesign

  init(_ context: MeasureContext) {
    pairs = Pairs(context)
    rule = ShareRule(context)
    design = CaseMixDesign(context.indicator.parameters.caseMix)
  }

  func accumulate(_ bucket: Bucket, _ members: Membership, into table: inout CellTable) {
    let reader = CaseMixDesign.Reader(design, bucket)
    pairs.forEachCourse(bucket, members, axis: table.axis) { course, first, second, _, cells in
      let period = cells[0].period
      let levels = reader.levels(bucket.courses[course], year: table.axis.years[period], bucket)
      let isEvent = rule.counts(first, second)
      for cell in cells { table.add(table.index(unit: cell.unit, period: period), x: 0, first: isEvent) }
      table.addDesign { sums, name in
        sums.count(levels, of: design.factors, period: period)
        sums.add(
          DesignSums.Pattern(score: FixedPoint.of(first), levels: levels), isEvent: isEvent, period: period,
          units: cells.map { name($0.unit) })
      }
    }
  }

  func model(_ sums: DesignSums, period: Int) -> CaseMixModel? { .logistic(design, sums, period: period) }

  /// Events expected of a unit.
  private func expected(_ cell: Cell, _ place: DesignSums.Place, _ view: CellView) -> Double? {
    // Over the nation a model with an intercept expects what was observed; of a part of the population it need not.
    if place.unit == .fixed(0), !view.isPart, case .logistic = view.model?.fit { return Double(cell.first) }
    return view.design?.patterns[place].flatMap { view.model?.expectedEvents($0) }
  }

  func standing(_ view: CellView) -> Standing? {
    let nation = DesignSums.Place(unit: .fixed(0), period: view.period)
    guard view.overallWhole.count > 0, let expected = expected(view.cell, view.place, view), expected > 0,
      let national = self.expected(view.national, nation, view), national > 0
    else { return nil }
    // Units of a part are held against what became of the part in the whole nation.
    let ratio = Double(view.national.first) / national
    return Standing(
      target: ratio * Double(view.overallWhole.first) / Double(view.overallWhole.count),
      chance: .events(expected: expected * ratio))
  }

  func fill(_ row: inout ResultRow, _ view: CellView) {
    let cell = view.cell
    row.measured = Int(cell.count)
    row.persons = Int(cell.persons)
    guard cell.count > 0, view.overallWhole.count > 0, let model = view.model else {
      return row.setAbsent("no-observations")
    }
    row.numerator = Double(cell.first)
    row.denominator = Double(cell.count)
    if case .refused(let reason, _) = model.fit { return row.setAbsent(reason) }
    guard let expected = expected(cell, view.place, view), expected > 0 else { return row.setAbsent("no-denominator") }
    let share = Double(view.overallWhole.first) / Double(view.overallWhole.count)
    let observed = Double(cell.first)
    row.expected = expected
    row.ratio = observed / expected
    row.value = observed / expected * share
    row.adjusted = row.value
    row.setLimits { Interval.poissonExact(observed, $0)?.scaled(by: share / expected) }
  }
}
