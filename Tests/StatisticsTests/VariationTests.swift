import Statistics
import Testing

@Suite("Practice variation")
struct VariationTests {
  static let rates = [2.1, 3.4, 5.0, 1.7, 2.9, 3.3]
  static let observed = [5.0, 30, 8, 60, 18, 45]
  static let expected = [15.0, 20, 10, 30, 20, 40]

  @Test("Quotients, coefficients of variation and Gini agree with R")
  func spread() {
    expectPrinted(Variation.extremalQuotient(Self.rates), 2.941176471)
    expectPrinted(Variation.percentileQuotient(Self.rates, upper: 0.95, lower: 0.05), 2.555555556)
    expectPrinted(Variation.percentileQuotient(Self.rates, upper: 0.75, lower: 0.25), 1.467391304)
    expectPrinted(Variation.coefficient(Self.rates), 0.378410765)
    expectPrinted(
      Variation.weightedCoefficient(Self.rates, populations: [1000, 2000, 800, 500, 1500, 1200]), 0.271843420)
    expectPrinted(Variation.gini(Self.rates), 0.188405797)
    #expect(Variation.gini([3, 3, 3]).map { abs($0) < 1e-15 } == true)
    expectPrinted(Variation.gini([0, 0, 0, 1]), 0.75, digits: 12)
  }

  @Test("Spread is undefined without values, with a lowest of 0, with a sum of 0")
  func spreadEdges() {
    #expect(Variation.extremalQuotient([]) == nil)
    #expect(Variation.extremalQuotient([0, 1]) == nil)
    #expect(Variation.percentileQuotient([], upper: 0.9, lower: 0.1) == nil)
    #expect(Variation.percentileQuotient([0, 0, 1], upper: 0.9, lower: 0.1) == nil)
    #expect(Variation.coefficient([1]) == nil)
    #expect(Variation.coefficient([0, 0]) == nil)
    #expect(Variation.coefficient([2, 2]) == 0)
    #expect(Variation.weightedCoefficient([1, 2], populations: [0, 0]) == nil)
    #expect(Variation.gini([]) == nil)
    #expect(Variation.gini([0, 0]) == nil)
  }

  @Test("The systematic component of variation")
  func systematicComponent() {
    expectPrinted(Variation.systematicComponent(observed: Self.observed, expected: Self.expected), 0.239178241)
    expectPrinted(
      Variation.systematicComponent(observed: Self.observed, expected: Self.expected, .logarithmic), 0.266928443)
    expectPrinted(
      Variation.systematicComponent(observed: [12, 25, 8, 40, 18, 30], expected: [15, 20, 10, 30, 20, 28]),
      -0.011166856)
    #expect(Variation.systematicComponent(observed: [], expected: []) == nil)
    #expect(Variation.systematicComponent(observed: [1], expected: [0]) == nil)
    #expect(Variation.systematicComponent(observed: [0], expected: [2], .logarithmic) == nil)
    #expect(Variation.systematicComponent(observed: [0], expected: [2]) == 0.5)
  }

