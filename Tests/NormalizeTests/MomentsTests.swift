import Definitions
import Foundation
import TestPipelines
import TestSupport
import Testing
import Workspace

@Suite("Which measurement counts")
struct MomentsTests {
  static let windows = """
    ignore: ["*.txt"]
    moments:
      - {moment: T1, target: 182, from: 120, to: 270}
      - {moment: T0, target: 0, from: -30, to: 14}
    """
  static let inPipeline = (file: "pipeline.yaml", from: "ignore: [\"*.txt\"]", to: windows)
  static let unlabelled = (
    file: "sources/long.yaml", from: "  moment: {column: moment, required: true}\n", to: ""
  )

  /// Two answers of a response of person 0; the index date is 2016-03-01.
  static func response(_ id: String, _ day: String, moment: String = "T1", items: Int = 2, person: Int = 0) -> String {
    (1...items).map { "\(id),\(Persons.number(person)),A,\(moment),\(day),\($0),3\n" }.joined()
  }

  static func moments(_ lab: Lab, _ run: RunFolder) throws -> [String] {
    try lab.core("response", run).map { "\($0["moment"] ?? "") \($0["completed_on"] ?? "")" }.sorted()
  }

  @Test(
    "a measurement without a label belongs to the window that its day lies in; outside, it is counted and set aside")
  func byWindow() throws {
    let lab = try Lab(changing: [Self.inPipeline, Self.unlabelled])
    let days = ["2016-02-20", "2016-09-02", "2016-05-01", "2016-06-29", "2016-11-27"]
    let text = days.enumerated().map { Self.response("r\($0)", $1, person: $0) }.joined()
    try lab.deliver("long.csv", longHeader + text + Self.response("r9", "", person: 9))
    let (manifest, run) = try lab.normalize()
    // Days -10, 185, 61, 120 and 271 after the index date, and none.
    #expect(try Self.moments(lab, run) == ["T0 2016-02-20", "T1 2016-06-29", "T1 2016-09-02"])
    let rows = try lab.quarantine(run)
    #expect(rows.compactMap { $0["reason"] }.sorted() == ["no-moment", "outside-window", "outside-window"])
    #expect(rows.compactMap { $0["value"] }.sorted() == ["day 271", "day 61"])
    #expect(rows.first { $0["value"] == "day 61" }?["expected"]?.contains("T1 (day 120 to 270)") == true)
    #expect(rows.allSatisfy { $0["scope"] == "value" })
    #expect(manifest.deliveries[0].valuesSetAside == 3 && manifest.deliveries[0].accepted == 12)
  }

  @Test("a label stands, unless its day lies outside the window of that moment")
  func labelled() throws {
    let lab = try Lab(changing: [Self.inPipeline])
    let text = Self.response("r1", "2016-09-02") + Self.response("r2", "2016-03-20", person: 1)
    try lab.deliver("long.csv", longHeader + text + Self.response("r3", "", person: 2))
    let run = try lab.normalize().run
    #expect(try Self.moments(lab, run) == ["T1 ", "T1 2016-09-02"])
    #expect(try lab.quarantine(run).map { $0["reason"] } == ["outside-window"])
  }

  @Test("an instrument's own windows go before those of the pipeline")
  func ownWindows() throws {
    let own = "licence: free\nmoments:\n  - {moment: T1, target: 61, from: 50, to: 70}\n"
    let ache = (file: "instruments/ache.yaml", from: "licence: free\n", to: own)
    let lab = try Lab(changing: [Self.inPipeline, Self.unlabelled, ache])
    try lab.deliver("long.csv", longHeader + Self.response("r1", "2016-05-01") + Self.response("r2", "2016-09-02"))
    let run = try lab.normalize().run
    #expect(try Self.moments(lab, run) == ["T1 2016-05-01"])
  }

  @Test("columns without a label too; what is set aside is said of the column with the day")
  func columnsByWindow() throws {
    let survey = (file: "sources/survey.yaml", from: "moment: P0, completed-on: day", to: "completed-on: filled")
    let lab = try Lab(changing: [Self.inPipeline, survey])
    try lab.deliver("survey.csv", "day,filled,mark\n2016-01-01,2016-01-10,7\n2016-01-01,2016-03-01,8\n")
    let run = try lab.normalize().run
    #expect(try Self.moments(lab, run) == ["T0 2016-01-10"])
    let row = try #require(try lab.quarantine(run).first)
    #expect(row["reason"] == "outside-window" && row["column"] == "filled" && row["value"] == "day 60")
  }

