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

  /// One way of a cell to move.
  private struct Column {
    let cell: Int
    let isUp: Bool
    let isBeyond: Bool
    let room: Double
  }

  /// What rounding in the solver may be worth.
  private static let least = 1e-6

  private var program: LinearProgram
  private let columns: [Column]
  /// The columns of each cell: in its class before beyond it.
  private let columnsOf: [Range<Int>]
  private var costs: [Double]

  /// A program of cells and of sums of them: a total with its parts.
  init(_ cells: [Freedom], _ sums: [(total: Int, parts: [Int])]) {
    var isInSum = [Bool](repeating: false, count: cells.count)
    for sum in sums { for cell in sum.parts + [sum.total] { isInSum[cell] = true } }
    var columns: [Column] = []
    var costs: [Double] = []
    var columnsOf: [Range<Int>] = []
    for (number, cell) in cells.enumerated() {
      let first = columns.count
      func add(_ room: Double, isUp: Bool, isBeyond: Bool) {
        guard room > 0, isInSum[number] else { return }
        columns.append(Column(cell: number, isUp: isUp, isBeyond: isBeyond, room: room))
        costs.append(isBeyond ? cell.cost : cell.costInClass)
      }
      add(cell.up.inClass, isUp: true, isBeyond: false)
      add(cell.up.beyond, isUp: true, isBeyond: true)
      add(cell.down.inClass, isUp: false, isBeyond: false)
      add(cell.down.beyond, isUp: false, isBeyond: true)
      columnsOf.append(first..<columns.count)
    }
    func terms(_ cell: Int, _ factor: Double) -> [(unknown: Int, factor: Double)] {
      columnsOf[cell].map { (unknown: $0, factor: columns[$0].isUp ? factor : -factor) }
    }
    program = LinearProgram(
      unknowns: columns.count,
      sums.map { sum in
        LinearProgram.Constraint(sum.parts.flatMap { terms($0, 1) } + terms(sum.total, -1), in: 0...0)
      })
    program.keep(columns.enumerated().map { (unknown: $0, range: 0...$1.room) })
    self.columns = columns
    self.columnsOf = columnsOf
    self.costs = costs
  }

  /// Cells move for so much from now on.
  mutating func set(_ costs: [(cell: Int, inClass: Double, beyond: Double)]) {
    for (cell, inClass, beyond) in costs {
      for column in columnsOf[cell] { self.costs[column] = columns[column].isBeyond ? beyond : inClass }
    }
  }

  /// The cheapest way to move a cell so far, up or, when negative, down; nil when there is none.
  mutating func cheapest(moving cell: Int, by distance: Double) -> [Move]? {
    var left = abs(distance)
    var bounds: [(unknown: Int, range: ClosedRange<Double>)] = []
    for column in columnsOf[cell] {
      let moved = columns[column].isUp == (distance > 0) ? min(left, columns[column].room) : 0
      left -= moved
      bounds.append((column, moved...moved))
    }
    guard left <= Self.least else { return nil }
    program.keep(bounds)
    defer { program.keep(columnsOf[cell].map { ($0, 0...columns[$0].room) }) }
    guard case .values(let values) = program.cheapest(costs) else { return nil }
    return columnsOf.indices.compactMap { cell in
      var moved = 0.0
      var isBeyond = false
      for column in columnsOf[cell] where values[column] > Self.least {
        moved += columns[column].isUp ? values[column] : -values[column]
        isBeyond = isBeyond || columns[column].isBeyond
      }
      // Up and down at once is no move; of what costs nothing that may come out.
      return abs(moved) > Self.least ? Move(cell: cell, distance: moved, isBeyondClass: isBeyond) : nil
    }
  }
}
