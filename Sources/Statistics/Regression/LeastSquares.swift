import CStatistics

/// A fitted linear model.
public struct LinearFit: Sendable {
  /// A coefficient per column.
  public var coefficients: [Coefficient]
  /// (X'WX)⁻¹, column by column, 0 for dropped columns.
  public var unscaledCovariance: [Double]
  /// How many columns were estimated.
  public var rank: Int
  /// The fitted values.
  public var fitted: [Double]
  /// Outcome minus fitted value.
  public var residuals: [Double]
  /// The residual standard deviation; `nil` without residual degrees of freedom.
  public var sigma: Double?
  /// The share of the variance explained; `nil` when the outcome has no spread.
  public var rSquared: Double?

  /// Observations minus estimated columns.
  public var degreesOfFreedom: Int { fitted.count - rank }
  /// Columns dropped because they depend linearly on others: to be logged.
  public var aliased: [String] { coefficients.filter { $0.estimate == nil }.map(\.name) }

  /// The estimate of a column.
  public subscript(name: String) -> Double? { coefficients.first { $0.name == name }?.estimate }
}

/// What a bare weighted least-squares solution returns.
struct LeastSquaresSolution {
  var coefficients: [Double?]
  var covariance: [Double]
  var rank: Int
}

/// Linear and generalised linear models.
public enum Regression {
  /// A column is dropped when less than this part of its length is independent of the others (as R's `lm`).
  static let tolerance = 1e-7

  /// Ordinary or weighted least squares by QR with column pivoting (Eigen).
  ///
  /// - Parameters:
  ///   - weights: one per row, at least 0; equal weights when `nil`.
  ///   - perParameter: the observations needed per column; 10 unless a reference calculation needs fewer.
  /// - Throws: ``Undefined/tooFewObservations``, ``Undefined/noObservations``, ``Undefined/invalidInput``.
  public static func leastSquares(
    _ design: DesignMatrix, _ outcome: [Double], weights: [Double]? = nil, perParameter: Int = 10
  ) throws(Undefined) -> LinearFit {
    try check(design, outcome, weights, perParameter)
    let solution = try solve(design, outcome, weights)
    let fitted = design.predictor(solution.coefficients, offset: nil)
    let residuals = zip(outcome, fitted).map { $0 - $1 }
    func weighted(_ values: [Double]) -> Double {
      values.indices.reduce(0) { $0 + (weights?[$1] ?? 1) * values[$1] * values[$1] }
    }
    let freedom = outcome.count - solution.rank
    let error = weighted(residuals)
    let sigma = freedom > 0 ? (error / Double(freedom)).squareRoot() : nil
    let total = weights ?? [Double](repeating: 1, count: outcome.count)
    let centre = zip(total, outcome).reduce(0) { $0 + $1.0 * $1.1 } / total.reduce(0, +)
    let spread = weighted(outcome.map { $0 - (design.intercepts.isEmpty ? 0 : centre) })
    return LinearFit(
      coefficients: named(design, solution, scale: sigma), unscaledCovariance: solution.covariance,
      rank: solution.rank, fitted: fitted, residuals: residuals, sigma: sigma,
      rSquared: spread > 0 ? 1 - error / spread : nil)
  }

  static func check(
    _ design: DesignMatrix, _ outcome: [Double], _ weights: [Double]?, _ perParameter: Int
  ) throws(Undefined) {
    guard design.rows > 0, !design.names.isEmpty else { throw .noObservations }
    guard outcome.count == design.rows, weights == nil || weights?.count == design.rows,
      weights?.allSatisfy({ $0 >= 0 && $0.isFinite }) ?? true
    else { throw .invalidInput }
    guard design.rows >= perParameter * design.names.count, design.rows >= design.names.count else {
      throw .tooFewObservations
    }
  }

  static func named(_ design: DesignMatrix, _ solution: LeastSquaresSolution, scale: Double?) -> [Coefficient] {
    let width = design.names.count
    return design.names.indices.map { column in
      let estimate = solution.coefficients[column]
      let variance = solution.covariance[column * width + column]
      return Coefficient(
        name: design.names[column], estimate: estimate,
        standardError: estimate == nil ? nil : scale.map { $0 * variance.squareRoot() })
    }
  }

  static func solve(
    _ design: DesignMatrix, _ outcome: [Double], _ weights: [Double]?
  ) throws(Undefined) -> LeastSquaresSolution {
    let width = design.names.count
    var coefficients = [Double](repeating: 0, count: width)
    var covariance = [Double](repeating: 0, count: width * width)
    var aliased = [UInt8](repeating: 0, count: width)
    let rank =
      if let weights {
        cst_least_squares(
          design.values, Int64(design.rows), Int64(width), weights, outcome, tolerance, &coefficients, &covariance,
          &aliased)
      } else {
        cst_least_squares(
          design.values, Int64(design.rows), Int64(width), nil, outcome, tolerance, &coefficients, &covariance,
          &aliased)
      }
    guard rank >= 0 else { throw .invalidInput }
    return LeastSquaresSolution(
      coefficients: zip(coefficients, aliased).map { $1 == 0 ? $0 : nil }, covariance: covariance, rank: Int(rank))
  }
}
