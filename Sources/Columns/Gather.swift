extension Column {
  /// The values of some rows, in the order of `rows`.
  public func gather(_ rows: ArraySlice<Int32>) -> Column {
    switch self {
    case .day(let values): .day(pick(values, rows))
    case .integer(let values): .integer(pick(values, rows))
    case .long(let values): .long(pick(values, rows))
    case .cents(let values): .cents(pick(values, rows))
    case .decimal(let values): .decimal(pick(values, rows))
    case .flag(let values): .flag(pick(values, rows))
    case .identifier(let values): .identifier(pick(values, rows))
    case .code(let column) where column.book.count == 0:
      .code(CodeColumn(indices: Array(repeating: Missing.code, count: rows.count), book: column.book))
    case .code(let column):
      .code(CodeColumn(indices: pick(column.indices, rows), book: column.book))
    case .text(let column): .text(column.gather(rows))
    }
  }

  /// Takes the values out and leaves none, so that they have one owner and grow in place instead of being copied.
  @inline(__always)
  public mutating func take() -> Column {
    var taken = Column.flag([])
    swap(&taken, &self)
    return taken
  }

  /// Adds the values of another column of the same type; codes get the codes of this column's book.
  public mutating func append(_ other: Column) {
    switch take() {
    case .day(var values):
      if case .day(let more) = other { values += more }
      self = .day(values)
    case .integer(var values):
      if case .integer(let more) = other { values += more }
      self = .integer(values)
    case .long(var values):
      if case .long(let more) = other { values += more }
      self = .long(values)
    case .cents(var values):
      if case .cents(let more) = other { values += more }
      self = .cents(values)
    case .decimal(var values):
      if case .decimal(let more) = other { values += more }
      self = .decimal(values)
    case .flag(var values):
      if case .flag(let more) = other { values += more }
      self = .flag(values)
    case .identifier(var values):
      if case .identifier(let more) = other { values += more }
      self = .identifier(values)
    case .code(var column):
      if case .code(let more) = other { column.append(more) }
      if case .text(let more) = other { column.append(more) }
      self = .code(column)
    case .text(var column):
      if case .text(let more) = other { column.append(contentsOf: more) }
      if case .code(let more) = other { column.append(more) }
      self = .text(column)
    }
    let isText = [type, other.type].allSatisfy { $0 == .text || $0 == .code }
    precondition(type == other.type || isText, "a column of one type cannot follow a column of another")
  }

  /// All values but those of some rows, given in ascending order.
  public func removing(_ rows: [Int32]) -> Column {
    switch self {
    case .day(let values): .day(keep(values, without: rows))
    case .integer(let values): .integer(keep(values, without: rows))
    case .long(let values): .long(keep(values, without: rows))
    case .cents(let values): .cents(keep(values, without: rows))
    case .decimal(let values): .decimal(keep(values, without: rows))
    case .flag(let values): .flag(keep(values, without: rows))
    case .identifier(let values): .identifier(keep(values, without: rows))
    case .code(let column): .code(CodeColumn(indices: keep(column.indices, without: rows), book: column.book))
    case .text(let column): .text(column.removing(rows))
    }
  }
}

extension Column {
  /// The rows without a value, ascending.
  public var missingRows: [Int] {
    switch self {
    case .day(let values), .integer(let values): rows(values) { $0 == Missing.int32 }
    case .long(let values), .cents(let values): rows(values) { $0 == Missing.int64 }
    case .decimal(let values): rows(values) { $0.isNaN }
    case .flag(let values): rows(values) { $0 == Missing.flag }
    case .code(let column): rows(column.indices) { $0 < 0 }
    case .identifier(let values): rows(values) { $0.isMissing }
    case .text(let column): (0..<column.count).filter { column.range($0).isEmpty }
    }
  }

  @inline(__always)
  private func rows<Value>(_ values: [Value], _ isMissing: (Value) -> Bool) -> [Int] {
    var rows: [Int] = []
    for row in values.indices where isMissing(values[row]) { rows.append(row) }
    return rows
  }
}

extension CodeColumn {
  /// Whether there are so many different values that a book of them costs more than it saves.
  public var isMostlyDistinct: Bool { indices.count >= 1 << 12 && book.count > indices.count / 2 }

  /// A column of known codes.
  public init(indices: [Int32], book: CodeBook) {
    self.indices = indices
    self.book = book
  }

