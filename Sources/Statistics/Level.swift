/// A lower and an upper limit, in the unit of the figure they belong to.
public struct Limits: Equatable, Sendable {
  /// The lower limit.
  public var lower: Double
  /// The upper limit.
  public var upper: Double

  /// Limits from their two ends.
  public init(lower: Double, upper: Double) {
    self.lower = lower
    self.upper = upper
  }

  /// Both limits times a factor, for a rate per 1000 or a percentage.
  public func scaled(by factor: Double) -> Limits { Limits(lower: lower * factor, upper: upper * factor) }

  /// Both limits moved inside a range. For display: the value itself is not clipped.
  public func clamped(to range: ClosedRange<Double>) -> Limits {
    Limits(
      lower: min(max(lower, range.lowerBound), range.upperBound),
      upper: min(max(upper, range.lowerBound), range.upperBound))
  }

  /// Whether a value lies inside, ends included.
  public func contains(_ value: Double) -> Bool { value >= lower && value <= upper }
}

/// The two confidence levels in use: 95% for the text, 99.8% for a signal.
public enum Level: CaseIterable, Sendable {
  /// 95%: α = 0.05.
  case percent95
  /// 99.8%: α = 0.002, about three standard errors.
  case percent998

  /// The share outside, both tails together.
  public var alpha: Double {
    switch self {
    case .percent95: 0.05
    case .percent998: 0.002
    }
  }

  /// The cumulative probability of the lower limit: 0.025 or 0.001.
  public var lowerTail: Double {
    switch self {
    case .percent95: 0.025
    case .percent998: 0.001
    }
  }

  /// The cumulative probability of the upper limit: 0.975 or 0.999.
  public var upperTail: Double {
    switch self {
    case .percent95: 0.975
    case .percent998: 0.999
    }
  }

  /// The quantile of the standard normal distribution at ``upperTail``: 1.959963984540054 or 3.090232306167814.
  public var z: Double {
    switch self {
    case .percent95: Self.z95
    case .percent998: Self.z998
    }
  }

  private static let z95 = Distribution.normalQuantile(0.975) ?? .nan
  private static let z998 = Distribution.normalQuantile(0.999) ?? .nan
}

/// Why a figure does not exist. The raw value is the reason code in results.
public enum Undefined: String, Error, Equatable, Sendable {
  /// There are no observations.
  case noObservations = "no-observations"
  /// The denominator, the population or the expected number is zero.
  case noDenominator = "no-denominator"
  /// A count is negative, a numerator exceeds its denominator, or lengths differ.
  case invalidInput = "invalid-input"
  /// Too few events for the method, such as a directly standardised rate of fewer than 10.
  case tooFewEvents = "too-few-events"
  /// Too few observations for the method or for the number of parameters.
  case tooFewObservations = "too-few-observations"
  /// A stratum of the reference or the population is empty where the other side is not: merge strata first.
  case emptyStratum = "empty-stratum"
  /// All values are equal where the method divides by their spread.
  case noSpread = "no-spread"
  /// A category has too few observations to be estimated: merge it first.
  case smallLevel = "small-level"
  /// A fit did not converge.
  case notConverged = "not-converged"
  /// The outcome is predicted perfectly, so that the coefficients have no finite estimate.
  case separation = "separation"
}
