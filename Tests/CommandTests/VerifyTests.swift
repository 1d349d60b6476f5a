import Foundation
import TestSupport
import Testing

@Suite("spiegel verify")
struct VerifyTests {
  /// A copy of the sample run that may be spoilt.
  static func copy() throws -> URL {
    let copy = try TemporaryFolder.untilExit().appending(path: "run")
    try FileManager.default.copyItem(at: try SampleRuns.twice.get().first.workspace.current, to: copy)
    return copy
  }

  @Test func aPublishedRunIsWhole() throws {
    let outcome = try Spiegel.run("verify", try SampleRuns.twice.get().first.workspace.current.path)
    #expect(outcome.exitCode == 0, "\(outcome.errors)")
    #expect(outcome.output.split(separator: "\n").count == 6)
    #expect(outcome.output.split(separator: "\n").allSatisfy { $0.hasPrefix("ok: ") })
    #expect(outcome.errors.isEmpty)
  }

  @Test func whatIsNoRunIsNoInput() throws {
    let outcome = try Spiegel.run("verify", try TemporaryFolder.untilExit().path)
    #expect(outcome.exitCode == 66)
    #expect(outcome.errors.contains("is not a published run"))
  }

  @Test func aDamagedManifestIsData() throws {
    let run = try Self.copy()
    try Data("{".utf8).write(to: run.appending(path: "manifest.json"))
    #expect(try Spiegel.run("verify", run.path).exitCode == 65)
  }

  @Test func filesThatChangedWereAddedOrAreGoneAreNamed() throws {
    let run = try Self.copy()
    let page = run.appending(path: "mirror/index.html")
    try (try Data(contentsOf: page) + Data(" ".utf8)).write(to: page)
    try Data().write(to: run.appending(path: "new.txt"))
    try FileManager.default.removeItem(at: run.appending(path: "results/results.csv"))
    let outcome = try Spiegel.run("verify", run.path)
    #expect(outcome.exitCode == 65)
    for line in [
      "mirror/index.html: is not the file that was published", "new.txt: is not in the manifest",
      "results/results.csv: is missing or cannot be read",
    ] {
      #expect(outcome.errors.contains("error: \(line)\n"))
    }
    #expect(outcome.output.contains("WRONG: ") && outcome.output.contains("ok: "))
  }

  @Test func countsThatDoNotAddUpAreNamed() throws {
    let run = try Self.copy()
    let file = run.appending(path: "manifest.json")
    let text = try String(contentsOf: file, encoding: .utf8)
    let rows = try RunWorkspace.manifest(run).coreRows["claim_line"] ?? 0
    try #require(rows > 0)
    try Data(text.replacingOccurrences(of: "\"claim_line\" : \(rows)", with: "\"claim_line\" : \(rows - 1)").utf8)
      .write(to: file)
    let outcome = try Spiegel.run("verify", run.path)
    #expect(outcome.exitCode == 65)
    #expect(outcome.errors.contains("core/claim_line: its rows are not those of the manifest"))
  }
}
