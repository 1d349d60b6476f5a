import Statistics
import Testing

@Suite("Distributions")
struct DistributionTests {
  @Test("Quantiles and distribution functions agree with R")
  func oracle() {
    // R 4.2.2: qnorm, pnorm, qt, pt, qchisq, pchisq, qgamma, qbeta, pbeta, pf, pbinom, ppois with 15 digits.
    let cases: [(Double?, Double)] = [
      (Distribution.normalQuantile(0.9), 1.2815515655446),
      (Distribution.normalCDF(-3.090232306167814), 0.001),
      (Distribution.studentQuantile(0.975, df: 9), 2.26215716279820),
      (Distribution.studentCDF(-3.229786197, df: 9), 0.005163092732471235),
      (Distribution.chiSquaredQuantile(0.025, df: 20), 9.59077739226487),
      (Distribution.chiSquaredCDF(9.59077739226487, df: 20), 0.025),
      (Distribution.chiSquaredUpper(100, df: 4), 9.83662422461598e-21),
      (Distribution.gammaQuantile(0.975, shape: 9.563679563, rate: 19.563679563), 0.843925129317793),
      (Distribution.betaQuantile(0.025, 12, 21), 0.211000316423993),
      (Distribution.betaCDF(0.3, 2, 5), 0.579825),
      (Distribution.fUpper(4.5, df1: 3, df2: 12), 0.0245734788409537),
      (Distribution.binomialCDF(3, n: 10, p: 0.2), 0.8791261184),
      (Distribution.poissonCDF(3, mean: 2.5), 0.757576133133066),
      (Distribution.gammaRatio(101, 100), 100),
    ]
    for (index, (value, expected)) in cases.enumerated() {
      #expect(value.map { abs($0 - expected) <= 1e-13 * abs(expected) } == true, "case \(index), \(expected)")
    }
  }

  @Test("Quantiles of counts round up as in R, not outwards")
  func discrete() {
    #expect(Distribution.binomialQuantile(0.025, n: 50, p: 0.1) == 1)
    #expect(Distribution.poissonQuantile(0.025, mean: 20) == 12)
  }

  @Test("A quantile of a count is the smallest k with F(k) of at least p", arguments: [0.001, 0.025, 0.975, 0.999])
  func smallest(_ p: Double) throws {
    for mean in [0.01, 0.5, 1, 3.7, 20, 350, 12_345.6, 2_000_000] {
      let k = try #require(Distribution.poissonQuantile(p, mean: mean))
      #expect(try #require(Distribution.poissonCDF(k, mean: mean)) >= p)
      if k > 0 { #expect(try #require(Distribution.poissonCDF(k - 1, mean: mean)) < p) }
    }
    for n in [1.0, 2, 10, 77, 5000, 3_000_000] {
      for share in [0.0001, 0.1, 0.5, 0.97] {
        let k = try #require(Distribution.binomialQuantile(p, n: n, p: share))
        #expect(try #require(Distribution.binomialCDF(k, n: n, p: share)) >= p)
        if k > 0 { #expect(try #require(Distribution.binomialCDF(k - 1, n: n, p: share)) < p) }
      }
    }
  }

  @Test("Outside the domain there is no value, and nothing throws or stops")
  func domain() {
    let bad = Double.nan
    let values: [Double?] = [
      Distribution.normalQuantile(0), Distribution.normalQuantile(1), Distribution.normalQuantile(bad),
      Distribution.normalCDF(bad), Distribution.studentQuantile(0.5, df: 0), Distribution.studentCDF(1, df: bad),
      Distribution.chiSquaredQuantile(0.025, df: 0), Distribution.chiSquaredCDF(-1, df: 2),
      Distribution.chiSquaredUpper(1, df: 0), Distribution.gammaQuantile(0.5, shape: 0, rate: 1),
      Distribution.betaQuantile(0.5, 0, 1), Distribution.betaCDF(2, 1, 1), Distribution.fUpper(-1, df1: 1, df2: 1),
      Distribution.binomialCDF(3, n: 2, p: 0.5), Distribution.binomialQuantile(0.5, n: -1, p: 0.5),
      Distribution.poissonCDF(1, mean: 0), Distribution.poissonQuantile(0.5, mean: .infinity),
      Distribution.gammaRatio(0, 1),
    ]
    for (index, value) in values.enumerated() { #expect(value == nil, "case \(index)") }
  }
}
