import Columns
import CoreDataset
import Definitions
import Workspace

/// Translates a source's own codes to standard codes, once per distinct code.
struct CodeMapping {
  /// How one column is translated.
  private struct Rule {
    let column: Int
    let name: String
    let mapping: FieldMapping
    let standard: Set<String>?
    /// Whether a record with an unknown code is set aside whole: it cannot do without a required value.
    let rejects: Bool

    /// The book of standard codes, and for each delivered code its standard code and whether it is unknown.
    func translate(_ delivered: CodeBook) -> (book: CodeBook, codes: [Int32], isUnknown: [Bool]) {
      var book = CodeBook()
      var codes = [Int32](repeating: Missing.code, count: delivered.count)
      var isUnknown = [Bool](repeating: false, count: delivered.count)
      for (code, value) in delivered.values.enumerated() {
        var standard = mapping.codes[value]
        if standard == nil && mapping.unknown == .keep && self.standard == nil { standard = value }
        if standard == nil && mapping.codes.isEmpty { standard = value }
        if let candidate = standard, let vocabulary = self.standard, !vocabulary.contains(candidate) { standard = nil }
        if let standard { codes[code] = book.code(standard) } else { isUnknown[code] = true }
      }
      return (book, codes, isUnknown)
    }
  }
  private let rules: [Rule]

  /// The columns of a source that have a code list, or must have codes of a standard vocabulary.
  init(_ source: Source, table: CoreTable) {
    rules = table.columns.enumerated().compactMap { index, column in
      guard column.spec.type == .code,
        let mapping = source.allFields.first(where: { $0.target == column.name && $0.form != .recordAsPerson })
      else { return nil }
      let standard = Self.vocabulary(column.name)
      return mapping.codes.isEmpty && standard == nil
        ? nil
        : Rule(
          column: index, name: column.name, mapping: mapping, standard: standard,
          rejects: mapping.unknown != .setAside || !column.spec.isNullable)
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
      let (book, translation, isUnknown) = rule.translate(delivered.book)
      var mapped = CodeColumn(indices: delivered.indices, book: book)
      for row in mapped.indices.indices where mapped.indices[row] >= 0 {
        let code = Int(mapped.indices[row])
        mapped.indices[row] = translation[code]
        if isUnknown[code] {
          unknown.append(
            Unknown(
              row: row, column: rule.mapping.columns.first ?? rule.name, value: delivered.book[code],
              isRejected: rule.rejects))
        }
      }
      columns[rule.column] = .code(mapped)
    }
    return unknown
  }

  /// The rows of a bucket that hold a code that must be known and is not. Nothing is read where no column can have one.
  func rejected(in part: StagedPart, bucket: Int) throws(Problem) -> Set<Int32> {
    let rejecting = rules.filter(\.rejects)
    if rejecting.isEmpty { return [] }
    var rows: Set<Int32> = []
    for (rule, column) in zip(rejecting, try part.read(bucket: bucket, columns: rejecting.map(\.name))) {
      guard case .code(let delivered) = column else { continue }
      let isUnknown = rule.translate(delivered.book).isUnknown
      guard isUnknown.contains(true) else { continue }
      for row in delivered.indices.indices where delivered.indices[row] >= 0 {
        if isUnknown[Int(delivered.indices[row])] { rows.insert(Int32(row)) }
      }
    }
    return rows
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
