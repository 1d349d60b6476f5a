import CoreDataset
import Statistics

/// What an attacker knows of figures that are hidden: sums of them, with their values, and that none is negative.
///
/// For each hidden figure the feasible interval is found by linear programming: its smallest and largest value under all
/// sums together (*Handbook on Statistical Disclosure Control*, 2nd ed. 2024, ch. 4 and 5; Fischetti & Salazar-González,
/// *Models and algorithms for the 2-dimensional cell suppression problem in statistical disclosure control*, Mathematical
/// Programming 84 (1999), the attacker's subproblem). Figures that no sum links are solved apart, and a program is stopped
/// as soon as the solutions met so far show that an interval is wide enough.
struct HiddenSystem {
  /// How wide the interval of a hidden figure must be.
  enum Need: Equatable {
    /// From end to end at least so much.
    case width(Double)
    /// From at most the lower to at least the upper bound.
    case reach(ClosedRange<Double>)

    func isMet(by range: ClosedRange<Double>) -> Bool {
      switch self {
      case .width(let width):
        range.upperBound - range.lowerBound >= width - HiddenSystem.slack(range.upperBound)
      case .reach(let wanted):
        range.lowerBound <= wanted.lowerBound + HiddenSystem.slack(wanted.lowerBound)
          && range.upperBound >= wanted.upperBound - HiddenSystem.slack(wanted.upperBound)
      }
    }

    /// How wide the interval of the numerator of a share must be: to within the minimum, or to within the denominator where
    /// that is smaller. Nil where numerator and rest are both of enough persons.
    static func width(ofShare row: ResultRow, minimum: Double) -> Double? {
      let denominator = row.ofHowMany
      guard denominator > 0 else { return nil }
      let numerator = row.numerator ?? row.value.map { ($0 * denominator).rounded() } ?? 0
      let few = min(numerator, denominator - numerator, row.contributors ?? numerator, Double(row.persons))
      return few < minimum ? min(minimum, denominator) : nil
    }
  }

  /// A figure whose interval is too narrow; nil when the solver could not tell.
  struct Narrow: Equatable {
    let unknown: Int
    let range: ClosedRange<Double>?
  }

  private struct Equation {
    let terms: [(unknown: Int, factor: Double)]
    let range: ClosedRange<Double>
  }

  private var numbers: [Int: Int] = [:]
  private var names: [Int] = []
  private var equations: [Equation] = []
  /// Union-find: what each unknown hangs together with.
  private var parent: [Int] = []

  /// Adds a sum: the hidden parts, less the total where that is hidden too, make `value`. Without any it says nothing.
  mutating func add(_ parts: [Int], minus total: Int? = nil, value: Double) {
    add(parts.map { ($0, 1.0) } + (total.map { [($0, -1.0)] } ?? []), in: value...value)
  }

  /// Adds a sum of multiples of hidden figures that lies in a range.
  mutating func add(_ multiples: [(unknown: Int, factor: Double)], in range: ClosedRange<Double>) {
    let terms = multiples.map { (unknown: number($0.unknown), factor: $0.factor) }
    guard let first = terms.first else { return }
    equations.append(Equation(terms: terms, range: range))
    for term in terms.dropFirst() { parent[root(term.unknown)] = root(first.unknown) }
  }

  /// The figures whose interval does not meet the need, in increasing order. Figures in no sum are not bounded at all.
  func narrow(_ need: (Int) -> Need?) -> [Narrow] {
    var members: [Int: [Int]] = [:]
    for unknown in names.indices { members[find(unknown), default: []].append(unknown) }
    var equationsOf: [Int: [Equation]] = [:]
    for equation in equations { equationsOf[find(equation.terms[0].unknown), default: []].append(equation) }
    var narrow: [Narrow] = []
    for (root, unknowns) in members.sorted(by: { $0.key < $1.key }) {
      let needs = unknowns.compactMap { unknown in need(names[unknown]).map { (unknown: unknown, need: $0) } }
      guard !needs.isEmpty, let equations = equationsOf[root] else { continue }
      narrow += Self.isSingle(equations) ? single(equations[0], needs) : solve(equations, unknowns, needs)
    }
    return narrow.sorted { $0.unknown < $1.unknown }
  }

  // MARK: - Solving

  private static func isSingle(_ equations: [Equation]) -> Bool {
    equations.count == 1 && equations[0].terms.allSatisfy { $0.factor == 1 }
      && equations[0].range.lowerBound == equations[0].range.upperBound
  }

  /// One sum without a hidden total: each of its parts lies between 0 and the sum, and one alone is the sum.
  private func single(_ equation: Equation, _ needs: [(unknown: Int, need: Need)]) -> [Narrow] {
    let value = max(0, equation.range.upperBound)
    let range = (equation.terms.count == 1 ? value : 0)...value
    return needs.filter { !$0.need.isMet(by: range) }.map { Narrow(unknown: names[$0.unknown], range: range) }
  }

  private func solve(
    _ equations: [Equation], _ unknowns: [Int], _ needs: [(unknown: Int, need: Need)]
  ) -> [Narrow] {
    let column = Dictionary(uniqueKeysWithValues: unknowns.enumerated().map { ($1, $0) })
    var program = LinearProgram(
      unknowns: unknowns.count,
      equations.map { equation in
        LinearProgram.Constraint(
          equation.terms.compactMap { term in column[term.unknown].map { (unknown: $0, factor: term.factor) } },
          in: equation.range)
      })
    var lowest = [Double](repeating: .infinity, count: unknowns.count)
    var highest = [Double](repeating: -.infinity, count: unknowns.count)
    func take(_ answer: LinearProgram.Answer, _ end: LinearProgram.End, _ asked: Int) -> Bool {
      switch answer {
      case .values(let values):
        for (position, value) in values.enumerated() {
          lowest[position] = min(lowest[position], value)
          highest[position] = max(highest[position], value)
        }
      case .unbounded where end == .largest: highest[asked] = .infinity
      default: return false
      }
      return true
    }
    var narrow: [Narrow] = []
    for (unknown, need) in needs {
      guard let asked = column[unknown] else { continue }
      func isMet() -> Bool {
        lowest[asked] <= highest[asked] && need.isMet(by: lowest[asked]...highest[asked])
      }
      var isSolved = true
      for end in [LinearProgram.End.largest, .smallest] where isSolved && !isMet() {
        isSolved = take(program.solve(end, of: asked), end, asked)
      }
      if isSolved && isMet() { continue }
      let isKnown = isSolved && lowest[asked] <= highest[asked]
      narrow.append(Narrow(unknown: names[unknown], range: isKnown ? lowest[asked]...highest[asked] : nil))
    }
    return narrow
  }

  /// What rounding in the solver may be worth beside a number.
  private static func slack(_ number: Double) -> Double { 1e-6 * max(1, number.isFinite ? abs(number) : 1) }

  // MARK: - Unknowns

  private mutating func number(_ name: Int) -> Int {
    if let number = numbers[name] { return number }
    numbers[name] = names.count
    names.append(name)
    parent.append(names.count - 1)
    return names.count - 1
  }

  private func find(_ unknown: Int) -> Int {
    var at = unknown
    while parent[at] != at { at = parent[at] }
    return at
  }

  private mutating func root(_ unknown: Int) -> Int {
    let root = find(unknown)
    parent[unknown] = root
    return root
  }
}
