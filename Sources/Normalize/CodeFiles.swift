import Columns
public import Definitions
import Foundation
public import Workspace

/// Writes what became of codes: `quality/unmapped-codes.csv`, the codes that no list has, those with most euros first; and
/// `quality/code-mappings.csv`, every decision on a code that the run went by.
public enum CodeFiles {
  static func write(
    _ unmapped: UnmappedCodes, _ pipeline: Pipeline, _ manifest: Manifest, run: RunFolder
  ) throws(Problem) {
    let folder = run.folder.appending(path: "quality")
    try Workspace.create(folder)
    try write(workList(unmapped, manifest), to: folder.appending(path: "unmapped-codes.csv"))
    try write(mappings(pipeline), to: folder.appending(path: "code-mappings.csv"))
  }

  private static func workList(_ unmapped: UnmappedCodes, _ manifest: Manifest) -> [[String]] {
    let entries = unmapped.entries.sorted { a, b in
      let (x, y) = (a.value.code, b.value.code)
      if (x.cents, x.records) != (y.cents, y.records) { return (x.cents, x.records) > (y.cents, y.records) }
      return (a.key.source, a.key.target, a.key.value) < (b.key.source, b.key.target, b.key.value)
    }
    let header = [
      "source", "column", "delivered_column", "code", "consequence", "records", "euros", "examples", "decide_in",
    ]
    return [header]
      + entries.map { key, entry in
        [
          key.source, key.target, entry.code.column, key.value, entry.code.consequence.rawValue,
          String(entry.code.records), euros(entry.code.cents),
          entry.examples.map { "\(manifest.deliveries[$0.delivery].delivery):\($0.record)" }.joined(separator: " "),
          entry.code.codeList ?? "sources/\(key.source).yaml",
        ]
      }
  }

  private static func mappings(_ pipeline: Pipeline) -> [[String]] {
    let header = [
      "source", "column", "code", "standard", "mapped_by", "from", "to", "decided_by", "decided_on", "decided_in",
    ]
    let rows = pipeline.sources.flatMap { source in
      source.fields.flatMap { field -> [[String]] in
        let place = field.codeList ?? "sources/\(source.id).yaml"
        if let constant = field.constant {
          return [[source.id, field.target, "", constant, "default", "", "", "", "", place]]
        }
        return field.decisions.map { line in
          [
            source.id, field.target, line.local, line.standard, "map", line.from?.description ?? "",
            line.to?.description ?? "", line.decidedBy, line.decidedOn, place,
          ]
        }
      }
    }
    return [header] + rows
  }

  /// The decisions that a run went by, by source and column; empty where it does not say. Constants are no decisions.
  public static func decisions(of run: RunFolder) -> [String: [String: [CodeDecision]]] {
    let file = run.folder.appending(path: "quality/code-mappings.csv")
    guard let bytes = try? Data(contentsOf: file) else { return [:] }
    let records = CSV.records([UInt8](bytes))
    var decisions: [String: [String: [CodeDecision]]] = [:]
    for record in records.dropFirst() where record.count == records[0].count {
      let cells = Dictionary(zip(records[0], record.map(CSV.original))) { $1 }
      guard cells["mapped_by"] == "map", let source = cells["source"], let column = cells["column"] else { continue }
      decisions[source, default: [:]][column, default: []].append(
        CodeDecision(
          local: cells["code"] ?? "", standard: cells["standard"] ?? "", from: Day(cells["from"] ?? ""),
          to: Day(cells["to"] ?? ""), decidedBy: cells["decided_by"] ?? "", decidedOn: cells["decided_on"] ?? ""))
    }
    return decisions
  }

  /// Euros of cents, with a point.
  static func euros(_ cents: Int64) -> String {
    let (whole, rest) = cents.magnitude.quotientAndRemainder(dividingBy: 100)
    return (cents < 0 ? "-" : "") + "\(whole)." + (rest < 10 ? "0" : "") + "\(rest)"
  }

  static func write(_ rows: [[String]], to file: URL) throws(Problem) {
    do {
      try Data(CSV.file(rows)).write(to: file)
    } catch {
      throw Problem(.cannotWrite, at: file.path, "cannot be written")
    }
  }
}
