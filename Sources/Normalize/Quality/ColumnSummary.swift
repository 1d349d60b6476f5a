import Columns

/// What one pass over a column tells of it, so that most checks need no pass of their own.
struct ColumnSummary {
  private(set) var rows = 0
  private(set) var missing = 0
  /// Least and greatest value of columns of numbers and days; the reverse of each other when there is none.
  private(set) var low = Double.infinity
  private(set) var high = -Double.infinity
  /// Sum of the values of numbers.
  private(set) var sum = 0.0
  /// Rows of each code.
  private(set) var codes: [Int32] = []

  /// Codes of a book of which counters are few enough to have more than one of each.
  private static let smallBook = 1024

  init(_ column: Column) {
    rows = column.count
    switch column {
    case .day(let values), .integer(let values): add(values, missing: Missing.int32)
    case .long(let values), .cents(let values): add(values, missing: Missing.int64)
    case .decimal(let values):
      for value in values {
        if value.isNaN {
          missing += 1
        } else {
          low = min(low, value)
          high = max(high, value)
          sum += value
        }
      }
    case .flag(let values): missing = values.count { $0 == Missing.flag }
    case .code(let column): count(column)
    case .text(let column):
      var last = 0
      let ends = column.ends.span
      for row in ends.indices {
        missing &+= ends[unchecked: row] == last ? 1 : 0
        last = ends[unchecked: row]
      }
    case .identifier(let values):
      let ids = values.span
      for row in ids.indices { missing &+= ids[unchecked: row].isMissing ? 1 : 0 }
    }
  }

  private mutating func add<Value: FixedWidthInteger & BitwiseCopyable>(_ values: [Value], missing absent: Value) {
    var (least, greatest, absentRows) = (Value.max, Value.min, Value.zero)
    var total: Int64 = 0
    let span = values.span
    precondition(absent == .min)
    // Rows are not checked and counts are of the type of the values, so that the processor takes several at a time. The
    // least value stands for a missing one: one less than it is the greatest.
    for row in span.indices {
      let value = span[unchecked: row]
      absentRows &+= value == .min ? 1 : 0
      least = min(least, value &- 1)
      greatest = max(greatest, value)
    }
    for row in span.indices { total &+= Int64(truncatingIfNeeded: span[unchecked: row]) }
    missing = Int(absentRows)
    total &-= Int64(absentRows) &* Int64(truncatingIfNeeded: absent)
    if missing < values.count {
      low = Double(least &+ 1)
      high = Double(greatest)
      sum = Double(total)
    }
  }

  private mutating func count(_ column: CodeColumn) {
    if column.book.count <= 1 {
      // The same counter for each row would have to wait for itself. The first bit is set in missing ones alone.
      let indices = column.indices.span
      var absentRows: UInt32 = 0
      for row in indices.indices { absentRows &+= UInt32(bitPattern: indices[unchecked: row]) &>> 31 }
      missing = Int(absentRows)
      codes = column.book.count == 0 ? [] : [Int32(column.indices.count - missing)]
      return
    }
    // One place more in front takes the missing ones without a branch. Rows take turns at several tables: the same counter
    // in the next row would have to wait.
    let places = column.book.count + 1
    let tables = places <= Self.smallBook ? 4 : 1
    var all = [Int32](repeating: 0, count: places * tables)
    let indices = column.indices.span
    var to = all.mutableSpan
    for row in indices.indices { to[(row & (tables &- 1)) &* places &+ Int(indices[unchecked: row]) &+ 1] &+= 1 }
    let counts = (0..<places).map { place in (0..<tables).reduce(0) { $0 + all[$1 * places + place] } }
    missing = Int(counts[0])
    codes = Array(counts.dropFirst())
  }
}
