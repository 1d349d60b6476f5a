import Columns
import CoreDataset

/// Some rows of a table while checks look at them, column by column.
struct CheckedChunk {
  /// How many rows a condition holds for, as far as summaries tell.
  private enum Extent {
    case none, all, some(Int), unknown
  }

  let rows: Int
  private let columns: [Column]
  private let persons: PersonRows?
  /// Codes of known care providers; empty where there is no list of them.
  private let providers: Set<String>
  /// What is known of each column.
  let summaries: [ColumnSummary]
  private var facts: [PersonFact: (column: Column, summary: ColumnSummary)] = [:]

  init(_ columns: [Column], persons: PersonRows?, providers: Set<String>) {
    self.columns = columns
    self.persons = persons
    self.providers = providers
    rows = columns[0].count
    summaries = columns.map(ColumnSummary.init)
  }

  /// Number of rows for which all conditions hold, and which they are; no marks where all or none of them do or where
  /// summaries are enough.
  mutating func count(_ conditions: [BoundCondition]) -> (rows: Int, marks: [UInt8]?) {
    var open: [BoundCondition] = []
    var known: Int?
    for condition in conditions {
      switch extent(condition) {
      case .none: return (0, nil)
      case .all: continue
      case .some(let rows):
        open.append(condition)
        known = rows
      case .unknown: open.append(condition)
      }
    }
    if open.isEmpty { return (rows, nil) }
    if open.count == 1, let known { return (known, nil) }
    let marks = marks(open)
    return (Self.count(marks), marks)
  }

  /// A 1 for each row for which all conditions hold.
  mutating func marks(_ conditions: [BoundCondition]) -> [UInt8] {
    var marks = [UInt8](repeating: 1, count: rows)
    for condition in conditions { narrow(&marks, condition) }
    return marks
  }

  private static func count(_ marks: [UInt8]) -> Int {
    let span = marks.span
    var count = 0
    for row in span.indices { count &+= Int(span[row]) }
    return count
  }

  /// A column with its summary; nil where nothing is known at all.
  private mutating func values(_ operand: BoundCondition.Operand) -> (column: Column, summary: ColumnSummary)? {
    switch operand {
    case .column(let index): return (columns[index], summaries[index])
    case .day: return nil
    case .person(let fact):
      if let found = facts[fact] { return found }
      guard let column = persons?.column(fact) else { return nil }
      let found = (column, ColumnSummary(column))
      facts[fact] = found
      return found
    }
  }

  // MARK: - Summaries

  private mutating func extent(_ condition: BoundCondition) -> Extent {
    guard let (column, summary) = values(condition.column) else {
      if case .missing = condition.test { return .all }
      return .none
    }
    let present = summary.rows - summary.missing
    func extent(_ rows: Int) -> Extent { rows == 0 ? .none : rows == summary.rows ? .all : .some(rows) }
    switch condition.test {
    case .missing: return extent(summary.missing)
    case .present: return extent(present)
    case .below(let limit):
      if present == 0 || summary.low >= limit { return .none }
      return summary.high < limit && summary.missing == 0 ? .all : .unknown
    case .above(let limit):
      if present == 0 || summary.high <= limit { return .none }
      return summary.low > limit && summary.missing == 0 ? .all : .unknown
    case .oneOf, .noneOf, .notDigits, .notAProvider:
      guard case .code(let codes) = column else { return .none }
      let holds = Self.holds(condition.test, codes.book, providers)
      var rows = 0
      for (code, count) in summary.codes.enumerated() where holds[code] { rows += Int(count) }
      return extent(rows)
    case .before, .after, .differs: return present == 0 ? .none : compared(condition, column, summary)
    }
  }

