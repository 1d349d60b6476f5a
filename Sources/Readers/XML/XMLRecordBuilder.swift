import CLibXML2

/// A name as libxml2 keeps it: equal names of one document are at one address, which is compared and never followed.
struct InternedName: Equatable {
  private let address: UInt

  @inline(__always)
  init(_ name: UnsafePointer<xmlChar>?) { address = UInt(bitPattern: name) }

  /// No name at all.
  static var none: InternedName { unsafe InternedName(nil) }

  /// A number below `1 << bits` that differs for most names and numbers.
  @inline(__always)
  func hash(with number: Int, bits: Int) -> Int {
    let mixed = address ^ UInt(truncatingIfNeeded: number) &<< 32
    return Int(truncatingIfNeeded: (mixed &* 0x9E37_79B9_7F4A_7C15) &>> UInt(64 &- bits))
  }
}

/// Turns the events of a document into records.
///
/// For each field it watches the elements at the end of the field's path. What such an element holds goes into the slot
/// of the element that the path starts from; a record takes its fields from the slots when it closes.
///
/// It is called three times for every element of files of many GB. So all that it looks at then lies in memory of its own
/// that never grows, and holds nothing that is counted by reference.
@safe
struct XMLRecordBuilder: ~Copyable {
  struct Field {
    let ups: Int
    /// Local names on the way down, among those of all fields: the first, and how many.
    let firstName: Int
    let nameCount: Int
    let attribute: InternedName?
    /// The name and depth that the element must have from which the path starts; nil where they are not known.
    let baseName: InternedName?
    let baseDepth: Int?
  }

  /// A text that is being read: into which slot, and directly in which element.
  struct Capture {
    let slot: Int
    let depth: Int
  }

  var records = RecordBuffer()
  /// The first thing that is refused; reading stops there.
  private(set) var refusal: ReadError.Kind?

