import Statistics
import Testing

@Suite("Regression and case mix")
struct RegressionTests {
  /// Levels by first letter, as in the shared table: L under 60, M 60 to 69, S 70 and over; M man, V woman.
  static let age = Array("LMSMSLSSMSMLLLMMSL").map { ["L": 0, "M": 1, "S": 2][$0]! }
  static let sex = Array("MVVMVMVVMMVVMMVMVV").map { $0 == "V" ? 1 : 0 }
  static let before: [Double] = [18, 15, 20, 22, 12, 25, 10, 14, 16, 12, 19, 21, 24, 26, 20, 18, 15, 23]
  static let after: [Double] = [40, 38, 36, 44, 30, 45, 28, 33, 35, 30, 37, 42, 43, 46, 40, 41, 34, 44]

  static func design() throws -> DesignMatrix {
    var design = DesignMatrix(rows: 18)
    design.addIntercept()
    try design.add("q1", before)
    try design.addCategory("age", age, levels: ["<60", "60-69", "70+"], reference: 0, minimum: 1)
    try design.addCategory("sex", sex, levels: ["M", "V"], reference: 0, minimum: 1)
    return design
  }

  @Test("Least squares agrees with R's lm")
  func leastSquares() throws {
    let fit = try Regression.leastSquares(Self.design(), Self.after, perParameter: 1)
    expectPrinted(fit["intercept"], 24.946121048)
    expectPrinted(fit["q1"], 0.807907415)
    expectPrinted(fit["age=60-69"], -0.501079794)
    expectPrinted(fit["age=70+"], -4.138822748)
    expectPrinted(fit["sex=V"], -0.180021042)
    expectPrinted(fit.sigma, 1.499151046)
    expectPrinted(fit.rSquared, 0.944431086)
    #expect(fit.aliased.isEmpty && fit.degreesOfFreedom == 13)
  }

  @Test("Adjusted gains agree with R")
  func adjustedGain() throws {
    let fit = try Regression.leastSquares(Self.design(), Self.after, perParameter: 1)
    let unit = (0..<18).map { $0 / 6 }
    let result = try CaseMix.adjustedGains(
      unit: unit, unitCount: 4, before: Self.before, after: Self.after, predicted: fit.fitted)
    expectPrinted(result.nationalFollowUp, 38.111111, digits: 6)
    expectPrinted(result.nationalGain, 19.777778, digits: 6)
    expectPrinted(result.residualDeviation, 1.310969559)
    // Printed to ten significant digits.
    let adjusted = [20.220696360, 18.966861710, 20.145775270]
    let residual = [0.442918582, -0.810916071, 0.367997490]
    let crude = [20.166667, 18.833333, 20.333333]
    for index in 0..<3 {
      expectPrinted(result.units[index]?.gain, adjusted[index], digits: 8)
      expectPrinted(result.units[index]?.meanResidual, residual[index])
      expectPrinted(result.units[index]?.crudeGain, crude[index], digits: 6)
    }
    #expect(result.units[3] == nil)
    expectPrinted(result.limits(n: 6, .percent95), 18.728803, 20.826753, digits: 6)
    expectPrinted(result.limits(n: 6, .percent998), 18.123882, 21.431673, digits: 6)
    #expect(result.limits(n: 0, .percent95) == nil)
  }

  @Test("A column that depends on others is dropped and named, and nothing else changes")
  func aliased() throws {
    var design = try Self.design()
    try design.add("double", Self.before.map { 2 * $0 + 1 })
    try design.add("zero", [Double](repeating: 0, count: 18))
    let fit = try Regression.leastSquares(design, Self.after, perParameter: 1)
    #expect(fit.aliased == ["double", "zero"] && fit.rank == 5)
    expectPrinted(fit["q1"], 0.807907415)
    expectPrinted(fit.sigma, 1.499151046)
    #expect(fit["double"] == nil)
  }

