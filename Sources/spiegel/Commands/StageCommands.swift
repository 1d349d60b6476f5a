import ArgumentParser
import Definitions
import Foundation
import Normalize
import Workspace

/// Ingest alone.
struct IngestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ingest",
    abstract: "Reads deliveries into the workspace and says what was set aside.",
    discussion: "Works on the workspace's draft, which the other single stages go on with and `run` leaves alone.")

  @OptionGroup var stage: StageOptions
  @OptionGroup var source: InputOptions

  func run() {
    ending(stage.logFormat) {
      let workspace = try stage.openWorkspace()
      let lock = try WorkspaceLock(workspace)
      let reporter = stage.reporter()
      let stages = Stages(
        pipeline: try stage.loadPipeline(), workspace: workspace, jobs: stage.jobs, reporter: reporter)
      let manifest = try stages.ingest(input: source.input, key: try source.key(reporter), expected: source.expected())
      let draft = Draft.folder(workspace)
      try? FileManager.default.removeItem(at: draft.folder)
      try Workspace.create(draft.folder)
      try QuarantineFiles.write(manifest: manifest, workspace: workspace, run: draft)
      try manifest.write(draft)
      print(Summary.text(manifest, published: "\(draft.folder.path) (draft, ingested)"))
      withExtendedLifetime(lock) {}
    }
  }
}

/// Normalize alone.
struct NormalizeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "normalize", abstract: "Makes the core dataset of the draft's staged deliveries.")
  @OptionGroup var stage: StageOptions

  func run() {
    onDraft(stage) { stages, manifest, draft in
      // The accounts begin again from ingest, so that the stage can be repeated.
      manifest.deliveries = try manifest.deliveries.map { account throws(Problem) in
        try JSONFile.read(stages.workspace.staged(account.staged).appending(path: "counts.json"))
      }
      manifest.coreRows = [:]
      manifest.notes = [:]
      try? FileManager.default.removeItem(at: draft.folder.appending(path: "core"))
      try stages.normalize(&manifest, draft)
    }
  }
}

/// Aggregate alone.
struct AggregateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "aggregate", abstract: "Computes the indicators of the draft's core dataset.")
  @OptionGroup var stage: StageOptions

  func run() {
    onDraft(stage) { stages, manifest, draft in try stages.aggregate(&manifest, draft) }
  }
}

/// Mirror alone.
struct MirrorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mirror", abstract: "Writes the mirror files of the draft's results.")
  @OptionGroup var stage: StageOptions

  func run() {
    onDraft(stage) { stages, manifest, draft in
      try? FileManager.default.removeItem(at: draft.mirror)
      try stages.mirror(&manifest, draft)
    }
  }
}

/// Takes the lock, does one stage on the draft and writes its manifest.
private func onDraft(_ stage: StageOptions, _ work: (Stages, inout Manifest, RunFolder) throws -> Void) {
  ending(stage.logFormat) {
    let workspace = try stage.openWorkspace()
    let lock = try WorkspaceLock(workspace)
    let draft = Draft.folder(workspace)
    guard FileManager.default.fileExists(atPath: draft.manifest.path) else {
      throw Problem(
        .noInput, at: draft.folder.path, "there is no draft in this workspace",
        expected: "what `spiegel ingest` leaves",
        remedy: "Run `spiegel ingest \(stage.pipeline) --input DIR --workspace \(stage.workspace)` first.")
    }
    var manifest = try Manifest.read(draft)
    let pipeline = try stage.loadPipeline()
    guard manifest.pipeline == pipeline.id else {
      throw Problem(
        .usage, at: draft.folder.path, "the draft is of pipeline \(manifest.pipeline), not \(pipeline.id)",
        remedy: "Name that pipeline, or run `spiegel ingest` for this one.")
    }
    let stages = Stages(pipeline: pipeline, workspace: workspace, jobs: stage.jobs, reporter: stage.reporter())
    try work(stages, &manifest, draft)
    manifest.definitionDigest = pipeline.digest
    try manifest.write(draft)
    print(Summary.text(manifest, published: "\(draft.folder.path) (draft, not published)"))
    withExtendedLifetime(lock) {}
  }
}
