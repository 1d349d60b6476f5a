@testable import Aggregate
import CoreDataset
import Testing

@Suite("Control charts over periods")
struct ControlChartTests {
  static func series(_ values: [Double?], unit: String = "a", stratum: String = "") -> [ResultRow] {
    values.enumerated().map { number, value in
      var row = ResultRow(
        indicator: "i", definitionVersion: "1", layout: "land", unit: unit, unitKind: .region, period: "\(number)",
        stratum: stratum)
      row.value = value
      return row
    }
  }

  /// A worked example of NHS England's method.
  static let worked: [Double] = [12, 15, 11, 14, 13, 16, 12, 14, 15, 13, 18, 19, 20, 21, 22, 23, 24, 40, 13, 12]

  @Test("limits and signals of the worked example")
  func signals() {
    let rows = ControlCharts.rows(Self.series(Self.worked))
    #expect(rows.count == 20)
    #expect(rows.allSatisfy { near($0.centre, 17.35) })
    #expect(rows.allSatisfy { near($0.lower, 11.873529, 1e-6) && near($0.upper, 22.826471, 1e-6) })
    #expect(rows[2].signal.contains("below-lower"))
    for index in 15...17 { #expect(rows[index].signal.contains("above-upper")) }
    for index in 9...14 { #expect(rows[index].signal.contains("rising")) }
    #expect(rows[18].signal.isEmpty && rows[19].signal.isEmpty)
  }

  @Test("each unit is a series of its own; short series, gaps and subdivisions")
  func series() {
    let twelve = Array(Self.worked.prefix(12)).map { Double?.some($0) }
    #expect(ControlCharts.rows(Self.series(twelve)).isEmpty)
    #expect(ControlCharts.rows(Self.series(Self.worked, stratum: "care_type=pharmacy")).isEmpty)
    // A period without a figure is left out of the series.
    let gap = ControlCharts.rows(Self.series(Array(Self.worked.prefix(13)) + [nil]))
    #expect(gap.count == 13)
    let two = ControlCharts.rows(Self.series(Self.worked) + Self.series(Self.worked.map { $0 * 2 }, unit: "b"))
    #expect(two.count == 40)
    #expect(near(two[20].centre, 34.7) && two[20].unit == "b")
  }
}
