/// Which part each row of a table goes to, for columns to be divided by.
///
/// Dividing reads a column once, from front to back, and writes all parts side by side. To pick the rows of one part after
/// the other would go through the whole column for each, which is more than the processor's cache holds.
public struct RowDivision: Sendable {
  /// The part of each row; -1 where it goes nowhere.
  fileprivate let parts: [Int32]
  /// Where each part begins among all rows that go somewhere; last their number.
  fileprivate let starts: [Int]

  /// A division into parts numbered from 0; -1 for rows that are left out.
  ///
  /// - Precondition: every part is below `count`.
  public init(_ parts: [Int32], count: Int) {
    var starts = [Int](repeating: 0, count: count + 1)
    for part in parts where part >= 0 { starts[Int(part) + 1] += 1 }
    for part in 0..<count { starts[part + 1] += starts[part] }
    self.parts = parts
    self.starts = starts
  }

  /// Number of parts.
  public var count: Int { starts.count - 1 }

  /// Number of rows of a part.
  public func rows(of part: Int) -> Int { starts[part + 1] - starts[part] }
}

extension Column {
  /// The values of each part, in the order of the rows.
  public func divided(_ division: RowDivision) -> [Column] {
    switch self {
    case .day(let values): spread(values, division).map { .day($0) }
    case .integer(let values): spread(values, division).map { .integer($0) }
    case .long(let values): spread(values, division).map { .long($0) }
    case .cents(let values): spread(values, division).map { .cents($0) }
    case .decimal(let values): spread(values, division).map { .decimal($0) }
    case .flag(let values): spread(values, division).map { .flag($0) }
    case .identifier(let values): spread(values, division).map { .identifier($0) }
    case .code(let column):
      spread(column.indices, division).map { .code(CodeColumn(indices: $0, book: column.book)) }
    case .text(let column): column.divided(division).map { .text($0) }
    }
  }
}

@inline(__always)
private func spread<Value: BitwiseCopyable>(_ values: [Value], _ division: RowDivision) -> [[Value]] {
  precondition(values.count == division.parts.count)
  let parts = division.parts.span
  let source = values.span
  var free = division.starts
  // Every place is written: the parts of all rows were counted to find where each part begins.
  let all = [Value](unsafeUninitializedCapacity: division.starts[division.count]) { buffer, count in
    var next = free.mutableSpan
    for row in source.indices {
      let part = Int(parts[row])
      if part < 0 { continue }
      buffer[next[part]] = source[row]
      next[part] &+= 1
    }
    count = division.starts[division.count]
  }
  return (0..<division.count).map { Array(all[division.starts[$0]..<division.starts[$0 + 1]]) }
}

extension TextColumn {
  fileprivate func divided(_ division: RowDivision) -> [TextColumn] {
    precondition(count == division.parts.count)
    let parts = division.parts.span
    let sourceEnds = ends.span
    var sizes = [Int](repeating: 0, count: division.count + 1)
    var start = 0
    for row in parts.indices {
      let end = sourceEnds[row]
      if parts[row] >= 0 { sizes[Int(parts[row]) + 1] += end &- start }
      start = end
    }
    for part in 0..<division.count { sizes[part + 1] += sizes[part] }
    // Where the next text of each part goes, and its end among those of the part.
    var free = sizes
    var freeEnds = division.starts
    var newEnds = [Int](repeating: 0, count: division.starts[division.count])
    let newBytes = [UInt8](unsafeUninitializedCapacity: sizes[division.count]) { buffer, count in
      let target = UnsafeMutableRawBufferPointer(buffer)
      bytes.span.bytes.withUnsafeBytes { from in
        var next = free.mutableSpan
        var nextEnd = freeEnds.mutableSpan
        var written = newEnds.mutableSpan
        var start = 0
        for row in parts.indices {
          let end = sourceEnds[row]
          let part = Int(parts[row])
          if part >= 0 {
            if end > start, let source = from.baseAddress, let base = target.baseAddress {
              // In bounds: `sizes` has the lengths of all texts of each part.
              copyField(source + start, base + next[part], end &- start)
              next[part] &+= end &- start
            }
            written[nextEnd[part]] = next[part] &- sizes[part]
            nextEnd[part] &+= 1
          }
          start = end
        }
      }
      count = sizes[division.count]
    }
    return (0..<division.count).map { part in
      var column = TextColumn()
      column.bytes = Array(newBytes[sizes[part]..<sizes[part + 1]])
      column.ends = Array(newEnds[division.starts[part]..<division.starts[part + 1]])
      return column
    }
  }
}
