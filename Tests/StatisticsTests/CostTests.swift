import Statistics
import Testing

@Suite("Cost")
struct CostTests {
  @Test("Person-time counts both ends, and leap years have 366 days")
  func personTime() {
    // 15 March to 31 December.
    let leap = Cost.firstDay(ofYear: 2024) + 31 + 29 + 14
    expectPrinted(Cost.personYears(from: leap, to: Cost.firstDay(ofYear: 2025) - 1, in: 2024), 0.797814208)
    let plain = Cost.firstDay(ofYear: 2023) + 31 + 28 + 14
    expectPrinted(Cost.personYears(from: plain, to: Cost.firstDay(ofYear: 2024) - 1, in: 2023), 0.8, digits: 12)
  }

  @Test("Person-time outside, across and at the ends of a year")
  func personTimeEdges() {
    #expect(Cost.firstDay(ofYear: 1970) == 0)
    #expect(Cost.firstDay(ofYear: 2000) == 10957)
    #expect(Cost.firstDay(ofYear: 2024) == 19723)
    #expect(Cost.personYears(from: 0, to: 40_000, in: 2024) == 1)
    #expect(Cost.personYears(from: 0, to: 10, in: 2024) == 0)
    #expect(Cost.personYears(from: 19723, to: 19723, in: 2024) == 1.0 / 366)
    #expect(Cost.personYears(from: 19730, to: 19725, in: 2024) == 0)
    #expect(Cost.days(inYear: 1900) == 365 && Cost.days(inYear: 2000) == 366)
  }

  @Test("Truncation annualises first and brings back to the insured part")
  func truncation() {
    let result = Cost.truncate([100, 900, -50, 2000], personYears: [1, 0.5, 1, 1], threshold: 1000)
    #expect(result?.costs == [100, 500, -50, 1000])
    #expect(result?.count == 2 && result?.removed == 1400)
    #expect(Cost.truncate([1], personYears: [0], threshold: 1) == nil)
    #expect(Cost.truncate([], personYears: [], threshold: 1)?.count == 0)
  }

  @Test("Duan's smearing factor")
  func smearing() {
    // Logarithms of 100 to 1600, doubling each time: the residuals are multiples of ln 2.
    let residuals = [-2.0, -1, 0, 1, 2].map { $0 * 0.693147180559945309 }
    let factor = Cost.smearingFactor(logResiduals: residuals)
    expectPrinted(factor, 1.55, digits: 12)
    expectPrinted(factor.map { $0 * 400 }, 620, digits: 9)
    #expect(Cost.smearingFactor(logResiduals: []) == nil)
    #expect(Cost.calibration(observed: [1], expected: [0]) == nil)
    #expect(Cost.calibration(observed: [1, 2], expected: [2, 4]) == 0.5)
  }

  @Test("All 27 resamples of three values")
  func allResamples() {
    let x = [1.0, 2, 6]
    var draws: [Double] = []
    for a in x { for b in x { for c in x { draws.append((a + b + c) / 3) } } }
    expectPrinted(Bootstrap.percentile(draws, .percent95), 1.216666667, 5.133333333)
    let centre = draws.reduce(0, +) / 27
    let deviation = (draws.reduce(0) { $0 + ($1 - centre) * ($1 - centre) } / 27).squareRoot()
    expectPrinted(deviation, 1.247219129)
  }

  static let costs = [120.0, 80, 95, 2300, 150, 60, 400, 0, 75, 3100, 210, 90]

  @Test("Bootstrap limits of a skewed mean are those of R within the spread of seeds")
  func bootstrap() throws {
    let average = try #require(mean(Self.costs))
    expectPrinted(average, 556.666667, digits: 6)
    let acceleration = try #require(Bootstrap.acceleration(ofMean: Self.costs))
    expectPrinted(acceleration, 0.089581572)
    let draws = Bootstrap.means(Self.costs, draws: 9999, seed: 20_240_101)
    expectNear(Bootstrap.percentile(draws, .percent95), 102.5, 1185.42, 0.05)
    expectNear(
      Bootstrap.biasCorrected(draws, estimate: average, acceleration: acceleration, .percent95), 127.92, 1397.87, 0.05)
    let deviation = try #require(standardDeviation(Self.costs))
    expectPrinted(Interval.meanT(mean: average, sd: deviation, n: 12, .percent95), -91.72, 1205.05, digits: 2)
  }

  @Test("The same seed gives the same draws, another seed others; edges")
  func seeds() {
    #expect(Bootstrap.means(Self.costs, draws: 5, seed: 1) == Bootstrap.means(Self.costs, draws: 5, seed: 1))
    #expect(Bootstrap.means(Self.costs, draws: 5, seed: 1) != Bootstrap.means(Self.costs, draws: 5, seed: 2))
    #expect(Bootstrap.means([], seed: 1).isEmpty)
    #expect(Bootstrap.means([3], draws: 2, seed: 1) == [3, 3])
    #expect(Bootstrap.percentile([], .percent95) == nil)
    #expect(Bootstrap.acceleration(ofMean: [2, 2, 2]) == nil)
    #expect(Bootstrap.biasCorrected([2, 2], estimate: 2, acceleration: 0, .percent95) == nil)
    #expect(Bootstrap.ratios(y: [2, 4], x: [1, 2], draws: 3, seed: 4) == [2, 2, 2])
    #expect(Bootstrap.ratios(y: [1], x: [0], draws: 3, seed: 4).isEmpty)
  }

