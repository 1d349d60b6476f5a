@testable import Aggregate
import CoreDataset
import Definitions
import TestSupport
import Testing

@Suite("Figures from totals of groups")
struct GroupTests {
  /// The worked example of the indirectly standardised cost ratio: a reference of 1.2, 6 and 9 million euros over 1,500,
  /// 3,000 and 1,500 years, of which region A has 100, 250 and 180 years and 90, 480 and 1,150 thousand euros. The three
  /// cells are two age bands of men and one of women. Region B is the rest.
  static func example() -> [Human] {
    let cells: [(sex: Sex, band: String, years: Double, euros: Int64, ownYears: Double, ownEuros: Int64)] = [
      (.male, "00-49", 1500, 1_200_000, 100, 90_000), (.male, "50+", 3000, 6_000_000, 250, 480_000),
      (.female, "50+", 1500, 9_000_000, 180, 1_150_000),
    ]
    func human(_ unit: String?, _ sex: Sex, _ band: String?, _ years: Double, _ euros: Int64) -> Human {
      // A third for the first kind of care, the rest for the second: the sum is what counts.
      let first = euros * 100 / 3
      return Human(
        id: 0,
        group: .init(
          unit: unit, sex: sex, ageBand: band, persons: Int64(years) + 7, insuredYears: years,
          cents: [.generalPractice: first, .medicalSpecialist: euros * 100 - first]))
    }
    return cells.flatMap { cell in
      [
        human("a1", cell.sex, cell.band, cell.ownYears, cell.ownEuros),
        human("b1", cell.sex, cell.band, cell.years - cell.ownYears, cell.euros - cell.ownEuros),
      ]
    }
  }

  /// What the rest record of such a delivery is: no area, no sex, no age.
  static let rest = Human(
    id: 9,
    group: .init(
      unit: nil, sex: .unknown, ageBand: nil, persons: 500, insuredYears: 250,
      cents: [.medicalSpecialist: 99_999_999]))

  @Test("the worked example: 1,660,000 expected, ratio 1.036144578, 2797.590361 standardised")
  func workedExample() throws {
    let people = Self.example()
    let ratio = try #require(Trial(kind: .groupCostRatio).figure(people, "a"))
    #expect(near(ratio.expected, 1_660_000))
    #expect(ratio.numerator == 1_720_000)
    #expect(near(ratio.value, 1.036144578, 1e-9))
    #expect(ratio.ratio == ratio.value)
    #expect(ratio.persons == 100 + 250 + 180 + 21)
    let cost = try #require(Trial(kind: .groupCostPerPersonYear).figure(people, "a"))
    #expect(near(cost.value, 3245.283019, 1e-9))
    #expect(near(cost.adjusted, 2797.590361, 1e-9))
    #expect(near(cost.expected, 1_660_000.0 / 530))
    #expect(near(cost.ratio, 1.036144578, 1e-9))
    let share = try #require(Self.share.figure(people, "a"))
    #expect(near(share.value, 1.0 / 3, 1e-6))
    #expect(share.denominator == 1_720_000)
  }

