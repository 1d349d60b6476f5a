import CoreDataset
import Definitions
import Testing

@testable import Aggregate

/// What is known of one person, and whether a wait of at most 98 days, the fourteen weeks from application to treatment of
/// the Treek norms for mental health care, must come of it.
struct WaitCase: CustomStringConvertible, Sendable {
  let why: String
  /// Days of intakes and of treatments.
  var intakes = ["2016-01-10"]
  var treatments: [String] = []
  var insured: [(from: String, to: String?)] = [("2015-01-01", nil)]
  var diedOn: String?
  /// Waits within the norm and waits of 2016; nil where none can be known.
  let figure: (within: Double, of: Double)?
  var description: String { why }

  static let all: [WaitCase] = [
    // 21 days of January, 29 of February, 31 of March and 17 of April are 98.
    WaitCase(why: "98 days are within the norm", treatments: ["2016-04-17"], figure: (1, 1)),
    WaitCase(why: "99 days are not", treatments: ["2016-04-18"], figure: (0, 1)),
    WaitCase(why: "treated on the day itself: no wait", treatments: ["2016-01-10"], figure: (1, 1)),
    WaitCase(why: "who still waits beyond the norm is late, not left out", figure: (0, 1)),
    WaitCase(why: "who died before the norm without treatment no longer waits", diedOn: "2016-03-01", figure: nil),
    WaitCase(why: "who died on the last day of the norm", diedOn: "2016-04-17", figure: nil),
    WaitCase(why: "who died the day after had waited too long", diedOn: "2016-04-18", figure: (0, 1)),
    WaitCase(
      why: "who died after treatment did not wait too long", treatments: ["2016-02-01"], diedOn: "2016-03-01",
      figure: (1, 1)),
    WaitCase(
      why: "insurance that ended before the norm", insured: [("2015-01-01", "2016-03-31")], figure: nil),
    WaitCase(
      why: "insurance that went on the next day", insured: [("2015-01-01", "2016-03-31"), ("2016-04-01", nil)],
      figure: (0, 1)),
    WaitCase(
      why: "a day without insurance", insured: [("2015-01-01", "2016-03-31"), ("2016-04-02", nil)], figure: nil),
    // 6 days of September, 31 of October, 30 of November and 31 of December are 98.
    WaitCase(why: "the last day of which the norm lies in the data", intakes: ["2016-09-24"], figure: (0, 1)),
    WaitCase(
      why: "begun so late that only a short wait could be seen: not counted, though it was short",
      intakes: ["2016-09-25"], treatments: ["2016-09-28"], figure: nil),
    WaitCase(
      why: "a second intake within a year is no new request", intakes: ["2015-12-01", "2016-01-10"],
      treatments: ["2016-02-01"], figure: nil),
    WaitCase(
      why: "in treatment within the year before", treatments: ["2015-11-01", "2016-02-01"], figure: nil),
    WaitCase(
      why: "a year and a day after the last treatment it is new", intakes: ["2016-06-01"],
      treatments: ["2015-06-01", "2016-06-08"], figure: (1, 1)),
    WaitCase(
      why: "insured for less than a year before: whether it is a new request cannot be known",
      treatments: ["2016-02-01"], insured: [("2015-01-11", nil)], figure: nil),
    WaitCase(why: "intake only in the year before", intakes: ["2015-03-01"], figure: nil),
  ]

  var human: Human {
    var human = Human(id: 0)
    human.insured = insured.map { ($0.from, $0.to, 1011) }
    human.claims =
      intakes.map { .init(day: $0, cents: 10_000, care: .mentalHealth, activity: .consult) }
      + treatments.map { .init(day: $0, cents: 20_000, care: .mentalHealth, activity: .therapySession) }
    human.diedOn = diedOn
    return human
  }
}

@Suite("Waiting time within the norm")
struct WaitingTests {
  static func trial() -> Trial {
    var trial = Trial(kind: .waitingTime)
    trial.parameters.starts = [.consult]
    trial.parameters.activities = [.therapySession]
    trial.parameters.careTypes = [.mentalHealth]
    trial.parameters.norm = Threshold(value: 98, why: "", since: "")
    return trial
  }

  @Test(arguments: WaitCase.all) func one(_ wait: WaitCase) throws {
    let row = try #require(Self.trial().figure([wait.human]))
    #expect(row.numerator == wait.figure?.within)
    #expect(row.denominator == wait.figure?.of)
    #expect(row.value == wait.figure.map { $0.within / $0.of })
    if wait.figure == nil { #expect(row.status == .insufficient && !row.reason.isEmpty) }
  }

  @Test("the share with Wilson's interval, per region; care of another kind begins and ends nothing")
  func share() throws {
    var people: [Human] = []
    for number in 0..<100 {
      // 65 of 100 within the norm: the worked example of Wilson's interval.
      var wait = WaitCase(why: "", treatments: number < 65 ? ["2016-03-01"] : [], figure: nil)
      wait.insured = [("2015-01-01", nil)]
      var human = wait.human
      human.id = UInt64(number)
      human.claims.append(.init(day: "2016-01-11", cents: 1, care: .paramedical, activity: .therapySession))
      human.insured[0].postcode = number < 40 ? 1011 : 1012
      people.append(human)
    }
    let row = try #require(Self.trial().figure(people))
    #expect(row.value == 0.65 && row.persons == 100 && row.status == .ok)
    #expect(near(row.lower95, 0.552544433) && near(row.upper95, 0.736357518))
    #expect(near(row.lower998, 0.495494657) && near(row.upper998, 0.778354061))
    #expect(Self.trial().figure(people, "a")?.value == 1)
    #expect(Self.trial().figure(people, "b")?.numerator == 25)
  }

  @Test("where more than a tenth of the waits cannot be known the figure is indicative, and says why")
  func unknown() throws {
    func people(known: Int, unknown: Int) -> [Human] {
      (0..<known + unknown).map { number in
        var human = WaitCase(why: "", treatments: ["2016-02-01"], figure: nil).human
        if number >= known { human.claims = WaitCase(why: "", intakes: ["2016-11-01"], figure: nil).human.claims }
        human.id = UInt64(number)
        return human
      }
    }
    #expect(Self.trial().figure(people(known: 90, unknown: 10))?.status == .ok)
    let row = try #require(Self.trial().figure(people(known: 89, unknown: 11)))
    #expect(row.status == .indicative && row.reason == "waits-not-known" && row.denominator == 89)
    let none = try #require(Self.trial().figure(people(known: 0, unknown: 5)))
    #expect(none.value == nil && none.status == .insufficient && none.reason == "waits-not-known")
  }

  @Test("from the index date of the care path of the population")
  func path() throws {
    var trial = Self.trial()
    trial.parameters.starts = []
    trial.conditions = [.carePath(["knee"])]
    var human = WaitCase(why: "", intakes: [], treatments: ["2016-02-15"], figure: nil).human
    human.courses = [.init(path: "knee", index: "2016-02-01", scores: ["T0": 1])]
    #expect(trial.figure([human])?.numerator == 1)
    trial.parameters.norm = Threshold(value: 13, why: "", since: "")
    #expect(trial.figure([human])?.numerator == 0)
    human.courses[0].path = "hip"
    #expect(trial.figure([human])?.denominator == nil)
  }
}
