import CLibXML2

/// Copies an XML document without some of its records, and without what lies around those alone: elements and attributes,
/// text, comments and instructions. It is UTF-8, whatever the document was in. What is copied is held in memory.
///
/// As with ``XMLReader``, a document type declaration is refused and nothing is fetched.
public enum XMLCopy {
  /// The copy.
  ///
  /// - Parameters:
  ///   - record: path of the elements that are records, as for ``XMLReader``.
  ///   - isWanted: whether a record stays, by its ordinal number from 1.
  /// - Throws: as ``XMLReader``.
  public static func copy(
    path: String, record: String, where isWanted: @escaping (Int) -> Bool
  ) throws(ReadError) -> [UInt8] {
    var file = try InputFile(path: path)
    var state = XMLCopyState(record: try XMLRecordPath(record), isWanted: isWanted)
    var failure: ReadError?
    unsafe withUnsafeMutablePointer(to: &state) { pointer in
      do throws(ReadError) { try unsafe parse(&file, into: pointer) } catch { failure = error }
    }
    if let failure { throw failure }
    return state.text + [0x0A]
  }

  private static func parse(
    _ file: inout InputFile, into state: UnsafeMutablePointer<XMLCopyState>
  ) throws(ReadError) {
    xmlInitParser()
    var handler = unsafe copyHandler()
    guard let context = unsafe xmlCreatePushParserCtxt(&handler, state, nil, 0, nil) else {
      throw ReadError(.cannotRead, detail: "out of memory")
    }
    defer { unsafe xmlFreeParserCtxt(context) }
    _ = unsafe xmlCtxtUseOptions(context, Int32(XML_PARSE_NONET.rawValue))
    var chunk: [UInt8] = []
    repeat {
      chunk.removeAll(keepingCapacity: true)
      try file.fill(&chunk, to: 64 << 10)
      let isLast = file.isAtEnd
      unsafe chunk.withUnsafeBytes { bytes in
        let start = unsafe bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
        _ = unsafe xmlParseChunk(context, start, Int32(bytes.count), isLast ? 1 : 0)
      }
      if let failure = unsafe state.pointee.failure { throw failure }
      if unsafe context.pointee.wellFormed == 0 { throw ReadError(.malformedXML) }
      if unsafe state.pointee.depth > XMLReader.maximumDepth { throw ReadError(.tooDeep) }
    } while !file.isAtEnd
  }
}

/// What the callbacks work on.
struct XMLCopyState {
  private let record: XMLRecordPath
  private let isWanted: (Int) -> Bool
  private(set) var text = Array("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".utf8)
  var failure: ReadError?
  /// An open element: where its copy begins, and what became of records in it.
  private struct Open {
    let name: String
    let start: Int
    var kept = 0
    var leftOut = 0
  }

  private var open: [Open] = []
  private var ordinal = 0
  private var recordDepth = 0  // of the record that is open; 0 while none is
  private var isLeftOut = false  // that record
  private var isBehindGap = false  // nothing was copied since a record was left out
  var depth: Int { open.count }

  init(record: XMLRecordPath, isWanted: @escaping (Int) -> Bool) {
    self.record = record
    self.isWanted = isWanted
  }

  mutating func start(
    _ name: String, prefix: String?, namespaces: [(prefix: String?, uri: String)],
    attributes: [(prefix: String?, name: String, value: String)]
  ) {
    open.append(Open(name: name, start: text.count))
    if recordDepth == 0 && isRecord {
      recordDepth = depth
      ordinal += 1
      isLeftOut = !isWanted(ordinal)
      if isLeftOut { open[depth - 1].leftOut = 1 } else { open[depth - 1].kept = 1 }
    }
    if isLeftOut { return }
    isBehindGap = false
    text += Array("<\(Self.qualified(prefix, name))".utf8)
    for space in namespaces {
      text += Array(" \(space.prefix.map { "xmlns:" + $0 } ?? "xmlns")=\"".utf8)
      escape(space.uri.utf8, inAttribute: true)
      text.append(0x22)
    }
    for attribute in attributes {
      text += Array(" \(Self.qualified(attribute.prefix, attribute.name))=\"".utf8)
      // libxml2 hands an ampersand in an attribute on as `&#38;`, and writes no other reference.
      escape(attribute.value.replacing("&#38;", with: "&").utf8, inAttribute: true)
      text.append(0x22)
    }
    text.append(0x3E)
  }

  mutating func end(_ name: String, prefix: String?) {
    if !isLeftOut {
      text += Array("</\(Self.qualified(prefix, name))>".utf8)
      isBehindGap = false
    }
    if recordDepth == depth {
      recordDepth = 0
      if isLeftOut { isBehindGap = true }
      isLeftOut = false
    }
    let ended = open.removeLast()
    if open.isEmpty { return }
    open[depth - 1].kept += ended.kept
    open[depth - 1].leftOut += ended.leftOut
    // What lies around records that are all left out is of use to none; the root stays, so that it is a document.
    if ended.leftOut > 0 && ended.kept == 0 && text.count > ended.start {
      text.removeLast(text.count - ended.start)
      isBehindGap = true
    }
  }

