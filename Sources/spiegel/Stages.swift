import Aggregate
import Definitions
import Foundation
import Ingest
import Mirror
import Normalize
import Workspace

/// The stages in order, on one run folder.
struct Stages {
  let pipeline: Pipeline
  let workspace: Workspace
  let jobs: Int
  let reporter: Reporter

  /// Ingest; gives the manifest of a run that begins.
  func ingest(
    input: String, key: PseudonymKey, expected: [String: StatedTotals] = [:]
  ) throws(Problem) -> Manifest {
    let result = try Ingest.run(
      pipeline, input: URL(filePath: input), workspace: workspace, key: key, jobs: jobs, reporter: reporter,
      expected: expected)
    let identity =
      result.deliveries.map { "\($0.delivery) \($0.sha256)" } + [pipeline.id, pipeline.digest, Tool.version, key.id]
    var manifest = Manifest(
      run: String(ContentDigest.of(identity.joined(separator: "\n")).prefix(16)), pipeline: pipeline.id,
      definitionVersion: pipeline.version, definitionDigest: pipeline.digest, tool: Tool.version, keyID: key.id,
      deliveries: result.deliveries)
    manifest.ignored = result.ignored
    manifest.currency = pipeline.currency
    return manifest
  }

  /// Normalize.
  func normalize(_ manifest: inout Manifest, _ run: RunFolder) throws(Problem) {
    try Normalize.run(
      pipeline, manifest: &manifest, workspace: workspace, run: run, jobs: jobs, reporter: reporter)
  }

  /// Aggregate.
  func aggregate(_ manifest: inout Manifest, _ run: RunFolder) throws(Problem) {
    try Aggregate.run(pipeline, manifest: &manifest, run: run, jobs: jobs, reporter: reporter)
  }

  /// Mirror, and the gauges of what became of the run.
  func mirror(_ manifest: inout Manifest, _ run: RunFolder) throws(Problem) {
    let trail = AuditTrail(workspace)
    let published = trail.published(before: manifest.run, pipeline: pipeline.id, workspace)
    try Mirror.run(
      pipeline, manifest: &manifest, run: run,
      earlier: trail.reference(of: manifest.run, pipeline: pipeline.id, workspace),
      published: published.map { RunFolder(id: $0, folder: workspace.run($0)) }, jobs: jobs, reporter: reporter)
    try Metrics.write(manifest, run)
  }

  /// Stops a run in which too much was set aside, and leaves its quarantine where the steward can read it.
  func checkThreshold(_ manifest: Manifest, _ run: RunFolder) throws(Problem) {
    do {
      try Ingest.checkThreshold(pipeline, manifest.deliveries)
    } catch {
      let kept = try keep(run, of: manifest)
      throw Problem(
        error.category, at: error.place, error.message, expected: error.expected,
        remedy: "Nothing was published. Read \(kept.path)/quarantine.csv, mend the delivery or its source definition, "
          + "and run again.")
    }
  }

  /// Stops a run of which a check refuses a delivery, and leaves what it found where the steward can read it.
  func checkQuality(_ manifest: Manifest, _ run: RunFolder) throws(Problem) {
    guard let stopped = manifest.stopped else { return }
    let kept = try keep(run, of: manifest)
    throw Problem(
      .data, stopped,
      remedy: "Nothing was published. Open \(kept.path)/quality/index.html, mend the delivery, and run again.")
  }

  /// Moves the quarantine and the findings of a run that is refused to `rejected/`.
  private func keep(_ run: RunFolder, of manifest: Manifest) throws(Problem) -> URL {
    let kept = workspace.folder.appending(path: "rejected").appending(path: manifest.run)
    try? FileManager.default.removeItem(at: kept)
    try Workspace.create(kept.deletingLastPathComponent())
    try Workspace.rename(run.quarantine, kept)
    try Workspace.rename(run.quality, kept.appending(path: "quality"))
    return kept
  }

  /// Stops a run without a single figure: published, it would put empty mirror files in place of good ones.
  func checkFigures(_ manifest: Manifest, _ run: RunFolder) throws(Problem) {
    guard manifest.results["ok", default: 0] + manifest.results["indicative", default: 0] == 0 else { return }
    if manifest.results["blocked", default: 0] > 0 {
      let kept = try keep(run, of: manifest)
      throw Problem(
        .data,
        "critical findings block every figure: \((manifest.blocked ?? [:]).keys.sorted().joined(separator: ", "))",
        remedy: "Nothing was published. Open \(kept.path)/quality/index.html, mend the deliveries, and run again.")
    }
    throw Problem(
      .data, "no figure could be computed from these deliveries", expected: "records that the indicators count",
      remedy: "Nothing was published. Check that all deliveries are in the folder and lie in the pipeline's periods.")
  }

  /// The hash of every file of a run.
  func seal(_ manifest: inout Manifest, _ run: RunFolder) throws(Problem) {
    let files = try Self.files(below: run.folder)
    let digests = try inParallel(files.count, jobs: jobs) { index throws(Problem) in
      try ContentDigest.of(file: run.folder.appending(path: files[index]))
    }
    manifest.files = Dictionary(uniqueKeysWithValues: zip(files, digests))
  }

  private static func files(below folder: URL) throws(Problem) -> [String] {
    guard let found = try? FileManager.default.subpathsOfDirectory(atPath: folder.path) else {
      throw Problem(.cannotRead, at: folder.path, "the run folder cannot be read")
    }
    return found.filter { path in
      var isFolder: ObjCBool = false
      let full = folder.appending(path: path).path
      return path != "manifest.json" && FileManager.default.fileExists(atPath: full, isDirectory: &isFolder)
        && !isFolder.boolValue
    }.sorted()
  }
}

/// The run that single stages work on: never published, so that a steward can look and mend.
enum Draft {
  /// The folder.
  static func folder(_ workspace: Workspace) -> RunFolder {
    RunFolder(id: "draft", folder: workspace.folder.appending(path: "draft"))
  }
}
