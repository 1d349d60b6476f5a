import Columns
import CoreDataset
import Foundation
import Parquet
import Workspace

/// Writes the results table as Parquet and CSV.
enum ResultFiles {
  static func write(_ rows: [ResultRow], to folder: URL) throws(Problem) {
    try Workspace.create(folder)
    let columns = Results.columns(of: rows)
    do throws(ParquetError) {
      let writer = try ParquetWriter(
        path: folder.appending(path: "results.parquet").path, columns: Results.table.specs)
      try writer.write(columns, rows: rows.count)
      try writer.finish()
    } catch {
      throw Problem(.cannotWrite, at: error.path, error.reason)
    }
    var text = Results.table.columns.map(\.name).joined(separator: ",") + "\r\n"
    for row in rows.indices {
      text += columns.map { cell($0, row) }.joined(separator: ",") + "\r\n"
    }
    let file = folder.appending(path: "results.csv")
    do {
      try Data(text.utf8).write(to: file)
    } catch {
      throw Problem(.cannotWrite, at: file.path, "cannot be written")
    }
  }

  private static func cell(_ column: Column, _ row: Int) -> String {
    switch column {
    case .code(let codes): quoted(codes[row] ?? "")
    case .long(let values): String(values[row])
    case .decimal(let values): values[row].isNaN ? "" : "\(values[row])"
    default: ""
    }
  }

  private static func quoted(_ cell: String) -> String {
    let safe = cell.first.map { "=+-@".contains($0) } == true ? "'" + cell : cell
    return safe.contains(where: { ",\"\r\n".contains($0) })
      ? "\"" + safe.replacingOccurrences(of: "\"", with: "\"\"") + "\"" : safe
  }
}
