import Definitions
import Foundation
import TestSupport
import Testing

/// The questionnaires of the project: each loads, and its rules give the scores that others print.
@Suite struct InstrumentsTests {
  /// All questionnaires, loaded by a pipeline that names them all.
  static func all() throws -> [Instrument] {
    let folder = Shared.package.appending(path: "pipelines/instruments")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".yaml") }
      .sorted()
    var pipeline = SmallPipeline()
    for name in names {
      pipeline.files["instruments/\(name)"] = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
    }
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.appending(path: "tables").path) {
      let path = "tables/\(name)"
      pipeline.files["instruments/\(path)"] = try String(contentsOf: folder.appending(path: path), encoding: .utf8)
    }
    let ids = names.map { $0.dropLast(5) }.joined(separator: ", ")
    try pipeline.edit("pipeline.yaml", "[pain]", "[pain, \(ids)]")
    #expect(try pipeline.problems() == [])
    return try pipeline.load().instruments
  }

  /// Scores by the letter of the rules, slowly: the answers in order of the scale's items, nil where missing.
  private func computed(_ scale: Scale, _ instrument: Instrument, _ answers: [Double?]) -> Double? {
    let values = zip(scale.items, answers).map { position, answer -> Double? in
      guard let answer else { return nil }
      let item = instrument.items[position]
      let value = item.values?[Int(answer - item.minimum)] ?? answer
      return scale.reversed.contains(position) ? item.lowestValue + item.highestValue - value : value
    }
    let known = values.compactMap(\.self)
    guard known.count >= scale.missing.atLeast else { return nil }
    let sum = known.reduce(0, +)
    switch scale.rule {
    case .sum: return scale.missing.isPersonMean ? sum / Double(known.count) * Double(values.count) : sum
    case .mean: return sum / Double(known.count)
    case .lookup(let first, let table): return table[Int(sum) - first]
    case .valueSet(let start, let anyProblem, let anyWorst, let decrements):
      let taken = zip(decrements, known).reduce(0) { $0 + $1.0[Int($1.1) - 1] }
      let isWorst = zip(scale.items, known).contains { instrument.items[$0].maximum == $1 }
      return start - taken - (known.contains { $0 > 1 } ? anyProblem : 0) - (isWorst ? anyWorst : 0)
    case .percentageOfRange:
      let answered = zip(scale.items, answers).filter { $0.1 != nil }.map { instrument.items[$0.0] }
      let low = answered.reduce(0) { $0 + $1.lowestValue }
      return 100 * (sum - low) / (answered.reduce(0) { $0 + $1.highestValue } - low)
    case .stateTable, .meanOfScales, .delivered: return nil
    }
  }

  /// R package eq5d (MIT), its tests; Dolan 1997 for the United Kingdom.
  @Test func valueSets() throws {
    let instruments = try Self.all()
    let cases: [(String, String, Double)] = [
      ("eq-5d-5l-nl", "11111", 1), ("eq-5d-5l-nl", "21111", 0.918), ("eq-5d-5l-nl", "55511", 0.390),
      ("eq-5d-5l-nl", "44444", -0.289), ("eq-5d-5l-nl", "55555", -0.446), ("eq-5d-3l-nl-2006", "21211", 0.861),
      ("eq-5d-3l-nl-2006", "21231", 0.298), ("eq-5d-3l-nl-2006", "21333", -0.052),
      ("eq-5d-3l-nl-2006", "33333", -0.329), ("eq-5d-3l-nl-2026", "12313", 0.295),
      ("eq-5d-3l-nl-2026", "22222", 0.521), ("eq-5d-3l-nl-2026", "33333", -0.723), ("eq-5d-3l-uk", "21221", 0.691),
      ("eq-5d-3l-uk", "22231", 0.055), ("eq-5d-3l-uk", "11211", 0.883), ("eq-5d-3l-uk", "33333", -0.594),
    ]
    for (id, profile, expected) in cases {
      let instrument = try #require(instruments.first { $0.id == id })
      let scale = try #require(instrument.scale("index"))
      let score = try #require(computed(scale, instrument, profile.map { $0.wholeNumberValue.map(Double.init) }))
      #expect(abs(score - expected) < 1e-9, "\(id) \(profile): \(score)")
    }
  }

  /// Worked cases of awell-score (MIT) and of the methods.
  @Test func scales() throws {
    let instruments = try Self.all()
    let rand: [Double?] = [21, 22].map { _ in 3 }
    let cases: [(String, String, [Double?], Double?)] = [
      ("kccq-12", "lichamelijk", [1, 2, 3], 25), ("kccq-12", "klachten", [2, 4, 1, 3], 31.25),
      ("kccq-12", "kwaliteit-van-leven", [1, 2], 12.5), ("kccq-12", "sociaal", [2, 4, 5], 200.0 / 3),
      ("kccq-12", "lichamelijk", [1, nil, nil], nil), ("rand-36", "pijn", rand, 55),
      ("pdi", "total", [2, nil, 3, 1, nil, 0, 2], 11.2), ("pdi", "total", [2, nil, 3, 1, nil, nil, nil], nil),
      ("promis-global-10", "lichamelijk", [1, 2, 4, 3], 32.4), ("promis-global-10", "lichamelijk", [5, 5, 0, 5], 67.7),
      ("promis-global-10", "lichamelijk", [1, 1, 10, 1], 16.2), ("hoos-ps", "total", [4, 4, 4, 4, 4], 100),
      ("koos-ps", "total", [1, 0, 0, 0, 0, 0, 0], 5.6), ("oxford-hip", "total", Array(repeating: 3, count: 12), 36),
      ("odi", "total", [5, 5, 5, 5, 5, 0, 0, 0, 0, nil], 500.0 / 9),
    ]
    for (id, code, answers, expected) in cases {
      let instrument = try #require(instruments.first { $0.id == id })
      let scale = try #require(instrument.scale(code))
      let score = computed(scale, instrument, answers)
      if let expected {
        #expect(abs(try #require(score) - expected) < 1e-9, "\(id) \(code)")
      } else {
        #expect(score == nil, "\(id) \(code)")
      }
    }
  }

  /// No item is left without a scale by mistake, and every important change has a reference with a year.
  @Test func everyScaleIsComplete() throws {
    // Single questions that belong to no scale.
    let single = ["prem-pijn cijfer", "prem-pijn aanbevelen", "promis-global-10 01", "promis-global-10 09"]
    for instrument in try Self.all() where instrument.id != "pain" {
      let used = Set(instrument.scales.flatMap(\.items))
      for (position, item) in instrument.items.enumerated() where !used.contains(position) {
        #expect(single.contains("\(instrument.id) \(item.code)"), "\(instrument.id) \(item.code)")
      }
      for scale in instrument.scales {
        guard let change = scale.minimalImportantChange else { continue }
        #expect(change.why.contains(change.since), "\(instrument.id) \(scale.code): \(change.why)")
      }
    }
  }

  /// LOINC LL358-3: the answers to the nine questions, and the codes of the questions and the total.
  @Test func codesOfOtherSystems() throws {
    let instrument = try Instrument.load(
      file: Shared.package.appending(path: "pipelines/instruments/phq-9.yaml"))
    #expect(instrument.loinc == "44249-1")
    #expect(instrument.index(ofLOINC: "44250-9") == 0 && instrument.index(ofLOINC: "44260-8") == 8)
    #expect(instrument.index(ofLOINC: "44261-6") == nil && instrument.scale(ofLOINC: "44261-6") == "total")
    #expect(Set(instrument.items.compactMap(\.loinc)).count == 9)
    for item in instrument.items {
      #expect(item.answerCodes == ["LA6568-5": 0, "LA6569-3": 1, "LA6570-1": 2, "LA6571-9": 3])
    }
  }

  @Test func folderAndFile() throws {
    let folder = Shared.package.appending(path: "pipelines/instruments")
    let all = try Instrument.loadAll(folder: folder)
    #expect(all.count >= 45 && all.map(\.id).contains("phq-9"))
    for instrument in all {
      for crosswalk in instrument.crosswalks {
        #expect(all.first { $0.id == crosswalk.toInstrument }?.scale(crosswalk.toScale) != nil, "\(instrument.id)")
      }
    }
    let old = try #require(all.first { $0.id == "oxford-hip-1996" }?.crosswalks.first)
    #expect(old.converted(12) == 48 && old.converted(60) == 0)
    #expect(throws: DefinitionErrors.self) { try Instrument.load(file: folder.appending(path: "none.yaml")) }
  }

  /// Windows let sources leave the moment out, in columns and in records.
  @Test func windowsInsteadOfLabels() throws {
    var pipeline = SmallPipeline()
    let windows = "moments: [{moment: T1, target: 182, from: 90, to: 270}, {moment: T0, target: 0, from: -30, to: 30}]"
    try pipeline.edit("pipeline.yaml", "buckets: 4", "buckets: 4\n\(windows)")
    try pipeline.edit("sources/answers.yaml", "moment: T0, items", "items")
    let needsDay = "without a moment it needs \"completed-on\": the day says which moment it is"
    #expect(try pipeline.problems() == ["sources/answers.yaml:11:5: \(needsDay)"])
    try pipeline.edit("sources/answers.yaml", "items: \"before_", "completed-on: day, items: \"before_")
    let loaded = try pipeline.load()
    #expect(loaded.moments.map(\.moment) == ["T0", "T1"])
    #expect(loaded.moments[0].days == -30...30 && loaded.moments[1].target == 182)
    #expect(
      loaded.sources.first { $0.id == "answers" }?.questionnaires.map(\.moment) == [MomentWindow.unlabelled, "T1"])
  }

  /// A table of states has each of them once, with a number.
  @Test func stateTables() throws {
    var pipeline = SmallPipeline()
    try pipeline.edit("instruments/pain.yaml", "range: [0, 10]", "range: [1, 2]")
    try pipeline.edit("instruments/pain.yaml", "rule: sum", "rule: {state-table: states.csv}")
    try pipeline.edit("instruments/pain.yaml", ", person-mean: true", "")
    try pipeline.edit("instruments/pain.yaml", "range: [0, 20]", "range: [-1, 1]")
    #expect(try pipeline.problems() == ["instruments/pain.yaml:11:25: there is no file instruments/states.csv"])
    pipeline.files["instruments/states.csv"] = "state;value\n11;1\n12;0.5\n21;0.25\n22;-1\n"
    let scale = try #require(try pipeline.load().instruments.first?.scales.first)
    #expect(scale.rule == .stateTable(values: [1, 0.5, 0.25, -1]))
    pipeline.files["instruments/states.csv"] = "state;value\n11;1\n12;a\n13;0.25\n22;-1\n22;-1\n"
    #expect(
      try pipeline.problems() == [
        "instruments/pain.yaml:11:25: expected a value for each of 4 states, found 2",
        "instruments/states.csv:3:1: expected a number, found \"a\"",
        "instruments/states.csv:4:1: expected a state of 2 answers, found \"13\"",
        "instruments/states.csv:6:1: state \"22\" occurs twice",
      ])
  }
}
