import Columns
import CoreDataset
import TestSupport
import Testing

@Suite("The results table")
struct ResultsTests {
  /// A row in which every number is there or not, by a seed.
  static func row(_ seed: UInt64) -> ResultRow {
    var random = SeededRandom(seed)
    var row = ResultRow(
      indicator: "cost", definitionVersion: "2026.1", layout: "provider", unit: "0\(seed)",
      unitKind: UnitKind.allCases.randomElement(using: &random) ?? .nation, period: "2016",
      stratum: Bool.random(using: &random) ? "" : "care_type=pharmacy", persons: Int.random(in: 0...9, using: &random),
      measured: Int.random(in: 0...9, using: &random),
      status: ResultStatus.allCases.randomElement(using: &random) ?? .ok,
      reason: Bool.random(using: &random) ? "" : "no-observations")
    func number() -> Double? {
      [nil, 0, -0.5, 1e300, Double.random(in: -1...1, using: &random)].randomElement(using: &random) ?? nil
    }
    row.numerator = number()
    row.denominator = number()
    row.amount = number()
    row.value = number()
    row.standardDeviation = number()
    row.lower95 = number()
    row.upper95 = number()
    row.lower998 = number()
    row.upper998 = number()
    row.expected = number()
    row.ratio = number()
    row.adjusted = number()
    row.baselineValue = number()
    row.change = number()
    row.target = number()
    row.changeLower95 = number()
    row.changeUpper95 = number()
    row.targetDistance = number()
    row.truncated = number()
    row.truncatedAt = number()
    row.smoothed = number()
    row.seriesBreak = [nil, "instrument"].randomElement(using: &random) ?? nil
    row.targetStatus = [nil, "met", "not-met"].randomElement(using: &random) ?? nil
    row.funnelBand = [nil, "within", "high"].randomElement(using: &random) ?? nil
    return row
  }

  @Test("rows become columns and come back, absent numbers as absent")
  func roundTrip() {
    let rows = (0..<200).map { Self.row(UInt64($0)) }
    let columns = Results.columns(of: rows)
    #expect(columns.map(\.type) == Results.table.specs.map(\.type))
    #expect(columns.allSatisfy { $0.count == rows.count })
    #expect(Results.rows(of: columns) == rows)
  }

  @Test("no rows are columns too")
  func empty() {
    let columns = Results.columns(of: [])
    #expect(columns.count == Results.table.columns.count)
    #expect(Results.rows(of: columns) == [])
  }

  @Test("columns of another table are refused")
  func otherColumns() {
    var columns = Results.columns(of: [Self.row(1)])
    #expect(Results.rows(of: Array(columns.dropLast())) == nil)
    columns.swapAt(0, columns.count - 6)
    #expect(Results.rows(of: columns) == nil)
  }

  @Test("what a row always has may not be missing in the file")
  func required() {
    let required = Results.table.columns.filter { !$0.spec.isNullable }.map(\.name)
    #expect(
      required == [
        "indicator", "definition_version", "layout", "unit", "period", "unit_kind", "persons", "measured", "status",
      ])
  }
}
