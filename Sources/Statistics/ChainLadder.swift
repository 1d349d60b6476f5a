/// How complete sums are that still come in, by how long ago they began: the chain ladder with volume-weighted factors
/// (Mack 1993, ASTIN Bulletin 23:213).
///
/// A row of the triangle is an origin, here a month of care, and its columns are the sums that had come in after 0, 1, 2, …
/// steps; nil where that is not known. The factor of a step is the sum of a column over that of the one before it, over
/// the rows that have both. What is complete after the last step with a factor is taken as the whole: there is no tail.
public struct ChainLadder: Sendable, Equatable {
  /// Growth from each step to the next; infinite where nothing had come in before.
  public let factors: [Double]
  /// Share of the whole that has come in after each step; one more than there are factors, the last is 1.
  public let completion: [Double]

  /// The steps from the first on of which at least so many rows have both columns and their sum is positive.
  public init(_ triangle: [[Double?]], fewestRows: Int = 1) {
    var sums: [(before: Double, after: Double)] = []
    for step in 0..<max(0, (triangle.map(\.count).max() ?? 0) - 1) {
      let pairs = triangle.compactMap { row -> (Double, Double)? in
        guard step + 1 < row.count, let before = row[step], let after = row[step + 1] else { return nil }
        return (before, after)
      }
      let (before, after) = (pairs.reduce(0) { $0 + $1.0 }, pairs.reduce(0) { $0 + $1.1 })
      guard pairs.count >= max(1, fewestRows), after > 0, before >= 0 else { break }
      sums.append((before, after))
    }
    factors = sums.map { $0.after / $0.before }
    var completion = [1.0]
    for sum in sums.reversed() { completion.append(completion[completion.count - 1] * sum.before / sum.after) }
    self.completion = completion.reversed()
  }

  /// The first step from which on at least a share of the whole has come in.
  public func step(completeAt share: Double) -> Int {
    (completion.lastIndex { $0 < share } ?? -1) + 1
  }
}
