import Columns
import CoreDataset
import Definitions
import Readers

/// Typed columns of the records of one piece of a file, with what had to be set aside.
///
/// Fields are parsed a column at a time over a batch. Which parser reads a column is decided once per batch, so that the
/// loops over fields hold no decision.
struct PieceBuilder {
  let plan: SourcePlan
  /// One per field of the plan.
  private(set) var columns: [Column]
  /// Pseudonyms, where the source has persons.
  private(set) var persons: [Identifier] = []
  /// Line or ordinal number per record.
  private(set) var records: [Int32] = []
  /// Whether a record was set aside.
  private(set) var isRejected: [Bool] = []
  private(set) var answers: [AnswerColumns]
  /// Cents, one array per column of amounts of the plan.
  private(set) var amounts: [[Int64]]
  private(set) var quarantine = QuarantineLog()
  private(set) var reasons: [String: Int] = [:]
  private(set) var faultyLines = 0
  /// Records that another delivery has mended: they are read, and neither accepted nor set aside here.
  private let replaced: Set<Int32>
  /// Those of them that could not be taken apart into fields.
  private(set) var replacedLines = 0
  /// Rows of which a value was set aside, once per value.
  private var rowsWithValueSetAside: [Int] = []
  private var rejections: [Rejection] = []
  /// Columns that are read for several purposes, and what of them was set aside: one cell is set aside once.
  private let sharedColumns: Set<String>
  private var setAside: Set<Cell> = []
  private struct Cell: Hashable {
    var record: Int32
    var column: String
    var reason: String
  }
  /// For each code column with a fixed number of digits: which values of its book have them.
  private var isWellFormed: [[Bool]]

  /// The columns of one questionnaire of a record.
  struct AnswerColumns {
    var completedOn: [Int32] = []
    var items: [[Double]]
  }

  init(_ plan: SourcePlan, replaced: Set<Int32> = []) {
    self.plan = plan
    self.replaced = replaced
    sharedColumns = plan.sharedColumns
    columns = plan.fields.map { Self.empty($0.kind) }
    isWellFormed = plan.fields.map { _ in [] }
    amounts = plan.amounts.map { _ in [] }
    answers = plan.questionnaires.map { AnswerColumns(items: $0.items.map { _ in [] }) }
  }

  private static func empty(_ kind: SourcePlan.Kind) -> Column {
    switch kind {
    case .day: .day([])
    case .integer, .postcode, .yearOfDate, .personNumber: .integer([])
    case .cents: .cents([])
    case .decimal: .decimal([])
    case .text, .personKey: .text(TextColumn())
    case .code: .code(CodeColumn())
    }
  }

  /// Adds the records of a batch.
  mutating func append(_ batch: borrowing RecordBatch) {
    let base = records.count
    records.append(addingCapacity: batch.count) { (output: inout OutputSpan<Int32>) in
      for row in 0..<batch.count { output.append(batch.lines[row]) }
    }
    isRejected.append(contentsOf: repeatElement(false, count: batch.count))
    for index in plan.fields.indices { appendField(index, batch, base) }
    for index in plan.questionnaires.indices { appendAnswers(index, batch, base) }
    for index in plan.amounts.indices { appendAmounts(index, batch, base) }
  }

  private mutating func appendAmounts(_ index: Int, _ batch: borrowing RecordBatch, _ base: Int) {
    let fields = batch.column(plan.amounts[index].position)
    rejections.removeAll(keepingCapacity: true)
    amounts[index].append(
      cents: fields, format: plan.source.amounts, missing: MissingTokens(plan.source.missing), rejections: &rejections)
    for rejection in rejections {
      rejectRecord(
        base + rejection.row, column: plan.amounts[index].name, reason: rejection.reason.rawValue,
        value: masked(fields[rejection.row], isPersonal: false), expected: expectation(.cents))
    }
  }

  private mutating func appendField(_ index: Int, _ batch: borrowing RecordBatch, _ base: Int) {
    let field = plan.fields[index]
    let source = plan.source
    let fields = batch.column(field.position)
    rejections.removeAll(keepingCapacity: true)
    // Values are taken out of their column and put back: two owners would mean a copy of the column per batch.
    switch columns[index].take() {
    case .day(var values):
      values.append(days: fields, formats: source.dates, missing: field.missing, rejections: &rejections)
      columns[index] = .day(values)
    case .integer(var values):
      appendIntegers(fields, field, to: &values)
      columns[index] = .integer(values)
    case .cents(var values):
      values.append(cents: fields, format: source.amounts, missing: field.missing, rejections: &rejections)
      columns[index] = .cents(values)
    case .decimal(var values):
      values.append(
        decimals: fields, mark: source.amounts.mark, missing: field.missing, rejections: &rejections)
      columns[index] = .decimal(values)
    case .text(var column):
      column.append(texts: fields, encoding: source.encoding, missing: field.missing, rejections: &rejections)
      if case .code(_, let digits?) = field.kind { rejectIllFormed(column, digits, index, base) }
      columns[index] = .text(column)
    case .code(var column):
      guard case .code(let prefix, let digits) = field.kind else { break }
      column.append(
        codes: fields, encoding: source.encoding, prefix: prefix, missing: field.missing, rejections: &rejections)
      if let digits { rejectIllFormed(column, digits, index, base) }
      if prefix == nil && column.isMostlyDistinct && !plan.isLong {
        var texts = Column(.text)
        texts.append(.code(column))
        columns[index] = texts
      } else {
        columns[index] = .code(column)
      }
    case .long, .flag, .identifier: break  // no field is delivered as one of these
    }
    for rejection in rejections {
      reject(
        base + rejection.row, field, Self.reason(rejection.reason, field.kind),
        masked(fields[rejection.row], isPersonal: field.isPersonal))
    }
  }

