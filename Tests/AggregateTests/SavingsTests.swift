import Columns
import CoreDataset
import Definitions
import Statistics
import Testing

@testable import Aggregate

@Suite("Shared savings of a run")
struct SavingsTests {
  static func threshold(_ value: Double) -> Threshold { Threshold(value: value, why: "", since: "") }

  static func human(
    _ id: Int, born: Int32 = 1960, sex: Sex, postcode: Int32 = 1011, _ first: Int64, _ second: Int64
  ) -> Human {
    Human(
      id: UInt64(id), birthYear: born, sex: sex, insured: [("2015-01-01", nil, postcode)],
      claims: [
        .init(day: "2015-03-01", cents: first * 100), .init(day: "2016-03-01", cents: second * 100),
      ])
  }

  static func spec() -> SavingsSpec {
    SavingsSpec(
      base: [.init(period: "2015", weight: 1)], sharingRate: threshold(0.5), paymentCap: threshold(0.1), goals: [])
  }

  static func trial(_ spec: SavingsSpec) -> Trial {
    var trial = Trial(kind: .costPerPersonYear)
    trial.series.savings = spec
    return trial
  }

  /// Ten men who went from 1,000 to 1,050 euros, and ten women who went from 1,000 to 1,150: all together to 1,100.
  static let people =
    (0..<10).map { human($0, sex: .male, 1000, 1050) } + (10..<20).map { human($0, sex: .female, 1000, 1150) }

  /// The men by agreement, with everybody as the reference.
  static func men(_ change: (inout SavingsSpec) -> Void = { _ in }) -> Trial {
    var spec = spec()
    spec.reference = "all"
    spec.minimumRate = threshold(0.03)
    change(&spec)
    var trial = trial(spec)
    trial.conditions = [.sex([.male])]
    trial.populations = [Population(id: "all", version: "1", name: Trial.text, conditions: [])]
    return trial
  }

  /// An outcome of the nation.
  static func outcome(_ period: String, _ value: Double?) -> ResultRow {
    var row = ResultRow(
      indicator: "gain", definitionVersion: "1", layout: "nation", unit: "NL", unitKind: .nation, period: period)
    row.value = value
    if value == nil { row.setAbsent("no-observations") }
    return row
  }

  /// The steps of the nation, settled with some outcomes.
  static func steps(
    _ trial: Trial, _ people: [Human] = people, outcomes: [ResultRow] = []
  ) throws -> [SavingsRow.Step: SavingsRow] {
    let tables = trial.tables([people])
    let account = try #require(tables.accounts.first { $0.row.unit == "NL" })
    let settlement = SavingsSettlement(tables.rows + outcomes, directions: ["gain": .higherBetter])
    return Dictionary(settlement.steps(account).map { ($0.step, $0) }) { first, _ in first }
  }

  @Test("the cost of the group, brought to the prices of the reference, less what it cost")
  func worked() throws {
    let steps = try Self.steps(Self.men())
    // 1,000 euros in 2015, and prices that rose from 1,000 to 1,100: 1,100 expected, 1,050 spent.
    #expect(near(steps[.cost]?.value, 1000) && near(steps[.history]?.value, 1000))
    #expect(near(steps[.trend]?.value, 1) && near(steps[.risk]?.value, 1))
    #expect(near(steps[.update]?.value, 1.1) && near(steps[.benchmark]?.value, 1100))
    #expect(near(steps[.actual]?.value, 1050) && near(steps[.saving]?.value, 50))
    #expect(near(steps[.savingRate]?.value, 50.0 / 1100) && steps[.minimumRate]?.note == "reached")
    // Ten insured years: 500 euros saved, half of it to be paid, the cap being a tenth of 11,000.
    #expect(near(steps[.insuredYears]?.value, 10) && near(steps[.totalSaving]?.value, 500))
    #expect(near(steps[.payment]?.value, 250) && near(steps[.cap]?.value, 1100))
    #expect(steps[.payment]?.note == "")
    let row = try #require(Self.men().figure(Self.people))
    #expect(near(row.expected, 1100) && near(row.ratio, 1050.0 / 1100))
  }

  @Test("nothing is paid without the minimum, or without every goal, and health gain earns its part")
  func goals() throws {
    func payment(_ outcome: Double?, _ change: @escaping (inout SavingsSpec) -> Void) throws -> Double? {
      try Self.steps(Self.men(change), outcomes: [Self.outcome("2016", outcome)])[.payment]?.value
    }
    #expect(try payment(1) { $0.minimumRate = Self.threshold(0.05) } == 0)
    let goal = SavingsSpec.Goal(indicator: "gain", atLeast: Self.threshold(7.5))
    #expect(near(try payment(7.5) { $0.goals = [goal] }, 250))
    #expect(try payment(7.4) { $0.goals = [goal] } == 0)
    // A goal that nobody measured is not met.
    #expect(try payment(nil) { $0.goals = [goal] } == 0)
    let most = SavingsSpec.Goal(indicator: "gain", atMost: Self.threshold(7))
    #expect(try payment(7.5) { $0.goals = [goal, most] } == 0)
    let gain = SavingsSpec.HealthGain(indicator: "gain", none: Self.threshold(2), full: Self.threshold(7))
    // 6 is four fifths of the way from 2 to 7.
    #expect(near(try payment(6) { $0.healthGain = gain }, 200))
    #expect(try payment(1) { $0.healthGain = gain } == 0)
    #expect(near(try payment(9) { $0.healthGain = gain }, 250))
    #expect(try payment(nil) { $0.healthGain = gain } == 0)
  }

