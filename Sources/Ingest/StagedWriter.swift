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
    let (order, starts) = grouped(persons, isKept, buckets)
    do throws(ParquetError) {
      let writer = try ParquetWriter(path: file.path, columns: table.specs, isCompressed: false)
      for bucket in 0..<buckets {
        let rows = order[starts[bucket]..<starts[bucket + 1]]
        try writer.write(columns.map { $0.gather(rows) }, rows: rows.count)
      }
      try writer.finish()
    } catch {
      throw Problem(.cannotWrite, at: file.path, "\(error.reason)")
    }
  }

  /// Counting sort by bucket: stable, so that rows of a person keep the order of the file.
  private static func grouped(_ persons: [Identifier]?, _ isKept: [Bool], _ buckets: Int) -> ([Int32], [Int]) {
    var counts = [Int](repeating: 0, count: buckets + 1)
    let shift = UInt64(64 - buckets.trailingZeroBitCount)
    func bucket(_ row: Int) -> Int {
      guard buckets > 1, let persons else { return 0 }
      return Int(truncatingIfNeeded: persons[row].high &>> shift)
    }
    for row in isKept.indices where isKept[row] { counts[bucket(row) + 1] += 1 }
    for i in 1...buckets { counts[i] += counts[i - 1] }
    var next = counts
    var order = [Int32](repeating: 0, count: counts[buckets])
    for row in isKept.indices where isKept[row] {
      let b = bucket(row)
      order[next[b]] = Int32(truncatingIfNeeded: row)
      next[b] += 1
    }
    return (order, counts)
  }
}
