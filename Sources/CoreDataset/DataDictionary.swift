import Columns

/// The tables of the core dataset in words and for programs.
public enum DataDictionary {
  /// Tables for people: Markdown.
  public static func markdown(_ tables: [CoreTable]) -> String {
    tables.map { table in
      var lines = ["## \(table.name)", "", table.meaning, ""]
      lines += [
        "| column | type | key | required | meaning | unit or values | FHIR R4; OMOP 5.4; zib |",
        "|---|---|---|---|---|---|---|",
      ]
      lines += table.columns.map { column in
        "| \(column.name) | \(column.spec.type.rawValue) | \(column.isKey ? "yes" : "") | "
          + "\(column.spec.isNullable ? "" : "yes") | \(column.meaning) | "
          + "\(column.allowed.isEmpty ? column.unit : column.allowed.joined(separator: ", ")) | "
          + "\(counterparts(table.counterpart(column.name))) |"
      }
      if !table.foreignKeys.isEmpty { lines.append("") }
      lines += table.foreignKeys.map { "Each \($0.columns.joined(separator: ", ")) is in `\($0.table)`." }
      return lines.joined(separator: "\n") + "\n"
    }.joined(separator: "\n")
  }

  private static func counterparts(_ counterpart: Counterpart?) -> String {
    counterpart.map { [$0.fhir, $0.omop, $0.zib].filter { !$0.isEmpty }.joined(separator: "; ") } ?? ""
  }

  /// One table for programs.
  public struct Table: Encodable, Sendable {
    /// One column.
    public struct Column: Encodable, Sendable {
      let name: String
      let type: String
      let meaning: String
      let unit: String?
      let allowed: [String]?
      let key: Bool
      let required: Bool
      /// The element of FHIR R4, the field of OMOP CDM 5.4 and the element of a Dutch zib that mean the same.
      let fhir: String?
      let omop: String?
      let zib: String?
    }
    /// Columns that name a row of another table.
    public struct Reference: Encodable, Sendable {
      let columns: [String]
      let table: String
    }
    let name: String
    let meaning: String
    let columns: [Column]
    let foreignKeys: [Reference]

    /// A table.
    public init(_ table: CoreTable) {
      name = table.name
      meaning = table.meaning
      columns = table.columns.map { column in
        let other = table.counterpart(column.name)
        func named(_ name: String?) -> String? { name?.isEmpty == false ? name : nil }
        return Column(
          name: column.name, type: column.spec.type.rawValue, meaning: column.meaning,
          unit: column.unit.isEmpty ? nil : column.unit, allowed: column.allowed.isEmpty ? nil : column.allowed,
          key: column.isKey, required: !column.spec.isNullable, fhir: named(other?.fhir), omop: named(other?.omop),
          zib: named(other?.zib))
      }
      foreignKeys = table.foreignKeys.map { Reference(columns: $0.columns, table: $0.table) }
    }
  }
}

/// The core folder as a data package with a table schema per table, after the Frictionless specifications, version 1
/// (specs.frictionlessdata.io): what `datapackage.json` holds.
public struct DataPackage: Encodable, Sendable {
  /// A table with its files.
  struct Resource: Encodable, Sendable {
    let name: String
    let title: String
    let description: String
    let path: [String]
    let format: String
    let mediatype: String
    let schema: Schema
  }
  /// A Table Schema.
  struct Schema: Encodable, Sendable {
    let fields: [Field]
    let primaryKey: [String]
    let foreignKeys: [Reference]?
  }
  /// A column.
  struct Field: Encodable, Sendable {
    let name: String
    let type: String
    let format: String?
    let description: String
    let constraints: Constraints?
  }
  /// What must hold for a column.
  struct Constraints: Encodable, Sendable {
    let required: Bool?
    let `enum`: [String]?
  }
  /// A foreign key.
  struct Reference: Encodable, Sendable {
    struct Target: Encodable, Sendable {
      let resource: String
      let fields: [String]
    }
    let fields: [String]
    let reference: Target
  }

  let name: String
  let title: String
  let description: String
  let version: String
  /// Not of the specification, which lets descriptors have more: the currency of amounts.
  let currency: String
  let resources: [Resource]

  /// A package of tables.
  ///
  /// - Parameters:
  ///   - name: Lower case letters, digits, `-`, `.` and `_`.
  ///   - version: Version of the definitions that made it.
  ///   - currency: The currency of amounts, by its code in ISO 4217.
  ///   - paths: The files of each table, relative to the folder of the descriptor. A table without files is left out.
  public init(
    name: String, version: String, currency: String = "EUR", _ tables: [CoreTable], paths: (CoreTable) -> [String]
  ) {
    self.name = name
    title = "Core dataset of \(name)"
    description =
      "Each table is the files of its resource together, partitioned by a hash of the person. Amounts are "
      + (currency == "EUR" ? "euros" : currency) + " in the files, as DECIMAL(18,2). A pseudonym is sixteen bytes."
    self.currency = currency
    self.version = version
    resources = tables.compactMap { table in
      let paths = paths(table)
      return paths.isEmpty ? nil : Resource(table, paths, currency)
    }
  }
}

extension DataPackage.Resource {
  fileprivate init(_ table: CoreTable, _ paths: [String], _ currency: String) {
    name = table.name
    title = table.name
    description = table.meaning
    path = paths
    format = "parquet"
    mediatype = "application/vnd.apache.parquet"
    schema = DataPackage.Schema(
      fields: table.columns.map { DataPackage.Field($0, currency) }, primaryKey: table.primaryKey,
      foreignKeys: table.foreignKeys.isEmpty
        ? nil
        : table.foreignKeys.map { key in
          DataPackage.Reference(
            fields: key.columns, reference: DataPackage.Reference.Target(resource: key.table, fields: key.columns))
        })
  }
}

extension DataPackage.Field {
  fileprivate init(_ column: CoreColumn, _ currency: String) {
    name = column.name
    (type, format) =
      switch column.spec.type {
      case .day: ("date", nil)
      case .integer, .long: ("integer", nil)
      case .cents, .decimal: ("number", nil)
      case .flag: ("boolean", nil)
      case .code, .text: ("string", nil)
      case .identifier: ("string", "binary")
      }
    let unit = column.spec.type == .cents && currency != "EUR" ? "files show \(currency), DECIMAL(18,2)" : column.unit
    description = unit.isEmpty ? column.meaning : "\(column.meaning) \(unit)"
    let isRequired = !column.spec.isNullable
    constraints =
      isRequired || !column.allowed.isEmpty
      ? DataPackage.Constraints(required: isRequired ? true : nil, enum: column.allowed.isEmpty ? nil : column.allowed)
      : nil
  }
}
