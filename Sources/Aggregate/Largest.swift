/// The two largest contributions of persons to a sum, and the sum of all without their signs: what the rules against
/// dominance need. Merging is exact, associative and commutative, for a person is in one bucket only.
struct Largest: Equatable, Sendable {
  private(set) var total: Int128 = 0
  private(set) var first: Int64 = 0
  private(set) var second: Int64 = 0

  /// Adds what one person contributes; a credit as much as a charge.
  @inline(__always)
  mutating func add(_ amount: Int64) {
    let size = abs(amount)
    total += Int128(size)
    insert(size)
  }

  mutating func merge(_ other: Largest) {
    total += other.total
    insert(other.first)
    insert(other.second)
  }

  @inline(__always)
  private mutating func insert(_ size: Int64) {
    if size > first {
      second = first
      first = size
    } else if size > second {
      second = size
    }
  }

  /// What the others contribute together, as a share of the largest contribution: below p/100 the second largest
  /// contributor can estimate the largest to within p% (*Handbook on Statistical Disclosure Control*, 2nd ed. 2024, ch. 4,
  /// p% rule). Nil without contributions.
  var remainder: Double? { first == 0 ? nil : Double(total - Int128(first) - Int128(second)) / Double(first) }
}
