import CoreDataset
import Definitions
import Statistics
import Testing

@testable import Aggregate

@Suite("Cost that is cut off, by line and by month; shares of activities; gain beside cost")
struct MoreMeasuresTests {
  /// Eleven people, insured all of 2016, with 1 to 10 and 100 euro of care.
  static let spenders = (0..<11).map { number in
    Human(
      id: UInt64(number), insured: [("2016-01-01", "2016-12-31", 1011)],
      claims: [
        .init(day: "2016-03-01", cents: number == 10 ? 10_000 : Int64(number + 1) * 100, care: .generalPractice)
      ])
  }

  static func cost(_ change: (inout Indicator.Parameters) -> Void) -> Trial {
    var trial = Trial(kind: .costPerPersonYear)
    change(&trial.parameters)
    return trial
  }

  @Test("truncation at the 99th percentile of the nation, which is 91 by definition 7")
  func truncated() throws {
    let trial = Self.cost { $0.truncateAt = Threshold(value: 0.99, why: "", since: "") }
    let row = try #require(trial.figure(Self.spenders))
    #expect(near(row.truncatedAt, 91) && row.truncated == 1)
    #expect(near(row.numerator, 55 + 91) && near(row.value, 146.0 / 11))
    let plain = try #require(Self.cost { _ in }.figure(Self.spenders))
    #expect(near(plain.value, 155.0 / 11) && plain.truncated == nil && plain.truncatedAt == nil)
    // The interval is that of the values as they were cut off.
    let values = (1...10).map(Double.init) + [91]
    let mean = values.reduce(0, +) / 11
    let deviation = (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 10).squareRoot()
    let limits = try #require(Interval.meanT(mean: mean, sd: deviation, n: 11, .percent95))
    #expect(near(row.lower95, limits.lower) && near(row.upper95, limits.upper))
  }

  @Test("who is insured for part of a year is judged by what a whole year would cost")
  func annualised() throws {
    var people = Self.spenders
    // 50 euro in half of the 366 days are 100 euro a year: above 91, so cut off at 45.5.
    people[10].insured = [("2016-01-01", "2016-07-01", 1011)]
    people[10].claims[0].cents = 5_000
    let trial = Self.cost { $0.truncateAt = Threshold(value: 0.99, why: "", since: "") }
    let row = try #require(trial.figure(people))
    #expect(near(row.truncatedAt, 91) && row.truncated == 1)
    #expect(near(row.numerator, 55 + 45.5) && near(row.denominator, 10.5))
  }

  @Test("per member per month is a twelfth of per year")
  func perMonth() throws {
    let year = try #require(Self.cost { _ in }.figure(Self.spenders))
    let month = try #require(Self.cost { $0.per = .month }.figure(Self.spenders))
    #expect(near(month.value, (year.value ?? 0) / 12) && near(month.denominator, (year.denominator ?? 0) * 12))
    #expect(near(month.upper95, (year.upper95 ?? 0) / 12))
  }

  @Test("lines of care add up to the whole")
  func byLine() throws {
    var people = Self.spenders
    people[0].claims.append(.init(day: "2016-05-01", cents: 700, care: .medicalSpecialist))
    people[1].claims.append(.init(day: "2016-05-01", cents: 300, care: .pharmacy))
    let trial = Self.cost { $0.byCareLine = true }
    let rows = trial.rows([people]).filter { $0.unit == "NL" && $0.period == "2016" }
    let euros = Dictionary(uniqueKeysWithValues: rows.map { ($0.stratum, $0.numerator) })
    #expect(euros == ["": 165, "care_line=first": 155, "care_line=second": 7, "care_line=neither": 3])
  }

  @Test("a share of activities counts a person, provider and day once; persons are clusters")
  func activityShare() throws {
    var trial = Trial(kind: .activityShare)
    trial.parameters.activities = [.remoteConsult]
    trial.parameters.among = [.consult]
    func human(_ id: UInt64, remote: Int, consults: Int) -> Human {
      var human = Human(id: id, insured: [("2016-01-01", nil, 1011)])
      for day in 1...max(1, remote) where remote > 0 {
        // Two lines of one remote consult.
        for _ in 0..<2 { human.claims.append(.init(day: "2016-01-1\(day)", cents: 100, activity: .remoteConsult)) }
      }
      for day in 1...max(1, consults) where consults > 0 {
        human.claims.append(.init(day: "2016-02-1\(day)", cents: 100, activity: .consult))
      }
      human.claims.append(.init(day: "2016-03-01", cents: 100, activity: .imaging))
      return human
    }
    let people = [human(1, remote: 3, consults: 7), human(2, remote: 0, consults: 4), human(3, remote: 5, consults: 0)]
    let row = try #require(trial.figure(people))
    #expect(row.numerator == 8 && row.denominator == 19 && row.persons == 3)
    #expect(near(row.value, 8.0 / 19))
    let expected = Interval.ratioOfSums(n: 3, sumX: 19, sumY: 8, sumXX: 141, sumXY: 55, sumYY: 34, .percent95)
    #expect(near(row.upper95, min(1, try #require(expected?.limits?.upper))))
    #expect(trial.figure([])?.reason == "no-events")
  }

  @Test("gain per 1,000 euro of the same persons within the days")
  func gainPerCost() throws {
    var trial = OutcomeTests.trial(.healthGainPerCost) { $0.withinDays = 100 }
    trial.scaleDirection = .lowerBetter
    func human(_ id: UInt64, from: Double, to: Double?, costs: [(String, Int64)]) -> Human {
      var scores = ["T0": from]
      if let to { scores["T1"] = to }
      return Human(
        id: id, insured: [("2015-01-01", nil, 1011)], claims: costs.map { .init(day: $0.0, cents: $0.1) },
        courses: [.init(scores: scores)])
    }
    // The index date is 1 February 2016; its hundredth day is 10 May.
    let people = [
      human(1, from: 60, to: 40, costs: [("2016-02-01", 150_000), ("2016-05-10", 50_000), ("2016-05-11", 999_999)]),
      human(2, from: 50, to: 40, costs: [("2016-01-31", 999_999), ("2016-03-01", 100_000)]),
      human(3, from: 50, to: nil, costs: [("2016-03-01", 999_999)]),
    ]
    let row = try #require(trial.figure(people))
    #expect(row.measured == 2 && near(row.amount, 3000) && near(row.numerator, 30) && near(row.denominator, 3))
    #expect(near(row.value, 10))
    #expect(trial.figure([human(1, from: 1, to: 2, costs: [])])?.reason == "no-cost")
  }

  @Test("a bottom box counts answers at or below the value")
  func bottomBox() throws {
    var trial = SplitTests.trial(.bottomBox)
    trial.strata = []
    let people = [1.0, 5, 6, 10].enumerated().map {
      Human(id: UInt64($0), answers: [.init(path: "knee", value: $1)])
    }
    let row = try #require(trial.figure(people))
    #expect(row.numerator == 2 && row.denominator == 4)
  }
}
