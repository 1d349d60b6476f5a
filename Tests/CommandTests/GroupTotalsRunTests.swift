import Foundation
import TestSupport
import Testing

/// The pipeline of totals on a small made-up delivery: from the file to the mirror.
@Suite struct GroupTotalsRunTests {
  private static let columns = [
    "MEDISCH_SPECIALISTISCHE_ZORG", "FARMACIE", "SPECIALISTISCHE_GGZ", "HUISARTS_INSCHRIJFTARIEF", "HUISARTS_CONSULT",
    "HUISARTS_MDZ", "HUISARTS_OVERIG", "HULPMIDDELEN", "MONDZORG", "PARAMEDISCHE_ZORG_FYSIOTHERAPIE",
    "PARAMEDISCHE_ZORG_OVERIG", "ZIEKENVERVOER_ZITTEND", "ZIEKENVERVOER_LIGGEND", "KRAAMZORG", "VERLOSKUNDIGE_ZORG",
    "GENERALISTISCHE_BASIS_GGZ", "LANGDURIGE_GGZ", "GRENSOVERSCHRIJDENDE_ZORG", "EERSTELIJNS_ONDERSTEUNING",
    "GERIATRISCHE_REVALIDATIEZORG", "VERPLEGING_EN_VERZORGING", "OVERIG",
  ]

  /// A record of which the hospital and the practice have a cost, and the rest nothing.
  private static func record(
    _ sex: String, _ age: String, _ town: String, _ persons: Int, _ years: String, hospital: String, practice: String
  ) -> String {
    let amounts = columns.map {
      $0 == "MEDISCH_SPECIALISTISCHE_ZORG" ? hospital : $0 == "HUISARTS_CONSULT" ? practice : "0.00"
    }
    return ([sex, age, town, String(persons), years] + amounts).joined(separator: ";")
  }

  /// Two towns and a rest record, in the form of Vektis. The town that another spelling could lose has letters of
  /// Windows-1252.
  private static let records = [
    record("M", " 0 t/m  4 jaar", "AALTEN", 20, "20.00", hospital: "1000.00", practice: "1000.00"),
    record("V", "90+", "AALTEN", 40, "30.00", hospital: "9000.10", practice: "0.00"),
    record("M", " 0 t/m  4 jaar", "SÚDWEST-FRYSLÂN", 80, "80.00", hospital: "7000.00", practice: "1000.00"),
    record("V", "90+", "SÚDWEST-FRYSLÂN", 9, "9.00", hospital: "-900.10", practice: "4000.00"),
    record("", "", "", 30, "11.50", hospital: "123.45", practice: "0.55"),
  ]

  private static func run(
    _ records: [String], columns: [String] = columns, arguments: [String] = []
  ) throws -> (outcome: CommandOutcome, workspace: RunWorkspace) {
    let folder = try TemporaryFolder.untilExit()
    let input = try deliver(records, columns: columns)
    let workspace = RunWorkspace(folder: folder.appending(path: "workspace"))
    let outcome = try Spiegel.start(
      [
        "run", Spiegel.pipeline("vektis-open"), "--input", input.path, "--workspace", workspace.folder.path,
      ] + arguments
    ).outcome()
    return (outcome, workspace)
  }

  /// A folder with a file of records in the form of Vektis.
  private static func deliver(_ records: [String], columns: [String]) throws -> URL {
    let folder = try TemporaryFolder.untilExit()
    let header =
      (["GESLACHT", "LEEFTIJDSKLASSE", "GEMEENTENAAM", "AANTAL_BSN", "AANTAL_VERZEKERDEJAREN"]
      + columns.map { "KOSTEN_\($0)" }).joined(separator: ";")
    let text = ([header] + records).joined(separator: "\n") + "\n"
    let file = folder.appending(path: "in/Vektis Open Databestand Zorgverzekeringswet 2015 - gemeente.csv")
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try #require(text.data(using: .windowsCP1252)).write(to: file)
    return file.deletingLastPathComponent()
  }

  @Test func fromFileToMirror() throws {
    let (outcome, workspace) = try Self.run(Self.records)
    #expect(outcome.exitCode == 0, "\(outcome.errors)")
    let manifest = try RunWorkspace.manifest(workspace.current)
    #expect(manifest.deliveries[0].accepted == 5)
    #expect(manifest.deliveries[0].acceptedCents == 2_222_400)
    #expect(manifest.notes == ["group_total records without unit": 1])
    let table = try CSVTable(workspace.current.appending(path: "results/results.csv"))
    func figure(_ indicator: String, _ layout: String, _ unit: String, _ column: String) -> Double? {
      let row = table.rows.first {
        table.value($0, "indicator") == indicator && table.value($0, "layout") == layout
          && table.value($0, "unit") == unit && table.value($0, "stratum").isEmpty
      }
      return row.flatMap { Double(table.value($0, column)) }
    }
    // Boys cost 10,000 euros over 100 years, women of 90 and over 12,100 over 39.
    let expected = 20 * 100 + 30 * (12_100.0 / 39)
    let own = try #require(figure("kosten-naast-verwacht", "gemeente", "0197", "expected"))
    #expect(abs(own - expected) < 1e-8)
    #expect(figure("kosten-naast-verwacht", "gemeente", "0197", "numerator") == 11_000.1)
    #expect(abs((figure("kosten-naast-verwacht", "gemeente", "0197", "ratio") ?? 0) - 11_000.1 / expected) < 1e-12)
    // Women of 90 and over in the second town are only 9 years there, but 39 in the reference.
    #expect(figure("kosten-naast-verwacht", "gemeente", "1900", "numerator") == 11_099.9)
    #expect(figure("kosten-naast-verwacht", "zorgkantoor", "arnhem", "numerator") == 11_000.1)
    #expect(figure("aandeel-eerste-lijn", "gemeente", "0197", "value") == 1000 / 11_000.1)
    #expect(figure("kosten-per-verzekerdejaar", "nation", "NL", "numerator") == 22_224)
    #expect(figure("kosten-per-verzekerdejaar", "gemeente", "onbekend", "numerator") == 124)
    // Nobody delivers diagnostics, so that there is no figure of it, not even 0.
    #expect(!table.rows.contains { table.value($0, "stratum") == "care_type=diagnostics" })
    let page = try String(
      contentsOf: workspace.current.appending(path: "mirror/gemeente/0197/spiegel.html"), encoding: .utf8)
    #expect(page.contains("Een interval is er niet"))
    #expect(page.contains("hebben geen interval"))
    #expect(!page.contains("Geen van uw cijfers wijkt duidelijk af"))
  }

