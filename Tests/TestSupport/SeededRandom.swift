/// A small random source with a seed, so that a test that fails fails again: SplitMix64 (Steele, Lea & Flood 2014).
public struct SeededRandom: RandomNumberGenerator {
  private var state: UInt64

  /// A source that always gives the same numbers for the same seed.
  public init(_ seed: UInt64) { state = seed }

  /// The next number.
  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
    return z ^ z >> 31
  }

  /// A text of some bytes of an alphabet.
  public mutating func text(of alphabet: String, count: ClosedRange<Int>) -> String {
    let bytes = Array(alphabet.utf8)
    let length = Int.random(in: count, using: &self)
    return String(decoding: (0..<length).map { _ in bytes.randomElement(using: &self) ?? 0x30 }, as: UTF8.self)
  }
}
