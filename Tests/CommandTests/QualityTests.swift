import Foundation
import TestSupport
import Testing

/// Quality checks on whole runs: what was planted is found in the exact number, clean deliveries are clean, and critical
/// findings have consequences for the figures that they touch and for no others.
struct QualityTests {
  private struct Document: Decodable, Sendable {
    struct Finding: Decodable, Sendable {
      var check: String
      var scope: String
      var severity: String
      var status: String
      var consequence: String
      var violated: Int
      var denominator: Int
      var sharePercent: String
      var provider: String?
      var period: String?
      var delivery: String?
      var record: Int?
      var indicators: [String]
      var compared: String?
    }
    struct Change: Decodable, Sendable {
      var quantity: String
      var provider: String?
    }
    var comparedWith: String?
    var findings: [Finding]
    var drift: [Change]

    var whole: [Finding] { findings.filter { $0.scope == "all" } }

    init(_ run: URL) throws {
      let decoder = JSONDecoder()
      decoder.keyDecodingStrategy = .convertFromSnakeCase
      self = try decoder.decode(Self.self, from: Data(contentsOf: run.appending(path: "quality/findings.json")))
    }

    func violated(_ check: String) -> Int { whole.first { $0.check == check }?.violated ?? -1 }
  }

  /// Clean deliveries of 4000 persons, then the same with content that cannot be true, then clean ones again.
  private static let runs = Result {
    let root = try TemporaryFolder.untilExit()
    let workspace = RunWorkspace(folder: root.appending(path: "workspace"))
    func make(_ name: String, _ flags: [String]) throws -> String {
      let folder = root.appending(path: name).path
      _ = try Spiegel.start(["samples", "--persons", "4000", "--seed", "3", "--output", folder] + flags).outcome()
      return folder
    }
    func run(_ input: String) throws -> (outcome: CommandOutcome, document: Document, tree: [String: Data], id: String)
    {
      let outcome = try Spiegel.run(
        "run", SampleRuns.pipeline, "--input", input, "--workspace", workspace.folder.path)
      let id = workspace.currentTarget?.replacingOccurrences(of: "runs/", with: "") ?? ""
      return (outcome, try Document(workspace.current), try FileTree.contents(workspace.current), id)
    }
    let clean = try make("clean", [])
    let implausible = try make("implausible", ["--implausible"])
    let list = try CSVTable(URL(filePath: implausible).appending(path: "implausible.csv"), delimiter: ";")
    return (list: list, first: try run(clean), second: try run(implausible), third: try run(clean))
  }

  /// Checks that find something in clean deliveries, by chance; information apart, which only measures. None.
  private static let expectedByChance: Set<String> = []

  @Test func cleanDeliveriesAreClean() throws {
    for document in [try Document(SampleRuns.twice.get().first.workspace.current), try Self.runs.get().first.document] {
      #expect(document.whole.count >= 150, "named checks that ran")
      #expect(Set(document.whole.map(\.check)).count == document.whole.count)
      #expect(document.findings.allSatisfy { $0.consequence == "none" })
      let fired = document.findings.filter { $0.violated > 0 && $0.severity != "info" }
      #expect(Set(fired.map(\.check)) == Self.expectedByChance)
      #expect(document.findings.allSatisfy { $0.violated == 0 || !$0.sharePercent.hasPrefix("0%") })
    }
  }

  /// Faults of form: each reason has a check of its own that counts the records set aside for it.
  @Test func faultsOfFormAreFoundInTheExactNumber() throws {
    let document = try Document(try FaultyTests.published().workspace.current)
    let list = try CSVTable(try SampleRuns.faulty.get().list, delimiter: ";")
    let kinds = Dictionary(grouping: list.rows, by: { list.value($0, "reason") }).mapValues(\.count)
    #expect(kinds.count == 14)
    for (reason, count) in kinds where !["", "superseded"].contains(reason) {
      #expect(document.violated("delivery.\(reason)") == count, "\(reason)")
    }
    #expect(document.violated("delivery.superseded") == kinds["superseded"])
    // A credit without reason to refuse takes back a whole line: both are gone.
    #expect(document.violated("delivery.netted") == 2 * (kinds[""] ?? 0))
    #expect(document.violated("delivery.unmatched-credits") == 0)
    let other = document.whole.filter { $0.violated > 0 && $0.severity != "info" }.map(\.check)
    // A code that lacks its last digit may have lost a leading zero in a spreadsheet.
    let expected = kinds.keys.filter { !["", "superseded"].contains($0) } + ["spreadsheet-signs"]
    #expect(Set(other) == Set(expected.map { "delivery.\($0)" }))
  }