  /// Whether ranges alone show that no row is before or after another column.
  private mutating func compared(
    _ condition: BoundCondition, _ column: Column, _ summary: ColumnSummary
  ) -> Extent {
    guard let other = condition.other else { return .none }
    if case .day(let day) = other {
      let limit = Self.isYear(column) ? Double(Day(day).year) : Double(day)
      if case .before = condition.test { return summary.low >= limit ? .none : .unknown }
      return summary.high <= limit ? .none : .unknown
    }
    guard let (column2, summary2) = values(other), summary2.missing < summary2.rows else { return .none }
    guard case .code = column else {
      var (low, high) = (summary2.low, summary2.high)
      if case .day = column, Self.isYear(column2) {
        (low, high) = (Double(Years.first(Int32(low))), Double(Years.last(Int32(high))))
      }
      switch condition.test {
      case .before: return summary.low >= high ? .none : .unknown
      case .after: return summary.high <= low ? .none : .unknown
      default: return .unknown
      }
    }
    return .unknown
  }

  private static func isYear(_ column: Column) -> Bool { if case .integer = column { true } else { false } }

  /// For each code of a book whether the test holds.
  private static func holds(_ test: CheckCondition.Test, _ book: CodeBook, _ providers: Set<String>) -> [Bool] {
    switch test {
    case .oneOf(let list): book.values.map { list.contains($0) }
    case .noneOf(let list): book.values.map { !list.contains($0) }
    case .notDigits(let count):
      (0..<book.count).map { code in
        let bytes = book.value(code)
        return bytes.count != count || !bytes.allSatisfy { $0 &- 0x30 <= 9 }
      }
    case .notAProvider:
      providers.isEmpty
        ? Array(repeating: false, count: book.count) : book.values.map { !providers.contains($0) }
    default: Array(repeating: false, count: book.count)
    }
  }

  // MARK: - Rows

  private mutating func narrow(_ marks: inout [UInt8], _ condition: BoundCondition) {
    guard let (column, _) = values(condition.column) else {
      if case .missing = condition.test { return }
      marks = Array(repeating: 0, count: rows)
      return
    }
    switch condition.test {
    case .missing: narrow(&marks, missing: column, is: true)
    case .present: narrow(&marks, missing: column, is: false)
    case .below(let limit): narrow(&marks, column, below: limit)
    case .above(let limit): narrow(&marks, column, above: limit)
    case .oneOf, .noneOf, .notDigits, .notAProvider:
      guard case .code(let codes) = column else { break }
      let holds = Self.holds(condition.test, codes.book, providers)
      narrow(&marks, codes.indices) { $0 >= 0 && holds[Int($0)] }
    case .before: compare(&marks, condition, column) { $0 < $1 }
    case .after: compare(&marks, condition, column) { $0 > $1 }
    case .differs: compare(&marks, condition, column) { $0 != $1 }
    }
  }

  @inline(__always)
  private func narrow<Value: BitwiseCopyable>(_ marks: inout [UInt8], _ values: [Value], _ holds: (Value) -> Bool) {
    let from = values.span
    var to = marks.mutableSpan
    for row in to.indices { to[row] &= holds(from[row]) ? 1 : 0 }
  }

  private func narrow(_ marks: inout [UInt8], missing column: Column, is missing: Bool) {
    switch column {
    case .day(let values), .integer(let values): narrow(&marks, values) { ($0 == Missing.int32) == missing }
    case .long(let values), .cents(let values): narrow(&marks, values) { ($0 == Missing.int64) == missing }
    case .decimal(let values): narrow(&marks, values) { $0.isNaN == missing }
    case .flag(let values): narrow(&marks, values) { ($0 == Missing.flag) == missing }
    case .code(let codes): narrow(&marks, codes.indices) { ($0 < 0) == missing }
    case .identifier(let values): narrow(&marks, values) { $0.isMissing == missing }
    case .text(let text): for row in marks.indices where text.range(row).isEmpty != missing { marks[row] = 0 }
    }
  }

