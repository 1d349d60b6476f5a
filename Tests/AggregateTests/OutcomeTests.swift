@testable import Aggregate
import CoreDataset
import Definitions
import Statistics
import Testing

@Suite("Scores, answers and response")
struct OutcomeTests {
  static let before: [Double] = [60, 55, 70, 48, 62, 58, 75, 66, 50, 64]
  static let after: [Double] = [35, 50, 40, 49, 30, 58, 60, 20, 55, 33]

  /// Ten patients of a published worked example; half of them in each region, with two providers.
  static let ten = zip(before, after).enumerated().map { number, pair in
    Human(
      id: UInt64(number), insured: [("2016-01-01", nil, number < 5 ? 1011 : 1012)],
      courses: [.init(provider: number < 5 ? "p1" : "p2", scores: ["T0": pair.0, "T1": pair.1])])
  }

  static func trial(_ kind: MeasureKind, _ change: (inout Indicator.Parameters) -> Void = { _ in }) -> Trial {
    var trial = Trial(kind: kind)
    trial.parameters.instrument = "ache"
    trial.parameters.scale = "total"
    trial.parameters.from = "T0"
    trial.parameters.to = "T1"
    change(&trial.parameters)
    return trial
  }

  @Test("mean change with its deviation and interval")
  func change() throws {
    let row = try #require(Self.trial(.scoreChange).figure(Self.ten))
    #expect(near(row.value, -17.8))
    #expect(near(row.standardDeviation, 17.427946905))
    #expect(near(row.lower95, -30.267202, 1e-7) && near(row.upper95, -5.332798, 1e-6))
    #expect(row.persons == 10 && row.measured == 10)
    #expect(row.status == .indicative)
    #expect(near(Self.trial(.scoreChange).figure(Self.ten, "a")?.value, -18.2))
    #expect(near(Self.trial(.scoreChange).figure(Self.ten, "p2")?.value, -17.4))
    #expect(Self.trial(.scoreChange).figure(Self.ten, "NL", "2015")?.reason == "no-observations")
  }

