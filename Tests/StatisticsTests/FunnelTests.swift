import Statistics
import Testing

@Suite("Funnel")
struct FunnelTests {
  @Test("Exact interpolated binomial limits agree with R")
  func binomial() {
    func check(_ n: Double, _ low: Double, _ a: Double, _ b: Double, _ high: Double) {
      expectPrinted(Funnel.proportion(target: 0.1, n: n, .percent998, clamped: false), low, high)
      expectPrinted(Funnel.proportion(target: 0.1, n: n, .percent95, clamped: false), a, b)
    }
    check(50, -0.016119350, 0.013862927, 0.179722728, 0.240128419)
    check(100, 0.014178865, 0.040380596, 0.157718612, 0.198356719)
    check(500, 0.059988687, 0.073447528, 0.126014899, 0.142689313)
    #expect(Funnel.proportion(target: 0.1, n: 50, .percent998)?.lower == 0)
  }

  @Test("Exact interpolated Poisson limits agree with R")
  func poisson() {
    func check(_ e: Double, _ low: Double, _ a: Double, _ b: Double, _ high: Double) {
      expectPrinted(Funnel.ratio(expected: e, .percent998, clamped: false), low, high)
      expectPrinted(Funnel.ratio(expected: e, .percent95, clamped: false), a, b)
    }
    check(5, -0.170317368, 0.108413159, 1.875311718, 2.554270756)
    check(20, 0.358459355, 0.560250052, 1.437288434, 1.735676429)
    check(100, 0.700652843, 0.803663371, 1.195808949, 1.318047504)
    #expect(Funnel.ratio(expected: 5, .percent998)?.lower == 0)
    let rate = Funnel.ratio(target: 0.02, expected: 20, .percent95)
    expectPrinted(rate, 0.560250052 * 0.02, 1.437288434 * 0.02, digits: 10)
  }

  @Test("Normal limits agree with R")
  func normal() {
    expectPrinted(Funnel.proportion(target: 0.1, n: 100, .percent998, method: .normal), 0.007293031, 0.192706969)
    expectPrinted(Funnel.proportion(target: 0.1, n: 100, .percent95, method: .normal), 0.041201080, 0.158798920)
    expectPrinted(Funnel.ratio(expected: 20, .percent998, method: .normal), 0.309003050, 1.690996950)
    expectPrinted(Funnel.ratio(expected: 20, .percent95, method: .normal), 0.561738730, 1.438261270)
  }

  @Test("χ² limits agree with FunnelPlotR's own tests")
  func chiSquared() {
    let cases: [(Double, Double, Double, Double)] = [
      (15, 0.5596924, 1.649348, 0.3862650), (20, 0.6108260, 1.544419, 0.4479107), (30, 0.6746958, 1.427562, 0.5289724),
    ]
    for (expected, lower, upper, lowest) in cases {
      expectPrinted(Funnel.ratio(expected: expected, .percent998, method: .chiSquared)?.lower, lowest, digits: 7)
      let limits = Funnel.ratio(expected: expected, .percent95, method: .chiSquared)
      expectPrinted(limits?.lower, lower, digits: 7)
      expectPrinted(limits?.upper, upper, digits: 6)
    }
  }

  @Test("Limits do not exist without a denominator")
  func edges() {
    #expect(Funnel.proportion(target: 0.1, n: 0, .percent95) == nil)
    #expect(Funnel.proportion(target: 1.1, n: 10, .percent95) == nil)
    #expect(Funnel.proportion(target: 0.5, n: 10, .percent95, method: .chiSquared) == nil)
    #expect(Funnel.ratio(expected: 0, .percent95) == nil)
    #expect(Funnel.proportion(target: 0, n: 10, .percent95) == Limits(lower: 0, upper: 0))
    #expect(Funnel.proportion(target: 1, n: 10, .percent95) == Limits(lower: 1, upper: 1))
    #expect(Funnel.proportion(target: 0.3, n: 1, .percent95).map { $0.lower >= 0 && $0.upper <= 1 } == true)
  }

  static let numerators = [5.0, 40, 90, 12, 300]
  static let denominators = [50.0, 200, 300, 100, 1000]
  static let target = 447.0 / 1650

  static func overdispersion() throws -> Overdispersion {
    try Overdispersion(
      values: zip(numerators, denominators).map { $0 / $1 },
      errors: denominators.map { (target * (1 - target) / $0).squareRoot() }, target: target)
  }

  @Test("Over-dispersion of five proportions agrees with R")
  func overdispersion() throws {
    let result = try Self.overdispersion()
    expectPrinted(Self.target, 0.270909091)
    for (score, expected) in zip(result.scores, [-2.719240, -2.256391, 1.133745, -3.395571, 2.069925]) {
      expectPrinted(score, expected, digits: 6)
    }
    let winsorised = [0.1, 0.9].map { quantile(result.scores.sorted(), $0) }
    expectPrinted(winsorised[0], -3.125038382)
    expectPrinted(winsorised[1], 1.695453, digits: 6)
    expectPrinted(result.rawPhi, 5.917086478)
    expectPrinted(result.phi, 5.282273541)
    expectPrinted(result.tauSquared, 0.004622750779, digits: 12)
    #expect(result.isPresent && !result.isTrusted)
    let error = (Self.target * (1 - Self.target) / 50).squareRoot()
    expectPrinted(
      result.limits(target: Self.target, error: error, .percent95, .multiplicative), -0.012214569, 0.554032751)
    expectPrinted(result.limits(target: Self.target, error: error, .percent95, .additive), 0.089434017, 0.452384165)
  }

