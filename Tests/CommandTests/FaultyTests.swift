import Foundation
import TestSupport
import Testing

/// Deliveries with known faults: each is found where it was planted, and nothing else is.
struct FaultyTests {
  private struct Runs: Sendable {
    let accepted: SampleRuns.Published
    /// A second run in the same workspace, with a lower threshold.
    let refused: CommandOutcome
    let treeAfterRefusal: [String: Data]
    let targetAfterRefusal: String?
  }

  private static let runs = Result {
    let workspace = RunWorkspace(folder: try TemporaryFolder.untilExit())
    let input = try SampleRuns.faulty.get().folder.path
    func run(_ pipeline: String) throws -> CommandOutcome {
      try Spiegel.run("run", pipeline, "--input", input, "--workspace", workspace.folder.path)
    }
    let accepted = try SampleRuns.Published(try run(SampleRuns.pipeline), workspace)
    let strict = try SampleRuns.changedPipeline([(file: "pipeline.yaml", from: "value: 0.05", to: "value: 0.01")])
    let refused = try run(strict.path)
    return Runs(
      accepted: accepted, refused: refused, treeAfterRefusal: try FileTree.contents(workspace.current),
      targetAfterRefusal: workspace.currentTarget)
  }

  /// The run that was published.
  static func published() throws -> SampleRuns.Published { try runs.get().accepted }

  private struct Fault {
    let kind: String
    let file: String
    let line: Int
    let column: String
    let reason: String

    /// A value of an accepted record, or the whole record.
    var scope: String {
      let isValue = ["out-of-range", "before-baseline"].contains(reason) || column == "Geslacht"
      return isValue ? "value" : "record"
    }
  }

  private static func faults() throws -> [Fault] {
    let table = try CSVTable(try SampleRuns.faulty.get().list, delimiter: ";")
    return table.rows.map { row in
      Fault(
        kind: table.value(row, "kind"), file: table.value(row, "file"), line: Int(table.value(row, "line")) ?? 0,
        column: table.value(row, "column"), reason: table.value(row, "reason"))
    }
  }

  /// Where a record stands in its file as Spiegel counts: its line, and in XML the ordinal number of the first answer of
  /// the response.
  private static func place(_ fault: Fault) throws -> Int {
    guard fault.file.hasSuffix(".xml") else { return fault.line }
    let file = try SampleRuns.faulty.get().folder.appending(path: fault.file)
    let lines = try String(contentsOf: file, encoding: .utf8).components(separatedBy: "\n").prefix(fault.line - 1)
    return lines.reduce(1) { $0 + $1.components(separatedBy: "<antwoord ").count - 1 }
  }

  @Test func isPublishedBelowTheThreshold() throws {
    let run = try Self.runs.get().accepted
    #expect(run.outcome.exitCode == 0, "\(run.outcome.errors)")
    let manifest = try RunWorkspace.manifest(run.workspace.current)
    #expect(manifest.deliveries.allSatisfy { $0.addsUp })
  }

  /// File, place, reason and scope of every row of the quarantine are those planted: no more, no less, none twice.
  @Test(arguments: ["quarantine.parquet", "quarantine.csv"])
  func everyFaultIsFoundAndNothingElse(name: String) throws {
    let file = try Self.runs.get().accepted.workspace.current.appending(path: "quarantine/\(name)")
    var found: [String] = []
    if name.hasSuffix(".csv") {
      let table = try CSVTable(file)
      found = table.rows.map { row in
        ["delivery", "record", "reason", "scope"].map { table.value(row, $0) }.joined(separator: " ")
      }
    } else {
      let table = try ParquetTable(file)
      let (records, reasons, scopes) = (table.numbers("record"), table.texts("reason"), table.texts("scope"))
      found = table.texts("delivery").enumerated().map { row, delivery in
        "\(delivery) \(Int(records[row] ?? -1)) \(reasons[row]) \(scopes[row])"
      }
    }
    let planted = try Self.faults().filter { !["credit", "duplicate-line"].contains($0.kind) }
    let expected = try planted.map { "\($0.file) \(try Self.place($0)) \($0.reason) \($0.scope)" }
    #expect(expected.count == 39)
    #expect(found.sorted() == expected.sorted())
  }

  /// The quarantine names the column as the file does.
  @Test func everyFaultIsInItsColumn() throws {
    let table = try ParquetTable(
      try Self.runs.get().accepted.workspace.current.appending(path: "quarantine/quarantine.parquet"))
    let (files, columns, records) = (table.texts("delivery"), table.texts("column"), table.numbers("record"))
    var found: [String: String] = [:]
    for row in 0..<table.rows { found["\(files[row]) \(Int(records[row] ?? -1))"] = columns[row] }
    for fault in try Self.faults() where !["credit", "duplicate-line"].contains(fault.kind) {
      var expected = ["stray-quote", "unclosed-quote"].contains(fault.kind) ? "" : fault.column
      // In XML an answer is known by its questionnaire and item, a day by its path.
      if fault.file.hasSuffix(".xml") { expected = fault.kind == "out-of-range" ? "pdi 3" : "../../ingevuld" }
      #expect(found["\(fault.file) \(try Self.place(fault))"] == expected, "\(fault)")
    }
  }

