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
  private var writer: ParquetWriter?
  private var pending: [Column]
  private let table: CoreTable
  private let folder: URL
  private let mayBeAbsent: Bool
  /// Rows so far.
  private(set) var rows = 0

  /// - Parameter mayBeAbsent: whether there need be no file where there are no rows. Most buckets of most tables of small
  ///   datasets have none, and making many files takes longer than writing one.
  init(_ table: CoreTable, in folder: URL, mayBeAbsent: Bool = false) {
    self.table = table
    self.folder = folder
    self.mayBeAbsent = mayBeAbsent
    pending = table.columns.map { Column($0.spec.type) }
  }

  private var path: String { folder.appending(path: "part-0.parquet").path }

  /// The file, made when it is first needed.
  private mutating func opened() throws(Problem) -> ParquetWriter {
    if let writer { return writer }
    try Workspace.create(folder)
    do throws(ParquetError) {
      let made = try ParquetWriter(path: path, columns: table.specs)
      writer = made
      return made
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
    if rows == 0 && mayBeAbsent { return 0 }
    if pending[0].count > 0 || rows == 0 { try flush() }
    let writer = try opened()
    do throws(ParquetError) {
      try writer.finish()
    } catch {
      throw Problem(.cannotWrite, at: path, error.reason)
    }
    return rows
  }

  private mutating func flush() throws(Problem) {
    let writer = try opened()
    do throws(ParquetError) {
      try writer.write(pending, rows: pending[0].count)
    } catch {
      throw Problem(.cannotWrite, at: path, error.reason)
    }
    pending = table.columns.map { Column($0.spec.type) }
  }
}
