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

/// libxml2's push parser and the builder that its callbacks feed. libxml2 keeps a pointer to the builder, so that is
/// on the heap.
@safe
struct XMLPushParser: ~Copyable {
  private let context: UnsafeMutablePointer<xmlParserCtxt>
  private let state: UnsafeMutablePointer<XMLParserState>

  init(record: XMLRecordPath, fields: [XMLField]) throws(ReadError) {
    _ = libraryIsReady
    let state = UnsafeMutablePointer<XMLParserState>.allocate(capacity: 1)
    var handler = unsafe saxHandler()
    guard let context = unsafe xmlCreatePushParserCtxt(&handler, state, nil, 0, nil) else {
      unsafe state.deallocate()
      throw ReadError(.cannotRead, detail: "out of memory")
    }
    // Neither entities nor a document type are asked for, and nothing may come over the network.
    _ = unsafe xmlCtxtUseOptions(context, Int32(XML_PARSE_NONET.rawValue))
    do throws(ReadError) {
      let builder = try XMLRecordBuilder(record: record, fields: fields) { name in
        unsafe interned(name, context)
      }
      unsafe state.initialize(to: XMLParserState(builder: builder, context: context))
    } catch {
      unsafe xmlFreeParserCtxt(context)
      unsafe state.deallocate()
      throw error
    }
    unsafe self.context = unsafe context
    unsafe self.state = unsafe state
  }

  deinit {
    unsafe xmlFreeParserCtxt(context)
    unsafe state.deinitialize(count: 1)
    unsafe state.deallocate()
  }

  var recordCount: Int { unsafe state.pointee.builder.records.count }

  func forgetRecords() { unsafe state.pointee.builder.records.removeAll() }

  @_lifetime(borrow self)
  func batch(width: Int, from first: Int, limit: Int) -> RecordBatch {
    let batch = unsafe state.pointee.builder.records.batch(width: width, from: first, limit: limit)
    return unsafe _overrideLifetime(batch, borrowing: self)
  }

  func parse(_ chunk: [UInt8], isLast: Bool) throws(ReadError) {
    unsafe chunk.withUnsafeBytes { bytes in
      let start = unsafe bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
      _ = unsafe xmlParseChunk(context, start, Int32(bytes.count), isLast ? 1 : 0)
    }
    if let failure = unsafe state.pointee.failure { throw failure }
    if unsafe context.pointee.wellFormed == 0 { throw ReadError(.malformedXML) }
  }
}

/// What the callbacks work on.
@safe
struct XMLParserState: ~Copyable {
  var builder: XMLRecordBuilder
  let context: UnsafeMutablePointer<xmlParserCtxt>
  var failure: ReadError?

  init(builder: consuming XMLRecordBuilder, context: UnsafeMutablePointer<xmlParserCtxt>) {
    self.builder = builder
    unsafe self.context = unsafe context
  }

  /// Stops the parser at what the builder refused.
  @inline(__always)
  mutating func stopIfRefused() {
    if let refusal = builder.refusal { stop(refusal) }
  }

  @inline(never)
  mutating func stop(_ kind: ReadError.Kind) {
    if failure != nil { return }
    failure = unsafe ReadError(
      kind, line: Int(xmlSAX2GetLineNumber(context)), column: Int(xmlSAX2GetColumnNumber(context)))
    unsafe xmlStopParser(context)
  }

  /// Keeps the first error that makes the document unusable. Undeclared prefixes do not: names count without them.
  mutating func note(_ error: xmlErrorPtr) {
    guard failure == nil else { return }
    failure = unsafe ReadError(xml: error)
  }
}

extension ReadError {
  /// An error that makes a document unusable; nil for others, such as a prefix that was not declared.
  init?(xml error: xmlErrorPtr) {
    guard unsafe error.pointee.level == XML_ERR_FATAL else { return nil }
    var message = ""
    if let text = unsafe error.pointee.message { message = unsafe String(cString: text) }
    let short = message.prefix { !$0.isNewline }.prefix(120)
    unsafe self.init(
      .malformedXML, line: Int(error.pointee.line), column: error.pointee.int2 > 0 ? Int(error.pointee.int2) : nil,
      detail: String(short))
  }
}

let libraryIsReady: Void = xmlInitParser()

/// A name as the parser will hand it to the callbacks.
func interned(_ name: String, _ context: UnsafeMutablePointer<xmlParserCtxt>) -> InternedName {
  var name = name
  return name.withUTF8 { utf8 in
    unsafe InternedName(xmlDictLookup(context.pointee.dict, utf8.baseAddress, Int32(utf8.count)))
  }
}

@inline(__always)
private func withState(_ pointer: UnsafeMutableRawPointer?, _ body: (inout XMLParserState) -> Void) {
  guard let pointer = unsafe pointer else { return }
  unsafe body(&pointer.assumingMemoryBound(to: XMLParserState.self).pointee)
}

/// The callbacks: each unwraps its pointers and calls one method.
func saxHandler() -> xmlSAXHandler {
  var handler = unsafe xmlSAXHandler()
  unsafe spiegel_sax2_init(&handler)
  unsafe handler.startElementNs = { pointer, name, _, _, _, _, attributeCount, _, attributes in
    unsafe withState(pointer) { state in
      guard let name = unsafe name else { return }
      unsafe state.builder.start(InternedName(name), attributes: attributes, count: Int(attributeCount))
      state.stopIfRefused()
    }
  }
  unsafe handler.endElementNs = { pointer, _, _, _ in
    unsafe withState(pointer) { $0.builder.end() }
  }
  let text: charactersSAXFunc = { pointer, bytes, count in
    unsafe withState(pointer) { state in
      unsafe state.builder.text(UnsafeRawBufferPointer(start: bytes, count: Int(count)))
      state.stopIfRefused()
    }
  }
  unsafe handler.characters = unsafe text
  unsafe handler.cdataBlock = unsafe text
  unsafe handler.internalSubset = { pointer, _, _, _ in
    unsafe withState(pointer) { $0.stop(.dtdRefused) }
  }
  unsafe handler.serror = { pointer, error in
    unsafe withState(pointer) { state in
      if let error = unsafe error { unsafe state.note(error) }
    }
  }
  return unsafe handler
}
