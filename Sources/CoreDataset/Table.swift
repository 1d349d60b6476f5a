import Columns

/// A column of a standard table, with all that a data dictionary says of it.
public struct CoreColumn: Sendable {
  /// Name, type and whether it may be missing.
  public let spec: ColumnSpec
  /// What it means, in one sentence.
  public let meaning: String
  /// Unit, format or list of codes; empty where the meaning says it.
  public let unit: String
  /// The only values that may stand there; empty where any may.
  public let allowed: [String]
  /// Whether it is part of the table's key.
  public let isKey: Bool

  /// Its name.
  public var name: String { spec.name }

  init(
    _ name: String, _ type: ColumnType, _ meaning: String, unit: String = "", allowed: [String] = [],
    required: Bool = false, key: Bool = false
  ) {
    spec = ColumnSpec(name, type, isNullable: !(required || key))
    self.meaning = meaning
    self.unit = unit
    self.allowed = allowed
    isKey = key
  }
}

/// Columns of a table that name a row of another table, by the columns of the same names there.
public struct ForeignKey: Sendable, Equatable {
  /// The columns.
  public let columns: [String]
  /// The other table.
  public let table: String

  init(_ columns: [String], to table: String) {
    self.columns = columns
    self.table = table
  }

  /// The person that a row is about.
  static let person = ForeignKey(["person"], to: "person")
}

/// A standard table as a value: one source for the code, the data dictionary and the files.
public struct CoreTable: Sendable {
  /// Name, `snake_case`, singular.
  public let name: String
  /// What one row is.
  public let meaning: String
  /// Its columns, in order.
  public let columns: [CoreColumn]

  /// Columns that name a row of another table.
  public let foreignKeys: [ForeignKey]

  init(name: String, meaning: String, columns: [CoreColumn], foreignKeys: [ForeignKey] = []) {
    self.name = name
    self.meaning = meaning
    self.columns = columns
    self.foreignKeys = foreignKeys
  }

  /// Names of the columns that tell rows apart.
  public var primaryKey: [String] { columns.filter(\.isKey).map(\.name) }

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
