/// Which part each row of a table goes to, for columns to be divided by.
///
/// Dividing reads a column once, from front to back, and writes all parts side by side. To pick the rows of one part after
/// the other would go through the whole column for each, which is more than the processor's cache holds.
public struct RowDivision: Sendable {
  /// The new place of each row; -1 where it goes nowhere.
  fileprivate let places: [Int32]
  /// Where each part begins among all rows that go somewhere; last their number.
  fileprivate let starts: [Int]

  /// A division into parts numbered from 0; -1 for rows that are left out.
  ///
  /// - Precondition: every part is below `count`.
  public init(_ parts: [Int32], count: Int) {
    var starts = [Int](repeating: 0, count: count + 1)
    for part in parts where part >= 0 { starts[Int(part) + 1] += 1 }
    for part in 0..<count { starts[part + 1] += starts[part] }
    precondition(starts[count] <= Int(Int32.max))
    // Every place from 0 to the last of `starts` is given once.
    var free = starts
    places = parts.map { part in
      if part < 0 { return -1 }
      free[Int(part)] &+= 1
      return Int32(truncatingIfNeeded: free[Int(part)] &- 1)
    }
    self.starts = starts
  }

  /// Number of parts.
  public var count: Int { starts.count - 1 }

  /// Where the rows of a part are in a column that is divided.
  public func rows(of part: Int) -> Range<Int> { starts[part]..<starts[part + 1] }
}

extension Column {
  /// The values of all parts, one part behind the other, each in the order of the rows.
  public func divided(_ division: RowDivision) -> Column {
    switch self {
    case .day(let values): .day(spread(values, division))
    case .integer(let values): .integer(spread(values, division))
    case .long(let values): .long(spread(values, division))
    case .cents(let values): .cents(spread(values, division))
    case .decimal(let values): .decimal(spread(values, division))
    case .flag(let values): .flag(spread(values, division))
    case .identifier(let values): .identifier(spread(values, division))
    case .code(let column) where column.book.count == 0:
      .code(
        CodeColumn(
          indices: Array(repeating: Missing.code, count: division.starts[division.count]), book: column.book))
    case .code(let column): .code(CodeColumn(indices: spread(column.indices, division), book: column.book))
    case .text(let column): .text(column.divided(division))
    }
  }
}

@inline(__always)
private func spread<Value: BitwiseCopyable>(_ values: [Value], _ division: RowDivision) -> [Value] {
  precondition(values.count == division.places.count)
  let places = division.places.span
  let source = values.span
  // Every place is written, see `RowDivision.init`.
  return [Value](unsafeUninitializedCapacity: division.starts[division.count]) { buffer, count in
    for row in source.indices {
      let place = Int(places[row])
      if place >= 0 { buffer[place] = source[row] }
    }
    count = division.starts[division.count]
  }
}

extension TextColumn {
  fileprivate func divided(_ division: RowDivision) -> TextColumn {
    precondition(count == division.places.count)
    let places = division.places.span
    let sourceEnds = ends.span
    // First the length of each text at its new place, then where each ends.
    let rows = division.starts[division.count]
    var newEnds = [Int](unsafeUninitializedCapacity: rows) { buffer, count in
      var start = 0
      for row in places.indices {
        let end = sourceEnds[row]
        let place = Int(places[row])
        if place >= 0 { buffer[place] = end &- start }
        start = end
      }
      count = rows
    }
    var size = 0
    for place in newEnds.indices {
      size &+= newEnds[place]
      newEnds[place] = size
    }
    let targetEnds = newEnds.span
    let newBytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      bytes.span.bytes.withUnsafeBytes { from in
        var start = 0
        for row in places.indices {
          let end = sourceEnds[row]
          let place = Int(places[row])
          if place >= 0, end > start, let source = from.baseAddress, let target = buffer.baseAddress {
            // In bounds: `size` is the sum of the lengths of all texts.
            copyField(
              source + start, UnsafeMutableRawPointer(target) + (targetEnds[place] &- (end &- start)), end &- start)
          }
          start = end
        }
      }
      count = size
    }
    var result = TextColumn()
    result.bytes = newBytes
    result.ends = newEnds
    return result
  }
}
