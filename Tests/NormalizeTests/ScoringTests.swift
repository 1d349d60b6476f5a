import CoreDataset
import Definitions
import Foundation
@testable import Normalize
import TestPipelines
import TestSupport
import Testing

/// The questionnaires of the project.
enum Instruments {
  static let all: Result<[String: Instrument], any Error> = Result {
    let files = try Self.files.get()
    let names = files.keys.filter { $0.hasSuffix(".yaml") }.map { $0.dropFirst("instruments/".count) }.sorted()
    let ids = names.map { $0.dropLast(5) }.joined(separator: ", ")
    let lab = try Lab(
      changing: [("pipeline.yaml", "instruments: [ache, mood]", "instruments: [ache, mood, \(ids)]")], adding: files)
    return Dictionary(uniqueKeysWithValues: lab.pipeline.instruments.map { ($0.id, $0) })
  }

  /// The files that `all` was read from, by path in a pipeline.
  static let files: Result<[String: String], any Error> = Result {
    let folder = Shared.package.appending(path: "pipelines/instruments")
    var files: [String: String] = [:]
    for path in try FileManager.default.subpathsOfDirectory(atPath: folder.path)
    where path.hasSuffix(".yaml") || path.hasSuffix(".csv") {
      files["instruments/\(path)"] = try String(contentsOf: folder.appending(path: path), encoding: .utf8)
    }
    return files
  }

  /// The score of one scale by answers in order of the questionnaire or by item; nil is not answered.
  static func score(_ id: String, _ scale: String, _ answers: [Double?]) throws -> Scorer.Score {
    let instrument = try #require(try all.get()[id])
    #expect(answers.count == instrument.items.count, "\(id) has \(instrument.items.count) items")
    let scores = Scorer(instrument: instrument).scores(answers.map { $0 ?? .nan })
    return try #require(scores.first { $0.scale == scale })
  }

  static func score(_ id: String, _ scale: String, _ answers: [String: Double]) throws -> Scorer.Score {
    let instrument = try #require(try all.get()[id])
    for code in answers.keys { #expect(instrument.index(ofItem: code) != nil, "\(id) has no item \(code)") }
    return try score(id, scale, instrument.items.map { answers[$0.code] })
  }
}

/// Whether a score is the one that was published with so many decimals.
func isPublished(_ value: Double?, _ expected: Double, decimals: Int) -> Bool {
  guard let value else { return false }
  return abs(value - expected) <= 0.5000001 / [1, 10, 100, 1000, 10_000, 100_000, 1_000_000][decimals]
}

@Suite("Scores of published questionnaires")
struct ScoringTests {
  static func profile(_ digits: String) -> [Double?] { digits.map { $0.wholeNumberValue.map(Double.init) } }

  @Test(
    "published values of health states",
    arguments: [
      ("eq-5d-5l-nl", "11111", 1), ("eq-5d-5l-nl", "21111", 0.918), ("eq-5d-5l-nl", "55511", 0.390),
      ("eq-5d-5l-nl", "44444", -0.289), ("eq-5d-5l-nl", "55555", -0.446), ("eq-5d-3l-nl-2006", "21211", 0.861),
      ("eq-5d-3l-nl-2006", "21231", 0.298), ("eq-5d-3l-nl-2006", "21333", -0.052),
      ("eq-5d-3l-nl-2006", "33333", -0.329),
      ("eq-5d-3l-nl-2026", "12313", 0.295), ("eq-5d-3l-nl-2026", "22222", 0.521), ("eq-5d-3l-nl-2026", "33333", -0.723),
      ("eq-5d-3l-uk", "33333", -0.594), ("eq-5d-3l-uk", "11112", 0.848),
    ])
  func healthStates(instrument: String, digits: String, value: Double) throws {
    #expect(try Instruments.score(instrument, "index", Self.profile(digits)).value == value)
  }

  @Test("a health state with one dimension missing, or between two levels, has no value", arguments: 0..<5)
  func noHealthState(missing: Int) throws {
    var answers = Self.profile("21232")
    answers[missing] = nil
    let score = try Instruments.score("eq-5d-5l-nl", "index", answers)
    #expect(score.value == nil)
    #expect(score.answered == 4 && score.expected == 5)
    answers[missing] = 2.5
    #expect(try Instruments.score("eq-5d-5l-nl", "index", answers).value == nil)
  }

