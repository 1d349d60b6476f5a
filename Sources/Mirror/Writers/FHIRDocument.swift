/// A FHIR resource in the making, as JSON and as XML at once (hl7.org/fhir/R4/json.html, hl7.org/fhir/R4/xml.html): an
/// element with children is an object, an element that may occur again and again is an array, a primitive is a member or an
/// attribute `value`, and what is said of a primitive stands in `_name` or within its element. Both are written in one go:
/// making the one of the other took half the time of a run.
struct FHIRDocument {
  private(set) var json: [UInt8] = []
  private(set) var xml: [UInt8] = []
  /// Whether the next member or item of the JSON form follows another.
  private var isFollowing = false

  init(capacity: Int) {
    json.reserveCapacity(capacity)
    xml.reserveCapacity(capacity + capacity / 3)
    xml.write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
  }

  /// The resource that the document is.
  mutating func resource(_ type: String, _ children: (inout FHIRDocument) -> Void) {
    json.write("{\"resourceType\":\"\(type)\"")
    xml.write("<\(type) xmlns=\"http://hl7.org/fhir\">")
    isFollowing = true
    children(&self)
    json.write("}\n")
    end(type)
    xml.write("\n")
  }

  /// A resource within an element.
  mutating func resource(_ type: String, in name: String, _ children: (inout FHIRDocument) -> Void) {
    element(name) { document in
      document.json.write("\"resourceType\":\"\(type)\"")
      document.xml.write("<\(type)>")
      document.isFollowing = true
      children(&document)
      document.end(type)
      document.xml.write("\n")
    }
  }

  /// An element with children.
  mutating func element(_ name: String, _ children: (inout FHIRDocument) -> Void) {
    member(name)
    open(name)
    children(&self)
    close(name)
  }

  /// An element again and again, an item each.
  mutating func list<Items: Sequence>(
    _ name: String, _ items: Items, separator: String = "", _ children: (inout FHIRDocument, Items.Element) -> Void
  ) {
    member(name)
    json.append(UInt8(ascii: "["))
    json.write(separator)
    isFollowing = false
    for item in items {
      if isFollowing {
        json.append(UInt8(ascii: ","))
        json.write(separator)
      }
      open(name)
      children(&self, item)
      close(name)
    }
    json.write(separator)
    json.append(UInt8(ascii: "]"))
    isFollowing = true
  }

  /// A primitive that is a text, and what is said of it.
  mutating func text(_ name: String, _ text: String, _ within: ((inout FHIRDocument) -> Void)? = nil) {
    member(name)
    json.writeJSON(text)
    start(name)
    xml.write(" value=\"")
    attribute(text)
    guard let within else { return xml.write("\"/>") }
    xml.write("\">")
    said(name, within)
  }

  /// A primitive of which there is no value, only what is said of it.
  mutating func absent(_ name: String, _ within: (inout FHIRDocument) -> Void) {
    start(name)
    xml.append(UInt8(ascii: ">"))
    said(name, within)
  }

  /// A primitive that is a number, as written.
  mutating func number(_ name: String, _ number: some Collection<UInt8>) {
    member(name)
    json += number
    start(name)
    xml.write(" value=\"")
    xml += number
    xml.write("\"/>")
  }

  // MARK: - Extensions

  /// The extensions of an element: those that `all` adds.
  mutating func extensions(_ all: (inout FHIRDocument) -> Void) {
    member("extension")
    json.append(UInt8(ascii: "["))
    isFollowing = false
    all(&self)
    json.append(UInt8(ascii: "]"))
    isFollowing = true
  }

  /// A url and the type of the value of an extension: what stands before the value in both forms.
  struct Extension: Sendable {
    fileprivate let json: [UInt8]
    fileprivate let xml: [UInt8]
    fileprivate let isText: Bool

    /// `type` is `valueString`, `valueCode`, `valueInteger` or `valueDecimal`.
    init(_ url: String, _ type: String) {
      json = Array("{\"url\":\"\(url)\",\"\(type)\":".utf8)
      xml = Array("<extension url=\"\(url)\"><\(type) value=\"".utf8)
      isText = type == "valueString" || type == "valueCode"
    }
  }

  /// Adds an extension with a primitive.
  mutating func add(_ kind: Extension, _ value: some Collection<UInt8>) {
    if isFollowing { json.append(UInt8(ascii: ",")) }
    isFollowing = true
    json += kind.json
    xml += kind.xml
    if kind.isText {
      json.writeJSON(bytes: value)
      attribute(bytes: value)
    } else {
      json += value
      xml += value
    }
    json.append(UInt8(ascii: "}"))
    xml.write("\"/></extension>")
  }

  /// Adds an extension that is made of others.
  mutating func add(_ url: String, _ parts: (inout FHIRDocument) -> Void) {
    json.write(isFollowing ? ",{\"url\":\"\(url)\"" : "{\"url\":\"\(url)\"")
    xml.write("<extension url=\"\(url)\">")
    isFollowing = true
    extensions(parts)
    json.append(UInt8(ascii: "}"))
    xml.write("</extension>")
  }

  // MARK: - Pieces

  private mutating func member(_ name: String) {
    json.write(isFollowing ? ",\"" : "\"")
    json.write(name)
    json.write("\":")
    isFollowing = true
  }

  private mutating func start(_ name: String) {
    xml.append(UInt8(ascii: "<"))
    xml.write(name)
  }

  private mutating func open(_ name: String) {
    json.append(UInt8(ascii: "{"))
    start(name)
    xml.append(UInt8(ascii: ">"))
    isFollowing = false
  }

  private mutating func close(_ name: String) {
    json.append(UInt8(ascii: "}"))
    end(name)
    isFollowing = true
  }

  private mutating func end(_ name: String) {
    xml.write("</")
    xml.write(name)
    xml.append(UInt8(ascii: ">"))
  }

  /// What is said of a primitive whose element is open.
  private mutating func said(_ name: String, _ within: (inout FHIRDocument) -> Void) {
    member("_" + name)
    json.append(UInt8(ascii: "{"))
    isFollowing = false
    within(&self)
    json.append(UInt8(ascii: "}"))
    end(name)
    isFollowing = true
  }

  private mutating func attribute(_ text: String) {
    var text = text
    text.withUTF8 { attribute(bytes: $0) }
  }

  /// A parser makes blanks of line ends in an attribute, unless they are written as characters.
  private mutating func attribute(bytes: some Collection<UInt8>) {
    if !bytes.contains(0x0A) { return xml.writeEscaped(bytes: bytes) }
    for (position, line) in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
      if position > 0 { xml.write("&#10;") }
      xml.writeEscaped(bytes: line)
    }
  }
}
