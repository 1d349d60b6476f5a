import Columns

/// Reads a file of delimited text from front to back and divides it between records. It does little, so that it can
/// run under a lock while the pieces are parsed in parallel, each by a ``DelimitedReader``.
public struct PieceReader: ~Copyable {
  private var file: InputFile
  private let dialect: Dialect
  private let pieceBytes: Int
  private let lineEnd: LineEnd
  private var pending: [UInt8]  // read, but not yet in a piece; begins at the start of a physical line
  private var offset: Int  // of the first pending byte in the file
  private var line = 1  // of the first pending byte
  private var index = 0
  private var faults: [StructuralFault] = []  // of lines that were passed over
  private var linesToSkip: Int
  private var isHeaderTaken: Bool
  private var isEnded = false  // the line end behind the last line is there

  private static var headBytes: Int { FileHead.maximumBytes }

  /// Opens a file.
  ///
  /// - Throws: `cannotOpen`, `cannotRead`; `notText` for NUL bytes in the first 64 KiB; `wideEncoding`.
  public init(path: String, dialect: Dialect, pieceBytes: Int = 8 << 20) throws(ReadError) {
    try self.init(RawFile(path: path), dialect: dialect, pieceBytes: pieceBytes)
  }

  init(_ raw: consuming RawFile, dialect: Dialect, pieceBytes: Int) throws(ReadError) {
    precondition(pieceBytes > 0 && pieceBytes <= 1 << 30)
    var file = try InputFile(raw, isUTF16: dialect.encoding == .utf16, footerLines: dialect.footerLines)
    var head: [UInt8] = []
    try file.fill(&head, to: Self.headBytes)
    let mark = ByteOrderMark(head.span)
    if mark.isWide { throw ReadError(.wideEncoding) }
    if let place = head.firstIndex(of: 0) { throw ReadError(.notText, detail: "at byte \(place + 1)") }
    if mark == .utf8 { head.removeFirst(3) }
    self.dialect = dialect
    self.pieceBytes = pieceBytes
    lineEnd = !head.contains(0x0A) && head.contains(0x0D) ? .carriageReturn : .lineFeed
    offset = mark == .utf8 ? 3 : 0
    pending = head
    linesToSkip = dialect.skipLines
    isHeaderTaken = !dialect.hasHeader
    self.file = file
  }

  /// The lines at the end that are no records, as many as the dialect says; known when `next` has returned nil.
  public var footer: [String] {
    file.footer.map { String(decoding: dialect.encoding.decode($0.span) ?? $0, as: UTF8.self) }
  }

  /// The names in the first record. Call it at most once, before the first piece; otherwise `next` passes it over.
  ///
  /// - Throws: `noHeader` when there is no record; `badHeader` when it is not well formed or not of the encoding.
  public mutating func header() throws(ReadError) -> [String] {
    precondition(!isHeaderTaken, "the header is taken once, of a dialect that has one")
    isHeaderTaken = true
    try skipLines()
    while true {
      try endLastLine()
      if pending.isEmpty && file.isAtEnd { throw ReadError(.noHeader) }
      var scanner = scanner()
      switch scanner.verdict(at: 0) {
      case .undecided:
        try file.fill(&pending, to: max(pending.count * 2, Self.headBytes))
      case .fault(let reason, let place):
        throw ReadError(.badHeader, line: line, column: place.map { $0 + 1 }, detail: reason.code)
      case .record(let end):
        let lineCount = pending.span.count(of: lineEnd.rawValue, in: 0..<end)
        let names = try names(in: Array(pending[..<end]))
        pending.removeFirst(end)
        offset += end
        line += lineCount
        if let names { return names }
      }
    }
  }

  /// The next piece; nil at the end of the file.
  public mutating func next() throws(ReadError) -> Piece? {
    if !isHeaderTaken { _ = try header() }
    try skipLines()
    var wanted = pieceBytes
    while true {
      try file.fill(&pending, to: wanted)
      try endLastLine()
      if pending.isEmpty && file.isAtEnd { return lastFaults() }
      var scanner = scanner()
      scanner.scan()
      let cut = scanner.cut
      let openFault = scanner.openFault
      let piece = Piece(
        index: index, firstLine: line, bytes: [], hasQuotes: scanner.hasQuotes, fileOffset: offset, lineEnd: lineEnd,
        segments: scanner.segments, faults: faults + scanner.faults)
      let lineAtCut = scanner.lineAtCut
      if cut > 0 {
        let tail = Array(pending[cut...])
        pending.removeLast(tail.count)
        let bytes = pending
        pending = tail
        offset += cut
        line = lineAtCut
        index += 1
        faults = []
        if let openFault { try pass(openFault) }
        return piece.with(bytes)
      }
      if let openFault {
        try pass(openFault)
      } else {
        wanted = max(pending.count * 2, pieceBytes)  // a record larger than a piece
      }
    }
  }

