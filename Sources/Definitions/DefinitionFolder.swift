import Crypto
import Foundation
import Yams

/// The folder of a pipeline. It remembers every file that was read, for the digest.
final class DefinitionFolder {
  /// The pipeline's own folder.
  let url: URL
  /// Where errors go.
  let problems = Problems()
  private var contents: [String: Data] = [:]
  /// Files that are at hand and need not be read.
  private let given: [String: Data]

  init(_ url: URL, given: [String: Data] = [:]) {
    self.url = url.standardizedFileURL
    self.given = given
  }

  /// Name of the folder.
  var name: String { url.lastPathComponent }

  /// Whether a file is there; the path is relative to the folder and may start with `../`.
  func has(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: place(path).path, isDirectory: &isFolder) && !isFolder.boolValue
  }

  /// Where a file is; the path is relative to the folder.
  func place(_ path: String) -> URL { url.appending(path: path).standardizedFileURL }

  /// A file as text without byte order mark; nil, with an error, when it cannot be read or is not UTF-8.
  func text(_ path: String) -> String? {
    guard let data = try? given[path] ?? Data(contentsOf: place(path)) else {
      problems.add(path, has(path) ? "cannot be read" : "there is no such file")
      return nil
    }
    contents[path] = data
    guard var text = String(validating: data, as: UTF8.self) else {
      problems.add(path, "is not UTF-8; save it with that encoding")
      return nil
    }
    if text.unicodeScalars.first == "\u{FEFF}" { text.unicodeScalars.removeFirst() }
    return text
  }

  /// A file as YAML.
  func yaml(_ path: String) -> Value? {
    guard let text = text(path) else { return nil }
    do {
      guard let node = try Yams.compose(yaml: text) else {
        problems.add(path, line: 1, column: 1, "the file is empty")
        return nil
      }
      return Value(node: node, file: path, problems: problems)
    } catch {
      report(error, path, text)
      return nil
    }
  }

  private func report(_ error: any Error, _ path: String, _ text: String) {
    switch error as? YamlError {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      problems.add(path, line: mark.line, column: mark.column, "is not YAML: \(problem)")
    case .duplicatedKeysInMapping(let duplicates, let context):
      for key in duplicates.sorted() {
        problems.add(
          path, line: context.mark.line, column: context.mark.column, "key \"\(key)\" occurs twice in these keys")
      }
    default: problems.add(path, "is not YAML: \(error)")
    }
  }

  /// The `.yaml` files of a subfolder by name without extension, in order of name. Other files that look like YAML are
  /// errors: nobody would read them.
  func definitions(_ subfolder: String) -> [(id: String, path: String)] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: place(subfolder).path)) ?? []
    var found: [(id: String, path: String)] = []
    for name in names.sorted() where !name.hasPrefix(".") {
      if name.hasSuffix(".yaml") {
        found.append((String(name.dropLast(5)), "\(subfolder)/\(name)"))
      } else if name.hasSuffix(".yml") {
        problems.add("\(subfolder)/\(name)", "is not read: the name of a definition ends in .yaml")
      }
    }
    return found
  }

  /// SHA-256 over the paths, in order, and contents of all files that were read, hexadecimal.
  var digest: String {
    var hash = SHA256()
    for (path, data) in contents.sorted(by: { $0.key < $1.key }) {
      hash.update(data: Data("\(path)\u{0}\(data.count)\u{0}".utf8))
      hash.update(data: data)
    }
    return hash.finalize().map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}
