import Columns
import Foundation
import Parquet

extension PublishedFile {
  /// Reads the figures of one recipient's Parquet file.
  static func parquet(_ file: URL) throws -> [PublishedFigure] {
    do throws(ParquetError) {
      let reader = try ParquetReader(path: file.path)
      var figures: [PublishedFigure] = []
      for group in reader.rowGroups.indices {
        let columns = Dictionary(zip(reader.columns.map(\.name), try reader.read(group: group))) { first, _ in first }
        func text(_ name: String, _ row: Int) -> String? {
          switch columns[name] {
          case .code(let codes): codes[row]
          case .long(let values): values[row] == Missing.int64 ? nil : String(values[row])
          case .decimal(let values): values[row].isNaN ? nil : plainNumber(values[row])
          default: nil
          }
        }
        for row in 0..<reader.rowGroups[group] {
          var fields: [String: String] = [:]
          for field in FigureField.all { fields[field.name] = text(field.name, row) }
          figures.append(
            PublishedFigure(
              layout: text("layout", row) ?? "", unit: text("unit", row) ?? "", indicator: text("indicator", row) ?? "",
              fields: fields))
        }
      }
      return figures
    } catch {
      throw Damaged(reason: error.reason)
    }
  }
}
