/// The hybrid of run-length encoding and bit packing, for levels, dictionary indices and truth values.
///
/// A run is either one value and how often it occurs, or groups of eight values of `width` bits each. We write pages
/// with one value throughout as one run of the first kind and all others as one run of the second; zstd shortens the
/// rest.
enum RunLength {
  /// Bits for values below `count`; at least one, since not all readers take zero.
  static func width(below count: Int) -> Int { max(1, Int.bitWidth - max(0, count - 1).leadingZeroBitCount) }

  /// Adds values of `width` bits; none are negative.
  @inline(__always)
  static func append<Value: FixedWidthInteger & BitwiseCopyable>(
    _ values: borrowing Span<Value>, width: Int, to body: inout [UInt8]
  ) {
    if values.isEmpty { return }
    var differences: Value = 0
    let first = values[0]
    for row in values.indices { differences |= values[unchecked: row] ^ first }
    if differences == 0 { return append(run: values.count, of: Int(first), width: width, to: &body) }
    append(variableLength: UInt64((values.count + 7) / 8) << 1 | 1, to: &body)
    BitPacking.append(values, width: width, to: &body)
  }

  /// Adds one run of the same value.
  static func append(run count: Int, of value: Int, width: Int, to body: inout [UInt8]) {
    append(variableLength: UInt64(count) << 1, to: &body)
    for shift in stride(from: 0, to: width, by: 8) { body.append(UInt8(truncatingIfNeeded: value >> shift)) }
  }

  private static func append(variableLength value: UInt64, to body: inout [UInt8]) {
    var rest = value
    while rest >= 0x80 {
      body.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    body.append(UInt8(rest))
  }

  /// The first `count` values of a part of a page, in place of what is in `values`. After the part at least
  /// `padding` more bytes must be in `body`.
  static func decode<Value: FixedWidthInteger & BitwiseCopyable>(
    _ count: Int, from body: RawSpan, in range: Range<Int>, width: Int, into values: inout [Value]
  ) throws(Flaw) {
    precondition(range.upperBound + padding <= body.byteCount && (0...32).contains(width))
    values.removeAll(keepingCapacity: true)
    var at = range.lowerBound
    while values.count < count {
      let header = try variableLength(body, &at, range.upperBound)
      let wanted = count - values.count
      if header & 1 == 1 {
        let groups = Int(header >> 1)
        guard groups > 0, groups * width <= range.upperBound - at else { throw damaged }
        BitPacking.unpack(min(wanted, groups * 8), from: body, at: at, width: width, to: &values)
        at += groups * width
      } else {
        let run = min(wanted, Int(header >> 1))
        let size = (width + 7) / 8
        guard run > 0, range.upperBound - at >= size else { throw damaged }
        var value: UInt64 = 0
        for byte in 0..<size {
          value |= UInt64(body.unsafeLoad(fromByteOffset: at + byte, as: UInt8.self)) << UInt64(8 * byte)
        }
        at += size
        values.append(contentsOf: repeatElement(Value(truncatingIfNeeded: value), count: run))
      }
    }
  }

  /// The level of all of `count` rows where a page says it as one run; nil otherwise.
  static func onlyLevel(of count: Int, from body: RawSpan, in range: Range<Int>) throws(Flaw) -> UInt8? {
    if range.isEmpty || count == 0 { return nil }
    var at = range.lowerBound
    let header = try variableLength(body, &at, range.upperBound)
    guard header & 1 == 0, header >> 1 >= UInt64(count), at < range.upperBound else { return nil }
    let level = body.unsafeLoad(fromByteOffset: at, as: UInt8.self)
    return level <= 1 ? level : nil
  }

  /// Bytes that may be read, but are not used, after packed values.
  static let padding = 8

  private static let damaged = Flaw("a page of indices ends before its last value; the file is damaged")

  private static func variableLength(_ body: RawSpan, _ at: inout Int, _ end: Int) throws(Flaw) -> UInt64 {
    var value: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 35, by: 7) {
      if at >= end { throw damaged }
      let next = body.unsafeLoad(fromByteOffset: at, as: UInt8.self)
      at += 1
      value |= UInt64(next & 0x7F) << shift
      if next < 0x80 { return value }
    }
    throw damaged
  }
}
