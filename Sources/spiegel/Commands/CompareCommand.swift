import ArgumentParser
import CoreDataset
import Definitions
import Foundation
import Mirror
import Normalize
import Workspace

/// What changed between two runs, by cause.
struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare", abstract: "Says of each published figure how it moved between two runs, and why.",
    discussion: """
      Causes are new data, corrected data, changed definitions, changed mapping and changed method. Where there are several, \
      --pipeline recomputes the figures with one cause at a time, in this order: definitions (or method), mapping, corrected \
      data, new data. That needs the pipeline of the later run and what ingest kept in the workspace. What is withheld in \
      either run has no numbers. Exit codes: 0 done; 66 there is no such run; 74 a run cannot be read; 78 the pipeline is \
      not that of the later run.
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, csv, json }

  @Argument(help: "Folder of the earlier run.")
  var before: String
  @Argument(help: "Folder of the later run, for example workspace/current.")
  var after: String
  @Option(help: "How the result is written: text, csv or json.")
  var format = Format.text
  @Option(help: "Folder of the pipeline of the later run, to recompute figures one cause at a time.")
  var pipeline: String?
  @Option(help: "Folder in which runs are kept; needed with --pipeline.")
  var workspace = "workspace"
  @Option(help: "Threads. The result does not depend on it.")
  var jobs = ProcessInfo.processInfo.activeProcessorCount

  func run() {
    ending {
      let (old, new) = (try Self.folder(before), try Self.folder(after))
      var steps: [RunComparison.Step] = []
      var last: ChangeCause?
      if let pipeline { (steps, last) = try recompute(try Pipeline.load(folder: URL(filePath: pipeline)), old, new) }
      let comparison = try RunComparison(from: old, to: new, steps: steps, last: last)
      switch format {
      case .text: print(comparison.text())
      case .csv: FileHandle.standardOutput.write(Data(comparison.csv().utf8))
      case .json: FileHandle.standardOutput.write(Data(comparison.json()))
      }
    }
  }

  private static func folder(_ path: String) throws(Problem) -> RunFolder {
    let url = URL(filePath: path).resolvingSymlinksInPath()
    let run = RunFolder(id: url.lastPathComponent, folder: url)
    guard FileManager.default.fileExists(atPath: run.manifest.path) else {
      throw Problem(
        .noInput, at: path, "is not a published run", expected: "a folder with manifest.json",
        remedy: "Name the folder of a run, for example workspace/runs/ID.")
    }
    return run
  }

  /// The figures in between, and the cause of what is left.
  private func recompute(
    _ pipeline: Pipeline, _ old: RunFolder, _ new: RunFolder
  ) throws(Problem) -> ([RunComparison.Step], ChangeCause?) {
    let (before, after) = (try Manifest.read(old), try Manifest.read(new))
    guard pipeline.id == after.pipeline, pipeline.digest == after.definitionDigest, after.tool == Tool.version else {
      throw Problem(
        .definition, at: self.pipeline, "is not what the later run was made with",
        expected: "the definitions, and the version of Spiegel, of run \(after.run)",
        remedy: "Name the pipeline as it was for that run, or leave --pipeline out.")
    }
    let space = try Workspace(URL(filePath: workspace))
    let lock = try WorkspaceLock(space)
    defer { withExtendedLifetime(lock) {} }
    let differences = RunDifferences(from: before, to: after)
    let now = Dictionary(after.deliveries.map { ($0.delivery, $0) }) { first, _ in first }
    var causes: [ChangeCause] = []
    if differences.isDefinitionChanged || differences.isMethodChanged {
      causes.append(differences.isDefinitionChanged ? .definition : .method)
    }
    if !differences.mapped.isEmpty { causes.append(.mapping) }
    if !differences.corrected.isEmpty || !differences.missing.isEmpty { causes.append(.correctedData) }
    if !differences.new.isEmpty { causes.append(.newData) }
    guard let last = causes.popLast() else { return ([], nil) }
    // Codes are mapped by the earlier lists until mapping has its turn.
    var isMappedAsBefore = differences.isDefinitionChanged
    let pipelineOfBefore = pipeline.with(decisions: CodeFiles.decisions(of: old))
    var deliveries = before.deliveries
    var steps: [RunComparison.Step] = []
    for cause in causes {
      if cause == .mapping {
        isMappedAsBefore = false
        deliveries = deliveries.map { differences.mapped.contains($0.delivery) ? now[$0.delivery] ?? $0 : $0 }
      } else if cause == .correctedData {
        deliveries = deliveries.compactMap { now[$0.delivery] }
      }
      let stages = Stages(
        pipeline: isMappedAsBefore ? pipelineOfBefore : pipeline, workspace: space, jobs: jobs,
        reporter: Reporter.silent)
      steps.append(RunComparison.Step(cause: cause, rows: try stages.figures(of: deliveries, like: after)))
    }
    return (steps, last)
  }
}

extension Stages {
  /// The figures of some deliveries that ingest has kept, not published and not protected.
  func figures(of deliveries: [DeliveryAccount], like manifest: Manifest) throws(Problem) -> [ResultRow] {
    var manifest = manifest
    manifest.deliveries = []
    for delivery in deliveries.sorted(by: { $0.delivery < $1.delivery }) {
      let counts = workspace.staged(delivery.staged).appending(path: "counts.json")
      do throws(Problem) {
        manifest.deliveries.append(try JSONFile.read(counts))
      } catch {
        throw Problem(
          .cannotRead, at: counts.path, "what ingest made of \(delivery.delivery) is not there any more",
          remedy: "Leave --pipeline out: causes are then named, and not divided.")
      }
    }
    let run = try workspace.begin("compare")
    defer { workspace.discard(run) }
    manifest.coreRows = [:]
    manifest.results = [:]
    manifest.notes = [:]
    try normalize(&manifest, run)
    try aggregate(&manifest, run)
    return try Mirror.results(of: run)
  }
}
