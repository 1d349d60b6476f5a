import Statistics
import Testing

@Suite("Shared savings")
struct SharedSavingsTests {
  /// The one-sided table of the Medicare Shared Savings Program as noted in the shared methods.
  static let table: [SharedSavings.Band] = [
    .init(persons: 5000, first: 0.039, last: 0.036), .init(persons: 6000, first: 0.036, last: 0.034),
    .init(persons: 7000, first: 0.034, last: 0.032), .init(persons: 8000, first: 0.032, last: 0.031),
    .init(persons: 9000, first: 0.031, last: 0.030), .init(persons: 10_000, first: 0.030, last: 0.027),
    .init(persons: 15_000, first: 0.027, last: 0.025), .init(persons: 20_000, first: 0.025, last: 0.022),
    .init(persons: 50_000, first: 0.022, last: 0.020), .init(persons: 60_000, first: 0.020, last: 0.020),
  ]

  static func terms(minimumRate: Double, lossCap: Double? = nil) -> SharedSavings.Terms {
    .init(
      years: [
        .init(cost: 2400, trend: 1.06, risk: 1, weight: 0.1), .init(cost: 2480, trend: 1.03, risk: 1.01, weight: 0.3),
        .init(cost: 2590, trend: 1, risk: 1.02, weight: 0.6),
      ], update: 1.035, riskCap: 1.03, minimumRate: minimumRate, sharingRate: 0.5, paymentCap: 0.1, lossCap: lossCap)
  }

  static func result(
    actual: Double = 2580, risk: Double = 1.03, minimumRate: Double = 0.03179980, passed: Bool = true,
    lossCap: Double? = nil
  ) throws -> SharedSavings {
    try SharedSavings(
      terms: terms(minimumRate: minimumRate, lossCap: lossCap), actual: actual, risk: risk, personYears: 8200,
      quality: 0.85, qualityPassed: passed)
  }

  @Test("The worked example, every step")
  func worked() throws {
    let result = try Self.result()
    expectPrinted(result.history, 2587.395327, digits: 6)
    expectPrinted(result.benchmark, 2704.208616, digits: 6)
    expectPrinted(result.saving, 124.208616, digits: 6)
    expectPrinted(result.savingRate * 100, 4.593160, digits: 6)
    expectPrinted(result.totalSaving, 1_018_510.65, digits: 2)
    #expect(result.reachesMinimum)
    expectPrinted(result.payment, 432_867.03, digits: 2)
    expectPrinted(result.cap, 2_217_451.07, digits: 2)
  }

  @Test("A minimum savings rate from a table, linear inside a band")
  func table() {
    func rate(_ persons: Int) -> Double? {
      SharedSavings.minimumRate(bands: Self.table, persons: persons).map { $0 * 100 }
    }
    expectPrinted(rate(8200), 3.179980, digits: 6)
    expectPrinted(rate(7500), 3.299900, digits: 6)
    expectPrinted(rate(12_000), 2.879976, digits: 6)
    expectPrinted(rate(80_000), 2.0, digits: 12)
    #expect(rate(4999) == nil)
    #expect(SharedSavings.minimumRate(bands: [], persons: 5) == nil)
  }

  @Test("A minimum savings rate by chance alone")
  func formula() {
    for (persons, expected) in [(1000.0, 8.713137), (5000, 3.896633), (20_000, 1.948317)] {
      expectPrinted(
        SharedSavings.minimumRate(coefficientOfVariation: 2.15, persons: persons).map { $0 * 100 }, expected,
        digits: 6)
    }
    #expect(SharedSavings.minimumRate(coefficientOfVariation: 2.15, persons: 0) == nil)
  }

  @Test("A saving exactly at the minimum counts, one below does not, and none is paid without quality")
  func minimum() throws {
    let rate = try Self.result().savingRate
    #expect(try Self.result(minimumRate: rate).payment > 0)
    #expect(try Self.result(minimumRate: rate * 1.0001).payment == 0)
    #expect(try Self.result(passed: false).payment == 0)
    // (0.3 − 0.2) / 0.3 is a rounding below a third.
    let third = SharedSavings.Terms(
      years: [.init(cost: 0.3, trend: 1, risk: 1, weight: 1)], update: 1, riskCap: 1, minimumRate: 1.0 / 3,
      sharingRate: 1, paymentCap: 1)
    let result = try SharedSavings(
      terms: third, actual: 0.2, risk: 1, personYears: 1, quality: 1, qualityPassed: true)
    #expect(result.savingRate < 1.0 / 3 && result.reachesMinimum)
  }

  @Test("Growth of risk raises the benchmark up to its cap only")
  func riskCap() throws {
    let result = try Self.result(risk: 1.5)
    #expect(near(result.benchmark, result.history * 1.035 * 1.03))
  }

  @Test("A payment is capped; a loss is shared when agreed, with its own cap")
  func caps() throws {
    let gain = try Self.result(actual: 1000)
    #expect(near(gain.payment, gain.cap) && gain.uncapped > gain.cap)
    #expect(try Self.result(actual: 4000).payment == 0)
    let loss = try Self.result(actual: 4000, lossCap: 0.05)
    #expect(near(loss.payment, -0.05 * loss.benchmark * 8200))
    let small = try Self.result(actual: 2750, lossCap: 0.05)
    #expect(small.payment == 0 && !small.reachesMinimum)
  }

  @Test("No benchmark, no base years, weights that do not add up")
  func refused() throws {
    var terms = Self.terms(minimumRate: 0.02)
    func run() throws(Undefined) -> SharedSavings {
      try SharedSavings(terms: terms, actual: 1, risk: 1, personYears: 1, quality: 1, qualityPassed: true)
    }
    terms.update = 0
    #expect(throws: Undefined.noDenominator) { try run() }
    terms.years[0].weight = 0.5
    #expect(throws: Undefined.invalidInput) { try run() }
    terms.years = []
    #expect(throws: Undefined.noObservations) { try run() }
  }
}
