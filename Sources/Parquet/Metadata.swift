/// The footer of a file.
///
/// Apache Parquet, parquet-format 2.11, src/main/thrift/parquet.thrift; the numbers are the field ids there.
struct FileMetadata: Sendable {
  var schema: [SchemaElement] = []
  var rows = 0
  var groups: [GroupMetadata] = []
  var pairs: [(key: String, value: String)] = []
}

/// A row group in the footer.
struct GroupMetadata: Sendable {
  var chunks: [ChunkMetadata] = []
  var rows = 0
  var uncompressedSize = 0
}

/// The values of one column in one row group, in the footer.
struct ChunkMetadata: Sendable {
  var physical = 0
  var encodings: [Int] = []
  var codec = Codec.zstd.rawValue
  var values = 0
  var uncompressedSize = 0
  var compressedSize = 0
  var dataOffset = 0
  var dictionaryOffset: Int?
  var isElsewhere = false
  var statistics = ChunkStatistics()
  /// Encodings of the data pages, if the file says so.
  var dataPageEncodings: [Int]?

  /// Where its pages begin.
  var start: Int {
    if let dictionaryOffset, dictionaryOffset > 0 { return min(dictionaryOffset, dataOffset) }
    return dataOffset
  }

  /// Whether all its values are in a dictionary, as far as the footer tells.
  var isDictionaryOnly: Bool {
    if let dataPageEncodings { return dataPageEncodings.allSatisfy(Encoding.isDictionary) }
    return encodings.contains(where: Encoding.isDictionary)
  }
}

/// What a reader keeps of a chunk.
struct ChunkPlace: Sendable {
  let start: Int
  let size: Int
  let codec: Int
  let isDictionaryOnly: Bool

  init(_ chunk: ChunkMetadata) {
    start = chunk.start
    size = chunk.compressedSize
    codec = chunk.codec
    isDictionaryOnly = chunk.isDictionaryOnly
  }
}

/// Number of missing values, and the least and greatest value in the form of the PLAIN encoding.
struct ChunkStatistics: Sendable {
  var nulls = 0
  var least: [UInt8]?
  var greatest: [UInt8]?
}

/// The encodings of values that are written or read. The raw values are those of the format.
enum Encoding: Int {
  case plain = 0
  case plainDictionary = 2
  case runLength = 3
  case deltaPacked = 5
  case lengthsThenTexts = 6
  case frontCoded = 7
  case runLengthDictionary = 8

  static func isDictionary(_ code: Int) -> Bool {
    code == Encoding.plainDictionary.rawValue || code == Encoding.runLengthDictionary.rawValue
  }

  /// The name of an encoding, for messages.
  static func name(_ code: Int) -> String {
    let names = [
      "PLAIN", "", "PLAIN_DICTIONARY", "RLE", "BIT_PACKED", "DELTA_BINARY_PACKED", "DELTA_LENGTH_BYTE_ARRAY",
      "DELTA_BYTE_ARRAY", "RLE_DICTIONARY", "BYTE_STREAM_SPLIT",
    ]
    return names.indices.contains(code) ? names[code] : "unknown (\(code))"
  }
}

// MARK: - Writing

extension FileMetadata {
  /// The footer as it stands in the file.
  func encoded() -> [UInt8] {
    var thrift = ThriftWriter()
    thrift.structure { thrift in
      thrift.int32(1, 2)
      thrift.list(2, of: .structure, count: schema.count)
      for element in schema { element.write(to: &thrift) }
      thrift.int64(3, rows)
      thrift.list(4, of: .structure, count: groups.count)
      for (index, group) in groups.enumerated() { group.write(to: &thrift, index: index, schema: schema.dropFirst()) }
      thrift.list(5, of: .structure, count: pairs.count)
      for pair in pairs {
        thrift.structure { thrift in
          thrift.binary(1, pair.key.utf8)
          thrift.binary(2, pair.value.utf8)
        }
      }
      thrift.binary(6, "spiegel".utf8)
      // The order of values that least and greatest refer to: that of the type.
      thrift.list(7, of: .structure, count: schema.count - 1)
      for _ in schema.dropFirst() { thrift.structure { $0.structure(1) { _ in } } }
    }
    return thrift.bytes
  }
}

