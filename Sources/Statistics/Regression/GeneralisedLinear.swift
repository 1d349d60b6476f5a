import Glibc

/// A fitted generalised linear model.
public struct GeneralisedFit: Sendable {
  /// A coefficient per column, on the scale of the link.
  public var coefficients: [Coefficient]
  /// How many columns were estimated.
  public var rank: Int
  /// The fitted means: probabilities, rates or euros.
  public var fitted: [Double]
  /// The deviance.
  public var deviance: Double
  /// Pearson's dispersion for a gamma model, 1 for the others.
  public var dispersion: Double
  /// How many steps it took.
  public var iterations: Int

  /// Columns dropped because they depend linearly on others: to be logged.
  public var aliased: [String] { coefficients.filter { $0.estimate == nil }.map(\.name) }

  /// The estimate of a column.
  public subscript(name: String) -> Double? { coefficients.first { $0.name == name }?.estimate }
}

extension Regression {
  /// The models in use, each with its link.
  public enum Family: Sendable {
    /// A yes or no with a logit link.
    case logistic
    /// A count with a log link.
    case poisson
    /// A positive amount with a log link.
    case gammaLog
  }

  /// How much the deviance may still change, relative to itself, at convergence (as R's `glm`).
  static let devianceTolerance = 1e-8
  /// How much a linear predictor may still change, relative to itself. The deviance alone is flat near its minimum, and
  /// leaves coefficients of a gamma model with a log link, which converges slowly, correct to five digits only.
  static let predictorTolerance = 1e-9
  /// Steps before giving up.
  static let maximumSteps = 25

  /// Fits a generalised linear model by iteratively reweighted least squares (McCullagh & Nelder 1989).
  ///
  /// - Parameters:
  ///   - offset: added to the linear predictor, such as the logarithm of person-years.
  ///   - frequencies: how many equal observations each row stands for; one each when `nil`.
  ///   - perParameter: the observations needed per column.
  /// - Throws: ``Undefined/separation`` when a logistic model predicts perfectly (a coefficient other than the
  ///   intercept beyond ±15, or a probability within 1e-8 of 0 or 1), ``Undefined/notConverged`` after 25 steps, and
  ///   what ``leastSquares(_:_:weights:perParameter:)`` throws.
  public static func generalised(
    _ family: Family, _ design: DesignMatrix, _ outcome: [Double], offset: [Double]? = nil,
    frequencies: [Double]? = nil, perParameter: Int = 10
  ) throws(Undefined) -> GeneralisedFit {
    try check(design, outcome, frequencies, frequencies == nil ? perParameter : 0)
    let count = frequencies?.reduce(0, +) ?? Double(design.rows)
    guard count >= Double(perParameter * design.names.count) else { throw .tooFewObservations }
    guard offset == nil || offset?.count == design.rows, outcome.allSatisfy(family.accepts) else {
      throw .invalidInput
    }
    var means = outcome.map(family.start)
    var predictor = means.map(family.link)
    var deviance = family.deviance(outcome, means, frequencies)
    for step in 1...maximumSteps {
      var weights = [Double](repeating: 0, count: design.rows)
      var working = weights
      for row in weights.indices {
        let slope = family.slope(means[row])
        weights[row] = slope * slope / family.variance(means[row]) * (frequencies?[row] ?? 1)
        working[row] = predictor[row] - (offset?[row] ?? 0) + (outcome[row] - means[row]) / slope
      }
      guard weights.allSatisfy(\.isFinite), working.allSatisfy(\.isFinite) else {
        throw family == .logistic ? .separation : .notConverged
      }
      let solution = try solve(design, working, weights)
      let previous = predictor
      predictor = design.predictor(solution.coefficients, offset: offset)
      let settled = zip(predictor, previous).allSatisfy { abs($0 - $1) <= predictorTolerance * (1 + abs($0)) }
      means = predictor.map(family.mean)
      if family == .logistic { try refuseSeparation(design, solution.coefficients, means) }
      let before = deviance
      deviance = family.deviance(outcome, means, frequencies)
      if settled, abs(deviance - before) / (abs(deviance) + 0.1) < devianceTolerance {
        let freedom = count - Double(solution.rank)
        let pearson = family == .gammaLog ? family.pearson(outcome, means, frequencies) : 0
        let dispersion = family == .gammaLog && freedom > 0 ? pearson / freedom : 1
        return GeneralisedFit(
          coefficients: named(design, solution, scale: dispersion.squareRoot()), rank: solution.rank, fitted: means,
          deviance: deviance, dispersion: dispersion, iterations: step)
      }
    }
    throw .notConverged
  }

  /// The probability that belongs to a linear predictor of a logistic model.
  public static func probability(_ predictor: Double) -> Double { Family.logistic.mean(predictor) }

  private static func refuseSeparation(
    _ design: DesignMatrix, _ coefficients: [Double?], _ means: [Double]
  ) throws(Undefined) {
    for (name, coefficient) in zip(design.names, coefficients) where !design.intercepts.contains(name) {
      if let coefficient, abs(coefficient) > 15 { throw .separation }
    }
    for mean in means where mean < 1e-8 || mean > 1 - 1e-8 { throw .separation }
  }
}

extension Regression.Family {
  func accepts(_ y: Double) -> Bool {
    switch self {
    case .logistic: y == 0 || y == 1
    case .poisson: y >= 0 && y.isFinite
    case .gammaLog: y > 0 && y.isFinite
    }
  }

  /// Where the iteration starts, as in R's `glm`.
  func start(_ y: Double) -> Double {
    switch self {
    case .logistic: (y + 0.5) / 2
    case .poisson: y + 0.1
    case .gammaLog: y
    }
  }

  func link(_ mean: Double) -> Double { self == .logistic ? log(mean / (1 - mean)) : log(mean) }

  func mean(_ predictor: Double) -> Double {
    self == .logistic ? 1 / (1 + exp(-predictor)) : exp(predictor)
  }

  /// d mean / d predictor.
  func slope(_ mean: Double) -> Double { self == .logistic ? mean * (1 - mean) : mean }

  func variance(_ mean: Double) -> Double {
    switch self {
    case .logistic: mean * (1 - mean)
    case .poisson: mean
    case .gammaLog: mean * mean
    }
  }

  func deviance(_ outcome: [Double], _ means: [Double], _ frequencies: [Double]?) -> Double {
    var sum = 0.0
    for (row, (y, mean)) in zip(outcome, means).enumerated() {
      let times = 2 * (frequencies?[row] ?? 1)
      switch self {
      case .logistic: sum -= times * (y == 1 ? log(mean) : log1p(-mean))
      case .poisson: sum += times * ((y == 0 ? 0 : y * log(y / mean)) - (y - mean))
      case .gammaLog: sum += times * ((y - mean) / mean - log(y / mean))
      }
    }
    return sum
  }

  func pearson(_ outcome: [Double], _ means: [Double], _ frequencies: [Double]?) -> Double {
    outcome.indices.reduce(0) { sum, row in
      let gap = outcome[row] - means[row]
      return sum + (frequencies?[row] ?? 1) * gap * gap / variance(means[row])
    }
  }
}
