import Statistics

/// What case-mix models are fitted on, summed per bucket. All sums are of whole numbers, scores in units of 10⁻⁹: any split
/// and order of merging gives the same.
///
/// A linear model needs the cross-products of the nation and the sums of the columns of each unit, whatever the number of
/// persons. A logistic model has no such sums: it keeps how often each pattern of covariates occurs, with how many events.
struct DesignSums: Equatable, Sendable {
  /// A unit of the results, over buckets.
  enum Unit: Hashable, Sendable {
    case fixed(Int)
    case provider(String)
  }
  /// A unit in a period.
  struct Place: Hashable, Sendable {
    let unit: Unit
    let period: Int
  }
  /// Cross-products of one period.
  struct Linear: Equatable, Sendable {
    var count: Int64 = 0
    var y: Int128 = 0
    var yy: Int128 = 0
    var xy: [Int128]
    /// Upper triangle, row by row.
    var xx: [Int128]

    init(columns: Int) {
      xy = Array(repeating: 0, count: columns)
      xx = Array(repeating: 0, count: columns * (columns + 1) / 2)
    }
  }
  /// The covariates of a person.
  struct Pattern: Hashable, Comparable, Sendable {
    let score: Int64
    let levels: [UInt8]

    static func < (a: Pattern, b: Pattern) -> Bool {
      a.score != b.score ? a.score < b.score : a.levels.lexicographicallyPrecedes(b.levels)
    }
  }
  /// Persons with a pattern.
  struct Tally: Equatable, Sendable {
    var count: Int64 = 0
    var events: Int64 = 0
  }

  private(set) var linear: [Int: Linear] = [:]
  private(set) var columnSums: [Place: [Int128]] = [:]
  private(set) var patterns: [Place: [Pattern: Tally]] = [:]
  /// Persons of the nation per level of each factor, by period.
  private(set) var levelCounts: [Int: [[Int64]]] = [:]

  /// Adds a person to a linear model: the values of the columns that are not 0, and the outcome.
  mutating func add(_ values: [(column: Int, value: Int64)], y: Int64, columns: Int, period: Int, units: [Unit]) {
    var sums = linear[period] ?? Linear(columns: columns)
    linear[period] = nil
    sums.count += 1
    sums.y += Int128(y)
    sums.yy += Int128(y) * Int128(y)
    for (position, a) in values.enumerated() {
      sums.xy[a.column] += Int128(a.value) * Int128(y)
      for b in values[position...] {
        sums.xx[Self.position(a.column, b.column, columns)] += Int128(a.value) * Int128(b.value)
      }
    }
    linear[period] = sums
    for unit in units {
      let place = Place(unit: unit, period: period)
      var own = columnSums[place] ?? Array(repeating: 0, count: columns)
      columnSums[place] = nil
      for (column, value) in values { own[column] += Int128(value) }
      columnSums[place] = own
    }
  }

  /// Adds a person to a logistic model.
  mutating func add(_ pattern: Pattern, isEvent: Bool, period: Int, units: [Unit]) {
    for unit in units {
      var tally = Tally(count: 1, events: isEvent ? 1 : 0)
      tally.add(patterns[Place(unit: unit, period: period)]?[pattern] ?? Tally())
      patterns[Place(unit: unit, period: period), default: [:]][pattern] = tally
    }
  }

  /// Counts the levels of a person.
  mutating func count(_ levels: [UInt8], of factors: [CaseMixDesign.Factor], period: Int) {
    for (factor, level) in levels.enumerated() {
      levelCounts[period, default: factors.map { $0.levels.map { _ in 0 } }][factor][Int(level)] += 1
    }
  }

  mutating func merge(_ other: DesignSums) {
    linear.merge(other.linear) { $0.adding($1) }
    columnSums.merge(other.columnSums) { zip($0, $1).map(+) }
    for (place, tallies) in other.patterns {
      patterns[place, default: [:]].merge(tallies) {
        var sum = $0
        sum.add($1)
        return sum
      }
    }
    levelCounts.merge(other.levelCounts) { zip($0, $1).map { zip($0, $1).map(+) } }
  }

  /// Where a product stands in the upper triangle; `a` is not above `b`.
  static func position(_ a: Int, _ b: Int, _ columns: Int) -> Int { a * columns - a * (a - 1) / 2 + b - a }
}

extension DesignSums.Tally {
  mutating func add(_ other: DesignSums.Tally) {
    count += other.count
    events += other.events
  }
}

extension DesignSums.Linear {
  func adding(_ other: DesignSums.Linear) -> DesignSums.Linear {
    var sum = self
    sum.count += other.count
    sum.y += other.y
    sum.yy += other.yy
    sum.xy = zip(xy, other.xy).map(+)
    sum.xx = zip(xx, other.xx).map(+)
    return sum
  }

  /// The cross-products of some columns, in points.
  func products(_ columns: [Int], of design: CaseMixDesign) -> CrossProducts {
    func unit(_ column: Int) -> Double { column == 1 ? FixedPoint.unit : 1 }
    let n = Int128(count)
    return CrossProducts(
      names: columns.map { design.names[$0] }, count: Double(count),
      squares: columns.flatMap { a in
        columns.map { b in
          Double(xx[DesignSums.position(min(a, b), max(a, b), xy.count)]) / unit(a) / unit(b)
        }
      }, products: columns.map { Double(xy[$0]) / unit($0) / FixedPoint.unit },
      outcomeSum: Double(y) / FixedPoint.unit,
      // Exact before it is divided.
      outcomeSpread: Double(n * yy - y * y) / Double(count) / FixedPoint.unit / FixedPoint.unit,
      outcomeSquares: Double(yy) / FixedPoint.unit / FixedPoint.unit)
  }
}