extension SchemaElement {
  func write(to thrift: inout ThriftWriter) {
    thrift.structure { thrift in
      if let physical {
        thrift.int32(1, physical)
        if length > 0 { thrift.int32(2, length) }
        thrift.int32(3, repetition)
      }
      thrift.binary(4, name.utf8)
      if children > 0 { thrift.int32(5, children) }
      // The old form first (6 to 8), then the new one (10).
      switch annotation {
      case .string:
        thrift.int32(6, 0)
        thrift.structure(10) { $0.structure(1) { _ in } }
      case .date:
        thrift.int32(6, 6)
        thrift.structure(10) { $0.structure(6) { _ in } }
      case .decimal(let precision, let scale):
        thrift.int32(6, 5)
        thrift.int32(7, scale)
        thrift.int32(8, precision)
        thrift.structure(10) {
          $0.structure(5) {
            $0.int32(1, scale)
            $0.int32(2, precision)
          }
        }
      case .none, .uuid, .integer, .other: break
      }
    }
  }
}

extension GroupMetadata {
  func write(to thrift: inout ThriftWriter, index: Int, schema: ArraySlice<SchemaElement>) {
    thrift.structure { thrift in
      thrift.list(1, of: .structure, count: chunks.count)
      for (chunk, element) in zip(chunks, schema) { chunk.write(to: &thrift, name: element.name) }
      thrift.int64(2, uncompressedSize)
      thrift.int64(3, rows)
      if let first = chunks.first { thrift.int64(5, first.start) }
      thrift.int64(6, chunks.reduce(0) { $0 + $1.compressedSize })
      // The format gives it 16 bits; it may be left out.
      if index <= Int(Int16.max) { thrift.int16(7, index) }
    }
  }
}

extension ChunkMetadata {
  func write(to thrift: inout ThriftWriter, name: String) {
    thrift.structure { thrift in
      // Deprecated but required: where the metadata of the chunk are, 0 for only in the footer.
      thrift.int64(2, 0)
      thrift.structure(3) { thrift in
        thrift.int32(1, physical)
        thrift.list(2, of: .int32, count: encodings.count)
        for encoding in encodings { thrift.number(encoding) }
        thrift.list(3, of: .binary, count: 1)
        thrift.binary(name.utf8)
        thrift.int32(4, codec)
        thrift.int64(5, values)
        thrift.int64(6, uncompressedSize)
        thrift.int64(7, compressedSize)
        thrift.int64(9, dataOffset)
        if let dictionaryOffset { thrift.int64(11, dictionaryOffset) }
        thrift.structure(12) { thrift in
          thrift.int64(3, statistics.nulls)
          if let least = statistics.least, let greatest = statistics.greatest {
            thrift.binary(5, greatest)
            thrift.binary(6, least)
          }
        }
      }
    }
  }
}

// MARK: - Reading

extension FileMetadata {
  init(_ thrift: inout ThriftReader) throws(Flaw) {
    var id = 0
    while let type = try thrift.field(&id) {
      switch id {
      case 2:
        let list = try thrift.list(type)
        for _ in 0..<list.count {
          try thrift.structure(list.type)
          schema.append(try SchemaElement(&thrift))
        }
      case 3: rows = try thrift.number(type)
      case 4:
        let list = try thrift.list(type)
        for _ in 0..<list.count {
          try thrift.structure(list.type)
          groups.append(try GroupMetadata(&thrift))
        }
      case 5:
        let list = try thrift.list(type)
        for _ in 0..<list.count {
          try thrift.structure(list.type)
          pairs.append(try Self.pair(&thrift))
        }
      default: try thrift.skip(type)
      }
    }
  }

  private static func pair(_ thrift: inout ThriftReader) throws(Flaw) -> (key: String, value: String) {
    var pair = (key: "", value: "")
    var id = 0
    while let type = try thrift.field(&id) {
      switch id {
      case 1: pair.key = try thrift.text(type)
      case 2: pair.value = try thrift.text(type)
      default: try thrift.skip(type)
      }
    }
    return pair
  }
}

extension SchemaElement {
  init(_ thrift: inout ThriftReader) throws(Flaw) {
    var (converted, scale, precision) = (-1, 0, 0)
    var logical: Annotation?
    var id = 0
    while let type = try thrift.field(&id) {
      switch id {
      case 1: physical = try thrift.number(type)
      case 2: length = try thrift.number(type)
      case 3: repetition = try thrift.number(type)
      case 4: name = try thrift.text(type)
      case 5: children = try thrift.number(type)
      case 6: converted = try thrift.number(type)
      case 7: scale = try thrift.number(type)
      case 8: precision = try thrift.number(type)
      case 10:
        try thrift.structure(type)
        logical = try Annotation(&thrift)
      default: try thrift.skip(type)
      }
    }
    annotation = logical ?? Annotation(converted: converted, precision: precision, scale: scale)
  }
}

