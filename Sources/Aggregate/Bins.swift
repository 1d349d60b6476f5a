import Statistics

/// Sums of the observations that have one value: a bar of an exact, mergeable histogram.
///
/// What cannot be merged from sums alone (medians, percentiles, sums of what lies above a percentile of all) is made of
/// these. Values are whole numbers: euros of a year, or scores as multiples of 10⁻⁹. Merging adds whole numbers, so that
/// any split into buckets gives the same bytes.
struct Bin: Equatable, Sendable {
  var count: Int64 = 0
  var x: Int128 = 0
  var y: Int128 = 0
  var xx: Int128 = 0
  var xy: Int128 = 0
  var yy: Int128 = 0

  mutating func add(x: Int64, y: Int64) {
    let (x, y) = (Int128(x), Int128(y))
    count += 1
    self.x += x
    self.y += y
    xx += x * x
    xy += x * y
    yy += y * y
  }

  mutating func merge(_ other: Bin) {
    count += other.count
    x += other.x
    y += other.y
    xx += other.xx
    xy += other.xy
    yy += other.yy
  }
}

/// A histogram: bars by value.
typealias Bins = [Int64: Bin]

/// Percentiles of a histogram.
struct BinnedQuantiles {
  private let values: [Int64]
  /// Observations up to and including each value.
  private let upTo: [Int64]

  init(_ bins: Bins) {
    values = bins.keys.sorted()
    var sum: Int64 = 0
    upTo = values.map { value in
      sum += bins[value]?.count ?? 0
      return sum
    }
  }

  /// Number of observations.
  var count: Int64 { upTo.last ?? 0 }

  /// The quantile of the observations by definition 7 of Hyndman & Fan 1996, R's default; nil without observations.
  func quantile(_ p: Double) -> Double? {
    guard count > 0 else { return nil }
    let position = Double(count - 1) * p
    let below = position.rounded(.down)
    guard let low = value(at: Int64(below)), let high = value(at: min(count - 1, Int64(below) + 1)) else { return nil }
    return Double(low) + (position - below) * Double(high - low)
  }

  /// The observation of a rank from 0.
  private func value(at rank: Int64) -> Int64? {
    var (low, high) = (0, upTo.count)
    while low < high {
      let middle = (low + high) / 2
      if upTo[middle] > rank { high = middle } else { low = middle + 1 }
    }
    return low < values.count ? values[low] : nil
  }
}

extension CellTable {
  /// Adds a score, or a change, in units of 10⁻⁹, to cells and where percentiles are wanted to their histograms.
  mutating func addScore(_ score: Int64, to cells: [(unit: Int, period: Int)], isBinned: Bool) {
    for cell in cells {
      let number = index(unit: cell.unit, period: cell.period)
      add(number, x: score)
      if isBinned { addToBin(number, value: score, x: 0, y: 0) }
    }
  }
}
