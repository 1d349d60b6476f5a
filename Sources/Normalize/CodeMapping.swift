import Columns
import CoreDataset
import Definitions
import Workspace

/// Translates a source's own codes to standard codes, once per distinct code; codes whose meaning depends on the day, per
/// row.
struct CodeMapping {
  /// A meaning of a code that holds for some days.
  private struct Era {
    let decision: CodeDecision
    /// Standard code; nil where the standard does not have it.
    let code: Int32
  }
  /// What the codes of a book become.
  private struct Translation {
    var book = CodeBook()
    /// Standard code of each delivered code.
    var codes: [Int32]
    /// Whether it is unknown, so that the record or the value is set aside.
    var isUnknown: [Bool]
    /// Whether no code list has it, though it is kept.
    var isKeptUnlisted: [Bool]
    /// Delivered codes with a meaning for some days only.
    var eras: [Int: [Era]] = [:]

    /// Whether each code has one meaning, which is known.
    var isPlain: Bool { eras.isEmpty && !isUnknown.contains(true) }

    /// The standard codes of a column, where `isPlain`.
    func apply(_ delivered: CodeColumn) -> CodeColumn {
      // One place more in front for rows without a code.
      let codes = [Missing.code] + codes
      let (from, to) = (delivered.indices.span, codes.span)
      var indices: [Int32] = []
      indices.append(addingCapacity: from.count) { (output: inout OutputSpan<Int32>) in
        for row in from.indices { output.append(to[Int(from[row]) + 1]) }
      }
      return CodeColumn(indices: indices, book: book)
    }

    /// The standard code of a row, and whether it is unknown.
    func standard(_ code: Int, on day: Int32) -> (code: Int32, isUnknown: Bool) {
      guard let eras = eras[code] else { return (codes[code], isUnknown[code]) }
      // Without a day the meaning that holds last.
      let era = day == Missing.int32 ? eras.last : eras.first { $0.decision.holds(on: day) }
      return era.map { ($0.code, $0.code < 0) } ?? (Missing.code, true)
    }
  }

  /// How one column is translated.
  private struct Rule {
    let column: Int
    let name: String
    let mapping: FieldMapping
    let standard: Set<String>?
    /// Whether a record with an unknown code is set aside whole: it cannot do without a required value.
    let rejects: Bool
    /// Lines of the code list with dates, by code, in order of time.
    let dated: [String: [CodeDecision]]

    init(column: Int, name: String, mapping: FieldMapping, standard: Set<String>?, rejects: Bool) {
      self.column = column
      self.name = name
      self.mapping = mapping
      self.standard = standard
      self.rejects = rejects
      let dated = Dictionary(grouping: mapping.decisions, by: \.local).filter { $1.contains(where: \.isDated) }
      self.dated = dated.mapValues { lines in
        lines.sorted { ($0.from?.number ?? .min) < ($1.from?.number ?? .min) }
      }
    }

    /// What the codes of a book become.
    func translate(_ delivered: CodeBook) -> Translation {
      var result = Translation(
        codes: Array(repeating: Missing.code, count: delivered.count),
        isUnknown: Array(repeating: false, count: delivered.count),
        isKeptUnlisted: Array(repeating: false, count: delivered.count))
      for (code, value) in delivered.values.enumerated() {
        if let lines = dated[value] {
          result.eras[code] = lines.map { line in
            Era(decision: line, code: allows(line.standard) ? result.book.code(line.standard) : Missing.code)
          }
          continue
        }
        var standard = mapping.codes[value]
        if standard == nil && mapping.unknown == .keep && self.standard == nil {
          standard = value
          result.isKeptUnlisted[code] = !mapping.codes.isEmpty
        }
        if standard == nil && mapping.codes.isEmpty { standard = value }
        if let candidate = standard, !allows(candidate) { standard = nil }
        if let standard { result.codes[code] = result.book.code(standard) } else { result.isUnknown[code] = true }
      }
      return result
    }

    private func allows(_ code: String) -> Bool { standard?.contains(code) ?? true }
  }
  private let rules: [Rule]
  /// Position of the day on which a row's codes must hold; nil for tables without one.
  private let day: Int?

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
    day = ["start", "completed_on", "from"].lazy.compactMap { table.index(of: $0) }.first
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

  private func days(_ columns: [Column]) -> [Int32] {
    if let day, case .day(let days) = columns[day] { days } else { [] }
  }