  @Test("Too few observations, a small level and wrong lengths are refused")
  func refused() throws {
    #expect(throws: Undefined.tooFewObservations) { try Regression.leastSquares(Self.design(), Self.after) }
    #expect(throws: Undefined.smallLevel) {
      var design = DesignMatrix(rows: 18)
      try design.addCategory("age", Self.age, levels: ["a", "b", "c"])
    }
    #expect(throws: Undefined.invalidInput) {
      try Regression.leastSquares(Self.design(), [1, 2], perParameter: 1)
    }
    #expect(throws: Undefined.noObservations) {
      try Regression.leastSquares(DesignMatrix(rows: 0), [], perParameter: 1)
    }
  }

  @Test("An outcome without spread has no share explained")
  func noSpread() throws {
    let fit = try Regression.leastSquares(Self.design(), [Double](repeating: 3, count: 18), perParameter: 1)
    #expect(fit.rSquared == nil)
    #expect(near(fit["intercept"] ?? 0, 3))
  }

  static let ages: [Double] = [50, 55, 60, 65, 70, 75, 80, 85, 62, 58, 66, 72, 78, 84, 90, 68, 74, 59, 81, 77]
  static let events: [Double] = [0, 0, 0, 1, 0, 1, 0, 1, 0, 0, 0, 1, 1, 1, 1, 0, 0, 0, 1, 0]

  static func logistic() throws -> GeneralisedFit {
    var design = DesignMatrix(rows: 20)
    design.addIntercept()
    try design.add("age", ages)
    return try Regression.generalised(.logistic, design, events, perParameter: 1)
  }

  @Test("Logistic regression agrees with R's glm")
  func logistic() throws {
    let fit = try Self.logistic()
    #expect(near(fit["intercept"] ?? 0, -13.908236520, 1e-6))
    #expect(near(fit["age"] ?? 0, 0.186822105, 1e-6))
    #expect(near(fit.deviance, 17.167897029, 1e-6))
    #expect(CaseMix.cStatistic(outcomes: Self.events, risks: fit.fitted) == 0.875)
    #expect(near(CaseMix.brier(outcomes: Self.events, risks: fit.fitted) ?? 0, 0.144086398, 1e-6))
    #expect(near(fit.fitted.reduce(0, +), Self.events.reduce(0, +), 1e-6), "observed adds up to expected")
  }

  @Test("Observed against expected of two units")
  func observedExpected() throws {
    let fit = try Self.logistic()
    let rate = 0.4
    func unit(_ range: Range<Int>) throws -> CaseMix.ObservedExpected {
      try CaseMix.observedExpected(
        outcomes: Array(Self.events[range]), risks: Array(fit.fitted[range]), overallRate: rate)
    }
    let a = try unit(0..<10)
    #expect(a.observed == 3)
    #expect(near(a.expected, 2.824062407, 1e-6))
    #expect(near(a.ratio, 1.062299471, 1e-6))
    expectNear(a.limits95, 0.219071690, 3.104489847, 1e-6)
    #expect(near(a.adjustedRate, 0.424919788, 1e-6))
    #expect(near(a.z ?? 0, 0.167465333, 1e-6))
    let b = try unit(10..<20)
    #expect(b.observed == 5)
    #expect(near(b.expected, 5.175937593, 1e-6))
    #expect(near(b.ratio, 0.966008556, 1e-6))
    #expect(near(b.z ?? 0, -0.136358290, 1e-6))
    #expect(throws: Undefined.noDenominator) {
      try CaseMix.observedExpected(outcomes: [0], risks: [0], overallRate: rate)
    }
    #expect(throws: Undefined.noObservations) {
      try CaseMix.observedExpected(outcomes: [], risks: [], overallRate: rate)
    }
  }

  @Test("Perfect prediction stops a logistic model")
  func separation() throws {
    var design = DesignMatrix(rows: 8)
    design.addIntercept()
    try design.add("x", [1, 2, 3, 4, 5, 6, 7, 8])
    #expect(throws: Undefined.separation) {
      try Regression.generalised(.logistic, design, [0, 0, 0, 0, 1, 1, 1, 1], perParameter: 1)
    }
    #expect(throws: Undefined.separation) {
      try Regression.generalised(.logistic, design, [0, 0, 0, 0, 0, 0, 0, 0], perParameter: 1)
    }
  }

  @Test("Discrimination is undefined with one outcome only; ties count half")
  func discrimination() {
    #expect(CaseMix.cStatistic(outcomes: [1, 1], risks: [0.2, 0.3]) == nil)
    #expect(CaseMix.cStatistic(outcomes: [], risks: []) == nil)
    #expect(CaseMix.cStatistic(outcomes: [0, 1], risks: [0.3, 0.3]) == 0.5)
    #expect(CaseMix.brier(outcomes: [], risks: []) == nil)
  }

  @Test("A gamma model of cost with a log link agrees with R's glm")
  func gamma() throws {
    var design = DesignMatrix(rows: 12)
    design.addIntercept()
    try design.addCategory(
      "age", [0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2], levels: ["0-17", "18-64", "65+"], reference: 0, minimum: 1)
    try design.addCategory(
      "sex", [0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1], levels: ["M", "V"], reference: 0, minimum: 1)
    let cost = [300.0, 350, 400, 280, 900, 1200, 1000, 1500, 3000, 2600, 4200, 3900]
    let fit = try Regression.generalised(.gammaLog, design, cost, perParameter: 1)
    #expect(near(fit["intercept"] ?? 0, 5.784496005, 1e-6))
    #expect(near(fit["age=18-64"] ?? 0, 1.235508642, 1e-6))
    #expect(near(fit["age=65+"] ?? 0, 2.332180571, 1e-6))
    #expect(near(fit["sex=V"] ?? 0, 0.047337283, 1e-6))
    #expect(near(fit.dispersion, 0.046784931, 1e-6))
    #expect(near(fit.deviance, 0.372219274, 1e-6))
    #expect(near(fit.fitted.reduce(0, +), 19640.28855, 1e-6))
    #expect(throws: Undefined.invalidInput) {
      try Regression.generalised(.gammaLog, design, cost.map { $0 - 280 }, perParameter: 1)
    }
  }

  @Test("A Poisson model with an offset reproduces rates")
  func poisson() throws {
    var design = DesignMatrix(rows: 2)
    design.addIntercept()
    try design.add("second", [0, 1])
    let fit = try Regression.generalised(.poisson, design, [90, 80], offset: [7.6, 7.7], perParameter: 1)
    #expect(near(fit.fitted[0], 90, 1e-6) && near(fit.fitted[1], 80, 1e-6))
  }

  @Test("Cluster-robust standard errors are those of the sandwich with CR1 in R")
  func clusterRobust() throws {
    var design = DesignMatrix(rows: 12)
    design.addIntercept()
    try design.add("x", (1...12).map(Double.init))
    let y = [2.1, 3.9, 6.2, 8.1, 9.7, 12.5, 13.9, 16.2, 17.7, 20.4, 22.3, 23.6]
    let fit = try Regression.leastSquares(design, y, perParameter: 1)
    let errors = try fit.clusterRobustErrors(design, clusters: [1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4])
    #expect(near(errors[0] ?? 0, 0.01875497994136733) && near(errors[1] ?? 0, 0.00661116856536191))
    #expect(throws: Undefined.tooFewObservations) {
      try fit.clusterRobustErrors(design, clusters: [Int](repeating: 1, count: 12))
    }
    #expect(throws: Undefined.invalidInput) { try fit.clusterRobustErrors(design, clusters: [1]) }
  }
}

