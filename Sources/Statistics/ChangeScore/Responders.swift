extension ChangeScore {
  /// Paired patients by what became of them; the three counts add up to all pairs.
  public struct Responders: Equatable, Sendable {
    /// Improved by at least the minimal important change.
    public var improved = 0
    /// Worsened by at least the minimal important change.
    public var deteriorated = 0
    /// The rest.
    public var unchanged = 0
    /// Of all pairs, those whose baseline left no room to improve that much.
    public var withoutRoom = 0

    /// All pairs.
    public var count: Int { improved + deteriorated + unchanged }
  }

  /// Counts responders by a minimal important change.
  ///
  /// - Parameters:
  ///   - minimalChange: the change that matters to patients, above 0, in points of the scale.
  ///   - best: the best score of the scale; with it, pairs without room to improve are counted apart.
  public static func responders(
    before: [Double], after: [Double], direction: ScoreDirection, minimalChange: Double, best: Double? = nil
  ) throws(Undefined) -> Responders {
    guard before.count == after.count, minimalChange > 0 else { throw .invalidInput }
    guard !before.isEmpty else { throw .noObservations }
    var result = Responders()
    for (first, second) in zip(before, after) {
      let improvement = direction.sign * (second - first)
      if improvement >= minimalChange {
        result.improved += 1
      } else if improvement <= -minimalChange {
        result.deteriorated += 1
      } else {
        result.unchanged += 1
      }
      if let best, direction.sign * (best - first) < minimalChange { result.withoutRoom += 1 }
    }
    return result
  }

  /// The improvement as a share of the baseline, for rules such as "30% less pain"; `nil` for a baseline of 0.
  public static func relativeImprovement(before: Double, after: Double, direction: ScoreDirection) -> Double? {
    before == 0 ? nil : direction.sign * (after - before) / abs(before)
  }

  /// The reliable change index and what goes with it (Jacobson & Truax 1991).
  public struct ReliableChange: Equatable, Sendable {
    /// The standard error of a difference of two scores: √2 · SD₀ · √(1 − r).
    public var standardError: Double
    /// The smallest change beyond measurement error at 95%: z · ``standardError``.
    public var minimalDetectable: Double

    /// Change in standard errors. Reliable when it exceeds 1.96 in size.
    public func index(_ change: Double) -> Double { change / standardError }

    /// Whether a change exceeds measurement error.
    public func isReliable(_ change: Double) -> Bool { abs(index(change)) > Level.percent95.z }
  }

  /// Reliable change from a reference group's figures, not from the provider's own small group.
  ///
  /// - Parameters:
  ///   - baselineDeviation: SD of the scores in the reference group, above 0.
  ///   - reliability: test-retest reliability, at least 0 and below 1.
  public static func reliableChange(baselineDeviation: Double, reliability: Double) -> ReliableChange? {
    guard baselineDeviation > 0, reliability >= 0, reliability < 1 else { return nil }
    let error = (2 * (1 - reliability)).squareRoot() * baselineDeviation
    return ReliableChange(standardError: error, minimalDetectable: Level.percent95.z * error)
  }

  /// A total score when items are missing, by the half rule: mean of the answered items times the number of items.
  ///
  /// - Returns: `nil` when fewer than half of the items (rounded up) were answered. Not rounded.
  public static func personMeanTotal(_ items: [Double?]) -> Double? {
    let answered = items.compactMap { $0 }
    guard !answered.isEmpty, answered.count >= (items.count + 1) / 2 else { return nil }
    return Summary.mean(answered) * Double(items.count)
  }
}
