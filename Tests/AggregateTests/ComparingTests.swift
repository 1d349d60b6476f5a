@testable import Aggregate
import CoreDataset
import Definitions
import Statistics
import Testing

@Suite("Empirical Bayes and intraclass correlation in comparisons")
struct VariationInComparisonsTests {
  static func compared(
    _ kind: MeasureKind, _ units: [(value: Double, standing: Standing, row: (inout ResultRow) -> Void)]
  )
    -> (rows: [ResultRow], comparison: ComparisonRow?)
  {
    var rows = units.enumerated().map { number, unit in
      var row = ResultRow(
        indicator: "i", definitionVersion: "1", layout: "land", unit: "\(number)", unitKind: .region, period: "2016",
        persons: 100)
      row.value = unit.value
      unit.row(&row)
      return row
    }
    let indicator = SplitTests.trial(kind).pipeline.indicators[0]
    let spec = ComparisonSpec(limits: .normal)
    let comparisons = Comparing(indicator: indicator, spec: spec).apply(&rows, units.map(\.standing))
    return (rows, comparisons.first)
  }

  @Test("rates are drawn to the national one as in the worked example")
  func empiricalBayes() throws {
    let (observed, expected) = ([5.0, 30, 8, 60, 18, 45], [15.0, 20, 10, 30, 20, 40])
    let result = Self.compared(
      .eventRate,
      zip(observed, expected).map { o, e in
        (value: 2 * o / e, standing: Standing(target: 2, chance: .events(expected: e)), row: { _ in })
      })
    // The printed shape, 4.563679563, is that of a looser iteration; see the script in Tests/Reference.
    #expect(near(result.comparison?.gammaShape, 4.563702830226, 1e-6))
    let smoothed = [0.488848712, 1.407105132, 0.862672068, 1.867963145, 0.918578974, 1.112198994]
    for (row, ratio) in zip(result.rows, smoothed) { #expect(near(row.smoothed, 2 * ratio, 3e-6)) }
    #expect(result.comparison?.intraclass == nil)
  }

  @Test("means have the intraclass correlation of the worked example")
  func intraclass() throws {
    let groups: [[Double]] = [[10, 12, 11], [15, 17, 16, 18, 16], [9, 8], [13, 15, 12, 14]]
    let result = Self.compared(
      .scoreLevel,
      groups.map { group in
        let mean = group.reduce(0, +) / Double(group.count)
        let squares = group.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        return (
          value: mean, standing: Standing(target: 13, chance: .mean(error: 1 / Double(group.count).squareRoot())),
          row: {
            $0.measured = group.count
            $0.standardDeviation = (squares / Double(group.count - 1)).squareRoot()
          }
        )
      })
    #expect(near(result.comparison?.intraclass, 0.891960221, 1e-9))
    #expect(result.comparison?.gammaShape == nil)
    // Drawn to the middle, each between its own figure and the others.
    let middle = try #require(result.rows[0].smoothed)
    #expect(middle > 11 && middle < 13)
  }
}

@Suite("Units compared with the nation")
struct ComparingTests {
  /// Providers with so many people each, of whom so many improved by 20 points; the others stayed.
  static func people(_ providers: [(count: Int, improved: Int)]) -> [Human] {
    var people: [Human] = []
    for (number, provider) in providers.enumerated() {
      for person in 0..<provider.count {
        people.append(
          Human(
            id: UInt64(number * 1000 + person), insured: [("2016-01-01", nil, number % 2 == 0 ? 1011 : 1012)],
            courses: [
              .init(provider: "p\(number)", scores: ["T0": 60, "T1": person < provider.improved ? 40 : 60])
            ]))
      }
    }
    return people
  }

  static func trial(_ kind: MeasureKind, _ spec: ComparisonSpec) -> Trial {
    var trial = OutcomeTests.trial(kind) { if kind == .scoreShare { $0.outcome = .improved } }
    trial.comparison = spec
    return trial
  }

  static func providers(_ tables: IndicatorTables) -> [ResultRow] {
    tables.rows.filter { $0.layout == "provider" && $0.period == "2016" }
  }

  static func account(_ tables: IndicatorTables, _ layout: String = "provider") throws -> ComparisonRow {
    try #require(tables.comparisons.first { $0.layout == layout && $0.period == "2016" })
  }