  /// Days from the target of T1, 2016-08-30, and items of two responses; which one counts.
  static let pairs: [(first: (String, Int), second: (String, Int), kept: String)] = [
    (("2016-08-25", 2), ("2016-09-02", 1), "2016-09-02"), (("2016-08-28", 1), ("2016-09-01", 2), "2016-09-01"),
    (("2016-09-01", 2), ("2016-08-28", 2), "2016-08-28"),
  ]

  @Test("nearest to the target, then most items, then earliest", arguments: pairs, [true, false])
  func duplicates(pair: (first: (String, Int), second: (String, Int), kept: String), isInOrder: Bool) throws {
    let lab = try Lab(changing: [Self.inPipeline])
    let both = [("r1", pair.first), ("r2", pair.second)].map { Self.response($0, $1.0, items: $1.1) }
    try lab.deliver("long.csv", longHeader + (isInOrder ? both : both.reversed()).joined())
    let (manifest, run) = try lab.normalize()
    #expect(try Self.moments(lab, run) == ["T1 \(pair.kept)"])
    #expect(try lab.core("score", run).count == 1)
    #expect(try lab.quarantine(run).map { $0["reason"] } == ["duplicate-response"])
    #expect(manifest.deliveries[0].valuesSetAside == 1)
  }

  @Test("without windows the one with most items counts, over deliveries too; other persons and instruments stay")
  func withoutWindows() throws {
    let lab = try Lab()
    try lab.deliver("long-1.csv", longHeader + Self.response("r1", "2016-09-01", items: 1))
    try lab.deliver(
      "long-2.csv",
      longHeader + Self.response("r1", "2016-09-02") + Self.response("r2", "2016-09-02", person: 1)
        + "r3,\(Persons.number(0)),M,T1,2016-09-02,1,5\n")
    let run = try lab.normalize().run
    let kept = try lab.core("response", run).map { "\($0["instrument"] ?? "") \($0["completed_on"] ?? "")" }.sorted()
    #expect(kept == ["ache 2016-09-02", "ache 2016-09-02", "mood 2016-09-02"])
    #expect(try lab.quarantine(run).map { $0["delivery"] } == ["long-1.csv"])
  }
}

@Suite("Answers that contradict, lie outside, or differ from what was delivered")
struct AnswerRuleTests {
  private func lab(_ key: String) throws -> Lab {
    try Lab(changing: [("instruments/ache.yaml", "licence: free\n", "licence: free\n\(key)\n")])
  }

  @Test(
    "of two answers to one question none, the worse or the first counts, as the questionnaire says",
    arguments: [("double-answer: missing", nil), ("double-answer: worst", "11.0"), ("double-answer: first", "6.0")])
  func doubleAnswer(key: String, total: String?) throws {
    let lab = try lab(key)
    let answers = [("1", "4"), ("2", "2"), ("1", "9"), ("2", "2"), ("1", "3")]
    let text = answers.map { "r1,\(Persons.number(0)),A,T0,2016-03-02,\($0),\($1)\n" }.joined()
    try lab.deliver("long.csv", longHeader + text)
    let run = try lab.normalize().run
    let score = try #require(try lab.core("score", run).first)
    #expect(score["value"] == total)
    #expect(score["reason"] == (total == nil ? "too-few-answers" : nil))
    let rows = try lab.quarantine(run)
    #expect(!rows.isEmpty && rows.allSatisfy { $0["reason"] == "double-answer" && $0["column"] == "ache 1" })
  }

  @Test("where higher is better the lower answer is the worse")
  func worstOfMood() throws {
    let lab = try Lab(
      changing: [("instruments/mood.yaml", "licence: free\n", "licence: free\ndouble-answer: worst\n")])
    let text = ["8", "3"].map { "r1,\(Persons.number(0)),M,T0,2016-03-02,1,\($0)\n" }.joined()
    try lab.deliver("long.csv", longHeader + text)
    #expect(try lab.core("score", lab.normalize().run).map { $0["value"] } == ["3.0"])
  }

  @Test("an answer out of range takes the response with it where the questionnaire says so")
  func outOfRange() throws {
    let lab = try lab("out-of-range: response")
    let person = Persons.number(0)
    try lab.deliver("long.csv", longHeader + "r1,\(person),A,T0,2016-03-02,1,4\nr1,\(person),A,T0,2016-03-02,2,11\n")
    let (manifest, run) = try lab.normalize()
    #expect(manifest.coreRows["response"] == 0 && manifest.coreRows["score"] == 0)
    #expect(try lab.quarantine(run).map { $0["reason"] } == ["out-of-range"])
  }

