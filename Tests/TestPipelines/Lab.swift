public import Definitions
import Columns
import Foundation
public import Ingest
import Parquet
public import TestSupport
public import Workspace

/// A small pipeline with a source of every kind, in a temporary folder, and what is needed to run stages of it.
public struct Lab: Sendable {
  /// Holds the pipeline, the deliveries and the workspace.
  public let folder: TemporaryFolder
  /// The pipeline.
  public let pipeline: Pipeline
  /// The workspace.
  public let workspace: Workspace
  /// The key with the bytes 0…31.
  public static let key = PseudonymKey(bytes: Array(0..<32))

  /// The pipeline as it is, or with some files changed.
  public init(
    buckets: Int = 4, changing changes: [(file: String, from: String, to: String)] = [], adding: [String: String] = [:]
  ) throws {
    folder = try TemporaryFolder()
    var files = LabFiles.all.merging(adding) { $1 }
    let edits = changes + [("pipeline.yaml", "buckets: 4", "buckets: \(buckets)")]
    for edit in edits {
      guard let text = files[edit.file], text.contains(edit.from) else { throw NoSuchText(text: edit.from) }
      files[edit.file] = text.replacingOccurrences(of: edit.from, with: edit.to)
    }
    for (path, text) in files { try folder.write("lab/\(path)", text) }
    pipeline = try Pipeline.load(folder: folder.file("lab"))
    workspace = try Workspace(folder.file("workspace"))
  }

  /// A text to change that does not stand in the file.
  public struct NoSuchText: Error {
    /// The text.
    public let text: String
  }

  /// Puts a file among the deliveries.
  public func deliver(_ name: String, _ text: String) throws { try folder.write("input/\(name)", text) }

  /// Puts a file of any bytes among the deliveries.
  public func deliver(_ name: String, bytes: [UInt8]) throws {
    try deliver(name, "")
    try Data(bytes).write(to: folder.file("input/\(name)"))
  }

  /// Runs the first stage.
  public func ingest(key: PseudonymKey = Lab.key, jobs: Int = 2) throws -> Ingest.Result {
    try Ingest.run(
      pipeline, input: folder.file("input"), workspace: workspace, key: key, jobs: jobs, reporter: .silent)
  }

  /// A manifest of what ingest did.
  public func manifest(_ deliveries: [DeliveryAccount]) -> Manifest {
    Manifest(
      run: "run", pipeline: pipeline.id, definitionVersion: pipeline.version, definitionDigest: pipeline.digest,
      tool: "test", keyID: Lab.key.id, deliveries: deliveries)
  }

  /// The rows of a Parquet file, of all row groups or one.
  public static func rows(_ file: URL, group: Int? = nil) throws -> [[String: String]] {
    let reader = try ParquetReader(path: file.path)
    let groups = group.map { [$0] } ?? Array(reader.rowGroups.indices)
    return try groups.filter { reader.rowGroups[$0] > 0 }.flatMap {
      Cells.rows(try reader.read(group: $0), names: reader.columns.map(\.name))
    }
  }

  /// What ingest kept of a delivery.
  public func staged(_ account: DeliveryAccount) throws -> [[String: String]] { try parts(account, "part") }

  /// What ingest set aside of a delivery.
  public func quarantined(_ account: DeliveryAccount) throws -> [[String: String]] { try parts(account, "quarantine") }

  private func parts(_ account: DeliveryAccount, _ name: String) throws -> [[String: String]] {
    let folder = workspace.staged(account.staged)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasPrefix(name) }.sorted()
    return try names.flatMap { try Self.rows(folder.appending(path: $0)) }
  }

  /// The rows of a core table over all buckets.
  public func core(_ table: String, _ run: RunFolder) throws -> [[String: String]] {
    let paths = try FileManager.default.subpathsOfDirectory(atPath: run.core(table).path)
    return try paths.filter { $0.hasSuffix(".parquet") }.sorted().flatMap {
      try Self.rows(run.core(table).appending(path: $0))
    }
  }
}
