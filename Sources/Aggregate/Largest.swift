/// The two largest contributions of persons, or of care providers, to a sum, and the sum of all without their signs: what
/// the rules against dominance need. Merging is exact, associative and commutative, for a person is in one bucket only, and
/// the sums of providers are made before they come here.
struct Largest: Equatable, Sendable {
  private(set) var total: Int128 = 0
  /// Contributors: those with another amount than 0.
  private(set) var count: Int64 = 0
  private(set) var first: Int64 = 0
  private(set) var second: Int64 = 0

  /// Adds what one person contributes; a credit as much as a charge.
  @inline(__always)
  mutating func add(_ amount: Int64) {
    let size = abs(amount)
    if size > 0 { count &+= 1 }
    total += Int128(size)
    insert(size)
  }

  mutating func merge(_ other: Largest) {
    total += other.total
    count += other.count
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

  /// The largest contribution, and the two largest together, as a share of all: for the (n,k) rule. Nil without
  /// contributions.
  var shares: (one: Double, two: Double)? {
    first == 0 ? nil : (Double(first) / Double(total), Double(Int128(first) + Int128(second)) / Double(total))
  }
}
