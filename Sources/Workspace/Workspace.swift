public import Foundation
import Glibc

/// The folder in which runs are made and kept.
///
///     staged/<digest>/     what ingest made of a delivery, written once and reused
///     runs/<id>/           a run, published whole
///     current -> runs/<id>
///     audit.jsonl
public struct Workspace: Sendable {
  /// The folder.
  public let folder: URL

  /// A workspace in a folder, which is created where needed.
  public init(_ folder: URL) throws(Problem) {
    self.folder = folder
    for name in ["staged", "runs"] { try Self.create(folder.appending(path: name)) }
  }

  /// Where ingest keeps what it made of a delivery.
  public func staged(_ digest: String) -> URL { folder.appending(path: "staged").appending(path: digest) }
  /// A published run.
  public func run(_ id: String) -> URL { folder.appending(path: "runs").appending(path: id) }
  /// The link to the newest published run.
  public var current: URL { folder.appending(path: "current") }

  /// An empty folder for a run that is being made. What an earlier attempt left there is removed.
  public func begin(_ id: String) throws(Problem) -> RunFolder {
    let partial = folder.appending(path: "runs").appending(path: ".\(id).partial")
    try? FileManager.default.removeItem(at: partial)
    try Self.create(partial)
    return RunFolder(id: id, folder: partial)
  }

  /// Makes a finished run visible: first under its own name, then as `current`. Each step is one rename, so that a reader
  /// sees the run before or the run after, never half of one; where the very same run is published again, its folder and
  /// the new one change places in one step.
  public func publish(_ run: RunFolder) throws(Problem) {
    let target = self.run(run.id)
    let old = folder.appending(path: "runs").appending(path: ".\(run.id).old")
    try? FileManager.default.removeItem(at: old)
    if !FileManager.default.fileExists(atPath: target.path) {
      try Self.rename(run.folder, target)
    } else if Self.exchange(run.folder, target) {
      try? FileManager.default.removeItem(at: run.folder)
    } else {
      // A file system that cannot do it: the folder is away for the moment between two renames.
      try Self.rename(target, old)
      try Self.rename(run.folder, target)
      try? FileManager.default.removeItem(at: old)
    }
    let link = folder.appending(path: ".current.new")
    unlink(link.path)
    guard symlink("runs/\(run.id)", link.path) == 0 else {
      throw Problem(.cannotWrite, at: link.path, "cannot make the link `current`: \(String(cString: strerror(errno)))")
    }
    try Self.rename(link, current)
  }

  /// Removes a run that is not to be published.
  public func discard(_ run: RunFolder) { try? FileManager.default.removeItem(at: run.folder) }

  /// Moves a file or folder in one step.
  public static func rename(_ from: URL, _ to: URL) throws(Problem) {
    guard Glibc.rename(from.path, to.path) == 0 else {
      throw Problem(.cannotWrite, at: to.path, "cannot be put in place: \(String(cString: strerror(errno)))")
    }
  }

  /// Lets two files or folders change places in one step. False when the file system cannot.
  private static func exchange(_ one: URL, _ other: URL) -> Bool {
    // Glibc has it since 2.28, but shows it to C only with GNU extensions: found by its name.
    guard let found = dlsym(nil, "renameat2") else { return false }
    typealias Rename = @convention(c) (Int32, UnsafePointer<CChar>, Int32, UnsafePointer<CChar>, UInt32) -> Int32
    let exchange: UInt32 = 2
    return unsafeBitCast(found, to: Rename.self)(AT_FDCWD, one.path, AT_FDCWD, other.path, exchange) == 0
  }

  /// Creates a folder with all folders above it.
  public static func create(_ folder: URL) throws(Problem) {
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    } catch {
      throw Problem(
        .cannotWrite, at: folder.path, "cannot create this folder",
        remedy: "Check that the folder above it exists, is writable and that the disk is not full.")
    }
  }
}

/// The folder of one run and the places in it.
public struct RunFolder: Sendable {
  /// The run's id, made from its content.
  public let id: String
  /// The folder.
  public let folder: URL

  /// A run in a folder.
  public init(id: String, folder: URL) {
    self.id = id
    self.folder = folder
  }

  /// A table of the core dataset.
  public func core(_ table: String) -> URL { folder.appending(path: "core").appending(path: table) }
  /// The part of a table that holds the persons of a bucket.
  public func core(_ table: String, bucket: Int) -> URL {
    core(table).appending(path: bucket < 10 ? "bucket=0\(bucket)" : "bucket=\(bucket)")
  }
  /// Results.
  public var results: URL { folder.appending(path: "results") }
  /// Records and values set aside.
  public var quarantine: URL { folder.appending(path: "quarantine") }
  /// What quality checks found.
  public var quality: URL { folder.appending(path: "quality") }
  /// Mirror files.
  public var mirror: URL { folder.appending(path: "mirror") }
  /// Accounts of what was read, from which files, by which definitions.
  public var manifest: URL { folder.appending(path: "manifest.json") }
}

/// Holds a workspace for one process. Released when the process ends, however it ends.
public final class WorkspaceLock: Sendable {
  private let descriptor: Int32

  /// Takes the lock at once or says that somebody else has it.
  public init(_ workspace: Workspace) throws(Problem) {
    let path = workspace.folder.appending(path: ".lock").path
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else {
      throw Problem(.cannotWrite, at: path, "cannot be opened: \(String(cString: strerror(errno)))")
    }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      close(descriptor)
      throw Problem(
        .busy, at: workspace.folder.path, "another run holds this workspace",
        remedy: "Wait until it has ended and try again; the lock ends with that process.")
    }
  }

  deinit { close(descriptor) }
}
