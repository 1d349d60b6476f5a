import Columns

/// A column of a standard table, with all that a data dictionary says of it.
public struct CoreColumn: Sendable {
  /// Name, type and whether it may be missing.
  public let spec: ColumnSpec
  /// What it means, in one sentence.
  public let meaning: String
  /// Unit, format or list of codes; empty where the meaning says it.
  public let unit: String
  /// Whether it is part of the table's key.
  public let isKey: Bool

  /// Its name.
  public var name: String { spec.name }

  init(
    _ name: String, _ type: ColumnType, _ meaning: String, unit: String = "", required: Bool = false, key: Bool = false
  ) {
    spec = ColumnSpec(name, type, isNullable: !(required || key))
    self.meaning = meaning
    self.unit = unit
    isKey = key
  }
}

/// A standard table as a value: one source for the code, the data dictionary and the files.
public struct CoreTable: Sendable {
  /// Name, `snake_case`, singular.
  public let name: String
  /// What one row is.
  public let meaning: String
  /// Its columns, in order.
  public let columns: [CoreColumn]

  /// Names and types, for a file.
  public var specs: [ColumnSpec] { columns.map(\.spec) }

  /// Position of a column; nil when the table has no such column.
  public func index(of column: String) -> Int? { columns.firstIndex { $0.name == column } }

  /// A column by name.
  public func column(_ name: String) -> CoreColumn? { columns.first { $0.name == name } }
}

/// The columns by which every row leads back to a line of a delivered file.
let lineage: [CoreColumn] = [
  CoreColumn("delivery", .code, "The delivered file that the row came from.", unit: "file name", required: true),
  CoreColumn(
    "record", .integer, "Where it stands in the file: the line on which it starts, or its ordinal number in XML.",
    required: true),
]