  @Test func fewPersonsAreWithheld() throws {
    var records = Self.records
    records.append(Self.record("M", "90+", "AALSMEER", 9, "9.00", hospital: "77.77", practice: "0.00"))
    records.append(Self.record("M", "90+", "ZWOLLE", 90, "90.00", hospital: "990.00", practice: "0.00"))
    let (outcome, workspace) = try Self.run(records)
    #expect(outcome.exitCode == 0, "\(outcome.errors)")
    let csv = try CSVTable(workspace.current.appending(path: "mirror/gemeente/0358/spiegel.csv"))
    for row in csv.rows {
      #expect(csv.value(row, "value").isEmpty && csv.value(row, "numerator").isEmpty)
      #expect(csv.value(row, "expected").isEmpty && csv.value(row, "persons").isEmpty)
    }
    #expect(csv.rows.contains { csv.value($0, "protection") == "withheld" })
  }

  /// A municipality that a layout does not have is named, in the manifest and on the terminal, and is in no region of it;
  /// stages that are done again with a layout that has it no longer say so.
  @Test func areasThatALayoutLacks() throws {
    let folder = try TemporaryFolder.untilExit()
    let pipelines = folder.appending(path: "pipelines")
    try FileManager.default.copyItem(at: Shared.package.appending(path: "pipelines"), to: pipelines)
    let layout = pipelines.appending(path: "regions/zorgkantoor-2019-gemeente.csv")
    let whole = try String(contentsOf: layout, encoding: .utf8)
    try Data(whole.replacing("\n0197;arnhem;Arnhem\n", with: "\n").utf8).write(to: layout)
    let input = try Self.deliver(Self.records, columns: Self.columns)
    let workspace = folder.appending(path: "workspace")
    func stage(_ name: String, _ more: String...) throws -> CommandOutcome {
      try Spiegel.start(
        [name, pipelines.appending(path: "vektis-open").path, "--workspace", workspace.path] + more
      ).outcome()
    }
    _ = try stage("ingest", "--input", input.path)
    _ = try stage("normalize")
    let outcome = try stage("aggregate")
    #expect(outcome.exitCode == 0, "\(outcome.errors)")
    #expect(outcome.errors.contains("AreaNotPlaced"))
    #expect(outcome.output.contains("persons not placed in zorgkantoor: 0197 60"))
    let draft = workspace.appending(path: "draft")
    #expect(
      try RunWorkspace.manifest(draft).notes == [
        "group_total records without unit": 1, "persons not placed in zorgkantoor: 0197": 60,
      ])
    let results = try CSVTable(draft.appending(path: "results/results.csv"))
    let unplaced = try #require(
      results.rows.first {
        results.value($0, "indicator") == "kosten-naast-verwacht" && results.value($0, "layout") == "zorgkantoor"
          && results.value($0, "unit") == "onbekend"
      })
    #expect(results.value(unplaced, "numerator") == "11000.1")
    let list = try String(contentsOf: draft.appending(path: "results/not-placed.csv"), encoding: .utf8)
    #expect(list == "layout,place,persons,amount\r\nzorgkantoor,0197,60,11000.10\r\n")
    try Data(whole.utf8).write(to: layout)
    _ = try stage("aggregate")
    #expect(try RunWorkspace.manifest(draft).notes == ["group_total records without unit": 1])
    #expect(!FileManager.default.fileExists(atPath: draft.appending(path: "results/not-placed.csv").path))
  }

  @Test func jobsDoNotMatter() throws {
    let one = try Self.run(Self.records, arguments: ["--jobs", "1"])
    let two = try Self.run(Self.records, arguments: ["--jobs", "2"])
    #expect(try FileTree.contents(one.workspace.current) == FileTree.contents(two.workspace.current))
  }

  /// Nothing is published of a file with a town that is not known, a column that is not known, or a group that is
  /// there twice.
  @Test func refused() throws {
    let stranger = Self.record("M", "90+", "ATLANTIS", 20, "20.00", hospital: "1.00", practice: "1.00")
    let unknown = try Self.run(Self.records + [stranger])
    #expect(unknown.outcome.exitCode == 65)
    #expect(unknown.outcome.errors.contains("unknown-code 1"))
    let twice = try Self.run(Self.records + [Self.records[1]])
    #expect(twice.outcome.exitCode == 65)
    #expect(twice.outcome.errors.contains("duplicate-group 1"))
    let column = try Self.run(Self.records.map { $0 + ";5.00" }, columns: Self.columns + ["EERSTELIJNSVERBLIJF"])
    #expect(column.outcome.exitCode == 65)
    #expect(column.outcome.errors.contains("\"KOSTEN_EERSTELIJNSVERBLIJF\" would be left out"))
    for run in [unknown, twice, column] { #expect(run.workspace.currentTarget == nil) }
  }
}
