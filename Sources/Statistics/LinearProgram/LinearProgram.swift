import CClp

/// Linear constraints on unknowns that are not negative: the smallest and largest value that an unknown can have under them,
/// and the values that cost least. Solved with the simplex method of COIN-OR Clp (Forrest & Hall, *Clp: COIN-OR linear programming*).
///
/// One program answers many questions: each starts at the solution of the one before.
public struct LinearProgram: ~Copyable {
  /// A sum of unknowns that has a known value, or lies between two.
  public struct Constraint: Sendable, Equatable {
    /// Unknowns by number, each once, with what they are multiplied by.
    public var terms: [(unknown: Int, factor: Double)]
    /// What the sum is at least.
    public var lower: Double
    /// What the sum is at most.
    public var upper: Double

    /// A constraint.
    public init(_ terms: [(unknown: Int, factor: Double)], in range: ClosedRange<Double>) {
      self.terms = terms
      lower = range.lowerBound
      upper = range.upperBound
    }

    /// Equal terms in the same order, and the same range.
    public static func == (a: Self, b: Self) -> Bool {
      a.lower == b.lower && a.upper == b.upper
        && a.terms.elementsEqual(b.terms) { $0.unknown == $1.unknown && $0.factor == $1.factor }
    }
  }

  /// Which end of the range of an unknown.
  public enum End: Sendable { case smallest, largest }

  /// What came of a question.
  public enum Answer: Sendable, Equatable {
    /// The value of every unknown where the asked one is smallest or largest.
    case values([Double])
    /// There is no smallest or largest value.
    case unbounded
    /// No values fulfil the constraints, or the solver gave up.
    case none
  }

  /// Steps after which the solver gives up.
  private static let maximumIterations: Int32 = 100_000

  private let model: UnsafeMutableRawPointer?
  private let count: Int
  private var objective: [Double]
  private var lowest: [Double]
  private var highest: [Double]

  /// A program of so many unknowns, each at least 0.
  public init(unknowns count: Int, _ constraints: [Constraint]) {
    self.count = count
    objective = Array(repeating: 0, count: count)
    model = Clp_newModel()
    Clp_setLogLevel(model, 0)
    Clp_setMaximumIterations(model, Self.maximumIterations)
    var columns = [[(row: Int32, factor: Double)]](repeating: [], count: count)
    for (row, constraint) in constraints.enumerated() {
      for term in constraint.terms { columns[term.unknown].append((Int32(row), term.factor)) }
    }
    var starts: [Int32] = [0]
    var rows: [Int32] = []
    var factors: [Double] = []
    for column in columns {
      rows += column.map(\.row)
      factors += column.map(\.factor)
      starts.append(Int32(rows.count))
    }
    lowest = [Double](repeating: 0, count: count)
    highest = [Double](repeating: .greatestFiniteMagnitude, count: count)
    Clp_loadProblem(
      model, Int32(count), Int32(constraints.count), starts, rows, factors, lowest, highest, objective,
      constraints.map(\.lower), constraints.map(\.upper))
  }

  deinit { Clp_deleteModel(model) }

  /// Where an unknown is smallest or largest.
  public mutating func solve(_ end: End, of unknown: Int) -> Answer {
    objective[unknown] = end == .smallest ? 1 : -1
    defer { objective[unknown] = 0 }
    return solve()
  }

  /// Keeps unknowns within bounds, instead of those that they had; infinity is no bound.
  public mutating func keep(_ bounds: [(unknown: Int, range: ClosedRange<Double>)]) {
    for (unknown, range) in bounds {
      lowest[unknown] = range.lowerBound
      highest[unknown] = min(range.upperBound, .greatestFiniteMagnitude)
    }
    Clp_chgColumnLower(model, lowest)
    Clp_chgColumnUpper(model, highest)
  }

  /// Values of which the sum, each times its cost, is least.
  public mutating func cheapest(_ costs: [Double]) -> Answer {
    let none = objective
    objective = costs
    defer { objective = none }
    return solve(isDual: true)
  }

  /// The dual method is the faster one where bounds have changed since, the primal where only the costs have.
  private func solve(isDual: Bool = false) -> Answer {
    Clp_chgObjCoefficients(model, objective)
    _ = isDual ? Clp_dual(model, 0) : Clp_primal(model, 0)
    switch Clp_status(model) {
    case 0:
      guard let values = Clp_getColSolution(model) else { return .none }
      return .values(Array(UnsafeBufferPointer(start: values, count: count)))
    case 2: return .unbounded
    default: return .none
    }
  }
}