  @Test("a share against exact interpolated binomial limits around the national share")
  func shares() throws {
    // 200 of 500: with 100 people the limits are the binomial ones of 0.4.
    let tables = Self.trial(.scoreShare, ComparisonSpec(limits: .exact)).tables([
      Self.people([(100, 20), (100, 30), (100, 41), (100, 52), (100, 57)])
    ])
    let rows = Self.providers(tables)
    #expect(rows.map(\.funnelBand) == ["low", "attention-low", "within", "attention-high", "high"])
    let narrow = try #require(Funnel.proportion(target: 0.4, n: 100, .percent95))
    let wide = try #require(Funnel.proportion(target: 0.4, n: 100, .percent998))
    for row in rows {
      #expect(row.funnelLower95 == narrow.lower && row.funnelUpper95 == narrow.upper)
      #expect(row.funnelLower998 == wide.lower && row.funnelUpper998 == wide.upper)
    }
    let account = try Self.account(tables)
    #expect(account.target == 0.4 && account.units == 5 && account.smallUnits == 0)
    #expect(account.outside95 == 4 && account.outside998 == 2)
    #expect(account.expectedOutside95 == 0.25 && near(account.expectedOutside998, 0.01))
    #expect(account.limits == "exact" && account.overDispersion == "none" && account.reason.isEmpty)
    // The nation is what others are compared with.
    #expect(tables.rows.first { $0.layout == "nation" && $0.period == "2016" }?.funnelBand == nil)
    #expect(try Self.account(tables, "land").units == 2)
  }

  @Test("the normal limits of a share, and of a mean with the deviation of the nation")
  func normal() throws {
    let people = Self.people([(100, 20), (100, 30), (100, 41), (100, 52), (100, 57)])
    let share = Self.providers(Self.trial(.scoreShare, ComparisonSpec(limits: .normal)).tables([people]))[0]
    #expect(near(share.funnelUpper998, 0.4 + 3.090232306167814 * (0.24 / 100).squareRoot()))
    let mean = Self.providers(Self.trial(.scoreChange, ComparisonSpec(limits: .normal)).tables([people]))[0]
    // Changes are −20 for 200 and 0 for 300 people: mean −8, variance 500/499 · 96.
    #expect(near(mean.funnelUpper95, -8 + 1.959963984540054 * (96.0 * 500 / 499 / 100).squareRoot()))
    #expect(mean.funnelBand == "high")
  }

  @Test("units with few people are not compared, whatever their figure")
  func smallUnits() throws {
    let spec = ComparisonSpec(limits: .exact, minimumPersons: Threshold(value: 30, why: "", since: ""))
    let tables = Self.trial(.scoreShare, spec).tables([Self.people([(100, 50), (100, 52), (29, 0)])])
    #expect(Self.providers(tables).map(\.funnelBand) == ["within", "within", nil])
    #expect(Self.providers(tables)[2].funnelLower95 == nil && Self.providers(tables)[2].reliability == nil)
    #expect(try Self.account(tables).smallUnits == 1)
  }

  /// Ten units that differ more than chance allows: wider limits, by the estimate of the whole group.
  @Test(
    "over-dispersion widens limits where there are at least ten units",
    arguments: [
      ComparisonSpec.OverDispersion.additive, .multiplicative,
    ])
  func overDispersion(model: ComparisonSpec.OverDispersion) throws {
    let improved = [20, 60, 25, 65, 30, 55, 35, 50, 22, 38]
    let people = Self.people(improved.map { (100, $0) })
    let plain = Self.trial(.scoreShare, ComparisonSpec(limits: .normal)).tables([people])
    let widened = Self.trial(.scoreShare, ComparisonSpec(limits: .exact, overDispersion: model)).tables([people])
    let estimate = try Overdispersion(
      values: improved.map { Double($0) / 100 }, errors: improved.map { _ in (0.24 / 100).squareRoot() }, target: 0.4)
    #expect(estimate.isPresent)
    let limits = estimate.limits(
      target: 0.4, error: (0.24 / 100).squareRoot(), .percent95, model == .additive ? .additive : .multiplicative)
    #expect(near(Self.providers(widened)[0].funnelLower95, limits.lower))
    #expect(near(try Self.account(widened).phi, estimate.phi))
    #expect(try Self.account(widened).limits == "normal")
    #expect(try Self.account(widened).outside998 < Self.account(plain).outside998)
    // Nine of them are too few to trust the estimate, and that is said.
    let nine = Self.trial(.scoreShare, ComparisonSpec(limits: .exact, overDispersion: model)).tables([
      people.filter { $0.id < 9000 }
    ])
    #expect(try Self.account(nine).reason == "too-few-units-for-over-dispersion")
  }

  @Test("without variation between units there is no order and no reliability; with much there is")
  func order() throws {
    let same = Self.trial(.scoreShare, ComparisonSpec(limits: .exact)).tables([
      Self.people([(50, 25), (50, 26), (50, 24)])
    ])
    #expect(try Self.account(same).order == .notSuitable)
    #expect(try Self.account(same).rankability == 0)
    #expect(Self.providers(same).allSatisfy { $0.reliability == 0 })
    let different = Self.trial(.scoreShare, ComparisonSpec(limits: .exact)).tables([
      Self.people([(100, 10), (100, 50), (100, 90)])
    ])
    let account = try Self.account(different)
    #expect(account.order == .suitable)
    let expected = try Variation.Rankability(
      estimates: [0.1, 0.5, 0.9], errors: Array(repeating: (0.25 / 100).squareRoot(), count: 3))
    #expect(near(account.rankability, expected.value))
    let reliability = expected.tauSquared / (expected.tauSquared + 0.0025)
    #expect(Self.providers(different).allSatisfy { near($0.reliability, reliability) })
  }

