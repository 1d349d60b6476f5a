/// Cuts records in place: finds delimiters and line ends, sixty-four bytes at a time, and copies nothing. Quotes stay
/// around their fields; ``Columns/FieldColumn`` leaves them out.
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
    RecordBatch(width: width, bytes: bytes, bounds: bounds.span, lines: lines.span, quote: dialect.quote ?? 0)
  }

  /// Cuts whole lines. `line` is the number of the first one and becomes that of the line behind the last.
  ///
  /// - Parameter hasQuotes: whether there are quotes around fields, as ``QuotedRun`` allows them.
  mutating func cut(
    _ bytes: Span<UInt8>, _ range: Range<Int>, hasQuotes: Bool, lineEnd: LineEnd, line: inout Int, fileOffset: Int,
    faults: inout [StructuralFault]
  ) {
    precondition(range.lowerBound >= 0 && range.upperBound <= bytes.count)
    let marked = MarkedBytes(dialect, lineEnd)
    let perRecord = width &+ 1
    var start = bounds.count  // of the bounds of the current record
    var next = start
    var lineCount = lines.count
    var number = line
    ensureRoom(next, lineCount)
    // Kept in locals: the compiler cannot know that writing a bound changes none of them.
    var boundStart = unsafe bounds.start
    var lineStart = unsafe lines.start
    unsafe boundStart[next] = Int32(truncatingIfNeeded: range.lowerBound &- 1)
    next &+= 1
    var isOpen: UInt64 = 0
    var i = range.lowerBound
    while i < range.upperBound {
      let marks = Marks(bytes, at: i, marked)
      let isEnd = marks.ends
      var hits = marks.delimiters | isEnd
      if hasQuotes { hits &= ~marks.quoted(&isOpen) }
      let left = range.upperBound &- i
      if left < Marks.width { hits &= 1 &<< UInt64(truncatingIfNeeded: left) &- 1 }
      // Sixty-four hits at most, each with at most two bounds and one line.
      if next &+ Self.boundsPerBlock > bounds.capacity || lineCount &+ Marks.width > lines.capacity {
        ensureRoom(next, lineCount)
        unsafe boundStart = unsafe bounds.start
        unsafe lineStart = unsafe lines.start
      }
      while hits != 0 {
        let bit = hits.trailingZeroBitCount
        let place = i &+ bit
        hits &= hits &- 1
        unsafe boundStart[next] = Int32(truncatingIfNeeded: place)
        next &+= 1
        if isEnd &>> UInt64(truncatingIfNeeded: bit) & 1 == 0 { continue }
        let found = next &- start &- 1
        if found == width && (found > 1 || !isBlank(bytes, start, place, lineEnd)) {
          unsafe lineStart[lineCount] = Int32(truncatingIfNeeded: number)
          lineCount &+= 1
          start &+= perRecord
        } else if found == 1 && isBlank(bytes, start, place, lineEnd) {
          // A blank line is no record.
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
      i &+= Marks.width
    }
    bounds.count = start
    lines.count = lineCount
    line = number
  }

  private static var boundsPerBlock: Int { 2 &* Marks.width &+ 1 }

  @inline(never)
  private func isBlank(_ bytes: Span<UInt8>, _ start: Int, _ end: Int, _ lineEnd: LineEnd) -> Bool {
    unsafe bytes.isBlank(in: Int(bounds.start[start]) + 1..<end, dialect, lineEnd)
  }

  @inline(never)
  private mutating func ensureRoom(_ boundCount: Int, _ lineCount: Int) {
    let bound = boundCount + Self.boundsPerBlock
    if bound > bounds.capacity { bounds.grow(to: bound, keeping: boundCount) }
    if lineCount + Marks.width > lines.capacity { lines.grow(to: lineCount + Marks.width, keeping: lineCount) }
  }
}
