import Statistics
import Testing

@Suite("Quantiles")
struct QuantileTests {
  @Test("The 99th percentile of 1 to 10 and 100 depends on the definition")
  func definitions() {
    let values = (1...10).map(Double.init) + [100]
    #expect(quantile(values, 0.99).map { near($0, 91) } == true)
    #expect(quantile(values, 0.99, type: .type1) == 100)
    #expect(quantile(values, 0.99, type: .type2) == 100)
    #expect(quantile(values, 0.99, type: .type6) == 100)
  }

  @Test("Definitions at a discontinuity")
  func discontinuity() {
    let values = [1.0, 2, 3, 4]
    #expect(quantile(values, 0.5, type: .type1) == 2)
    #expect(quantile(values, 0.5, type: .type2) == 2.5)
    #expect(quantile(values, 0.25, type: .type6) == 1.25)
    #expect(quantile(values, 0.25, type: .type7) == 1.75)
  }

  @Test("Ends, one value, no value", arguments: QuantileType.allCases)
  func edges(_ type: QuantileType) {
    #expect(quantile([], 0.5, type: type) == nil)
    #expect(quantile([3], 0.5, type: type) == 3)
    #expect(quantile([3, 5], 0, type: type) == 3)
    #expect(quantile([3, 5], 1, type: type) == 5)
    #expect(quantile([3, 5], 1.1, type: type) == nil)
    #expect(quantile([4, 4, 4], 0.3, type: type) == 4)
  }
}