  @Test("how much figures vary between units")
  func variation() throws {
    let tables = Self.trial(.scoreShare, ComparisonSpec(limits: .exact)).tables([
      Self.people([(100, 10), (200, 50), (100, 60)])
    ])
    let account = try Self.account(tables)
    #expect(near(account.extremalQuotient, 6))
    #expect(near(account.p75OverP25, (0.25 + 0.6) / (0.1 + 0.25)))
    let values = [0.1, 0.25, 0.6]
    #expect(
      near(
        account.weightedCoefficient, try #require(Variation.weightedCoefficient(values, populations: [100, 200, 100]))))
    // 120 of 400: 30, 60 and 30 are expected.
    let component = Variation.systematicComponent(observed: [10, 50, 60], expected: [30, 60, 30])
    #expect(near(account.systematicComponent, try #require(component)))
    // A change can be negative: there is no quotient.
    let change = Self.trial(.scoreChange, ComparisonSpec(limits: .normal)).tables([Self.people([(100, 10), (100, 50)])])
    #expect(try Self.account(change).extremalQuotient == nil)
  }

  @Test("rates against exact Poisson limits of the events expected")
  func rates() throws {
    var trial = Trial(kind: .eventRate)
    trial.parameters.activities = [.emergencyVisit]
    trial.comparison = ComparisonSpec(limits: .exact)
    var people: [Human] = []
    for number in 0..<200 {
      var human = Human(id: UInt64(number), insured: [("2016-01-01", "2016-12-31", number < 100 ? 1011 : 1012)])
      let visits = number == 150 ? 10 : number < 10 || number >= 190 ? 1 : 0
      for visit in 0..<visits {
        human.claims.append(
          .init(day: "2016-03-01", cents: 100, activity: .emergencyVisit, provider: "0100000\(visit)"))
      }
      people.append(human)
    }
    let tables = trial.tables([people])
    let region = try #require(tables.rows.first { $0.unit == "b" && $0.period == "2016" })
    // 30 events in 200 years: 15 are expected of either region.
    let limits = try #require(Funnel.ratio(target: 150, expected: 15, .percent95))
    #expect(near(region.funnelLower95, limits.lower) && near(region.funnelUpper95, limits.upper))
    #expect(near(region.value, 200) && region.funnelBand == "within")
  }

  @Test("cost per year: the spread over persons of the nation")
  func costs() throws {
    var trial = Trial(kind: .costPerPersonYear)
    trial.comparison = ComparisonSpec(limits: .normal)
    let people = (0..<40).map { number in
      Human(
        id: UInt64(number), insured: [("2016-01-01", "2016-12-31", number < 20 ? 1011 : 1012)],
        claims: [.init(day: "2016-03-01", cents: number % 2 == 0 ? 10_000 : 30_000)])
    }
    let row = try #require(trial.tables([people]).rows.first { $0.unit == "a" && $0.period == "2016" })
    // Mean 200 euros; deviation 100 · √(40/39); 20 persons.
    #expect(near(row.funnelUpper95, 200 + 1.959963984540054 * 100 * (40.0 / 39 / 20).squareRoot()))
    #expect(row.funnelBand == "within")
  }

  @Test(
    "too little to compare: why is said, and no unit gets a band",
    arguments: [
      ([(2, 1)], "no-units"), ([(40, 10)], "one-unit"), ([(40, 0), (40, 0)], "no-spread"), ([], "no-units"),
    ])
  func tooLittle(providers: [(Int, Int)], reason: String) throws {
    let tables = Self.trial(.scoreShare, ComparisonSpec(limits: .exact)).tables([
      Self.people(providers.map { (count: $0.0, improved: $0.1) })
    ])
    #expect(tables.rows.allSatisfy { $0.funnelBand == nil && $0.reliability == nil })
    if providers.isEmpty {
      #expect(tables.comparisons.allSatisfy { $0.layout == "land" && $0.reason == reason })
    } else {
      let account = try Self.account(tables)
      #expect(account.reason == reason && account.units == 0 && account.order == nil)
    }
  }

  @Test("the table of comparisons survives its columns")
  func table() throws {
    let rows = Self.trial(.scoreShare, ComparisonSpec(limits: .exact, overDispersion: .additive)).tables([
      Self.people([(100, 10), (100, 50), (100, 90)])
    ]).comparisons
    #expect(rows.count == 4)
    #expect(Comparisons.rows(of: Comparisons.columns(of: rows)) == rows)
  }
}
