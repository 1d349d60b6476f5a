extension Standardisation {
  /// One stratum of an indirectly standardised ratio.
  public struct IndirectStratum: Equatable, Sendable {
    /// Persons or person-years of the unit in the stratum.
    public var population: Double
    /// Events in the reference.
    public var referenceObserved: Double
    /// Persons or person-years in the reference.
    public var referencePopulation: Double

    /// A stratum.
    public init(population: Double, referenceObserved: Double, referencePopulation: Double) {
      self.population = population
      self.referenceObserved = referenceObserved
      self.referencePopulation = referencePopulation
    }
  }

  /// An indirectly standardised ratio: observed over expected.
  ///
  /// Comparable with 1, the reference; not with the ratio of another unit, which has other weights.
  public struct Indirect: Equatable, Sendable {
    /// Events observed.
    public var observed: Double
    /// Events expected at the reference rates.
    public var expected: Double
    /// Observed over expected (SMR).
    public var ratio: Double
    /// The limits of the ratio at 95%: exact below 10 events, else Byar's.
    public var limits95: Limits
    /// The limits of the ratio at 99.8%.
    public var limits998: Limits
    /// The crude rate of the reference per unit of population; `nil` when only the expected number was given.
    public var referenceRate: Double?

    /// The indirectly standardised rate: the ratio times the reference's crude rate.
    public var rate: Double? { referenceRate.map { $0 * ratio } }

    /// The limits at a level.
    public func limits(_ level: Level) -> Limits { level == .percent95 ? limits95 : limits998 }
  }

  /// The number expected when the reference's rates apply to the unit's population.
  ///
  /// - Throws: ``Undefined/emptyStratum`` when a stratum has population here and none in the reference.
  public static func expected(_ strata: [IndirectStratum]) throws(Undefined) -> Double {
    guard !strata.isEmpty else { throw .noObservations }
    var sum = 0.0
    for stratum in strata {
      let (n, o, r) = (stratum.population, stratum.referenceObserved, stratum.referencePopulation)
      guard n >= 0, o >= 0, r >= 0, n.isFinite, o.isFinite, r.isFinite else { throw .invalidInput }
      if n == 0 { continue }
      guard r > 0 else { throw .emptyStratum }
      sum += n * o / r
    }
    return sum
  }

  /// A standardised ratio from an observed and an expected number, however the latter was obtained.
  ///
  /// - Throws: ``Undefined/noDenominator`` when nothing is expected.
  public static func indirect(observed: Double, expected: Double) throws(Undefined) -> Indirect {
    guard observed >= 0, expected >= 0, observed.isFinite, expected.isFinite else { throw .invalidInput }
    guard expected > 0 else { throw .noDenominator }
    guard let limits95 = Interval.poisson(observed, .percent95), let limits998 = Interval.poisson(observed, .percent998)
    else { throw .invalidInput }
    return Indirect(
      observed: observed, expected: expected, ratio: observed / expected,
      limits95: limits95.scaled(by: 1 / expected), limits998: limits998.scaled(by: 1 / expected))
  }

  /// A standardised ratio and rate from strata.
  public static func indirect(observed: Double, strata: [IndirectStratum]) throws(Undefined) -> Indirect {
    var result = try indirect(observed: observed, expected: try expected(strata))
    let population = strata.reduce(0) { $0 + $1.referencePopulation }
    if population > 0 {
      result.referenceRate = strata.reduce(0) { $0 + $1.referenceObserved } / population
    }
    return result
  }
}
