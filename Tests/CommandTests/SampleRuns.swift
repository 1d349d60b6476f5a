import Foundation
import TestSupport

/// Runs of made-up deliveries that several tests look at; each is done once.
enum SampleRuns {
  static let pipeline = Spiegel.pipeline("chronische-pijn")

  /// A run and what it published.
  struct Published: Sendable {
    let outcome: CommandOutcome
    let workspace: RunWorkspace
    /// Every file of the run folder.
    let tree: [String: Data]

    init(_ outcome: CommandOutcome, _ workspace: RunWorkspace) throws {
      self.outcome = outcome
      self.workspace = workspace
      // Published, whether or not findings block figures.
      tree = [0, 10].contains(outcome.exitCode) ? try FileTree.contents(workspace.current) : [:]
    }
  }

  /// Deliveries of 2000 persons.
  static let delivery = Result {
    let folder = try TemporaryFolder.untilExit()
    let outcome = try Spiegel.run("samples", "--persons", "2000", "--seed", "1", "--output", folder.path)
    return (outcome: outcome, folder: folder)
  }

  /// A run on two threads, then the same run again in the same workspace.
  static let twice = Result {
    let workspace = RunWorkspace(folder: try TemporaryFolder.untilExit())
    let input = try delivery.get().folder.path
    let first = try Published(
      try Spiegel.run(
        "run", pipeline, "--input", input, "--workspace", workspace.folder.path, "--jobs", "2", "--log-format", "json"),
      workspace)
    let second = try Published(
      try Spiegel.run("run", pipeline, "--input", input, "--workspace", workspace.folder.path), workspace)
    return (first: first, second: second)
  }

  /// The single stages on one thread and then a whole run, in another workspace.
  static let inStages = Result {
    let workspace = RunWorkspace(folder: try TemporaryFolder.untilExit())
    let place = ["--workspace", workspace.folder.path, "--jobs", "1"]
    let input = ["--input", try delivery.get().folder.path]
    var outcomes = [try Spiegel.start(["ingest", pipeline] + place + input).outcome()]
    for stage in ["normalize", "aggregate", "mirror"] {
      outcomes.append(try Spiegel.start([stage, pipeline] + place).outcome())
    }
    let wasPublished = workspace.currentTarget != nil
    let draft = try FileTree.contents(workspace.folder.appending(path: "draft"))
    let run = try Published(try Spiegel.start(["run", pipeline] + place + input).outcome(), workspace)
    return (stages: outcomes, wasPublished: wasPublished, draft: draft, run: run)
  }

  /// A delivery with faults, without the list of them.
  struct Faulty: Sendable {
    let folder: URL
    let list: URL
    let refused: URL
  }

  /// Deliveries of 300 persons with faults.
  static let faulty = Result {
    let folder = try TemporaryFolder.untilExit()
    let made = folder.appending(path: "delivery")
    _ = try Spiegel.run("samples", "--persons", "300", "--seed", "2", "--faults", "--output", made.path)
    let list = folder.appending(path: "faults.csv")
    try FileManager.default.moveItem(at: made.appending(path: "faults.csv"), to: list)
    let refused = folder.appending(path: "refused")
    try FileManager.default.moveItem(at: made.appending(path: "refused"), to: refused)
    return Faulty(folder: made, list: list, refused: refused)
  }

  /// A copy of the pipelines in which some text of one file is another.
  static func changedPipeline(_ changes: [(file: String, from: String, to: String)]) throws -> URL {
    let copy = try TemporaryFolder.untilExit().appending(path: "pipelines")
    try FileManager.default.copyItem(at: Shared.package.appending(path: "pipelines"), to: copy)
    let pipeline = copy.appending(path: "chronische-pijn")
    for change in changes {
      let file = pipeline.appending(path: change.file)
      let text = try String(contentsOf: file, encoding: .utf8)
      guard text.contains(change.from) else { throw CocoaError(.fileReadCorruptFile) }
      try Data(text.replacingOccurrences(of: change.from, with: change.to).utf8).write(to: file)
    }
    return pipeline
  }
}
