import Columns

/// The least and greatest of values, missing ones left out.
struct ValueRange<Value: PlainValue> {
  private(set) var least = Value.extremes.above
  private(set) var greatest = Value.extremes.below

  /// Takes values into account and counts the missing ones.
  @inline(__always)
  mutating func include(_ values: borrowing Span<Value>) -> Int {
    var (low, high, missing) = (least, greatest, 0)
    for row in values.indices {
      let value = values[row]
      missing &+= value.isMissing ? 1 : 0
      low = value < low && !value.isMissing ? value : low
      high = value > high && !value.isMissing ? value : high
    }
    (least, greatest) = (low, high)
    return missing
  }

  /// Both in the form of the PLAIN encoding; only of use when there was a value.
  var bounds: (least: [UInt8], greatest: [UInt8])? {
    var (low, high) = (least, greatest)
    // The format wants a zero to be the negative one as least and the positive one as greatest value.
    if let zero = Value.zeros {
      if low == zero.negative { low = zero.negative }
      if high == zero.positive { high = zero.positive }
    }
    return (Self.plain(low), Self.plain(high))
  }

  private static func plain(_ value: Value) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.append(bytesOf: [value.swapped].span)
    return bytes
  }
}

extension PlainValue {
  /// The two zeros of types that have two.
  fileprivate static var zeros: (negative: Self, positive: Self)? {
    if let negative = -0.0 as? Self, let positive = 0.0 as? Self { return (negative, positive) }
    return nil
  }
}

/// The least and greatest of texts by their bytes, empty ones left out.
struct TextRange {
  /// Longer bounds are left out of the file; they would bloat it and help no reader.
  static let boundBytes = 64

  private var least: [UInt8] = []
  private var greatest: [UInt8] = []
  private var leastWord = UInt64.max
  private var greatestWord: UInt64 = 0

  /// Takes rows into account and counts the empty ones.
  mutating func include(_ texts: borrowing TextColumn, rows: Range<Int>) -> Int {
    var missing = 0
    let bytes = texts.bytes.span.bytes
    let ends = texts.ends.span
    var start = rows.isEmpty ? 0 : texts.range(rows.lowerBound).lowerBound
    for row in rows {
      let end = ends[row]
      if start == end {
        missing += 1
      } else {
        // The first bytes decide nearly always. Equal words need a look at all bytes.
        let word = Self.word(bytes, start, end)
        if word <= leastWord { includeLow(Array(texts.bytes[start..<end]), word) }
        if word >= greatestWord { includeHigh(Array(texts.bytes[start..<end]), word) }
      }
      start = end
    }
    return missing
  }

  /// The first eight bytes, most significant first, padded with zeros: in the order of the bytes.
  @inline(__always)
  private static func word(_ bytes: RawSpan, _ start: Int, _ end: Int) -> UInt64 {
    let count = end &- start
    if start &+ 8 <= bytes.byteCount {
      let word = bytes.unsafeLoadUnaligned(fromByteOffset: start, as: UInt64.self).byteSwapped
      return count >= 8 ? word : word & ~(UInt64.max &>> UInt64(8 &* count))
    }
    var word: UInt64 = 0
    for i in start..<min(start &+ 8, end) {
      word |= UInt64(bytes.unsafeLoad(fromByteOffset: i, as: UInt8.self)) &<< UInt64(56 &- 8 &* (i &- start))
    }
    return word
  }

  private mutating func includeLow(_ text: [UInt8], _ word: UInt64) {
    if least.isEmpty || text.lexicographicallyPrecedes(least) { (least, leastWord) = (text, word) }
  }

  private mutating func includeHigh(_ text: [UInt8], _ word: UInt64) {
    if greatest.isEmpty || greatest.lexicographicallyPrecedes(text) { (greatest, greatestWord) = (text, word) }
  }

  /// Both, if there was a text and both are short.
  var bounds: (least: [UInt8], greatest: [UInt8])? {
    let isShort = max(least.count, greatest.count) <= Self.boundBytes
    return least.isEmpty || !isShort ? nil : (least, greatest)
  }
}
