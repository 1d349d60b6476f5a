/// What stands before each page.
struct PageHeader {
  /// The raw values are those of the format.
  enum Kind: Int {
    case data = 0
    case index = 1
    case dictionary = 2
    case dataV2 = 3
  }

  var kind = 0
  /// Bytes of the page before and after compression.
  var uncompressedSize = 0
  var compressedSize = 0
  /// Rows in a data page, values in a dictionary.
  var values = 0
  var encoding = Encoding.plain.rawValue
  var levelEncoding = Encoding.runLength.rawValue
  /// Version 2 only: bytes of the levels, which are not compressed, and whether the values are.
  var definitionBytes = 0
  var repetitionBytes = 0
  var isCompressed = true
}

extension PageHeader {
  /// A data page (version 1) or a dictionary page.
  func encoded() -> [UInt8] {
    var thrift = ThriftWriter()
    thrift.structure { thrift in
      thrift.int32(1, kind)
      thrift.int32(2, uncompressedSize)
      thrift.int32(3, compressedSize)
      let isDictionary = kind == Kind.dictionary.rawValue
      thrift.structure(isDictionary ? 7 : 5) { thrift in
        thrift.int32(1, values)
        thrift.int32(2, encoding)
        if !isDictionary {
          thrift.int32(3, Encoding.runLength.rawValue)
          thrift.int32(4, Encoding.runLength.rawValue)
        }
      }
    }
    return thrift.bytes
  }

  init(_ thrift: inout ThriftReader) throws(Flaw) {
    var id = 0
    while let type = try thrift.field(&id) {
      switch id {
      case 1: kind = try thrift.number(type)
      case 2: uncompressedSize = try thrift.number(type)
      case 3: compressedSize = try thrift.number(type)
      case 5, 7:
        try thrift.structure(type)
        try readPage(&thrift)
      case 8:
        try thrift.structure(type)
        try readPageV2(&thrift)
      default: try thrift.skip(type)
      }
    }
    // Bounded, so that sums of them cannot overflow.
    for size in [uncompressedSize, compressedSize, definitionBytes, repetitionBytes] {
      guard (0...Limits.pageBytes).contains(size) else {
        throw Flaw("a page has an impossible size; the file is damaged")
      }
    }
    guard (0...Limits.rows).contains(values) else {
      throw Flaw("a page has an impossible number of rows; the file is damaged")
    }
  }

  private mutating func readPage(_ thrift: inout ThriftReader) throws(Flaw) {
    var id = 0
    while let type = try thrift.field(&id) {
      switch id {
      case 1: values = try thrift.number(type)
      case 2: encoding = try thrift.number(type)
      case 3 where type == .int32: levelEncoding = try thrift.number(type)
      default: try thrift.skip(type)
      }
    }
  }

  private mutating func readPageV2(_ thrift: inout ThriftReader) throws(Flaw) {
    var id = 0
    while let type = try thrift.field(&id) {
      switch id {
      case 1: values = try thrift.number(type)
      case 4: encoding = try thrift.number(type)
      case 5: definitionBytes = try thrift.number(type)
      case 6: repetitionBytes = try thrift.number(type)
      case 7: isCompressed = try thrift.flag(type)
      default: try thrift.skip(type)
      }
    }
  }
}