  /// Content that cannot be true: every check finds as many records as were planted, and no other check finds any.
  @Test func contentThatCannotBeTrueIsFoundInTheExactNumber() throws {
    let (list, _, second, _) = try Self.runs.get()
    // Published, with figures that are blocked.
    #expect(second.outcome.exitCode == 10, "\(second.outcome.errors)")
    let planted = Dictionary(grouping: list.rows, by: { list.value($0, "reason") }).mapValues(\.count)
    #expect(
      Set(planted.keys) == [
        "claim_line.start.after-death", "claim_line.start.before-birth", "person.birth_year.ahead",
        "insured_period.from.before-birth", "claim_line.male-maternity", "claim_line.provider.known",
        "claim_line.month-missing", "claim_line.month-doubled",
      ])
    for (check, count) in planted { #expect(second.document.violated(check) == count, "\(check)") }
    let all = second.document.whole.filter { $0.violated > 0 && $0.severity != "info" }
    // A stay is built from claim lines: of those planted before a birth, some are lines of a stay.
    let ofStays = all.filter { $0.check == "stay.to.before-birth" }
    #expect(ofStays.allSatisfy { $0.violated <= planted["claim_line.start.before-birth"] ?? 0 })
    let fired = all.filter { $0.check != "stay.to.before-birth" }
    #expect(Set(fired.map(\.check)) == Set(planted.keys))
    // The example is one of the records planted; the list counts lines as the core dataset does.
    let places = Set(
      list.rows.map { "\(list.value($0, "reason")) \(list.value($0, "file")) \(list.value($0, "line"))" })
    for finding in fired {
      guard let delivery = finding.delivery, let record = finding.record, !finding.check.hasPrefix("person.") else {
        continue
      }
      #expect(places.contains("\(finding.check) \(delivery) \(record)"), "\(finding.check)")
    }
  }

