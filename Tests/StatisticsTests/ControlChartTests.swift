import Statistics
import Testing

extension ControlChart.Signal {
  fileprivate static let shifts: ControlChart.Signal = [.shiftUp, .shiftDown]
}

@Suite("Control charts")
struct ControlChartTests {
  static let values: [Double] = [12, 15, 11, 14, 13, 16, 12, 14, 15, 13, 18, 19, 20, 21, 22, 23, 24, 40, 13, 12]

  @Test("An XmR chart agrees with NHSRplotthedots")
  func individuals() throws {
    let chart = try ControlChart.individuals(Self.values)
    expectPrinted(chart.centre, 17.35, digits: 12)
    expectPrinted(chart.limits, 11.873529, 22.826471, digits: 6)
    let raw = try ControlChart.individuals(Self.values, screened: false)
    expectPrinted(raw.limits, 6.43, 28.27, digits: 12)
    for (index, signals) in chart.signals.enumerated() {
      let point = index + 1
      #expect(signals.contains(.belowLower) == (point == 3), "point \(point)")
      #expect(signals.contains(.aboveUpper) == (16...18).contains(point), "point \(point)")
      // The run of rises goes from point 10 to 18; the label of 16 to 18 is the limit.
      #expect(signals.contains(.rising) == (10...18).contains(point), "point \(point)")
      #expect(signals.isEmpty == (point >= 19), "point \(point)")
    }
    #expect(!chart.isShort)
  }

  @Test("A point on the mean breaks a run; seven on one side are a shift")
  func shift() throws {
    func side(_ value: Double, _ count: Int) -> [Double] { [Double](repeating: value, count: count) }
    let broken = side(11, 6) + [10] + side(11, 6) + side(9, 6) + [10] + side(9, 6)
    #expect(try ControlChart.individuals(broken, screened: false).signals.allSatisfy { $0.isDisjoint(with: .shifts) })
    let whole = try ControlChart.individuals(side(11, 7) + side(9, 7), screened: false).signals
    #expect(whole.prefix(7).allSatisfy { $0.contains(.shiftUp) })
    #expect(whole.suffix(7).allSatisfy { $0.contains(.shiftDown) })
  }

  @Test("Equal points have no signals; one point has no chart")
  func individualsEdges() throws {
    let equal = try ControlChart.individuals([5, 5, 5, 5, 5, 5, 5, 5])
    #expect(equal.signals.allSatisfy(\.isEmpty) && equal.limits == Limits(lower: 5, upper: 5) && equal.isShort)
    #expect(throws: Undefined.tooFewObservations) { try ControlChart.individuals([1]) }
    #expect(throws: Undefined.tooFewObservations) { try ControlChart.individuals([]) }
  }

  @Test("Two of three between two and three sigma, all on one side of the mean")
  func twoOfThree() throws {
    func marked(_ middle: [Double]) throws -> [Int] {
      let values = [10, 10.5, 10, 10.5, 10, 10.5, 10, 10.5] + middle + [10.5, 10, 10.5, 10, 10.5, 10, 10.5, 10]
      let signals = try ControlChart.individuals(values, screened: false).signals
      return signals.indices.filter { signals[$0].contains(.twoOfThree) }
    }
    // With 12, 11, 12: mean 10.47, mean range 0.67; the zone is from 11.66 to 12.25.
    #expect(try marked([12, 11, 12]) == [8, 10])
    #expect(try marked([12, 10, 12]).isEmpty, "the point between is on the other side")
    #expect(try marked([12, 11, 11]).isEmpty)
  }

  static let counts: [Double] = [12, 15, 8, 20, 9]
  static let sizes: [Double] = [100, 120, 90, 110, 95]

  @Test("A p-chart and Laney's p′ chart agree with qicharts2")
  func proportions() throws {
    let chart = try ControlChart.proportions(Self.counts, of: Self.sizes)
    expectPrinted(chart.centre, 0.124271845)
    expectPrinted(chart.limits.first, 0.025304417, 0.223239273)
    let laney = try ControlChart.proportions(Self.counts, of: Self.sizes, laney: true)
    expectPrinted(laney.sigmaZ, 1.494816481)
    expectPrinted(laney.limits.first, 0, 0.272209987)
  }

  @Test("A u-chart agrees with qicharts2")
  func rates() throws {
    let chart = try ControlChart.rates(Self.counts, per: [10, 12, 9, 11, 9.5])
    expectPrinted(chart.centre, 1.242718447)
    expectPrinted(chart.limits.first, 0.185152088, 2.300284805)
  }

