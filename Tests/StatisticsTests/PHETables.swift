import Foundation
import Statistics
import TestSupport
import Testing

/// A table of PHEindicatormethods' tests, beside the project.
struct PHETable {
  let table: CSVTable

  init(_ name: String) throws { table = try CSVTable(Shared.file("expected/phe/\(name).csv")) }

  /// The rows as columns by name.
  var rows: [PHERow] { table.rows.map { PHERow(table: table, fields: $0) } }
}

/// A row of such a table.
struct PHERow {
  let table: CSVTable
  let fields: [String]

  /// The text of a column.
  subscript(_ column: String) -> String { table.value(fields, column) }

  /// A number by column name; `nil` when empty or NA.
  func number(_ column: String) -> Double? { Double(self[column]) }

  /// A number by position, for tables whose header starts with a byte-order mark or has a line break.
  func number(_ index: Int) -> Double? { index < fields.count ? Double(fields[index]) : nil }
}

/// Expects limits equal to two columns, both undefined or both equal to 1e-9.
func expectColumns(
  _ limits: Limits?, _ row: PHERow, _ lower: String, _ upper: String,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  guard let low = row.number(lower), let high = row.number(upper) else {
    #expect(limits == nil, "\(row.fields)", sourceLocation: sourceLocation)
    return
  }
  expectNear(limits, low, high, sourceLocation: sourceLocation)
}
