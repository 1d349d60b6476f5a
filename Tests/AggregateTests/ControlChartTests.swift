import Columns
import CoreDataset
import Definitions
import Foundation
import Testing

@testable import Aggregate

@Suite("Control charts over periods")
struct ControlChartTests {
  /// Each month forty people with the same first score: of twenty in region A eight improve, of twenty in region B two. So
  /// everybody's risk is 0.25, and with an odds ratio of 2 to find, 1 − p + 2p = 1.25 (Steiner et al. 2000).
  @Test("a risk-adjusted CUSUM from the people of a run")
  func cusum() throws {
    var trial = OutcomeTests.trial(.modelledShare) {
      $0.outcome = .improved
      $0.caseMix = CaseMixSpec(sex: .female)
    }
    func threshold(_ value: Double) -> Threshold { Threshold(value: value, why: "", since: "") }
    trial.series.cusum = .init(oddsRatio: threshold(2), limit: threshold(4.5))
    let months = (0..<14).map { (2015 + $0 / 12, $0 % 12 + 1) }
    trial.periods = months.map { year, month in
      let first = String(format: "%04d-%02d-01", year, month)
      let next = Day(year: Int32(month == 12 ? year + 1 : year), month: Int32(month % 12 + 1), day: 1)
      return Period(id: String(first.prefix(7)), from: Day(day(first)), to: Day((next?.number ?? 0) - 1))
    }
    let people = months.enumerated().flatMap { (number, month) in
      (0..<40).map { person -> Human in
        let isOfA = person < 20
        let hasEvent = isOfA ? person < 8 : person < 22
        return Human(
          id: UInt64(number * 40 + person), insured: [("2015-01-01", nil, isOfA ? 1011 : 1012)],
          courses: [
            .init(
              index: String(format: "%04d-%02d-15", month.0, month.1),
              scores: ["T0": 50, "T1": hasEvent ? 40 : 50])
          ])
      }
    }
    let charts = trial.tables([people]).trends.filter { $0.chart == .cusum }
    // 8 ln(2/1.25) + 12 ln(1/1.25) a month in A; in B the sum of 2 and 18 such weights stays below 0.
    let step = 8 * 0.4700036292457356 - 12 * 0.22314355131420976
    let ofA = charts.filter { $0.unit == "a" }
    #expect(ofA.count == 14)
    for (number, row) in ofA.enumerated() { #expect(near(row.value, Double(number + 1) * step, 1e-6)) }
    // 1.0823 a month passes 4.5 in the fifth.
    #expect(ofA.firstIndex { $0.signal == "above-upper" } == 4)
    #expect(charts.filter { $0.unit == "b" }.allSatisfy { $0.value == 0 && $0.signal.isEmpty })
  }

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
