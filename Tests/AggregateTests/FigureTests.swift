@testable import Aggregate
import CoreDataset
import Definitions
import TestSupport
import Testing

@Suite("Merging, comparing and targets")
struct FigureTests {
  /// People with everything, by a seed.
  static func crowd(_ seed: UInt64, count: Int) -> [Human] {
    var random = SeededRandom(seed)
    func pick<Value>(_ values: [Value]) -> Value { values[Int.random(in: 0..<values.count, using: &random)] }
    return (0..<count).map { number in
      var human = Human(id: UInt64(number), birthYear: pick([nil, 1940, 1980, 2010]), sex: pick(Sex.allCases))
      for _ in 0..<Int.random(in: 0...3, using: &random) {
        human.insured.append(
          (
            pick(["2014-05-05", "2015-06-01", "2016-02-29"]), pick([nil, "2016-03-01"]), pick([nil, 1011, 1012, 9999])
          ))
      }
      for _ in 0..<Int.random(in: 0...5, using: &random) {
        human.claims.append(
          .init(
            day: pick(["2015-02-03", "2016-02-29", "2016-12-31", "2017-01-01"]),
            cents: Int64.random(in: -500...90_000, using: &random),
            care: pick(CareType.allCases), activity: pick([nil, .consult, .admission]),
            provider: pick([nil, "x", "y"]),
            specialty: pick([nil, "0303", "0305"]), diagnosis: pick([nil, "M54", "A01"])))
      }
      human.providers = pick([[], ["p1"], ["p1", "p2"]])
      human.courses.append(
        .init(
          path: pick([nil, "knee", "hip"]), index: pick(["2015-02-01", "2016-02-01"]),
          provider: pick([nil, "p1", "p2", "p3"]),
          scores: ["T0": Double.random(in: 0...100, using: &random), "T1": Double.random(in: 0...100, using: &random)],
          predicted: ["T1": Double.random(in: 0...100, using: &random)]))
      human.answers.append(
        .init(
          day: pick(["2015-07-01", "2016-07-01"]), provider: pick([nil, "p2"]),
          value: Double(Int.random(in: 0...10, using: &random))))
      for month in [1, 2] {
        human.stays.append(
          .init(
            from: "2016-0\(month)-03", to: "2016-0\(month)-08", bedDays: 6, isUnplanned: Bool.random(using: &random),
            provider: pick([nil, "01000001", "01000002"])))
      }
      human.group = .init(
        unit: pick([nil, "a1", "b1", "c1"]), period: pick(["2015", "2016"]), sex: pick(Sex.allCases),
        ageBand: pick([nil, "00-49", "50+"]), persons: Int64.random(in: 1...25, using: &random),
        insuredYears: Double(Int.random(in: 1000...9000, using: &random)) / 100,
        cents: [pick(CareType.allCases): Int64.random(in: 0...900_000, using: &random)])
      return human
    }
  }

  static func trial(_ kind: MeasureKind) -> Trial {
    var trial = Trial(kind: kind)
    let needs = kind.parameters.all
    func named(_ name: String) -> Bool { needs.contains(name) }
    trial.parameters.instrument = named("item") ? "mood" : "ache"
    if named("scale") { trial.parameters.scale = "total" }
    if named("item") { trial.parameters.item = "1" }
    trial.parameters.from = "T0"
    trial.parameters.to = "T1"
    trial.parameters.outcome = .improved
    trial.parameters.atLeast = 8
    trial.parameters.distinct = .specialty
    trial.parameters.byCareType = kind == .costPerPersonYear
    if kind == .eventRate { trial.parameters.activities = [.admission] }
    if kind == .claimRate {
      trial.strata = [.sex, .age(starts: [0, 18])]
      trial.standard = StandardPopulation(
        id: "s", layout: "land", bandStarts: [0, 18], bands: ["0", "18"], sexes: [.male, .female],
        persons: [10, 20, 30, 40, 50, 60, 70, 80, 0, 0, 0, 0])
    }
    return trial
  }

  @Test("any split over buckets, in any order, gives equal sums and equal figures", arguments: MeasureKind.allCases)
  func splits(kind: MeasureKind) {
    let trial = Self.trial(kind)
    let people = Self.crowd(11, count: 120)
    let whole = trial.sums([people])
    let rows = trial.rows([people])
    #expect(rows.contains { $0.value != nil })
    var random = SeededRandom(5)
    for count in [2, 3, 7, 16, 64] {
      var buckets = [[Human]](repeating: [], count: count)
      for human in people.shuffled(using: &random) { buckets[Int.random(in: 0..<count, using: &random)].append(human) }
      buckets.shuffle(using: &random)
      #expect(trial.sums(buckets) == whole)
      #expect(trial.rows(buckets) == rows)
    }
  }

