extension CaseMix {
  /// A unit's health gain after case-mix adjustment.
  public struct AdjustedGain: Equatable, Sendable {
    /// Patients with both scores.
    public var count: Int
    /// The mean of follow-up minus baseline, as measured.
    public var crudeGain: Double
    /// The mean of follow-up minus predicted follow-up.
    public var meanResidual: Double
    /// The national mean gain plus ``meanResidual``.
    public var gain: Double
    /// The national mean follow-up score plus ``meanResidual``.
    public var followUp: Double
    /// The standard deviation of all residuals over √n.
    public var standardError: Double
  }

  /// Adjusted gains of all units, and what they are compared with.
  public struct AdjustedGains: Equatable, Sendable {
    /// Per unit, in the order of their numbers; `nil` for a unit without patients.
    public var units: [AdjustedGain?]
    /// The mean gain of all patients.
    public var nationalGain: Double
    /// The mean follow-up score of all patients.
    public var nationalFollowUp: Double
    /// The standard deviation (n − 1) of all residuals.
    public var residualDeviation: Double

    /// The funnel's limits of a mean gain for `n` patients; `nil` below one patient.
    public func limits(n: Int, _ level: Level) -> Limits? {
      guard n > 0 else { return nil }
      let half = level.z * residualDeviation / Double(n).squareRoot()
      return Limits(lower: nationalGain - half, upper: nationalGain + half)
    }
  }

  /// Health gain the way of NHS PROMs: the national gain plus the unit's mean residual.
  ///
  /// The model of the follow-up score has the baseline score and patient characteristics, not the unit.
  /// - Parameters:
  ///   - unit: the number of each patient's unit, 0 to `unitCount` − 1.
  ///   - predicted: the follow-up score by the model fitted on all patients.
  public static func adjustedGains(
    unit: [Int], unitCount: Int, before: [Double], after: [Double], predicted: [Double]
  ) throws(Undefined) -> AdjustedGains {
    guard unit.count == before.count, unit.count == after.count, unit.count == predicted.count,
      unit.allSatisfy({ $0 >= 0 && $0 < unitCount })
    else { throw .invalidInput }
    let residuals = zip(after, predicted).map { $0 - $1 }
    guard let deviation = standardDeviation(residuals) else { throw .tooFewObservations }
    let nationalFollowUp = Summary.mean(after)
    let nationalGain = nationalFollowUp - Summary.mean(before)
    var counts = [Int](repeating: 0, count: unitCount)
    var gains = [Double](repeating: 0, count: unitCount)
    var sums = gains
    for row in unit.indices {
      counts[unit[row]] += 1
      gains[unit[row]] += after[row] - before[row]
      sums[unit[row]] += residuals[row]
    }
    let units = counts.indices.map { index -> AdjustedGain? in
      guard counts[index] > 0 else { return nil }
      let n = Double(counts[index])
      let residual = sums[index] / n
      return AdjustedGain(
        count: counts[index], crudeGain: gains[index] / n, meanResidual: residual, gain: nationalGain + residual,
        followUp: nationalFollowUp + residual, standardError: deviation / n.squareRoot())
    }
    return AdjustedGains(
      units: units, nationalGain: nationalGain, nationalFollowUp: nationalFollowUp, residualDeviation: deviation)
  }
}
