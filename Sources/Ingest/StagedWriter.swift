import Columns
import CoreDataset
import Foundation
import Parquet
import Workspace

/// Writes staged rows with one row group per bucket of persons, so that normalize can take a bucket without reading the
/// rest.
enum StagedWriter {
  /// Rows of `columns` for which `isKept`, in order, grouped by the bucket of their person; without a person column all
  /// rows go to bucket 0.
  static func write(
    _ columns: [Column], table: CoreTable, persons: [Identifier]?, isKept: [Bool], buckets: Int, to file: URL
  ) throws(Problem) {
    let division = RowDivision(parts(persons, isKept, buckets), count: buckets)
    do throws(ParquetError) {
      let writer = try ParquetWriter(path: file.path, columns: table.specs, isCompressed: false)
      let divided = columns.map { $0.divided(division) }
      for bucket in 0..<buckets { try writer.write(divided, rows: division.rows(of: bucket)) }
      try writer.finish()
    } catch {
      throw Problem(.cannotWrite, at: file.path, "\(error.reason)")
    }
  }

  /// The bucket of each row. The rows of a person keep the order of the file.
  private static func parts(_ persons: [Identifier]?, _ isKept: [Bool], _ buckets: Int) -> [Int32] {
    let shift = UInt64(64 - buckets.trailingZeroBitCount)
    guard buckets > 1, let persons else { return isKept.map { $0 ? 0 : -1 } }
    precondition(persons.count == isKept.count)
    return isKept.indices.map { isKept[$0] ? Int32(truncatingIfNeeded: persons[$0].high &>> shift) : -1 }
  }
}
