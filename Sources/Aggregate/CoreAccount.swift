import Foundation
import Parquet
import Workspace

/// The account between normalize and aggregate: the tables have as many rows as normalize wrote.
enum CoreAccount {
  /// - Throws: when a part of a table is gone, has been changed or cannot be read. Tables have no files in buckets without
  ///   rows, so that a lost file alone would look like nobody's care.
  static func check(_ manifest: Manifest, _ run: RunFolder) throws(Problem) {
    for (table, written) in manifest.coreRows.sorted(by: { $0.key < $1.key }) {
      let folder = run.core(table)
      let names = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
      var found = 0
      for name in names.sorted() where name.hasSuffix(".parquet") {
        let path = folder.appending(path: name).path
        do throws(ParquetError) {
          found += try ParquetReader(path: path).rowGroups.reduce(0, +)
        } catch {
          throw Problem(.cannotRead, at: path, error.reason)
        }
      }
      if found != written {
        throw Problem(
          .data, at: folder.path, "\(written) rows were written to this table and \(found) are there",
          remedy: "Something took or changed files of the draft; run the stages again from \"spiegel normalize\" on.")
      }
    }
  }
}
