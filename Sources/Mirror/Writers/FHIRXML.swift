/// The XML form of a FHIR resource, made of its JSON form (hl7.org/fhir/R4/xml.html, hl7.org/fhir/R4/json.html): an object
/// is an element with children in the same order, an array is its element again and again, a primitive is an attribute
/// `value`, and what JSON says of a primitive in `_name` stands within it. Numbers keep their digits.
///
/// It reads what `FHIRWriter` writes, which has the elements in the order of the specification already.
struct FHIRXML {
  private indirect enum Node {
    case object([(name: String, value: Node)])
    case array([Node])
    case text(String)
    /// A number or truth value as written.
    case literal(String)
  }

  private let bytes: [UInt8]
  private var position = 0

  /// A resource in XML; nil when the bytes are not a JSON object.
  static func write(_ json: [UInt8]) -> [UInt8]? {
    var reader = FHIRXML(bytes: json)
    guard let node = reader.value(), case .object = node else { return nil }
    var output: [UInt8] = []
    output.reserveCapacity(json.count * 2)
    output.write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
    resource(node, isOutermost: true, &output)
    output.write("\n")
    return output
  }

  // MARK: - Writing

  private static func resource(_ node: Node, isOutermost: Bool, _ output: inout [UInt8]) {
    guard case .object(let members) = node,
      case .text(let type)? = members.first(where: { $0.name == "resourceType" })?.value
    else { return }
    output.write(isOutermost ? "<\(type) xmlns=\"http://hl7.org/fhir\">" : "<\(type)>")
    children(members.filter { $0.name != "resourceType" }, &output)
    output.write("</\(type)>")
    if !isOutermost { output.write("\n") }
  }

  private static func children(_ members: [(name: String, value: Node)], _ output: inout [UInt8]) {
    for member in members {
      if member.name == "resource" {
        output.write("<resource>")
        resource(member.value, isOutermost: false, &output)
        output.write("</resource>")
      } else if member.name.hasPrefix("_") {
        let name = String(member.name.dropFirst())
        // Beside a value it was written there.
        if !members.contains(where: { $0.name == name }) { element(name, nil, within: member.value, &output) }
      } else {
        let within = members.first { $0.name == "_\(member.name)" }?.value
        element(member.name, member.value, within: within, &output)
      }
    }
  }

  private static func element(_ name: String, _ node: Node?, within: Node?, _ output: inout [UInt8]) {
    switch node {
    case .array(let items):
      for item in items { element(name, item, within: nil, &output) }
    case .object(var members):
      output.write("<\(name)")
      if name == "extension", let url = members.firstIndex(where: { $0.name == "url" }),
        case .text(let text) = members[url].value
      {
        attribute("url", text, &output)
        members.remove(at: url)
      }
      output.write(">")
      children(members, &output)
      output.write("</\(name)>")
    case .text(let text), .literal(let text):
      output.write("<\(name)")
      attribute("value", text, &output)
      close(name, within, &output)
    case nil:
      output.write("<\(name)")
      close(name, within, &output)
    }
  }

  private static func close(_ name: String, _ within: Node?, _ output: inout [UInt8]) {
    guard case .object(let members)? = within else { return output.write("/>") }
    output.write(">")
    children(members, &output)
    output.write("</\(name)>")
  }

  private static func attribute(_ name: String, _ text: String, _ output: inout [UInt8]) {
    output.write(" \(name)=\"")
    // A parser makes blanks of line ends in an attribute, unless they are written as characters.
    for (position, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      if position > 0 { output.write("&#10;") }
      output.writeEscaped(String(line))
    }
    output.write("\"")
  }

  // MARK: - Reading

  private init(bytes: [UInt8]) { self.bytes = bytes }

  private mutating func skipBlanks() {
    while position < bytes.count, bytes[position] <= 0x20 { position += 1 }
  }

  private mutating func takes(_ byte: Character) -> Bool {
    skipBlanks()
    guard position < bytes.count, bytes[position] == byte.asciiValue else { return false }
    position += 1
    return true
  }

  private mutating func value() -> Node? {
    if takes("{") {
      var members: [(name: String, value: Node)] = []
      if takes("}") { return .object([]) }
      repeat {
        guard takes("\""), let name = text(), takes(":"), let value = value() else { return nil }
        members.append((name, value))
      } while takes(",")
      return takes("}") ? .object(members) : nil
    }
    if takes("[") {
      var items: [Node] = []
      if takes("]") { return .array([]) }
      repeat {
        guard let item = value() else { return nil }
        items.append(item)
      } while takes(",")
      return takes("]") ? .array(items) : nil
    }
    if takes("\"") { return text().map { .text($0) } }
    let start = position
    while position < bytes.count, !Self.ends.contains(bytes[position]) { position += 1 }
    return start == position ? nil : .literal(String(decoding: bytes[start..<position], as: UTF8.self))
  }

  private static let ends = Set(",]} \n\t\r".utf8)

  /// The rest of a text whose first quote was taken. Escapes are those of `writeJSON`.
  private mutating func text() -> String? {
    var text: [UInt8] = []
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      if byte == 0x22 { return String(decoding: text, as: UTF8.self) }
      guard byte == 0x5C else {
        text.append(byte)
        continue
      }
      guard position < bytes.count else { return nil }
      let escape = bytes[position]
      position += 1
      switch escape {
      case UInt8(ascii: "n"): text.append(0x0A)
      case UInt8(ascii: "r"): text.append(0x0D)
      case UInt8(ascii: "t"): text.append(0x09)
      case UInt8(ascii: "u"):
        guard position + 4 <= bytes.count,
          let code = UInt32(String(decoding: bytes[position..<position + 4], as: UTF8.self), radix: 16),
          let scalar = Unicode.Scalar(code)
        else { return nil }
        position += 4
        text += Array(String(Character(scalar)).utf8)
      default: text.append(escape)
      }
    }
    return nil
  }
}