  @Test(
    "a delivered score that is not the computed one, as far as its decimals go, is a finding; the computed one counts",
    arguments: [("7", false), ("7.0", false), ("8", true), ("6.9", true), ("7.4", true)])
  func delivered(score: String, differs: Bool) throws {
    let lab = try Lab()
    try lab.deliver("wide.csv", wideHeader + "\(Persons.number(0)),K,2015-03-01,p1,,,,,2015-09-01,3,4,,\(score)\n")
    let (manifest, run) = try lab.normalize()
    let row = try #require(try lab.core("score", run).first)
    #expect(row["value"] == "7.0" && row["status"] == "computed")
    let findings = try lab.quarantine(run)
    #expect(findings.map { $0["reason"] } == (differs ? ["score-differs"] : []))
    #expect(findings.allSatisfy { $0["column"] == "given" && $0["expected"] == "7.0, as the items give" })
    #expect(manifest.deliveries[0].valuesSetAside == (differs ? 1 : 0))
  }

  @Test("33.85 is 33.854167 rounded; 33.84 is not")
  func roundedDelivery() throws {
    let differing = try ["3.3", "3", "3.33", "3.34", "3.4"].map { given -> Bool in
      let lab = try Lab(
        changing: [
          ("instruments/ache.yaml", "rule: sum\n    range: [0, 20]", "rule: percentage-of-range\n    range: [0, 100]")
        ])
      try lab.deliver(
        "wide.csv", wideHeader + "\(Persons.number(0)),K,2015-03-01,p1,,,,,2015-09-01,0,0.666666,,\(given)\n")
      return try !lab.quarantine(lab.normalize().run).isEmpty
    }
    #expect(differing == [false, false, false, true, true])
  }

  @Test("where there is no rule the delivered score counts, if it can be one")
  func deliveredOnly() throws {
    let lab = try Lab(changing: [("instruments/ache.yaml", "rule: sum", "rule: delivered")])
    let given = ["7.5", "21", ""].enumerated().map {
      "\(Persons.number($0)),K,2015-03-01,p1,,,,,2015-09-01,3,4,,\($1)\n"
    }
    try lab.deliver("wide.csv", wideHeader + given.joined())
    let run = try lab.normalize().run
    let scores = try lab.core("score", run).sorted { ($0["record"] ?? "") < ($1["record"] ?? "") }
    #expect(scores.map { $0["value"] } == ["7.5", nil, nil])
    #expect(scores.map { $0["status"] } == ["delivered", "incomplete", "incomplete"])
    #expect(scores.map { $0["reason"] } == [nil, "not-delivered", "not-delivered"])
    #expect(try lab.quarantine(run).map { $0["reason"] } == ["out-of-range"])
  }

  @Test("a score is converted to an instrument that the pipeline has too")
  func crosswalk() throws {
    let lab = try Lab(
      changing: [
        (
          "instruments/ache.yaml", "direction: lower-better",
          """
          direction: lower-better
          crosswalks:
            - {scale: total, to: {instrument: mood, scale: total}, start: 10, factor: -0.5, reference: made up}
          """
        )
      ])
    try lab.deliver("wide.csv", wideHeader + "\(Persons.number(0)),K,2015-03-01,p1,2015-03-02,3,4,,,,,,\n")
    let scores = try lab.core("score", lab.normalize().run)
    #expect(
      scores.map { "\($0["instrument"] ?? "") \($0["value"] ?? "") \($0["status"] ?? "")" } == [
        "ache 7.0 computed", "mood 6.5 converted",
      ])
  }

  /// One below the lowest and one above the highest answer of every item of every questionnaire.
  @Test("an answer out of range is set aside, whatever the questionnaire")
  func everyItem() throws {
    let instruments = try Instruments.all.get().values.filter { !$0.items.isEmpty }
    let ids = instruments.map(\.id).sorted().joined(separator: ", ")
    let lab = try Lab(
      changing: [
        ("pipeline.yaml", "instruments: [ache, mood]", "instruments: [\(ids)]"),
        (
          "sources/long.yaml", "{column: list, codes: {A: ache, M: mood}, unknown: reject, required: true}",
          "{column: list}"
        ),
      ], adding: try Instruments.files.get())
    var text = longHeader
    var count = 0
    for instrument in instruments {
      for item in instrument.items {
        for answer in [item.minimum - 1, item.maximum + 1] {
          count += 1
          text += "r\(count),\(Persons.number(0)),\(instrument.id),T0,2016-03-02,\(item.code),\(answer)\n"
        }
      }
    }
    try lab.deliver("long.csv", text)
    let (manifest, run) = try lab.normalize()
    #expect(manifest.coreRows["answer"] == 0)
    let rows = try lab.quarantine(run).filter { $0["reason"] == "out-of-range" }
    #expect(rows.count == count && count > 500)
  }
}