  @Test(
    "merging an empty bucket changes nothing; nothing but empty ones has no figure", arguments: MeasureKind.allCases)
  func empty(kind: MeasureKind) {
    let trial = Self.trial(kind)
    let people = Self.crowd(12, count: 20)
    #expect(trial.sums([people, [], []]) == trial.sums([people]))
    #expect(trial.sums([[], people]) == trial.sums([people]))
    let rows = trial.rows([[], []])
    #expect(rows.allSatisfy { $0.value == nil && $0.status == .insufficient && !$0.reason.isEmpty })
    // Subdivisions that are empty everywhere are left out; the whole is always there.
    #expect(rows.count == 2 + 4)
  }

  @Test("one person has a figure that is only indicative", arguments: MeasureKind.allCases)
  func onePerson(kind: MeasureKind) {
    let rows = Self.trial(kind).rows([Self.crowd(13, count: 1)])
    #expect(rows.allSatisfy { $0.status != .ok })
  }

  @Test("rows come nation first, then regions, then providers, in order of time")
  func order() {
    let rows = Self.trial(.scoreChange).rows([Self.crowd(11, count: 60)])
    let units = rows.map(\.unit)
    #expect(Array(units.prefix(2)) == ["NL", "NL"])
    #expect(units.filter { $0.hasPrefix("p") } == ["p1", "p1", "p2", "p2", "p3", "p3"])
    #expect(rows.map(\.period) == (0..<rows.count).map { $0 % 2 == 0 ? "2015" : "2016" })
    #expect(Set(rows.map(\.layout)) == ["nation", "land", "provider"])
    #expect(units.contains(RegionLayout.unplaced))
  }

  /// A person who costs so much in each year.
  static func costs(_ first: Int64, _ second: Int64) -> [Human] {
    [
      Human(
        id: 0, insured: [("2015-01-01", nil, 1011)],
        claims: [.init(day: "2015-01-01", cents: first), .init(day: "2016-01-01", cents: second)])
    ]
  }

  @Test("costs change by a share, the reference measurement itself does not change")
  func relativeChange() throws {
    let row = try #require(Trial(kind: .costPerPersonYear).figure(Self.costs(100_000, 85_000)))
    #expect(near(row.baselineValue, 1000))
    #expect(near(row.change, -0.15))
    let before = try #require(Trial(kind: .costPerPersonYear).figure(Self.costs(100_000, 85_000), "NL", "2015"))
    #expect(before.baselineValue == nil && before.change == nil)
    #expect(Trial(kind: .costPerPersonYear).figure(Self.costs(0, 85_000))?.change == nil)
  }

  @Test("shares and scores change by points")
  func absoluteChange() {
    var trial = Trial(kind: .itemMean)
    trial.parameters.instrument = "mood"
    trial.parameters.item = "1"
    trial.parameters.from = "T0"
    let people = [Human(id: 0, answers: [.init(day: "2015-01-01", value: 8), .init(day: "2016-01-01", value: 6)])]
    #expect(trial.figure(people)?.change == -2)
  }

  @Test(
    "a target for the change: met at the limit, not before",
    arguments: [(79_999, "met"), (80_000, "met"), (80_001, "not-met"), (120_000, "not-met")])
  func changeTarget(cents: Int64, status: String) throws {
    let target = Indicator.Target(kind: .change, threshold: Threshold(value: -0.2, why: "", since: ""), period: "2016")
    let trial = Trial(kind: .costPerPersonYear, target: target)
    let row = try #require(trial.figure(Self.costs(100_000, cents)))
    #expect(row.target == -0.2)
    #expect(row.targetStatus == status)
    #expect(trial.figure(Self.costs(100_000, cents), "NL", "2015")?.target == nil)
  }

  @Test(
    "a target for the value, lower or higher being better",
    arguments: [
      (Direction.lowerBetter, 50.0, "met"), (.lowerBetter, 49.9, "not-met"), (.higherBetter, 50, "met"),
      (.higherBetter, 50.1, "not-met"),
    ])
  func valueTarget(direction: Direction, threshold: Double, status: String) {
    let target = Indicator.Target(kind: .value, threshold: Threshold(value: threshold, why: "", since: ""), period: nil)
    let trial = Trial(kind: .costPerPersonYear, direction: direction, target: target)
    #expect(trial.figure(Self.costs(5000, 5000))?.targetStatus == status)
    #expect(trial.figure(Self.costs(5000, 5000), "NL", "2015")?.targetStatus == status)
    // No figure, no judgement; and no target for subdivisions.
    #expect(trial.figure([])?.targetStatus == nil)
  }
}
