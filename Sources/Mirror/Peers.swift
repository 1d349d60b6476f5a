/// How the published figures of the units of one layout are spread. Single units cannot be told from it.
public struct Peers: Sendable, Equatable {
  /// Fewest published units for which the spread is given.
  static let minimumUnits = 5

  /// Published units, one's own included.
  public let units: Int
  /// A quarter of the units lies below.
  public let lowerQuartile: Double
  /// Half of the units lies below.
  public let median: Double
  /// A quarter of the units lies above.
  public let upperQuartile: Double

  /// A spread that was computed before.
  init(units: Int, lowerQuartile: Double, median: Double, upperQuartile: Double) {
    self.units = units
    self.lowerQuartile = lowerQuartile
    self.median = median
    self.upperQuartile = upperQuartile
  }

  /// The spread of published values; nil when there are too few.
  init?(values: [Double]) {
    guard values.count >= Self.minimumUnits else { return nil }
    let sorted = values.sorted()
    units = sorted.count
    lowerQuartile = Self.quantile(0.25, ofSorted: sorted)
    median = Self.quantile(0.5, ofSorted: sorted)
    upperQuartile = Self.quantile(0.75, ofSorted: sorted)
  }

  /// Quantile type 7 of Hyndman & Fan, *Sample Quantiles in Statistical Packages*, The American Statistician 50 (1996).
  private static func quantile(_ p: Double, ofSorted values: [Double]) -> Double {
    let place = Double(values.count - 1) * p
    let below = Int(place)
    let above = min(below + 1, values.count - 1)
    return values[below] + (place - Double(below)) * (values[above] - values[below])
  }
}
