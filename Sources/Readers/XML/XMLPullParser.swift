import CLibXML2

extension XMLReader {
  /// Reads a whole document and hands its records over, some thousands at a time, in constant memory.
  ///
  /// libxml2 fetches its text here instead of being given it piece by piece, and need not find out first whether the next
  /// element is there as a whole. That takes three quarters of the time; the records are the same.
  ///
  /// - Parameters:
  ///   - record: as in `init`.
  ///   - fields: as in `init`.
  ///   - take: takes the records of a table, which it may exchange for another; false when it wants no more.
  /// - Throws: as `init` and `next`.
  public static func readAll(
    path: String, record: String, fields: [String], _ take: @escaping (inout RecordTable) -> Bool
  ) throws(ReadError) {
    try readAll(RawFile(path: path), record: record, fields: fields, take)
  }

  /// The same of a file that is open, or in memory.
  static func readAll(
    _ raw: consuming RawFile, record: String, fields: [String], _ take: @escaping (inout RecordTable) -> Bool
  ) throws(ReadError) {
    var parsed: [XMLField] = []
    for field in fields { parsed.append(try XMLField(field)) }
    if parsed.isEmpty { throw ReadError(.badPath, detail: "no fields") }
    let recordPath = try XMLRecordPath(record)
    let file = try InputFile(raw)
    let parser = try XMLPullParser(record: recordPath, fields: parsed, file, take)
    try parser.parse()
  }
}

/// libxml2's parser and the file that it reads, which it keeps a pointer to.
@safe
private struct XMLPullParser: ~Copyable {
  private let parser: XMLParserContext
  private let source: UnsafeMutablePointer<XMLSource>

  init(
    record: XMLRecordPath, fields: [XMLField], _ file: consuming InputFile,
    _ take: @escaping (inout RecordTable) -> Bool
  ) throws(ReadError) {
    let source = UnsafeMutablePointer<XMLSource>.allocate(capacity: 1)
    do throws(ReadError) {
      parser = try XMLParserContext(record: record, fields: fields) { handler, state in
        unsafe xmlCreateIOParserCtxt(handler, state, readText, nil, source, XML_CHAR_ENCODING_NONE)
      }
    } catch {
      unsafe source.deallocate()
      throw error
    }
    unsafe source.initialize(
      to: XMLSource(file: file, state: parser.state, table: RecordTable(width: fields.count), take: take))
    unsafe self.source = unsafe source
  }

  deinit {
    // The parser goes behind it, and reads nothing when it does.
    unsafe source.deinitialize(count: 1)
    unsafe source.deallocate()
  }

  func parse() throws(ReadError) {
    _ = unsafe xmlParseDocument(parser.context)
    if unsafe source.pointee.isRefused { return }
    if let failure = unsafe source.pointee.failure { throw failure }
    if let failure = unsafe parser.state.pointee.failure { throw failure }
    if unsafe parser.context.pointee.wellFormed == 0 { throw ReadError(.malformedXML) }
    // A NUL byte is the end to libxml2 when it fetches its text, and no XML when it is given it.
    if let input = unsafe parser.context.pointee.input, unsafe input.pointee.cur < input.pointee.end {
      throw unsafe ReadError(
        .malformedXML, line: Int(input.pointee.line), column: Int(input.pointee.col),
        detail: "Extra content at the end of the document")
    }
    unsafe source.pointee.handOver()
  }
}

/// Where the parser fetches its text. In between, the records so far are handed over.
@safe
private struct XMLSource: ~Copyable {
  private static var chunkBytes: Int { 64 << 10 }

  private var file: InputFile
  private let state: UnsafeMutablePointer<XMLParserState>
  private var table: RecordTable
  private let take: (inout RecordTable) -> Bool
  private var chunk: [UInt8] = []
  private var position = 0
  private(set) var failure: ReadError?
  private(set) var isRefused = false

  init(
    file: consuming InputFile, state: UnsafeMutablePointer<XMLParserState>, table: consuming RecordTable,
    take: @escaping (inout RecordTable) -> Bool
  ) {
    self.file = file
    unsafe self.state = unsafe state
    self.table = table
    self.take = take
  }

  /// The next bytes of the file; 0 at its end, -1 where reading ends for another reason.
  mutating func read(_ target: UnsafeMutableRawBufferPointer) -> Int {
    if unsafe state.pointee.builder.records.count >= XMLReader.batchRecords / 2 { handOver() }
    if isRefused { return -1 }
    if position == chunk.count {
      position = 0
      chunk.removeAll(keepingCapacity: true)
      do throws(ReadError) {
        if !file.isAtEnd { try file.fill(&chunk, to: Self.chunkBytes) }
      } catch {
        failure = error
        return -1
      }
    }
    let count = min(target.count, chunk.count - position)
    unsafe chunk.withUnsafeBytes { bytes in
      unsafe target.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[position..<position + count]))
    }
    position += count
    return count
  }

  /// Gives the records away for a buffer to go on with.
  mutating func handOver() {
    unsafe swap(&state.pointee.builder.records, &table.records)
    if table.count > 0 && !take(&table) { isRefused = true }
    table.removeAll()
    unsafe swap(&state.pointee.builder.records, &table.records)
  }
}

private let readText: @convention(c) (UnsafeMutableRawPointer?, UnsafeMutablePointer<CChar>?, Int32) -> Int32 = {
  source, target, count in
  guard let source = unsafe source, count > 0 else { return 0 }
  let bytes = unsafe UnsafeMutableRawBufferPointer(start: target, count: Int(count))
  return unsafe Int32(source.assumingMemoryBound(to: XMLSource.self).pointee.read(bytes))
}
