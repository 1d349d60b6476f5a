import Columns
import CoreDataset
import Foundation
import Parquet
import Workspace

/// How much of the deliveries was set aside, by reason.
struct SetAside {
  /// One reason.
  struct Count {
    var cases = 0
    var example: BucketQuality.Example?
    var deliveries: [Int: Int] = [:]
  }
  private(set) var reasons: [String: Count] = [:]

  /// Adds rows of the quarantine.
  mutating func add(_ columns: [Column], _ manifest: Manifest) {
    let table = Staged.quarantine
    guard case .code(let files) = columns[table.index(of: "delivery") ?? 0],
      case .integer(let records) = columns[table.index(of: "record") ?? 0],
      case .code(let codes) = columns[table.index(of: "reason") ?? 0]
    else { return }
    let deliveries = files.book.values.map { file in manifest.deliveries.firstIndex { $0.delivery == file } ?? 0 }
    for row in records.indices where files.indices[row] >= 0 {
      let delivery = deliveries[Int(files.indices[row])]
      let example = BucketQuality.Example(delivery: delivery, record: records[row])
      var count = reasons[codes[row] ?? ""] ?? Count()
      count.cases += 1
      count.deliveries[delivery, default: 0] += 1
      count.example = min(count.example ?? example, example)
      reasons[codes[row] ?? ""] = count
    }
  }
}

/// The quarantine of a run as one CSV file for people and one Parquet file for programs: what ingest set aside of each
/// delivery, then what normalize set aside.
public enum QuarantineFiles {
  /// Writes the quarantine of ingest alone, for a run that stops there.
  public static func write(manifest: Manifest, workspace: Workspace, run: RunFolder) throws(Problem) {
    _ = try write(
      BucketAccounts(deliveries: manifest.deliveries.count), manifest: manifest, workspace: workspace, run: run)
  }

  /// Writes the quarantine and counts it by reason.
  static func write(
    _ normalized: BucketAccounts, manifest: Manifest, workspace: Workspace, run: RunFolder
  ) throws(Problem) -> SetAside {
    var setAside = SetAside()
    try Workspace.create(run.quarantine)
    let file = run.quarantine.appending(path: "quarantine.parquet")
    var text = CSV.file([Staged.quarantine.columns.map(\.name)])
    do throws(ParquetError) {
      let writer = try ParquetWriter(path: file.path, columns: Staged.quarantine.specs)
      for account in manifest.deliveries {
        for part in 0..<account.parts {
          let number = String(part)
          let name = "quarantine-" + String(repeating: "0", count: max(0, 5 - number.count)) + number + ".parquet"
          let path = workspace.staged(account.staged).appending(path: name).path
          guard FileManager.default.fileExists(atPath: path) else { continue }
          let columns = try ParquetReader(path: path).read(group: 0)
          try writer.write(columns, rows: columns[0].count)
          CSV.append(rows: columns, to: &text)
          setAside.add(columns, manifest)
        }
      }
      let columns = columns(of: normalized, manifest)
      if columns[0].count > 0 {
        try writer.write(columns, rows: columns[0].count)
        CSV.append(rows: columns, to: &text)
        setAside.add(columns, manifest)
      }
      try writer.finish()
    } catch {
      throw Problem(.cannotWrite, at: error.path, error.reason)
    }
    let csv = run.quarantine.appending(path: "quarantine.csv")
    do {
      try Data(text).write(to: csv)
    } catch {
      throw Problem(.cannotWrite, at: csv.path, "cannot be written")
    }
    return setAside
  }

  private static func columns(of normalized: BucketAccounts, _ manifest: Manifest) -> [Column] {
    let entries = normalized.entries.sorted { ($0.delivery, $0.record) < ($1.delivery, $1.record) }
    func codes(_ value: (BucketAccounts.Entry) -> String?) -> Column {
      var column = CodeColumn()
      for entry in entries { column.append(value(entry)) }
      return .code(column)
    }
    return [
      codes { manifest.deliveries[$0.delivery].delivery }, .integer(entries.map(\.record)), codes(\.column),
      codes(\.reason), codes(\.value), codes(\.expected), codes { $0.isWholeRecord ? "record" : "value" },
      codes { _ in "normalize" },
    ]
  }
}
