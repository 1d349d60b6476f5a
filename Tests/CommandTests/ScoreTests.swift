import Foundation
import TestSupport
import Testing

/// Scoring by hand, and the list of questionnaires.
struct ScoreTests {
  static let instruments = Shared.package.appending(path: "pipelines/instruments").path

  /// Scores of a file with this text.
  private func score(_ instrument: String, _ text: String, _ more: String...) throws -> CommandOutcome {
    let folder = try TemporaryFolder()
    let file = folder.url.appending(path: "answers.csv")
    try Data(text.utf8).write(to: file)
    return try Spiegel.start(["score", instrument, file.path, "--instruments", Self.instruments] + more).outcome()
  }

  static let heart = """
    id;1a;1b;1c;2;3;4;5;6;7;8a;8b;8c;=total
    p1;1;2;3;2;4;1;3;1;2;2;4;5;33,85
    p2;;;3;2;;;;9;5;a;;;50

    """

  @Test func workingIsShown() throws {
    let outcome = try score("kccq-12", Self.heart)
    #expect(outcome.exitCode == 0 && outcome.errors.isEmpty)
    for line in [
      "line 2, p1", "  klachten: 31.25 (0 to 100, higher is better); 4 of 4 answered; computed",
      "    items 2=2→25; 3=4→50; 4=1→0; 5=3→50", "    mean 125 / 4 = 31.25",
      "    mean of scales (25 + 31.25 + 12.5 + 66.666667) / 4", "    delivered 33.85: the same",
      "  item 6 9 is out of range, expected 1 to 5: set aside",
      "  item 8a \"a\" is not an answer, expected 1 to 5: set aside", "    items 6=–; 7=5→100",
      "    delivered 50: differs from the computed score",
    ] { #expect(outcome.output.components(separatedBy: "\n").contains(line), "\(line)") }
    #expect(outcome.output.contains("0 of 3 answered; too few answers, at least 2 are needed"))
  }

  @Test func linesOfCSV() throws {
    let outcome = try score("kccq-12", Self.heart, "--format", "csv")
    let lines = outcome.output.split(separator: "\r\n").map(String.init)
    #expect(lines.first == "line,id,instrument,scale,value,answered,expected,status,reason,delivered,agrees")
    #expect(lines.count == 1 + 2 * 5)
    #expect(lines[1] == "2,p1,kccq-12,lichamelijk,25.0,3,3,computed,,,")
    #expect(lines[5].hasSuffix(",4,4,computed,,33.85,yes"))
    #expect(lines[6] == "3,p2,kccq-12,lichamelijk,,1,3,incomplete,too-few-answers,,")
    #expect(lines[10] == "3,p2,kccq-12,total,100.0,1,4,computed,,50.0,no")
  }

  /// What each rule looks like on paper.
  static let rules = [
    (
      "eq-5d-3l-nl-2006", "MO,ZZ,DA,PK,AD\n2,1,2,3,1\n",
      "1 − 0.036 (MO) − 0.032 (DA) − 0.329 (PK) − 0.071 (any problem) − 0.234 (any worst) = 0.298, to 3 decimals 0.298"
    ),
    ("pdi", "1,2,3,4,5,6,7\n2,,3,1,,0,2\n", "sum 8 × 7 / 5 = 11.2"),
    ("odi", "1,2,3,4,5,6,7,8,9,10\n5,5,5,5,5,0,0,0,0,\n", "100 × (25 − 0) / (45 − 0) = 55.555556"),
    ("promis-slaap-4a", "sleep109,sleep116,sleep20,sleep44\n4,5,3,1\n", "sum 7, in the table 43.8"),
    (
      "promis-slaap-4a", "sleep109,sleep116,sleep20,sleep44\n4,5,3,1\n",
      "items sleep109 (reversed)=4→2; sleep116 (reversed)=5→1; sleep20=3; sleep44=1"
    ),
    (
      "oxford-hip-1996", "1,2,3,4,5,6,7,8,9,10,11,12\n1,1,1,1,1,1,1,1,1,1,1,2\n",
      "as oxford-hip total: 60 + -1 × 13 = 47"
    ),
    ("sf-12", "=pcs,=mcs\n44.5,101\n", "pcs: 44.5 (0 to 100, higher is better); 0 of 0 answered; delivered"),
    ("sf-12", "=pcs,=mcs\n44.5,101\n", "no score delivered within the range, and no rule to compute one"),
  ]

  @Test(arguments: rules) func working(instrument: String, text: String, line: String) throws {
    let outcome = try score(instrument, text)
    #expect(outcome.exitCode == 0)
    #expect(outcome.output.contains(line), "\(outcome.output)")
  }

  /// Columns by LOINC code, answers by LOINC answer code.
  @Test func codesOfOtherSystems() throws {
    let header = "44250-9\t44255-8\t44259-0\t44254-1\t44251-7\t44258-2\t44252-5\t44253-3\t44260-8\t=total\n"
    let outcome = try score(
      "phq-9", header + "LA6568-5\tLA6569-3\tLA6570-1\tLA6571-9\t1\t2\t3\t0\t1\t13\n", "--format", "csv")
    #expect(outcome.output.hasSuffix("2,,phq-9,total,13.0,9,9,computed,,13.0,yes\r\n"))
  }

  @Test func whatIsLeftOutIsSaid() throws {
    let outcome = try score("phq-2", "1,age\n3,60\n")
    #expect(outcome.exitCode == 0)
    #expect(outcome.errors.contains("no column for item 2"))
    #expect(outcome.errors.contains("not an item or scale: age"))
    #expect(outcome.output.contains("1 of 2 answered; too few answers"))
  }

  @Test func mistakesAreExplained() throws {
    let columns = try score("phq-2", "a,b\n1,2\n")
    #expect(columns.exitCode == 65)
    #expect(
      columns.errors.contains(
        "answers.csv:1: no column is an item or a score of phq-2. Expected columns named 1, 2, =total."))
    let unknown = try score("phq-3", "1,2\n")
    #expect(unknown.exitCode == 78 && unknown.errors.contains("phq-9"))
    let short = try score("phq-2", "1,2\n1,2\n1\n")
    #expect(short.exitCode == 65 && short.errors.contains("answers.csv:3: the line cannot be read: field-count"))
    let absent = try Spiegel.run("score", "phq-2", "nowhere.csv", "--instruments", Self.instruments)
    #expect(absent.exitCode == 66 && absent.errors.contains("nowhere.csv"))
    let empty = try score("phq-2", "")
    #expect(empty.exitCode == 65 && empty.errors.contains("no header"))
    #expect(try Spiegel.run("instruments", "--instruments", "/nowhere").exitCode == 78)
  }

