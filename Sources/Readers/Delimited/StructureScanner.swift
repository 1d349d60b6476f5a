/// Finds where records begin and end, and which of them are not well formed. The only place that knows the rules:
///
/// - A quote opens a quoted field only at its start; blanks may stand before it. Elsewhere it is a stray quote.
/// - After the closing quote come blanks, then a delimiter or the line end. Doubled quotes are part of the field.
/// - A record ends at the first line end outside quotes, at most ``Dialect/maxRecordBytes`` after its start.
/// - A record that breaks a rule loses its first physical line; reading restarts at the next physical line.
///
/// What is decided about a record depends only on its own bytes, never on how many bytes were at hand: where they do not
/// suffice, the scanner stops before the record. So any division into pieces gives the same records and faults.
struct StructureScanner: ~Escapable {
  /// The bytes at hand. They begin at the start of a physical line and, at the end of the file, end in a line end.
  private let bytes: Span<UInt8>
  private let dialect: Dialect
  private let lineEnd: LineEnd
  private let isAtEnd: Bool
  /// Place of the first byte in the file.
  private let fileOffset: Int
  private let hasNUL: Bool
  /// Shorter stretches without a quote are read with the quoted records behind them.
  private let smallestBytesInPlace: Int

  private(set) var segments: [Segment] = []
  private(set) var faults: [StructuralFault] = []
  /// The first record that was not decided upon starts here.
  private(set) var cut = 0
  /// A fault in the line that starts at `cut` and ends beyond the bytes at hand.
  private(set) var openFault: OpenFault?
  /// The physical line that starts at `cut`.
  var lineAtCut: Int { mutating get { line(at: cut) } }

  private var countedLine: Int
  private var countedTo = 0
  // So many bytes at the start hold no quote and no NUL, but so many line ends.
  private let quiet: (count: Int, lines: Int)
  // The first quote at or after `quoteFrom` is at `quoteAt`.
  private var quoteFrom = 0
  private var quoteAt = -1

  struct OpenFault {
    let line: Int
    let reason: StructuralFault.Reason
    let column: Int?
  }

  enum Verdict {
    /// Well formed; the next record starts at `end`.
    case record(end: Int)
    case fault(StructuralFault.Reason, at: Int?)
    case undecided
  }

  @_lifetime(copy bytes)
  init(
    _ bytes: Span<UInt8>, dialect: Dialect, lineEnd: LineEnd, isAtEnd: Bool, firstLine: Int, fileOffset: Int,
    smallestBytesInPlace: Int = [Segment].smallestBytesInPlace
  ) {
    self.bytes = bytes
    self.dialect = dialect
    self.lineEnd = lineEnd
    self.isAtEnd = isAtEnd
    self.fileOffset = fileOffset
    self.smallestBytesInPlace = smallestBytesInPlace
    countedLine = firstLine
    quiet = bytes.quiet(lineEnd: lineEnd.rawValue, quote: dialect.quote)
    hasNUL = bytes.firstIndex(of: 0, in: quiet.count..<bytes.count) != nil
  }

  /// Whether any quote is in the bytes at hand.
  var hasQuotes: Bool { mutating get { nextQuote(from: 0) < bytes.count } }

  /// Decides upon all records at hand.
  mutating func scan() {
    var start = 0
    while start < bytes.count && openFault == nil {
      let quote = nextQuote(from: start)
      if let last = bytes.lastIndex(of: lineEnd.rawValue, in: start..<quote) {
        plain(start..<last + 1)
        start = last + 1
      }
      cut = start
      if start == bytes.count { return }
      if !hasNUL {
        let end = QuotedRun.end(bytes, from: start, dialect, lineEnd)
        if end > start {
          segments.append(end: end, .tidy, smallestBytesInPlace: smallestBytesInPlace)
          start = end
          cut = end
          continue
        }
      }
      switch verdict(from: start, quote: quote) {
      case .undecided: return
      case .fault(let reason, let place): start = reject(start, reason, at: place)
      case .record(let end):
        if hasNUL, let place = bytes.firstIndex(of: 0, in: start..<end) {
          start = reject(start, .nulByte, at: place)
        } else {
          segments.append(end: end, .quoted, smallestBytesInPlace: smallestBytesInPlace)
          start = end
        }
      }
      cut = start
    }
  }

  /// Decides upon the record that starts at `start`.
  mutating func verdict(at start: Int) -> Verdict {
    let quote = nextQuote(from: start)
    guard let end = bytes.firstIndex(of: lineEnd.rawValue, in: start..<quote) else {
      return verdict(from: start, quote: quote)
    }
    return end - start > dialect.maxRecordBytes ? .fault(.recordTooLarge, at: nil) : .record(end: end + 1)
  }

