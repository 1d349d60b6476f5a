import Testing

@testable import Statistics

@Suite("Intervals")
struct IntervalTests {
  @Test("The normal quantiles behind both levels")
  func levels() {
    #expect(abs(Level.percent95.z - 1.959963984540054) < 1e-15)
    #expect(abs(Level.percent998.z - 3.090232306167814) < 2e-15)
  }

  @Test("Wilson's interval agrees with R")
  func wilson() {
    expectPrinted(Interval.wilson(65, of: 100, .percent95), 0.552544433, 0.736357518)
    expectPrinted(Interval.wilson(65, of: 100, .percent998), 0.495494657, 0.778354061)
    expectPrinted(Interval.wilson(0, of: 10, .percent95), 0, 0.277532800)
    expectPrinted(Interval.wilson(0, of: 10, .percent998), 0, 0.488478901)
    expectPrinted(Interval.wilson(1, of: 1, .percent95), 0.206549314, 1)
    expectPrinted(Interval.wilson(1, of: 1, .percent998), 0.094790902, 1)
    expectPrinted(Interval.wilson(81, of: 263, .percent95), 0.255288520, 0.366209577)
    // The shared table prints 0.401389419 for the upper limit; the same formula in R 4.2.2 gives 0.4013894219.
    expectPrinted(Interval.wilson(81, of: 263, .percent998), 0.228035740, 0.401389422)
  }

  @Test("Wilson's interval at its edges: exactly 0 and 1, undefined without a denominator")
  func wilsonEdges() {
    for n in [1.0, 3, 7, 10, 1000, 123_457] {
      #expect(Interval.wilson(0, of: n, .percent95)?.lower == 0)
      #expect(Interval.wilson(n, of: n, .percent998)?.upper == 1)
    }
    #expect(Interval.wilson(0, of: 0, .percent95) == nil)
    #expect(Interval.wilson(3, of: 2, .percent95) == nil)
    #expect(Interval.wilson(-1, of: 2, .percent95) == nil)
    #expect(Interval.wilson(.nan, of: 2, .percent95) == nil)
  }

  @Test("Newcombe's difference of two proportions")
  func newcombe() {
    let result = Interval.newcombeDifference(56, of: 70, minus: 48, of: 80, .percent95)
    expectPrinted(result?.difference, 0.2, digits: 12)
    expectPrinted(result?.limits, 0.052431472, 0.333872654)
    #expect(Interval.newcombeDifference(1, of: 2, minus: 0, of: 0, .percent95) == nil)
  }

  @Test("The exact interval of a count agrees with R")
  func poissonExact() {
    expectPrinted(Interval.poissonExact(0, .percent95), 0, 3.688879454)
    expectPrinted(Interval.poissonExact(0, .percent998), 0, 6.907755279)
    expectPrinted(Interval.poissonExact(1, .percent95), 0.025317808, 5.571643391)
    expectPrinted(Interval.poissonExact(10, .percent95), 4.795388696, 18.390356042)
    expectPrinted(Interval.poissonExact(65, .percent95), 50.165627729, 82.847835816)
    #expect(Interval.poissonExact(-1, .percent95) == nil)
  }

  @Test("Byar's interval of a count agrees with R")
  func byar() {
    expectPrinted(Interval.byar(1, .percent95), 0.013072133, 5.563755582)
    expectPrinted(Interval.byar(10, .percent95), 4.787449914, 18.391458606)
    expectPrinted(Interval.byar(10, .percent998), 2.916318375, 24.193724928)
    expectPrinted(Interval.byar(65, .percent95), 50.163187710, 82.849138546)
    expectPrinted(Interval.byar(65, .percent998), 42.880261471, 94.000290844)
  }

  @Test("Byar's interval is undefined at 0 and where its lower limit is negative")
  func byarEdges() {
    #expect(Interval.byar(0, .percent95) == nil)
    #expect(Interval.byar(1, .percent998) == nil)
    expectPrinted(Interval.byarUpper(1, .percent998), 9.362180218)
  }

  @Test("A count is exact below 10 and Byar's from 10 on")
  func convention() {
    #expect(Interval.poisson(0, .percent95) == Interval.poissonExact(0, .percent95))
    #expect(Interval.poisson(9, .percent95) == Interval.poissonExact(9, .percent95))
    #expect(Interval.poisson(10, .percent95) == Interval.byar(10, .percent95))
    expectPrinted(Interval.poisson(5, .percent95)?.scaled(by: 1000 / 1000), 1.623486390, 11.668332079)
  }