  @Test func theAccountsCountTheFaults() throws {
    let manifest = try RunWorkspace.manifest(try Self.runs.get().accepted.workspace.current)
    let planted = Dictionary(grouping: try Self.faults(), by: \.file)
    for delivery in manifest.deliveries {
      let faults = planted[delivery.delivery, default: []].filter { !["credit", "duplicate-line"].contains($0.kind) }
      let records = faults.filter { $0.scope == "record" }
      #expect(delivery.quarantined == records.count, "\(delivery.delivery)")
      #expect(delivery.valuesSetAside == faults.count - records.count, "\(delivery.delivery)")
      let reasons = Dictionary(grouping: records, by: \.reason).mapValues(\.count)
      #expect(delivery.reasons == reasons, "\(delivery.delivery)")
    }
    #expect(
      manifest.deliveries.reduce(0) { $0 + $1.superseded }
        == planted.values.joined().count { $0.kind == "duplicate-line" })
  }

  /// Credits take back the line that they were made of; of a line delivered twice the later one stays.
  @Test func creditsAndDuplicates() throws {
    let run = try Self.runs.get().accepted.workspace.current
    let claims = try ParquetTable(
      run.appending(path: "core/claim_line"),
      columns: ["claim", "line", "reported_by", "amount_cents", "delivery", "record"])
    let corrections = try ParquetTable(run.appending(path: "core/claim_correction"))
    func places(_ table: ParquetTable) -> [String] {
      zip(table.texts("delivery"), table.numbers("record")).map { "\($0) \(Int($1 ?? -1))" }
    }
    let planted = try Self.faults()
    let kept = Set(places(claims))
    for fault in planted where fault.kind == "duplicate-line" {
      #expect(kept.contains("\(fault.file) \(fault.line)"), "\(fault)")
    }
    let (roles, amounts) = (corrections.texts("role"), corrections.numbers("amount_cents"))
    let found = places(corrections)
    let credits = found.indices.filter { roles[$0] == "credit" }
    let expected = planted.filter { $0.kind == "credit" }.map { "\($0.file) \($0.line)" }
    #expect(credits.map { found[$0] }.sorted() == expected.sorted())
    #expect(corrections.texts("status").allSatisfy { $0 == "netted" })
    #expect(roles.count { $0 == "debit" } == credits.count)
    #expect(credits.allSatisfy { (amounts[$0] ?? 0) < 0 })
    #expect(!claims.numbers("amount_cents").contains { ($0 ?? -1) < 0 })
    let (numbers, lines, parties) = (claims.texts("claim"), claims.numbers("line"), claims.texts("reported_by"))
    let keys = (0..<claims.rows).map { "\(numbers[$0]) \(lines[$0] ?? -1) \(parties[$0])" }
    #expect(Set(keys).count == claims.rows)
  }

  /// An answer out of range is left out, the rest of its questionnaire kept; a moment before the first is left out.
  @Test func answersSetAside() throws {
    let run = try Self.runs.get().accepted.workspace.current
    let answers = try ParquetTable(run.appending(path: "core/answer"))
    let (instruments, items, values) = (answers.texts("instrument"), answers.texts("item"), answers.numbers("value"))
    let (files, records) = (answers.texts("delivery"), answers.numbers("record"))
    let moments = answers.texts("moment")
    for fault in try Self.faults() where ["out-of-range", "before-baseline"].contains(fault.kind) {
      let place = Double(try Self.place(fault))
      let rows = (0..<answers.rows).filter { files[$0] == fault.file && records[$0] == place }
      if fault.kind == "out-of-range" {
        let pdi = rows.filter { instruments[$0] == "pdi" && moments[$0] == "T0" }
        #expect(!pdi.isEmpty && !pdi.contains { items[$0] == "3" }, "\(fault)")
      } else {
        #expect(!rows.contains { moments[$0] == "T1" }, "\(fault)")
      }
    }
    #expect(!values.contains(14) || !(0..<answers.rows).contains { instruments[$0] == "pdi" && values[$0] == 14 })
  }

  @Test func aboveTheThresholdNothingIsPublished() throws {
    let runs = try Self.runs.get()
    #expect(runs.refused.exitCode == 65)
    let errors = runs.refused.errorLines.filter { $0.hasPrefix("error: ") }
    #expect(errors.count == 1)
    let error = try #require(errors.first)
    #expect(error.hasPrefix("error: prem-pijn.csv: 1 of 77 records had to be set aside (missing-person 1). "))
    #expect(
      error.contains("Expected at most 1.0% (maximum-quarantined in pipeline.yaml). Nothing was published. Read "))
    #expect(runs.targetAfterRefusal != nil)
    #expect(FileTree.differences(runs.accepted.tree, runs.treeAfterRefusal) == [])
    // The message names the file that a steward must read, and it is the same quarantine.
    let path = try #require(error.split(separator: " ").first { $0.hasSuffix("/quarantine.csv,") }).dropLast()
    #expect(try Data(contentsOf: URL(filePath: String(path))) == runs.accepted.tree["quarantine/quarantine.csv"])
  }

  @Test func withoutAnEarlierRunThereIsNoCurrent() throws {
    let folder = try TemporaryFolder()
    let pipeline = try SampleRuns.changedPipeline([(file: "pipeline.yaml", from: "value: 0.05", to: "value: 0.01")])
    let outcome = try Spiegel.run(
      "run", pipeline.path, "--input", try SampleRuns.faulty.get().folder.path, "--workspace", folder.url.path)
    #expect(outcome.exitCode == 65)
    #expect(RunWorkspace(folder: folder.url).currentTarget == nil)
    let runs = try FileManager.default.contentsOfDirectory(atPath: folder.url.appending(path: "runs").path)
    #expect(runs.isEmpty)
  }
}
