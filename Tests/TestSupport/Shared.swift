import Foundation

/// The folder with data and expected figures that is not part of the project.
///
/// `SPIEGEL_SHARED` names it; without that variable `../shared` beside the package is tried. Tests that need it are
/// skipped by name when it is absent: `@Test(.enabled(if: Shared.isPresent, Shared.hint))`.
public enum Shared {
  /// The package's own folder.
  public static let package = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// The folder, whether it exists or not.
  public static let folder: URL =
    if let path = ProcessInfo.processInfo.environment["SPIEGEL_SHARED"] {
      URL(filePath: path)
    } else {
      package.deletingLastPathComponent().appending(path: "shared")
    }

  /// Whether the folder is there.
  public static let isPresent = FileManager.default.fileExists(atPath: folder.appending(path: "methods.md").path)

  /// What the report says beside a skipped test.
  public static let hint: String = "needs the shared data: set SPIEGEL_SHARED to its folder"

  /// A file below the folder.
  public static func file(_ path: String) -> URL { folder.appending(path: path) }
}
