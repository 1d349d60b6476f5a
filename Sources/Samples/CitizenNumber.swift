/// Citizen service numbers (BSN) of people who do not exist.
///
/// The eleven test: 9·d1 + 8·d2 + … + 2·d8 − d9 is divisible by eleven. So eight digits fix the ninth, except one
/// group in eleven that has none.
enum CitizenNumber {
  /// Whether nine digits pass the eleven test.
  static func passesElevenTest(_ number: Int) -> Bool {
    guard (10_000_000...999_999_999).contains(number) else { return false }
    return remainder(number / 10) == number % 10
  }

  /// The ninth digit that the first eight ask for; ten when there is none.
  static func remainder(_ firstEight: Int) -> Int {
    var left = firstEight
    var sum = 0
    for weight in 2...9 {
      sum += weight * (left % 10)
      left /= 10
    }
    return sum % 11
  }
}

/// Hands out citizen service numbers, each once: first the test range 9999…, in scattered order, then the numbers
/// below it. A number depends on the seed and on how many were handed out before.
struct CitizenNumberSequence {
  /// Multipliers have no factor in common with the size of their range, so that every number comes up once.
  private static let testRange = (first: 99_990_000, size: 10_000, multiplier: 7919)
  private static let otherRange = (first: 10_000_000, size: 89_990_000, multiplier: 48_271)

  private let offset: Int
  private var drawn = 0

  init(seed: UInt64) {
    var mixer = SplitMix64(state: seed)
    offset = Int(mixer.next() % 10_000)
  }

  mutating func next() -> Int {
    while true {
      let inTestRange = drawn < Self.testRange.size
      let range = inTestRange ? Self.testRange : Self.otherRange
      let place = inTestRange ? drawn : drawn - Self.testRange.size
      drawn += 1
      let firstEight = range.first + (place * range.multiplier + offset) % range.size
      let last = CitizenNumber.remainder(firstEight)
      if last < 10 { return firstEight * 10 + last }
    }
  }
}
