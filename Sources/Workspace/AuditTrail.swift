import Foundation

/// The append-only record of what was done with a workspace: who, when, what. Each line holds the hash of the line before
/// it, so that a line cannot be changed or taken out unseen (NEN 7513:2018 asks which event, when, which user).
public struct AuditTrail: Sendable {
  private let file: URL

  /// The audit trail of a workspace.
  public init(_ workspace: Workspace) { file = workspace.folder.appending(path: "audit.jsonl") }

  private struct Entry: Codable {
    var at: String
    var by: String
    var event: String
    var run: String
    var details: [String: String]
    var previous: String
  }

  /// Adds a line. Values of persons do not belong in `details`.
  public func append(_ event: String, run: String, details: [String: String] = [:]) throws(Problem) {
    let entry = Entry(
      at: ISO8601DateFormatter().string(from: Date()), by: NSUserName(), event: event, run: run, details: details,
      previous: ContentDigest.of(lines().last ?? ""))
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    do {
      let line = try encoder.encode(entry) + Data("\n".utf8)
      if !FileManager.default.fileExists(atPath: file.path) { try Data().write(to: file) }
      let handle = try FileHandle(forWritingTo: file)
      defer { try? handle.close() }
      try handle.seekToEnd()
      try handle.write(contentsOf: line)
    } catch {
      throw Problem(.cannotWrite, at: file.path, "the audit trail cannot be written")
    }
  }

  /// The run that a run of a pipeline is to be held against: the one published last, other than itself. Of a run that was
  /// published before it is the one that it was held against then, so that it comes out the same.
  public func reference(of run: String, pipeline: String, _ workspace: Workspace) -> RunFolder? {
    func folder(_ id: String) -> RunFolder? {
      let found = RunFolder(id: id, folder: workspace.run(id))
      return FileManager.default.fileExists(atPath: found.manifest.path) ? found : nil
    }
    if let own = folder(run), let known = try? Manifest.read(own) { return known.reference.flatMap(folder) }
    for line in lines().reversed() {
      guard let entry = try? JSONDecoder().decode(Entry.self, from: Data(line.utf8)), entry.event == "RunPublished",
        entry.details["pipeline"] == pipeline, let found = folder(entry.run)
      else { continue }
      return found
    }
    return nil
  }

  /// The runs of a pipeline that were published before a run, in order of their first publication; of a run that was
  /// published before, those that it was held against then. Their folders may have been removed since.
  public func published(before run: String, pipeline: String, _ workspace: Workspace) -> [String] {
    let own = RunFolder(id: run, folder: workspace.run(run))
    if FileManager.default.fileExists(atPath: own.manifest.path), let known = try? Manifest.read(own) {
      return known.references ?? (known.reference.map { [$0] } ?? [])
    }
    var runs: [String] = []
    for line in lines() {
      guard let entry = try? JSONDecoder().decode(Entry.self, from: Data(line.utf8)), entry.event == "RunPublished",
        entry.details["pipeline"] == pipeline, entry.run != run, !runs.contains(entry.run)
      else { continue }
      runs.append(entry.run)
    }
    return runs
  }

  /// Number of the first line whose link to the line before it is broken; nil when all hold.
  public func firstBrokenLine() -> Int? {
    var previous = ""
    for (index, line) in lines().enumerated() {
      guard let entry = try? JSONDecoder().decode(Entry.self, from: Data(line.utf8)),
        entry.previous == ContentDigest.of(previous)
      else { return index + 1 }
      previous = line
    }
    return nil
  }

  private func lines() -> [String] {
    guard let data = try? Data(contentsOf: file) else { return [] }
    return String(decoding: data, as: UTF8.self).split(separator: "\n").map(String.init)
  }
}
