import CLibXML2

/// Reads the elements of one name from an XML document, each as a tree. Memory is bounded by the largest of them.
///
/// As with ``XMLReader``, a document type declaration is refused and nothing is fetched.
@safe
public struct XMLTreeReader: ~Copyable {
  /// Largest tree: the bytes of its names and values.
  public static var maximumTreeBytes: Int { 16 << 20 }

  private static var chunkBytes: Int { 64 << 10 }

  private var file: InputFile
  private let context: UnsafeMutablePointer<xmlParserCtxt>
  private let state: UnsafeMutablePointer<XMLTreeState>
  private var chunk: [UInt8] = []
  private var isEnded = false

  /// Opens a document.
  ///
  /// - Parameters:
  ///   - element: local name of the elements that are wanted, at any depth. One within another belongs to that one.
  ///   - skipping: local names of elements within them that are left out with all that is in them.
  /// - Throws: `cannotOpen`, or what is wrong with a compressed file.
  public init(path: String, element: String, skipping: Set<String> = []) throws(ReadError) {
    try self.init(RawFile(path: path), element: element, skipping: skipping)
  }

  init(_ raw: consuming RawFile, element: String, skipping: Set<String>) throws(ReadError) {
    let file = try InputFile(raw)
    xmlInitParser()
    let state = UnsafeMutablePointer<XMLTreeState>.allocate(capacity: 1)
    var handler = unsafe treeHandler()
    guard let context = unsafe xmlCreatePushParserCtxt(&handler, state, nil, 0, nil) else {
      unsafe state.deallocate()
      throw ReadError(.cannotRead, detail: "out of memory")
    }
    _ = unsafe xmlCtxtUseOptions(context, Int32(XML_PARSE_NONET.rawValue))
    unsafe state.initialize(to: XMLTreeState(wanted: element, skipped: skipping, context: context))
    unsafe self.context = unsafe context
    unsafe self.state = unsafe state
    self.file = file
  }

  deinit {
    unsafe xmlFreeParserCtxt(context)
    unsafe state.deinitialize(count: 1)
    unsafe state.deallocate()
  }

  /// The next element; nil at the end of the document.
  ///
  /// - Throws: `malformedXML`, `dtdRefused`, `tooDeep`, `fieldTooLarge`, each with line and column; `cannotRead`.
  public mutating func next() throws(ReadError) -> TreeNode? {
    while unsafe state.pointee.finished.isEmpty {
      if isEnded { return nil }
      chunk.removeAll(keepingCapacity: true)
      try file.fill(&chunk, to: Self.chunkBytes)
      isEnded = file.isAtEnd
      unsafe chunk.withUnsafeBytes { bytes in
        let start = unsafe bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
        _ = unsafe xmlParseChunk(context, start, Int32(bytes.count), isEnded ? 1 : 0)
      }
      if let failure = unsafe state.pointee.failure { throw failure }
      if unsafe context.pointee.wellFormed == 0 { throw ReadError(.malformedXML) }
      unsafe state.pointee.finished.reverse()
    }
    return unsafe state.pointee.finished.removeLast()
  }
}

/// What the callbacks work on: the elements that are open within a wanted one, from the outside in.
@safe
struct XMLTreeState {
  private let wanted: String
  private let skipped: Set<String>
  private let context: UnsafeMutablePointer<xmlParserCtxt>
  var finished: [TreeNode] = []
  var failure: ReadError?
  private var open: [TreeNode] = []
  private var texts: [[UInt8]] = []
  private var depth = 0
  private var skippedFrom: Int?
  private var byteCount = 0

  init(wanted: String, skipped: Set<String>, context: UnsafeMutablePointer<xmlParserCtxt>) {
    self.wanted = wanted
    self.skipped = skipped
    unsafe self.context = unsafe context
  }

  mutating func start(_ name: String, attributes: [(name: String, value: [UInt8])]) {
    if depth == XMLReader.maximumDepth { return stop(.tooDeep) }
    depth += 1
    if skippedFrom != nil || open.isEmpty && name != wanted { return }
    if !open.isEmpty && skipped.contains(name) {
      skippedFrom = depth
      return
    }
    var node = TreeNode(name)
    byteCount += name.utf8.count
    for attribute in attributes {
      byteCount += attribute.name.utf8.count + attribute.value.count
      let value = String(decoding: attribute.value, as: UTF8.self)
      if attribute.name == "value" {
        node.value = value
      } else {
        node.children.append(TreeNode(attribute.name, value: value))
      }
    }
    open.append(node)
    texts.append([])
    checkSize()
  }

