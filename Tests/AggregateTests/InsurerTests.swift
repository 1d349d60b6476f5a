@testable import Aggregate
import CoreDataset
import Definitions
import Testing

@Suite("Insurers as units and as parts of a population")
struct InsurerTests {
  /// UZOVI codes 0101 and 0102 belong to one group of insurers, 0201 to another.
  static var layout: RegionLayout {
    var units = [Int16](repeating: 2, count: 10_000)
    units[101] = 0
    units[102] = 0
    units[201] = 1
    return RegionLayout(
      id: "insurers", name: Trial.text,
      units: [
        .init(code: "north", name: "North"), .init(code: "south", name: "South"),
        .init(code: RegionLayout.unplaced, name: "?"),
      ], eras: [RegionLayout.Era(from: .min, unitByPostcode: units, unitByMunicipality: nil)], isByInsurer: true)
  }

  static func trial(_ kind: MeasureKind) -> Trial {
    var trial = Trial(kind: kind)
    trial.layouts = [layout]
    return trial
  }

  /// Of group North all 2015 and in 2016 up to and including June, then of South; lives in region A all the time.
  static let mover = Human(
    id: 0,
    insured: [
      ("2015-01-01", "2015-12-31", 1011), ("2016-01-01", "2016-06-30", 1011), ("2016-07-01", nil, 1011),
    ], insurers: [101, 102, 201],
    claims: [
      .init(day: "2015-03-01", cents: 100), .init(day: "2016-06-30", cents: 2000, postcode: 1012),
      .init(day: "2016-07-01", cents: 30000),
    ])
  /// Insured with whom no layout knows.
  static let foreign = Human(
    id: 1, insured: [("2015-01-01", nil, 1011)], insurers: [9999], claims: [.init(day: "2016-02-01", cents: 700)])

  @Test("euros and days count for the insurer on the day, of whatever region the claim states")
  func units() {
    let trial = Self.trial(.costPerPersonYear)
    let people = [Self.mover, Self.foreign]
    #expect(trial.figure(people, "north", "2015")?.numerator == 1)
    #expect(trial.figure(people, "north", "2015")?.denominator == 1)
    // 2016 has 366 days, of which 182 before July.
    #expect(trial.figure(people, "north")?.numerator == 20)
    #expect(near(trial.figure(people, "north")?.denominator, 182.0 / 366))
    #expect(trial.figure(people, "south")?.numerator == 300)
    #expect(near(trial.figure(people, "south")?.denominator, 184.0 / 366))
    let unknown = trial.rows([people]).first {
      $0.layout == "insurers" && $0.unit == RegionLayout.unplaced && $0.period == "2016"
    }
    #expect(unknown?.numerator == 7)
    // Regions go by postcode as before.
    #expect(trial.figure(people, "a")?.numerator == 307)
    let kinds = Dictionary(trial.rows([people]).map { ($0.layout, $0.unitKind) }) { first, _ in first }
    #expect(kinds == ["nation": .nation, "land": .region, "insurers": .insurer])
  }

  @Test("stays and scores count for the insurer on their day")
  func staysAndScores() {
    var patient = Self.mover
    patient.stays = [
      .init(from: "2016-06-30", to: "2016-07-02", bedDays: 3), .init(from: "2016-12-01", to: "2016-12-02", bedDays: 2),
      .init(from: "2016-12-11", to: "2016-12-12", bedDays: 2),
    ]
    let stays = Self.trial(.stayRate)
    #expect(stays.figure([patient], "north")?.numerator == 1)
    #expect(stays.figure([patient], "south")?.numerator == 2)
    patient.courses = [.init(index: "2016-08-01", scores: ["T0": 40])]
    var level = Self.trial(.scoreLevel)
    level.parameters.instrument = "ache"
    level.parameters.scale = "total"
    level.parameters.from = "T0"
    #expect(level.figure([patient], "south")?.value == 40)
    #expect(level.figure([patient], "north")?.measured == 0)
  }

  @Test("as a part of the population: the insurer on the first insured day of the year")
  func strata() {
    var trial = Self.trial(.costPerPersonYear)
    trial.strata = [.insurer(layout: "insurers", units: ["north", "south"])]
    var late = Human(id: 2, insured: [("2016-09-01", nil, 1012)], insurers: [201])
    late.claims = [.init(day: "2016-10-01", cents: 5000)]
    let people = [Self.mover, Self.foreign, late]
    #expect(trial.figure(people, stratum: "insurer=north")?.numerator == 320)
    #expect(trial.figure(people, stratum: "insurer=south")?.numerator == 50)
    #expect(near(trial.figure(people, stratum: "insurer=south")?.denominator, 122.0 / 366))
    #expect(trial.figure(people, stratum: "insurer=unknown")?.numerator == 7)
    #expect(trial.figure(people)?.numerator == 377)
    #expect(trial.figure(people, "b", stratum: "insurer=south")?.numerator == 50)
  }

  @Test("any division over buckets gives the same")
  func split() {
    var trial = Self.trial(.costPerPersonYear)
    trial.strata = [.insurer(layout: "insurers", units: ["north", "south"])]
    #expect(trial.rows([[Self.mover], [Self.foreign]]) == trial.rows([[Self.foreign, Self.mover]]))
  }
}