  @Test("care thins out when cost and outcome go down together")
  func thin() throws {
    func note(_ before: Double?, _ after: Double?) throws -> String? {
      let trial = Self.men { $0.goals = [SavingsSpec.Goal(indicator: "gain", atLeast: Self.threshold(5))] }
      return try Self.steps(trial, outcomes: [Self.outcome("2015", before), Self.outcome("2016", after)])[.payment]?
        .note
    }
    #expect(try note(8, 7) == "care-thins-out")
    #expect(try note(7, 8) == "" && note(nil, 7) == "" && note(8, nil) == "")
  }

  @Test("ages and sexes raise the benchmark as far as the cap")
  func risk() throws {
    // Twenty persons of region A turn 50 in 2016, and fifty younger and fifty older ones of region B do not.
    let people =
      (0..<20).map { Self.human($0, born: 1966, sex: .female, 500, 1400) }
      + (20..<70).map { Self.human($0, born: 1990, sex: .female, postcode: 1012, 500, 500) }
      + (70..<120).map { Self.human($0, born: 1950, sex: .female, postcode: 1012, 1500, 1500) }
    var spec = Self.spec()
    spec.ageBands = [0, 50]
    func account(_ spec: SavingsSpec) throws -> SavingsAccount {
      try #require(Self.trial(spec).tables([people]).accounts.first { $0.row.unit == "a" })
    }
    let own = try account(spec)
    // 2015: 70 at 500 and 50 at 1,500, a mean of 110,000/120; who costs 500 has a risk of 6/11.
    #expect(near(own.terms?.years.first?.risk, 6.0 / 11))
    // 2016: the older are 20 at 1,400 and 50 at 1,500, a mean of 103,000/70; all 128,000/120.
    #expect(near(own.risk, (103_000.0 / 70) / (128_000.0 / 120)))
    #expect(near(own.terms?.update, 128.0 / 110))
    // So the benchmark is what the reference pays at their ages.
    #expect(near(own.row.value, 1400))
    let rows = Self.trial(spec).tables([people]).rows
    #expect(near(rows.first { $0.unit == "a" && $0.period == "2016" }?.expected, 103_000.0 / 70))
    spec.riskCap = Self.threshold(1.03)
    let capped = Self.trial(spec).tables([people]).rows.first { $0.unit == "a" && $0.period == "2016" }
    #expect(near(capped?.expected, 500 * 128.0 / 110 * 1.03))
  }

  @Test("no account of the nation against itself, of too small a reference, or without a base")
  func refused() throws {
    var spec = Self.spec()
    let nation = try Self.steps(Self.trial(spec))
    #expect(nation[.payment]?.value == nil && nation[.payment]?.note == "nation-is-reference")
    spec.ageBands = [0, 50]
    let few = Self.trial(spec).tables([Array(Self.people.prefix(9))]).accounts.first { $0.row.unit == "a" }
    #expect(few?.reason == "reference-group-too-small")
    let late = [Human(id: 1, insured: [("2016-01-01", nil, 1011)], claims: [.init(day: "2016-02-01", cents: 1)])]
    let none = Self.trial(Self.spec()).tables([late]).accounts.first { $0.row.unit == "a" }
    #expect(none?.reason == "no-denominator" && none?.terms == nil)
    // Without a minimum of its own, it is what chance makes once in ten times: z(0.90) · CV / √n.
    let formula = try #require(Self.trial(Self.spec()).tables([Self.people]).accounts.first { $0.row.unit == "a" })
    // Ten at 1,050 and ten at 1,150: the deviation (n − 1) is 50 · √(20/19), the mean 1,100.
    let deviation = 50 * (20.0 / 19).squareRoot()
    #expect(near(formula.terms?.minimumRate, 1.2815515655446004 * deviation / 1100 / 20.0.squareRoot()))
  }

  @Test("any division over buckets gives the same")
  func split() {
    let whole = Self.men().tables([Self.people])
    let parts = Self.men().tables([Array(Self.people.suffix(7)), Array(Self.people.prefix(13))])
    let directions = ["gain": Direction.higherBetter]
    func steps(_ tables: IndicatorTables) -> [SavingsRow] {
      tables.accounts.flatMap { SavingsSettlement(tables.rows, directions: directions).steps($0) }
    }
    #expect(steps(whole) == steps(parts) && !steps(whole).isEmpty)
  }
}
