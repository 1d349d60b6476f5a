import Columns

/// Encodes the columns of row groups into the pages of a file.
struct ChunkWriter: ~Copyable {
  /// Rows in one page at most.
  static let pageRows = 1 << 16
  /// Bytes of text in one page or dictionary; a longer text has a page of its own.
  static let textPageBytes = 1 << 20
  static let dictionaryBytes = 1 << 26
  /// Books below this size are always worth a dictionary; larger ones only where values come twice or more.
  static let smallBook = 1 << 16
  /// Rows from which whole numbers are packed.
  static let rowsWorthPacking = 128
  /// Bytes of a chunk from which its compression tells something of the next ones.
  static let tellingBytes = 1 << 10
  /// Widest range of whole numbers that get a dictionary.
  static let dictionaryRange = 1 << 14

  /// Where pages go.
  var file: OutputFile

  private var compressor = Compressor()
  private let compresses: Bool
  private let hasBounds: Bool
  // Whether the pages of the current chunk are compressed.
  private var isCompressed = false
  // Columns of which a chunk remained more than two thirds: the next ones are not compressed.
  private var barelySmaller: Set<String> = []
  // Buffers, kept between pages.
  private var body: [UInt8] = []
  private var compressed: [UInt8] = []
  private var presence: [UInt8] = []
  private var differences = DeltaPacked()
  // The chunk that is being written.
  private var chunk = ChunkMetadata()
  private var name = ""

  /// - Parameter hasBounds: whether the least and greatest text of each chunk are found and written; of those in dictionaries
  ///   they always are.
  init(_ file: consuming OutputFile, isCompressed: Bool, hasBounds: Bool) {
    self.file = file
    compresses = isCompressed
    self.hasBounds = hasBounds
  }

  /// Adds the pages of some rows of a column.
  mutating func write(_ column: Column, _ rows: Range<Int>, _ spec: ColumnSpec) throws(Flaw) -> ChunkMetadata {
    let start = file.size
    name = spec.name
    chunk = ChunkMetadata()
    // Identifiers are digests: there is nothing in them to compress.
    isCompressed = compresses && spec.type != .identifier && !barelySmaller.contains(name)
    chunk.codec = isCompressed ? Codec.zstd.rawValue : Codec.none.rawValue
    chunk.physical = SchemaElement(spec).physical ?? 0
    chunk.values = rows.count
    chunk.encodings = [Encoding.plain.rawValue] + (spec.isNullable ? [Encoding.runLength.rawValue] : [])

    switch column {
    case .day(let values), .integer(let values): try write(numbers: values.span.extracting(rows), spec)
    case .long(let values): _ = try write(whole: values.span.extracting(rows), spec)
    case .cents(let values):
      let range = try write(whole: values.span.extracting(rows), spec)
      if range.least < -Self.greatestCents || range.greatest > Self.greatestCents {
        throw Flaw("column \(spec.name) holds an amount of more than 18 digits, which cannot be right")
      }
    case .decimal(let values): _ = try write(fixed: values.span.extracting(rows), spec)
    case .identifier(let values): _ = try write(fixed: values.span.extracting(rows), spec)
    case .flag(let values): try write(flags: values.span.extracting(rows), spec)
    case .text(let texts): try write(texts: texts, rows, spec)
    case .code(let codes): try write(codes: codes.indices.span.extracting(rows), of: codes.book, spec)
    }
    chunk.compressedSize = file.size - start
    if isCompressed && chunk.uncompressedSize >= Self.tellingBytes
      && chunk.compressedSize * 3 > chunk.uncompressedSize * 2
    {
      barelySmaller.insert(name)
    }
    return chunk
  }

  /// What DECIMAL(18,2) can hold.
  private static let greatestCents: Int64 = 999_999_999_999_999_999

  // MARK: Pages

  /// Compresses `body` if the file is compressed and adds it with its header.
  private mutating func finishPage(_ kind: PageHeader.Kind, values: Int, _ encoding: Encoding) throws(Flaw) {
    if isCompressed { try compressor.compress(body, into: &compressed) }
    let size = isCompressed ? compressed.count : body.count
    guard max(body.count, size) <= Limits.pageBytes else {
      throw Flaw("column \(name) holds a text of more than 1 GiB; leave it out")
    }
    var header = PageHeader()
    header.kind = kind.rawValue
    header.uncompressedSize = body.count
    header.compressedSize = size
    header.values = values
    header.encoding = encoding.rawValue
    let encoded = header.encoded()
    if kind == .dictionary {
      chunk.dictionaryOffset = file.size
    } else if chunk.dataOffset == 0 {
      chunk.dataOffset = file.size
    }
    try file.append(encoded)
    try file.append(isCompressed ? compressed : body)
    chunk.uncompressedSize += encoded.count + body.count
  }

