import CLibCSV

/// libcsv, given one well-formed record at a time.
///
/// libcsv keeps no pointer to its parser between calls, so the parser lives here by value.
@safe
struct LibCSV: ~Copyable {
  private var swift: csv_parser
  private var careful: csv_parser
  private let lineEnd: LineEnd
  private let isAlwaysCareful: Bool

  init(dialect: Dialect, lineEnd: LineEnd) {
    self.lineEnd = lineEnd
    // libcsv takes spaces and tabs for blanks, and both bytes of CRLF for line ends, unless functions say otherwise;
    // those cost a call for each byte, so they serve only records that need them.
    isAlwaysCareful = dialect.delimiter == 0x20 || dialect.delimiter == 0x09
    unsafe swift = csv_parser()
    unsafe careful = csv_parser()
    unsafe csv_init(&swift, UInt8(CSV_STRICT))
    unsafe csv_init(&careful, UInt8(CSV_STRICT))
    unsafe Self.set(&swift, dialect)
    unsafe Self.set(&careful, dialect)
    let isSpace = dialect.delimiter != 0x20
    let isTab = dialect.delimiter != 0x09
    switch (lineEnd, isSpace, isTab) {
    case (.lineFeed, true, true): unsafe csv_set_space_func(&careful) { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D ? 1 : 0 }
    case (.lineFeed, true, false): unsafe csv_set_space_func(&careful) { $0 == 0x20 || $0 == 0x0D ? 1 : 0 }
    case (.lineFeed, false, _): unsafe csv_set_space_func(&careful) { $0 == 0x09 || $0 == 0x0D ? 1 : 0 }
    case (_, true, true): unsafe csv_set_space_func(&careful) { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A ? 1 : 0 }
    case (_, true, false): unsafe csv_set_space_func(&careful) { $0 == 0x20 || $0 == 0x0A ? 1 : 0 }
    case (_, false, _): unsafe csv_set_space_func(&careful) { $0 == 0x09 || $0 == 0x0A ? 1 : 0 }
    }
    switch lineEnd {
    case .lineFeed: unsafe csv_set_term_func(&careful) { $0 == 0x0A ? 1 : 0 }
    case .carriageReturn: unsafe csv_set_term_func(&careful) { $0 == 0x0D ? 1 : 0 }
    }
  }

  deinit {
    var swift = unsafe swift
    var careful = unsafe careful
    unsafe csv_free(&swift)
    unsafe csv_free(&careful)
  }

  private static func set(_ parser: UnsafeMutablePointer<csv_parser>, _ dialect: Dialect) {
    unsafe csv_set_delim(parser, dialect.delimiter)
    unsafe csv_set_quote(parser, dialect.quote ?? 0)  // records with NUL bytes do not come here
  }

  /// Appends the fields of a record, which lies in a range that ends in its line end. False when libcsv finds it
  /// malformed, which the scanner should have prevented.
  @inline(__always)
  mutating func parse(_ bytes: Span<UInt8>, _ range: Range<Int>, into records: inout RecordBuffer) -> Bool {
    let end = range.upperBound - 1
    let other = bytes.firstIndex(of: lineEnd.other, in: range.lowerBound..<end) ?? end
    let isCareful = isAlwaysCareful || other < (lineEnd == .lineFeed ? end - 1 : end)
    return unsafe bytes.extracting(range).withUnsafeBufferPointer { record in
      unsafe withUnsafeMutablePointer(to: &records) { context in
        let consumed =
          isCareful
          ? unsafe csv_parse(&careful, record.baseAddress, record.count, appendField, ignoreEnd, context)
          : unsafe csv_parse(&swift, record.baseAddress, record.count, appendField, ignoreEnd, context)
        return consumed == record.count
      }
    }
  }
}

private let appendField: @convention(c) (UnsafeMutableRawPointer?, Int, UnsafeMutableRawPointer?) -> Void = {
  field, count, context in
  let records = unsafe context.unsafelyUnwrapped.assumingMemoryBound(to: RecordBuffer.self)
  unsafe records.pointee.append(UnsafeRawBufferPointer(start: field, count: count))
}

private let ignoreEnd: @convention(c) (Int32, UnsafeMutableRawPointer?) -> Void = { _, _ in }
