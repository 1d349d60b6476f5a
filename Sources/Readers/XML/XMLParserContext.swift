import CLibXML2

/// A parser of libxml2 and the builder that its callbacks feed. libxml2 keeps a pointer to the builder, so that is on the
/// heap.
@safe
struct XMLParserContext: ~Copyable {
  let context: UnsafeMutablePointer<xmlParserCtxt>
  let state: UnsafeMutablePointer<XMLParserState>

  /// - Parameter create: has libxml2 make a parser with these callbacks, which are handed the state.
  init(
    record: XMLRecordPath, fields: [XMLField],
    create: (UnsafeMutablePointer<xmlSAXHandler>, UnsafeMutablePointer<XMLParserState>) -> UnsafeMutablePointer<
      xmlParserCtxt
    >?
  ) throws(ReadError) {
    _ = libraryIsReady
    let state = UnsafeMutablePointer<XMLParserState>.allocate(capacity: 1)
    var handler = unsafe saxHandler()
    guard let context = unsafe create(&handler, state) else {
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
  unsafe handler.cdataBlock = { pointer, bytes, count in
    unsafe withState(pointer) { state in
      unsafe XMLLineEnds.inCDATA(bytes, count) { unsafe state.builder.text($0) }
      state.stopIfRefused()
    }
  }
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