  /// Begins a page with its levels: for each row whether its value is there. Where values are missing, `presence`
  /// already says which.
  private mutating func startPage(_ rows: Range<Int>, missing: Int, _ spec: ColumnSpec) throws(Flaw) {
    body.removeAll(keepingCapacity: true)
    chunk.statistics.nulls += missing
    guard spec.isNullable else {
      if missing == 0 { return }
      throw Flaw(
        "column \(spec.name) may not have missing values, but has \(missing) in rows \(rows.lowerBound) to "
          + "\(rows.upperBound - 1) of its row group; fill them or declare the column nullable")
    }
    body.append(littleEndian: 0)
    if missing == 0 || missing == rows.count {
      RunLength.append(run: rows.count, of: missing == 0 ? 1 : 0, width: 1, to: &body)
    } else {
      let levels = presence
      RunLength.append(levels.span, width: 1, to: &body)
    }
    let size = body.count - 4
    for byte in 0..<4 { body[byte] = UInt8(truncatingIfNeeded: size >> (8 * byte)) }
  }

  /// Says in `presence` which values are there, where some are missing and some are not.
  @inline(__always)
  private mutating func fillPresence(_ missing: Int, of count: Int, _ value: (Int) -> UInt8) {
    guard missing > 0 && missing < count else { return }
    presence.removeAll(keepingCapacity: true)
    presence.append(addingCapacity: count) { (output: inout OutputSpan<UInt8>) in
      output.withUnsafeMutableBufferPointer { target, filled in
        for row in 0..<count { target[row] = value(row) }
        filled = count
      }
    }
  }

  private static func pages(_ rows: Int) -> some Sequence<Range<Int>> {
    stride(from: 0, to: rows, by: pageRows).lazy.map { $0..<min($0 + pageRows, rows) }
  }

  // MARK: Types

  /// Days and whole numbers. Where they lie close together, as years and days do, they get a dictionary: it takes a third of
  /// the bytes, which costs less than to write and compress them.
  private mutating func write(numbers values: Span<Int32>, _ spec: ColumnSpec) throws(Flaw) {
    var range = ValueRange<Int32>()
    let missing = range.include(values)
    let width = Int(range.greatest) - Int(range.least) + 1
    guard missing < values.count, width <= Self.dictionaryRange, width * 4 <= values.count else {
      _ = try write(whole: values, spec)
      return
    }
    setBounds(range.bounds)
    doNotCompress()
    // All numbers of the range, also those that do not occur: then the place of a number needs no looking up.
    let dictionary = Array(range.least...range.greatest)
    chunk.encodings = [Encoding.plain, .runLength, .runLengthDictionary].map(\.rawValue)
    body.removeAll(keepingCapacity: true)
    body.append(bytesOf: dictionary.span)
    try finishPage(.dictionary, values: dictionary.count, .plain)
    let least = range.least
    // Where none is missing the processor takes several at a time.
    if missing == 0 {
      try write(indices: values, below: dictionary.count, isWhole: true, spec) { $0 &- least }
    } else {
      try write(indices: values, below: dictionary.count, isWhole: false, spec) {
        $0 == Missing.int32 ? -1 : $0 &- least
      }
    }
  }

  /// Whole numbers, as differences from those before them: a record number takes some bits instead of four bytes.
  private mutating func write<Value: PlainValue & SignedInteger & FixedWidthInteger>(
    whole values: Span<Value>, _ spec: ColumnSpec
  ) throws(Flaw) -> ValueRange<Value> {
    if values.count < Self.rowsWorthPacking { return try write(fixed: values, spec) }
    var range = ValueRange<Value>()
    var present: [Value] = []
    doNotCompress()
    chunk.encodings = [Encoding.plain, .runLength, .deltaPacked].map(\.rawValue)
    for rows in Self.pages(values.count) {
      let page = values.extracting(rows)
      let missing = range.include(page)
      fillPresence(missing, of: rows.count) { page[$0].isMissing ? 0 : 1 }
      try startPage(rows, missing: missing, spec)
      if missing == rows.count {
        try finishPage(.data, values: rows.count, .plain)
        continue
      }
      if missing == 0 {
        differences.append(page, to: &body)
      } else {
        present.removeAll(keepingCapacity: true)
        present.append(addingCapacity: rows.count) { (output: inout OutputSpan<Value>) in
          for row in page.indices where !page[row].isMissing { output.append(page[row]) }
        }
        differences.append(present.span, to: &body)
      }
      try finishPage(.data, values: rows.count, .deltaPacked)
    }
    if values.count > chunk.statistics.nulls { setBounds(range.bounds) }
    return range
  }

