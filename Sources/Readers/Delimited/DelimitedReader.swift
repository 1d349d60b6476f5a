import Columns

/// Cuts pieces of delimited text into fields, batch by batch.
///
///     var reader = DelimitedReader(dialect: dialect, width: header.count)
///     reader.start(piece)
///     while let batch = reader.next() {
///       for i in 0..<batch.width { columns[i].append(batch.column(i)) }
///     }
///     let faults = reader.takeFaults()
///
/// Records without quotes, or with no others than around whole fields, are cut in place, the others by libcsv; that makes no
/// difference to the fields. Blank lines
/// are no records. A record with another number of fields than `width` is a fault.
public struct DelimitedReader: ~Copyable {
  private let dialect: Dialect
  private let width: Int
  private let usesOnlyLibCSV: Bool
  private var cutter: FieldCutter
  private var copied = RecordBuffer()
  private var library: LibCSV
  private var lineEnd: LineEnd

  private var bytes: [UInt8] = []
  private var fileOffset = 0
  private var segments: [Segment] = []
  private var segment = 0
  private var position = 0
  private var line = 1
  private var faults: [StructuralFault] = []

  private static var batchBytes: Int { 64 << 10 }
  private static var batchRecords: Int { 8192 }

  /// A reader of records with `width` fields.
  public init(dialect: Dialect, width: Int) {
    self.init(dialect: dialect, width: width, usesOnlyLibCSV: false)
  }

  /// A reader that can be told not to cut in place, for comparison.
  init(dialect: Dialect, width: Int, usesOnlyLibCSV: Bool) {
    precondition(width > 0)
    self.dialect = dialect
    self.width = width
    self.usesOnlyLibCSV = usesOnlyLibCSV
    cutter = FieldCutter(dialect: dialect, width: width)
    lineEnd = .lineFeed
    library = LibCSV(dialect: dialect, lineEnd: .lineFeed)
  }

  /// Begins a piece. What was not read of the piece before is forgotten; its faults are not.
  public mutating func start(_ piece: consuming Piece) {
    if piece.lineEnd != lineEnd {
      lineEnd = piece.lineEnd
      library = LibCSV(dialect: dialect, lineEnd: lineEnd)
    }
    bytes = piece.bytes
    fileOffset = piece.fileOffset
    segments = piece.segments
    segment = 0
    position = 0
    line = piece.firstLine
    faults += piece.faults
  }

  /// The next records, about 64 KiB of them; nil at the end of the piece.
  @_lifetime(&self)
  public mutating func next() -> RecordBatch? {
    cutter.removeAll()
    copied.removeAll()
    while segment < segments.count && cutter.count == 0 && copied.count == 0 {
      fillBatch()
    }
    if cutter.count > 0 { return cutter.batch(of: bytes.span) }
    if copied.count > 0 { return copied.batch(width: width) }
    return nil
  }

  /// The records that were set aside since the last call, by line. Complete for a piece once `next` has returned nil.
  public mutating func takeFaults() -> [StructuralFault] {
    defer { faults = [] }
    return faults.sorted { $0.line < $1.line }
  }

  /// Reads on until the batch is full or the way of reading changes.
  private mutating func fillBatch() {
    var taken = 0
    var isInPlace: Bool?
    while segment < segments.count && taken < Self.batchBytes && copied.count < Self.batchRecords {
      let current = segments[segment]
      let start = position
      if current.kind == .rejected {
        position = current.end
        line += 1
      } else {
        let wantsPlace = current.kind != .quoted && !usesOnlyLibCSV
        if let isInPlace, isInPlace != wantsPlace { return }
        isInPlace = wantsPlace
        if wantsPlace {
          cutInPlace(to: current.end, hasQuotes: current.kind == .tidy)
        } else {
          copyRecords(to: current.end)
        }
      }
      taken += position - start
      if position >= current.end { segment += 1 }
    }
  }

  private mutating func cutInPlace(to end: Int, hasQuotes: Bool) {
    let piece = bytes  // another owner, so that a view on it does not keep `self` from changing
    let text = piece.span
    var stop = min(position + Self.batchBytes, end)
    if stop < end {
      let last = text.lastIndex(of: lineEnd.rawValue, in: position..<stop)
      stop = (last ?? text.firstIndex(of: lineEnd.rawValue, in: stop..<end) ?? end - 1) + 1
    }
    cutter.cut(
      text, position..<stop, hasQuotes: hasQuotes, lineEnd: lineEnd, line: &line, fileOffset: fileOffset,
      faults: &faults)
    position = stop
  }

  private mutating func copyRecords(to end: Int) {
    let piece = bytes  // another owner, so that a view on it does not keep `self` from changing
    let bytes = piece.span
    while position < end && copied.byteCount < Self.batchBytes && copied.count < Self.batchRecords {
      let start = position
      let (recordEnd, lineCount) = endOfRecord(bytes, start, end)
      position = recordEnd
      defer { line += lineCount }
      if bytes.isBlank(in: start..<recordEnd - 1, dialect, lineEnd) { continue }
      copied.beginRecord()
      let isWhole = library.parse(bytes, start..<recordEnd, into: &copied)
      if isWhole && copied.fieldCount == width {
        copied.keepRecord(line: line)
      } else {
        faults.append(
          StructuralFault(
            line: line, reason: .fieldCount(found: copied.fieldCount, expected: width), column: nil,
            byteRange: fileOffset + start..<fileOffset + recordEnd - 1))
        copied.dropRecord()
      }
    }
  }

  /// Where a well-formed record ends, and on how many physical lines it stands: at the first line end that has an even
  /// number of quotes before it.
  private func endOfRecord(_ bytes: Span<UInt8>, _ start: Int, _ limit: Int) -> (end: Int, lineCount: Int) {
    var quoteCount = 0
    var lineCount = 0
    var i = start
    repeat {
      let end = bytes.firstIndex(of: lineEnd.rawValue, in: i..<limit) ?? limit - 1
      if let quote = dialect.quote { quoteCount &+= bytes.count(of: quote, in: i..<end) }
      lineCount &+= 1
      i = end + 1
    } while i < limit && quoteCount & 1 == 1
    return (i, lineCount)
  }
}