@Suite("Regression on sums")
struct CrossProductTests {
  /// Cross-products of a design, as parts of a delivery would add them up.
  static func products(_ design: DesignMatrix, _ outcome: [Double]) -> CrossProducts {
    let width = design.names.count
    func column(_ index: Int) -> ArraySlice<Double> { design.values[index * design.rows..<(index + 1) * design.rows] }
    func dot(_ a: ArraySlice<Double>, _ b: ArraySlice<Double>) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
    let sum = outcome.reduce(0, +)
    let squares = dot(outcome[...], outcome[...])
    return CrossProducts(
      names: design.names, count: Double(design.rows),
      squares: (0..<width).flatMap { a in (0..<width).map { dot(column(a), column($0)) } },
      products: (0..<width).map { dot(column($0), outcome[...]) }, outcomeSum: sum,
      outcomeSpread: squares - sum * sum / Double(design.rows), outcomeSquares: squares)
  }

  @Test("Cross-products give what R's lm gives")
  func leastSquares() throws {
    let design = try RegressionTests.design()
    let fit = try Regression.leastSquares(Self.products(design, RegressionTests.after), perParameter: 1)
    expectPrinted(fit["intercept"], 24.946121048)
    expectPrinted(fit["q1"], 0.807907415)
    expectPrinted(fit["age=60-69"], -0.501079794)
    expectPrinted(fit["age=70+"], -4.138822748)
    expectPrinted(fit["sex=V"], -0.180021042)
    expectPrinted(fit.rSquared, 0.944431086)
    expectPrinted(fit.residualDeviation, 1.310969559)
    let whole = try Regression.leastSquares(design, RegressionTests.after, perParameter: 1)
    for (mine, other) in zip(fit.coefficients, whole.coefficients) {
      #expect(abs((mine.standardError ?? 0) - (other.standardError ?? 1)) < 1e-9)
    }
    // The sum of what is fitted is the sum of what was observed.
    let sums = (0..<design.names.count).map { column in
      design.values[column * design.rows..<(column + 1) * design.rows].reduce(0, +)
    }
    #expect(abs(fit.fittedSum(sums) - RegressionTests.after.reduce(0, +)) < 1e-9)
  }

