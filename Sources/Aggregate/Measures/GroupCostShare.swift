import Columns
import CoreDataset
import Definitions
import Statistics

/// Share of the cost of the chosen care in the cost of all care, of groups that are delivered in total. All groups count,
/// also those of which area, age or sex is not known. Without persons there is no interval.
struct GroupCostShare: Measure {
  static let documentation = "Share of some care in the cost of all care, of groups that are delivered in total."
  private let selection: GroupSelection

  init(_ context: MeasureContext) { selection = GroupSelection(context) }

  func accumulate(_ bucket: Bucket, _ members: Membership, into table: inout CellTable) {
    let groups = bucket.groups
    selection.forEach(groups, table.axis) { member in
      for unit in member.units {
        table.addGroup(
          table.index(unit: unit, period: member.period), persons: groups.persons[member.row],
          x: selection.allCents(member.row, groups), y: selection.cents(member.row, groups))
      }
    }
  }

  func fill(_ row: inout ResultRow, _ view: CellView) {
    row.persons = Int(view.cell.persons)
    row.measured = row.persons
    row.numerator = Double(view.cell.y) / 100
    row.denominator = Double(view.cell.x) / 100
    guard view.cell.x > 0 else { return row.setAbsent("no-cost") }
    row.value = Double(view.cell.y) / Double(view.cell.x)
    row.reason = GroupSelection.noInterval
  }
}