  @Test("parts by sex and age have their own expected euros, which add up to those of the whole")
  func parts() throws {
    var trial = Trial(kind: .groupCostRatio)
    trial.strata = [.sex, .age(starts: [0, 50])]
    let people = Self.example() + [Self.rest]
    func ratio(_ part: String) throws -> ResultRow { try #require(trial.figure(people, "a", stratum: part)) }
    // 100 and 250 years of men at 800 and 2,000 euros; 180 of women at 6,000.
    let men = try ratio("sex=male")
    #expect(near(men.expected, 580_000) && men.numerator == 570_000 && near(men.value, 57.0 / 58))
    let women = try ratio("sex=female")
    #expect(near(women.expected, 1_080_000) && women.numerator == 1_150_000 && near(women.value, 115.0 / 108))
    #expect(near(try ratio("age=0-49").expected, 80_000))
    #expect(near(try ratio("age=50+").expected, 1_580_000))
    #expect(near(try #require(trial.figure(people, "NL", stratum: "sex=male")?.value), 1))
    // Groups of which age and sex are not known are a part of their own, where they count at all.
    var cost = Trial(kind: .groupCostPerPersonYear)
    cost.strata = trial.strata
    #expect(cost.figure(people, "NL", stratum: "age=unknown")?.persons == 500)
    #expect(cost.figure(people, "NL", stratum: "sex=unknown")?.persons == 500)
    #expect(near(cost.figure(people, "a", stratum: "age=50+")?.value, 1_630_000.0 / 430))
  }

  private static var share: Trial {
    var trial = Trial(kind: .groupCostShare)
    trial.parameters.careLines = [.first]
    return trial
  }

  @Test(
    "there is no interval, and the reason is given", arguments: [MeasureKind.groupCostRatio, .groupCostPerPersonYear])
  func noInterval(kind: MeasureKind) throws {
    let row = try #require(Trial(kind: kind).figure(Self.example(), "a"))
    #expect(row.lower95 == nil && row.upper95 == nil && row.lower998 == nil && row.upper998 == nil)
    #expect(row.status == .ok)
    #expect(row.reason == "no-interval-from-totals")
  }

  @Test("a rest record counts for the nation and for what cannot be placed, not for what is to be expected")
  func restRecord() throws {
    let people = Self.example() + [Self.rest]
    let ratio = Trial(kind: .groupCostRatio)
    #expect(ratio.figure(people, "a") == ratio.figure(Self.example(), "a"))
    #expect(near(ratio.figure(people, "NL")?.value, 1))
    #expect(ratio.figure(people, RegionLayout.unplaced) == nil)
    let cost = Trial(kind: .groupCostPerPersonYear)
    let nation = try #require(cost.figure(people, "NL"))
    #expect(nation.numerator == 16_200_000 + 999_999.99)
    #expect(nation.denominator == 6250)
    #expect(nation.expected == nil && nation.adjusted == nil && nation.ratio == nil)
    #expect(cost.figure(people, RegionLayout.unplaced)?.value == 999_999.99 / 250)
    #expect(near(cost.figure(Self.example(), "NL")?.adjusted, 2700))
  }

  @Test("an area that the layout does not have is in the region of what cannot be placed, and is named")
  func notPlaced() {
    var stranger = Self.example()[0]
    stranger.group?.unit = "z9"
    let trial = Trial(kind: .groupCostRatio)
    let people = Self.example() + [stranger]
    #expect(trial.figure(people, RegionLayout.unplaced)?.numerator == 90_000)
    let named = NotPlaced(bucket(people), Axis(trial.pipeline)).sums
    #expect(named == [NotPlaced.Place(layout: "land", code: "z9"): NotPlaced.Sum(persons: 107, cents: 9_000_000)])
    #expect(NotPlaced(bucket(Self.example()), Axis(trial.pipeline)).sums.isEmpty)
  }

  @Test("so are postcodes that a layout does not have, with their persons and what was claimed for these")
  func notPlacedPersons() {
    var human = Human(id: 1, insured: [("2015-01-01", "2015-12-31", 1011), ("2016-01-01", nil, 4321)])
    // In the period before it lived elsewhere; a line may have a postcode of its own; the last lies behind the periods.
    human.claims = [
      .init(day: "2015-06-01", cents: 100), .init(day: "2016-06-01", cents: 20), .init(day: "2016-07-01", cents: 3),
      .init(day: "2016-07-02", cents: 7, postcode: 1012), .init(day: "2017-01-01", cents: 5000),
    ]
    let unknown = Human(id: 2, insured: [("2015-01-01", nil, nil)], claims: [.init(day: "2015-02-01", cents: 9)])
    let elsewhere = Human(id: 3, insured: [("2017-01-01", nil, 4321)])
    let axis = Axis(Trial(kind: .costPerPersonYear).pipeline)
    var found = NotPlaced(bucket([human, elsewhere]), axis)
    found.merge(NotPlaced(bucket([unknown]), axis))
    #expect(
      found.sums == [
        NotPlaced.Place(layout: "land", code: "4321"): NotPlaced.Sum(persons: 1, cents: 23),
        NotPlaced.Place(layout: "land", code: ""): NotPlaced.Sum(persons: 1, cents: 9),
      ])
  }

