/// Cuts records without quotes in place: finds delimiters and line ends, eight bytes at a time, and copies nothing.
///
/// Its results are those of ``LibCSV``; a test compares the two on random text.
@safe
struct FieldCutter: ~Copyable {
  private var bounds = IntBuffer(capacity: 1 << 16)
  private var lines = IntBuffer(capacity: 1 << 13)
  private let dialect: Dialect
  private let width: Int

  init(dialect: Dialect, width: Int) {
    self.dialect = dialect
    self.width = width
  }

  var count: Int { lines.count }

  mutating func removeAll() {
    bounds.count = 0
    lines.count = 0
  }

  @_lifetime(borrow self, copy bytes)
  func batch(of bytes: Span<UInt8>) -> RecordBatch {
    RecordBatch(width: width, bytes: bytes, bounds: bounds.span, lines: lines.span)
  }

  /// Cuts whole lines. `line` is the number of the first one and becomes that of the line behind the last.
  mutating func cut(
    _ bytes: Span<UInt8>, _ range: Range<Int>, lineEnd: LineEnd, line: inout Int, fileOffset: Int,
    faults: inout [StructuralFault]
  ) {
    precondition(range.lowerBound >= 0 && range.upperBound <= bytes.count)
    let ones: UInt64 = 0x0101_0101_0101_0101
    let low7: UInt64 = 0x7F7F_7F7F_7F7F_7F7F
    let delimiters = ones &* UInt64(dialect.delimiter)
    let ends = ones &* UInt64(lineEnd.rawValue)
    let perRecord = width &+ 1
    var start = bounds.count  // of the bounds of the current record
    var next = start
    var lineCount = lines.count
    var number = line
    unsafe bytes.withUnsafeBytes { buffer in
      let base = unsafe buffer.baseAddress.unsafelyUnwrapped
      ensureRoom(next, lineCount)
      // Kept in locals: the compiler cannot know that writing a bound changes none of them.
      var boundStart = unsafe bounds.start
      var lineStart = unsafe lines.start
      var boundLimit = bounds.capacity &- 16
      var lineLimit = lines.capacity &- 8
      unsafe boundStart[next] = Int32(truncatingIfNeeded: range.lowerBound &- 1)
      next &+= 1
      var i = range.lowerBound
      while i < range.upperBound {
        let word: UInt64
        if i &+ 8 <= range.upperBound {
          word = unsafe (base + i).loadUnaligned(as: UInt64.self)
        } else {
          word = unsafe lastWord(base + i, range.upperBound &- i)
        }
        // A zero byte in `word ^ pattern` gets its high bit; the sum cannot carry from one byte to the next.
        let a = word ^ delimiters
        let b = word ^ ends
        let isEnd = ~(((b & low7) &+ low7) | b | low7)
        var hits = ~(((a & low7) &+ low7) | a | low7) | isEnd
        // Eight hits at most, each with at most two bounds and one line.
        if next > boundLimit || lineCount > lineLimit {
          ensureRoom(next, lineCount)
          unsafe boundStart = unsafe bounds.start
          unsafe lineStart = unsafe lines.start
          boundLimit = bounds.capacity &- 16
          lineLimit = lines.capacity &- 8
        }
        while hits != 0 {
          let place = i &+ hits.trailingZeroBitCount &>> 3
          let isLineEnd = isEnd & hits & (0 &- hits) != 0
          hits &= hits &- 1
          unsafe boundStart[next] = Int32(truncatingIfNeeded: place)
          next &+= 1
          if !isLineEnd { continue }
          let found = next &- start &- 1
          if found == 1 && isBlank(bytes, start, place, lineEnd) {
            // A blank line is no record.
          } else if found == width {
            unsafe lineStart[lineCount] = Int32(truncatingIfNeeded: number)
            lineCount &+= 1
            start &+= perRecord
          } else {
            let first = unsafe Int(boundStart[start]) + 1
            faults.append(
              StructuralFault(
                line: number, reason: .fieldCount(found: found, expected: width), column: nil,
                byteRange: fileOffset + first..<fileOffset + place))
          }
          number &+= 1
          // The next record, or the next attempt in place of a dropped one, begins behind this line end.
          unsafe boundStart[start] = Int32(truncatingIfNeeded: place)
          next = start &+ 1
        }
        i &+= 8
      }
    }
    bounds.count = start
    lines.count = lineCount
    line = number
  }

  @inline(never)
  private func isBlank(_ bytes: Span<UInt8>, _ start: Int, _ end: Int, _ lineEnd: LineEnd) -> Bool {
    unsafe bytes.isBlank(in: Int(bounds.start[start]) + 1..<end, dialect, lineEnd)
  }

  @inline(never)
  private mutating func ensureRoom(_ boundCount: Int, _ lineCount: Int) {
    if boundCount + 17 > bounds.capacity { bounds.grow(to: boundCount + 17, keeping: boundCount) }
    if lineCount + 8 > lines.capacity { lines.grow(to: lineCount + 8, keeping: lineCount) }
  }
}

/// The last bytes of a range in a word whose other bytes are NUL, which is neither delimiter nor line end.
@inline(never)
private func lastWord(_ base: UnsafeRawPointer, _ count: Int) -> UInt64 {
  var word: UInt64 = 0
  for k in 0..<count { word |= unsafe UInt64(base.load(fromByteOffset: k, as: UInt8.self)) << UInt64(8 * k) }
  return word
}
