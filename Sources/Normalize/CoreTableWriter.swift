import Columns
import CoreDataset
import Foundation
import Parquet
import Workspace

/// Writes one table of one bucket, in row groups of bounded size.
struct CoreTableWriter {
  private static let rowsPerGroup = 1 << 17
  /// Rows that are enough for a row group of their own: putting them behind others would mean to translate their codes.
  private static let rowsWorthAGroup = 1 << 13
  private let writer: ParquetWriter
  private var pending: [Column]
  private let table: CoreTable
  private let path: String
  /// Rows so far.
  private(set) var rows = 0

  init(_ table: CoreTable, in folder: URL) throws(Problem) {
    try Workspace.create(folder)
    self.table = table
    path = folder.appending(path: "part-0.parquet").path
    pending = table.columns.map { Column($0.spec.type) }
    writer = try Self.open(table, path)
  }

  private static func open(_ table: CoreTable, _ path: String) throws(Problem) -> ParquetWriter {
    do throws(ParquetError) {
      return try ParquetWriter(path: path, columns: table.specs)
    } catch {
      throw Problem(.cannotWrite, at: path, error.reason)
    }
  }

  /// Adds rows, given as columns in order of the table.
  mutating func append(_ columns: [Column]) throws(Problem) {
    rows += columns[0].count
    if columns[0].count >= Self.rowsWorthAGroup && pending[0].count > 0 { try flush() }
    if pending[0].count == 0 {
      pending = columns
    } else {
      for index in pending.indices { pending[index].append(columns[index]) }
    }
    if pending[0].count >= Self.rowsPerGroup || columns[0].count >= Self.rowsWorthAGroup { try flush() }
  }

  /// Writes what is left and closes the file.
  mutating func finish() throws(Problem) -> Int {
    if pending[0].count > 0 || rows == 0 { try flush() }
    do throws(ParquetError) {
      try writer.finish()
    } catch {
      throw Problem(.cannotWrite, at: path, error.reason)
    }
    return rows
  }

  private mutating func flush() throws(Problem) {
    do throws(ParquetError) {
      try writer.write(pending, rows: pending[0].count)
    } catch {
      throw Problem(.cannotWrite, at: path, error.reason)
    }
    pending = table.columns.map { Column($0.spec.type) }
  }
}
