import Columns
import CoreDataset
import Definitions
import Statistics

/// Cost of groups that are delivered in total over the cost to be expected at their ages and sexes, in euros: the indirectly
/// standardised cost ratio. The reference is all groups together whose area, age and sex are known, so that the nation has
/// the ratio 1; groups of which one of these is not known do not count here.
///
/// Expected is Σ insured years × cost per insured year of the reference, over age bands and sexes (indirect
/// standardisation; Breslow & Day 1987, ch. 2). Without persons there is no interval. No figure where a cell of the unit
/// has fewer than 10 insured years in the reference.
struct GroupCostRatio: Measure {
  static let documentation =
    "Euros of groups over the euros expected at their ages and sexes; indirect standardisation (Breslow & Day 1987)."
  private let selection: GroupSelection
  let strata: [String?]

  init(_ context: MeasureContext) {
    selection = GroupSelection(context)
    strata = [""] + Array(repeating: nil, count: selection.ageSexCount)
  }

  func accumulate(_ bucket: Bucket, _ members: Membership, into table: inout CellTable) {
    let groups = bucket.groups
    selection.forEach(groups, table.axis) { member in
      guard let ageSex = member.ageSex else { return }
      let cents = selection.cents(member.row, groups)
      for unit in member.units {
        for stratum in [0, 1 + ageSex] {
          table.addGroup(
            table.index(unit: unit, period: member.period, stratum: stratum), persons: groups.persons[member.row],
            x: groups.insuredYears[member.row], y: cents)
        }
      }
    }
  }

  func fill(_ row: inout ResultRow, _ view: CellView) {
    row.persons = Int(view.whole.persons)
    row.measured = row.persons
    do throws(Undefined) {
      let ratio = try AgeSexCells.costRatio(view, count: selection.ageSexCount)
      row.numerator = Double(view.whole.y) / 100
      row.denominator = ratio.expected
      row.expected = ratio.expected
      row.value = Double(view.whole.y) / 100 / ratio.expected
      row.ratio = row.value
      row.reason = GroupSelection.noInterval
    } catch {
      row.setAbsent(AgeSexCells.reason(error))
    }
  }
}
