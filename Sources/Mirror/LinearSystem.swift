/// Sums with unknown terms, and which of the unknowns have one solution only.
///
/// Elimination modulo a prime: coefficients are −1, 0 and 1, so that no rounding can hide or make a solution. Known terms do
/// not matter for which unknowns are determined, so they are left out.
struct LinearSystem {
  private static let prime: Int64 = 2_147_483_647
  private var numbers: [Int: Int] = [:]
  private var names: [Int] = []
  private var equations: [[(unknown: Int, coefficient: Int64)]] = []

  /// Adds a sum, by its unknown parts and, where that is unknown too, its total; without any it says nothing.
  mutating func add(_ parts: [Int], total: Int? = nil) {
    let terms = parts.map { (number($0), Int64(1)) } + (total.map { [(number($0), Self.prime - 1)] } ?? [])
    if !terms.isEmpty { equations.append(terms) }
  }

  private mutating func number(_ unknown: Int) -> Int {
    if let number = numbers[unknown] { return number }
    numbers[unknown] = names.count
    names.append(unknown)
    return names.count - 1
  }

  /// The unknowns that the sums determine, in increasing order.
  var solved: [Int] {
    var rows: [[Int64]] = equations.map { terms in
      var row = [Int64](repeating: 0, count: names.count)
      for term in terms { row[term.unknown] = (row[term.unknown] + term.coefficient) % Self.prime }
      return row
    }
    var solved: [Int] = []
    var pivots: [Int] = []
    for column in names.indices {
      guard let pivot = rows.indices.dropFirst(pivots.count).first(where: { rows[$0][column] != 0 }) else { continue }
      rows.swapAt(pivots.count, pivot)
      let place = pivots.count
      pivots.append(column)
      let inverse = Self.inverse(rows[place][column])
      for other in names.indices { rows[place][other] = rows[place][other] * inverse % Self.prime }
      for row in rows.indices where row != place && rows[row][column] != 0 {
        let factor = Self.prime - rows[row][column]
        for other in names.indices where rows[place][other] != 0 {
          rows[row][other] = (rows[row][other] + factor * rows[place][other]) % Self.prime
        }
      }
    }
    for (place, column) in pivots.enumerated() where rows[place].count(where: { $0 != 0 }) == 1 {
      solved.append(names[column])
    }
    return solved.sorted()
  }

  /// Fermat: the power p − 2.
  private static func inverse(_ number: Int64) -> Int64 {
    var result: Int64 = 1
    var base = number
    var exponent = prime - 2
    while exponent > 0 {
      if exponent & 1 == 1 { result = result * base % prime }
      base = base * base % prime
      exponent >>= 1
    }
    return result
  }
}
