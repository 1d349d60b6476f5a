/// Random numbers that are the same on every machine: xoshiro256** (Blackman & Vigna 2018), seeded by SplitMix64.
///
/// Nothing here calls the C mathematics library, whose last bits differ between systems: exponentials and normal
/// deviates are made of additions and multiplications alone, so that a seed gives the same bytes everywhere.
struct RandomSource {
  private var state0: UInt64
  private var state1: UInt64
  private var state2: UInt64
  private var state3: UInt64

  /// Each subject (a person), purpose and, where it matters, year has a stream of its own, so that neither the order
  /// of generation nor a change in one part moves the numbers of another.
  init(seed: UInt64, subject: Int, purpose: RandomPurpose, year: Int = 0) {
    var mixer = SplitMix64(state: seed)
    mixer.state ^= mixer.next() &+ UInt64(truncatingIfNeeded: subject) &* 0x9E37_79B9_7F4A_7C15
    mixer.state ^= mixer.next() &+ (purpose.rawValue &+ UInt64(year) &* 100) &* 0xD1B5_4A32_D192_ED03
    state0 = mixer.next()
    state1 = mixer.next()
    state2 = mixer.next()
    state3 = mixer.next()
  }

  mutating func next() -> UInt64 {
    let scrambled = state1 &* 5
    let result = ((scrambled &<< 7) | (scrambled &>> 57)) &* 9
    let shifted = state1 &<< 17
    state2 ^= state0
    state3 ^= state1
    state1 ^= state2
    state0 ^= state3
    state2 ^= shifted
    state3 = (state3 &<< 45) | (state3 &>> 19)
    return result
  }

  /// Uniform on 0 ..< 1.
  mutating func uniform() -> Double { Double(next() &>> 11) * 0x1p-53 }

  /// Uniform on 0 ..< count; the bias of the multiplication method is below 2⁻³² for the counts used here.
  mutating func below(_ count: Int) -> Int { Int(((next() &>> 32) &* UInt64(count)) &>> 32) }

  /// Uniform on a closed range.
  mutating func within(_ range: ClosedRange<Int>) -> Int { range.lowerBound + below(range.count) }

  mutating func chance(_ probability: Double) -> Bool { uniform() < probability }

  /// Approximately standard normal: the sum of twelve 16-bit uniforms less six (Irwin–Hall).
  mutating func normal() -> Double {
    var sum: UInt64 = 0
    for _ in 0..<3 {
      let bits = next()
      sum += (bits & 0xFFFF) + (bits &>> 16 & 0xFFFF) + (bits &>> 32 & 0xFFFF) + (bits &>> 48)
    }
    return Double(sum) / 65536 - 6
  }

  /// Log-normal with mean 1.
  mutating func skewed(_ spread: Double) -> Double { exponential(spread * normal() - spread * spread / 2) }

  /// A Poisson count (Knuth 1969), in steps so that no product underflows.
  mutating func poisson(_ mean: Double) -> Int {
    guard mean > 0 else { return 0 }
    var count = 0
    var left = mean
    while left > 8 {
      count += poisson(8)
      left -= 8
    }
    let limit = exponential(-left)
    var product = uniform()
    while product > limit {
      count += 1
      product *= uniform()
    }
    return count
  }
}

/// What a stream of random numbers is for.
enum RandomPurpose: UInt64 {
  case person = 1
  case care
  case carePath
  case differences
  case name
  case specialistVisits
  case specialistKinds
  case spiderWeb
  case work
}

/// The generator that seeds the other one (Steele, Lea & Flood 2014).
struct SplitMix64 {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed &>> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed &>> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed &>> 31)
  }
}

/// eˣ for moderate x, as (1 + x/2²⁰)^(2²⁰): correct to about x²/2²¹, and the same bits everywhere.
func exponential(_ exponent: Double) -> Double {
  var power = 1 + exponent * 0x1p-20
  for _ in 0..<20 { power *= power }
  return power
}
