import Foundation
import TestSupport
import Testing

/// The figures of the chronic-pain pipeline are those that a second implementation makes straight from the deliveries:
/// `Tests/Reference/recompute_samples.py`, which reads nothing that Spiegel made.
struct SampleFiguresTests {
  private static let script = Shared.package.appending(path: "Tests/Reference/recompute_samples.py")

  private static func recompute(_ results: URL) throws -> (succeeded: Bool, output: String) {
    try Python.run(
      "import runpy; runpy.run_path('\(script.path)', run_name='__main__')",
      [try SampleRuns.delivery.get().folder.path, results.path, Shared.package.appending(path: "pipelines").path])
  }

  @Test(.enabled(if: Python.has("csv"), "needs python3"))
  func everyFigureIsRecomputed() throws {
    let run = try SampleRuns.twice.get().first.workspace.current
    let (succeeded, output) = try Self.recompute(run.appending(path: "results/results.csv"))
    #expect(succeeded, "\(output)")
    let compared = try #require(
      output.split(separator: "\n").last { $0.hasSuffix(" 0 differ") }?.split(separator: " ").first.flatMap { Int($0) })
    #expect(compared > 9000)
  }

  /// The comparison itself can fail: a figure that is one cent off is found.
  @Test(.enabled(if: Python.has("csv"), "needs python3"))
  func aFigureThatIsOffIsFound() throws {
    let run = try SampleRuns.twice.get().first.workspace.current
    var lines = try String(contentsOf: run.appending(path: "results/results.csv"), encoding: .utf8)
      .split(whereSeparator: \.isNewline).map(String.init)
    let column = try #require(lines[0].split(separator: ",").firstIndex(of: "numerator"))
    let row = try #require(lines.firstIndex { $0.hasPrefix("kosten-alle-verzekerden,") && $0.contains(",nation,") })
    var fields = lines[row].split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    fields[column] = "\(try #require(Double(fields[column])) + 0.01)"
    lines[row] = fields.joined(separator: ",")
    let changed = try TemporaryFolder.untilExit().appending(path: "results.csv")
    try Data(lines.joined(separator: "\n").utf8).write(to: changed)
    let (succeeded, output) = try Self.recompute(changed)
    #expect(!succeeded)
    #expect(output.contains("kosten-alle-verzekerden nation NL"))
  }
}
