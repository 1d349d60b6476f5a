import Definitions
import Foundation
import Glibc
import Readers
import Workspace

/// Decides by which source definition a file is read.
enum Recognition {
  /// A file and the definition that fits it.
  struct Match: Sendable {
    let file: URL
    let source: Source
  }

  /// Looks at every file of the input folder, in order of name.
  ///
  /// - Throws: when the folder is missing or empty, or a file fits no definition or several, unless the pipeline says to
  ///   ignore it.
  static func matches(_ pipeline: Pipeline, in input: URL) throws(Problem) -> (matches: [Match], ignored: [String]) {
    let files = try list(input)
    var matches: [Match] = []
    var ignored: [String] = []
    for file in files {
      let name = file.lastPathComponent
      let fitting = pipeline.sources.filter { $0.namePatterns.contains { fits(name, $0) } }
      if fitting.isEmpty {
        if pipeline.ignoredFiles.contains(where: { fits(name, $0) }) {
          ignored.append(shown(name))
          continue
        }
        throw Problem(
          .data, at: shown(name), "no source definition of pipeline \(pipeline.id) recognises this file",
          expected: "a name like " + knownNames(pipeline),
          remedy:
            "Rename or remove the file, add a definition under sources/, or list it under `ignore` in pipeline.yaml.")
      }
      if fitting.count > 1 {
        throw Problem(
          .data, at: shown(name),
          "several source definitions recognise this file: \(fitting.map(\.id).joined(separator: ", "))",
          expected: "exactly one", remedy: "Make the name patterns under `recognise` narrower.")
      }
      matches.append(Match(file: file, source: fitting[0]))
    }
    if matches.isEmpty {
      throw Problem(
        .noInput, at: input.path, "no delivery was recognised in this folder",
        expected: "a file that one of the sources of pipeline \(pipeline.id) describes",
        remedy: "Check --input and the name patterns under `recognise`.")
    }
    return (matches, ignored)
  }

  private static func knownNames(_ pipeline: Pipeline) -> String {
    pipeline.sources.map { source in "\(source.namePatterns.joined(separator: " or ")) (\(source.id))" }
      .joined(separator: ", ")
  }

  /// Whether a name fits a pattern with `*` and `?`, without regard to case.
  static func fits(_ name: String, _ pattern: String) -> Bool {
    let caseFold: Int32 = 1 << 4  // FNM_CASEFOLD, a GNU extension that Swift does not import
    return fnmatch(pattern, name, caseFold) == 0
  }

  private static func list(_ input: URL) throws(Problem) -> [URL] {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: input.path, isDirectory: &isFolder), isFolder.boolValue else {
      throw Problem(
        .noInput, at: input.path, "there is no such folder", expected: "the folder with the delivered files",
        remedy: "Check --input.")
    }
    guard
      let entries = try? FileManager.default.contentsOfDirectory(
        at: input, includingPropertiesForKeys: [.isRegularFileKey], options: [.skipsHiddenFiles])
    else {
      throw Problem(.cannotRead, at: input.path, "the folder cannot be read", remedy: "Check its rights.")
    }
    let files = entries.filter { entry in
      (try? entry.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile) ?? false
    }
    if files.isEmpty {
      throw Problem(
        .noInput, at: input.path, "the folder holds no files", expected: "delivered files",
        remedy: "Check --input, and whether the delivery has arrived.")
    }
    // Order of bytes of the name: the same on every machine and in every language.
    return files.sorted { Array($0.lastPathComponent.utf8).lexicographicallyPrecedes(Array($1.lastPathComponent.utf8)) }
  }

  /// A file name that is safe in messages and files: control characters become `?`.
  static func shown(_ name: String) -> String {
    String(String.UnicodeScalarView(name.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7F ? "?" : $0 }))
  }
}
