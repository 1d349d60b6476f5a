import Columns
import CoreDataset
import Definitions

/// Translates a source's own codes to standard codes, once per distinct code.
struct CodeMapping {
  private let rules: [(column: Int, name: String, mapping: FieldMapping, standard: Set<String>?)]

  /// The columns of a source that have a code list, or must have codes of a standard vocabulary.
  init(_ source: Source, table: CoreTable) {
    rules = table.columns.enumerated().compactMap { index, column in
      guard column.spec.type == .code,
        let mapping = source.fields.first(where: { $0.target == column.name && $0.form != .recordAsPerson })
      else { return nil }
      let standard = Self.vocabulary(column.name)
      return mapping.codes.isEmpty && standard == nil ? nil : (index, column.name, mapping, standard)
    }
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
              isRejected: rule.mapping.unknown != .setAside))
        }
      }
      columns[rule.column] = .code(mapped)
    }
    return unknown
  }
}
