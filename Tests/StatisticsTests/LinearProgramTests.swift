import Statistics
import Testing

@Suite("Linear programs")
struct LinearProgramTests {
  /// x ≤ 8, y ≤ 10 and 5x + 3y ≥ 45: y is least, 5/3, where x is 8, and x is least, 3, where y is 10.
  @Test func endsOfAnInterval() throws {
    var program = LinearProgram(
      unknowns: 2,
      [
        .init([(0, 1)], in: 0...8), .init([(1, 1)], in: 0...10), .init([(0, 5), (1, 3)], in: 45...1000),
      ])
    guard case .values(let least) = program.solve(.smallest, of: 1) else {
      Issue.record("no answer")
      return
    }
    #expect(abs(least[0] - 8) < 1e-9 && abs(least[1] - 5.0 / 3) < 1e-9)
    guard case .values(let most) = program.solve(.smallest, of: 0) else {
      Issue.record("no answer")
      return
    }
    #expect(abs(most[0] - 3) < 1e-9 && abs(most[1] - 10) < 1e-9)
  }

  @Test func noEndAndNoSolution() {
    var open = LinearProgram(unknowns: 2, [.init([(0, 1), (1, -1)], in: 3...3)])
    #expect(open.solve(.largest, of: 0) == .unbounded)
    #expect(open.solve(.smallest, of: 0) == .values([3, 0]))
    var impossible = LinearProgram(unknowns: 1, [.init([(0, 1)], in: 3...3), .init([(0, 1)], in: 4...4)])
    #expect(impossible.solve(.largest, of: 0) == .none)
  }

  /// Two factories and two shops, by hand: 30 of the 40 that are wanted come the cheap way, which carries no more.
  @Test func cheapestWayWithinBounds() {
    // Unknowns: from a to x, a to y, b to x, b to y. Wanted: x 25, y 15.
    var program = LinearProgram(
      unknowns: 4, [.init([(0, 1), (2, 1)], in: 25...25), .init([(1, 1), (3, 1)], in: 15...15)])
    #expect(program.cheapest([1, 3, 2, 2]) == .values([25, 0, 0, 15]))
    program.keep([(unknown: 0, range: 0...20), (unknown: 3, range: 0...10)])
    #expect(program.cheapest([1, 3, 2, 2]) == .values([20, 5, 5, 10]))
    program.keep([(unknown: 2, range: 7...7), (unknown: 3, range: 0...Double.infinity)])
    #expect(program.cheapest([1, 3, 2, 2]) == .values([18, 0, 7, 15]))
    program.keep([(unknown: 0, range: 0...17)])
    #expect(program.cheapest([1, 3, 2, 2]) == .none)
  }
}