  mutating func characters(_ bytes: UnsafeRawBufferPointer) {
    if isLeftOut { return }
    // The blanks between records that are left out are of no use.
    let isBlank = unsafe bytes.allSatisfy { $0 <= 0x20 }
    if isBehindGap && isBlank && recordDepth == 0 { return }
    isBehindGap = false
    unsafe escape(bytes, inAttribute: false)
  }

  mutating func other(_ content: String) {
    if !isLeftOut { text += Array(content.utf8) }
  }

  private var isRecord: Bool {
    let names = record.names
    guard record.isAbsolute ? open.count == names.count : open.count >= names.count else { return false }
    return open.suffix(names.count).elementsEqual(names) { $0.name == $1 }
  }

  private static func qualified(_ prefix: String?, _ name: String) -> String { prefix.map { "\($0):\(name)" } ?? name }

  private mutating func escape(_ bytes: some Collection<UInt8>, inAttribute: Bool) {
    for byte in bytes {
      switch byte {
      case UInt8(ascii: "&"): text += Array("&amp;".utf8)
      case UInt8(ascii: "<"): text += Array("&lt;".utf8)
      case UInt8(ascii: ">"): text += Array("&gt;".utf8)
      case UInt8(ascii: "\"") where inAttribute: text += Array("&quot;".utf8)
      case 0x09 where inAttribute, 0x0A where inAttribute, 0x0D: text += Array("&#\(byte);".utf8)
      default: text.append(byte)
      }
    }
  }

  mutating func refuse(_ kind: ReadError.Kind) {
    if failure == nil { failure = ReadError(kind) }
  }

  mutating func note(_ error: xmlErrorPtr) {
    if failure == nil { failure = unsafe ReadError(xml: error) }
  }
}

private func withCopy(_ pointer: UnsafeMutableRawPointer?, _ body: (inout XMLCopyState) -> Void) {
  guard let pointer = unsafe pointer else { return }
  unsafe body(&pointer.assumingMemoryBound(to: XMLCopyState.self).pointee)
}

private func text(_ characters: UnsafePointer<xmlChar>?) -> String? {
  guard let characters = unsafe characters else { return nil }
  return unsafe String(cString: characters)
}

/// Two pointers a namespace: prefix and address.
private func namespaces(
  _ pointers: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?, _ count: Int
) -> [(prefix: String?, uri: String)] {
  guard let pointers = unsafe pointers else { return [] }
  return (0..<count).map { unsafe (text(pointers[2 * $0]), text(pointers[2 * $0 + 1]) ?? "") }
}

/// Five pointers an attribute: local name, prefix, namespace, begin and end of the value.
private func attributes(
  _ pointers: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?, _ count: Int
) -> [(prefix: String?, name: String, value: String)] {
  guard let pointers = unsafe pointers else { return [] }
  return (0..<count).compactMap { k in
    guard let begin = unsafe pointers[5 * k + 3], let end = unsafe pointers[5 * k + 4] else { return nil }
    let value = unsafe String(decoding: UnsafeBufferPointer(start: begin, count: end - begin), as: UTF8.self)
    return unsafe (text(pointers[5 * k + 1]), text(pointers[5 * k]) ?? "", value)
  }
}

private func copyHandler() -> xmlSAXHandler {
  var handler = unsafe xmlSAXHandler()
  unsafe spiegel_sax2_init(&handler)
  unsafe handler.startElementNs = {
    pointer, name, prefix, _, namespaceCount, spaces, attributeCount, _, values in
    unsafe withCopy(pointer) { state in
      unsafe state.start(
        text(name) ?? "", prefix: text(prefix), namespaces: namespaces(spaces, Int(namespaceCount)),
        attributes: attributes(values, Int(attributeCount)))
    }
  }
  unsafe handler.endElementNs = { pointer, name, prefix, _ in
    unsafe withCopy(pointer) { state in unsafe state.end(text(name) ?? "", prefix: text(prefix)) }
  }
  unsafe handler.characters = { pointer, bytes, count in
    unsafe withCopy(pointer) { unsafe $0.characters(UnsafeRawBufferPointer(start: bytes, count: Int(count))) }
  }
  unsafe handler.cdataBlock = { pointer, bytes, count in
    unsafe withCopy(pointer) { copy in unsafe XMLLineEnds.inCDATA(bytes, count) { unsafe copy.characters($0) } }
  }
  unsafe handler.comment = { pointer, content in
    unsafe withCopy(pointer) { state in unsafe state.other("<!--\(text(content) ?? "")-->") }
  }
  unsafe handler.processingInstruction = { pointer, target, data in
    unsafe withCopy(pointer) { state in
      unsafe state.other("<?\(text(target) ?? "")\(text(data).map { " " + $0 } ?? "")?>")
    }
  }
  unsafe handler.internalSubset = { pointer, _, _, _ in
    unsafe withCopy(pointer) { $0.refuse(.dtdRefused) }
  }
  unsafe handler.serror = { pointer, error in
    unsafe withCopy(pointer) { state in
      if let error = unsafe error { unsafe state.note(error) }
    }
  }
  return unsafe handler
}
