import CBytes
import Glibc

extension Span where Element == UInt8 {
  /// How many bytes from the start on have neither a NUL nor a quote, as far as one quick look tells, and how many line
  /// ends are among them. Without a quote (nil) only NULs count.
  func quiet(lineEnd: UInt8, quote: UInt8?) -> (count: Int, lines: Int) {
    var lines = 0
    let quiet = unsafe withUnsafeBufferPointer { buffer in
      guard let start = buffer.baseAddress else { return 0 }
      // In bounds: only whole steps within `count` bytes are looked at.
      return unsafe spiegel_quiet(start, buffer.count, lineEnd, quote ?? 0, &lines)
    }
    return (quiet, lines)
  }

  /// The first place of a byte in a range; nil where it is absent.
  @inline(__always)
  func firstIndex(of byte: UInt8, in range: Range<Int>) -> Int? {
    precondition(range.lowerBound >= 0 && range.upperBound <= count)
    // Between quotes the way is short: calling a function would cost more than looking.
    var i = range.lowerBound
    let near = Swift.min(i &+ 16, range.upperBound)
    let pattern = 0x0101_0101_0101_0101 &* UInt64(byte)
    while i &+ 8 <= near {
      let word = unsafe bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: i, as: UInt64.self) ^ pattern
      // The lowest bit that is set marks the first zero byte; those above it may be wrong.
      let hits = (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080
      if hits != 0 { return i &+ hits.trailingZeroBitCount &>> 3 }
      i &+= 8
    }
    while i < near {
      if unsafe self[unchecked: i] == byte { return i }
      i &+= 1
    }
    return i < range.upperBound ? search(byte, in: i..<range.upperBound) : nil
  }

  @inline(never)
  private func search(_ byte: UInt8, in range: Range<Int>) -> Int? {
    unsafe withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress,
        let hit = unsafe memchr(base + range.lowerBound, Int32(byte), range.count)
      else { return nil }
      return unsafe UnsafeRawPointer(hit) - UnsafeRawPointer(base)
    }
  }

  /// The last place of a byte in a range; nil where it is absent.
  func lastIndex(of byte: UInt8, in range: Range<Int>) -> Int? {
    precondition(range.lowerBound >= 0 && range.upperBound <= count)
    return unsafe withUnsafeBytes { buffer in
      guard let base = buffer.baseAddress else { return nil }
      let pattern = 0x0101_0101_0101_0101 &* UInt64(byte)
      var end = range.upperBound
      while end &- 8 >= range.lowerBound {
        let word = unsafe (base + (end &- 8)).loadUnaligned(as: UInt64.self) ^ pattern
        // Not zero when any byte of the word is zero.
        if (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080 != 0 { break }
        end &-= 8
      }
      while end > range.lowerBound {
        end &-= 1
        if unsafe base.load(fromByteOffset: end, as: UInt8.self) == byte { return end }
      }
      return nil
    }
  }

  /// How often a byte occurs in a range.
  func count(of byte: UInt8, in range: Range<Int>) -> Int {
    precondition(range.lowerBound >= 0 && range.upperBound <= count)
    return unsafe withUnsafeBytes { buffer in
      guard let base = buffer.baseAddress else { return 0 }
      let low7: UInt64 = 0x7F7F_7F7F_7F7F_7F7F
      let pattern = 0x0101_0101_0101_0101 &* UInt64(byte)
      var total = 0
      var i = range.lowerBound
      while i &+ 8 <= range.upperBound {
        // Each byte of `lanes` counts at most 255 words, so it cannot overflow.
        let end = Swift.min(i &+ 255 &* 8, range.upperBound &- 7)
        var lanes: UInt64 = 0
        while i < end {
          let word = unsafe (base + i).loadUnaligned(as: UInt64.self) ^ pattern
          lanes &+= (~(((word & low7) &+ low7) | word | low7)) &>> 7
          i &+= 8
        }
        let pairs = (lanes & 0x00FF_00FF_00FF_00FF) &+ ((lanes &>> 8) & 0x00FF_00FF_00FF_00FF)
        total &+= Int(truncatingIfNeeded: (pairs &* 0x0001_0001_0001_0001) &>> 48)
      }
      while i < range.upperBound {
        if unsafe base.load(fromByteOffset: i, as: UInt8.self) == byte { total &+= 1 }
        i &+= 1
      }
      return total
    }
  }
}
