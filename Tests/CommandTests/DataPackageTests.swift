import Foundation
import TestSupport
import Testing

/// The core dataset is what its description says, as seen by a program that knows nothing of Spiegel.
struct DataPackageTests {
  private static func python(_ program: String, _ arguments: String...) throws -> CommandOutcome {
    try CommandRunner(
      URL(filePath: "/usr/bin/env"), ["python3", "-c", program] + arguments, environment: [:],
      in: FileManager.default.temporaryDirectory
    ).outcome()
  }

  static let isDuckDBPresent = (try? python("import duckdb").exitCode == 0) ?? false
  static let hint: Comment = "needs python3 with duckdb"

  /// What does not hold, and rows by table.
  private static func check(_ core: URL) throws -> (broken: [String], rows: [String: Int]) {
    let outcome = try python(dataPackageScript, core.path)
    try #require(outcome.exitCode == 0, "\(outcome.errors)")
    var broken: [String] = []
    var rows: [String: Int] = [:]
    for line in outcome.output.split(separator: "\n") {
      let words = line.split(separator: " ")
      if words.count == 2, let count = Int(words[1]) {
        rows[String(words[0])] = count
      } else {
        broken.append(String(line))
      }
    }
    return (broken, rows)
  }

  @Test(.enabled(if: isDuckDBPresent, hint))
  func keysAndReferencesHold() throws {
    for run in [try SampleRuns.twice.get().second, try FaultyTests.published()] {
      let (broken, rows) = try Self.check(run.workspace.current.appending(path: "core"))
      #expect(broken == [])
      let manifest = try RunWorkspace.manifest(run.workspace.current)
      #expect(rows == manifest.coreRows)
      let filled = ["person", "claim_line", "stay", "stay_line", "response", "answer", "score"]
      #expect(filled.allSatisfy { (rows[$0] ?? 0) > 0 })
    }
  }

  /// The check itself finds what is wrong.
  @Test(.enabled(if: isDuckDBPresent, hint))
  func theCheckFindsFaults() throws {
    let copy = try TemporaryFolder.untilExit().appending(path: "core")
    try FileManager.default.copyItem(
      at: try FaultyTests.published().workspace.current.appending(path: "core"), to: copy)
    let descriptor = copy.appending(path: "datapackage.json")
    let text = try String(contentsOf: descriptor, encoding: .utf8)
    let claims = "\"claim_line/bucket=00/part-0.parquet\""
    let person = "\"person/bucket=00/part-0.parquet\""
    try #require(text.contains(claims) && text.contains(person))
    // The claims of one bucket twice, the persons of that bucket those of another.
    let changed = text.replacingOccurrences(of: claims, with: claims + ", " + claims)
      .replacingOccurrences(of: person + ",", with: "")
      .replacingOccurrences(of: "\"general-practice\"", with: "\"no-care\"")
    try Data(changed.utf8).write(to: descriptor)
    let broken = try Self.check(copy).broken
    #expect(broken.contains("claim_line: primary key occurs twice"))
    #expect(broken.contains("claim_line: \"person\" without person"))
    #expect(broken.contains("claim_line.care_type: general-practice is not allowed"))
  }

  /// One line of SQL opens a table of a whole run.
  @Test(.enabled(if: isDuckDBPresent, hint))
  func oneLineOfSQL() throws {
    let run = try SampleRuns.twice.get().second.workspace.current
    let program = """
      import duckdb, sys
      print(duckdb.execute(f"select sum(amount_cents) from '{sys.argv[1]}/core/claim_line/*/*.parquet'").fetchone()[0])
      """
    let outcome = try Self.python(program, run.path)
    let cents = try RunWorkspace.manifest(run).deliveries.reduce(Int64(0)) { $0 + $1.acceptedCents }
    #expect(outcome.output == "\(cents / 100)." + "\(cents % 100 + 100)".dropFirst() + "\n", "\(outcome.errors)")
  }

  /// One line of SQL opens all tables of a run at once.
  @Test(.enabled(if: isDuckDBPresent, hint))
  func oneLineOfSQLForTheWholeFolder() throws {
    let run = try SampleRuns.twice.get().second.workspace.current
    let program = """
      import duckdb, sys
      for table, rows in duckdb.execute(f"select split_part(split_part(filename, '/core/', -1), '/', 1), count(*) from read_parquet('{sys.argv[1]}/core/**/*.parquet', union_by_name = true, filename = true) group by all order by all").fetchall(): print(table, rows)
      """
    let outcome = try Self.python(program, run.path)
    let rows = try RunWorkspace.manifest(run).coreRows.filter { $0.value > 0 }
    #expect(
      outcome.output == rows.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)\n" }.joined(), "\(outcome.errors)")
  }

  static let isFrictionlessPresent = (try? python("import duckdb, frictionless").exitCode == 0) ?? false

  /// The reference implementation of the Frictionless specifications finds nothing wrong in the tables as CSV, with the same
  /// schemas: types, required and allowed values, primary and foreign keys. It does find a value that is not allowed.
  @Test(.enabled(if: isFrictionlessPresent, "needs python3 with duckdb and frictionless"))
  func frictionlessValidates() throws {
    let core = try SampleRuns.twice.get().second.workspace.current.appending(path: "core")
    let valid = try Self.python(frictionlessScript, core.path, try TemporaryFolder.untilExit().path, "")
    #expect(valid.output == "valid\n", "\(valid.output)\(valid.errors)")
    let wrong = try Self.python(frictionlessScript, core.path, try TemporaryFolder.untilExit().path, "person")
    #expect(wrong.output.contains("person") && wrong.output.contains("constraint"), "\(wrong.output)\(wrong.errors)")
  }

  @Test(arguments: ["markdown", "json", "datapackage"])
  func schemaNamesEveryTable(format: String) throws {
    let outcome = try Spiegel.run("schema", "--format", format)
    #expect(outcome.exitCode == 0)
    for table in ["person", "claim_line", "claim_correction", "stay", "stay_line", "group_total"] {
      let name = format == "markdown" ? "## \(table)\n" : "\"name\" : \"\(table)\""
      #expect(outcome.output.contains(name), "\(table)")
    }
    if format != "markdown" { _ = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) }
    if format == "datapackage" { #expect(!outcome.output.contains("\"result\"")) }
  }

  @Test func anUnknownFormatIsRefused() throws {
    #expect(try Spiegel.run("schema", "--format", "yaml").exitCode == 64)
  }
}
