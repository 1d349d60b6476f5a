import CStatistics

/// All that least squares needs of any number of observations: sums that can be added up part by part.
public struct CrossProducts: Sendable {
  /// The name of every column of the design, the intercept included.
  public let names: [String]
  /// How many observations.
  public let count: Double
  /// X'X, column by column.
  public let squares: [Double]
  /// X'y.
  public let products: [Double]
  /// Σy.
  public let outcomeSum: Double
  /// Σ(y − ȳ)².
  public let outcomeSpread: Double
  /// y'y.
  public let outcomeSquares: Double

  /// Cross-products.
  public init(
    names: [String], count: Double, squares: [Double], products: [Double], outcomeSum: Double, outcomeSpread: Double,
    outcomeSquares: Double
  ) {
    self.names = names
    self.count = count
    self.squares = squares
    self.products = products
    self.outcomeSum = outcomeSum
    self.outcomeSpread = outcomeSpread
    self.outcomeSquares = outcomeSquares
  }
}

/// A linear model fitted on cross-products: without fitted values, which need the observations.
public struct CrossProductFit: Sendable {
  /// A coefficient per column.
  public let coefficients: [Coefficient]
  /// How many columns were estimated.
  public let rank: Int
  /// How many observations.
  public let count: Double
  /// Σ(observed − fitted)².
  public let residualSquares: Double
  /// The share of the variance explained; `nil` when the outcome has no spread.
  public let rSquared: Double?
  /// Columns dropped because they depend linearly on others: to be reported.
  public var aliased: [String] { coefficients.filter { $0.estimate == nil }.map(\.name) }
  /// The standard deviation of residuals with divisor n − 1, as the case-mix methodology of NHS PROMs takes it.
  public var residualDeviation: Double? { count > 1 ? (residualSquares / (count - 1)).squareRoot() : nil }
  /// The estimate of a column.
  public subscript(name: String) -> Double? { coefficients.first { $0.name == name }?.estimate }

  /// The sum of fitted values over observations of which the sums of the columns are known.
  public func fittedSum(_ sums: [Double]) -> Double {
    zip(coefficients, sums).reduce(0) { $0 + ($1.0.estimate ?? 0) * $1.1 }
  }
}

extension Regression {
  /// A column is dropped when 1 − R² of its regression on the columns before it is not above this. Cross-products square
  /// what is small, so that it is the square of a coarser tolerance than that for observations.
  static let productTolerance = 1e-10

  /// Ordinary least squares from cross-products, with the same result as from the observations but for the last digits.
  ///
  /// - Parameter perParameter: the observations needed per column.
  /// - Throws: ``Undefined/tooFewObservations``, ``Undefined/noObservations``, ``Undefined/invalidInput``.
  public static func leastSquares(
    _ data: CrossProducts, perParameter: Int = 10
  ) throws(Undefined) -> CrossProductFit {
    let width = data.names.count
    guard width > 0, data.count > 0 else { throw .noObservations }
    guard data.squares.count == width * width, data.products.count == width else { throw .invalidInput }
    guard data.count >= Double(perParameter * width), data.count >= Double(width) else { throw .tooFewObservations }
    var coefficients = [Double](repeating: 0, count: width)
    var covariance = [Double](repeating: 0, count: width * width)
    var aliased = [UInt8](repeating: 0, count: width)
    let rank = cst_normal_equations(
      data.squares, data.products, Int64(width), productTolerance, &coefficients, &covariance, &aliased)
    guard rank >= 0 else { throw .invalidInput }
    let explained = zip(coefficients, data.products).reduce(0) { $0 + ($1.0.isNaN ? 0 : $1.0 * $1.1) }
    let residual = max(0, data.outcomeSquares - explained)
    let freedom = data.count - Double(rank)
    let sigma = freedom > 0 ? (residual / freedom).squareRoot() : nil
    return CrossProductFit(
      coefficients: data.names.indices.map { column in
        let isKept = aliased[column] == 0
        return Coefficient(
          name: data.names[column], estimate: isKept ? coefficients[column] : nil,
          standardError: isKept ? sigma.map { $0 * covariance[column * width + column].squareRoot() } : nil)
      }, rank: Int(rank), count: data.count, residualSquares: residual,
      rSquared: data.outcomeSpread > 0 ? 1 - residual / data.outcomeSpread : nil)
  }
}
