import Columns
import CoreDataset

/// Puts the columns of a piece in the order of the staged table.
extension PieceBuilder {
  /// Rows of the staged table: columns, person per row, and which rows are kept.
  struct StagedRows {
    var columns: [Column]
    var persons: [Identifier]?
    var isKept: [Bool]
  }

  /// One staged row per record.
  private func stagedRecords() -> StagedRows {
    // Columns that are delivered or made below do not have to be filled first.
    let delivered = Set(plan.fields.compactMap(\.target))
    var columns = plan.table.columns.indices.map { index in
      let spec = plan.table.columns[index].spec
      return delivered.contains(index) && spec.type != .identifier
        ? Column(spec.type) : Self.missing(spec.type, count: records.count)
    }
    for (index, field) in plan.fields.enumerated() {
      guard let target = field.target else { continue }
      let type = plan.table.columns[target].spec.type
      if type == .identifier { continue }
      columns[target] = Self.converted(self.columns[index], field.kind, to: type)
    }
    fillConstants(&columns, count: records.count)
    if let target = plan.table.index(of: "person"), persons.count == records.count {
      columns[target] = .identifier(persons)
    }
    if let target = plan.table.index(of: "record") { columns[target] = .integer(records) }
    var isKept = self.isKept
    // A question that was not answered is a record that was read, and no answer.
    if plan.isLong, let target = plan.table.index(of: "value"), case .decimal(let values) = columns[target] {
      for row in values.indices where values[row].isNaN { isKept[row] = false }
    }
    return StagedRows(
      columns: columns, persons: plan.table.index(of: "person") == nil ? nil : persons, isKept: isKept)
  }

  /// The rows of the staged table, as the source delivers it.
  func stagedRows() -> StagedRows {
    if !plan.questionnaires.isEmpty { return stagedAnswers() }
    return plan.amounts.isEmpty ? stagedRecords() : stagedTotals()
  }

  /// One staged row per record and column of amounts.
  private func stagedTotals() -> StagedRows {
    let base = stagedRecords()
    let isKept = self.isKept
    let kept = records.indices.filter { isKept[$0] }
    let width = plan.amounts.count
    let rows = kept.flatMap { Array(repeating: Int32(truncatingIfNeeded: $0), count: width) }
    var columns = base.columns.map { $0.gather(rows[...]) }
    func put(_ name: String, _ column: Column) {
      if let target = plan.table.index(of: name) { columns[target] = column }
    }
    func codes(_ values: [String]) -> Column {
      var book = CodeBook()
      let codes = values.map { book.code($0) }
      return .code(CodeColumn(indices: kept.flatMap { _ in codes }, book: book))
    }
    put("care_type", codes(plan.amounts.map(\.careType)))
    put("delivered_as", codes(plan.amounts.map(\.name)))
    put("amount_cents", .cents(kept.flatMap { row in amounts.map { $0[row] } }))
    return StagedRows(columns: columns, persons: nil, isKept: Array(repeating: true, count: rows.count))
  }

  /// One staged row per answer that stands in a column of a record. A moment without any answer or day gives no row.
  private func stagedAnswers() -> StagedRows {
    let base = stagedRecords()
    var rows: [Int32] = []
    var instruments: [Int32] = []
    var moments: [Int32] = []
    var items: [Int32] = []
    var days: [Int32] = []
    var values: [Double] = []
    var instrumentBook = CodeBook()
    var momentBook = CodeBook()
    var itemBook = CodeBook()
    let codes = plan.questionnaires.map { questionnaire in
      (
        instrument: instrumentBook.code(questionnaire.instrument), moment: momentBook.code(questionnaire.moment),
        items: questionnaire.items.map { itemBook.code($0.code) }
      )
    }
    let isKept = isKept
    for row in records.indices where isKept[row] {
      for (index, answer) in answers.enumerated() {
        for (position, column) in answer.items.enumerated() where !column[row].isNaN {
          rows.append(Int32(truncatingIfNeeded: row))
          instruments.append(codes[index].instrument)
          moments.append(codes[index].moment)
          items.append(codes[index].items[position])
          days.append(answer.completedOn.isEmpty ? Missing.int32 : answer.completedOn[row])
          values.append(column[row])
        }
      }
    }
    var columns = base.columns.map { $0.gather(rows[...]) }
    let table = plan.table
    func put(_ name: String, _ column: Column) { if let target = table.index(of: name) { columns[target] = column } }
    put("instrument", .code(CodeColumn(indices: instruments, book: instrumentBook)))
    put("moment", .code(CodeColumn(indices: moments, book: momentBook)))
    put("item", .code(CodeColumn(indices: items, book: itemBook)))
    put("value", .decimal(values))
    if plan.questionnaires.contains(where: { $0.completedOn != nil }) { put("completed_on", .day(days)) }
    return StagedRows(
      columns: columns, persons: rows.map { persons[Int($0)] }, isKept: Array(repeating: true, count: rows.count))
  }

  /// The source's own ids of responses, for sources that deliver a row per answer.
  var responseColumn: CodeColumn? {
    guard let index = plan.fields.firstIndex(where: { $0.targetName == "response" }),
      case .code(let column) = columns[index]
    else { return nil }
    return column
  }

  private func fillConstants(_ columns: inout [Column], count: Int) {
    for constant in plan.constants {
      switch plan.table.columns[constant.target].spec.type {
      case .day:
        let day = Day(constant.value)?.number ?? Missing.int32
        columns[constant.target] = .day(Array(repeating: day, count: count))
      case .integer:
        columns[constant.target] = .integer(
          Array(repeating: Int32(constant.value) ?? Missing.int32, count: count))
      default:
        columns[constant.target] = .code(
          CodeColumn(indices: Array(repeating: 0, count: count), book: CodeBook([constant.value])))
      }
    }
  }

  private static func missing(_ type: ColumnType, count: Int) -> Column {
    switch type {
    case .day: return .day(Array(repeating: Missing.int32, count: count))
    case .integer: return .integer(Array(repeating: Missing.int32, count: count))
    case .long: return .long(Array(repeating: Missing.int64, count: count))
    case .cents: return .cents(Array(repeating: Missing.int64, count: count))
    case .decimal: return .decimal(Array(repeating: Missing.decimal, count: count))
    case .flag: return .flag(Array(repeating: Missing.flag, count: count))
    case .code: return .code(CodeColumn(indices: Array(repeating: Missing.code, count: count), book: CodeBook()))
    case .identifier: return .identifier(Array(repeating: .missing, count: count))
    case .text:
      var column = TextColumn()
      column.ends = Array(repeating: 0, count: count)
      return .text(column)
    }
  }

  /// A delivered column has the type of its staged column, but for text that is kept as a code. A code column that became
  /// text, since nearly all its values differ, stays it.
  private static func converted(_ column: Column, _ kind: SourcePlan.Kind, to type: ColumnType) -> Column {
    if case .code = kind { return column }
    guard type == .code, case .text(let text) = column else { return column }
    var codes = CodeColumn()
    codes.append(text)
    return .code(codes)
  }
}
