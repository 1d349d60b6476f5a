import Statistics
import Testing

@Suite("Standardisation")
struct StandardisationTests {
  static let standard = [5000.0, 3000, 2000]
  static let units: [String: (observed: [Double], population: [Double])] = [
    "A": ([4, 10, 30], [1000, 800, 500]), "B": ([0, 3, 5], [600, 400, 200]), "C": ([12, 25, 60], [2000, 1500, 900]),
  ]

  static func strata(_ name: String) -> [Standardisation.DirectStratum] {
    let unit = units[name]!
    return standard.indices.map {
      .init(observed: unit.observed[$0], population: unit.population[$0], standard: standard[$0])
    }
  }

  static func references(_ population: [Double]) -> [Standardisation.IndirectStratum] {
    let observed = [16.0, 38, 95]
    let total = [3600.0, 2700, 1600]
    return population.indices.map {
      .init(population: population[$0], referenceObserved: observed[$0], referencePopulation: total[$0])
    }
  }

  @Test("Directly standardised rates with Dobson's interval agree with PHEindicatormethods")
  func direct() throws {
    let a = try Standardisation.direct(Self.strata("A"))
    expectPrinted(a.rate * 1000, 17.75, digits: 12)
    expectPrinted(a.limits95.scaled(by: 1000), 12.880449, 23.848507, digits: 6)
    expectPrinted(a.limits998.scaled(by: 1000), 10.580007, 27.719026, digits: 6)
    let c = try Standardisation.direct(Self.strata("C"))
    expectPrinted(c.rate * 1000, 21.333333, digits: 6)
    expectPrinted(c.limits95.scaled(by: 1000), 17.290415, 26.035647, digits: 6)
  }

  @Test("Fay and Feuer's interval agrees with epitools")
  func fayFeuer() throws {
    expectPrinted(
      try Standardisation.fayFeuer(Self.strata("A"), .percent95).scaled(by: 1000), 12.882985, 23.977782, digits: 6)
    expectPrinted(
      try Standardisation.fayFeuer(Self.strata("B"), .percent95).scaled(by: 1000), 3.101857, 14.506802, digits: 6)
  }

  @Test("A directly standardised rate is undefined below 10 events, with an empty stratum, without strata")
  func directEdges() {
    #expect(throws: Undefined.tooFewEvents) { try Standardisation.direct(Self.strata("B")) }
    #expect(throws: Undefined.noObservations) { try Standardisation.direct([]) }
    #expect(throws: Undefined.emptyStratum) {
      try Standardisation.direct([
        .init(observed: 20, population: 10, standard: 1), .init(observed: 0, population: 0, standard: 1),
      ])
    }
    #expect(throws: Undefined.noDenominator) {
      try Standardisation.direct([.init(observed: 20, population: 10, standard: 0)])
    }
    #expect(throws: Undefined.invalidInput) {
      try Standardisation.direct([.init(observed: -20, population: 10, standard: 1)])
    }
  }

  @Test("Indirectly standardised ratios and rates agree with PHEindicatormethods")
  func indirect() throws {
    let a = try Standardisation.indirect(observed: 44, strata: Self.references([1000, 800, 500]))
    expectPrinted(a.expected, 45.3912037, digits: 7)
    expectPrinted(a.ratio, 0.969350808)
    expectPrinted(a.limits95, 0.704263530, 1.301339663)
    expectPrinted(a.limits998, 0.579032669, 1.512041941)
    expectPrinted(a.rate.map { $0 * 1000 }, 18.282692460)
    expectPrinted(a.referenceRate.map { $0 * 1000 }, 18.860759, digits: 6)
    let b = try Standardisation.indirect(observed: 8, strata: Self.references([600, 400, 200]))
    expectPrinted(b.expected, 20.1712963, digits: 7)
    expectPrinted(b.ratio, 0.396603167)
    expectPrinted(b.limits95, 0.171225098, 0.781466347)
    expectPrinted(b.limits998, 0.097703880, 1.048826900)
    expectPrinted(b.rate.map { $0 * 1000 }, 7.480236953)
    let c = try Standardisation.indirect(observed: 97, strata: Self.references([2000, 1500, 900]))
    expectPrinted(c.expected, 83.4375, digits: 10)
    expectPrinted(c.ratio, 1.162546817)
    expectPrinted(c.limits95, 0.942724141, 1.418222373)
    expectPrinted(c.limits998, 0.831401147, 1.575783435)
    expectPrinted(c.rate.map { $0 * 1000 }, 21.926515906)
    #expect(near(a.expected + b.expected + c.expected, 149), "all units together are the reference")
  }

  @Test("No events gives a ratio of 0 with an upper limit; nothing expected gives no ratio")
  func indirectEdges() throws {
    let zero = try Standardisation.indirect(observed: 0, strata: Self.references([100, 80, 50]))
    expectPrinted(zero.expected, 4.53912037, digits: 8)
    #expect(zero.ratio == 0 && zero.limits95.lower == 0)
    expectPrinted(zero.limits95.upper, 0.812685973)
    #expect(throws: Undefined.noDenominator) { try Standardisation.indirect(observed: 1, expected: 0) }
    #expect(throws: Undefined.emptyStratum) {
      try Standardisation.expected([.init(population: 3, referenceObserved: 0, referencePopulation: 0)])
    }
    #expect(throws: Undefined.noObservations) { try Standardisation.expected([]) }
  }

  @Test("A standardised cost ratio")
  func costRatio() throws {
    let result = try Standardisation.costRatio([
      .init(cost: 90_000, personYears: 100, referenceCost: 1_200_000, referencePersonYears: 1500),
      .init(cost: 480_000, personYears: 250, referenceCost: 6_000_000, referencePersonYears: 3000),
      .init(cost: 1_150_000, personYears: 180, referenceCost: 9_000_000, referencePersonYears: 1500),
    ])
    expectPrinted(result.expected, 1_660_000, digits: 6)
    expectPrinted(result.ratio, 1.036144578)
    expectPrinted(result.standardised, 2797.590361, digits: 6)
    expectPrinted(result.crude, 3245.283019, digits: 6)
    expectPrinted(result.crude / 12, 270.440252, digits: 6)
    #expect(throws: Undefined.emptyStratum) {
      try Standardisation.costRatio([.init(cost: 1, personYears: 1, referenceCost: 1, referencePersonYears: 9)])
    }
    #expect(throws: Undefined.noObservations) { try Standardisation.costRatio([]) }
  }
}
