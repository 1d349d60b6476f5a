import Glibc

extension ControlChart {
  /// The weight of one patient in a risk-adjusted CUSUM (Steiner et al. 2000): the log-likelihood ratio.
  ///
  /// - Parameters:
  ///   - risk: the predicted probability of the event, between 0 and 1.
  ///   - alternative: the odds ratio to detect, such as 2.
  ///   - baseline: the odds ratio that is acceptable.
  /// - Returns: `nil` for a risk outside 0…1 or an odds ratio not above 0.
  public static func cusumWeight(
    event: Bool, risk: Double, alternative: Double, baseline: Double = 1
  ) -> Double? {
    guard risk >= 0, risk <= 1, alternative > 0, baseline > 0 else { return nil }
    let ratio = (1 - risk + baseline * risk) / (1 - risk + alternative * risk)
    return log(event ? ratio * alternative / baseline : ratio)
  }

  /// The risk-adjusted CUSUM after every patient: S = max(0, S + W).
  public static func cusum(
    events: [Bool], risks: [Double], alternative: Double, baseline: Double = 1
  ) throws(Undefined) -> [Double] {
    guard events.count == risks.count else { throw .invalidInput }
    var sum = 0.0
    var path: [Double] = []
    for (event, risk) in zip(events, risks) {
      guard let weight = cusumWeight(event: event, risk: risk, alternative: alternative, baseline: baseline) else {
        throw .invalidInput
      }
      sum = max(0, sum + weight)
      path.append(sum)
    }
    return path
  }

  /// The variable life-adjusted display after every patient: the sum of risk minus event. Falls below 0 when there are
  /// more events than expected.
  public static func lifeAdjusted(events: [Bool], risks: [Double]) throws(Undefined) -> [Double] {
    guard events.count == risks.count else { throw .invalidInput }
    var sum = 0.0
    return zip(events, risks).map { event, risk in
      sum += risk - (event ? 1 : 0)
      return sum
    }
  }

  /// The mean number of patients until a CUSUM passes a threshold while nothing is wrong, by simulation.
  ///
  /// Patients are drawn from `risks`, events from their risk. For choosing the threshold in a configuration.
  /// - Parameter longest: a run is ended here, so that a very high threshold still ends.
  /// - Returns: `nil` without risks or runs.
  public static func averageRunLength(
    threshold: Double, risks: [Double], alternative: Double, runs: Int, seed: UInt64, longest: Int = 100_000
  ) -> Double? {
    guard !risks.isEmpty, runs > 0, risks.allSatisfy({ $0 >= 0 && $0 <= 1 }), alternative > 0 else { return nil }
    var generator = Xoshiro256StarStar(seed: seed)
    var total = 0
    for _ in 0..<runs {
      var sum = 0.0
      var length = 0
      while sum <= threshold, length < longest {
        let risk = risks[generator.index(below: risks.count)]
        let event = generator.uniform() < risk
        sum = max(0, sum + (cusumWeight(event: event, risk: risk, alternative: alternative) ?? 0))
        length += 1
      }
      total += length
    }
    return Double(total) / Double(runs)
  }
}
