import Foundation
import TestSupport

/// The package as its manifest declares it, and its source files.
struct Project {
  /// A target of the manifest.
  struct Target {
    let name: String
    /// Targets of this package that it depends on.
    let targets: Set<String>
    /// Products of other packages that it depends on.
    let products: Set<String>
    /// Whether it holds tests, or what tests need.
    let isTest: Bool
  }

  let targets: [Target]

  /// Reads the manifest. `dump-package` needs neither the build folder, which a running `swift test` holds locked, nor a
  /// network.
  init() throws {
    let scratch = try TemporaryFolder()
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [
      "swift", "package", "--package-path", Shared.package.path, "--scratch-path", scratch.url.path, "dump-package",
    ]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let data = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    let package = try JSONDecoder().decode(Dump.self, from: data)
    let own = Set(package.targets.map(\.name))
    targets = package.targets.map { target in
      let names = target.dependencies.compactMap { $0.target?.first ?? $0.byName?.first ?? nil }
      return Target(
        name: target.name, targets: Set(names).intersection(own),
        products: Set(target.dependencies.compactMap { $0.product?.first ?? nil })
          .union(Set(names).subtracting(own)), isTest: target.type == "test" || target.name.hasPrefix("Test"))
    }
  }

  private struct Dump: Decodable {
    struct Target: Decodable {
      struct Dependency: Decodable {
        // Each is a list of a name and things that do not matter here.
        let byName: [String?]?
        let target: [String?]?
        let product: [String?]?

        private enum Key: String, CodingKey { case byName, target, product }
        init(from decoder: any Decoder) throws {
          let container = try decoder.container(keyedBy: Key.self)
          byName = Self.name(container, .byName)
          target = Self.name(container, .target)
          product = Self.name(container, .product)
        }
        private static func name(_ container: KeyedDecodingContainer<Key>, _ key: Key) -> [String?]? {
          guard var list = try? container.nestedUnkeyedContainer(forKey: key) else { return nil }
          return [try? list.decode(String.self)]
        }
      }
      let name: String
      let type: String
      let dependencies: [Dependency]
    }
    let targets: [Target]
  }

  /// The Swift files below a folder of the package, by path from there.
  static func swiftFiles(_ folder: String) throws -> [(path: String, text: String)] {
    let root = Shared.package.appending(path: folder)
    let paths = try FileManager.default.subpathsOfDirectory(atPath: root.path).filter { $0.hasSuffix(".swift") }.sorted()
    return try paths.map { path in
      ("\(folder)/\(path)", String(decoding: try Data(contentsOf: root.appending(path: path)), as: UTF8.self))
    }
  }

  /// The modules that a file imports.
  static func imports(_ text: String) -> Set<String> {
    var modules: Set<String> = []
    for line in text.utf8.split(separator: UInt8(ascii: "\n")) {
      let words = String(Substring(line)).split(separator: " ")
      guard let at = words.firstIndex(of: "import"), words[..<at].allSatisfy({ isBeforeImport($0) }) else { continue }
      let rest = words[(at + 1)...]
      let kinds: Set<Substring> = ["struct", "class", "enum", "protocol", "typealias", "func", "let", "var"]
      let name = rest.first.map(kinds.contains) == true ? rest.dropFirst().first : rest.first
      if let module = name?.split(separator: ".").first { modules.insert(String(module)) }
    }
    return modules
  }

  private static func isBeforeImport(_ word: Substring) -> Bool {
    word.hasPrefix("@") || ["public", "internal", "private", "fileprivate", "package"].contains(word)
  }
}