  @Test("The generator gives the published sequence")
  func generator() {
    // SplitMix64 from 0 gives e220a8397b1dcdaf, 6e789e6aa1b965f4, 06c45d188009454f, f88bb8a8724c81ec as the state;
    // the first output is rotl(s1 · 5, 7) · 9.
    var generator = Xoshiro256StarStar(seed: 0)
    let second: UInt64 = 0x6e78_9e6a_a1b9_65f4
    let product = second &* 5
    #expect(generator.next() == ((product << 7) | (product >> 57)) &* 9)
    var counts = [0, 0, 0]
    for _ in 0..<30_000 { counts[generator.index(below: 3)] += 1 }
    #expect(counts.allSatisfy { abs($0 - 10_000) < 400 }, "within five standard errors")
    #expect((0..<1000).allSatisfy { _ in (0..<1).contains(generator.uniform()) })
  }

  @Test("Difference in differences agrees with R")
  func differenceInDifferences() throws {
    let result = try Cost.differenceInDifferences(
      treatedBefore: [1000, 1200, 1500, 900], treatedAfter: [1100, 1250, 1400, 950],
      controlBefore: [1000, 1100, 1300, 1250], controlAfter: [1300, 1400, 1500, 1450], .percent95)
    expectPrinted(result.difference, -225, digits: 9)
    expectPrinted(result.standardError, 182.8592355, digits: 7)
    expectPrinted(result.limits, -623.416048, 173.416048, digits: 6)
    #expect(throws: Undefined.noObservations) {
      try Cost.differenceInDifferences(
        treatedBefore: [], treatedAfter: [1], controlBefore: [1], controlAfter: [1], .percent95)
    }
    #expect(throws: Undefined.tooFewObservations) {
      try Cost.differenceInDifferences(
        treatedBefore: [1], treatedAfter: [1], controlBefore: [1], controlAfter: [1], .percent95)
    }
  }

  @Test("With thirty practices the standard error is clustered, with fewer the figure is indicative")
  func clusteredDifference() throws {
    func observations(_ practices: Int) -> [Cost.Observation] {
      (0..<practices * 4).map { index in
        let practice = index / 4
        let after = index % 2 == 1
        return .init(
          value: Double((index * 37) % 11) + (after ? 2 : 0), treated: practice % 2 == 0, after: after,
          practice: practice)
      }
    }
    let many = try Cost.differenceInDifferences(observations(30), .percent95)
    #expect(!many.isIndicative && many.practices == 30)
    let few = try Cost.differenceInDifferences(observations(29), .percent95)
    #expect(few.isIndicative && few.practices == 29)
    // Without practices the same observations give the plain least-squares error.
    let plain = try Cost.differenceInDifferences(
      observations(30).map { .init(value: $0.value, treated: $0.treated, after: $0.after) }, .percent95)
    #expect(near(plain.difference, many.difference) && !near(plain.standardError, many.standardError))
    #expect(plain.isIndicative && plain.practices == nil)
  }

  @Test("The test of trends before the start agrees with R")
  func parallelTrends() throws {
    func values(_ slope: Double) -> [Cost.TrendPoint] {
      (0..<6).flatMap { year -> [Cost.TrendPoint] in
        let wobble = Double((year * 7) % 3) - 1
        return [
          .init(value: 100 + 10 * Double(year) + wobble, year: Double(2013 + year), treated: false),
          .init(value: 120 + (10 + slope) * Double(year) - wobble, year: Double(2013 + year), treated: true),
        ]
      }
    }
    // R 4.2.2: lm(value ~ year * treated).
    let parallel = try Cost.parallelTrend(values(0))
    #expect(
      near(parallel.difference, -0.457142857143) && near(parallel.standardError, 0.2969229955835)
        && near(parallel.p, 0.162221406749))
    let diverging = try Cost.parallelTrend(values(8))
    #expect(
      near(diverging.difference, 7.542857142857) && near(diverging.standardError, 0.2969229955835)
        && near(diverging.p * 1e9, 6.177561291339, 1e-7))
    #expect(throws: Undefined.tooFewObservations) { try Cost.parallelTrend(Array(values(0).prefix(4))) }
  }

  @Test("Ratio of rate ratios agrees with R")
  func ratioOfRatios() {
    func result(_ treatedAfter: Double) -> Cost.RatioOfRatios? {
      Cost.ratioOfRatios(
        treatedBefore: .init(90, per: 2000), treatedAfter: .init(treatedAfter, per: 2050),
        controlBefore: .init(400, per: 10_000), controlAfter: .init(420, per: 10_100), .percent95)
    }
    expectPrinted(result(80)?.ratio, 0.834172151)
    expectPrinted(result(80)?.logStandardError, 0.168795923)
    expectPrinted(result(80)?.limits, 0.599206253, 1.161274893)
    #expect(result(0) == nil)
  }
}
