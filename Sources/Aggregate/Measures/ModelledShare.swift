import Columns
import CoreDataset
import Definitions
import Statistics

/// Share of the people with both scores who improved, stayed or worsened, adjusted for case-mix: observed over expected
/// times the national share. Expected is the sum of the risks by a logistic model of the first score and the
/// characteristics that the definition names, over all persons of the period. Interval: exact Poisson limits of the number
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

  /// Events expected of the unit of a view.
  private func expected(_ view: CellView) -> Double? {
    // Over the nation a model with an intercept expects what was observed.
    if view.unit == 0, case .logistic = view.model?.fit { return Double(view.cell.first) }
    return view.design?.patterns[view.place].flatMap { view.model?.expectedEvents($0) }
  }

  func standing(_ view: CellView) -> Standing? {
    guard view.national.count > 0, let expected = expected(view), expected > 0 else { return nil }
    return Standing(
      target: Double(view.national.first) / Double(view.national.count), chance: .events(expected: expected))
  }

  func fill(_ row: inout ResultRow, _ view: CellView) {
    let cell = view.cell
    row.measured = Int(cell.count)
    row.persons = Int(cell.persons)
    guard cell.count > 0, view.national.count > 0, let model = view.model else {
      return row.setAbsent("no-observations")
    }
    row.numerator = Double(cell.first)
    row.denominator = Double(cell.count)
    if case .refused(let reason, _) = model.fit { return row.setAbsent(reason) }
    guard let expected = expected(view), expected > 0 else { return row.setAbsent("no-denominator") }
    let share = Double(view.national.first) / Double(view.national.count)
    let observed = Double(cell.first)
    row.expected = expected
    row.ratio = observed / expected
    row.value = observed / expected * share
    row.adjusted = row.value
    row.setLimits { Interval.poissonExact(observed, $0)?.scaled(by: share / expected) }
  }
}
