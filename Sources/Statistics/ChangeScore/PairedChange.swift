/// Which way a score improves.
public enum ScoreDirection: Sendable {
  /// A higher score is better, as in quality of life.
  case higherIsBetter
  /// A lower score is better, as in pain.
  case lowerIsBetter

  /// +1 or −1: times a change it gives the improvement.
  public var sign: Double { self == .higherIsBetter ? 1 : -1 }
}

/// Change scores of patients who were measured twice.
public enum ChangeScore {
  /// Mean change of paired scores with its interval and effect sizes.
  public struct Paired: Equatable, Sendable {
    /// How many pairs.
    public var count: Int
    /// The mean of follow-up minus baseline.
    public var mean: Double
    /// The median, first and third quartile of the change (R type 7).
    public var quartiles: [Double]
    /// The standard deviation of the change; `nil` for one pair.
    public var deviation: Double?
    /// The standard deviation at baseline; `nil` for one pair.
    public var baselineDeviation: Double?
    /// The t interval of the mean change at 95%.
    public var limits95: Limits?
    /// The t interval of the mean change at 99.8%.
    public var limits998: Limits?
    /// The paired t statistic; `nil` when all changes are equal.
    public var t: Double?
    /// The two-sided p value of ``t``.
    public var p: Double?
    /// Mean change over the baseline's standard deviation (Kazis 1989).
    public var effectSize: Double?
    /// Standardised response mean: mean change over the standard deviation of the change (Liang 1990).
    public var responseMean: Double?
    /// Mean change over the root mean square of both standard deviations (Cumming 2012: d_av).
    public var averageEffectSize: Double?
    /// The mean change with a positive sign for improvement.
    public var improvement: Double
  }

  /// Change of pairs, follow-up minus baseline.
  ///
  /// - Throws: ``Undefined/noObservations`` without pairs, ``Undefined/invalidInput`` for unequal lengths.
  public static func paired(
    before: [Double], after: [Double], direction: ScoreDirection
  ) throws(Undefined) -> Paired {
    guard before.count == after.count else { throw .invalidInput }
    guard !before.isEmpty else { throw .noObservations }
    let changes = zip(after, before).map { $0 - $1 }
    let count = changes.count
    let average = Summary.mean(changes)
    let deviation = standardDeviation(changes)
    let (first, second) = (standardDeviation(before), standardDeviation(after))
    // A spread of 0 has no effect size: nil, not infinity.
    func over(_ spread: Double?) -> Double? { spread.flatMap { $0 > 0 ? average / $0 : nil } }
    let t = over(deviation).map { $0 * Double(count).squareRoot() }
    let tail = t.flatMap { Distribution.studentCDF(-abs($0), df: Double(count - 1)) }
    let pooled: Double? =
      if let first, let second { ((first * first + second * second) / 2).squareRoot() } else { nil }
    let sorted = changes.sorted()
    return Paired(
      count: count, mean: average, quartiles: [0.5, 0.25, 0.75].compactMap { quantile(sorted, $0) },
      deviation: deviation, baselineDeviation: first,
      limits95: deviation.flatMap { Interval.meanT(mean: average, sd: $0, n: count, .percent95) },
      limits998: deviation.flatMap { Interval.meanT(mean: average, sd: $0, n: count, .percent998) },
      t: t, p: tail.map { 2 * $0 }, effectSize: over(first), responseMean: over(deviation),
      averageEffectSize: over(pooled), improvement: direction.sign * average)
  }

  /// Hedges' small-sample correction J(ν) = Γ(ν/2) / (√(ν/2) · Γ((ν−1)/2)), to multiply an effect size by.
  ///
  /// - Returns: `nil` for fewer than two degrees of freedom.
  public static func hedgesCorrection(degreesOfFreedom: Double) -> Double? {
    guard degreesOfFreedom > 1 else { return nil }
    let half = degreesOfFreedom / 2
    return Distribution.gammaRatio(half, half - 0.5).map { $0 / half.squareRoot() }
  }
}
