extension Cost {
  /// One observation of a comparison before and after, with and without an intervention.
  public struct Observation: Equatable, Sendable {
    /// The outcome, such as euros per person-year.
    public var value: Double
    /// Whether the intervention was there.
    public var treated: Bool
    /// Whether it is from after the start.
    public var after: Bool
    /// The number of the practice; `nil` when observations are not in practices.
    public var practice: Int?

    /// An observation.
    public init(value: Double, treated: Bool, after: Bool, practice: Int? = nil) {
      self.value = value
      self.treated = treated
      self.after = after
      self.practice = practice
    }
  }

  /// A difference of two changes.
  public struct DifferenceInDifferences: Equatable, Sendable {
    /// (treated after − before) − (control after − before).
    public var difference: Double
    /// The standard error of the interaction in least squares, clustered by practice from 30 practices on.
    public var standardError: Double
    /// The t interval, with n − 4 degrees of freedom, or practices − 1 when clustered.
    public var limits: Limits
    /// How many practices; `nil` when observations are not in practices.
    public var practices: Int?
    /// Whether there are too few practices to allow for likeness within them: the report says "indicatief".
    public var isIndicative: Bool
  }

  /// From this many practices on, standard errors are clustered.
  public static let minimumPractices = 30

  /// Difference in differences of four groups of independent observations.
  ///
  /// - Throws: ``Undefined/noObservations`` for an empty group, ``Undefined/tooFewObservations`` for four in all.
  public static func differenceInDifferences(
    treatedBefore: [Double], treatedAfter: [Double], controlBefore: [Double], controlAfter: [Double], _ level: Level
  ) throws(Undefined) -> DifferenceInDifferences {
    func observations(_ values: [Double], _ treated: Bool, _ after: Bool) -> [Observation] {
      values.map { Observation(value: $0, treated: treated, after: after) }
    }
    return try differenceInDifferences(
      observations(treatedBefore, true, false) + observations(treatedAfter, true, true)
        + observations(controlBefore, false, false) + observations(controlAfter, false, true), level)
  }

  /// Difference in differences by least squares with an interaction (Angrist & Pischke 2009, ch. 5).
  ///
  /// - Throws: ``Undefined/noObservations`` when one of the four groups is empty, ``Undefined/tooFewObservations``
  ///   without residual degrees of freedom.
  public static func differenceInDifferences(
    _ observations: [Observation], _ level: Level
  ) throws(Undefined) -> DifferenceInDifferences {
    for treated in [false, true] {
      for after in [false, true] {
        guard observations.contains(where: { $0.treated == treated && $0.after == after }) else {
          throw .noObservations
        }
      }
    }
    var design = DesignMatrix(rows: observations.count)
    design.addIntercept()
    try design.add("treated", observations.map { $0.treated ? 1 : 0 })
    try design.add("after", observations.map { $0.after ? 1 : 0 })
    try design.add("treated after", observations.map { $0.treated && $0.after ? 1 : 0 })
    let fit = try Regression.leastSquares(design, observations.map(\.value), perParameter: 1)
    let clusters = observations.compactMap(\.practice)
    let practices = clusters.count == observations.count ? Set(clusters).count : nil
    let isClustered = (practices ?? 0) >= minimumPractices
    let error =
      if isClustered { try fit.clusterRobustErrors(design, clusters: clusters)[3] } else {
        fit.coefficients[3].standardError
      }
    let freedom = isClustered ? (practices ?? 0) - 1 : fit.degreesOfFreedom
    guard let difference = fit.coefficients[3].estimate, let error,
      let t = Distribution.studentQuantile(level.upperTail, df: Double(freedom))
    else { throw .tooFewObservations }
    return DifferenceInDifferences(
      difference: difference, standardError: error,
      limits: Limits(lower: difference - t * error, upper: difference + t * error), practices: practices,
      isIndicative: !isClustered)
  }

  /// A figure of a year before the start.
  public struct TrendPoint: Equatable, Sendable {
    /// The outcome.
    public var value: Double
    /// The year, or years before the start.
    public var year: Double
    /// Whether it is of the group that later had the intervention.
    public var treated: Bool

    /// A point.
    public init(value: Double, year: Double, treated: Bool) {
      self.value = value
      self.year = year
      self.treated = treated
    }
  }

  /// Whether two groups moved alike before the start.
  public struct ParallelTrend: Equatable, Sendable {
    /// The difference of the yearly changes, treated less control.
    public var difference: Double
    /// Its standard error.
    public var standardError: Double
    /// The two-sided p value that there is no difference. A high value does not prove that there is none.
    public var p: Double
  }

  /// Tests whether trends before the start were parallel, by the interaction of year and group in least squares.
  ///
  /// - Throws: ``Undefined/tooFewObservations`` for fewer than three years or without residual degrees of freedom,
  ///   ``Undefined/noSpread`` when the points lie exactly on two lines.
  public static func parallelTrend(_ points: [TrendPoint]) throws(Undefined) -> ParallelTrend {
    guard Set(points.map(\.year)).count >= 3 else { throw .tooFewObservations }
    var design = DesignMatrix(rows: points.count)
    design.addIntercept()
    try design.add("year", points.map(\.year))
    try design.add("treated", points.map { $0.treated ? 1 : 0 })
    try design.add("year treated", points.map { $0.treated ? $0.year : 0 })
    let fit = try Regression.leastSquares(design, points.map(\.value), perParameter: 1)
    guard let difference = fit.coefficients[3].estimate, let error = fit.coefficients[3].standardError else {
      throw .tooFewObservations
    }
    guard error > 0,
      let tail = Distribution.studentCDF(-abs(difference / error), df: Double(fit.degreesOfFreedom))
    else { throw .noSpread }
    return ParallelTrend(difference: difference, standardError: error, p: 2 * tail)
  }
}