  @Test("DerSimonian and Laird's estimate on the same figures is another, centred on the weighted mean")
  func derSimonianLaird() throws {
    let result = try Variation.Rankability(
      estimates: zip(Self.numerators, Self.denominators).map { $0 / $1 },
      errors: Self.denominators.map { (Self.target * (1 - Self.target) / $0).squareRoot() })
    expectPrinted(result.tauSquared, 0.005277459148, digits: 12)
    expectPrinted(result.q, 29.58543239, digits: 8)
  }

  @Test("Over-dispersion on transformed scales agrees with FunnelPlotR")
  func transformed() throws {
    let observed = [100.0, 150, 180, 80, 120, 225]
    let expected = [108.0, 112, 165, 95, 100, 220]
    let ratios = zip(observed, expected).map { $0 / $1 }
    let log = try Overdispersion(
      values: ratios.map(Funnel.Scale.logRatio.forward), errors: expected.map(Funnel.Scale.logRatio.error), target: 0,
      trimming: .truncate(0.1))
    #expect(log.count == 6, "with six units no rank falls in an outer tenth")
    expectPrinted(log.phi, 2.948033175)
    expectPrinted(log.tauSquared, 0.01947753058, digits: 11)
    let onLog = log.limits(target: 0, error: Funnel.Scale.logRatio.error(108), .percent95, .additive)
    // FunnelPlotR uses 1.959964 for the quantile, which shows from the eighth decimal on.
    expectPrinted(Funnel.Scale.logRatio.back(onLog.lower), 0.717306749, digits: 7)
    expectPrinted(Funnel.Scale.logRatio.back(onLog.upper), 1.394103709, digits: 7)
    let root = try Overdispersion(
      values: ratios.map(Funnel.Scale.rootRatio.forward), errors: expected.map(Funnel.Scale.rootRatio.error),
      target: 1)
    expectPrinted(root.phi, 2.327178258)
    expectPrinted(root.tauSquared, 0.003439780154, digits: 12)
    let onRoot = root.limits(target: 1, error: Funnel.Scale.rootRatio.error(108), .percent95, .additive)
    expectPrinted(onRoot.lower, 0.851318999, digits: 8)
    expectPrinted(onRoot.upper, 1.148681001, digits: 8)
    let arcsine = Funnel.Scale.arcsineProportion
    let proportion = try Overdispersion(
      values: zip(Self.numerators, Self.denominators).map { arcsine.forward($0 / $1) },
      errors: Self.denominators.map(arcsine.error), target: arcsine.forward(Self.target))
    expectPrinted(proportion.phi, 6.5593609, digits: 7)
    expectPrinted(proportion.tauSquared, 0.007518153074, digits: 12)
    let centre = arcsine.forward(Self.target)
    let adjusted = proportion.limits(target: centre, error: arcsine.error(100), .percent95, .additive)
    expectPrinted(arcsine.back(adjusted.lower), 0.118385147, digits: 7)
    expectPrinted(arcsine.back(adjusted.upper), 0.458248593, digits: 7)
    let half = Level.percent95.z * arcsine.error(100)
    expectPrinted(arcsine.back(centre - half), 0.188745330, digits: 7)
    expectPrinted(arcsine.back(centre + half), 0.361845148, digits: 7)
  }

  @Test("Truncation leaves out the outer tenth of twenty units")
  func truncation() throws {
    let values = (1...20).map(Double.init)
    let result = try Overdispersion(
      values: values, errors: [Double](repeating: 1, count: 20), target: 0, trimming: .truncate(0.1))
    // Ranks 1 and 2 are in group 0, ranks 19 and 20 in group 9.
    #expect(result.count == 16)
    #expect(near(result.phi, (3...18).reduce(0) { $0 + Double($1 * $1) } / 16))
  }

  @Test("No over-dispersion leaves limits as they are")
  func noOverdispersion() throws {
    let equal = try Overdispersion(values: [1, 1, 1], errors: [0.1, 0.2, 0.3], target: 1)
    #expect(equal.tauSquared == 0 && !equal.isPresent && equal.phi == 0)
    #expect(equal.widened(0.2, .multiplicative) == 0.2 && equal.widened(0.2, .additive) == 0.2)
    let one = try Overdispersion(values: [2], errors: [0.5], target: 1)
    #expect(one.tauSquared == 0 && one.p == nil)
    #expect(throws: Undefined.noObservations) { try Overdispersion(values: [], errors: [], target: 1) }
    #expect(throws: Undefined.invalidInput) { try Overdispersion(values: [1], errors: [0], target: 1) }
  }

  @Test("Bands of proportions and ratios agree with PHE's labels")
  func bands() {
    let bands = zip(Self.numerators, Self.denominators).map { x, n -> Funnel.Band? in
      guard let a = Funnel.proportion(target: Self.target, n: n, .percent95, method: .normal),
        let b = Funnel.proportion(target: Self.target, n: n, .percent998, method: .normal)
      else { return nil }
      return Funnel.band(x / n, limits95: a, limits998: b)
    }
    #expect(bands == [.lowAttention, .lowAttention, .within, .lowSignal, .highAttention])
    let ratios = [(0.0, 5.0), (4, 5), (15, 10), (30, 30), (60, 40)].map { Funnel.band(observed: $0, expected: $1) }
    #expect(ratios == [.lowAttention, .within, .within, .within, .highAttention])
    #expect(Funnel.band(observed: 3, expected: 0) == nil)
  }

  @Test("False signals expected by chance")
  func falseSignals() {
    #expect(near(Funnel.expectedFalseSignals(units: 200, .percent95), 10))
    #expect(near(Funnel.expectedFalseSignals(units: 200, .percent998), 0.4))
  }
}
