import CoreDataset
import Definitions
import Statistics
import Testing

@testable import Aggregate

@Suite("Parts of a population, and how figures are spread")
struct StrataTests {
  /// Sixty people of whom score, age, sex and answer follow from their number.
  static let people: [Human] = (0..<60).map { (number: Int) -> Human in
    let second = 50 + Double(number % 7) - 3
    let answers = number % 5 == 0 ? [] : [Human.Answer(path: "knee", value: Double(number % 2))]
    return Human(
      id: UInt64(number), birthYear: number % 10 == 9 ? nil : Int32(1940 + number),
      sex: number % 3 == 0 ? .male : .female,
      insured: [("2015-01-01", nil, 1011 + Int32(number % 2))],
      courses: [.init(provider: "p", scores: ["T0": 50, "T1": second])],
      answers: answers, providers: ["p"])
  }

  static func trial(_ kind: MeasureKind = .scoreChange) -> Trial {
    var trial = OutcomeTests.trial(kind) {
      $0.distribution = true
      $0.outcome = .improved
    }
    trial.strata = [.age(starts: [0, 40, 60]), .sex, .item(instrument: "mood", item: "1", moment: "T0", range: 0...1)]
    return trial
  }

  @Test("each part has the figure of its people, and the parts add up to the whole")
  func parts() throws {
    let rows = Self.trial().rows([Self.people])
    let nation = rows.filter { $0.layout == "nation" && $0.period == "2016" }
    let whole = try #require(nation.first { $0.stratum.isEmpty })
    #expect(whole.persons == 60)
    let names = nation.dropFirst().map { $0.stratum }
    #expect(
      names == [
        "age=0-39", "age=40-59", "age=60+", "age=unknown", "sex=male", "sex=female", "mood.1=0", "mood.1=1",
        "mood.1=unknown",
      ])
    for key in ["age", "sex", "mood.1"] {
      let parts = nation.filter { $0.stratum.hasPrefix(key + "=") }
      #expect(parts.reduce(0) { $0 + $1.persons } == 60, "\(key)")
    }
    // Those of 60 and over in 2016 were born up to 1956.
    let old = try #require(nation.first { $0.stratum == "age=60+" })
    let changes: [Double] = (0...16).filter { $0 % 10 != 9 }.map { (number: Int) -> Double in Double(number % 7) - 3 }
    #expect(old.persons == changes.count)
    #expect(near(old.value, changes.reduce(0, +) / Double(changes.count)))
    let unanswered = try #require(nation.first { $0.stratum == "mood.1=unknown" })
    #expect(unanswered.persons == 12)
    // A region has its own parts, and they are compared with the same part of the nation.
    #expect(rows.contains { $0.unit == "a" && $0.stratum == "sex=male" && $0.persons == 10 })
  }

  @Test("a part of a part of the population")
  func agesOfPopulation() throws {
    var trial = Self.trial()
    trial.conditions = [.age(from: 50, to: 64)]
    let nation = trial.rows([Self.people]).filter { $0.layout == "nation" && $0.period == "2016" }
    let all: [Int] = (0..<60).filter { $0 % 10 != 9 }.map { (number: Int) -> Int in 76 - number }
    #expect(nation.first { $0.stratum == "age=40-59" }?.persons == all.filter { (50...59).contains($0) }.count)
    #expect(nation.first { $0.stratum == "age=60+" }?.persons == all.filter { (60...64).contains($0) }.count)
    #expect(!nation.contains { $0.stratum == "age=0-39" || $0.stratum == "age=unknown" })
  }

  @Test("an equality table: mean, percentiles as R's quantile(), improved, unchanged and worsened")
  func distribution() throws {
    let tables = Self.trial().tables([Self.people])
    let row = try #require(tables.distributions.first { $0.unit == "NL" && $0.period == "2016" && $0.stratum.isEmpty })
    let changes: [Double] = (0..<60).map { (number: Int) -> Double in Double(number % 7) - 3 }.sorted()
    #expect(row.measured == 60)
    #expect(near(row.mean, changes.reduce(0, +) / 60))
    let found: [Double?] = [row.p5, row.p25, row.median, row.p75, row.p95]
    for (value, p) in zip(found, [0.05, 0.25, 0.5, 0.75, 0.95]) {
      let expected = try #require(quantile(changes, p))
      #expect(near(value, expected), "\(p)")
    }
    // The scale is better when lower.
    #expect(row.improved == changes.count { $0 < 0 } && row.unchanged == changes.count { $0 == 0 })
    #expect(row.worsened == changes.count { $0 > 0 })
    let men = try #require(
      tables.distributions.first { $0.unit == "NL" && $0.period == "2016" && $0.stratum == "sex=male" })
    #expect(men.measured == 20)
  }

  @Test("percentiles of a histogram are those of its observations")
  func quantiles() throws {
    // The worked example of definition 7: the 99th percentile of 1 to 10 and 100 is 91.
    var bins: Bins = [:]
    for value in Array(1...10) + [100] { bins[Int64(value), default: Bin()].add(x: 0, y: 0) }
    #expect(near(BinnedQuantiles(bins).quantile(0.99), 91))
    #expect(BinnedQuantiles([:]).quantile(0.5) == nil)
    bins = [7: Bin(count: 1)]
    #expect(BinnedQuantiles(bins).quantile(0) == 7 && BinnedQuantiles(bins).quantile(1) == 7)
  }
}
