import Foundation
import TestSupport
import Testing

/// A run that ends in the middle leaves what was published as it was, and the next run goes through.
struct InterruptedTests {
  @Test func killedInTheMiddle() throws {
    let folder = try TemporaryFolder()
    let workspace = RunWorkspace(folder: folder.url.appending(path: "workspace"))
    func arguments(seed: Int) throws -> [String] {
      let input = folder.url.appending(path: "delivery-\(seed)").path
      let made = try Spiegel.run("samples", "--persons", "60", "--seed", "\(seed)", "--output", input)
      #expect(made.exitCode == 0)
      return ["run", SampleRuns.pipeline, "--input", input, "--workspace", workspace.folder.path]
    }
    let first = try Spiegel.start(try arguments(seed: 1)).outcome()
    #expect(first.exitCode == 0)
    let target = try #require(workspace.currentTarget)
    let before = try FileTree.contents(workspace.current)

    let second = try arguments(seed: 2)
    let runner = try Spiegel.start(second)
    let runs = workspace.folder.appending(path: "runs")
    func half() -> String? {
      let names = (try? FileManager.default.contentsOfDirectory(atPath: runs.path)) ?? []
      return names.first { name in
        name.hasSuffix(".partial") && FileManager.default.fileExists(atPath: runs.appending(path: "\(name)/core").path)
      }
    }
    while runner.isRunning && half() == nil { Thread.sleep(forTimeInterval: 0.01) }
    runner.kill()
    let killed = try runner.outcome()
    #expect(killed.wasKilled && killed.exitCode == SIGKILL)
    #expect(half() != nil)
    #expect(workspace.currentTarget == target)
    #expect(FileTree.differences(before, try FileTree.contents(workspace.current)) == [])

    let again = try Spiegel.start(second).outcome()
    #expect(again.exitCode == 0, "\(again.errors)")
    #expect(workspace.currentTarget != target)
    #expect(half() == nil)
    #expect(FileTree.differences(before, try FileTree.contents(workspace.folder.appending(path: target))) == [])
    let left = try FileManager.default.subpathsOfDirectory(atPath: workspace.folder.path)
    #expect(left.filter { $0.contains(".partial") } == [])
  }
}
