import CLibXML2

/// Reads records from an XML document of any size, in constant memory.
///
///     var reader = try XMLReader(path: path, record: "/aanlevering/respons", fields: ["patient/@bsn", "datum"])
///     while let batch = try reader.next() { … }
///
/// Fields are those of ``XMLField``. A value that is absent gives an empty field; of a repeated one the first counts. The
/// text of an element is what stands directly in it, not in elements below it. Encodings that libxml2 knows are
/// converted: fields are UTF-8. A record within a record is not a record.
///
/// A document type declaration is refused, so no entity is ever expanded but the five of XML; nothing is fetched.
@safe
public struct XMLReader: ~Copyable {
  /// Deepest nesting of elements.
  public static var maximumDepth: Int { 100 }
  /// Largest value, in bytes.
  public static var maximumFieldBytes: Int { 1 << 20 }
  /// Most records in a batch.
  public static var batchRecords: Int { 4096 }

  private static var chunkBytes: Int { 64 << 10 }

  private let width: Int
  private var file: InputFile
  private let parser: XMLPushParser
  private var chunk: [UInt8] = []
  private var handedOut = 0
  private var isEnded = false

  /// Opens a document.
  ///
  /// - Parameters:
  ///   - record: path of the elements that are records: `/a/b/c` from the root, or `//c` at any depth.
  ///   - fields: paths relative to the record, see ``XMLField``.
  /// - Throws: `cannotOpen`; `badPath`.
  public init(path: String, record: String, fields: [String]) throws(ReadError) {
    try self.init(RawFile(path: path), record: record, fields: fields)
  }

  init(_ raw: consuming RawFile, record: String, fields: [String]) throws(ReadError) {
    var parsed: [XMLField] = []
    for field in fields { parsed.append(try XMLField(field)) }
    if parsed.isEmpty { throw ReadError(.badPath, detail: "no fields") }
    let recordPath = try XMLRecordPath(record)
    let file = try InputFile(raw)
    parser = try XMLPushParser(record: recordPath, fields: parsed)
    width = parsed.count
    self.file = file
  }

  /// The next records, at most ``batchRecords``; nil at the end of the document.
  ///
  /// - Throws: `malformedXML`, `dtdRefused`, `tooDeep`, `fieldTooLarge`, each with line and column; `cannotRead`.
  @_lifetime(&self)
  public mutating func next() throws(ReadError) -> RecordBatch? {
    if handedOut == parser.recordCount {
      handedOut = 0
      try parseRecords()
    }
    if handedOut == parser.recordCount { return nil }
    let first = handedOut
    handedOut = min(first + Self.batchRecords, parser.recordCount)
    return parser.batch(width: width, from: first, limit: Self.batchRecords)
  }

  /// Forgets the records and reads on until there are some thousands or the document ends.
  private mutating func parseRecords() throws(ReadError) {
    parser.forgetRecords()
    while !isEnded && parser.recordCount < Self.batchRecords / 2 {
      chunk.removeAll(keepingCapacity: true)
      try file.fill(&chunk, to: Self.chunkBytes)
      isEnded = file.isAtEnd
      try parser.parse(chunk, isLast: isEnded)
    }
  }
}

/// libxml2's push parser.
@safe
struct XMLPushParser: ~Copyable {
  private let parser: XMLParserContext

  init(record: XMLRecordPath, fields: [XMLField]) throws(ReadError) {
    parser = try XMLParserContext(record: record, fields: fields) { handler, state in
      unsafe xmlCreatePushParserCtxt(handler, state, nil, 0, nil)
    }
  }

  var recordCount: Int { unsafe parser.state.pointee.builder.records.count }

  func forgetRecords() { unsafe parser.state.pointee.builder.records.removeAll() }

  @_lifetime(borrow self)
  func batch(width: Int, from first: Int, limit: Int) -> RecordBatch {
    let batch = unsafe parser.state.pointee.builder.records.batch(width: width, from: first, limit: limit)
    return unsafe _overrideLifetime(batch, borrowing: self)
  }

  func parse(_ chunk: [UInt8], isLast: Bool) throws(ReadError) {
    unsafe chunk.withUnsafeBytes { bytes in
      let start = unsafe bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
      _ = unsafe xmlParseChunk(parser.context, start, Int32(bytes.count), isLast ? 1 : 0)
    }
    if let failure = unsafe parser.state.pointee.failure { throw failure }
    if unsafe parser.context.pointee.wellFormed == 0 { throw ReadError(.malformedXML) }
  }
}
