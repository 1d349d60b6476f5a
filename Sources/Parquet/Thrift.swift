/// The types of the Thrift compact protocol, in which the metadata of Parquet is written.
///
/// Apache Thrift, "Thrift Compact protocol encoding", doc/specs/thrift-compact-protocol.md.
enum ThriftType: UInt8 {
  case yes = 1
  case no, byte, int16, int32, int64, double, binary, list, set, map, structure, uuid
}

/// Writes metadata.
struct ThriftWriter {
  private(set) var bytes: [UInt8] = []
  private var outer: [Int] = []
  private var previous = 0

  mutating func variableLength(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  /// A number as list element.
  mutating func number(_ value: Int) { variableLength(UInt64(bitPattern: Int64(value << 1 ^ value >> 63))) }

  /// Bytes as list element.
  mutating func binary(_ value: some Collection<UInt8>) {
    variableLength(UInt64(value.count))
    bytes.append(contentsOf: value)
  }

  private mutating func header(_ id: Int, _ type: ThriftType) {
    let step = id - previous
    if step > 0 && step < 16 {
      bytes.append(UInt8(step) << 4 | type.rawValue)
    } else {
      bytes.append(type.rawValue)
      number(id)
    }
    previous = id
  }

  mutating func int16(_ id: Int, _ value: Int) {
    header(id, .int16)
    number(value)
  }

  mutating func int32(_ id: Int, _ value: Int) {
    header(id, .int32)
    number(value)
  }

  mutating func int64(_ id: Int, _ value: Int) {
    header(id, .int64)
    number(value)
  }

  mutating func binary(_ id: Int, _ value: some Collection<UInt8>) {
    header(id, .binary)
    binary(value)
  }

  mutating func list(_ id: Int, of type: ThriftType, count: Int) {
    header(id, .list)
    if count < 15 {
      bytes.append(UInt8(count) << 4 | type.rawValue)
    } else {
      bytes.append(0xF0 | type.rawValue)
      variableLength(UInt64(count))
    }
  }

  /// A structure as list element or as the whole.
  mutating func structure(_ fields: (inout ThriftWriter) -> Void) {
    outer.append(previous)
    previous = 0
    fields(&self)
    bytes.append(0)
    previous = outer.removeLast()
  }

  mutating func structure(_ id: Int, _ fields: (inout ThriftWriter) -> Void) {
    header(id, .structure)
    structure(fields)
  }
}

/// Reads metadata, field by field:
///
///     var id = 0
///     while let type = try thrift.field(&id) {
///       switch id {
///       case 1: rows = try thrift.number(type)
///       default: try thrift.skip(type)
///       }
///     }
struct ThriftReader {
  private let bytes: [UInt8]
  private(set) var position: Int
  private let end: Int

  init(_ bytes: [UInt8], in range: Range<Int>) {
    precondition(range.upperBound <= bytes.count)
    self.bytes = bytes
    position = range.lowerBound
    end = range.upperBound
  }

  private mutating func byte() throws(Flaw) -> UInt8 {
    if position >= end { throw Flaw("metadata end too early; the file is damaged or was not written to its end") }
    position += 1
    return bytes[position - 1]
  }

  private mutating func variableLength() throws(Flaw) -> UInt64 {
    var value: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 64, by: 7) {
      let next = try byte()
      value |= UInt64(next & 0x7F) << shift
      if next < 0x80 { return value }
    }
    throw Flaw("metadata hold a number of more than 64 bits; the file is damaged")
  }

  private mutating func number() throws(Flaw) -> Int {
    let value = try variableLength()
    return Int(Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1))
  }

  private func type(_ code: UInt8) throws(Flaw) -> ThriftType {
    guard let type = ThriftType(rawValue: code) else {
      throw Flaw("metadata hold a field of unknown type; the file is damaged")
    }
    return type
  }

  private func mismatch(_ expected: String) -> Flaw {
    Flaw("metadata hold something else where \(expected) must be; the file is damaged")
  }

  /// The next field of a structure, nil at its end. `id` is 0 before the first.
  mutating func field(_ id: inout Int) throws(Flaw) -> ThriftType? {
    let header = try byte()
    if header == 0 { return nil }
    let step = Int(header >> 4)
    let next = step == 0 ? try number() : id + step
    // Ids are 16 bits.
    guard next > 0 && next <= 0x7FFF else { throw mismatch("a field number") }
    id = next
    return try type(header & 15)
  }

  mutating func number(_ type: ThriftType) throws(Flaw) -> Int {
    switch type {
    case .byte: return Int(Int8(bitPattern: try byte()))
    case .int16, .int32, .int64: return try number()
    default: throw mismatch("a number")
    }
  }

  func flag(_ type: ThriftType) throws(Flaw) -> Bool {
    guard type == .yes || type == .no else { throw mismatch("yes or no") }
    return type == .yes
  }

  mutating func binary(_ type: ThriftType) throws(Flaw) -> ArraySlice<UInt8> {
    guard type == .binary else { throw mismatch("text") }
    let count = try variableLength()
    guard count <= UInt64(end - position) else { throw mismatch("text that ends within the metadata") }
    position += Int(count)
    return bytes[(position - Int(count))..<position]
  }

  mutating func text(_ type: ThriftType) throws(Flaw) -> String {
    String(decoding: try binary(type), as: UTF8.self)
  }

  /// Number and type of the elements that follow.
  mutating func list(_ type: ThriftType) throws(Flaw) -> (count: Int, type: ThriftType) {
    guard type == .list || type == .set else { throw mismatch("a list") }
    let header = try byte()
    let count = header >> 4 == 15 ? try variableLength() : UInt64(header >> 4)
    // Every element takes a byte or more.
    guard count <= UInt64(end - position) else { throw mismatch("a list that ends within the metadata") }
    return (Int(count), try self.type(header & 15))
  }

  /// Checks that a structure follows; its fields come next.
  func structure(_ type: ThriftType) throws(Flaw) {
    guard type == .structure else { throw mismatch("a structure") }
  }

  mutating func skip(_ type: ThriftType, isElement: Bool = false, depth: Int = 0) throws(Flaw) {
    if depth > 16 { throw mismatch("a structure of at most 16 levels") }
    switch type {
    case .yes, .no: if isElement { _ = try byte() }
    case .byte: _ = try byte()
    case .int16, .int32, .int64: _ = try variableLength()
    case .double: for _ in 0..<8 { _ = try byte() }
    case .uuid: for _ in 0..<16 { _ = try byte() }
    case .binary: _ = try binary(type)
    case .list, .set:
      let (count, element) = try list(type)
      for _ in 0..<count { try skip(element, isElement: true, depth: depth + 1) }
    case .map:
      let count = try variableLength()
      if count == 0 { return }
      let types = try byte()
      let (key, value) = (try self.type(types >> 4), try self.type(types & 15))
      guard count <= UInt64(end - position) else { throw mismatch("a map that ends within the metadata") }
      for _ in 0..<count {
        try skip(key, isElement: true, depth: depth + 1)
        try skip(value, isElement: true, depth: depth + 1)
      }
    case .structure:
      var id = 0
      while let field = try self.field(&id) { try skip(field, depth: depth + 1) }
    }
  }
}
