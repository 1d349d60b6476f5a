@testable import Aggregate
import CoreDataset
import Definitions
import Foundation
import TestSupport
import Testing

@Suite("Any split into buckets, merged in any order, gives the same bytes")
struct SplitTests {
  /// People with something of everything.
  static func people(_ random: inout SeededRandom, _ count: Int = 300) -> [Human] {
    (0..<count).map { number in
      var human = Human(
        id: UInt64(number), birthYear: Int32.random(in: 1930...1990, using: &random),
        sex: Bool.random(using: &random) ? .male : .female)
      human.insured = [("2015-01-01", nil, Int32.random(in: 1011...1013, using: &random))]
      for _ in 0..<Int.random(in: 0...5, using: &random) {
        human.claims.append(
          .init(
            day: "201\(Int.random(in: 5...6, using: &random))-0\(Int.random(in: 1...9, using: &random))-11",
            cents: Int64.random(in: -1000...1_000_000, using: &random), care: .generalPractice,
            activity: Bool.random(using: &random) ? .emergencyVisit : .consult,
            provider: "0100000\(Int.random(in: 1...5, using: &random))",
            specialty: "03\(Int.random(in: 10...19, using: &random))"))
      }
      for month in 1...Int.random(in: 1...4, using: &random) {
        human.stays.append(
          .init(
            from: "201\(Int.random(in: 5...6, using: &random))-0\(2 * month)-03",
            to: "2016-0\(2 * month)-09", bedDays: Int32.random(in: 1...7, using: &random),
            isUnplanned: Bool.random(using: &random), provider: "0100000\(Int.random(in: 1...3, using: &random))"))
      }
      let provider = "p\(Int.random(in: 1...7, using: &random))"
      human.providers = [provider]
      let before = Double(Int.random(in: 0...1000, using: &random)) / 10
      let change = Double(Int.random(in: -300...300, using: &random)) / 10
      human.courses = [
        .init(
          provider: provider, scores: ["T0": before, "T1": min(100, max(0, before + change))],
          predicted: ["T1": before + 1.25])
      ]
      human.answers = [
        .init(
          path: "knee", provider: provider, value: Double(Int.random(in: 0...10, using: &random)))
      ]
      return human
    }
  }

  static func trial(_ kind: MeasureKind) -> Trial {
    var trial = OutcomeTests.trial(kind) {
      $0.outcome = .improved
      $0.standardiser = .baseline
      $0.referenceDeviation = Threshold(value: 10, why: "", since: "")
      $0.reliability = Threshold(value: 0.8, why: "", since: "")
      if kind == .noRoom { $0.threshold = Threshold(value: 10, why: "", since: "") }
      $0.distinct = .specialty
      $0.careTypes = kind == .costShare ? [.generalPractice] : []
      $0.activities = kind == .eventRate || kind == .activityShare ? [.emergencyVisit] : []
      if kind == .waitingTime {
        $0.starts = [.emergencyVisit]
        $0.activities = [.consult]
        $0.norm = Threshold(value: 60, why: "", since: "")
        $0.cleanDays = Threshold(value: 0, why: "", since: "")
      }
      $0.byCareType = true
      $0.byCareLine = kind == .costPerPersonYear
      $0.distribution = true
      $0.among = kind == .activityShare ? [.consult] : []
      $0.withinDays = 365
      if [.itemMean, .topBox, .bottomBox, .netPromoterScore].contains(kind) {
        $0.instrument = "mood"
        $0.item = "1"
        $0.from = "T0"
        $0.atLeast = 8
        $0.atMost = 5
      }
      $0.caseMix = CaseMixSpec(
        age: .init([0, 50, 70], reference: 50), sex: .female,
        items: [CaseMixSpec.Item("1", of: "mood", at: "T0", range: 0...10, reference: 5)])
    }
    if kind.parameters.needs == .groupTotals {
      trial.strata = [.age(starts: [0, 50]), .sex]
    } else if kind == .claimRate {
      trial.strata = [.age(starts: [0, 40, 60]), .sex]
    } else {
      trial.strata = [
        .age(starts: [0, 40, 60]), .sex, .item(instrument: "mood", item: "1", moment: "T0", range: 0...10),
      ]
    }
    if kind.reasonAgainstOtherPopulation == nil {
      trial.populations = [Population(id: "women", version: "1", name: Trial.text, conditions: [.sex([.female])])]
      trial.series.comparedPopulation = "women"
    }
    if let chance = kind.chance {
      trial.comparison = ComparisonSpec(limits: chance == .mean ? .normal : .exact, overDispersion: .additive)
    }
    return trial
  }

  static func bytes(_ tables: IndicatorTables) throws -> [String: Data] {
    let folder = try TemporaryFolder()
    try ResultFiles.write(tables, to: folder.url)
    var files: [String: Data] = [:]
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.url.path) {
      files[name] = try Data(contentsOf: folder.file(name))
    }
    return files
  }

  @Test(arguments: MeasureKind.allCases) func splits(_ kind: MeasureKind) throws {
    try Self.check(kind, Self.trial(kind))
  }

  @Test("cost that is cut off at a percentile of the nation") func truncated() throws {
    var trial = Self.trial(.costPerPersonYear)
    trial.parameters.byCareType = false
    trial.parameters.byCareLine = false
    trial.parameters.truncateAt = Threshold(value: 0.9, why: "", since: "")
    try Self.check(.costPerPersonYear, trial)
  }

  static func check(_ kind: MeasureKind, _ trial: Trial) throws {
    var random = SeededRandom(20_260_101)
    let people = Self.people(&random)
    let whole = trial.tables([people])
    let bytes = try Self.bytes(whole)
    // There is something to compare, but for rates that need a standard population.
    #expect(whole.rows.count { $0.value != nil } > 5 || kind.chance == nil)
    if kind == .modelledGain || kind == .modelledShare {
      #expect(whole.models.contains { $0.term == "score" && $0.estimate != nil })
    }
    let keys = Set(trial.strata.map { Substring($0.key) })
    if kind.parameters.needs != .groupTotals {
      #expect(Set(whole.rows.map { $0.stratum.prefix { $0 != "=" } }).isSuperset(of: keys))
    }
    if kind.reasonAgainstOtherPopulation == nil {
      // The people answer in one year only, and have claims in both.
      #expect(whole.differences.contains { $0.difference != nil || !$0.reason.isEmpty })
      #expect(kind.parameters.needs != .claimsAndInsuredPeriods || whole.differences.contains { $0.lower95 != nil })
    }
    for count in [1, 2, 3, 7, 16, 64] {
      var buckets = [[Human]](repeating: [], count: count)
      for human in people.shuffled(using: &random) {
        buckets[Int.random(in: 0..<count, using: &random)].append(human)
      }
      let split = try Self.bytes(trial.tables(buckets.shuffled(using: &random)))
      #expect(Set(split.keys) == Set(bytes.keys))
      for (name, data) in bytes { #expect(split[name] == data, "\(kind.rawValue) \(name) in \(count) buckets") }
    }
  }
}