  @Test("how much totals vary is told without limits")
  func comparison() throws {
    var trial = Trial(kind: .groupCostPerPersonYear)
    trial.comparison = ComparisonSpec(limits: .none)
    let tables = trial.tables([Self.example()])
    let row = try #require(tables.comparisons.first { $0.period == "2016" && $0.stratum.isEmpty })
    let values = tables.rows.filter { $0.period == "2016" && $0.layout == "land" && $0.stratum.isEmpty }
      .compactMap(\.value)
    #expect(row.units == values.count && row.reason == "no-limits-from-totals" && row.limits == "none")
    let quotient = try #require(values.max()) / (try #require(values.min()))
    #expect(near(row.extremalQuotient, quotient) && row.target == nil && row.order == nil)
    #expect(tables.rows.allSatisfy { $0.funnelBand == nil && $0.reliability == nil })
  }

  @Test("a unit whose group has fewer than 10 years in the reference has no ratio")
  func smallReference() throws {
    var lone = Self.example()[0]
    lone.group?.sex = .female
    lone.group?.ageBand = "00-49"
    lone.group?.insuredYears = 9.99
    let row = try #require(Trial(kind: .groupCostRatio).figure(Self.example() + [lone], "a"))
    #expect(row.value == nil && row.expected == nil && row.numerator == nil)
    #expect(row.status == .insufficient && row.reason == "reference-group-too-small")
    let cost = try #require(Trial(kind: .groupCostPerPersonYear).figure(Self.example() + [lone], "a"))
    #expect(cost.value != nil && cost.adjusted == nil)
  }

  @Test("by kind of care: parts add up to the whole; care that is not chosen does not count")
  func byCareType() throws {
    var trial = Trial(kind: .groupCostPerPersonYear)
    trial.parameters.byCareType = true
    let rows = trial.rows([Self.example()]).filter { $0.unit == "a" && $0.period == "2016" }
    let parts = rows.filter { !$0.stratum.isEmpty }
    #expect(parts.map(\.stratum) == ["care_type=general-practice", "care_type=medical-specialist"])
    #expect(near(parts.compactMap(\.numerator).reduce(0, +), 1_720_000))
    #expect(parts.allSatisfy { $0.adjusted == nil && $0.denominator == 530 })
    trial.parameters.careTypes = [.generalPractice]
    let chosen = try #require(trial.figure(Self.example(), "a"))
    #expect(near(chosen.numerator, 1_720_000.0 / 3, 1e-6))
    #expect(near(chosen.adjusted, 2797.590361 / 3, 1e-6))
  }

  @Test("only the party that the indicator names counts; other periods do not count")
  func reporters() {
    var other = Self.example()[0]
    other.group?.reportedBy = .provider
    var later = Self.example()[0]
    later.group?.period = "2030"
    var trial = Trial(kind: .groupCostShare)
    trial.reportedBy = .insurer
    #expect(trial.figure(Self.example() + [other, later], "a") == trial.figure(Self.example(), "a"))
  }

  @Test("no cost, no years, nothing at all: absent with a reason")
  func absent() {
    var empty = Self.example()[0]
    empty.group?.cents = [:]
    empty.group?.insuredYears = 0
    #expect(Self.share.figure([empty], "a")?.reason == "no-cost")
    #expect(Trial(kind: .groupCostPerPersonYear).figure([empty], "a")?.reason == "no-insured-days")
    #expect(Trial(kind: .groupCostRatio).figure([empty], "a")?.reason == "no-insured-days")
    #expect(Trial(kind: .groupCostRatio).figure([], "a")?.value == nil)
  }
}
