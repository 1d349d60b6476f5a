import Synchronization
import Testing
import Workspace

@Suite("Work on several threads")
struct WorkersTests {
  @Test("results come in order of index, with any number of jobs", arguments: [-1, 0, 1, 2, 3, 7, 100, 1000])
  func order(jobs: Int) throws {
    let results = try inParallel(100, jobs: jobs) { index throws(Problem) in index * index }
    #expect(results == (0..<100).map { $0 * $0 })
  }

  @Test("nothing to do", arguments: [1, 8])
  func none(jobs: Int) throws {
    let results = try inParallel(0, jobs: jobs) { index throws(Problem) -> Int in throw Problem(.data, "\(index)") }
    #expect(results == [])
  }

  @Test("each index is done once, optional results stay in their place")
  func once() throws {
    let counts = Mutex([Int](repeating: 0, count: 500))
    let results = try inParallel(500, jobs: 4) { index throws(Problem) -> Int? in
      counts.withLock { $0[index] += 1 }
      return index % 2 == 0 ? nil : index
    }
    #expect(counts.withLock { $0 }.allSatisfy { $0 == 1 })
    #expect(results == (0..<500).map { $0 % 2 == 0 ? nil : $0 })
  }

  @Test("of several failures the lowest is reported, each time", arguments: [1, 2, 4, 16])
  func lowest(jobs: Int) {
    for _ in 0..<2000 {
      #expect { _ = try inParallel(16, jobs: jobs) { index throws(Problem) -> Int in
        if index >= 3 { throw Problem(.data, "\(index)") }
        return index
      } } throws: { ($0 as? Problem)?.message == "3" }
    }
  }

  @Test("after a failure what was not yet begun is left")
  func stops() {
    let done = Mutex(0)
    #expect(throws: Problem.self) {
      _ = try inParallel(100_000, jobs: 1) { index throws(Problem) -> Int in
        done.withLock { $0 += 1 }
        if index == 5 { throw Problem(.data, "stop") }
        return index
      }
    }
    #expect(done.withLock { $0 } == 6)
  }
}
