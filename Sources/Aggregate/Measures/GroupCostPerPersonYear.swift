import Columns
import CoreDataset
import Definitions
import Statistics

/// Euros per insured person-year of groups that are delivered in total; with `by-care-type` also for each kind of care. All
/// groups count, also those of which area, age or sex is not known.
///
/// The adjusted figure is the indirectly standardised cost ratio (see `GroupCostRatio`) times the cost per insured year of
/// the reference; it is only there for a unit of which the age and sex of every group are known. Without persons there is no
/// interval.
struct GroupCostPerPersonYear: Measure {
  static let documentation = "Euros of groups per insured person-year, crude and adjusted for age and sex."
  private let selection: GroupSelection
  /// Kinds of care that are told apart: those that a source delivers, so that care that nobody delivers is not shown as 0.
  private let careTypes: [Int]
  let strata: [String?]

  init(_ context: MeasureContext) {
    selection = GroupSelection(context)
    let delivered = Set(context.pipeline.sources.flatMap { $0.totals?.amounts ?? [] }.map(\.careType))
    let isWanted = context.indicator.parameters.byCareType
    careTypes = CareType.allCases.indices.filter { isWanted && delivered.contains(CareType.allCases[$0]) }
    strata =
      [""] + Array(repeating: nil, count: selection.ageSexCount)
      + careTypes.map { "care_type=\(CareType.allCases[$0].rawValue)" }
  }

  func accumulate(_ bucket: Bucket, _ members: Membership, into table: inout CellTable) {
    let groups = bucket.groups
    let firstCareType = 1 + selection.ageSexCount
    selection.forEach(groups, table.axis) { member in
      var amounts = [(stratum: 0, cents: selection.cents(member.row, groups))]
      if let ageSex = member.ageSex { amounts.append((1 + ageSex, amounts[0].cents)) }
      for (position, careType) in careTypes.enumerated() {
        guard let cents = selection.cents(member.row, careType: careType, groups) else { continue }
        amounts.append((firstCareType + position, cents))
      }
      for unit in member.units {
        for (stratum, cents) in amounts {
          table.addGroup(
            table.index(unit: unit, period: member.period, stratum: stratum), persons: groups.persons[member.row],
            x: groups.insuredYears[member.row], y: cents)
        }
      }
    }
  }

  func fill(_ row: inout ResultRow, _ view: CellView) {
    row.persons = Int(view.cell.persons)
    row.measured = row.persons
    let years = Double(view.cell.x) / FixedPoint.unit
    guard years > 0 else { return row.setAbsent("no-insured-days") }
    row.numerator = Double(view.cell.y) / 100
    row.denominator = years
    row.value = Double(view.cell.y) / 100 / years
    row.reason = GroupSelection.noInterval
    if view.stratum == 0 { adjust(&row, view) }
  }

  private func adjust(_ row: inout ResultRow, _ view: CellView) {
    let known = view.cells.dropFirst(1).prefix(selection.ageSexCount)
    guard known.reduce(0, { $0 + $1.count }) == view.whole.count, let years = row.denominator,
      let ratio = try? AgeSexCells.costRatio(view, count: selection.ageSexCount)
    else { return }
    row.expected = ratio.expected / years
    row.ratio = ratio.ratio
    row.adjusted = ratio.standardised
  }
}
