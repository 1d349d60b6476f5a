/// Whole numbers back to back in as many bits as the widest of them needs, least significant bit first, in groups of eight:
/// a group of numbers of `width` bits takes `width` bytes. The inner loops of the encodings that pack.
enum BitPacking {
  /// Bytes that packing may write behind the last group.
  static let slack = 16

  /// Adds values of at most 64 bits; none is wider than `width`. The last group is filled up with zeros.
  @inline(__always)
  static func append<Value: FixedWidthInteger & BitwiseCopyable>(
    _ values: borrowing Span<Value>, width: Int, to body: inout [UInt8]
  ) {
    let count = values.count
    let size = (count + 7) / 8 * width
    body.append(addingCapacity: size + slack) { (output: inout OutputSpan<UInt8>) in
      output.withUnsafeMutableBufferPointer { target, filled in
        values.withUnsafeBufferPointer { source in
          let base = UnsafeMutableRawBufferPointer(target)
          // In bounds: a group stores at most sixteen bytes beyond its first, and there is as much slack.
          for group in 0..<count / 8 {
            pack(to: base, at: group &* width, width) { UInt64(truncatingIfNeeded: source[group &* 8 &+ $0]) }
          }
          if count % 8 > 0 {
            let first = count & ~7
            pack(to: base, at: first / 8 &* width, width) {
              first &+ $0 < count ? UInt64(truncatingIfNeeded: source[first &+ $0]) : 0
            }
          }
        }
        filled = size
      }
    }
  }

  /// Packs a group of eight values.
  @inline(__always)
  private static func pack(
    to base: UnsafeMutableRawBufferPointer, at start: Int, _ width: Int, _ value: (Int) -> UInt64
  ) {
    let bits = UInt64(truncatingIfNeeded: width)
    if width > 16 { return packWide(to: base, at: start, width, value) }
    // Four values fit into a word; no shift is by 64 or more but the last ones, which are in two steps.
    let a = value(0) | value(1) &<< bits | value(2) &<< (2 &* bits) | value(3) &<< (3 &* bits)
    let b = value(4) | value(5) &<< bits | value(6) &<< (2 &* bits) | value(7) &<< (3 &* bits)
    if width > 8 {
      base.storeBytes(of: a | (b &<< (4 &* bits &- 1)) &<< 1, toByteOffset: start, as: UInt64.self)
      base.storeBytes(of: b &>> (64 &- 4 &* bits), toByteOffset: start &+ 8, as: UInt64.self)
    } else {
      base.storeBytes(of: a | b &<< (4 &* bits), toByteOffset: start, as: UInt64.self)
    }
  }

  @inline(__always)
  private static func packWide(
    to base: UnsafeMutableRawBufferPointer, at start: Int, _ width: Int, _ value: (Int) -> UInt64
  ) {
    var word: UInt64 = 0
    var bits = 0
    var at = start
    for i in 0..<8 {
      word |= value(i) &<< UInt64(truncatingIfNeeded: bits)
      bits &+= width
      if bits >= 64 {
        base.storeBytes(of: word, toByteOffset: at, as: UInt64.self)
        at &+= 8
        bits &-= 64
        // The bits that did not fit; none when the word was filled exactly.
        word = bits == 0 ? 0 : value(i) &>> UInt64(truncatingIfNeeded: width &- bits)
      }
    }
    // Eight values of up to 64 bits take whole bytes: what is left is stored with zeros behind it.
    if bits > 0 { base.storeBytes(of: word, toByteOffset: at, as: UInt64.self) }
  }

  /// Adds `count` values of at most 32 bits. After them at least eight bytes more must be in `body`.
  @inline(__always)
  static func unpack<Value: FixedWidthInteger & BitwiseCopyable>(
    _ count: Int, from body: RawSpan, at start: Int, width: Int, to values: inout [Value]
  ) {
    precondition(start >= 0 && start + (count * width + 7) / 8 + 8 <= body.byteCount && width <= 32)
    let mask: UInt64 = 1 << UInt64(width) - 1
    values.append(addingCapacity: count) { (output: inout OutputSpan<Value>) in
      output.withUnsafeMutableBufferPointer { target, filled in
        // At most 7 + 56 bits are used of the 64 that are loaded.
        let step = 56 / max(1, width)
        let shift = UInt64(truncatingIfNeeded: width)
        var (bit, row) = (0, 0)
        while row < count {
          var word = body.unsafeLoadUnaligned(fromByteOffset: start &+ bit &>> 3, as: UInt64.self) &>> UInt64(bit & 7)
          let end = min(count, row &+ step)
          while row < end {
            target[row] = Value(truncatingIfNeeded: word & mask)
            word &>>= shift
            row &+= 1
          }
          bit &+= width &* step
        }
        filled = count
      }
    }
  }
}
