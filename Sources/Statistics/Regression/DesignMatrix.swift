/// The columns of a regression model, by name.
public struct DesignMatrix: Sendable {
  /// How many observations.
  public let rows: Int
  /// The name of every column, such as `intercept`, `age` or `sex=V`.
  public private(set) var names: [String] = []
  /// The values, one column after the other.
  public private(set) var values: [Double] = []
  /// Names of columns that are constant by construction.
  private(set) var intercepts: Set<String> = []

  /// A matrix without columns.
  public init(rows: Int) { self.rows = rows }

  /// Appends a column of ones.
  public mutating func addIntercept() {
    names.append("intercept")
    intercepts.insert("intercept")
    values.append(contentsOf: repeatElement(1, count: rows))
  }

  /// Appends a numeric column.
  public mutating func add(_ name: String, _ column: [Double]) throws(Undefined) {
    guard column.count == rows else { throw .invalidInput }
    names.append(name)
    values.append(contentsOf: column)
  }

  /// Appends a category as one column of zeros and ones per level but the reference.
  ///
  /// - Parameters:
  ///   - codes: the level of every row, an index into `levels`; unknown is a level of its own.
  ///   - reference: the level without a column; the most frequent one when not given.
  ///   - minimum: a level with fewer rows (but more than none) is refused; it must be merged first.
  /// - Throws: ``Undefined/smallLevel``, ``Undefined/invalidInput``.
  public mutating func addCategory(
    _ name: String, _ codes: [Int], levels: [String], reference: Int? = nil, minimum: Int = 10
  ) throws(Undefined) {
    guard codes.count == rows, !levels.isEmpty else { throw .invalidInput }
    var counts = [Int](repeating: 0, count: levels.count)
    for code in codes {
      guard levels.indices.contains(code) else { throw .invalidInput }
      counts[code] += 1
    }
    guard counts.allSatisfy({ $0 == 0 || $0 >= minimum }) else { throw .smallLevel }
    // The first of equally frequent levels, so that the choice does not depend on the order of rows.
    let frequent = counts.firstIndex(of: counts.max() ?? 0) ?? 0
    let base = reference ?? frequent
    guard levels.indices.contains(base) else { throw .invalidInput }
    for level in levels.indices where level != base && counts[level] > 0 {
      names.append("\(name)=\(levels[level])")
      values.append(contentsOf: codes.lazy.map { $0 == level ? 1 : 0 })
    }
  }

  /// Xβ + offset. Columns with an undefined coefficient count as dropped.
  func predictor(_ coefficients: [Double?], offset: [Double]?) -> [Double] {
    var result = offset ?? [Double](repeating: 0, count: rows)
    for (column, coefficient) in coefficients.enumerated() {
      guard let coefficient else { continue }
      let start = column * rows
      for row in 0..<rows { result[row] += coefficient * values[start + row] }
    }
    return result
  }
}

/// A column's coefficient in a fit.
public struct Coefficient: Equatable, Sendable {
  /// The column.
  public var name: String
  /// The estimate; `nil` when the column depends linearly on those before it and was dropped.
  public var estimate: Double?
  /// The standard error of the estimate; `nil` when dropped or without residual degrees of freedom.
  public var standardError: Double?
}