  /// Adds texts; an empty one is a missing code.
  public mutating func append(_ texts: TextColumn) {
    for row in 0..<texts.count {
      let range = texts.range(row)
      indices.append(range.isEmpty ? Missing.code : book.code(texts.bytes.span.extracting(range)))
    }
  }

  /// Adds the values of another column, translated once per distinct value.
  public mutating func append(_ other: CodeColumn) {
    var translation = [Int32](repeating: -1, count: other.book.count)
    indices.reserveCapacity(indices.count + other.indices.count)
    for index in other.indices {
      if index < 0 {
        indices.append(Missing.code)
        continue
      }
      if translation[Int(index)] < 0 {
        let value = Array(other.book.value(Int(index)))
        translation[Int(index)] = book.code(value.span)
      }
      indices.append(translation[Int(index)])
    }
  }
}

extension TextColumn {
  /// The values of some rows.
  public func gather(_ rows: ArraySlice<Int32>) -> TextColumn {
    var picked = TextColumn()
    var size = 0
    picked.ends.append(addingCapacity: rows.count) { (output: inout OutputSpan<Int>) in
      for row in rows {
        size += range(Int(row)).count
        output.append(size)
      }
    }
    let source = bytes.span.bytes
    let sourceEnds = ends.span
    picked.bytes.append(addingCapacity: size) { (output: inout OutputSpan<UInt8>) in
      output.withUnsafeMutableBufferPointer { target, filled in
        source.withUnsafeBytes { from in
          for row in rows {
            let range = (row == 0 ? 0 : sourceEnds[Int(row) - 1])..<sourceEnds[Int(row)]
            // In bounds: `size` is the sum of the lengths of all these ranges.
            if let to = UnsafeMutableRawPointer(target.baseAddress), let source = from.baseAddress {
              copyField(source + range.lowerBound, to + filled, range.count)
            }
            filled += range.count
          }
        }
      }
    }
    return picked
  }

  /// All values but those of some rows, given in ascending order.
  func removing(_ rows: [Int32]) -> TextColumn {
    var kept = TextColumn()
    kept.bytes.reserveCapacity(bytes.count)
    kept.ends.reserveCapacity(ends.count)
    let sourceEnds = ends.span
    for run in runs(of: count, without: rows) {
      let start = run.lowerBound == 0 ? 0 : sourceEnds[run.lowerBound - 1]
      let shift = start - kept.bytes.count
      kept.bytes += bytes[start..<sourceEnds[run.upperBound - 1]]
      kept.ends.append(addingCapacity: run.count) { (output: inout OutputSpan<Int>) in
        for row in run { output.append(sourceEnds[row] &- shift) }
      }
    }
    return kept
  }

  /// Adds the values of codes.
  mutating func append(_ codes: CodeColumn) {
    for code in codes.indices {
      if code >= 0 { append(code: Int(code), of: codes.book) } else { ends.append(bytes.count) }
    }
  }

  /// Adds all values of another column.
  public mutating func append(contentsOf other: TextColumn) {
    let base = bytes.count
    bytes += other.bytes
    ends.reserveCapacity(ends.count + other.ends.count)
    for end in other.ends { ends.append(base + end) }
  }
}

@inline(__always)
private func pick<Value: BitwiseCopyable>(_ values: [Value], _ rows: ArraySlice<Int32>) -> [Value] {
  var picked: [Value] = []
  picked.append(addingCapacity: rows.count) { (output: inout OutputSpan<Value>) in
    for row in rows { output.append(values[Int(row)]) }
  }
  return picked
}

@inline(__always)
private func keep<Value: BitwiseCopyable>(_ values: [Value], without rows: [Int32]) -> [Value] {
  let runs = runs(of: values.count, without: rows)
  return [Value](unsafeUninitializedCapacity: values.count) { buffer, count in
    values.withUnsafeBufferPointer { source in
      // In bounds: runs do not overlap, so together they are no longer than all values.
      for run in runs {
        _ = buffer[count...].update(fromContentsOf: source[run])
        count += run.count
      }
    }
  }
}

/// What is left of `count` rows without some of them, as ranges that are not empty.
private func runs(of count: Int, without rows: [Int32]) -> [Range<Int>] {
  var runs: [Range<Int>] = []
  var start = 0
  for row in rows {
    if Int(row) > start { runs.append(start..<Int(row)) }
    start = Int(row) + 1
  }
  if start < count { runs.append(start..<count) }
  return runs
}
