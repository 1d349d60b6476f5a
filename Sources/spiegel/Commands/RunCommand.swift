import ArgumentParser
import Definitions
import Foundation
import Normalize
import Workspace

/// All stages, then publish.
struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Runs all stages and publishes the result, whole or not at all.")

  @OptionGroup var stage: StageOptions
  @OptionGroup var source: InputOptions

  @Flag(help: "End with exit code 0, not 10, when critical findings block figures of the run that is published.")
  var acceptBlocked = false

  /// Published, but critical findings block some of the figures. `sysexits.h` has no code for it; those below 64 are free.
  static let figuresBlocked = ExitCode(10)

  func run() {
    ending(stage.logFormat) {
      let pipeline = try stage.loadPipeline()
      let workspace = try stage.openWorkspace()
      let lock = try WorkspaceLock(workspace)
      let reporter = stage.reporter()
      let key = try source.key(reporter)
      let stages = Stages(pipeline: pipeline, workspace: workspace, jobs: stage.jobs, reporter: reporter)
      var manifest = try stages.ingest(input: source.input, key: key, expected: source.expected())
      let run = try workspace.begin(manifest.run)
      do {
        try stages.normalize(&manifest, run)
        try stages.checkThreshold(manifest, run)
        try stages.checkQuality(manifest, run)
        try stages.aggregate(&manifest, run)
        try stages.checkFigures(manifest, run)
        try stages.mirror(&manifest, run)
        try stages.seal(&manifest, run)
        try manifest.write(run)
        try workspace.publish(run)
      } catch {
        workspace.discard(run)
        let code = (error as? Problem).map { "\($0.category.rawValue)" } ?? "70"
        try? AuditTrail(workspace).append("RunRefused", run: manifest.run, details: ["exit_code": code])
        throw error
      }
      try AuditTrail(workspace).append(
        "RunPublished", run: manifest.run,
        details: ["pipeline": pipeline.id, "deliveries": "\(manifest.deliveries.count)", "tool": Tool.version])
      reporter.event("RunPublished", ["run": manifest.run])
      print(Summary.text(manifest, published: workspace.current.path))
      withExtendedLifetime(lock) {}
      if manifest.blocked != nil && !acceptBlocked { throw Self.figuresBlocked }
    }
  }
}
