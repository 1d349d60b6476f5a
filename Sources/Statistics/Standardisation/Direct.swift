/// Standardisation by age, sex or other strata, by the conventions of PHE.
public enum Standardisation {
  /// One stratum of a directly standardised rate.
  public struct DirectStratum: Equatable, Sendable {
    /// Events observed in the stratum.
    public var observed: Double
    /// Persons or person-years in the stratum.
    public var population: Double
    /// The weight of the stratum in the standard population.
    public var standard: Double

    /// A stratum.
    public init(observed: Double, population: Double, standard: Double) {
      self.observed = observed
      self.population = population
      self.standard = standard
    }
  }

  /// A directly standardised rate per unit of population; multiply for a rate per 1000.
  public struct Direct: Equatable, Sendable {
    /// All events observed.
    public var observed: Double
    /// All persons or person-years.
    public var population: Double
    /// The standardised rate.
    public var rate: Double
    /// The variance of the rate.
    public var variance: Double
    /// Dobson's limits at 95%.
    public var limits95: Limits
    /// Dobson's limits at 99.8%.
    public var limits998: Limits

    /// The limits at a level.
    public func limits(_ level: Level) -> Limits { level == .percent95 ? limits95 : limits998 }
  }

  /// Fewer events than this, and a directly standardised rate is not given (PHE).
  public static let directMinimum = 10.0

  /// A directly standardised rate with Dobson's interval (Dobson et al. 1991) on Byar's limits of the total.
  ///
  /// - Throws: ``Undefined/tooFewEvents`` below ``directMinimum`` events, ``Undefined/emptyStratum`` for a stratum that
  ///   counts in the standard and has no population, ``Undefined/noDenominator`` when all weights are 0.
  public static func direct(_ strata: [DirectStratum]) throws(Undefined) -> Direct {
    let sums = try directSums(strata)
    return try direct(sums, variance: sums.variance)
  }

  /// A directly standardised rate of events that repeat in a person, such as emergency visits.
  ///
  /// Within a frequency class events are independent persons, so Var = Σ f² · Var(rate of persons with f events).
  /// - Parameter byFrequency: per frequency f the strata, with `observed` the number of *persons* with f events.
  public static func direct(
    byFrequency: [(frequency: Double, strata: [DirectStratum])]
  ) throws(Undefined) -> Direct {
    guard let first = byFrequency.first else { throw .noObservations }
    var total = first.strata
    for index in total.indices { total[index].observed = 0 }
    var variance = 0.0
    for (frequency, strata) in byFrequency {
      guard strata.count == total.count, frequency > 0 else { throw .invalidInput }
      variance += frequency * frequency * (try directSums(strata)).variance
      for index in strata.indices { total[index].observed += frequency * strata[index].observed }
    }
    return try direct(try directSums(total), variance: variance)
  }

  private typealias DirectSums = (observed: Double, population: Double, rate: Double, variance: Double)

  private static func directSums(_ strata: [DirectStratum]) throws(Undefined) -> DirectSums {
    guard !strata.isEmpty else { throw .noObservations }
    var sums: DirectSums = (0, 0, 0, 0)
    var weight = 0.0
    for stratum in strata {
      let (o, n, w) = (stratum.observed, stratum.population, stratum.standard)
      guard o >= 0, n >= 0, w >= 0, o.isFinite, n.isFinite, w.isFinite, n > 0 || o == 0 else { throw .invalidInput }
      sums.observed += o
      sums.population += n
      if w == 0 { continue }
      guard n > 0 else { throw .emptyStratum }
      weight += w
      sums.rate += w * o / n
      sums.variance += w * w * o / (n * n)
    }
    guard weight > 0 else { throw .noDenominator }
    sums.rate /= weight
    sums.variance /= weight * weight
    return sums
  }

  private static func direct(_ sums: DirectSums, variance: Double) throws(Undefined) -> Direct {
    guard sums.observed >= directMinimum else { throw .tooFewEvents }
    let scale = (variance / sums.observed).squareRoot()
    func dobson(_ level: Level) throws(Undefined) -> Limits {
      guard let total = Interval.byar(sums.observed, level) else { throw .tooFewEvents }
      return Limits(
        lower: sums.rate + scale * (total.lower - sums.observed),
        upper: sums.rate + scale * (total.upper - sums.observed))
    }
    return Direct(
      observed: sums.observed, population: sums.population, rate: sums.rate, variance: variance,
      limits95: try dobson(.percent95), limits998: try dobson(.percent998))
  }

  /// A directly standardised rate alone, whatever the number of events.
  public static func directRate(_ strata: [DirectStratum]) throws(Undefined) -> Double { try directSums(strata).rate }

  /// The interval of a directly standardised rate by Fay & Feuer (1997), valid for few events too.
  ///
  /// Gamma limits on the weighted sum; the upper one uses the largest weight. Per unit of population.
  public static func fayFeuer(_ strata: [DirectStratum], _ level: Level) throws(Undefined) -> Limits {
    let sums = try directSums(strata)
    let weight = strata.reduce(0) { $0 + $1.standard }
    let largest = strata.reduce(0.0) { $1.standard > 0 ? max($0, $1.standard / $1.population / weight) : $0 }
    let (y, v) = (sums.rate, sums.variance)
    let (yNext, vNext) = (y + largest, v + largest * largest)
    guard let upper = Distribution.gammaQuantile(level.upperTail, shape: yNext * yNext / vNext, rate: yNext / vNext)
    else { throw .invalidInput }
    if y == 0 { return Limits(lower: 0, upper: upper) }
    guard let lower = Distribution.gammaQuantile(level.lowerTail, shape: y * y / v, rate: y / v) else {
      throw .invalidInput
    }
    return Limits(lower: lower, upper: upper)
  }
}