  /// The missing month of a hospital blocks what insurers' claims say of it in that year, in every file; the rest goes on.
  @Test func aMissingMonthBlocksExactlyWhatItTouches() throws {
    let (_, first, second, _) = try Self.runs.get()
    let blocks = second.document.findings.filter { $0.consequence == "block" }
    let missing = blocks.filter { $0.check == "claim_line.month-missing" }
    #expect(missing.map(\.scope) == ["provider=06010602 period=2017"])
    #expect(missing.first?.indicators.contains("kosten-rug-en-nekpijn") == true)
    #expect(missing.first?.indicators.contains("pijn-verandering") == false)
    let results = try Self.table(second.tree, "results/results.csv")
    func value(_ row: [String], _ column: String) -> String { results.value(row, column) }
    for row in results.rows {
      let isForbidden = blocks.contains { block in
        block.indicators.contains(value(row, "indicator"))
          && (block.period ?? value(row, "period")) == value(row, "period")
          && (block.provider == nil || value(row, "unit_kind") == "provider" && block.provider == value(row, "unit"))
      }
      #expect((value(row, "status") == "blocked") == isForbidden, "\(row)")
      if isForbidden {
        #expect(value(row, "reason").hasPrefix("quality-check claim_line."))
        #expect(value(row, "value").isEmpty && value(row, "numerator").isEmpty && value(row, "baseline_value").isEmpty)
      }
      // A change since a blocked figure would tell it.
      if value(row, "status") != "blocked", value(row, "unit") == "06010502",
        value(row, "indicator").hasPrefix("kosten")
      {
        #expect(value(row, "baseline_value").isEmpty)
      }
    }
    #expect(!results.rows.contains { value($0, "status") == "blocked" && value($0, "unit_kind") != "provider" })
    let reason = "quality-check claim_line.month-missing"
    for name in ["spiegel.csv", "spiegel.xml", "spiegel.json"] {
      let file = try #require(second.tree["mirror/provider/06010602/\(name)"])
      #expect(String(decoding: file, as: UTF8.self).contains(reason), "\(name)")
      #expect(
        !String(decoding: first.tree["mirror/provider/06010602/\(name)"] ?? Data(), as: UTF8.self).contains(reason))
    }
    let page = String(decoding: try #require(second.tree["mirror/provider/06010602/spiegel.html"]), as: UTF8.self)
    #expect(
      page.contains("geen cijfer, want de gegevens kloppen niet: een maand van een zorgaanbieder zonder declaraties"))
    #expect(second.outcome.output.contains("figures by check claim_line.month-missing"))
  }

  /// New, persisting and resolved since the run before; publishing a run again gives the same bytes.
  @Test func findingsAreComparedWithTheRunBefore() throws {
    let (_, first, second, third) = try Self.runs.get()
    #expect(first.document.comparedWith == nil)
    #expect(first.document.findings.allSatisfy { $0.compared == nil })
    #expect(second.document.comparedWith == first.id)
    let new = second.document.findings.filter { $0.compared == "new" }
    #expect(
      Set(new.map(\.check))
        == Set(second.document.whole.filter { $0.violated > 0 && $0.severity != "info" }.map(\.check)))
    #expect(third.document.comparedWith == second.id)
    #expect(third.document.findings.filter { $0.compared == "resolved" }.count == new.count)
    #expect(second.document.drift.contains { $0.quantity == "code" }, "a kind of care that was not there before")
    // Only what compares differs between two runs of the same content.
    #expect(first.id == third.id)
    let differences = FileTree.differences(first.tree, third.tree)
    #expect(differences.allSatisfy { $0.contains("quality/") || $0.contains("manifest.json") }, "\(differences)")
  }

  @Test func theFolderHoldsAllForms() throws {
    let run = try Self.runs.get().second
    let table = try Self.table(run.tree, "quality/findings.csv")
    #expect(table.rows.count == run.document.findings.count)
    #expect(table.rows.map { table.value($0, "violated") } == run.document.findings.map { "\($0.violated)" })
    let page = String(decoding: try #require(run.tree["quality/index.html"]), as: UTF8.self)
    #expect(!page.contains("<script"))
    #expect(page.contains("Wat aandacht vraagt") && page.contains("claim_line.male-maternity"))
    #expect(page.contains("<h3>Nieuw ("))
    #expect(run.tree["quality/findings.parquet"] != nil && run.tree["core/finding/part-0.parquet"] != nil)
  }

  @Test func aRefusedDeliveryPublishesNothing() throws {
    let pipeline = try SampleRuns.changedPipeline([])
    try Data(
      """
      checks:
        - id: te-weinig-aanbieders
          text: {nl: Zonder zorgaanbieder in de lijst, en: Without a provider in the list}
          category: conformance
          severity: critical
          consequence: stop
          table: claim_line
          violated: [{column: start, after: first-period}]
          threshold: {value: 0.5, why: test, since: 2026}
      """.utf8
    ).write(to: pipeline.appending(path: "quality.yaml"))
    let workspace = RunWorkspace(folder: try TemporaryFolder.untilExit())
    let outcome = try Spiegel.run(
      "run", pipeline.path, "--input", try SampleRuns.delivery.get().folder.path, "--workspace", workspace.folder.path)
    #expect(outcome.exitCode == 65)
    #expect(workspace.currentTarget == nil)
    let error = try #require(outcome.errorLines.last { $0.hasPrefix("error: ") })
    #expect(error.contains("verzekeraar-declaraties-2015.csv: Without a provider in the list: "))
    #expect(error.contains("check te-weinig-aanbieders. Nothing was published. Open "))
    let page = try #require(error.split(separator: " ").first { $0.hasSuffix("/quality/index.html,") }).dropLast()
    #expect(FileManager.default.fileExists(atPath: String(page)))
  }

  /// By its exit code a batch job tells a run with blocked figures from one without, unless it says that it accepts them.
  @Test func blockedFiguresHaveAnExitCode() throws {
    let pipeline = try SampleRuns.changedPipeline([])
    try Data(
      """
      checks:
        - id: claim_line.one-hospital
          text: {nl: Van dit ziekenhuis, en: Of this hospital}
          category: plausibility
          severity: critical
          table: claim_line
          violated: [{column: provider, one-of: ["06010602"]}]
          threshold: {value: 0.5, why: test, since: 2026-01-01}
      """.utf8
    ).write(to: pipeline.appending(path: "quality.yaml"))
    let workspace = RunWorkspace(folder: try TemporaryFolder.untilExit())
    let input = try SampleRuns.delivery.get().folder.path
    let blocked = try Spiegel.run("run", pipeline.path, "--input", input, "--workspace", workspace.folder.path)
    #expect(blocked.exitCode == 10, "\(blocked.errors)")
    #expect(blocked.output.contains("figures by check claim_line.one-hospital") && workspace.currentTarget != nil)
    #expect(!blocked.errors.contains("error:"))
    let accepted = try Spiegel.run(
      "run", pipeline.path, "--input", input, "--workspace", workspace.folder.path, "--accept-blocked")
    #expect(accepted.exitCode == 0, "\(accepted.errors)")
  }

  @Test func theCommandListsFindingsAndChecks() throws {
    let run = try SampleRuns.twice.get().first.workspace.current.path
    let all = try Spiegel.run("quality", run, "--all")
    let document = try Document(URL(filePath: run))
    #expect(all.output.split(separator: "\n").count == document.findings.count + 1)
    let catalogue = try Spiegel.run("quality")
    // Threshold, its reason, and what is counted out of what, in the words of quality.yaml.
    let consults = try #require(
      try Spiegel.run("quality", SampleRuns.pipeline).output.split(separator: "\n").map {
        $0.split(separator: "\t", omittingEmptySubsequences: false)
      }.first { $0[0] == "claim_line.consult-many" })
    #expect(consults[3] == "0.001" && consults[6].hasPrefix("A working value, to be decided by the parties"))
    #expect(
      consults[7] == "claim_line" && consults[8] == "quantity" && consults[9] == "[{column: quantity, above: 30}]")
    #expect(consults[10] == "[{column: activity, one-of: [consult, remote-consult]}]")
    #expect(catalogue.output.contains("claim_line.start.after-death\tplausibility\tcritical\t0.01\tblock\t"))
    #expect(try Spiegel.run("quality", "/nowhere").exitCode == 66)
  }

  private static func table(_ tree: [String: Data], _ name: String) throws -> CSVTable {
    let file = try TemporaryFolder.untilExit().appending(path: "table.csv")
    try #require(tree[name]).write(to: file)
    return try CSVTable(file)
  }
}
