import Columns
import CoreDataset
import Definitions
import Statistics
import Testing

@testable import Aggregate

@Suite("Change with its interval, the way to a target, breaks, differences of differences, charts")
struct CourseOverTimeTests {
  /// People with an emergency visit or not, in 2015 and 2016.
  static func answers(_ first: [Double], _ second: [Double]) -> [Human] {
    var number: UInt64 = 0
    return zip([first, second], ["2015", "2016"]).flatMap { values, year in
      values.map { value in
        number += 1
        return Human(
          id: number, sex: number % 2 == 0 ? .male : .female, insured: [("2015-01-01", nil, 1011)],
          answers: [.init(path: "knee", day: "\(year)-04-01", value: value)])
      }
    }
  }

  static func topBox() -> Trial {
    var trial = Trial(kind: .topBox)
    trial.parameters.instrument = "mood"
    trial.parameters.item = "1"
    trial.parameters.from = "T0"
    trial.parameters.atLeast = 8
    trial.direction = .higherBetter
    return trial
  }

  @Test("the interval of a change of shares is Newcombe's")
  func newcombe() throws {
    let people = Self.answers(
      Array(repeating: 9, count: 48) + Array(repeating: 1, count: 32),
      Array(repeating: 9, count: 56) + Array(repeating: 1, count: 14))
    let row = try #require(Self.topBox().figure(people))
    #expect(near(row.change, 0.2))
    #expect(near(row.changeLower95, 0.052431472, 1e-9) && near(row.changeUpper95, 0.333872654, 1e-9))
  }

  @Test("the interval of a relative change encloses it and is undefined where the reference may be 0")
  func relative() throws {
    func human(_ id: UInt64, _ cents: [Int64]) -> Human {
      Human(
        id: id, insured: [("2015-01-01", nil, 1011)],
        claims: zip(["2015-05-01", "2016-05-01"], cents).map { .init(day: $0, cents: $1) })
    }
    let people = (0..<40).map { human(UInt64($0), [1000 + Int64($0), 1200 + 2 * Int64($0)]) }
    let row = try #require(Trial(kind: .costPerPersonYear).figure(people))
    let (change, lower, upper) = (
      try #require(row.change), try #require(row.changeLower95), try #require(row.changeUpper95)
    )
    #expect(lower < change && change < upper && lower > -1)
    let zero = (0..<40).map { human(UInt64($0), [0, 1200]) }
    #expect(Trial(kind: .costPerPersonYear).figure(zero)?.changeLower95 == nil)
  }

  @Test("points of a path, distance and status")
  func path() {
    let periods = ["2015", "2016", "2017", "2018"].map {
      Period(id: $0, from: Day(day("\($0)-01-01")), to: Day(day("\($0)-12-31")))
    }
    func judged(_ kind: Indicator.Target.Kind, _ period: String, value: Double?, change: Double?) -> ResultRow {
      let base = Trial(kind: .costPerPersonYear).pipeline
      let pipeline = Pipeline(
        id: "t", version: "1", name: Trial.text, purpose: Trial.text, legalBasis: "", periods: periods,
        baseline: "2015",
        minimumPersons: base.minimumPersons, maximumQuarantined: base.maximumQuarantined, buckets: 1, sources: [],
        instruments: [], populations: [], indicators: [], regions: [], standardPopulation: nil, mirror: base.mirror,
        digest: "")
      var row = ResultRow(
        indicator: "i", definitionVersion: "1", layout: "nation", unit: "NL", unitKind: .nation, period: period)
      row.value = value
      row.change = change
      TargetPath(
        target: .init(
          kind: kind, threshold: Threshold(value: kind == .change ? -0.3 : 70, why: "", since: ""), period: "2018",
          hasPath: true),
        direction: .lowerBetter, axis: Axis(pipeline), baseline: "2015"
      ).judge(&row, baselineValue: 100)
      return row
    }
    let first = judged(.value, "2016", value: 92, change: nil)
    #expect(near(first.target, 90) && near(first.targetDistance, 2) && first.targetStatus == "not-met")
    let second = judged(.value, "2017", value: 80, change: nil)
    #expect(near(second.target, 80) && second.targetStatus == "met")
    #expect(near(judged(.value, "2018", value: 75, change: nil).targetDistance, 5))
    #expect(judged(.value, "2015", value: 100, change: nil).target == nil)
    let change = judged(.change, "2016", value: nil, change: -0.15)
    #expect(near(change.target, -0.1) && near(change.targetDistance, -0.05) && change.targetStatus == "met")
  }

