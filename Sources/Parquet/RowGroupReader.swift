import Columns

/// The pages of one column in one row group, one after the other.
struct PageReader: ~Copyable {
  private let bytes: [UInt8]
  private let decompressor: Decompressor
  private let codec: Codec
  private let isNullable: Bool
  private var at = 0
  private let end: Int
  private var remaining: Int

  /// Holds the current page after decompression and, beyond it, at least `RunLength.padding` bytes of no meaning.
  private(set) var body: [UInt8] = []
  /// Whether the current page is the dictionary.
  private(set) var isDictionary = false
  /// The encoding of the values of the current page.
  private(set) var encoding = Encoding.plain
  /// Rows of the current page, missing ones included; in a dictionary, values.
  private(set) var rows = 0
  /// Values that are there.
  private(set) var values = 0
  /// Where in `body` the values are.
  private(set) var valueRange = 0..<0
  /// Per row 1 where the value is there, 0 where it is missing; only of use when `values` is neither 0 nor `rows`.
  private(set) var presence: [UInt8] = []

  /// - Parameter bytes: the chunk and at least `RunLength.padding` bytes more.
  init(
    _ bytes: [UInt8], codec code: Int, rows: Int, isNullable: Bool, _ decompressor: Decompressor
  ) throws(Flaw) {
    guard let codec = Codec(rawValue: code) else {
      throw Flaw("is compressed by \(Codec.name(code)); write it with zstd or without compression")
    }
    self.decompressor = decompressor
    self.bytes = bytes
    self.codec = codec
    self.isNullable = isNullable
    remaining = rows
    end = bytes.count - RunLength.padding
  }

  /// Goes to the next page; false when all rows have been read.
  mutating func next() throws(Flaw) -> Bool {
    while remaining > 0 {
      var thrift = ThriftReader(bytes, in: at..<end)
      let header = try PageHeader(&thrift)
      let source = thrift.position..<(thrift.position + header.compressedSize)
      guard source.upperBound <= end else {
        throw Flaw("a page ends after its column; the file is damaged")
      }
      at = source.upperBound
      // Readers must skip kinds of pages that they do not know.
      guard let kind = PageHeader.Kind(rawValue: header.kind), kind != .index else { continue }
      guard let encoding = Encoding(rawValue: header.encoding) else {
        throw Flaw("is encoded as \(Encoding.name(header.encoding)); write it as PLAIN or with a dictionary")
      }
      self.encoding = encoding
      isDictionary = kind == .dictionary
      rows = header.values
      values = rows
      if !isDictionary {
        guard rows <= remaining else { throw Flaw("pages hold more rows than the row group; the file is damaged") }
        remaining -= rows
      }
      try load(header, kind, source)
      return true
    }
    return false
  }

  /// Decompresses a page and reads its levels.
  private mutating func load(_ header: PageHeader, _ kind: PageHeader.Kind, _ source: Range<Int>) throws(Flaw) {
    let size = header.uncompressedSize
    // In version 2 the levels come before the values and are never compressed.
    let levels = kind == .dataV2 ? header.definitionBytes + header.repetitionBytes : 0
    guard levels <= size, levels <= source.count, header.repetitionBytes == 0 || kind != .dataV2 else {
      throw Flaw("a page has levels that do not fit it; the file is damaged")
    }
    let isCompressed = codec == .zstd && (kind != .dataV2 || header.isCompressed)
    guard isCompressed ? Decompressor.isPossible(source.count, size) : source.count == size else {
      throw Flaw("a page is not as long as its header says; the file is damaged")
    }
    let start = isCompressed ? 0 : source.lowerBound
    if isCompressed {
      try decompress(source, levels: levels, size)
    } else {
      // Where the page lies there, it need not be copied.
      body = bytes
    }
    valueRange = start + levels..<start + size
    if kind == .dictionary || !isNullable { return }
    if kind == .dataV2 { return try readLevels(start..<start + levels) }
    guard header.levelEncoding == Encoding.runLength.rawValue else {
      throw Flaw("has levels encoded as \(Encoding.name(header.levelEncoding)); write it with a newer version")
    }
    let length = size < 4 ? size : Int(body.span.bytes.unsafeLoadUnaligned(fromByteOffset: start, as: UInt32.self))
    guard length <= size - 4 else { throw Flaw("a page has levels that do not fit it; the file is damaged") }
    valueRange = start + 4 + length..<start + size
    try readLevels(start + 4..<start + 4 + length)
  }

