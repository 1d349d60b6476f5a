import CClp

/// Linear constraints on unknowns that are not negative, and the smallest and largest value that an unknown can have under
/// them. Solved with the simplex method of COIN-OR Clp (Forrest & Hall, *Clp: COIN-OR linear programming*).
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
    let lowest = [Double](repeating: 0, count: count)
    let highest = [Double](repeating: .greatestFiniteMagnitude, count: count)
    Clp_loadProblem(
      model, Int32(count), Int32(constraints.count), starts, rows, factors, lowest, highest, objective,
      constraints.map(\.lower), constraints.map(\.upper))
  }

  deinit { Clp_deleteModel(model) }

  /// Where an unknown is smallest or largest.
  public mutating func solve(_ end: End, of unknown: Int) -> Answer {
    objective[unknown] = end == .smallest ? 1 : -1
    Clp_chgObjCoefficients(model, objective)
    objective[unknown] = 0
    Clp_primal(model, 0)
    switch Clp_status(model) {
    case 0:
      guard let values = Clp_getColSolution(model) else { return .none }
      return .values(Array(UnsafeBufferPointer(start: values, count: count)))
    case 2: return .unbounded
    default: return .none
    }
  }
}
