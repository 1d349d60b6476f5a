import Dispatch
import Synchronization

/// Does `work` for each index, on at most `jobs` threads, and gives the results in order of index.
///
/// Which thread does what has no influence on results, so that any number of jobs gives the same bytes. When several
/// fail, the failure of the lowest index is thrown; indices not yet begun are then left.
public func inParallel<Result: Sendable>(
  _ count: Int, jobs: Int, _ work: @Sendable (Int) throws(Problem) -> Result
) throws(Problem) -> [Result] {
  if count == 0 { return [] }
  let state = Mutex<(results: [Result?], failure: (index: Int, problem: Problem)?)>(
    (Array(repeating: nil, count: count), nil))
  let next = Atomic<Int>(0)
  DispatchQueue.concurrentPerform(iterations: max(1, min(jobs, count))) { _ in
    while true {
      let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
      // A lower index than one that failed is still done: it may fail too, and then it is the one to report.
      if index >= count || state.withLock({ $0.failure.map { $0.index < index } ?? false }) { return }
      do throws(Problem) {
        let result = try work(index)
        state.withLock { $0.results[index] = result }
      } catch {
        state.withLock { if $0.failure.map({ index < $0.index }) ?? true { $0.failure = (index, error) } }
      }
    }
  }
  let (results, failure) = state.withLock { $0 }
  if let failure { throw failure.problem }
  return results.compactMap(\.self)
}
