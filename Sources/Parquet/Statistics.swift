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
      let value = values[unchecked: row]
      missing &+= value.isMissing ? 1 : 0
      low = value < low && !value.isMissing ? value : low
      high = value > high && !value.isMissing ? value : high
    }
    (least, greatest) = (low, high)
    return missing
  }

  /// The same for numbers of which the least stands for a missing one.
  @inline(__always)
  mutating func include(_ values: borrowing Span<Value>) -> Int where Value: FixedWidthInteger {
    var (lowLessOne, high, missing) = (least &- 1, greatest, Value.zero)
    // Written so that the processor takes several values at a time: the count is of their type, and one less than the least
    // of all numbers is the greatest.
    for row in values.indices {
      let value = values[unchecked: row]
      missing &+= value == Value.min ? 1 : 0
      lowLessOne = min(lowLessOne, value &- 1)
      high = max(high, value)
    }
    (least, greatest) = (lowLessOne &+ 1, high)
    return Int(missing)
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

/// The least and greatest of the texts of one column by their bytes, empty ones left out.
struct TextRange {
  /// Longer bounds are left out of the file; they would bloat it and help no reader.
  static let boundBytes = 64

  // Where both lie in the bytes of the column, and their first bytes.
  private var least = 0..<0
  private var greatest = 0..<0
  private var leastWords = Words(first: .max, second: .max)
  private var greatestWords = Words(first: 0, second: 0)

  /// The first sixteen bytes of a text, padded with zeros, as numbers that are in the order of the bytes.
  private struct Words {
    let first: UInt64
    let second: UInt64

    @inline(__always)
    static func <= (a: Words, b: Words) -> Bool { a.first < b.first || a.first == b.first && a.second <= b.second }
  }

  /// Takes rows into account and counts the empty ones.
  mutating func include(_ texts: borrowing TextColumn, rows: Range<Int>) -> Int {
    var missing = 0
    var found = self
    let bytes = texts.bytes.span.bytes
    let ends = texts.ends.span.extracting(rows)
    var start = rows.isEmpty ? 0 : texts.range(rows.lowerBound).lowerBound
    for row in ends.indices {
      let text = Range(uncheckedBounds: (start, ends[unchecked: row]))
      start = text.upperBound
      if text.isEmpty {
        missing &+= 1
        continue
      }
      // The first bytes decide nearly always.
      let first = Self.word(bytes, text)
      if first > found.leastWords.first && first < found.greatestWords.first { continue }
      found.include(bytes, text, first)
    }
    self = found
    return missing
  }

  /// Takes a text into account whose first bytes do not tell that it lies between both. Where they are the same all bytes
  /// are looked at.
  @inline(__always)
  private mutating func include(_ bytes: RawSpan, _ text: Range<Int>, _ first: UInt64) {
    let words = Words(
      first: first, second: text.count > 8 ? Self.word(bytes, text.lowerBound &+ 8..<text.upperBound) : 0)
    if words <= leastWords && (least.isEmpty || !(leastWords <= words) || Self.precedes(bytes, text, least)) {
      (least, leastWords) = (text, words)
    }
    if greatestWords <= words && (greatest.isEmpty || !(words <= greatestWords) || Self.precedes(bytes, greatest, text))
    {
      (greatest, greatestWords) = (text, words)
    }
  }

  /// The first eight bytes, most significant first, padded with zeros: in the order of the bytes.
  @inline(__always)
  private static func word(_ bytes: RawSpan, _ text: Range<Int>) -> UInt64 {
    let (start, count) = (text.lowerBound, text.count)
    if start &+ 8 <= bytes.byteCount {
      let word = bytes.unsafeLoadUnaligned(fromByteOffset: start, as: UInt64.self).byteSwapped
      return count >= 8 ? word : word & ~(UInt64.max &>> UInt64(8 &* count))
    }
    var word: UInt64 = 0
    for i in 0..<min(8, count) {
      word |= UInt64(bytes.unsafeLoad(fromByteOffset: start &+ i, as: UInt8.self)) &<< UInt64(56 &- 8 &* i)
    }
    return word
  }

  // Out of line: rarely needed.
  @inline(never)
  private static func precedes(_ bytes: RawSpan, _ a: Range<Int>, _ b: Range<Int>) -> Bool {
    var at = 0
    while at < min(a.count, b.count) {
      let wordA = word(bytes, (a.lowerBound + at)..<a.upperBound)
      let wordB = word(bytes, (b.lowerBound + at)..<b.upperBound)
      if wordA != wordB { return wordA < wordB }
      at += 8
    }
    return a.count < b.count
  }

  /// Both, if there was a text and both are short.
  func bounds(in texts: TextColumn) -> (least: [UInt8], greatest: [UInt8])? {
    if least.isEmpty || max(least.count, greatest.count) > Self.boundBytes { return nil }
    return (Array(texts.bytes[least]), Array(texts.bytes[greatest]))
  }
}