  /// For packed numbers and the like: what zstd would still find costs more time than its bytes.
  private mutating func doNotCompress() {
    isCompressed = false
    chunk.codec = Codec.none.rawValue
  }

  /// The pages of a code column with the same in all rows: its one value, or none. They refer to its dictionary, also when
  /// that is empty: a column that has none is one of text.
  private mutating func write(_ only: UsedCodes.Only, rows: Int, _ spec: ColumnSpec) throws(Flaw) {
    for page in Self.pages(rows) {
      try startPage(page, missing: only == .missing ? page.count : 0, spec)
      body.append(UInt8(RunLength.width(below: 1)))
      if only == .value { RunLength.append(run: page.count, of: 0, width: 1, to: &body) }
      try finishPage(.data, values: page.count, .runLengthDictionary)
    }
  }

  private mutating func write<Value: PlainValue>(
    fixed values: Span<Value>, _ spec: ColumnSpec
  ) throws(Flaw) -> ValueRange<Value> {
    var range = ValueRange<Value>()
    var present: [Value] = []
    for rows in Self.pages(values.count) {
      let page = values.extracting(rows)
      let missing = range.include(page)
      fillPresence(missing, of: rows.count) { page[$0].isMissing ? 0 : 1 }
      try startPage(rows, missing: missing, spec)
      if missing == 0 && Value.isMemoryOrder {
        body.append(bytesOf: page)
      } else if missing == 0 {
        body.append(swapped: page)
      } else {
        present.removeAll(keepingCapacity: true)
        present.append(addingCapacity: rows.count) { (output: inout OutputSpan<Value>) in
          for row in page.indices where !page[row].isMissing { output.append(page[row].swapped) }
        }
        body.append(bytesOf: present.span)
      }
      try finishPage(.data, values: rows.count, .plain)
    }
    if values.count > chunk.statistics.nulls { setBounds(range.bounds) }
    return range
  }

  private mutating func write(flags values: Span<UInt8>, _ spec: ColumnSpec) throws(Flaw) {
    var present: [UInt8] = []
    for rows in Self.pages(values.count) {
      let page = values.extracting(rows)
      var missing = 0
      var strange = 0
      for row in page.indices {
        missing += page[row] == Missing.flag ? 1 : 0
        strange += page[row] > 1 && page[row] != Missing.flag ? 1 : 0
      }
      if strange > 0 { throw Flaw("column \(spec.name) holds flags other than 0, 1 and missing") }
      fillPresence(missing, of: rows.count) { page[$0] == Missing.flag ? 0 : 1 }
      try startPage(rows, missing: missing, spec)
      present.removeAll(keepingCapacity: true)
      present.append(addingCapacity: rows.count) { (output: inout OutputSpan<UInt8>) in
        for row in page.indices where page[row] != Missing.flag { output.append(page[row]) }
      }
      BitPacking.append(present.span, width: 1, to: &body)
      try finishPage(.data, values: rows.count, .plain)
    }
  }

  private mutating func write(texts: TextColumn, _ all: Range<Int>, _ spec: ColumnSpec) throws(Flaw) {
    var range = TextRange()
    // Texts in some order: what front coding leaves has little in it to compress.
    let isFrontCoded = compresses && FrontCoded.pays(texts, rows: all)
    if isFrontCoded { doNotCompress() }
    let encoding = isFrontCoded ? Encoding.frontCoded : .lengthsThenTexts
    chunk.encodings = [Encoding.plain, .runLength, encoding].map(\.rawValue)
    var start = all.lowerBound
    while start < all.upperBound {
      let rows = Self.textPage(texts, from: start, to: all.upperBound)
      let missing = hasBounds ? range.include(texts, rows: rows) : texts.countEmpty(rows)
      fillPresence(missing, of: rows.count) { texts.range(rows.lowerBound + $0).isEmpty ? 0 : 1 }
      try startPage(rows, missing: missing, spec)
      if missing == rows.count {
        try finishPage(.data, values: rows.count, .plain)
      } else {
        if isFrontCoded {
          FrontCoded.append(texts, rows: rows, &differences, to: &body)
        } else {
          LengthsThenTexts.append(texts, rows: rows, &differences, to: &body)
        }
        try finishPage(.data, values: rows.count, encoding)
      }
      start = rows.upperBound
    }
    setBounds(range.bounds(in: texts))
  }