  private mutating func appendIntegers(
    _ fields: borrowing FieldColumn, _ field: SourcePlan.Field, to values: inout [Int32]
  ) {
    switch field.kind {
    case .postcode: values.append(postcodes: fields, missing: field.missing, rejections: &rejections)
    case .yearOfDate:
      var days: [Int32] = []
      days.append(days: fields, formats: plan.source.dates, missing: field.missing, rejections: &rejections)
      for day in days { values.append(day == Missing.int32 ? day : Day(day).year) }
    default: values.append(integers: fields, missing: field.missing, rejections: &rejections)
    }
  }

  private static func reason(_ reason: RejectionReason, _ kind: SourcePlan.Kind) -> String {
    if case .personNumber(isCitizenNumber: true) = kind { return "bsn-check-digit" }
    return reason.rawValue
  }

  /// Sets aside records whose code does not have the number of digits; each distinct code is looked at once.
  private mutating func rejectIllFormed(_ column: CodeColumn, _ digits: Int, _ index: Int, _ base: Int) {
    for code in isWellFormed[index].count..<column.book.count {
      let value = column.book.value(code)
      isWellFormed[index].append(value.count == digits && value.allSatisfy { $0 &- 0x30 <= 9 })
    }
    for row in base..<column.indices.count {
      let code = Int(column.indices[row])
      if code >= 0 && !isWellFormed[index][code] {
        let value = Array(column.book.value(code))
        reject(row, plan.fields[index], "not-a-code", masked(value.span, isPersonal: false))
      }
    }
  }

  private mutating func rejectIllFormed(_ column: TextColumn, _ digits: Int, _ index: Int, _ base: Int) {
    let bytes = column.bytes.span
    for row in base..<column.count {
      let range = column.range(row)
      if range.isEmpty { continue }
      if range.count != digits || !areDigits(bytes.extracting(range)) {
        reject(row, plan.fields[index], "not-a-code", masked(bytes.extracting(range), isPersonal: false))
      }
    }
  }

  private mutating func appendAnswers(_ index: Int, _ batch: borrowing RecordBatch, _ base: Int) {
    let questionnaire = plan.questionnaires[index]
    if let day = questionnaire.completedOn {
      rejections.removeAll(keepingCapacity: true)
      let fields = batch.column(day.position)
      answers[index].completedOn.append(
        days: fields, formats: plan.source.dates, missing: questionnaire.missingElsewhere, rejections: &rejections)
      for rejection in rejections {
        rejectRecord(
          base + rejection.row, column: day.name, reason: rejection.reason.rawValue,
          value: masked(fields[rejection.row], isPersonal: false), expected: expectation(.day))
      }
    }
    for (position, item) in questionnaire.items.enumerated() {
      rejections.removeAll(keepingCapacity: true)
      let fields = batch.column(item.position)
      answers[index].items[position].append(
        decimals: fields, mark: plan.source.amounts.mark,
        missing: item.isSupplied ? questionnaire.missingElsewhere : questionnaire.missing, rejections: &rejections)
      for rejection in rejections {
        if !item.isSupplied, let answer = questionnaire.answer(in: fields[rejection.row]) {
          answers[index].items[position][base + rejection.row] = answer
          continue
        }
        if isReplaced(base + rejection.row) { continue }
        rowsWithValueSetAside.append(base + rejection.row)
        quarantine.add(
          record: records[base + rejection.row], column: item.name, reason: rejection.reason.rawValue,
          value: masked(fields[rejection.row], isPersonal: false), expected: expectation(.decimal), isWholeRecord: false
        )
      }
    }
  }

  /// Values set aside of records that are kept.
  var valuesSetAside: Int { rowsWithValueSetAside.count { !isRejected[$0] } }

  /// Sets aside what the reader could not make a record of.
  mutating func append(_ faults: [StructuralFault]) {
    for fault in faults {
      if replaced.contains(Int32(clamping: fault.line)) {
        replacedLines += 1
        continue
      }
      faultyLines += 1
      reasons[fault.reason.code, default: 0] += 1
      quarantine.add(
        record: Int32(clamping: fault.line), column: nil, reason: fault.reason.code, value: nil,
        expected: fault.reason.expectation(width: plan.width))
    }
  }

  /// Whether another delivery has mended a record.
  func isReplaced(_ row: Int) -> Bool { !replaced.isEmpty && replaced.contains(records[row]) }