  static let columns = [
    ("eq5d-3l-all-profiles.csv", "TTO_UK", "eq-5d-3l-uk", 243),
    ("eq5d-3l-all-profiles.csv", "TTO_Netherlands_2006", "eq-5d-3l-nl-2006", 243),
    ("eq5d-3l-all-profiles.csv", "TTO_Netherlands_2026", "eq-5d-3l-nl-2026", 243),
    ("eq5d-5l-all-profiles.csv", "VT_Netherlands", "eq-5d-5l-nl", 3125),
    ("eq5d-5l-all-profiles.csv", "CW_Netherlands", "eq-5d-5l-nl-crosswalk", 3125),
  ]

  @Test(
    "all health states, against the R package eq5d",
    .enabled(if: Shared.isPresent, Comment(rawValue: Shared.hint)), arguments: columns)
  func allHealthStates(file: String, column: String, instrument: String, count: Int) throws {
    let table = try CSVTable(Shared.file("expected/\(file)"))
    #expect(table.rows.count == count)
    let scorer = Scorer(instrument: try #require(try Instruments.all.get()[instrument]))
    for row in table.rows {
      let digits = table.value(row, "profile")
      let expected = try #require(Double(table.value(row, column)))
      #expect(scorer.scores(Self.profile(digits).map { $0 ?? .nan })[0].value == expected, "\(digits)")
    }
  }

  @Test("half rule: four of seven are enough, three are not")
  func halfRule() throws {
    // Σ 8 over five answers, as seven: 11.2.
    let score = try Instruments.score("pdi", "total", [2, nil, 3, 1, nil, 0, 2])
    #expect(score.value == 11.2 && score.answered == 5 && score.expected == 7)
    #expect(try Instruments.score("pdi", "total", [10, 10, 10, 10, 10, 10, 10]).value == 70)
    #expect(try Instruments.score("pdi", "total", [1, 2, 3, 4, nil, nil, nil]).value == 17.5)
    #expect(try Instruments.score("pdi", "total", [1, 2, 3, nil, nil, nil, nil]).value == nil)
    #expect(try Instruments.score("pdi", "total", Array(repeating: nil, count: 7)).value == nil)
  }

  @Test("each scale of a questionnaire has its own items")
  func ownItems() throws {
    let answers: [Double?] = [3, 0, 3, 0, 3, 0, 3, 0, 3, 0, 3, 0, 3, 0]
    #expect(try Instruments.score("hads", "angst", answers).value == 21)
    #expect(try Instruments.score("hads", "depressie", answers).value == 0)
    let ruminating = try Instruments.score("pcs", "herkauwen", ["8": 4, "9": 4, "10": 4, "11": 4])
    #expect(ruminating.value == 16)
    #expect(try Instruments.score("pcs", "total", ["8": 4, "9": 4, "10": 4, "11": 4]).value == nil)
  }

  @Test("at most two of twelve hip items may be missing")
  func hip() throws {
    #expect(try Instruments.score("oxford-hip", "total", Array(repeating: 4, count: 12)).value == 48)
    var answers: [Double?] = [4, 3, 2, 1, 0, 4, 3, 2, 1, 0, 4, 3]
    #expect(try Instruments.score("oxford-hip", "total", answers).value == 27)
    answers[0] = nil
    answers[10] = nil
    #expect(try #require(try Instruments.score("oxford-hip", "total", answers).value) == 19.0 * 12 / 10)
    answers[1] = nil
    #expect(try Instruments.score("oxford-hip", "total", answers).value == nil)
  }

  @Test("a percentage of what the answered sections can give")
  func disability() throws {
    var answers = [Double?](repeating: 5, count: 10)
    #expect(try Instruments.score("odi", "total", answers).value == 100)
    answers = [1, 2, 3, 0, 1, 2, 3, 0, 1, 2]
    #expect(try Instruments.score("odi", "total", answers).value == 30)
    answers[3] = nil
    #expect(isPublished(try Instruments.score("odi", "total", answers).value, 33.333333, decimals: 6))
    answers[7] = nil
    #expect(try Instruments.score("odi", "total", answers).value == nil)
  }

  @Test("three of four symptoms, and both mental items")
  func clinical() throws {
    let answers: [String: Double] = ["1": 1, "2": 2, "5": 3, "6": 6, "3": 4, "4": 5]
    #expect(try Instruments.score("ccq", "klachten", answers).value == 3)
    #expect(try Instruments.score("ccq", "klachten", ["1": 1, "2": 2, "5": 3]).value == 2)
    #expect(try Instruments.score("ccq", "klachten", ["1": 1, "2": 2]).value == nil)
    #expect(try Instruments.score("ccq", "mentaal", answers).value == 4.5)
    #expect(try Instruments.score("ccq", "mentaal", ["3": 4]).value == nil)
    #expect(try Instruments.score("ccq", "total", answers).value == nil)
  }

  @Test(
    "sums looked up in a table, from the first to the last, complete only",
    arguments: [
      ("hoos-ps", 5, [(0, 0), (5, 20.0), (10, 37.7), (20, 100)]),
      ("koos-ps", 7, [(0, 0), (7, 27.5), (14, 40.3), (28, 100)]),
    ])
  func lookup(id: String, items: Int, expected: [(Double, Double)]) throws {
    for (sum, value) in expected {
      var rest = sum
      var answers: [Double?] = []
      for _ in 0..<items {
        answers.append(min(4, rest))
        rest -= min(4, rest)
      }
      #expect(try Instruments.score(id, "total", answers).value == value)
      answers[items - 1] = nil
      #expect(try Instruments.score(id, "total", answers).value == nil)
    }
  }

  @Test("global health: pain is recoded before the sum is looked up")
  func globalHealth() throws {
    func physical(_ pain: Double) throws -> Double? {
      try Instruments.score("promis-global-10", "lichamelijk", ["03": 2, "06": 2, "07": pain, "08": 2]).value
    }
    // Raw 9 gives 32.4: pain 4 to 6 counts for 3.
    #expect(try [4, 5, 6].map { try physical($0) } == [32.4, 32.4, 32.4])
    #expect(try physical(0) == 37.4)
    #expect(try [1, 2, 3].map { try physical($0) } == [34.9, 34.9, 34.9])
    #expect(try [7, 8, 9].map { try physical($0) } == [29.6, 29.6, 29.6])
    #expect(try physical(10) == 26.7)
    #expect(try physical(4.5) == nil)
    let mental: [String: Double] = ["02": 5, "04": 5, "05": 5, "10": 5]
    #expect(try Instruments.score("promis-global-10", "mentaal", mental).value == 67.6)
    #expect(try Instruments.score("promis-global-10", "mentaal", ["02": 1, "04": 1, "05": 1, "10": 1]).value == 21.2)
    #expect(try Instruments.score("promis-global-10", "mentaal", ["02": 1, "04": 1, "05": 1]).value == nil)
  }

  @Test("heart failure: the worked example, domains not rounded before the summary")
  func heart() throws {
    let answers: [String: Double] = [
      "1a": 1, "1b": 2, "1c": 3, "2": 2, "3": 4, "4": 1, "5": 3, "6": 1, "7": 2, "8a": 2, "8b": 4, "8c": 5,
    ]
    #expect(try Instruments.score("kccq-12", "lichamelijk", answers).value == 25)
    #expect(try Instruments.score("kccq-12", "klachten", answers).value == 31.25)
    #expect(try Instruments.score("kccq-12", "kwaliteit-van-leven", answers).value == 12.5)
    #expect(isPublished(try Instruments.score("kccq-12", "sociaal", answers).value, 66.67, decimals: 2))
    #expect(isPublished(try Instruments.score("kccq-12", "total", answers).value, 33.854167, decimals: 6))
    // Two of three, and one of two; the summary is the mean of the domains that have a score.
    #expect(try Instruments.score("kccq-12", "lichamelijk", ["1a": 1, "1b": 3]).value == 25)
    #expect(try Instruments.score("kccq-12", "lichamelijk", ["1a": 1]).value == nil)
    #expect(try Instruments.score("kccq-12", "kwaliteit-van-leven", ["6": 5]).value == 100)
    let summary = try Instruments.score("kccq-12", "total", ["6": 5, "1a": 1, "1b": 3])
    #expect(summary.value == 62.5 && summary.answered == 2 && summary.expected == 4)
    #expect(try Instruments.score("kccq-12", "total", ["1a": 1]).value == nil)
  }

  @Test("RAND-36: answers count for what the manual says, not for their number")
  func rand() throws {
    func score(_ scale: String, _ answers: [String: Double]) throws -> Double? {
      try Instruments.score("rand-36", scale, answers).value
    }
    let best = Dictionary(uniqueKeysWithValues: (3...12).map { (String($0), 3.0) })
    #expect(try score("fysiek-functioneren", best) == 100)
    #expect(try score("fysiek-functioneren", ["3": 1, "4": 2, "5": 3, "6": 1, "7": 2]) == 40)
    #expect(try score("fysiek-functioneren", ["3": 1, "4": 2, "5": 3, "6": 1]) == nil)
    #expect(try score("pijn", ["21": 1, "22": 5]) == 50)
    #expect(try score("pijn", ["21": 3]) == 60)
    #expect(try score("algemene-gezondheid", ["1": 1, "33": 1, "34": 1, "35": 1, "36": 1]) == 60)
    #expect(try score("mentale-gezondheid", ["24": 6, "25": 6, "26": 1, "28": 6, "30": 1]) == 100)
    #expect(try score("vitaliteit", ["23": 1, "27": 1, "29": 6, "31": 6]) == 100)
    #expect(try score("sociaal-functioneren", ["20": 2, "32": 4]) == 75)
    #expect(isPublished(try score("rol-emotioneel", ["17": 2, "18": 1, "19": 1]), 33.33, decimals: 2))
    #expect(try score("gezondheidsverandering", ["2": 5]) == 0)
  }

  static func small(
    _ rule: Scale.Rule, reversed: Set<Int> = [], values: [Double]? = nil, atLeast: Int = 3, personMean: Bool = false,
    decimals: Int? = nil
  ) -> Scorer {
    let items = ["a", "b", "c"].map { Instrument.Item(code: $0, minimum: 1, maximum: 5, values: values) }
    let scale = Scale(
      code: "s", name: Localized(nl: "", en: ""), items: [0, 1, 2], reversed: reversed, rule: rule,
      missing: Scale.MissingRule(atLeast: atLeast, isPersonMean: personMean), minimum: 0, maximum: 100,
      decimals: decimals, direction: .higherBetter)
    return Scorer(
      instrument: Instrument(
        id: "i", version: "1", name: Localized(nl: "", en: ""), reference: "", licence: "", items: items,
        scales: [scale]))
  }

  @Test("reversed items count from the other end, also where answers count for something else")
  func reversed() {
    #expect(Self.small(.sum, reversed: [1]).scores([1, 1, 1])[0].value == 7)
    #expect(Self.small(.sum, reversed: [0, 1, 2]).scores([1, 2, 5])[0].value == 10)
    #expect(Self.small(.mean, reversed: [2], values: [0, 10, 20, 40, 80]).scores([1, 1, 2])[0].value == 70.0 / 3)
    #expect(Self.small(.percentageOfRange, reversed: [0]).scores([1, 5, 5])[0].value == 100)
  }

  @Test("fewer answers than all: a sum as it is, or at the person's mean")
  func incomplete() {
    #expect(Self.small(.sum, atLeast: 2).scores([1, .nan, 4])[0].value == 5)
    #expect(Self.small(.sum, atLeast: 2, personMean: true).scores([1, .nan, 4])[0].value == 7.5)
    #expect(Self.small(.sum, atLeast: 2, personMean: true).scores([1, .nan, .nan])[0].value == nil)
    #expect(Self.small(.mean, atLeast: 1).scores([.nan, .nan, 4])[0].value == 4)
    #expect(Self.small(.lookup(first: 3, values: [9, 8]), atLeast: 1).scores([1, 1, .nan])[0].value == nil)
  }

  @Test("sums outside the table, and between its lines, have no score")
  func outsideTable() {
    let scorer = Self.small(.lookup(first: 4, values: [9, 8]))
    #expect(scorer.scores([1, 1, 1])[0].value == nil)
    #expect(scorer.scores([1, 1, 2])[0].value == 9)
    #expect(scorer.scores([1, 2, 2])[0].value == 8)
    #expect(scorer.scores([2, 2, 2])[0].value == nil)
    #expect(scorer.scores([1, 1.5, 2])[0].value == nil)
  }

  @Test("a delivered score is not computed")
  func delivered() {
    #expect(Self.small(.delivered).scores([1, 1, 1])[0].value == nil)
  }

  @Test(
    "halves are rounded away from zero as they stand on paper",
    arguments: [(0.0005, 0.001), (0.5945, 0.595), (1.0045, 1.005), (0.0004, 0)])
  func rounding(decrement: Double, rounded: Double) {
    let zero = [0.0, 0, 0, 0, 0]
    let scorer = Self.small(
      .valueSet(start: 0, anyProblem: decrement, anyWorst: 0, decrements: [zero, zero, zero]), decimals: 3)
    #expect(scorer.scores([1, 1, 2])[0].value == -rounded)
    #expect(scorer.scores([1, 1, 1])[0].value == 0)
  }
}
