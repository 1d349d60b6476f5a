@testable import Aggregate
import CoreDataset
import Definitions
import Testing

@Suite("Regions that change from a day on")
struct RegionDateTests {
  static func trial(_ kind: MeasureKind, mergedOn day: String? = "2016-07-01") -> Trial {
    var trial = Trial(kind: kind)
    trial.mergedOn = day
    return trial
  }

  /// Lives in region A, which is part of region B from July 2016 on.
  static let person = Human(
    id: 0, insured: [("2015-01-01", nil, 1011)],
    claims: [
      .init(day: "2015-03-01", cents: 100), .init(day: "2016-06-30", cents: 2000),
      .init(day: "2016-07-01", cents: 30000),
    ])

  @Test("a claim counts for the region that its postcode is in on the first day of the care")
  func claims() {
    let trial = Self.trial(.costPerPersonYear)
    #expect(trial.figure([Self.person], "a", "2015")?.numerator == 1)
    #expect(trial.figure([Self.person], "a")?.numerator == 20)
    #expect(trial.figure([Self.person], "b")?.numerator == 300)
    #expect(trial.figure([Self.person], "b", "2015")?.numerator == nil)
    #expect(trial.figure([Self.person], "NL")?.numerator == 320)
    #expect(Self.trial(.costPerPersonYear, mergedOn: nil).figure([Self.person], "a")?.numerator == 320)
  }

  @Test("insured days are divided on the day, so that numerator and denominator are of the same region")
  func personTime() throws {
    let trial = Self.trial(.costPerPersonYear)
    // 2016 has 366 days, of which 182 before July.
    #expect(near(trial.figure([Self.person], "a")?.denominator, 182.0 / 366))
    #expect(near(trial.figure([Self.person], "b")?.denominator, 184.0 / 366))
    #expect(near(trial.figure([Self.person], "a", "2015")?.denominator, 1))
    #expect(near(trial.figure([Self.person], "NL")?.denominator, 1))
    #expect(near(trial.figure([Self.person], "a")?.value, 20 * 366.0 / 182))
  }

  @Test("a change on the first day of a period, or the day after its last, divides nothing")
  func onTheBorder() {
    for (day, a, b) in [("2016-01-01", nil, 1), ("2017-01-01", 1, nil)] as [(String, Double?, Double?)] {
      let trial = Self.trial(.costPerPersonYear, mergedOn: day)
      #expect(trial.figure([Self.person], "a")?.denominator == a)
      #expect(trial.figure([Self.person], "b")?.denominator == b)
    }
  }

  @Test("an answer counts for the region on its day")
  func answers() {
    var trial = Self.trial(.itemMean)
    trial.parameters.instrument = "mood"
    trial.parameters.item = "1"
    trial.parameters.from = "T0"
    var person = Self.person
    person.answers = [.init(day: "2016-06-30", value: 4), .init(day: "2016-07-01", value: 8)]
    #expect(trial.figure([person], "a")?.value == 4)
    #expect(trial.figure([person], "b")?.value == 8)
  }

  @Test("totals count where their area lies on the first day of the period; a dissolved area is named")
  func totals() {
    var trial = Self.trial(.groupCostShare, mergedOn: "2015-07-01")
    trial.parameters.careLines = [.second]
    let people = ["2015", "2016"].map { period in
      Human(
        id: 0,
        group: .init(
          unit: "a1", period: period, ageBand: "50+", persons: 40, insuredYears: 40, cents: [.medicalSpecialist: 500]))
    }
    #expect(trial.figure(people, "a", "2015")?.numerator == 5)
    #expect(trial.figure(people, "a", "2016")?.numerator == 0)
    #expect(trial.figure(people, RegionLayout.unplaced, "2016")?.numerator == 5)
    #expect(NotPlaced(bucket(people), Axis(trial.pipeline)).sums.map(\.value.persons) == [40])
  }
}