  private mutating func decompress(_ source: Range<Int>, levels: Int, _ size: Int) throws(Flaw) {
    if body.count < size + RunLength.padding {
      body = Array(repeating: 0, count: size + RunLength.padding)
    }
    body.replace(bytes, in: source.lowerBound..<(source.lowerBound + levels))
    if size > levels {
      try decompressor.decompress(
        bytes, in: (source.lowerBound + levels)..<source.upperBound, into: &body, at: levels..<size)
    }
  }

  private mutating func readLevels(_ range: Range<Int>) throws(Flaw) {
    let page = body
    // Nearly always all values are there, or none.
    if let level = try RunLength.onlyLevel(of: rows, from: page.span.bytes, in: range) {
      values = level == 0 ? 0 : rows
      return
    }
    try RunLength.decode(rows, from: page.span.bytes, in: range, width: 1, into: &presence)
    // One bit each, so 0 or 1; a run may still hold another number.
    var sum = 0
    var greatest: UInt8 = 0
    for level in presence {
      sum += Int(level)
      greatest = max(greatest, level)
    }
    guard greatest <= 1 else { throw Flaw("a page has levels above 1; the file is damaged") }
    values = sum
  }

  /// The indices of a page that uses the dictionary, one for each value that is there.
  func readIndices(into indices: inout [Int32], below count: Int) throws(Flaw) {
    if values == 0 { return indices.removeAll(keepingCapacity: true) }
    guard let first = valueRange.first, body[first] <= 32 else {
      throw Flaw("a page of indices has no width; the file is damaged")
    }
    try RunLength.decode(
      values, from: body.span.bytes, in: (first + 1)..<valueRange.upperBound, width: Int(body[first]), into: &indices)
    var greatest: UInt32 = 0
    for index in indices { greatest = max(greatest, UInt32(bitPattern: index)) }
    guard greatest < count else {
      throw Flaw("a page refers to values that are not in the dictionary; the file is damaged")
    }
  }

  /// The texts of a page that has them itself; those that are missing are empty.
  func readTexts(to texts: inout TextColumn) throws(Flaw) {
    if values == 0 {
      texts.ends.append(contentsOf: repeatElement(texts.bytes.count, count: rows))
      return
    }
    let presence = values == rows ? nil : presence
    let body = body.span.bytes
    switch encoding {
    case .plain: try texts.append(lengthsAndTexts: body, in: valueRange, rows: rows, presence: presence)
    case .lengthsThenTexts:
      try LengthsThenTexts.decode(values, from: body, in: valueRange, rows: rows, presence: presence, to: &texts)
    case .frontCoded:
      try FrontCoded.decode(values, from: body, in: valueRange, rows: rows, presence: presence, to: &texts)
    default: throw unexpected()
    }
  }

  /// The error for an encoding that does not go with the type.
  func unexpected() -> Flaw {
    Flaw("is encoded as \(Encoding.name(encoding.rawValue)), which does not fit its type; write it as PLAIN")
  }
}

/// Decodes the values of one column in one row group.
enum ChunkReader {
  static func read(_ type: ColumnType, rows: Int, _ pages: inout PageReader) throws(Flaw) -> Column {
    let column: Column =
      switch type {
      case .day: .day(try whole(rows, &pages))
      case .integer: .integer(try whole(rows, &pages))
      case .long: .long(try whole(rows, &pages))
      case .cents: .cents(try whole(rows, &pages))
      case .decimal: .decimal(try fixed(rows, &pages))
      case .identifier: .identifier(try fixed(rows, &pages))
      case .flag: .flag(try flags(rows, &pages))
      case .text: .text(try texts(rows, &pages))
      case .code: .code(try codes(rows, &pages))
      }
    guard column.count == rows else { throw Flaw("pages hold fewer rows than the row group; the file is damaged") }
    return column
  }

