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
    /// Path in the input folder, safe to show.
    let name: String
    let source: Source
    /// What it says of an earlier delivery.
    var mends: Redelivery?
  }

  /// Looks at every file of the input folder and of the folders in it, in order of name. Folders of which no pattern knows
  /// a file are ignored whole.
  ///
  /// - Throws: when the folder is missing or empty, or a file fits no definition or several, unless the pipeline says to
  ///   ignore it.
  static func matches(_ pipeline: Pipeline, in input: URL) throws(Problem) -> (matches: [Match], ignored: [String]) {
    let files = try list(input)
    var matches: [Match] = []
    var ignored: [String] = []
    var unknown: [(file: URL, name: String)] = []
    for (file, path) in files {
      let name = shown(path)
      if isMendsFile(file) { continue }
      if let mends = try Redelivery.read(of: file, name: name) {
        // It is read as the delivery that it mends, whatever it is called.
        guard let source = pipeline.sources.first(where: { $0.id == mends.source }) else {
          throw Problem(
            .data, at: name + Redelivery.ending, "the pipeline has no source \(mends.source)",
            remedy: "Check whether it belongs to this pipeline.")
        }
        matches.append(Match(file: file, name: name, source: source, mends: mends))
        continue
      }
      let named = pipeline.sources.filter { source in source.namePatterns.contains { delivers(path, $0) } }
      if named.isEmpty {
        if let slash = name.firstIndex(of: "/") {
          let folder = String(name[...slash])
          if ignored.last != folder { ignored.append(folder) }
        } else if pipeline.ignoredFiles.contains(where: { delivers(path, $0) }) {
          ignored.append(name)
        } else {
          unknown.append((file, name))
        }
        continue
      }
      let (fitting, reasons) = try looked(file, name, named)
      if fitting.isEmpty {
        throw Problem(
          .data, at: name, "its content fits no source definition: \(reasons.joined(separator: "; "))",
          expected: "what `recognise` of these definitions says",
          remedy: "Check whether it is the right file, or mend the definition.")
      }
      if fitting.count > 1 {
        throw Problem(
          .data, at: name,
          "several source definitions recognise this file: \(fitting.map(\.id).joined(separator: ", "))",
          expected: "exactly one", remedy: "Make the name patterns under `recognise` narrower, or add `columns` to it.")
      }
      matches.append(Match(file: file, name: name, source: fitting[0]))
    }
    try complainOfUnknown(unknown, besides: matches, pipeline)
    if matches.isEmpty {
      throw Problem(
        .noInput, at: input.path, "no delivery was recognised in this folder",
        expected: "a file that one of the sources of pipeline \(pipeline.id) describes",
        remedy: "Check --input and the name patterns under `recognise`.")
    }
    let absent = pipeline.sources.filter { source in
      source.isRequired && !matches.contains { $0.source.id == source.id }
    }
    if !absent.isEmpty {
      let list = absent.map { "\($0.id) (\($0.namePatterns.joined(separator: " or ")))" }.joined(separator: ", ")
      throw Problem(
        .noInput, at: input.path, "no delivery of \(list), which pipeline \(pipeline.id) requires",
        expected: "at least one file of each required source", remedy: "Ask for the delivery, or check --input.")
    }
    return (matches, ignored)
  }

  /// Whether a file says what another, which is there, mends.
  private static func isMendsFile(_ file: URL) -> Bool {
    let name = file.lastPathComponent
    return name.hasSuffix(Redelivery.ending)
      && FileManager.default.fileExists(
        atPath: file.deletingLastPathComponent().appending(path: String(name.dropLast(Redelivery.ending.count))).path)
  }

  /// Files that nobody recognises; those with the control totals of a delivery are no deliveries.
  private static func complainOfUnknown(
    _ unknown: [(file: URL, name: String)], besides matches: [Match], _ pipeline: Pipeline
  ) throws(Problem) {
    var sideFiles: Set<String> = []
    for match in matches {
      if case .file(let pattern, _, _) = match.source.controlTotals {
        sideFiles.insert(Delivery.sideFile(pattern, of: match.file).path)
      }
    }
    guard let first = unknown.first(where: { !sideFiles.contains($0.file.path) }) else { return }
    throw Problem(
      .data, at: first.name, "no source definition of pipeline \(pipeline.id) recognises this file",
      expected: "a name like " + knownNames(pipeline),
      remedy:
        "Rename or remove the file, add a definition under sources/, or list it under `ignore` in pipeline.yaml.")
  }

  /// Which of the sources that know the name know the content too, and why not the others.
  private static func looked(
    _ file: URL, _ name: String, _ named: [Source]
  ) throws(Problem) -> (fitting: [Source], reasons: [String]) {
    if named.allSatisfy({ $0.signs == nil }) { return (named, []) }
    let head: FileHead
    do throws(ReadError) {
      head = try FileHead(path: file.path)
    } catch {
      throw Problem(reading: name, error)
    }
    var fitting: [Source] = []
    var reasons: [String] = []
    for source in named {
      if let reason = source.signs.flatMap({ mismatch($0, source, head) }) {
        reasons.append("\(source.id): \(reason)")
      } else {
        fitting.append(source)
      }
    }
    // A definition that asks for content goes before one that takes any.
    let signed = fitting.filter { $0.signs != nil }
    return (signed.isEmpty ? fitting : signed, reasons)
  }

  private static func mismatch(_ signs: ContentSigns, _ source: Source, _ head: FileHead) -> String? {
    if let root = signs.root, head.rootElement != root {
      return "the root element is not \(root)"
    }
    if let start = signs.start, head.firstLines(1, encoding: source.encoding).first?.hasPrefix(start) != true {
      return "it does not begin with \"\(start)\""
    }
    if !signs.columns.isEmpty {
      guard case .delimited(let delimiter, true, let skipLines) = source.format else {
        return "only delimited text with a header has columns"
      }
      let lines = head.firstLines(skipLines + 1, encoding: source.encoding)
      let header = lines.count > skipLines ? lines[skipLines] : ""
      let names = Set(
        header.split(separator: Character(Unicode.Scalar(delimiter)), omittingEmptySubsequences: false)
          .map { SourcePlan.folded(String($0.filter { $0 != "\"" && $0 != "\u{FEFF}" })) })
      let absent = signs.columns.filter { !names.contains(SourcePlan.folded($0)) }
      if !absent.isEmpty { return "it has no column \(absent.map { "\"\($0)\"" }.joined(separator: ", "))" }
    }
    return nil
  }

  private static func knownNames(_ pipeline: Pipeline) -> String {
    pipeline.sources.map { source in "\(source.namePatterns.joined(separator: " or ")) (\(source.id))" }
      .joined(separator: ", ")
  }

  /// Whether a file is called as a pattern says, without regard to compression. Files in folders of the input folder are
  /// only for patterns that name folders, such as `*/*.xml`: what else is kept beside deliveries is none of ours.
  private static func delivers(_ path: String, _ pattern: String) -> Bool {
    if path.contains("/") && !pattern.contains("/") { return false }
    return fits(path, pattern) || fits(unpackedName(path), pattern)
  }

  /// Whether a name fits a pattern with `*` and `?`, without regard to case.
  static func fits(_ name: String, _ pattern: String) -> Bool {
    let caseFold: Int32 = 1 << 4  // FNM_CASEFOLD, a GNU extension that Swift does not import
    return fnmatch(pattern, name, caseFold) == 0
  }

  /// `claims.csv` of `claims.csv.gz`.
  static func unpackedName(_ name: String) -> String {
    for ending in [".gz", ".zip", ".zst"] where name.lowercased().hasSuffix(ending) && name.count > ending.count {
      return String(name.dropLast(ending.count))
    }
    return name
  }

  /// The files of a folder and of the folders in it, with their paths from there.
  private static func list(_ input: URL) throws(Problem) -> [(file: URL, path: String)] {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: input.path, isDirectory: &isFolder), isFolder.boolValue else {
      throw Problem(
        .noInput, at: input.path, "there is no such folder", expected: "the folder with the delivered files",
        remedy: "Check --input.")
    }
    guard let paths = try? FileManager.default.subpathsOfDirectory(atPath: input.path) else {
      throw Problem(.cannotRead, at: input.path, "the folder cannot be read", remedy: "Check its rights.")
    }
    let files = paths.filter { !$0.split(separator: "/").contains { $0.hasPrefix(".") } }
      .map { (file: input.appending(path: $0), path: $0) }
      .filter { (try? $0.file.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile) ?? false }
    if files.isEmpty {
      throw Problem(
        .noInput, at: input.path, "the folder holds no files", expected: "delivered files",
        remedy: "Check --input, and whether the delivery has arrived.")
    }
    // Order of bytes of the path: the same on every machine and in every language.
    return files.sorted { Array($0.path.utf8).lexicographicallyPrecedes(Array($1.path.utf8)) }
  }

  /// A file name that is safe in messages and files: control characters become `?`.
  static func shown(_ name: String) -> String {
    String(String.UnicodeScalarView(name.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7F ? "?" : $0 }))
  }
}
