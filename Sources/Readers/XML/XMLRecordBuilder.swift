import CLibXML2

/// A name as libxml2 keeps it: equal names of one document are at one address, which is compared and never followed.
struct InternedName: Equatable {
  private let address: UInt

  @inline(__always)
  init(_ name: UnsafePointer<xmlChar>?) { address = UInt(bitPattern: name) }
}

/// Turns the events of a document into records.
///
/// For each field it watches the elements at the end of the field's path. What such an element holds goes into the slot
/// of the element that the path starts from; a record takes its fields from the slots when it closes.
@safe
struct XMLRecordBuilder: ~Copyable {
  /// Holds nothing that is counted by reference: it is looked at for every element.
  private struct Field {
    let ups: Int
    /// Local names on the way down, among those of all fields.
    let names: Range<Int>
    let lastName: InternedName?
    let attribute: InternedName?
    /// The name and depth that the element must have from which the path starts; nil where they are not known.
    let baseName: InternedName?
    let baseDepth: Int?
  }

  private struct Capture {
    let field: Int
    let baseDepth: Int
    let depth: Int
  }

  var records = RecordBuffer()
  /// The first thing that is refused; reading stops there.
  private(set) var refusal: ReadError.Kind?

  private let recordNames: [InternedName]
  private let isAbsolute: Bool
  private let fields: [Field]
  private let fieldNames: [InternedName]
  private var slots: XMLSlots
  private var open: [InternedName] = []
  private var captures: [Capture] = []  // texts that are being read, by depth
  private var recordDepth: Int?  // of the record that is open
  private var ordinal = 0

  init(record: XMLRecordPath, fields: [XMLField], intern: (String) -> InternedName) throws(ReadError) {
    let recordNames = record.names.map(intern)
    isAbsolute = record.isAbsolute
    var known: [Field] = []
    var fieldNames: [InternedName] = []
    for field in fields {
      let level = record.names.count - field.ups
      if level < 1 && record.isAbsolute {
        throw ReadError(
          .badPath, detail: "a field is \(field.ups) steps above a record at depth \(record.names.count)")
      }
      let first = fieldNames.count
      fieldNames += field.names.map(intern)
      known.append(
        Field(
          ups: field.ups, names: first..<fieldNames.count, lastName: field.names.last.map(intern),
          attribute: field.attribute.map(intern), baseName: level >= 1 ? recordNames[level - 1] : nil,
          baseDepth: record.isAbsolute ? level : nil))
    }
    self.fieldNames = fieldNames
    self.recordNames = recordNames
    self.fields = known
    slots = XMLSlots(fieldCount: fields.count, depthCount: XMLReader.maximumDepth + 1)
    records.removeAll()
  }

  /// Five pointers an attribute: local name, prefix, namespace, begin and end of the value.
  mutating func start(_ name: InternedName, attributes: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?, count: Int) {
    if open.count == XMLReader.maximumDepth { return refuse(.tooDeep) }
    open.append(name)
    let depth = open.count
    slots.empty(depth: depth)
    if recordDepth == nil && isRecord(name) { recordDepth = depth }
    for i in fields.indices {
      guard let base = baseDepth(of: fields[i], endingIn: name, at: depth) else { continue }
      guard let wanted = fields[i].attribute else {
        if slots.claim(i, base) { captures.append(Capture(field: i, baseDepth: base, depth: depth)) }
        continue
      }
      for k in 0..<count {
        guard let attributes = unsafe attributes, unsafe InternedName(attributes[5 * k]) == wanted else { continue }
        if slots.claim(i, base) { unsafe store(i, base, attributes[5 * k + 3], attributes[5 * k + 4]) }
        break
      }
    }
  }

  @inline(__always)
  mutating func text(_ bytes: UnsafeRawBufferPointer) {
    var i = captures.count &- 1
    let depth = open.count
    while i >= 0 && captures[i].depth == depth {
      let capture = captures[i]
      let isKept = unsafe slots.append(
        bytes, to: capture.field, capture.baseDepth, limit: XMLReader.maximumFieldBytes)
      if !isKept { refuse(.fieldTooLarge) }
      i &-= 1
    }
  }

  mutating func end() {
    let depth = open.count
    if depth == 0 { return }
    while let last = captures.last, last.depth == depth { captures.removeLast() }
    if recordDepth == depth {
      recordDepth = nil
      ordinal += 1
      records.beginRecord()
      for i in fields.indices {
        // A path that leads above the root gives an empty field.
        let base = depth - fields[i].ups
        slots.append(i, max(base, 0), to: &records)
      }
      records.keepRecord(line: ordinal)
    }
    open.removeLast()
  }

  mutating func refuse(_ kind: ReadError.Kind) {
    if refusal == nil { refusal = kind }
  }

  /// Whether the innermost open element is a record. One within a record is not.
  @inline(__always)
  private func isRecord(_ name: InternedName) -> Bool {
    let count = recordNames.count
    let depth = open.count
    if name != recordNames[count - 1] || (isAbsolute ? depth != count : depth < count) { return false }
    for i in 0..<count where open[depth - count + i] != recordNames[i] { return false }
    return true
  }

  /// The depth of the element from which a field's path starts when it ends in the element at `depth`.
  @inline(__always)
  private func baseDepth(of field: Field, endingIn name: InternedName, at depth: Int) -> Int? {
    if let lastName = field.lastName, lastName != name { return nil }
    let base = depth &- field.names.count
    if base < 1 { return nil }
    if let wanted = field.baseDepth, wanted != base { return nil }
    if let wanted = field.baseName, wanted != open[base - 1] { return nil }
    for (i, k) in field.names.enumerated() where open[base + i] != fieldNames[k] { return nil }
    return base
  }

  private mutating func store(
    _ field: Int, _ base: Int, _ begin: UnsafePointer<xmlChar>?, _ end: UnsafePointer<xmlChar>?
  ) {
    guard let begin = unsafe begin, let end = unsafe end else { return }
    let value = unsafe UnsafeRawBufferPointer(start: begin, count: end - begin)
    var rest = unsafe value[...]
    // libxml2 hands an ampersand in an attribute on as `&#38;`, and writes no other reference.
    let ampersand: StaticString = "&#38;"
    var isStored = true
    while let place = unsafe rest.firstIndex(of: UInt8(ascii: "&")) {
      let isReference = unsafe rest[place...].starts(with: UnsafeRawBufferPointer(start: ampersand.utf8Start, count: 5))
      isStored = unsafe isStored && append(rest[...place], field, base)
      unsafe rest = rest[(place + (isReference ? 5 : 1))...]
    }
    isStored = unsafe isStored && append(rest, field, base)
    if !isStored { refuse(.fieldTooLarge) }
  }

  private mutating func append(_ bytes: Slice<UnsafeRawBufferPointer>, _ field: Int, _ base: Int) -> Bool {
    unsafe slots.append(
      UnsafeRawBufferPointer(rebasing: bytes), to: field, base, limit: XMLReader.maximumFieldBytes)
  }
}
