import Foundation
import TestSupport
import Testing

// One after the other: two of them use the same workspace, which is for one run at a time.
@Suite("spiegel compare", .serialized)
struct CompareTests {
  /// A run without the claims of 2018, then one with them and with a corrected register of insured persons.
  static let runs = Result {
    let made = try TemporaryFolder.untilExit()
    _ = try Spiegel.run("samples", "--persons", "1500", "--seed", "4", "--output", made.path)
    let late = "verzekeraar-declaraties-2018.csv"
    let aside = try TemporaryFolder.untilExit().appending(path: late)
    try FileManager.default.moveItem(at: made.appending(path: late), to: aside)
    let workspace = RunWorkspace(folder: try TemporaryFolder.untilExit())
    func run() throws -> URL {
      let outcome = try Spiegel.run(
        "run", SampleRuns.pipeline, "--input", made.path, "--workspace", workspace.folder.path)
      guard outcome.exitCode == 0 else { throw CocoaError(.executableLoad, userInfo: ["why": outcome.errors]) }
      return workspace.current.resolvingSymlinksInPath()
    }
    let first = try run()
    try FileManager.default.moveItem(at: aside, to: made.appending(path: late))
    // The amounts of one year are delivered anew: each ten cents more.
    let claims = made.appending(path: "verzekeraar-declaraties-2017.csv")
    let text = try String(contentsOf: claims, encoding: .isoLatin1)
    let corrected = text.replacingOccurrences(of: ",10;", with: ",20;")
    #expect(corrected != text)
    try corrected.write(to: claims, atomically: true, encoding: .isoLatin1)
    let second = try run()
    return (workspace: workspace, input: made, first: first, second: second, again: try run())
  }

  @Test func theSameInputIsTheSameRunAlsoAfterAnother() throws {
    let runs = try Self.runs.get()
    #expect(runs.first != runs.second && runs.second == runs.again)
    let manifest = try RunWorkspace.manifest(runs.second)
    #expect(manifest.reference == runs.first.lastPathComponent)
    #expect(try RunWorkspace.manifest(runs.first).reference == nil)
    #expect(try Spiegel.run("verify", runs.second.path).exitCode == 0)
  }

  @Test func causesAreNamedAndWithThePipelineDivided() throws {
    let runs = try Self.runs.get()
    let named = try Spiegel.run("compare", runs.first.path, runs.second.path)
    #expect(named.exitCode == 0, "\(named.errors)")
    #expect(named.output.contains("Newly delivered: 1 file (verzekeraar-declaraties-2018.csv)."))
    #expect(named.output.contains("Delivered again with other content: verzekeraar-declaraties-2017.csv."))
    #expect(named.output.contains("moved by causes that are not told apart"))
    let divided = try Spiegel.run(
      "compare", runs.first.path, runs.second.path, "--format", "csv", "--pipeline", SampleRuns.pipeline, "--workspace",
      runs.workspace.folder.path)
    #expect(divided.exitCode == 0, "\(divided.errors)")
    let lines = divided.output.split(whereSeparator: \.isNewline).map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    let header = try #require(lines.first)
    func cell(_ line: [String], _ name: String) -> String { line[header.firstIndex(of: name) ?? 0] }
    let costs = lines.dropFirst().filter {
      cell($0, "indicator") == "kosten-alle-verzekerden" && cell($0, "layout") == "nation" && cell($0, "stratum") == ""
    }
    let corrected = try #require(costs.first { cell($0, "period") == "2017" })
    let new = try #require(costs.first { cell($0, "period") == "2018" })
    #expect(cell(corrected, "state") == "moved" && (Double(cell(corrected, "corrected_data")) ?? 0) > 0)
    #expect((Double(cell(corrected, "new_data")) ?? 0) == 0)
    #expect(cell(new, "state") == "moved" && (Double(cell(new, "new_data")) ?? 0) > 0)
    for line in lines.dropFirst() where !cell(line, "corrected_data").isEmpty {
      let parts = ["new_data", "corrected_data"].reduce(0) { $0 + (Double(cell(line, $1)) ?? 0) }
      #expect(abs(parts - (Double(cell(line, "change")) ?? .nan)) < 1e-6)
    }
    #expect(
      !FileManager.default.fileExists(atPath: runs.workspace.folder.appending(path: "runs/.compare.partial").path))
  }

  /// Another definition of one indicator, another line in a code list, a corrected file and a new one, all at once: each
  /// figure moves by what touches it.
  @Test func definitionAndMappingAreToldApart() throws {
    let before = try Self.runs.get()
    let pipeline = try SampleRuns.changedPipeline([
      ("indicators/opnamen.yaml", "activities: [admission]", "activities: [admission, day-treatment]"),
      ("codes/activiteit.csv", "consult op afstand;remote-consult", "consult op afstand;consult"),
    ]).path
    let run = try Spiegel.run(
      "run", pipeline, "--input", before.input.path, "--workspace", before.workspace.folder.path)
    #expect(run.exitCode == 0, "\(run.errors)")
    let after = before.workspace.current.resolvingSymlinksInPath().path
    let divided = try Spiegel.run(
      "compare", before.first.path, after, "--format", "csv", "--pipeline", pipeline, "--workspace",
      before.workspace.folder.path)
    #expect(divided.exitCode == 0, "\(divided.errors)")
    let lines = divided.output.split(whereSeparator: \.isNewline).map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    let header = try #require(lines.first)
    func number(_ indicator: String, _ period: String, _ name: String) -> Double? {
      func cell(_ line: [String], _ name: String) -> String { line[header.firstIndex(of: name) ?? 0] }
      return lines.first {
        cell($0, "indicator") == indicator && cell($0, "layout") == "nation" && cell($0, "stratum") == ""
          && cell($0, "period") == period
      }.flatMap { Double(cell($0, name)) }
    }
    let causes = ["new_data", "corrected_data", "definition", "mapping"]
    for (indicator, period, cause) in [
      ("opnamen", "2016", "definition"), ("consulten-op-afstand", "2016", "mapping"),
      ("kosten-alle-verzekerden", "2017", "corrected_data"), ("kosten-alle-verzekerden", "2018", "new_data"),
    ] {
      let change = try #require(number(indicator, period, "change"), "\(indicator)")
      #expect(change != 0)
      for one in causes {
        let part = try #require(number(indicator, period, one), "\(indicator) \(one)")
        #expect(abs(part - (one == cause ? change : 0)) < 1e-9, "\(indicator) \(one)")
      }
    }
  }

  @Test func aRunBesideItselfIsTheSame() throws {
    let run = try Self.runs.get().first.path
    let outcome = try Spiegel.run("compare", run, run, "--format", "json")
    #expect(outcome.exitCode == 0)
    #expect(outcome.output.contains("\"same\"") && !outcome.output.contains("\"moved\""))
    #expect(try Spiegel.run("compare", run, "/nowhere").exitCode == 66)
  }

  @Test func anotherPipelineIsADefinitionError() throws {
    let runs = try Self.runs.get()
    let outcome = try Spiegel.run(
      "compare", runs.first.path, runs.second.path, "--pipeline", Spiegel.pipeline("nhs-proms"), "--workspace",
      runs.workspace.folder.path)
    #expect(outcome.exitCode == 78 && outcome.errors.contains("is not what the later run was made with"))
  }
}
