import Foundation

/// A folder that is gone when its last user is.
public final class TemporaryFolder: Sendable {
  /// The folder.
  public let url: URL

  /// A new, empty folder.
  public init() throws {
    url = FileManager.default.temporaryDirectory.appending(path: "spiegel-test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

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
}
