/// Bootstrap intervals: persons are drawn with replacement.
public enum Bootstrap {
  /// Draws, unless configured otherwise.
  public static let defaultDraws = 2000

  /// The means of resamples, in order of drawing.
  ///
  /// For a cost ratio with the expected cost fixed, multiply by n / E. Takes draws × n steps.
  /// - Returns: empty without values.
  public static func means(_ values: [Double], draws: Int = defaultDraws, seed: UInt64) -> [Double] {
    guard !values.isEmpty else { return [] }
    var generator = Xoshiro256StarStar(seed: seed)
    let n = values.count
    return (0..<max(0, draws)).map { _ in
      var sum = 0.0
      for _ in 0..<n { sum += values[generator.index(below: n)] }
      return sum / Double(n)
    }
  }

  /// The ratios Σy/Σx of resamples, such as cost per person-year. A resample with Σx = 0 is left out.
  public static func ratios(y: [Double], x: [Double], draws: Int = defaultDraws, seed: UInt64) -> [Double] {
    guard !y.isEmpty, y.count == x.count else { return [] }
    var generator = Xoshiro256StarStar(seed: seed)
    return (0..<max(0, draws)).compactMap { _ in
      var (numerator, denominator) = (0.0, 0.0)
      for _ in y.indices {
        let person = generator.index(below: y.count)
        numerator += y[person]
        denominator += x[person]
      }
      return denominator > 0 ? numerator / denominator : nil
    }
  }

  /// Percentile limits of draws (R type 7).
  public static func percentile(_ draws: [Double], _ level: Level) -> Limits? {
    let sorted = draws.sorted()
    guard let lower = quantile(sorted, level.lowerTail), let upper = quantile(sorted, level.upperTail) else {
      return nil
    }
    return Limits(lower: lower, upper: upper)
  }

  /// The acceleration of a mean, from leaving out one value at a time; `nil` for equal values or fewer than two.
  public static func acceleration(ofMean values: [Double]) -> Double? {
    guard values.count > 1 else { return nil }
    let sum = values.reduce(0, +)
    return acceleration(jackknife: values.map { (sum - $0) / Double(values.count - 1) })
  }

  /// The acceleration from jackknife estimates: Σ(θ̄ − θᵢ)³ / (6 (Σ(θ̄ − θᵢ)²)^1.5).
  public static func acceleration(jackknife: [Double]) -> Double? {
    guard !jackknife.isEmpty else { return nil }
    let centre = Summary.mean(jackknife)
    let (squares, cubes) = jackknife.reduce(into: (0.0, 0.0)) { sums, estimate in
      let gap = centre - estimate
      sums.0 += gap * gap
      sums.1 += gap * gap * gap
    }
    return squares > 0 ? cubes / (6 * squares * squares.squareRoot()) : nil
  }

  /// Bias-corrected and accelerated limits (Efron & Tibshirani 1993, ch. 14).
  ///
  /// - Parameters:
  ///   - draws: the statistic of every resample.
  ///   - estimate: the statistic of the data.
  ///   - acceleration: from ``acceleration(ofMean:)``.
  /// - Returns: `nil` when no draw or every draw is below the estimate.
  public static func biasCorrected(
    _ draws: [Double], estimate: Double, acceleration: Double, _ level: Level
  ) -> Limits? {
    guard !draws.isEmpty else { return nil }
    let below = Double(draws.lazy.filter { $0 < estimate }.count) / Double(draws.count)
    guard let bias = Distribution.normalQuantile(below) else { return nil }
    let sorted = draws.sorted()
    func end(_ z: Double) -> Double? {
      let shifted = bias + z
      return Distribution.normalCDF(bias + shifted / (1 - acceleration * shifted)).flatMap { quantile(sorted, $0) }
    }
    guard let lower = end(-level.z), let upper = end(level.z) else { return nil }
    return Limits(lower: lower, upper: upper)
  }
}
