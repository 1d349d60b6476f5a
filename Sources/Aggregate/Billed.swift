/// What each provider of a bucket bills, by unit, period and part of care. One entry per line of care and unit would be too
/// many for a table with a place for everything: most providers bill in few regions.
struct Billed: Sendable {
  private(set) var cents: [UInt64: Int64] = [:]

  /// Adds an amount. Units, periods and parts are far fewer than the bits that they have here.
  @inline(__always)
  mutating func add(unit: Int, period: Int, part: Int, provider: Int32, cents amount: Int64) {
    let place = UInt64(BilledByName.Place(unit: unit, period: period, part: part).bits)
    cents[place << 32 | UInt64(UInt32(bitPattern: provider)), default: 0] &+= amount
  }
}

/// The same over any number of buckets, by code of the provider. Lines without a provider count as one.
struct BilledByName: Equatable, Sendable {
  /// Unit, period and part of care.
  struct Place: Hashable, Sendable {
    let bits: UInt32
    init(unit: Int, period: Int, part: Int) { bits = UInt32(unit) << 16 | UInt32(period) << 6 | UInt32(part) }
    init(bits: UInt32) { self.bits = bits }
  }

  private var cents: [Place: [String: Int64]] = [:]

  init() {}

  init(_ billed: Billed, _ providers: [String]) {
    for (key, amount) in billed.cents {
      let provider = Int(Int32(truncatingIfNeeded: key))
      let name = providers.indices.contains(provider) ? providers[provider] : ""
      cents[Place(bits: UInt32(key >> 32)), default: [:]][name, default: 0] += amount
    }
  }

  /// Adds those of other buckets. Associative and commutative.
  mutating func merge(_ other: BilledByName) {
    for (place, amounts) in other.cents { cents[place, default: [:]].merge(amounts, uniquingKeysWith: +) }
  }

  /// The contributions of providers to some parts of care of a unit in a period.
  func largest(unit: Int, period: Int, parts: some Sequence<Int>) -> Largest {
    var sums: [String: Int64] = [:]
    for part in parts {
      sums.merge(cents[Place(unit: unit, period: period, part: part)] ?? [:], uniquingKeysWith: +)
    }
    var largest = Largest()
    for sum in sums.values { largest.add(sum) }
    return largest
  }
}