  private mutating func setBounds(_ bounds: (least: [UInt8], greatest: [UInt8])?) {
    chunk.statistics.least = bounds?.least
    chunk.statistics.greatest = bounds?.greatest
  }

  /// The rows of the next page: as many as fit, at least one.
  private static func textPage(_ texts: borrowing TextColumn, from start: Int, to limit: Int) -> Range<Int> {
    let all = start..<min(start + pageRows, limit)
    let lastByte = texts.range(start).lowerBound + textPageBytes
    if texts.ends[all.upperBound - 1] <= lastByte { return all }
    var end = start + 1
    while texts.ends[end] <= lastByte { end += 1 }
    return start..<end
  }

  private mutating func write(codes: Span<Int32>, of book: CodeBook, _ spec: ColumnSpec) throws(Flaw) {
    guard let dictionary = UsedCodes(codes, of: book) else {
      throw Flaw("column \(spec.name) holds codes that its book does not have")
    }
    // Of one value alone nothing is left to compress.
    if dictionary.values.count <= 1 { doNotCompress() }
    let isLarge = dictionary.values.count > Self.smallBook && dictionary.values.count > codes.count / 2
    if isLarge || dictionary.values.bytes.count > Self.dictionaryBytes {
      return try write(texts: dictionary.texts(of: codes), 0..<codes.count, spec)
    }
    if codes.isEmpty { return }
    var range = TextRange()
    _ = range.include(dictionary.values, rows: 0..<dictionary.values.count)
    setBounds(range.bounds(in: dictionary.values))
    chunk.encodings = [Encoding.plain, .runLength, .runLengthDictionary].map(\.rawValue)
    body.removeAll(keepingCapacity: true)
    body.append(lengthsAndTexts: dictionary.values, rows: 0..<dictionary.values.count)
    try finishPage(.dictionary, values: dictionary.values.count, .plain)

    if let only = dictionary.only { return try write(only, rows: codes.count, spec) }
    let numbers = dictionary.numbers
    try write(indices: codes, below: dictionary.values.count, isWhole: dictionary.isWhole, spec) {
      $0 < 0 ? -1 : numbers[Int($0)]
    }
  }

  /// The pages of a column with a dictionary.
  ///
  /// - Parameter place: the place of a value in the dictionary; below 0 where it is missing.
  @inline(__always)
  private mutating func write(
    indices: Span<Int32>, below count: Int, isWhole: Bool, _ spec: ColumnSpec, place: (Int32) -> Int32
  ) throws(Flaw) {
    let width = RunLength.width(below: count)
    var present: [Int32] = []
    for rows in Self.pages(indices.count) {
      let page = indices.extracting(rows)
      present.removeAll(keepingCapacity: true)
      present.append(addingCapacity: rows.count) { (output: inout OutputSpan<Int32>) in
        output.withUnsafeMutableBufferPointer { target, filled in
          if isWhole {
            for row in page.indices { target[row] = place(page[unchecked: row]) }
            return filled = page.count
          }
          for row in page.indices {
            let index = place(page[unchecked: row])
            // In bounds: at most one index a row.
            target[filled] = index
            filled &+= index >= 0 ? 1 : 0
          }
        }
      }
      let missing = rows.count - present.count
      fillPresence(missing, of: rows.count) { place(page[$0]) >= 0 ? 1 : 0 }
      try startPage(rows, missing: missing, spec)
      body.append(UInt8(width))
      RunLength.append(present.span, width: width, to: &body)
      try finishPage(.data, values: rows.count, .runLengthDictionary)
    }
  }
}

extension TextColumn {
  /// How many of some texts are empty.
  fileprivate func countEmpty(_ rows: Range<Int>) -> Int {
    let ends = ends.span
    var last = rows.isEmpty ? 0 : range(rows.lowerBound).lowerBound
    var count = 0
    for row in rows {
      count &+= ends[row] == last ? 1 : 0
      last = ends[row]
    }
    return count
  }
}
