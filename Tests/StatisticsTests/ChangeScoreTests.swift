import Statistics
import Testing

@Suite("Change scores")
struct ChangeScoreTests {
  static let before = [60.0, 55, 70, 48, 62, 58, 75, 66, 50, 64]
  static let after = [35.0, 50, 40, 49, 30, 58, 60, 20, 55, 33]

  @Test("Change of ten patients agrees with R")
  func paired() throws {
    let result = try ChangeScore.paired(before: Self.before, after: Self.after, direction: .lowerIsBetter)
    #expect(result.count == 10)
    expectPrinted(result.mean, -17.8, digits: 12)
    expectPrinted(result.improvement, 17.8, digits: 12)
    expectPrinted(result.deviation, 17.427946905)
    expectPrinted(result.baselineDeviation, 8.482662056)
    expectPrinted(result.limits95, -30.267202, -5.332798, digits: 6)
    expectPrinted(result.t, -3.229786197)
    expectPrinted(result.p, 0.010326185)
    expectPrinted(result.effectSize, -2.098397871)
    expectPrinted(result.responseMean, -1.021348074)
    expectPrinted(result.averageEffectSize, -1.587992172)
    expectPrinted(ChangeScore.hedgesCorrection(degreesOfFreedom: 9), 0.913874892)
  }

  @Test("One pair has a mean and nothing that needs a spread; equal changes have no effect size")
  func pairedEdges() throws {
    let one = try ChangeScore.paired(before: [5], after: [8], direction: .higherIsBetter)
    #expect(one.mean == 3 && one.deviation == nil && one.limits95 == nil && one.effectSize == nil && one.p == nil)
    let equal = try ChangeScore.paired(before: [5, 5, 5], after: [7, 7, 7], direction: .higherIsBetter)
    #expect(equal.deviation == 0 && equal.effectSize == nil && equal.responseMean == nil && equal.t == nil)
    #expect(equal.limits95 == Limits(lower: 2, upper: 2))
    #expect(throws: Undefined.noObservations) {
      try ChangeScore.paired(before: [], after: [], direction: .higherIsBetter)
    }
    #expect(throws: Undefined.invalidInput) {
      try ChangeScore.paired(before: [1], after: [], direction: .higherIsBetter)
    }
    #expect(ChangeScore.hedgesCorrection(degreesOfFreedom: 1) == nil)
  }

  @Test("Responders add up to all pairs")
  func responders() throws {
    let result = try ChangeScore.responders(
      before: Self.before, after: Self.after, direction: .lowerIsBetter, minimalChange: 15)
    #expect(result.improved == 6 && result.deteriorated == 0 && result.unchanged == 4 && result.count == 10)
  }

  @Test("A patient without room to improve is counted apart")
  func noRoom() throws {
    let result = try ChangeScore.responders(
      before: [95, 50, 100], after: [100, 70, 80], direction: .higherIsBetter, minimalChange: 10, best: 100)
    #expect(result.improved == 1 && result.deteriorated == 1 && result.unchanged == 1 && result.withoutRoom == 2)
  }

  @Test("A relative improvement is undefined for a baseline of 0")
  func relative() {
    #expect(ChangeScore.relativeImprovement(before: 0, after: 2, direction: .lowerIsBetter) == nil)
    #expect(ChangeScore.relativeImprovement(before: 8, after: 2, direction: .lowerIsBetter) == 0.75)
  }

  @Test("Reliable change after Jacobson and Truax")
  func reliableChange() {
    let result = ChangeScore.reliableChange(baselineDeviation: 7.5, reliability: 0.8)
    expectPrinted(result?.standardError, 4.743416490)
    expectPrinted(result?.index(15), 3.162277660)
    // The shared table prints 9.296925487; the same product in R 4.2.2 is 9.29692548457.
    expectPrinted(result?.minimalDetectable, 9.296925485)
    #expect(result?.isReliable(9.2) == false && result?.isReliable(-9.3) == true)
    #expect(ChangeScore.reliableChange(baselineDeviation: 7.5, reliability: 1) == nil)
    #expect(ChangeScore.reliableChange(baselineDeviation: 0, reliability: 0.8) == nil)
  }

  @Test("The half rule for missing items")
  func halfRule() {
    expectPrinted(ChangeScore.personMeanTotal([2, nil, 3, 1, nil, 0, 2]), 11.2, digits: 12)
    #expect(ChangeScore.personMeanTotal([2, nil, nil, 1, nil, 0, nil]) == nil)
    #expect(ChangeScore.personMeanTotal([2, nil]) == 4)
    #expect(ChangeScore.personMeanTotal([]) == nil)
    #expect(ChangeScore.personMeanTotal([nil]) == nil)
  }
}