  private let recordNames: FixedMemory<InternedName>
  private let isAbsolute: Bool
  private let fields: FixedMemory<Field>
  private let fieldNames: FixedMemory<InternedName>
  private var places: XMLPlaces
  /// The place of each open element, by depth; the document's at depth 0.
  private let openPlaces: FixedMemory<Int>
  /// Whether a field can start from an element at a depth.
  private let isBaseDepth: FixedMemory<Bool>
  private var slots: XMLSlots
  private let open: FixedMemory<InternedName>
  private var depth = 0
  private let captures: FixedMemory<Capture>
  private var captureCount = 0
  private var recordDepth = 0  // of the record that is open; 0 while none is
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
          ups: field.ups, firstName: first, nameCount: field.names.count, attribute: field.attribute.map(intern),
          baseName: level >= 1 ? recordNames[level - 1] : nil, baseDepth: record.isAbsolute ? level : nil))
    }
    let depths = XMLReader.maximumDepth + 1
    self.fieldNames = FixedMemory(fieldNames)
    self.recordNames = FixedMemory(recordNames)
    self.fields = FixedMemory(known)
    places = XMLPlaces(fieldCount: fields.count)
    openPlaces = FixedMemory(Array(repeating: 0, count: depths))
    isBaseDepth = FixedMemory(
      (0..<depths).map { depth in known.contains { $0.baseDepth == nil || $0.baseDepth == depth } })
    slots = XMLSlots(fieldCount: fields.count, depthCount: depths)
    open = FixedMemory(Array(repeating: InternedName.none, count: depths))
    // A slot is read from one element at a time.
    captures = FixedMemory(Array(repeating: Capture(slot: 0, depth: 0), count: fields.count * depths))
    records.removeAll()
  }

  /// Five pointers an attribute: local name, prefix, namespace, begin and end of the value.
  mutating func start(_ name: InternedName, attributes: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?, count: Int) {
    if depth == XMLReader.maximumDepth { return refuse(.tooDeep) }
    depth &+= 1
    open[depth &- 1] = name
    let parent = openPlaces[depth &- 1]
    let number = places.child(name, of: parent) ?? workOut(name, of: parent)
    openPlaces[depth] = number
    let place = places[number]
    if place.isBase { slots.empty(depth: depth) }
    if recordDepth == 0 && place.isRecord { recordDepth = depth }
    for k in place.firstWatch..<place.firstWatch &+ place.watchCount {
      let watch = places[watch: k]
      if watch.attribute == .none {
        if slots.claim(watch.slot) {
          captures[captureCount] = Capture(slot: watch.slot, depth: depth)
          captureCount &+= 1
        }
      } else {
        unsafe take(watch, attributes, count)
      }
    }
  }

  /// Works out what is to be done at the place of the innermost element.
  @inline(never)
  private mutating func workOut(_ name: InternedName, of parent: Int) -> Int {
    var watches: [XMLPlaces.Watch] = []
    for i in 0..<fields.count {
      let base = baseDepth(of: fields[i])
      if base > 0 {
        watches.append(XMLPlaces.Watch(slot: slots.index(i, base), attribute: fields[i].attribute ?? .none))
      }
    }
    return places.add(name, of: parent, isBase: isBaseDepth[depth], isRecord: isRecord(name), watches)
  }

  /// Takes a field's value from an attribute, if there is one.
  private mutating func take(
    _ watch: XMLPlaces.Watch, _ attributes: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?, _ count: Int
  ) {
    for k in 0..<count {
      guard let attributes = unsafe attributes, unsafe InternedName(attributes[5 * k]) == watch.attribute else {
        continue
      }
      if slots.claim(watch.slot) { unsafe store(watch.slot, attributes[5 * k + 3], attributes[5 * k + 4]) }
      break
    }
  }

  @inline(__always)
  mutating func text(_ bytes: UnsafeRawBufferPointer) {
    var i = captureCount &- 1
    while i >= 0 && captures[i].depth == depth {
      if unsafe !slots.append(bytes, to: captures[i].slot, limit: XMLReader.maximumFieldBytes) {
        refuse(.fieldTooLarge)
      }
      i &-= 1
    }
  }

  @inline(__always)
  mutating func end() {
    if depth == 0 { return }
    while captureCount > 0 && captures[captureCount &- 1].depth == depth { captureCount &-= 1 }
    if recordDepth == depth { endRecord() }
    depth &-= 1
  }

  @inline(never)
  private mutating func endRecord() {
    recordDepth = 0
    ordinal += 1
    records.beginRecord()
    for i in 0..<fields.count {
      // A path that leads above the root gives an empty field.
      slots.append(slots.index(i, max(depth &- fields[i].ups, 0)), to: &records)
    }
    records.keepRecord(line: ordinal)
  }

  mutating func refuse(_ kind: ReadError.Kind) {
    if refusal == nil { refusal = kind }
  }

  /// Whether the innermost open element is a record, unless it is within one.
  private func isRecord(_ name: InternedName) -> Bool {
    let count = recordNames.count
    if name != recordNames[count &- 1] || (isAbsolute ? depth != count : depth < count) { return false }
    for i in 0..<count where open[depth &- count &+ i] != recordNames[i] { return false }
    return true
  }

  /// The depth of the element from which a field's path starts when it ends in the innermost element; 0 when it does not.
  private func baseDepth(of field: Field) -> Int {
    let base = depth &- field.nameCount
    if base < 1 { return 0 }
    if let wanted = field.baseDepth, wanted != base { return 0 }
    if let wanted = field.baseName, wanted != open[base &- 1] { return 0 }
    for k in 0..<field.nameCount where open[base &+ k] != fieldNames[field.firstName &+ k] { return 0 }
    return base
  }

  private mutating func store(_ slot: Int, _ begin: UnsafePointer<xmlChar>?, _ end: UnsafePointer<xmlChar>?) {
    guard let begin = unsafe begin, let end = unsafe end else { return }
    let value = unsafe UnsafeRawBufferPointer(start: begin, count: end - begin)
    var rest = unsafe value[...]
    // libxml2 hands an ampersand in an attribute on as `&#38;`, and writes no other reference.
    let ampersand: StaticString = "&#38;"
    var isStored = true
    while let place = unsafe rest.firstIndex(of: UInt8(ascii: "&")) {
      let isReference = unsafe rest[place...].starts(with: UnsafeRawBufferPointer(start: ampersand.utf8Start, count: 5))
      isStored = unsafe isStored && append(rest[...place], slot)
      unsafe rest = rest[(place + (isReference ? 5 : 1))...]
    }
    isStored = unsafe isStored && append(rest, slot)
    if !isStored { refuse(.fieldTooLarge) }
  }

  private mutating func append(_ bytes: Slice<UnsafeRawBufferPointer>, _ slot: Int) -> Bool {
    unsafe slots.append(UnsafeRawBufferPointer(rebasing: bytes), to: slot, limit: XMLReader.maximumFieldBytes)
  }
}