  /// A definition of one's own, by its path; what is wrong with it is said with its place.
  @Test func ownDefinition() throws {
    let folder = try TemporaryFolder()
    let good = folder.url.appending(path: "mine.yaml")
    let text = """
      version: "1"
      name: {nl: Mijn, en: Mine}
      reference: made up
      licence: free
      items: [{codes: ["1", "2"], range: [0, 3]}]
      scales: [{code: s, name: {nl: S, en: S}, items: all, rule: sum, range: [0, 6], direction: neutral}]
      """
    try Data(text.utf8).write(to: good)
    let answers = folder.url.appending(path: "a.csv")
    try Data("1,2\n1,2\n".utf8).write(to: answers)
    let outcome = try Spiegel.run("score", good.path, answers.path)
    #expect(outcome.exitCode == 0 && outcome.output.contains("s: 3 (0 to 6, neither way is better)"))
    try Data(text.replacing("sum,", with: "som,").utf8).write(to: good)
    let wrong = try Spiegel.run("score", good.path, answers.path)
    #expect(wrong.exitCode == 78 && wrong.errors.contains("mine.yaml:6:"))
    #expect(wrong.errors.contains("did you mean \"sum\"?"))
  }

  @Test func list() throws {
    let list = try Spiegel.run("instruments", "--instruments", Self.instruments)
    #expect(list.exitCode == 0)
    let names = try FileManager.default.contentsOfDirectory(atPath: Self.instruments).filter { $0.hasSuffix(".yaml") }
    let lines = list.output.components(separatedBy: "\n")
    #expect(names.count >= 45)
    for name in names { #expect(lines.contains { $0.hasPrefix("\(name.dropLast(5)) ") }, "\(name)") }
    #expect(lines.count { $0.hasPrefix("  source: ") } == names.count)
    #expect(lines.contains("  total: 0 to 48, higher is better; Total hip score"))
    let one = try Spiegel.run("instruments", "phq-9", "--instruments", Self.instruments)
    for text in ["LOINC 44249-1", "LA6571-9 = 3", "at least 9 answered", "Kroenke"] {
      #expect(one.output.contains(text))
    }
    let hip = try Spiegel.run("instruments", "hoos-ps", "--instruments", Self.instruments)
    #expect(hip.output.contains("smallest important change 23") && hip.output.contains("acceptable from 12"))
  }
}
