import Columns

/// Pages of the DELTA_BINARY_PACKED encoding: differences between whole numbers that follow each other, in as few bits as
/// the widest of 32 of them needs. Source: Apache Parquet, Encodings, "Delta Encoding".
struct DeltaPacked {
  /// Values whose differences share a least one, and the parts of them that share a width.
  private static let blockValues = 128
  private static let partValues = 32
  private static let parts = blockValues / partValues

  // Kept between blocks.
  private var differences = [UInt64](repeating: 0, count: blockValues)

  /// Adds values to a page.
  mutating func append<Value: PlainValue & SignedInteger & FixedWidthInteger>(
    _ values: borrowing Span<Value>, to body: inout [UInt8]
  ) {
    body.append(variableLength: UInt64(Self.blockValues))
    body.append(variableLength: UInt64(Self.parts))
    body.append(variableLength: UInt64(values.count))
    body.append(zigzag: values.isEmpty ? 0 : Int64(values[0]))
    var start = 1
    while start < values.count {
      let count = min(Self.blockValues, values.count - start)
      appendBlock(values.extracting(start - 1..<start + count), to: &body)
      start += count
    }
  }

  /// Adds a block: the differences of values from those before them.
  @inline(__always)
  private mutating func appendBlock<Value: PlainValue & SignedInteger & FixedWidthInteger>(
    _ values: Span<Value>, to body: inout [UInt8]
  ) {
    let count = values.count &- 1
    // Overflow is meant: a reader adds with overflow too. No index is checked: they go to `count`, which is one below
    // the number of values and at most that of differences.
    precondition(count <= Self.blockValues && differences.count == Self.blockValues)
    var least = Value.max
    for i in 0..<count { least = min(least, values[unchecked: i &+ 1] &- values[unchecked: i]) }
    var span = differences.mutableSpan
    for i in 0..<count {
      let difference = values[unchecked: i &+ 1] &- values[unchecked: i] &- least
      span[unchecked: i] = UInt64(truncatingIfNeeded: Value.Magnitude(truncatingIfNeeded: difference))
    }
    for i in count..<Self.blockValues { span[unchecked: i] = 0 }
    body.append(zigzag: Int64(least))
    let widths = body.count
    for first in stride(from: 0, to: Self.blockValues, by: Self.partValues) {
      var bits: UInt64 = 0
      for i in first..<first + Self.partValues { bits |= span[unchecked: i] }
      body.append(UInt8(UInt64.bitWidth - bits.leadingZeroBitCount))
    }
    for part in 0..<Self.parts where body[widths + part] > 0 {
      let first = part * Self.partValues
      BitPacking.append(
        differences.span.extracting(first..<first + Self.partValues), width: Int(body[widths + part]), to: &body)
    }
  }

  /// Adds the `count` values of a page. After the range at least `RunLength.padding` more bytes must be in `body`.
  ///
  /// - Returns: where they end.
  /// - Throws: when the page is damaged.
  @discardableResult
  static func decode<Value: PlainValue & SignedInteger & FixedWidthInteger>(
    _ count: Int, from body: RawSpan, in range: Range<Int>, to values: inout [Value]
  ) throws(Flaw) -> Int {
    var at = range.lowerBound
    let end = range.upperBound
    precondition(end + RunLength.padding <= body.byteCount)
    let blockValues = Int(truncatingIfNeeded: try body.variableLength(&at, end))
    let parts = Int(truncatingIfNeeded: try body.variableLength(&at, end))
    let total = try body.variableLength(&at, end)
    guard (1...1 << 16).contains(blockValues), (1...1 << 10).contains(parts), blockValues % parts == 0,
      blockValues / parts % 32 == 0, total == UInt64(count)
    else { throw damaged }
    let partValues = blockValues / parts
    var value = Value(truncatingIfNeeded: try body.zigzag(&at, end))
    if count == 0 { return at }
    values.append(value)
    var remaining = count - 1
    while remaining > 0 {
      let least = Value(truncatingIfNeeded: try body.zigzag(&at, end))
      let widths = at
      at += parts
      guard at <= end else { throw damaged }
      for part in 0..<parts where remaining > 0 {
        let width = Int(body.unsafeLoad(fromByteOffset: widths + part, as: UInt8.self))
        let size = partValues / 8 * width
        guard width <= Value.bitWidth, end - at >= size else { throw damaged }
        let wanted = min(remaining, partValues)
        unpack(wanted, from: body, at: at, width: width, least, &value, to: &values)
        remaining -= wanted
        at += size
      }
    }
    return at
  }

  private static let damaged = Flaw("a page of differences is not as long as it says; the file is damaged")

  @inline(__always)
  private static func unpack<Value: PlainValue & SignedInteger & FixedWidthInteger>(
    _ count: Int, from body: RawSpan, at start: Int, width: Int, _ least: Value, _ value: inout Value,
    to values: inout [Value]
  ) {
    let mask: UInt64 = width == 64 ? .max : 1 &<< UInt64(width) &- 1
    var last = value
    values.append(addingCapacity: count) { (output: inout OutputSpan<Value>) in
      output.withUnsafeMutableBufferPointer { target, filled in
        filled = count
        if width == 0 {
          // Numbers that all differ by the same, as lengths of codes do, have no bits of their own.
          for row in 0..<count { target[row] = value &+ least &* Value(truncatingIfNeeded: row &+ 1) }
          last = value &+ least &* Value(truncatingIfNeeded: count)
          return
        }
        var bit = 0
        for row in 0..<count {
          let place = start &+ bit &>> 3
          let shift = UInt64(bit & 7)
          var word = body.unsafeLoadUnaligned(fromByteOffset: place, as: UInt64.self) &>> shift
          if Value.bitWidth > 32 && Int(shift) &+ width > 64 {
            word |= UInt64(body.unsafeLoad(fromByteOffset: place &+ 8, as: UInt8.self)) &<< (64 &- shift)
          }
          last = last &+ least &+ Value(truncatingIfNeeded: word & mask)
          target[row] = last
          bit &+= width
        }
      }
    }
    value = last
  }
}

extension [UInt8] {
  fileprivate mutating func append(variableLength value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    append(UInt8(rest))
  }

  fileprivate mutating func append(zigzag value: Int64) {
    append(variableLength: UInt64(bitPattern: value &<< 1 ^ value >> 63))
  }
}

extension RawSpan {
  fileprivate func variableLength(_ at: inout Int, _ end: Int) throws(Flaw) -> UInt64 {
    var value: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 70, by: 7) {
      guard at < end else { break }
      let next = unsafeLoad(fromByteOffset: at, as: UInt8.self)
      at += 1
      value |= UInt64(next & 0x7F) << shift
      if next < 0x80 { return value }
    }
    throw Flaw("a page of differences ends before its first value; the file is damaged")
  }

  fileprivate func zigzag(_ at: inout Int, _ end: Int) throws(Flaw) -> Int64 {
    let value = try variableLength(&at, end)
    return Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
  }
}
