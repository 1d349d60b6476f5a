import Statistics

/// Which cells of tables to hide besides, so that hidden ones can lie far enough from the truth.
///
/// A linear programming heuristic (Kelly, Golden & Assad, *Cell suppression: disclosure protection for sensitive tabular
/// data*, Networks 22 (1992); Fischetti & Salazar-González, Mathematical Programming 84 (1999); *Handbook on Statistical
/// Disclosure Control*, 2nd ed. 2024, ch. 4): a cell that needs protection is moved as far as an attacker must not be able
/// to exclude, and all sums stay as they are. Other cells make up for it, at a cost for each that is published; those that
/// move in the cheapest solution are hidden. What is hidden already moves for nothing, so that every solution helps the
/// next.
struct CellProgram: ~Copyable {
  /// How far a cell may move in one direction, and what it costs.
  struct Room {
    /// Without leaving the class that it would be published in; 0 where there is none.
    var inClass = 0.0
    /// Beyond.
    var beyond = 0.0
  }

  /// What a cell may do.
  struct Freedom {
    var up = Room()
    var down = Room()
    /// Costs per unit that it moves: within its class and beyond it.
    var costInClass = 0.0
    var cost = 0.0
  }

  /// How far a cell must be able to move.
  struct Need {
    var up: Double
    var down: Double
    /// Whether it may as well move as far in all, in another way.
    var isOfWidth = false

    /// Within so wide an interval that holds the cell, not below `lowest`.
    static func width(_ width: Double, around value: Double, from lowest: Double) -> Need {
      let from = max(lowest, value - width)
      return Need(up: max(0, from + width - value), down: max(0, value - from), isOfWidth: true)
    }
  }

  /// What a solution moves.
  struct Move {
    let cell: Int
    /// Up, or down when negative.
    let distance: Double
    let isBeyondClass: Bool
  }

  /// Up within the class and beyond it, down within the class and beyond it.
  private static let columnsPerCell = 4
  /// What rounding in the solver may be worth.
  private static let least = 1e-6

  private var program: LinearProgram
  private let rooms: [Double]
  private var costs: [Double]
  private let count: Int

  /// A program of cells and of sums of them: a total with its parts.
  init(_ cells: [Freedom], _ sums: [(total: Int, parts: [Int])]) {
    count = cells.count
    let width = Self.columnsPerCell
    rooms = cells.flatMap { [$0.up.inClass, $0.up.beyond, $0.down.inClass, $0.down.beyond] }
    costs = cells.flatMap { [$0.costInClass, $0.cost, $0.costInClass, $0.cost] }
    func terms(_ cell: Int, _ factor: Double) -> [(unknown: Int, factor: Double)] {
      (0..<width).map { (unknown: cell * width + $0, factor: $0 < 2 ? factor : -factor) }
    }
    program = LinearProgram(
      unknowns: count * width,
      sums.map { sum in
        LinearProgram.Constraint(sum.parts.flatMap { terms($0, 1) } + terms(sum.total, -1), in: 0...0)
      })
    program.keep(rooms.enumerated().map { (unknown: $0, range: 0...$1) })
  }

  /// Cells move for so much from now on.
  mutating func set(_ costs: [(cell: Int, inClass: Double, beyond: Double)]) {
    for (cell, inClass, beyond) in costs {
      for (column, cost) in [inClass, beyond, inClass, beyond].enumerated() {
        self.costs[cell * Self.columnsPerCell + column] = cost
      }
    }
  }

  /// The cheapest way to move a cell so far, up or, when negative, down; nil when there is none.
  mutating func cheapest(moving cell: Int, by distance: Double) -> [Move]? {
    let first = cell * Self.columnsPerCell
    let (there, back) = distance > 0 ? (first, first + 2) : (first + 2, first)
    let inClass = min(rooms[there], abs(distance))
    let beyond = abs(distance) - inClass
    guard beyond <= rooms[there + 1] else { return nil }
    program.keep([
      (there, inClass...inClass), (there + 1, beyond...beyond), (back, 0...0), (back + 1, 0...0),
    ])
    defer { program.keep((first..<first + Self.columnsPerCell).map { ($0, 0...rooms[$0]) }) }
    guard case .values(let values) = program.cheapest(costs) else { return nil }
    return (0..<count).compactMap { cell in
      let at = cell * Self.columnsPerCell
      let moves = values[at] + values[at + 1] - values[at + 2] - values[at + 3]
      // Up and down at once is no move; of what costs nothing that may come out.
      guard abs(moves) > Self.least else { return nil }
      return Move(cell: cell, distance: moves, isBeyondClass: max(values[at + 1], values[at + 3]) > Self.least)
    }
  }
}