  mutating func text(_ bytes: UnsafeRawBufferPointer) {
    if open.isEmpty || skippedFrom != nil { return }
    byteCount += bytes.count
    unsafe texts[texts.count - 1].append(contentsOf: bytes)
    checkSize()
  }

  mutating func end() {
    defer { depth -= 1 }
    if let from = skippedFrom {
      if depth == from { skippedFrom = nil }
      return
    }
    guard var node = open.popLast(), let text = texts.popLast() else { return }
    if node.value == nil, text.contains(where: { $0 > 0x20 }) { node.value = String(decoding: text, as: UTF8.self) }
    if open.isEmpty {
      finished.append(node)
      byteCount = 0
    } else {
      open[open.count - 1].children.append(node)
    }
  }

  private mutating func checkSize() {
    if byteCount > XMLTreeReader.maximumTreeBytes { stop(.fieldTooLarge) }
  }

  mutating func stop(_ kind: ReadError.Kind) {
    if failure != nil { return }
    failure = unsafe ReadError(
      kind, line: Int(xmlSAX2GetLineNumber(context)), column: Int(xmlSAX2GetColumnNumber(context)))
    unsafe xmlStopParser(context)
  }

  mutating func note(_ error: xmlErrorPtr) {
    guard failure == nil else { return }
    failure = unsafe ReadError(xml: error)
  }
}

private func withTree(_ pointer: UnsafeMutableRawPointer?, _ body: (inout XMLTreeState) -> Void) {
  guard let pointer = unsafe pointer else { return }
  unsafe body(&pointer.assumingMemoryBound(to: XMLTreeState.self).pointee)
}

/// Five pointers an attribute: local name, prefix, namespace, begin and end of the value.
private func copied(
  _ attributes: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?, _ count: Int
) -> [(name: String, value: [UInt8])] {
  guard let attributes = unsafe attributes else { return [] }
  return (0..<count).compactMap { k in
    guard let name = unsafe attributes[5 * k], let begin = unsafe attributes[5 * k + 3],
      let end = unsafe attributes[5 * k + 4]
    else { return nil }
    let value = unsafe [UInt8](UnsafeBufferPointer(start: begin, count: end - begin))
    // libxml2 hands an ampersand in an attribute on as `&#38;`, and writes no other reference.
    let plain =
      value.contains(0x26) ? [UInt8](String(decoding: value, as: UTF8.self).replacing("&#38;", with: "&").utf8) : value
    return unsafe (String(cString: name), plain)
  }
}

private func treeHandler() -> xmlSAXHandler {
  var handler = unsafe xmlSAXHandler()
  unsafe spiegel_sax2_init(&handler)
  unsafe handler.startElementNs = { pointer, name, _, _, _, _, attributeCount, _, attributes in
    unsafe withTree(pointer) { state in
      guard let name = unsafe name else { return }
      unsafe state.start(String(cString: name), attributes: copied(attributes, Int(attributeCount)))
    }
  }
  unsafe handler.endElementNs = { pointer, _, _, _ in
    unsafe withTree(pointer) { $0.end() }
  }
  unsafe handler.characters = { pointer, bytes, count in
    unsafe withTree(pointer) { unsafe $0.text(UnsafeRawBufferPointer(start: bytes, count: Int(count))) }
  }
  unsafe handler.cdataBlock = { pointer, bytes, count in
    unsafe withTree(pointer) { tree in unsafe XMLLineEnds.inCDATA(bytes, count) { unsafe tree.text($0) } }
  }
  unsafe handler.internalSubset = { pointer, _, _, _ in
    unsafe withTree(pointer) { $0.stop(.dtdRefused) }
  }
  unsafe handler.serror = { pointer, error in
    unsafe withTree(pointer) { state in
      if let error = unsafe error { unsafe state.note(error) }
    }
  }
  return unsafe handler
}
