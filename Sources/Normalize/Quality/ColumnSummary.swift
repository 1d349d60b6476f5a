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
        if ends[row] == last { missing += 1 }
        last = ends[row]
      }
    case .identifier(let values):
      let ids = values.span
      for row in ids.indices where ids[row].isMissing { missing += 1 }
    }
  }

  private mutating func add<Value: FixedWidthInteger & BitwiseCopyable>(_ values: [Value], missing absent: Value) {
    var (least, greatest, absentRows) = (Value.max, Value.min, 0)
    var total: Int64 = 0
    let span = values.span
    for row in span.indices {
      let value = span[row]
      let isThere = value != absent
      absentRows &+= isThere ? 0 : 1
      least = isThere && value < least ? value : least
      greatest = isThere && value > greatest ? value : greatest
      total &+= isThere ? Int64(truncatingIfNeeded: value) : 0
    }
    missing = absentRows
    if absentRows < values.count {
      low = Double(least)
      high = Double(greatest)
      sum = Double(total)
    }
  }

  private mutating func count(_ column: CodeColumn) {
    if column.book.count <= 1 {
      // The same counter for each row would have to wait for itself.
      let indices = column.indices.span
      for row in indices.indices { missing &+= indices[row] < 0 ? 1 : 0 }
      codes = column.book.count == 0 ? [] : [Int32(column.indices.count - missing)]
      return
    }
    // One place more in front takes the missing ones without a branch.
    var counts = [Int32](repeating: 0, count: column.book.count + 1)
    let indices = column.indices.span
    var to = counts.mutableSpan
    for row in indices.indices { to[Int(indices[row]) + 1] &+= 1 }
    missing = Int(counts[0])
    codes = Array(counts.dropFirst())
  }
}
