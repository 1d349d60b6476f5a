import Foundation
import Synchronization

/// A folder of its own for a test, removed when the test ends.
public final class TemporaryFolder: Sendable {
  /// The folder.
  public let url: URL

  /// An empty folder.
  public init() throws { url = try Self.create() }

  deinit { try? FileManager.default.removeItem(at: url) }

  /// A file or folder in it.
  public func file(_ path: String) -> URL { url.appending(path: path) }

  /// Writes a file, with the folders above it.
  @discardableResult
  public func write(_ path: String, _ text: String) throws -> URL {
    let target = file(path)
    try FileManager.default.createDirectory(at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: target)
    return target
  }

  /// The text of a file.
  public func text(_ path: String) throws -> String {
    String(decoding: try Data(contentsOf: file(path)), as: UTF8.self)
  }

  /// An empty folder for what several tests share; removed when the process ends.
  public static func untilExit() throws -> URL {
    let folder = try create()
    let isFirst = shared.withLock { folders in
      folders.append(folder)
      return folders.count == 1
    }
    if isFirst { atexit { TemporaryFolder.removeShared() } }
    return folder
  }

  private static let shared = Mutex<[URL]>([])

  private static func removeShared() {
    for folder in shared.withLock({ $0 }) { try? FileManager.default.removeItem(at: folder) }
  }

  private static func create() throws -> URL {
    let folder = FileManager.default.temporaryDirectory.appending(path: "spiegel-test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder
  }
}

/// Every regular file below a folder.
public enum FileTree {
  /// Content by path within the folder. Links are not followed.
  public static func contents(_ folder: URL) throws -> [String: Data] {
    var contents: [String: Data] = [:]
    for path in try FileManager.default.subpathsOfDirectory(atPath: folder.path) {
      let file = folder.appending(path: path)
      let type = try FileManager.default.attributesOfItem(atPath: file.path)[.type] as? FileAttributeType
      if type == .typeRegular { contents[path] = try Data(contentsOf: file) }
    }
    return contents
  }

  /// The paths at which two trees differ, sorted.
  public static func differences(_ a: [String: Data], _ b: [String: Data]) -> [String] {
    Set(a.keys).union(b.keys).filter { a[$0] != b[$0] }.sorted()
  }
}