  /// Decides upon a record whose first quote is at `firstQuote`, with no line end before it.
  private mutating func verdict(from start: Int, quote firstQuote: Int) -> Verdict {
    let limit = start + dialect.maxRecordBytes  // the line end lies here at the latest
    let window = min(bytes.count, limit + 1)
    // Why the record did not end within the window: too few bytes at hand, or too many in the record.
    func beyond(_ fault: Verdict) -> Verdict { bytes.count <= limit && !isAtEnd ? .undecided : fault }

    var quote = firstQuote
    while quote < window {
      var before = quote
      while before > start && dialect.isBlank(bytes[before - 1], lineEnd) { before -= 1 }
      guard before == start || bytes[before - 1] == dialect.delimiter else { return .fault(.strayQuote, at: quote) }
      let unclosed = Verdict.fault(.unclosedQuote, at: quote)
      var closing = nextQuote(from: quote + 1)
      while closing + 1 < window && bytes[closing + 1] == dialect.quote { closing = nextQuote(from: closing + 2) }
      if closing + 1 >= window { return beyond(unclosed) }
      var after = closing + 1
      while after < window && dialect.isBlank(bytes[after], lineEnd) { after += 1 }
      if after >= window { return beyond(.fault(.recordTooLarge, at: nil)) }
      if bytes[after] == lineEnd.rawValue { return .record(end: after + 1) }
      if bytes[after] != dialect.delimiter { return unclosed }
      quote = nextQuote(from: after + 1)
      if let end = bytes.firstIndex(of: lineEnd.rawValue, in: after + 1..<min(quote, window)) {
        return .record(end: end + 1)
      }
    }
    return beyond(.fault(.recordTooLarge, at: nil))
  }

  /// Whole lines without a quote: only those that are too large or hold a NUL are rejected.
  private mutating func plain(_ lines: Range<Int>) {
    var start = lines.lowerBound
    while hasNUL, let place = bytes.firstIndex(of: 0, in: start..<lines.upperBound) {
      let line = (bytes.lastIndex(of: lineEnd.rawValue, in: start..<place) ?? start - 1) + 1
      textual(start..<line)
      let end = bytes.firstIndex(of: lineEnd.rawValue, in: place..<lines.upperBound) ?? lines.upperBound
      start =
        end - line > dialect.maxRecordBytes
        ? reject(line, .recordTooLarge, at: nil) : reject(line, .nulByte, at: place)
    }
    textual(start..<lines.upperBound)
  }

  private mutating func textual(_ lines: Range<Int>) {
    var start = lines.lowerBound
    var kept = start
    while start < lines.upperBound {
      // Among many lines, look only at the last line end within reach of `start`: the lines before it are shorter.
      let reach = min(start + dialect.maxRecordBytes + 1, lines.upperBound)
      if let last = bytes.lastIndex(of: lineEnd.rawValue, in: start..<reach) {
        start = last + 1
      } else {
        if kept < start { segments.append(end: start, .plain, smallestBytesInPlace: smallestBytesInPlace) }
        start = reject(start, .recordTooLarge, at: nil)
        kept = start
      }
    }
    if kept < start { segments.append(end: start, .plain, smallestBytesInPlace: smallestBytesInPlace) }
  }

  /// Sets a physical line aside; returns where the next one starts.
  private mutating func reject(_ start: Int, _ reason: StructuralFault.Reason, at place: Int?) -> Int {
    let line = line(at: start)
    var column: Int?
    if let place, bytes.firstIndex(of: lineEnd.rawValue, in: start..<place) == nil { column = place - start + 1 }
    guard let end = bytes.firstIndex(of: lineEnd.rawValue, in: start..<bytes.count) else {
      openFault = OpenFault(line: line, reason: reason, column: column)
      return start
    }
    segments.append(end: end + 1, .rejected, smallestBytesInPlace: smallestBytesInPlace)
    faults.append(
      StructuralFault(line: line, reason: reason, column: column, byteRange: fileOffset + start..<fileOffset + end))
    return end + 1
  }

  private mutating func line(at place: Int) -> Int {
    if countedTo == 0 && place > quiet.count / 2 {
      countedLine += quiet.lines
      countedTo = quiet.count
    }
    if place >= countedTo {
      countedLine += bytes.count(of: lineEnd.rawValue, in: countedTo..<place)
    } else {
      countedLine -= bytes.count(of: lineEnd.rawValue, in: place..<countedTo)
    }
    countedTo = place
    return countedLine
  }

  /// The first quote from a place on; the end of the bytes when there is none.
  private mutating func nextQuote(from place: Int) -> Int {
    if quoteFrom <= place && place <= quoteAt { return quoteAt }
    quoteFrom = place
    quoteAt = bytes.count
    if let quote = dialect.quote, place < bytes.count {
      quoteAt = bytes.firstIndex(of: quote, in: max(place, quiet.count)..<bytes.count) ?? bytes.count
    }
    return quoteAt
  }
}