  private static func fixed<Value: PlainValue>(_ rows: Int, _ pages: inout PageReader) throws(Flaw) -> [Value] {
    try values(rows, &pages) { pages, _ throws(Flaw) in throw pages.unexpected() }
  }

  private static func whole<Value: PlainValue & SignedInteger & FixedWidthInteger>(
    _ rows: Int, _ pages: inout PageReader
  ) throws(Flaw) -> [Value] {
    try values(rows, &pages) { pages, values throws(Flaw) in
      try DeltaPacked.decode(pages.values, from: pages.body.span.bytes, in: pages.valueRange, to: &values)
    }
  }

  /// - Parameter unpack: adds the values of a page of differences.
  @inline(__always)
  private static func values<Value: PlainValue>(
    _ rows: Int, _ pages: inout PageReader, unpack: (borrowing PageReader, inout [Value]) throws(Flaw) -> Void
  ) throws(Flaw) -> [Value] {
    var result: [Value] = []
    result.reserveCapacity(min(rows, Limits.reservedRows))
    var dictionary: [Value] = []
    var present: [Value] = []
    var indices: [Int32] = []
    while try pages.next() {
      let body = pages.body.span.bytes
      if pages.isDictionary {
        guard Encoding.plain == pages.encoding || pages.encoding == .plainDictionary else { throw pages.unexpected() }
        dictionary.removeAll()
        try Plain.append(pages.values, from: body, in: pages.valueRange, to: &dictionary)
        continue
      }
      let isWhole = pages.values == pages.rows
      switch pages.encoding {
      case .plain where isWhole:
        try Plain.append(pages.values, from: body, in: pages.valueRange, to: &result)
        continue
      case .plain:
        present.removeAll(keepingCapacity: true)
        try Plain.append(pages.values, from: body, in: pages.valueRange, to: &present)
      case .deltaPacked where isWhole:
        try unpack(pages, &result)
        continue
      case .deltaPacked:
        present.removeAll(keepingCapacity: true)
        try unpack(pages, &present)
      case .plainDictionary, .runLengthDictionary:
        try pages.readIndices(into: &indices, below: dictionary.count)
        if isWhole {
          result.append(indices, of: dictionary)
          continue
        }
        present.removeAll(keepingCapacity: true)
        present.append(indices, of: dictionary)
      case .runLength, .lengthsThenTexts, .frontCoded: throw pages.unexpected()
      }
      result.append(spread: present, over: pages.presence, rows: pages.rows, missing: Value.missing)
    }
    return result
  }

