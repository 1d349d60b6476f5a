import Columns
import CoreDataset
import Definitions
import Workspace

/// Translates a source's own codes to standard codes, once per distinct code.
struct CodeMapping {
  private let rules: [(column: Int, name: String, mapping: FieldMapping, standard: Set<String>?, isRequired: Bool)]

  /// The columns of a source that have a code list, or must have codes of a standard vocabulary.
  init(_ source: Source, table: CoreTable) {
    rules = table.columns.enumerated().compactMap { index, column in
      guard column.spec.type == .code,
        let mapping = source.fields.first(where: { $0.target == column.name && $0.form != .recordAsPerson })
      else { return nil }
      let standard = Self.vocabulary(column.name)
      return mapping.codes.isEmpty && standard == nil
        ? nil : (index, column.name, mapping, standard, !column.spec.isNullable)
    }
  }

  /// The code columns of a table that are left as they are.
  func leaves(_ table: CoreTable) -> Set<String> {
    let mapped = Set(rules.map(\.column))
    return Set(table.columns.indices.filter { !mapped.contains($0) }.map { table.columns[$0].name })
  }

  private static func vocabulary(_ column: String) -> Set<String>? {
    switch column {
    case "care_type": Set(CareType.allCases.map(\.rawValue))
    case "activity": Set(Activity.allCases.map(\.rawValue))
    case "sex": Set(Sex.allCases.map(\.rawValue))
    default: nil
    }
  }

  /// A code that the code list does not have.
  struct Unknown {
    let row: Int
    let column: String
    let value: String
    let isRejected: Bool
  }

  /// Replaces codes in place and returns those that are not known.
  func apply(_ columns: inout [Column]) -> [Unknown] {
    var unknown: [Unknown] = []
    for rule in rules {
      guard case .code(let delivered) = columns[rule.column] else { continue }
      var book = CodeBook()
      var translation = [Int32](repeating: Missing.code, count: delivered.book.count)
      var isUnknown = [Bool](repeating: false, count: delivered.book.count)
      for (code, value) in delivered.book.values.enumerated() {
        var standard = rule.mapping.codes[value]
        if standard == nil && rule.mapping.unknown == .keep && rule.standard == nil { standard = value }
        if standard == nil && rule.mapping.codes.isEmpty { standard = value }
        if let candidate = standard, let vocabulary = rule.standard, !vocabulary.contains(candidate) { standard = nil }
        if let standard { translation[code] = book.code(standard) } else { isUnknown[code] = true }
      }
      var mapped = CodeColumn(indices: delivered.indices, book: book)
      for row in mapped.indices.indices where mapped.indices[row] >= 0 {
        let code = Int(mapped.indices[row])
        mapped.indices[row] = translation[code]
        if isUnknown[code] {
          unknown.append(
            Unknown(
              row: row, column: rule.mapping.columns.first ?? rule.name, value: delivered.book[code],
              // A record cannot do without a required value.
              isRejected: rule.mapping.unknown != .setAside || rule.isRequired))
        }
      }
      columns[rule.column] = .code(mapped)
    }
    return unknown
  }
}

extension StagedPart {
  /// The rows of a bucket with standard codes, without those that are superseded or hold a code that must be known. What
  /// is left out goes to the accounts.
  func mapped(
    bucket: Int, table: CoreTable, superseded: [Int32] = [], accounts: inout BucketAccounts
  ) throws(Problem) -> [Column] {
    let mapping = CodeMapping(source, table: table)
    var columns = try read(bucket: bucket, mayBeText: mapping.leaves(table))
    let unknown = mapping.apply(&columns)
    if superseded.isEmpty && unknown.isEmpty { return columns }
    guard case .integer(let records) = columns[table.index(of: "record") ?? 0] else { return columns }
    var cents = [Int64](repeating: 0, count: records.count)
    if let amount = table.index(of: "amount_cents"), case .cents(let amounts) = columns[amount] { cents = amounts }
    var isKept = [Bool](repeating: true, count: records.count)
    for row in superseded {
      isKept[Int(row)] = false
      accounts.supersede(delivery, cents: cents[Int(row)])
    }
    for code in unknown {
      if !code.isRejected {
        accounts.setAside(delivery, record: records[code.row], column: code.column, code.value)
      } else if isKept[code.row] {
        isKept[code.row] = false
        accounts.quarantine(
          delivery, record: records[code.row], column: code.column, reason: "unknown-code", value: code.value,
          cents: cents[code.row])
      }
    }
    let rows = isKept.indices.filter { !isKept[$0] }.map { Int32($0) }
    return columns.map { $0.removing(rows) }
  }
}
