import Columns

/// Divides heads and lines of claims over parts by the number of their claim, so that a part of both fits in memory.
enum ClaimKey {
  /// A key per row whose highest bits are evenly spread: FNV-1a of the bytes, mixed.
  static func keys(_ claims: Column) -> [Identifier] {
    switch claims {
    case .text(let texts):
      let bytes = texts.bytes.span
      return (0..<texts.count).map { row in
        let range = texts.range(row)
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for i in range { hash = (hash ^ UInt64(bytes[i])) &* 0x0000_0100_0000_01B3 }
        return Identifier(high: mixed(hash), low: 1)
      }
    default: return Array(repeating: Identifier(high: 0, low: 1), count: claims.count)
    }
  }

  /// The finaliser of SplitMix64 (Steele, Lea & Flood 2014): the highest bits depend on all others.
  private static func mixed(_ hash: UInt64) -> UInt64 {
    var z = hash
    z = (z ^ z &>> 30) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ z &>> 27) &* 0x94D0_49BB_1331_11EB
    return z ^ z &>> 31
  }
}