  /// Whether a row goes on: neither set aside nor mended elsewhere.
  var isKept: [Bool] { isRejected.indices.map { !isRejected[$0] && !isReplaced($0) } }

  /// Number of records, of which a questionnaire may give several rows.
  var distinctRecords: Int {
    var count = 0
    for row in records.indices where row == 0 || records[row] != records[row - 1] { count += 1 }
    return count
  }

  /// Checks what can only be checked with all fields read: required values, citizen numbers. Makes the pseudonyms.
  mutating func finish(_ pseudonymizer: inout Pseudonymizer, deliveryDigest: String) {
    for (index, field) in plan.fields.enumerated() {
      switch (field.kind, columns[index]) {
      case (.personNumber(let isCitizenNumber), .integer(let numbers)):
        pseudonymize(numbers, field, mustPassCheck: isCitizenNumber, &pseudonymizer)
      case (.personKey, .text(let keys)): pseudonymize(keys, pseudonymizer)
      default: break
      }
      if field.isRequired { rejectMissing(index) }
    }
    if plan.source.delivers == .groupTotal { rejectUnusableTotals() }
    if plan.isRecordAsPerson {
      let prefix = "record:\(deliveryDigest):"
      persons = records.map { pseudonymizer.pseudonym(of: Array((prefix + String($0)).utf8)) }
    }
  }

  private mutating func pseudonymize(
    _ numbers: [Int32], _ field: SourcePlan.Field, mustPassCheck: Bool, _ pseudonymizer: inout Pseudonymizer
  ) {
    var invalid: [Int] = []
    persons.append(addingCapacity: numbers.count) { (output: inout OutputSpan<Identifier>) in
      for row in numbers.indices {
        let number = numbers[row]
        // Another number than one of at most nine digits would get the pseudonym of somebody else.
        let isValid = mustPassCheck ? isCitizenNumber(number) : (0...999_999_999).contains(number)
        output.append(isValid ? pseudonymizer.pseudonym(ofNumber: number) : .missing)
        if !isValid && number != Missing.int32 { invalid.append(row) }
      }
    }
    for row in invalid { reject(row, field, mustPassCheck ? "bsn-check-digit" : "not-an-integer", "(masked)") }
  }

  private mutating func pseudonymize(_ keys: TextColumn, _ pseudonymizer: Pseudonymizer) {
    for row in 0..<keys.count {
      let range = keys.range(row)
      persons.append(range.isEmpty ? .missing : pseudonymizer.pseudonym(of: keys.bytes[range]))
    }
  }

  private mutating func rejectMissing(_ index: Int) {
    let field = plan.fields[index]
    for row in columns[index].missingRows where !isRejected[row] {
      reject(row, field, "missing-\(field.targetName)", nil)
    }
  }

  /// A group cannot have fewer than no persons or years, and an empty amount is not known to be nothing.
  private mutating func rejectUnusableTotals() {
    for (index, field) in plan.fields.enumerated() where ["persons", "insured_years"].contains(field.targetName) {
      let negative: [Int] =
        switch columns[index] {
        case .integer(let values): values.indices.filter { values[$0] != Missing.int32 && values[$0] < 0 }
        case .decimal(let values): values.indices.filter { values[$0] < 0 }
        default: []
        }
      for row in negative {
        rejectRecord(row, column: field.name, reason: "out-of-range", value: nil, expected: "a number from 0")
      }
    }
    for (index, amount) in plan.amounts.enumerated() {
      for row in amounts[index].indices where amounts[index][row] == Missing.int64 && !isRejected[row] {
        rejectRecord(row, column: amount.name, reason: "missing-amount", value: nil, expected: expectation(.cents))
      }
    }
  }

  private mutating func reject(_ row: Int, _ field: SourcePlan.Field, _ reason: String, _ value: String?) {
    rejectRecord(row, column: field.name, reason: reason, value: value, expected: expectation(field.kind))
  }

  private mutating func rejectRecord(_ row: Int, column: String, reason: String, value: String?, expected: String) {
    if isReplaced(row) { return }
    if !isRejected[row] { reasons[reason, default: 0] += 1 }
    isRejected[row] = true
    if sharedColumns.contains(column) {
      if !setAside.insert(Cell(record: records[row], column: column, reason: reason)).inserted { return }
    }
    quarantine.add(record: records[row], column: column, reason: reason, value: value, expected: expected)
  }

  private func expectation(_ kind: SourcePlan.Kind) -> String {
    switch kind {
    case .day, .yearOfDate: "a date as " + plan.source.dates.map(\.pattern).joined(separator: " or ")
    case .integer: "a whole number"
    case .cents: "an amount with at most two decimals behind \"\(Character(UnicodeScalar(plan.source.amounts.mark)))\""
    case .decimal: "a number"
    case .text, .code(_, nil): "text in \(plan.source.encoding.rawValue)"
    case .code(_, let digits?): "\(digits) digits, leading zeros included"
    case .personNumber(isCitizenNumber: true): "a citizen number of nine digits that passes the 11-check"
    case .personNumber: "a number of at most nine digits"
    case .personKey: "an identifier of the person"
    case .postcode: "a postcode such as 8011 AB"
    }
  }
}