extension Annotation {
  /// The old form.
  init(converted: Int, precision: Int, scale: Int) {
    self =
      switch converted {
      case -1: .none
      case 0, 4, 19: .string  // UTF8, ENUM, JSON
      case 5: .decimal(precision: precision, scale: scale)
      case 6: .date
      case 7...10: .other("time")
      case 11...14: .integer(bits: 8 << (converted - 11), isSigned: false)
      case 15...18: .integer(bits: 8 << (converted - 15), isSigned: true)
      default: .other("\(converted)")
      }
  }

  /// The new form: a structure of which exactly one field is there.
  init(_ thrift: inout ThriftReader) throws(Flaw) {
    self = .none
    var id = 0
    while let type = try thrift.field(&id) {
      try thrift.structure(type)
      switch id {
      case 1, 4, 12: self = .string
      case 6: self = .date
      case 14: self = .uuid
      case 5: self = .decimal(precision: 0, scale: 0)
      case 10: self = .integer(bits: 64, isSigned: true)
      case 7, 8: self = .other("time")
      default: self = .other("\(id)")
      }
      var inner = 0
      while let type = try thrift.field(&inner) {
        switch (self, inner) {
        case (.decimal(let precision, _), 1): self = .decimal(precision: precision, scale: try thrift.number(type))
        case (.decimal(_, let scale), 2): self = .decimal(precision: try thrift.number(type), scale: scale)
        case (.integer(_, let isSigned), 1): self = .integer(bits: try thrift.number(type), isSigned: isSigned)
        case (.integer(let bits, _), 2): self = .integer(bits: bits, isSigned: try thrift.flag(type))
        default: try thrift.skip(type)
        }
      }
    }
  }
}

extension GroupMetadata {
  init(_ thrift: inout ThriftReader) throws(Flaw) {
    var id = 0
    while let type = try thrift.field(&id) {
      switch id {
      case 1:
        let list = try thrift.list(type)
        for _ in 0..<list.count {
          try thrift.structure(list.type)
          chunks.append(try ChunkMetadata(&thrift))
        }
      case 3: rows = try thrift.number(type)
      default: try thrift.skip(type)
      }
    }
  }
}

extension ChunkMetadata {
  init(_ thrift: inout ThriftReader) throws(Flaw) {
    var id = 0
    while let type = try thrift.field(&id) {
      switch id {
      case 1:
        isElsewhere = true
        try thrift.skip(type)
      case 3:
        try thrift.structure(type)
        try readColumn(&thrift)
      default: try thrift.skip(type)
      }
    }
  }

  private mutating func readColumn(_ thrift: inout ThriftReader) throws(Flaw) {
    var id = 0
    while let type = try thrift.field(&id) {
      switch id {
      case 1: physical = try thrift.number(type)
      case 2:
        let list = try thrift.list(type)
        for _ in 0..<list.count { encodings.append(try thrift.number(list.type)) }
      case 4: codec = try thrift.number(type)
      case 5: values = try thrift.number(type)
      case 7: compressedSize = try thrift.number(type)
      case 9: dataOffset = try thrift.number(type)
      case 11: dictionaryOffset = try thrift.number(type)
      case 13:
        let list = try thrift.list(type)
        dataPageEncodings = []
        for _ in 0..<list.count {
          try thrift.structure(list.type)
          let page = try Self.pageEncoding(&thrift)
          if page.type != PageHeader.Kind.dictionary.rawValue { dataPageEncodings?.append(page.encoding) }
        }
      default: try thrift.skip(type)
      }
    }
  }

  private static func pageEncoding(_ thrift: inout ThriftReader) throws(Flaw) -> (type: Int, encoding: Int) {
    var page = (type: 0, encoding: 0)
    var id = 0
    while let type = try thrift.field(&id) {
      switch id {
      case 1: page.type = try thrift.number(type)
      case 2: page.encoding = try thrift.number(type)
      default: try thrift.skip(type)
      }
    }
    return page
  }
}