  private mutating func skipLines() throws(ReadError) {
    while linesToSkip > 0 {
      linesToSkip -= 1
      _ = try passLine()
    }
  }

  @_lifetime(borrow self)
  private func scanner() -> StructureScanner {
    StructureScanner(
      pending.span, dialect: dialect, lineEnd: lineEnd, isAtEnd: file.isAtEnd, firstLine: line, fileOffset: offset)
  }

  /// The fields of a header record; nil when it is blank.
  private func names(in record: [UInt8]) throws(ReadError) -> [String]? {
    if record.span.isBlank(in: 0..<record.count - 1, dialect, lineEnd) { return nil }
    var fields = RecordBuffer()
    fields.removeAll()
    var library = LibCSV(dialect: dialect, lineEnd: lineEnd)
    fields.beginRecord()
    let isWhole = library.parse(record.span, 0..<record.count, into: &fields)
    let width = fields.fieldCount
    fields.keepRecord(line: line)
    if !isWhole || width == 0 { throw ReadError(.badHeader, line: line) }
    let batch = fields.batch(width: width)
    var names: [String] = []
    for i in 0..<width {
      guard let utf8 = dialect.encoding.decode(batch.column(i)[0]) else {
        throw ReadError(.badHeader, line: line, detail: "column \(i + 1) is not \(dialect.encoding.rawValue)")
      }
      names.append(String(decoding: utf8, as: UTF8.self))
    }
    return names
  }

  /// Gives the last line of the file a line end when it has none.
  private mutating func endLastLine() throws(ReadError) {
    guard file.isAtEnd, !isEnded else { return }
    isEnded = true
    if let last = pending.last, last != lineEnd.rawValue { pending.append(lineEnd.rawValue) }
  }

  /// Passes over a line that ends beyond the bytes at hand and remembers its fault for the next piece.
  private mutating func pass(_ fault: StructureScanner.OpenFault) throws(ReadError) {
    let start = offset
    let end = try passLine()
    faults.append(
      StructuralFault(line: fault.line, reason: fault.reason, column: fault.column, byteRange: start..<end))
  }

  /// Passes over one physical line of any length, in constant memory; returns where in the file it ended.
  private mutating func passLine() throws(ReadError) -> Int {
    while true {
      if let end = pending.span.firstIndex(of: lineEnd.rawValue, in: 0..<pending.count) {
        let place = offset + end
        pending.removeFirst(end + 1)
        offset += end + 1
        line += 1
        return place
      }
      offset += pending.count
      pending.removeAll(keepingCapacity: true)
      if file.isAtEnd { return offset }
      try file.fill(&pending, to: Self.headBytes)
    }
  }

  private mutating func lastFaults() -> Piece? {
    if faults.isEmpty { return nil }
    defer { faults = [] }
    return Piece(
      index: index, firstLine: line, bytes: [], hasQuotes: false, fileOffset: offset, lineEnd: lineEnd, segments: [],
      faults: faults)
  }
}

extension Piece {
  fileprivate func with(_ bytes: [UInt8]) -> Piece {
    Piece(
      index: index, firstLine: firstLine, bytes: bytes, hasQuotes: hasQuotes, fileOffset: fileOffset,
      lineEnd: lineEnd, segments: segments, faults: faults)
  }
}

extension Span where Element == UInt8 {
  /// Whether a range holds nothing but blanks.
  @inline(__always)
  func isBlank(in range: Range<Int>, _ dialect: Dialect, _ lineEnd: LineEnd) -> Bool {
    var i = range.lowerBound
    while i < range.upperBound {
      if !dialect.isBlank(self[i], lineEnd) { return false }
      i &+= 1
    }
    return true
  }
}
