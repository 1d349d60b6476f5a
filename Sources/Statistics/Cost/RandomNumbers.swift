/// The generator xoshiro256** 1.0 of Blackman & Vigna (2018), seeded by SplitMix64.
///
/// Our own, so that the same seed gives the same draws with every version of the standard library.
public struct Xoshiro256StarStar: RandomNumberGenerator, Sendable {
  /// The name printed beside a seed.
  public static let name = "xoshiro256**"
  private var state: (UInt64, UInt64, UInt64, UInt64)

  /// A generator from a seed.
  public init(seed: UInt64) {
    var counter = seed
    func splitMix() -> UInt64 {
      counter &+= 0x9E37_79B9_7F4A_7C15
      var mixed = counter
      mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
      mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
      return mixed ^ (mixed >> 31)
    }
    state = (splitMix(), splitMix(), splitMix(), splitMix())
  }

  /// The next 64 bits.
  public mutating func next() -> UInt64 {
    func rotate(_ x: UInt64, _ k: UInt64) -> UInt64 { (x << k) | (x >> (64 - k)) }
    let result = rotate(state.1 &* 5, 7) &* 9
    let shifted = state.1 << 17
    state.2 ^= state.0
    state.3 ^= state.1
    state.1 ^= state.2
    state.0 ^= state.3
    state.2 ^= shifted
    state.3 = rotate(state.3, 45)
    return result
  }

  /// A number from 0 to `bound` − 1, without bias (Lemire 2019). `bound` is above 0.
  public mutating func index(below bound: Int) -> Int {
    let limit = UInt64(bound)
    var product = next().multipliedFullWidth(by: limit)
    if product.low < limit {
      let rejected = (0 &- limit) % limit
      while product.low < rejected { product = next().multipliedFullWidth(by: limit) }
    }
    return Int(product.high)
  }

  /// A number in [0, 1) with 53 random bits.
  public mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }
}