  @Test("A rate ratio with its exact conditional interval agrees with binom.test")
  func rateRatio() {
    let result = Interval.rateRatio(12, per: 1000, over: 20, per: 1500, .percent95)
    expectPrinted(result?.ratio, 0.9, digits: 12)
    expectPrinted(result?.limits, 0.401141447, 1.933103478)
    #expect(Interval.rateRatio(0, per: 10, over: 4, per: 10, .percent95)?.limits.lower == 0)
    #expect(Interval.rateRatio(4, per: 10, over: 0, per: 10, .percent95) == nil)
    #expect(Interval.rateRatio(4, per: 0, over: 4, per: 10, .percent95) == nil)
  }

  @Test("The t interval of a mean")
  func meanT() {
    let sd = 17.464249196572980
    expectPrinted(Interval.meanT(mean: 41, sd: sd, n: 5, .percent95), 19.315270517, 62.684729483)
    expectPrinted(Interval.meanT(mean: 41, sd: sd, n: 5, .percent998), -15.024344, 97.024344, digits: 6)
    #expect(Interval.meanT(mean: 41, sd: 0, n: 1, .percent95) == nil)
    #expect(Interval.meanT(mean: 41, sd: 0, n: 0, .percent95) == nil)
    #expect(Interval.meanT(mean: 41, sd: 0, n: 2, .percent95) == Limits(lower: 41, upper: 41))
  }

  @Test("A ratio of sums over clusters agrees with survey::svyratio")
  func ratioOfSums() throws {
    let y = [3.0, 0, 5, 2, 7, 1]
    let x = [10.0, 4, 12, 9, 20, 5]
    let result = try #require(
      Interval.ratioOfSums(
        n: 6, sumX: x.reduce(0, +), sumY: y.reduce(0, +), sumXX: x.reduce(0) { $0 + $1 * $1 },
        sumXY: zip(x, y).reduce(0) { $0 + $1.0 * $1.1 }, sumYY: y.reduce(0) { $0 + $1 * $1 }, .percent95))
    expectPrinted(result.ratio, 0.3, digits: 12)
    expectPrinted(result.standardError, 0.041392431)
    expectPrinted(result.limits, 0.193597369, 0.406402631)
  }

  @Test("A ratio of sums without a denominator, of one cluster, and of clusters that all agree")
  func ratioOfSumsEdges() {
    let none = Interval.ratioOfSums(n: 2, sumX: 0, sumY: 1, sumXX: 0, sumXY: 0, sumYY: 1, .percent95)
    #expect(none == nil)
    let one = Interval.ratioOfSums(n: 1, sumX: 2, sumY: 1, sumXX: 4, sumXY: 2, sumYY: 1, .percent95)
    #expect(one?.ratio == 0.5 && one?.limits == nil && one?.standardError == nil)
    let same = Interval.ratioOfSums(n: 3, sumX: 6, sumY: 0.6, sumXX: 14, sumXY: 1.4, sumYY: 0.14, .percent95)
    #expect(same.map { ($0.standardError ?? 1) < 1e-8 } == true)
  }

  @Test("A net promoter score, plain and adjusted")
  func netPromoterScore() {
    let plain = Interval.netPromoterScore(promoters: 50, passives: 30, detractors: 20, .percent95, adjusted: false)
    expectPrinted(plain?.score, 30, digits: 12)
    expectPrinted(plain?.standardError, 7.810249676)
    expectPrinted(plain?.limits, 14.692192, 45.307808, digits: 6)
    let all = Interval.netPromoterScore(promoters: 10, passives: 0, detractors: 0, .percent95, adjusted: false)
    #expect(all?.score == 100 && all?.standardError == 0)
    let allAdjusted = Interval.netPromoterScore(promoters: 10, passives: 0, detractors: 0, .percent95)
    expectPrinted(allAdjusted?.score, 76.923077, digits: 6)
    expectPrinted(allAdjusted?.limits, 47.503552, 100, digits: 6)
    expectPrinted(
      allAdjusted.map { $0.score + Level.percent95.z * $0.standardError }, 106.342602, digits: 6)
    let adjusted = Interval.netPromoterScore(promoters: 50, passives: 30, detractors: 20, .percent95)
    expectPrinted(adjusted?.score, 29.126214, digits: 6)
    expectPrinted(adjusted?.limits, 14.051130, 44.201297, digits: 6)
    let raw = Interval.netPromoterScore(promoters: 6, passives: 2, detractors: 4, .percent95, adjusted: false)
    expectPrinted(raw?.score, 16.666667, digits: 6)
    let small = Interval.netPromoterScore(promoters: 6, passives: 2, detractors: 4, .percent95)
    expectPrinted(small?.limits, -30.460318, 57.126985, digits: 6)
    #expect(Interval.netPromoterScore(promoters: 0, passives: 0, detractors: 0, .percent95) == nil)
  }
}