  /// Replaces codes in place and returns those that are not known.
  func apply(_ columns: inout [Column]) -> [Unknown] {
    var unknown: [Unknown] = []
    for rule in rules {
      guard case .code(let delivered) = columns[rule.column] else { continue }
      let translation = rule.translate(delivered.book)
      if translation.isPlain {
        columns[rule.column] = .code(translation.apply(delivered))
        continue
      }
      let days = translation.eras.isEmpty ? [] : days(columns)
      var mapped = CodeColumn(indices: delivered.indices, book: translation.book)
      for row in mapped.indices.indices where mapped.indices[row] >= 0 {
        let code = Int(mapped.indices[row])
        var isUnknown = translation.isUnknown[code]
        if translation.eras.isEmpty {
          mapped.indices[row] = translation.codes[code]
        } else {
          (mapped.indices[row], isUnknown) = translation.standard(code, on: days.isEmpty ? Missing.int32 : days[row])
        }
        if isUnknown {
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

  /// The codes in delivered columns that no code list has, each counted over the rows that count. Nothing is counted where
  /// every code is known.
  func unmapped(_ columns: [Column], records: [Int32], cents: [Int64], isKept: [Bool]) -> [UnmappedCodes.Code] {
    var found: [UnmappedCodes.Code] = []
    for rule in rules {
      guard case .code(let delivered) = columns[rule.column] else { continue }
      let translation = rule.translate(delivered.book)
      guard
        !translation.eras.isEmpty || translation.isUnknown.contains(true) || translation.isKeptUnlisted.contains(true)
      else { continue }
      let days = days(columns)
      var places = [Int](repeating: -1, count: delivered.book.count)
      for row in delivered.indices.indices where delivered.indices[row] >= 0 && isKept[row] {
        let code = Int(delivered.indices[row])
        let isUnknown = translation.standard(code, on: days.isEmpty ? Missing.int32 : days[row]).isUnknown
        guard isUnknown || translation.isKeptUnlisted[code] else { continue }
        if places[code] < 0 {
          places[code] = found.count
          found.append(
            UnmappedCodes.Code(
              target: rule.name, column: rule.mapping.columns.first ?? rule.name, value: delivered.book[code],
              consequence: translation.isKeptUnlisted[code] ? .kept : rule.rejects ? .rejected : .setAside,
              codeList: rule.mapping.codeList))
        }
        found[places[code]].count(record: records[row], cents: cents[row])
      }
    }
    return found
  }

  /// The rows of a bucket that hold a code that must be known and is not. Nothing is read where no column can have one.
  func rejected(in part: StagedPart, bucket: Int) throws(Problem) -> Set<Int32> {
    let rejecting = rules.filter(\.rejects)
    if rejecting.isEmpty { return [] }
    var rows: Set<Int32> = []
    for (rule, column) in zip(rejecting, try part.read(bucket: bucket, columns: rejecting.map(\.name))) {
      guard case .code(let delivered) = column else { continue }
      let translation = rule.translate(delivered.book)
      guard translation.isUnknown.contains(true) || !translation.eras.isEmpty else { continue }
      var days: [Int32] = []
      if !translation.eras.isEmpty, let day,
        case .day(let values) = try part.read(bucket: bucket, columns: [Staged.claimLine.columns[day].name])[0]
      {
        days = values
      }
      for row in delivered.indices.indices where delivered.indices[row] >= 0 {
        let code = Int(delivered.indices[row])
        if translation.standard(code, on: days.isEmpty ? Missing.int32 : days[row]).isUnknown {
          rows.insert(Int32(row))
        }
      }
    }
    return rows
  }
}

extension StagedPart {
  /// The rows of a bucket with standard codes, without those that are superseded or hold a code that must be known. What
  /// is left out goes to the accounts. Of claim lines the columns of codes as delivered come behind the others.
  func mapped(
    bucket: Int, table: CoreTable, superseded: [Int32] = [], accounts: inout BucketAccounts
  ) throws(Problem) -> [Column] {
    let mapping = CodeMapping(source, table: table)
    var columns = try read(bucket: bucket, mayBeText: mapping.leaves(table))
    let delivered = columns
    let unknown = mapping.apply(&columns)
    if table.name == Staged.claimLine.name {
      columns += Core.sourceValues.map { delivered[table.index(of: $0.1) ?? 0] }
    }
    guard case .integer(let records) = columns[table.index(of: "record") ?? 0] else { return columns }
    var isKept = [Bool](repeating: true, count: records.count)
    for row in superseded { isKept[Int(row)] = false }
    var cents: [Int64] = []
    if let amount = table.index(of: "amount_cents"), case .cents(let amounts) = columns[amount] {
      cents = amounts
    } else {
      cents = Array(repeating: 0, count: records.count)
    }
    accounts.add(
      mapping.unmapped(delivered, records: records, cents: cents, isKept: isKept), delivery: self.delivery,
      source: source.id)
    if superseded.isEmpty && unknown.isEmpty { return columns }
    for row in superseded { accounts.supersede(self.delivery, cents: cents[Int(row)]) }
    for code in unknown {
      if !code.isRejected {
        accounts.setAside(self.delivery, record: records[code.row], column: code.column, code.value)
      } else if isKept[code.row] {
        isKept[code.row] = false
        accounts.quarantine(
          self.delivery, record: records[code.row], column: code.column, reason: "unknown-code", value: code.value,
          cents: cents[code.row])
      }
    }
    let rows = isKept.indices.filter { !isKept[$0] }.map { Int32($0) }
    return columns.map { $0.removing(rows) }
  }
}
