import Foundation
import TestSupport
import Testing

/// Codes that a source's code list does not have, and values that are missing, by definitions that differ from ours.
struct CodeTests {
  /// Ingest and normalize of one file, with a changed source definition.
  private func normalized(
    _ name: String, _ file: String, _ changes: [(from: String, to: String)]
  ) throws -> (delivery: RunManifest.Delivery, quarantine: ParquetTable, answers: Int) {
    let pipeline = try SampleRuns.changedPipeline(changes.map { (file: file, from: $0.from, to: $0.to) })
    let folder = try TemporaryFolder()
    let input = folder.url.appending(path: "input")
    try FileManager.default.createDirectory(at: input, withIntermediateDirectories: true)
    try FileManager.default.copyItem(
      at: try SampleRuns.delivery.get().folder.appending(path: name), to: input.appending(path: name))
    let workspace = folder.url.appending(path: "workspace")
    let place = [pipeline.path, "--workspace", workspace.path]
    let ingested = try Spiegel.start(["ingest", "--input", input.path] + place).outcome()
    #expect(ingested.exitCode == 0, "\(ingested.errors)")
    let outcome = try Spiegel.start(["normalize"] + place).outcome()
    #expect(outcome.exitCode == 0, "\(outcome.errors)")
    let draft = workspace.appending(path: "draft")
    let manifest = try RunWorkspace.manifest(draft)
    let quarantine = try ParquetTable(draft.appending(path: "quarantine/quarantine.parquet"))
    return (try #require(manifest.deliveries.first), quarantine, manifest.coreRows["answer"] ?? 0)
  }

  /// A source definition that knows only the first care provider of the table, and the lines of the others.
  private func onlyOneProvider(unknown: String) throws -> (change: (from: String, to: String), linesOfOthers: [Double?])
  {
    let table = try CSVTable(try SampleRuns.delivery.get().folder.appending(path: "prom-pijn.csv"), delimiter: ";")
    let one = table.value(try #require(table.rows.first), "AGB")
    let change = (
      from: "provider: {column: AGB, form: digits 8}",
      to: "provider: {column: AGB, codes: {\"\(one)\": \"\(one)\"}, unknown: \(unknown)}"
    )
    return (
      change, table.rows.indices.filter { table.value(table.rows[$0], "AGB") != one }.map { Double($0 + 2) }
    )
  }

  @Test func aRecordIsSetAsideOnce() throws {
    let (change, lines) = try onlyOneProvider(unknown: "reject")
    let (delivery, quarantine, _) = try normalized("prom-pijn.csv", "sources/prom-pijn-tabel.yaml", [change])
    #expect(!lines.isEmpty && lines.count < delivery.read)
    #expect(delivery.quarantined == lines.count)
    #expect(delivery.accepted == delivery.read - lines.count)
    #expect(quarantine.numbers("record") == lines)
    #expect(Set(quarantine.texts("column")) == ["AGB"] && Set(quarantine.texts("scope")) == ["record"])
  }

  @Test func aValueIsSetAsideOnce() throws {
    let (change, lines) = try onlyOneProvider(unknown: "set-aside")
    let (delivery, quarantine, _) = try normalized("prom-pijn.csv", "sources/prom-pijn-tabel.yaml", [change])
    #expect(delivery.quarantined == 0 && delivery.accepted == delivery.read)
    #expect(delivery.valuesSetAside == lines.count)
    #expect(quarantine.numbers("record") == lines)
    #expect(Set(quarantine.texts("reason")) == ["unknown-code"] && Set(quarantine.texts("scope")) == ["value"])
  }

  /// Answers of the second moment.
  private func laterAnswers() throws -> Int {
    let document = try String(
      contentsOf: try SampleRuns.delivery.get().folder.appending(path: "prom-pijn.xml"), encoding: .utf8)
    let later = document.components(separatedBy: "<respons ").dropFirst().filter { $0.contains("<meetmoment>T1<") }
    return later.reduce(0) { $0 + $1.components(separatedBy: "<antwoord ").count - 1 }
  }

  /// An unknown code of a required column sets the record aside, also where the definition would keep the record.
  @Test func anUnknownRequiredCodeSetsTheRecordAside() throws {
    let (delivery, quarantine, _) = try normalized(
      "prom-pijn.xml", "sources/prom-pijn-xml.yaml",
      [(from: "codes: {T0: T0, T1: T1}, unknown: reject", to: "codes: {T0: T0}, unknown: set-aside")])
    let answers = try laterAnswers()
    #expect(answers > 0 && delivery.quarantined == answers && delivery.valuesSetAside == 0)
    #expect(delivery.reasons == ["unknown-code": answers])
    #expect(quarantine.rows == answers && Set(quarantine.texts("value")) == ["T1"])
  }

  /// A record that cannot do without a value is set aside when it is empty, whether the definition says so or not.
  @Test func anAnswerWithoutMomentIsSetAside() throws {
    let (delivery, quarantine, _) = try normalized(
      "prom-pijn.xml", "sources/prom-pijn-xml.yaml",
      [
        (from: "fields:\n", to: "missing: [T1]\nfields:\n"),
        (from: "codes: {T0: T0, T1: T1}, unknown: reject, required: true", to: "codes: {T0: T0}, unknown: reject"),
      ])
    let answers = try laterAnswers()
    #expect(delivery.quarantined == answers)
    #expect(delivery.reasons == ["missing-moment": answers])
    #expect(quarantine.rows == answers)
  }

  /// A question that was left open is no fault: the record is accepted, and there is no answer.
  @Test func anEmptyAnswerIsNoFault() throws {
    let (delivery, quarantine, answers) = try normalized(
      "prom-pijn.xml", "sources/prom-pijn-xml.yaml", [(from: "fields:\n", to: "missing: [\"0\"]\nfields:\n")])
    let document = try String(
      contentsOf: try SampleRuns.delivery.get().folder.appending(path: "prom-pijn.xml"), encoding: .utf8)
    let empty = document.components(separatedBy: " waarde=\"0\"").count - 1
    #expect(empty > 0)
    #expect(delivery.accepted == delivery.read && quarantine.rows == 0)
    #expect(answers == delivery.read - empty)
  }

  /// Claim lines of a kind of care that the code list lacks.
  @Test func aClaimLineWithoutCareTypeIsSetAside() throws {
    let name = "verzekeraar-declaraties-2016.csv"
    let (delivery, _, _) = try normalized(
      name, "sources/verzekeraar-declaraties.yaml",
      [(from: "codes: codes/zorgsoort.csv, unknown: reject", to: "codes: {Farmacie: pharmacy}, unknown: set-aside")])
    let table = try CSVTable(try SampleRuns.delivery.get().folder.appending(path: name), delimiter: ";")
    let others = table.rows.count { table.value($0, "Zorgsoort") != "Farmacie" }
    #expect(others > 0 && others < table.rows.count)
    #expect(delivery.reasons == ["unknown-code": others])
  }
}