  @Test("Charts of counts at their edges")
  func attributeEdges() throws {
    #expect(throws: Undefined.noObservations) { try ControlChart.proportions([], of: []) }
    #expect(throws: Undefined.noDenominator) { try ControlChart.proportions([0], of: [0]) }
    #expect(throws: Undefined.invalidInput) { try ControlChart.proportions([2], of: [1]) }
    #expect(throws: Undefined.noSpread) { try ControlChart.proportions([0, 0], of: [4, 5], laney: true) }
    #expect(throws: Undefined.tooFewObservations) { try ControlChart.rates([1], per: [4], laney: true) }
    let none = try ControlChart.proportions([0, 0], of: [4, 5])
    #expect(none.limits == [Limits(lower: 0, upper: 0), Limits(lower: 0, upper: 0)])
    let all = try ControlChart.proportions([4, 5], of: [4, 5])
    #expect(all.limits == [Limits(lower: 1, upper: 1), Limits(lower: 1, upper: 1)])
  }

  @Test("The runs rule")
  func runs() throws {
    let alternating = try ControlChart.runs([1, 3, 1, 3, 1, 3, 1, 3])
    #expect(alternating.longest == 1 && alternating.crossings == 7 && alternating.useful == 8)
    #expect(alternating.longestExpected == 6 && alternating.fewestExpected == 1 && !alternating.isSignal)
    let shifted = try ControlChart.runs([1, 1, 1, 1, 1, 1, 1, 1, 3, 3, 3, 3, 3, 3, 3, 3], centre: 2)
    #expect(shifted.longest == 8 && shifted.crossings == 1 && shifted.isSignal)
    let onLine = try ControlChart.runs([1, 2, 2, 3, 2, 1, 3], centre: 2)
    #expect(onLine.useful == 4 && onLine.crossings == 3)
    #expect(throws: Undefined.tooFewObservations) { try ControlChart.runs([2, 2, 2]) }
    #expect(throws: Undefined.noObservations) { try ControlChart.runs([]) }
  }

  @Test("CUSUM weights agree with vlad")
  func cusumWeights() {
    // 1/(1 + e^3.68), and Parsonnet score 50: 1/(1 + e^(3.68 − 0.077 · 50)).
    let low = 1 / (1 + 39.646394074462)
    let high = 1 / (1 + 0.843664816547)
    expectPrinted(
      ControlChart.cusumWeight(event: false, risk: low, alternative: 2), -0.024304663)
    expectPrinted(ControlChart.cusumWeight(event: true, risk: low, alternative: 2), 0.668842518)
    expectPrinted(
      ControlChart.cusumWeight(event: false, risk: high, alternative: 2), -0.433338310)
    expectPrinted(ControlChart.cusumWeight(event: true, risk: high, alternative: 2), 0.259808871)
    #expect(ControlChart.cusumWeight(event: true, risk: 1.2, alternative: 2) == nil)
    #expect(ControlChart.cusumWeight(event: true, risk: 0.2, alternative: 0) == nil)
  }

  static let risks = [0.05, 0.10, 0.02, 0.20, 0.15, 0.08, 0.30, 0.05]
  static let events = [false, true, false, false, true, false, true, true]

  @Test("The risk-adjusted CUSUM and the life-adjusted display")
  func cusum() throws {
    let path = try ControlChart.cusum(events: Self.events, risks: Self.risks, alternative: 2)
    let expected = [
      0, 0.597837001, 0.578034374, 0.395712817, 0.949098055, 0.872137014, 1.302919930, 1.947276946,
    ]
    for (value, point) in zip(path, expected) { expectPrinted(value, point) }
    let display = try ControlChart.lifeAdjusted(events: Self.events, risks: Self.risks)
    expectPrinted(display.last, -3.05, digits: 12)
    #expect(try ControlChart.cusum(events: [], risks: [], alternative: 2).isEmpty)
    #expect(throws: Undefined.invalidInput) { try ControlChart.cusum(events: [true], risks: [], alternative: 2) }
    #expect(throws: Undefined.invalidInput) { try ControlChart.lifeAdjusted(events: [true], risks: []) }
  }

  @Test("A higher threshold gives longer runs, the same seed the same")
  func averageRunLength() throws {
    func length(_ threshold: Double) throws -> Double {
      try #require(
        ControlChart.averageRunLength(threshold: threshold, risks: Self.risks, alternative: 2, runs: 200, seed: 7))
    }
    #expect(try length(1) < length(2))
    #expect(try length(1) == length(1))
    #expect(
      ControlChart.averageRunLength(threshold: 1, risks: [], alternative: 2, runs: 1, seed: 7) == nil)
  }
}