  @Test("Empirical Bayes by maximum likelihood agrees with sava")
  func empiricalBayes() throws {
    let model = try Variation.EmpiricalBayes(observed: Self.observed, expected: Self.expected)
    // The shared table prints 4.563679563, where sava's root finder stops (tolerance 1.2e-4). The root of the same
    // score with tolerance 1e-13 in R 4.2.2 is 4.563702830226.
    #expect(near(model.shape, 4.563702830226, 1e-9))
    let smoothed = [0.488848712, 1.407105132, 0.862672068, 1.867963145, 0.918578974, 1.112198994]
    for (value, expected) in zip(model.smoothed, smoothed) { #expect(near(value, expected, 1e-6)) }
    expectNear(model.limits(unit: 0, .percent95), 0.229844429, 0.843925129, 1e-6)
  }

  @Test("Units that vary no more than chance are all smoothed to 1")
  func underdispersed() throws {
    let model = try Variation.EmpiricalBayes(observed: [10, 20, 30], expected: [10, 20, 30])
    #expect(model.shape == .infinity && model.smoothed == [1, 1, 1])
    #expect(model.limits(unit: 0, .percent95) == Limits(lower: 1, upper: 1))
    #expect(throws: Undefined.noDenominator) { try Variation.EmpiricalBayes(observed: [1], expected: [0]) }
    #expect(throws: Undefined.noObservations) { try Variation.EmpiricalBayes(observed: [], expected: []) }
  }

  @Test("Marshall's moment estimates")
  func marshall() throws {
    let model = try Variation.marshall(observed: Self.observed, expected: Self.expected)
    expectPrinted(model.ratio, 1.229629630)
    expectPrinted(model.variance, 0.210336077)
    expectPrinted(model.smoothed[0], 0.584689145)
    let equal = try Variation.marshall(observed: [10, 20], expected: [10, 20])
    #expect(equal.variance == 0 && equal.smoothed == [1, 1])
    let none = try Variation.marshall(observed: [0, 0], expected: [10, 20])
    #expect(none.smoothed == [0, 0])
  }

  @Test("Analysis of variance, intraclass correlation and reliability")
  func reliability() throws {
    let result = try Variation.Reliability(
      groups: [[10, 12, 11], [15, 17, 16, 18, 16], [9, 8], [13, 15, 12, 14]])
    let summed = try Variation.Reliability(
      sizes: [3, 5, 2, 4], means: [11, 16.4, 8.5, 13.5], squares: [2, 5.2, 0.5, 5])
    expectPrinted(summed.between, 36.71904762, digits: 8)
    expectPrinted(summed.intraclass, 0.891960221)
    expectPrinted(result.between, 36.71904762, digits: 8)
    expectPrinted(result.within, 1.27, digits: 12)
    expectPrinted(result.effectiveSize, 3.380952381)
    expectPrinted(result.unitVariance, 10.484929577)
    expectPrinted(result.intraclass, 0.891960221)
    for (value, expected) in zip(result.reliabilities, [0.961191499, 0.976347736, 0.942895322, 0.970608464]) {
      expectPrinted(value, expected)
    }
  }

  @Test("Reliability at its edges")
  func reliabilityEdges() throws {
    let equal = try Variation.Reliability(groups: [[1, 1], [1, 1]])
    #expect(equal.intraclass == nil && equal.reliabilities == [nil, nil])
    let alike = try Variation.Reliability(groups: [[1, 3], [1, 3]])
    #expect(alike.unitVariance == 0 && alike.intraclass == 0)
    #expect(throws: Undefined.tooFewObservations) { try Variation.Reliability(groups: [[1, 2]]) }
    #expect(throws: Undefined.tooFewObservations) { try Variation.Reliability(groups: [[1], [2]]) }
    #expect(throws: Undefined.noObservations) { try Variation.Reliability(groups: [[1, 2], []]) }
  }

  @Test("Rankability agrees with metafor")
  func rankability() throws {
    let result = try Variation.Rankability(
      estimates: [-0.4, 0.1, 0.3, -0.2, 0.6, 0], errors: [0.2, 0.15, 0.25, 0.3, 0.2, 0.1])
    expectPrinted(result.q, 14.67652959, digits: 8)
    expectPrinted(result.tauSquared, 0.06042170456, digits: 11)
    expectPrinted(result.value, 0.601679735)
    expectPrinted(result.shrunk[0], -0.212518881)
    let restricted = try Variation.Rankability(
      estimates: [-0.4, 0.1, 0.3, -0.2, 0.6, 0], errors: [0.2, 0.15, 0.25, 0.3, 0.2, 0.1], .restrictedLikelihood)
    // metafor stops at a change of 1e-5, at 0.076818181 and 0.657587546. The root of the same equation with tolerance
    // 1e-15 in R 4.2.2:
    #expect(near(restricted.tauSquared, 0.076817275530215) && near(restricted.value, 0.65758489214505))
    let equal = try Variation.Rankability(estimates: [1, 1], errors: [0.1, 0.2])
    #expect(equal.value == 0 && equal.shrunk.allSatisfy { near($0, 1) })
    #expect(throws: Undefined.tooFewObservations) { try Variation.Rankability(estimates: [1], errors: [1]) }
  }
}
