import Columns
import CoreDataset
import Definitions
import Foundation
import Parquet
import Workspace

/// The staged rows of one part of one delivery, of which each row group holds the persons of one bucket.
struct StagedPart: Sendable {
  /// Position of the delivery in the run.
  let delivery: Int
  /// Position of the part among all parts of its kind.
  let index: Int
  let account: DeliveryAccount
  let source: Source
  let reader: ParquetReader

  /// The rows of a bucket, all columns of the staged table or those named. Code columns of which nearly all values differ
  /// come as text where `mayBeText` has them.
  func read(bucket: Int, columns: [String]? = nil, mayBeText: Set<String> = []) throws(Problem) -> [Column] {
    do throws(ParquetError) {
      return try reader.read(group: bucket, columns: columns, mayBeText: mayBeText)
    } catch {
      throw Problem(
        .cannotRead, at: "\(error.path)", error.reason,
        remedy: "Remove the folder staged/ in the workspace and run again: it is made anew from the deliveries.")
    }
  }

  /// Opens the staged parts of all deliveries that fill a table, in order of delivery.
  static func open(
    _ delivers: Delivers, _ accounts: [DeliveryAccount], _ pipeline: Pipeline, _ workspace: Workspace
  ) throws(Problem) -> [StagedPart] {
    var parts: [StagedPart] = []
    for (delivery, account) in accounts.enumerated() where account.delivers == delivers.rawValue {
      guard let source = pipeline.sources.first(where: { $0.id == account.source }) else { continue }
      for part in 0..<account.parts {
        let number = String(part)
        let name = "part-" + String(repeating: "0", count: max(0, 5 - number.count)) + number + ".parquet"
        let file = workspace.staged(account.staged).appending(path: name)
        do throws(ParquetError) {
          parts.append(
            StagedPart(
              delivery: delivery, index: parts.count, account: account, source: source,
              reader: try ParquetReader(path: file.path)))
        } catch {
          throw Problem(.cannotRead, at: file.path, error.reason, remedy: "Run ingest again.")
        }
      }
    }
    return parts
  }
}