  @Test(
    "improved, worsened and unchanged by at least the threshold",
    arguments: [
      (Indicator.Parameters.Outcome.improved, 6), (.worsened, 0), (.unchanged, 4),
    ])
  func responders(outcome: Indicator.Parameters.Outcome, count: Double) throws {
    let row = try #require(
      Self.trial(.scoreShare) {
        $0.outcome = outcome
        $0.threshold = Threshold(value: 15, why: "", since: "")
      }.figure(Self.ten))
    #expect(row.numerator == count && row.denominator == 10)
    #expect(row.value == count / 10)
    let limits = try #require(Interval.wilson(count, of: 10, .percent998))
    #expect(near(row.lower998, limits.lower) && near(row.upper998, limits.upper))
  }

  @Test(
    "without a threshold any change counts; where higher is better the signs turn",
    arguments: [
      (Indicator.Parameters.Outcome.improved, 7, 2), (.worsened, 2, 7), (.unchanged, 1, 1),
    ])
  func anyChange(outcome: Indicator.Parameters.Outcome, lower: Double, higher: Double) {
    var trial = Self.trial(.scoreShare) { $0.outcome = outcome }
    #expect(trial.figure(Self.ten)?.numerator == lower)
    trial.scaleDirection = .higherBetter
    #expect(trial.figure(Self.ten)?.numerator == higher)
  }

  @Test("a change of exactly the threshold counts, also where it is no binary fraction")
  func exactThreshold() {
    let people = [Human(id: 0, courses: [.init(scores: ["T0": 0.8, "T1": 0.7])])]
    let trial = Self.trial(.scoreShare) {
      $0.outcome = .improved
      $0.threshold = Threshold(value: 0.1, why: "", since: "")
    }
    #expect(trial.figure(people)?.numerator == 1)
  }

  @Test("a level at a moment, of all or of those with a second measurement")
  func level() {
    var people = Self.ten
    people.append(Human(id: 99, courses: [.init(scores: ["T0": 8])]))
    #expect(near(Self.trial(.scoreLevel).figure(people)?.value, 616.0 / 11))
    #expect(near(Self.trial(.scoreLevel) { $0.pairedWith = "T1" }.figure(people)?.value, 60.8))
    #expect(Self.trial(.scoreLevel) { $0.from = "T2" }.figure(people)?.reason == "no-observations")
    #expect(Self.trial(.scoreLevel) { $0.requiresPrediction = true }.figure(people)?.reason == "no-observations")
  }

  @Test("one observation has a mean and no interval; equal ones an interval of no width")
  func degenerate() throws {
    let one = try #require(Self.trial(.scoreChange).figure(Array(Self.ten.prefix(1))))
    #expect(one.value == -25 && one.standardDeviation == nil && one.lower95 == nil)
    let equal = (0..<4).map { Human(id: $0, courses: [.init(scores: ["T0": 0.3, "T1": 0.4])]) }
    let row = try #require(Self.trial(.scoreChange).figure(equal))
    #expect(near(row.value, 0.1))
    #expect(row.standardDeviation == 0)
    #expect(row.lower95 == row.value && row.upper95 == row.value)
  }

  @Test("thirty observations make a figure that stands")
  func enough() {
    let people = (0..<30).map { Human(id: $0, courses: [.init(scores: ["T0": Double($0), "T1": 0])]) }
    #expect(Self.trial(.scoreChange).figure(people)?.status == .ok)
    #expect(Self.trial(.scoreChange).figure(Array(people.dropLast()))?.status == .indicative)
  }

  @Test("only courses on the care paths of the population")
  func carePath() {
    var people = Self.ten
    people[0].courses.append(.init(path: "hip", scores: ["T0": 0, "T1": 50]))
    var trial = Self.trial(.scoreChange)
    trial.conditions = [.carePath(["knee"])]
    #expect(trial.figure(people)?.measured == 10)
    trial.conditions = [.carePath(["hip"])]
    #expect(trial.figure(people)?.value == 50)
  }

  @Test("adjusted gain: national gain and how much better than predicted")
  func adjustedGain() throws {
    let people = (0..<6).map { number in
      Human(
        id: UInt64(number),
        courses: [
          .init(
            provider: number < 3 ? "p1" : "p2", scores: ["T0": 20, "T1": 40 + Double(number)], predicted: ["T1": 42])
        ])
    }
    let one = try #require(Self.trial(.adjustedGain).figure(people, "p1"))
    // National gain 22.5; residuals −2, −1, 0 | 1, 2, 3: mean 0.5, of p1 −1.
    #expect(near(one.value, 21))
    let nation = try #require(Self.trial(.adjustedGain).figure(people))
    #expect(near(nation.value, 22.5))
    let deviation = 3.5.squareRoot()
    #expect(near(nation.standardDeviation, deviation))
    #expect(near(one.standardDeviation, 1))
    #expect(near(one.lower95, 21 - Level.percent95.z * deviation / 3.0.squareRoot()))
  }

  @Test("effect size and standardised response mean of the worked example")
  func effectSizes() {
    let size = Self.trial(.effectSize) { $0.standardiser = .baseline }
    #expect(near(size.figure(Self.ten)?.value, -2.098397871))
    let response = Self.trial(.effectSize) { $0.standardiser = .change }
    #expect(near(response.figure(Self.ten)?.value, -1.021348074))
    // All the same score before: there is no spread to divide by.
    let same = (0..<3).map { Human(id: UInt64($0), courses: [.init(scores: ["T0": 5, "T1": 7 + Double($0)])]) }
    #expect(size.figure(same)?.reason == "no-spread")
    #expect(near(response.figure(same)?.value, 3))
    #expect(size.figure([same[0]])?.reason == "too-few-observations")
  }

  @Test(
    "change beyond measurement error: with SD 7.5 and r 0.8 more than 9.297",
    arguments: [
      (Indicator.Parameters.Outcome.improved, 2), (.worsened, 1), (.unchanged, 2),
    ])
  func reliableChange(outcome: Indicator.Parameters.Outcome, count: Double) throws {
    let people = [-15, -9.297, -9.296, 9.296, 9.3].enumerated().map { number, change in
      Human(id: UInt64(number), courses: [.init(scores: ["T0": 50, "T1": 50 + change])])
    }
    let row = try #require(
      Self.trial(.reliableChange) {
        $0.outcome = outcome
        $0.referenceDeviation = Threshold(value: 7.5, why: "", since: "")
        $0.reliability = Threshold(value: 0.8, why: "", since: "")
      }.figure(people))
    #expect(row.numerator == count && row.denominator == 5)
  }

  @Test("no room: those whose first score is less than the threshold from the best one")
  func noRoom() {
    let people = [0, 9.9, 10, 50, 95].enumerated().map { number, score in
      Human(id: UInt64(number), courses: [.init(scores: ["T0": score, "T1": 50])])
    }
    var trial = Self.trial(.noRoom) { $0.threshold = Threshold(value: 10, why: "", since: "") }
    #expect(trial.figure(people)?.numerator == 2)
    trial.scaleDirection = .higherBetter
    #expect(trial.figure(people)?.numerator == 1)
  }

  @Test("adjusted gain against a declared nation, for a delivery that lacks people")
  func declaredNation() throws {
    func number(_ value: Double) -> Threshold { Threshold(value: value, why: "", since: "") }
    let people = [38.0, 40, 45].enumerated().map { number, score in
      Human(
        id: UInt64(number),
        courses: [.init(provider: "p1", scores: ["T0": 20, "T1": score], predicted: ["T1": 42])])
    }
    let trial = Self.trial(.adjustedGain) {
      $0.reference = NationalReference(gain: number(25), residual: number(1.5), standardDeviation: number(6))
    }
    // Residuals −4, −2 and 3: mean −1; 25 − 1 − 1.5.
    let one = try #require(trial.figure(people, "p1"))
    #expect(near(one.value, 22.5) && near(one.adjusted, 22.5))
    #expect(near(one.upper998, 22.5 + Level.percent998.z * 6 / 3.0.squareRoot()))
    #expect(near(one.standardDeviation, 13.0.squareRoot()))
    // The gain to be expected: 21 + 1 + 1.5.
    #expect(near(one.expected, 23.5))
    let nation = try #require(trial.figure(people))
    #expect(nation.value == 25 && nation.standardDeviation == 6)
  }

  @Test("response: of those measured at first, who is measured again, by whichever scale")
  func response() throws {
    var people = Self.ten
    people.append(Human(id: 20, courses: [.init(scores: ["T0": 8])]))
    people.append(Human(id: 21, courses: [.init(scores: ["T1": 8])]))
    // Two scales of one questionnaire are one questionnaire, of which one score may be missing.
    people.append(
      Human(id: 22, courses: [.init(scores: ["T0": 8]), .init(scale: "other", scores: ["T0": 1, "T1": 2])]))
    people.append(Human(id: 23, courses: [.init(instrument: "mood", scores: ["T0": 8, "T1": 8])]))
    let trial = Self.trial(.responseRate) { $0.scale = nil }
    let row = try #require(trial.figure(people))
    #expect(row.numerator == 11 && row.denominator == 12)
    #expect(near(row.value, 11.0 / 12))
    #expect(trial.figure(people, "a")?.denominator == 5)
  }

  @Test("response of all who follow the care path, when no first moment is named")
  func responseOfAll() throws {
    var people = Self.ten
    people.append(Human(id: 21, courses: [.init(scores: ["T1": 8])]))
    people.append(Human(id: 23, courses: [.init(instrument: "mood", scores: ["T0": 8])]))
    people.append(Human(id: 24, courses: [.init(path: "hip", scores: ["T0": 8])]))
    var trial = Self.trial(.responseRate) {
      $0.scale = nil
      $0.from = nil
    }
    trial.conditions = [.carePath(["knee"])]
    let row = try #require(trial.figure(people))
    #expect(row.numerator == 11 && row.denominator == 12)
  }

  /// Ten answers from 0 to 10, without a 5.
  static let answers = [10, 9, 9, 8, 7, 7, 6, 4, 10, 0].enumerated().map { number, value in
    Human(id: UInt64(number), answers: [.init(provider: number < 4 ? "p1" : "p2", value: Double(value))])
  }

  static func item(_ kind: MeasureKind, _ change: (inout Indicator.Parameters) -> Void = { _ in }) -> Trial {
    var trial = Trial(kind: kind)
    trial.parameters.instrument = "mood"
    trial.parameters.item = "1"
    trial.parameters.from = "T0"
    change(&trial.parameters)
    return trial
  }

  @Test("net promoter score")
  func promoters() throws {
    let row = try #require(Self.item(.netPromoterScore).figure(Self.answers))
    // Four promoters, three passives, three detractors.
    #expect(near(row.value, 10))
    #expect(row.numerator == 4 && row.denominator == 10)
    let limits = try #require(
      Interval.netPromoterScore(promoters: 4, passives: 3, detractors: 3, .percent95)?.limits)
    #expect(near(row.lower95, limits.lower) && near(row.upper95, limits.upper))
    #expect(Self.item(.netPromoterScore).figure(Self.answers, "p1")?.value == 75)
    #expect(Self.item(.netPromoterScore).figure(Self.answers, "NL", "2015")?.reason == "no-observations")
  }

  @Test("share of answers at or above a value, and the mean")
  func topBox() throws {
    let row = try #require(Self.item(.topBox) { $0.atLeast = 8 }.figure(Self.answers))
    #expect(row.numerator == 5 && row.value == 0.5)
    #expect(near(Self.item(.itemMean).figure(Self.answers)?.value, 7))
    #expect(near(Self.item(.itemMean).figure(Self.answers, "p1")?.value, 9))
    #expect(Self.item(.itemMean) { $0.from = "T1" }.figure(Self.answers)?.reason == "no-observations")
    #expect(Self.item(.itemMean) { $0.item = "2" }.figure(Self.answers)?.reason == "no-observations")
  }
}
