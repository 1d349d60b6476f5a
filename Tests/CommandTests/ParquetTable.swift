import Columns
import Foundation
import Parquet

/// A table of a run, read whole.
struct ParquetTable {
  /// Columns by name.
  let columns: [String: Column]
  /// Number of rows.
  let rows: Int

  /// One file, or all files below a folder in order of their paths.
  init(_ place: URL, columns names: [String]? = nil) throws {
    var files = [place]
    if !place.lastPathComponent.hasSuffix(".parquet") {
      files = try FileManager.default.subpathsOfDirectory(atPath: place.path).filter { $0.hasSuffix(".parquet") }
        .sorted().map { place.appending(path: $0) }
    }
    var columns: [String: Column] = [:]
    var rows = 0
    for file in files {
      let reader = try ParquetReader(path: file.path)
      let names = names ?? reader.columns.map(\.name)
      for group in reader.rowGroups.indices {
        rows += reader.rowGroups[group]
        for (name, column) in zip(names, try reader.read(group: group, columns: names)) {
          if columns[name] == nil { columns[name] = column } else { columns[name]?.append(column) }
        }
      }
    }
    self.columns = columns
    self.rows = rows
  }

  /// A column of codes or text; empty where missing.
  func texts(_ name: String) -> [String] {
    switch columns[name] {
    case .code(let column):
      let values = column.book.values
      return column.indices.map { $0 < 0 ? "" : values[Int($0)] }
    case .text(let column): return (0..<column.count).map { column[$0] }
    default: return []
    }
  }

  /// A column of numbers; nil where missing.
  func numbers(_ name: String) -> [Double?] {
    switch columns[name] {
    case .decimal(let values): values.map { $0.isNaN ? nil : $0 }
    case .integer(let values), .day(let values): values.map { $0 == Missing.int32 ? nil : Double($0) }
    case .long(let values), .cents(let values): values.map { $0 == Missing.int64 ? nil : Double($0) }
    default: []
    }
  }

  /// Everything in it that is text, each distinct value once, and everything that is a number.
  func everything() -> (texts: [String], numbers: [Int64]) {
    var texts: [String] = []
    var numbers: [Int64] = []
    for (name, column) in columns {
      switch column {
      case .code(let codes): texts += codes.book.values
      case .text: texts += self.texts(name)
      case .integer(let values): numbers += values.map(Int64.init)
      case .long(let values), .cents(let values): numbers += values
      default: break
      }
    }
    return (texts, numbers)
  }
}
