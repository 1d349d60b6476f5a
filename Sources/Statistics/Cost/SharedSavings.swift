/// Shared savings of a group of insured people against a benchmark (42 CFR 425.601–.610; Hayen et al. 2015).
///
/// All amounts are euros per person-year unless a name says otherwise. Every step is kept, so that both parties can
/// recompute the payment.
public struct SharedSavings: Equatable, Sendable {
  /// A year of the benchmark.
  public struct BaseYear: Equatable, Sendable {
    /// Cost per person-year.
    public var cost: Double
    /// What brings the year's prices to those of the last base year.
    public var trend: Double
    /// The group's risk score in the year.
    public var risk: Double
    /// The year's share in the benchmark; the shares add up to 1.
    public var weight: Double

    /// A base year.
    public init(cost: Double, trend: Double, risk: Double, weight: Double) {
      self.cost = cost
      self.trend = trend
      self.risk = risk
      self.weight = weight
    }
  }

  /// What the parties agreed.
  public struct Terms: Equatable, Sendable {
    /// The base years in order; the last one sets the level of prices and risk.
    public var years: [BaseYear]
    /// From the last base year to the performance year.
    public var update: Double
    /// The highest risk growth that raises the benchmark, such as 1.03.
    public var riskCap: Double
    /// The smallest saving that counts, as a share of the benchmark.
    public var minimumRate: Double
    /// The provider's share in a saving, 0 to 1.
    public var sharingRate: Double
    /// The highest payment, as a share of the benchmark.
    public var paymentCap: Double
    /// The highest repayment of a loss, as a share of the benchmark; `nil` when losses are not shared.
    public var lossCap: Double?

    /// Terms.
    public init(
      years: [BaseYear], update: Double, riskCap: Double, minimumRate: Double, sharingRate: Double,
      paymentCap: Double, lossCap: Double? = nil
    ) {
      self.years = years
      self.update = update
      self.riskCap = riskCap
      self.minimumRate = minimumRate
      self.sharingRate = sharingRate
      self.paymentCap = paymentCap
      self.lossCap = lossCap
    }
  }

  /// The benchmark over the base years.
  public var history: Double
  /// The benchmark for the performance year.
  public var benchmark: Double
  /// Benchmark less actual cost; below 0 for a loss.
  public var saving: Double
  /// The saving as a share of the benchmark.
  public var savingRate: Double
  /// The saving times person-years, in euros.
  public var totalSaving: Double
  /// Whether the saving (or loss) is at least the minimum.
  public var reachesMinimum: Bool
  /// Whether quality was good enough to be paid.
  public var qualityPassed: Bool
  /// The payment before the cap, in euros; below 0 for a repayment.
  public var uncapped: Double
  /// The highest payment or repayment, in euros.
  public var cap: Double
  /// The payment due to the provider, in euros; below 0 for a repayment.
  public var payment: Double

  /// Computes the payment for a performance year.
  ///
  /// - Parameters:
  ///   - actual: cost per person-year in the performance year.
  ///   - risk: the risk score in the performance year.
  ///   - personYears: in the performance year.
  ///   - quality: the quality score, 0 to 1, which multiplies a gain.
  ///   - qualityPassed: whether the quality goals were met. Without it a saving is not paid; a loss still is.
  /// - Throws: ``Undefined/noDenominator`` when the benchmark is not above 0, ``Undefined/noObservations`` without base
  ///   years or person-years.
  public init(
    terms: Terms, actual: Double, risk: Double, personYears: Double, quality: Double, qualityPassed: Bool
  ) throws(Undefined) {
    guard let last = terms.years.last, personYears > 0 else { throw .noObservations }
    guard terms.years.allSatisfy({ $0.risk > 0 }), risk > 0,
      abs(terms.years.reduce(0) { $0 + $1.weight } - 1) < 1e-9
    else { throw .invalidInput }
    history = terms.years.reduce(0) { $0 + $1.weight * $1.cost * $1.trend * (last.risk / $1.risk) }
    benchmark = history * terms.update * min(risk / last.risk, terms.riskCap)
    guard benchmark > 0 else { throw .noDenominator }
    saving = benchmark - actual
    savingRate = saving / benchmark
    totalSaving = saving * personYears
    // A saving exactly at the minimum counts, also when rounding puts it just below.
    reachesMinimum = abs(savingRate) >= terms.minimumRate * (1 - 1e-12)
    self.qualityPassed = qualityPassed
    let gain = saving >= 0
    let due = reachesMinimum && (gain ? qualityPassed : terms.lossCap != nil)
    uncapped = due ? totalSaving * terms.sharingRate * (gain ? quality : 1) : 0
    cap = (gain ? terms.paymentCap : terms.lossCap ?? 0) * benchmark * personYears
    payment = gain ? min(uncapped, cap) : max(uncapped, -cap)
  }

  /// The minimum savings rate by chance alone: z(0.90) · CV / √n.
  ///
  /// - Parameters:
  ///   - coefficientOfVariation: of cost per person in the reference population.
  ///   - persons: in the group.
  public static func minimumRate(coefficientOfVariation: Double, persons: Double, confidence: Double = 0.9) -> Double? {
    guard coefficientOfVariation > 0, persons > 0 else { return nil }
    return Distribution.normalQuantile(confidence).map { $0 * coefficientOfVariation / persons.squareRoot() }
  }

  /// A band of an agreed table of minimum savings rates.
  public struct Band: Equatable, Sendable {
    /// The smallest group of the band.
    public var persons: Int
    /// The rate for that group.
    public var first: Double
    /// The rate for the largest group of the band, one person below the next band.
    public var last: Double

    /// A band.
    public init(persons: Int, first: Double, last: Double) {
      self.persons = persons
      self.first = first
      self.last = last
    }
  }

  /// The minimum savings rate by a table with ascending bands, linear within a band.
  ///
  /// - Returns: the last band's first rate above it; `nil` below the first band.
  public static func minimumRate(bands: [Band], persons: Int) -> Double? {
    guard let index = bands.lastIndex(where: { $0.persons <= persons }) else { return nil }
    let band = bands[index]
    guard index + 1 < bands.count else { return band.first }
    let width = bands[index + 1].persons - 1 - band.persons
    guard width > 0 else { return band.first }
    return band.first + (band.last - band.first) * Double(persons - band.persons) / Double(width)
  }
}