  @Test("a change beside that of another population")
  func differences() throws {
    var trial = Self.topBox()
    trial.conditions = [.sex([.male])]
    trial.populations = [Population(id: "women", version: "1", name: Trial.text, conditions: [.sex([.female])])]
    trial.series.comparedPopulation = "women"
    // Men, with even numbers, go from 10 of 20 to 18 of 20; women from 10 of 20 to 12 of 20.
    func values(_ men: Int, _ women: Int) -> [Double] {
      (1...40).map { (number: Int) -> Double in
        let isHigh = number % 2 == 0 ? number / 2 <= men : (number + 1) / 2 <= women
        return isHigh ? 9 : 1
      }
    }
    let tables = trial.tables([Self.answers(values(10, 10), values(18, 12))])
    let row = try #require(tables.differences.first { $0.unit == "NL" })
    #expect(near(row.difference, 0.3) && row.population == "women" && row.baseline == "2015" && row.period == "2016")
    let figures = try [18.0, 10, 12, 10].map { count in
      (value: count / 20, limits: try #require(Interval.wilson(count, of: 20, .percent95)))
    }
    let limits = try #require(Interval.differenceOfDifferences(figures))
    #expect(near(row.lower95, limits.lower) && near(row.upper95, limits.upper))
    #expect(tables.differences.first { $0.unit == "b" }?.reason == "not-all-figures")
  }

  @Test("declared breaks and new regions are marked")
  func breaks() throws {
    var trial = Self.topBox()
    trial.mergedOn = "2015-07-01"
    var rows = trial.rows([Self.answers([9, 1], [9, 9])])
    #expect(rows.filter { $0.seriesBreak != nil }.allSatisfy { $0.layout == "land" && $0.period == "2016" })
    #expect(rows.contains { $0.unit == "a" && $0.period == "2016" && $0.seriesBreak == "region" })
    trial.series.breaks = [.init(from: "2016", cause: .instrument, why: "new version")]
    rows = trial.rows([Self.answers([9, 1], [9, 9])])
    #expect(rows.filter { $0.period == "2016" }.allSatisfy { $0.seriesBreak == "instrument" })
    #expect(rows.filter { $0.period == "2015" }.allSatisfy { $0.seriesBreak == nil })
  }

  @Test("shares have a p-chart and rates a u-chart, with limits by each period's denominator")
  func attributeCharts() throws {
    var series = (0..<14).map { number in
      var row = ResultRow(
        indicator: "i", definitionVersion: "1", layout: "land", unit: "a", unitKind: .region, period: "\(number)")
      row.numerator = number == 13 ? 60 : 12
      row.denominator = 100
      row.value = (row.numerator ?? 0) / 100
      return row
    }
    let p = ControlCharts.rows(series, chance: .share).filter { $0.chart == .proportions }
    let chart = try ControlChart.proportions(series.map { $0.numerator ?? 0 }, of: series.map { $0.denominator ?? 0 })
    #expect(p.count == 14 && near(p[0].centre, chart.centre) && near(p[0].upper, chart.limits[0].upper))
    #expect(p[13].signal == "above-upper" && p[0].signal == "shift-down")
    // Rates per 1,000: the limits are per 1,000 too.
    for row in series.indices { series[row].value = (series[row].value ?? 0) * 1000 }
    let u = ControlCharts.rows(series, chance: .events).filter { $0.chart == .rates }
    let rates = try ControlChart.rates(series.map { $0.numerator ?? 0 }, per: series.map { $0.denominator ?? 0 })
    #expect(near(u[0].centre, rates.centre * 1000) && near(u[0].lower, rates.limits[0].lower * 1000))
    // A break leaves two series that are too short.
    series[7].seriesBreak = "instrument"
    #expect(ControlCharts.rows(series, chance: .share).isEmpty)
  }
}