  @Test("A dependent column is dropped and named; too few observations are refused")
  func aliased() throws {
    var design = try RegressionTests.design()
    try design.add("twice", RegressionTests.before.map { 2 * $0 + 1 })
    let fit = try Regression.leastSquares(Self.products(design, RegressionTests.after), perParameter: 1)
    #expect(fit.aliased == ["twice"] && fit.rank == 5)
    expectPrinted(fit["q1"], 0.807907415)
    #expect(throws: Undefined.tooFewObservations) {
      try Regression.leastSquares(Self.products(design, RegressionTests.after))
    }
  }

  @Test("Equal observations as one row with a frequency")
  func frequencies() throws {
    let x = [50.0, 55, 60, 65, 70, 75]
    let (events, others) = ([1.0, 2, 2, 3, 5, 6], [7.0, 6, 5, 4, 3, 1])
    var grouped = DesignMatrix(rows: 12)
    grouped.addIntercept()
    try grouped.add("age", x + x)
    let outcome = Array(repeating: 1.0, count: 6) + Array(repeating: 0.0, count: 6)
    let fit = try Regression.generalised(.logistic, grouped, outcome, frequencies: events + others)
    var (ages, outcomes): ([Double], [Double]) = ([], [])
    for index in x.indices {
      ages += Array(repeating: x[index], count: Int(events[index] + others[index]))
      outcomes += Array(repeating: 1, count: Int(events[index])) + Array(repeating: 0, count: Int(others[index]))
    }
    var single = DesignMatrix(rows: ages.count)
    single.addIntercept()
    try single.add("age", ages)
    let whole = try Regression.generalised(.logistic, single, outcomes)
    #expect(abs((fit["age"] ?? 0) - (whole["age"] ?? 1)) < 1e-9)
    #expect(abs(fit.deviance - whole.deviance) < 1e-9)
    let statistic = CaseMix.cStatistic(outcomes: outcome, risks: fit.fitted, frequencies: events + others)
    let expected = try #require(CaseMix.cStatistic(outcomes: outcomes, risks: whole.fitted))
    #expect(abs(try #require(statistic) - expected) < 1e-12)
  }
}