  private func narrow(_ marks: inout [UInt8], _ column: Column, below limit: Double) {
    switch column {
    case .day(let values), .integer(let values):
      narrow(&marks, values) { $0 != Missing.int32 && Double($0) < limit }
    case .long(let values), .cents(let values):
      narrow(&marks, values) { $0 != Missing.int64 && Double($0) < limit }
    case .decimal(let values): narrow(&marks, values) { $0 < limit }
    default: marks = Array(repeating: 0, count: rows)
    }
  }

  private func narrow(_ marks: inout [UInt8], _ column: Column, above limit: Double) {
    switch column {
    case .day(let values), .integer(let values):
      narrow(&marks, values) { $0 != Missing.int32 && Double($0) > limit }
    case .long(let values), .cents(let values):
      narrow(&marks, values) { $0 != Missing.int64 && Double($0) > limit }
    case .decimal(let values): narrow(&marks, values) { $0 > limit }
    default: marks = Array(repeating: 0, count: rows)
    }
  }

  /// Days with days, numbers with numbers, and days with the years that they lie in.
  private mutating func compare(
    _ marks: inout [UInt8], _ condition: BoundCondition, _ column: Column, _ holds: (Int64, Int64) -> Bool
  ) {
    let isBefore = if case .before = condition.test { true } else { false }
    if case .day(let day)? = condition.other {
      switch column {
      case .day(let values): narrow(&marks, values) { $0 != Missing.int32 && holds(Int64($0), Int64(day)) }
      case .integer(let values):
        let year = Int64(Day(day).year)
        narrow(&marks, values) { $0 != Missing.int32 && holds(Int64($0), year) }
      default: marks = Array(repeating: 0, count: rows)
      }
      return
    }
    guard let other = condition.other, let (second, _) = values(other) else {
      marks = Array(repeating: 0, count: rows)
      return
    }
    switch (column, second) {
    case (.day(let a), .integer(let years)):
      narrow(&marks, a, years.map { $0 == Missing.int32 ? $0 : isBefore ? Years.first($0) : Years.last($0) }, holds)
    case (.day(let a), .day(let b)), (.integer(let a), .integer(let b)): narrow(&marks, a, b, holds)
    case (.long(let a), .long(let b)), (.cents(let a), .cents(let b)): narrow(&marks, a, b, holds)
    case (.decimal(let a), .decimal(let b)):
      for row in marks.indices {
        let isThere = !a[row].isNaN && !b[row].isNaN
        let found =
          if case .differs = condition.test { a[row] != b[row] } else { isBefore ? a[row] < b[row] : a[row] > b[row] }
        if !isThere || !found { marks[row] = 0 }
      }
    case (.code(let a), .code(let b)):
      for row in marks.indices where a.indices[row] < 0 || b.indices[row] < 0 || a[row] == b[row] { marks[row] = 0 }
    default: marks = Array(repeating: 0, count: rows)
    }
  }

  @inline(__always)
  private func narrow<Value: FixedWidthInteger & BitwiseCopyable>(
    _ marks: inout [UInt8], _ a: [Value], _ b: [Value], _ holds: (Int64, Int64) -> Bool
  ) {
    // The least value of each type stands for a missing one.
    let (x, y) = (a.span, b.span)
    var to = marks.mutableSpan
    for row in to.indices {
      let isThere = x[row] != Value.min && y[row] != Value.min
      to[row] &= isThere && holds(Int64(truncatingIfNeeded: x[row]), Int64(truncatingIfNeeded: y[row])) ? 1 : 0
    }
  }
}

/// First and last days of years.
enum Years {
  // By year, so that rows need no arithmetic of the calendar.
  private static let firstDays = (0...9999).map { Day(year: max($0, 1), month: 1, day: 1)?.number ?? Int32.max }
  private static let lastDays = (0...9999).map { Day(year: max($0, 1), month: 12, day: 31)?.number ?? Int32.max }

  static func first(_ year: Int32) -> Int32 { firstDays[clamped(year)] }
  static func last(_ year: Int32) -> Int32 { lastDays[clamped(year)] }
  private static func clamped(_ year: Int32) -> Int { Int(min(max(year, 1), 9999)) }
}
