import Glibc

extension Span where Element == UInt8 {
  /// The first place of a byte in a range; nil where it is absent.
  func firstIndex(of byte: UInt8, in range: Range<Int>) -> Int? {
    precondition(range.lowerBound >= 0 && range.upperBound <= count)
    return unsafe withUnsafeBufferPointer { buffer in
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
    return unsafe withUnsafeBufferPointer { buffer in
      var total = 0
      var i = range.lowerBound
      while i < range.upperBound {
        // A lane adds at most 255 before it is summed, so it cannot overflow.
        let end = Swift.min(i &+ 255 &* 32, range.upperBound)
        var lanes = SIMD32<UInt8>()
        while i &+ 32 <= end {
          let found = unsafe UnsafeRawPointer(buffer.baseAddress.unsafelyUnwrapped + i)
            .loadUnaligned(as: SIMD32<UInt8>.self)
          lanes.replace(with: lanes &+ 1, where: found .== SIMD32(repeating: byte))
          i &+= 32
        }
        total &+= Int(SIMD32<UInt16>(truncatingIfNeeded: lanes).wrappedSum())
        while i < end && end &- i < 32 {
          if unsafe buffer[i] == byte { total &+= 1 }
          i &+= 1
        }
      }
      return total
    }
  }
}