  private static func flags(_ rows: Int, _ pages: inout PageReader) throws(Flaw) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(min(rows, Limits.reservedRows))
    var present: [UInt8] = []
    while try pages.next() {
      let (body, range) = (pages.body.span.bytes, pages.valueRange)
      switch pages.encoding {
      case .plain where !pages.isDictionary:
        present.removeAll(keepingCapacity: true)
        try Plain.append(flags: pages.values, from: body, in: range, to: &present)
      case .runLength where pages.values == 0: present.removeAll()
      case .runLength:
        guard range.count >= 4 else { throw Flaw("a page of flags has no length; the file is damaged") }
        let length = Int(body.unsafeLoadUnaligned(fromByteOffset: range.lowerBound, as: UInt32.self))
        guard length <= range.count - 4 else { throw Flaw("a page of flags is too short; the file is damaged") }
        let start = range.lowerBound + 4
        try RunLength.decode(pages.values, from: body, in: start..<(start + length), width: 1, into: &present)
        for row in present.indices where present[row] > 1 {
          throw Flaw("a page of flags holds other numbers than 0 and 1; the file is damaged")
        }
      default: throw pages.unexpected()
      }
      result.append(spread: present, over: pages.presence, rows: pages.rows, missing: Missing.flag)
    }
    return result
  }

  private static func texts(_ rows: Int, _ pages: inout PageReader) throws(Flaw) -> TextColumn {
    var result = TextColumn()
    result.ends.reserveCapacity(min(rows, Limits.reservedRows))
    var dictionary = TextColumn()
    var indices: [Int32] = []
    while try pages.next() {
      let (body, range) = (pages.body.span.bytes, pages.valueRange)
      let isWhole = pages.values == pages.rows
      switch (pages.isDictionary, pages.encoding) {
      case (true, .plain), (true, .plainDictionary):
        dictionary = TextColumn()
        try dictionary.append(lengthsAndTexts: body, in: range, rows: pages.values, presence: nil)
      case (false, .plain), (false, .lengthsThenTexts), (false, .frontCoded): try pages.readTexts(to: &result)
      case (false, .plainDictionary), (false, .runLengthDictionary):
        try pages.readIndices(into: &indices, below: dictionary.count)
        var next = 0
        for row in 0..<pages.rows {
          if isWhole || (pages.values > 0 && pages.presence[row] == 1) {
            result.append(Int(indices[next]), of: dictionary)
            next += 1
          } else {
            result.ends.append(result.bytes.count)
          }
        }
      default: throw pages.unexpected()
      }
    }
    return result
  }

  private static func codes(_ rows: Int, _ pages: inout PageReader) throws(Flaw) -> CodeColumn {
    var book = CodeBook()
    var result: [Int32] = []
    result.reserveCapacity(min(rows, Limits.reservedRows))
    var codes: [Int32] = []
    var indices: [Int32] = []
    while try pages.next() {
      let (body, range) = (pages.body.span.bytes, pages.valueRange)
      switch (pages.isDictionary, pages.encoding) {
      case (true, .plain), (true, .plainDictionary):
        var values = TextColumn()
        try values.append(lengthsAndTexts: body, in: range, rows: pages.values, presence: nil)
        codes = book.codes(of: values)
      case (false, .plain), (false, .lengthsThenTexts), (false, .frontCoded):
        var values = TextColumn()
        try pages.readTexts(to: &values)
        result.append(contentsOf: book.codes(of: values))
      case (false, .plainDictionary), (false, .runLengthDictionary):
        try pages.readIndices(into: &indices, below: codes.count)
        // Of a first dictionary the codes are the places in it.
        if codes.enumerated().contains(where: { $0 != $1 }) {
          let known = codes.span
          var span = indices.mutableSpan
          for row in span.indices { span[row] = known[Int(span[row])] }
        }
        result.append(spread: indices, over: pages.presence, rows: pages.rows, missing: Missing.code)
      default: throw pages.unexpected()
      }
    }
    var column = CodeColumn(book: book)
    column.indices = result
    return column
  }
}

extension CodeBook {
  /// The codes of texts, new or known; missing where a text is empty.
  fileprivate mutating func codes(of texts: borrowing TextColumn) -> [Int32] {
    var codes: [Int32] = []
    codes.reserveCapacity(texts.count)
    let bytes = texts.bytes.span
    for row in 0..<texts.count {
      let range = texts.range(row)
      codes.append(range.isEmpty ? Missing.code : code(bytes.extracting(range)))
    }
    return codes
  }
}

extension Array where Element: BitwiseCopyable {
  /// Adds the values of a dictionary that indices say; all are in it.
  @inline(__always)
  fileprivate mutating func append(_ indices: [Int32], of dictionary: [Element]) {
    let (from, values) = (indices.span, dictionary.span)
    append(addingCapacity: from.count) { (output: inout OutputSpan<Element>) in
      for row in from.indices { output.append(values[Int(from[row])]) }
    }
  }

  /// Adds the values that are there, with `missing` between them where `presence` is 0.
  @inline(__always)
  fileprivate mutating func append(spread values: [Element], over presence: [UInt8], rows: Int, missing: Element) {
    if values.count == rows { return append(bytesOfSame: values) }
    if values.isEmpty { return append(contentsOf: repeatElement(missing, count: rows)) }
    append(addingCapacity: rows) { (output: inout OutputSpan<Element>) in
      var next = 0
      let (from, levels) = (values.span, presence.span)
      for row in 0..<rows {
        if levels[row] == 0 {
          output.append(missing)
        } else {
          output.append(from[next])
          next += 1
        }
      }
    }
  }

  private mutating func append(bytesOfSame values: [Element]) { append(values.count, from: values.span.bytes, at: 0) }
}
