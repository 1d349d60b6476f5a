import Glibc

/// Practice variation between regions or providers.
public enum Variation {
  /// Units with a smaller expected number are left out.
  public static let minimumExpected = 5.0

  /// The extremal quotient: highest over lowest. Grows with the number of small units: never alone.
  ///
  /// - Returns: `nil` without values or when the lowest is not above 0.
  public static func extremalQuotient(_ rates: [Double]) -> Double? {
    guard let low = rates.min(), let high = rates.max(), low > 0 else { return nil }
    return high / low
  }

  /// The quotient of two percentiles (R type 7), such as P95/P5 or P75/P25.
  public static func percentileQuotient(_ rates: [Double], upper: Double, lower: Double) -> Double? {
    let sorted = rates.sorted()
    guard let high = quantile(sorted, upper), let low = quantile(sorted, lower), low > 0 else { return nil }
    return high / low
  }

  /// The coefficient of variation: standard deviation (n − 1) over mean.
  public static func coefficient(_ rates: [Double]) -> Double? {
    guard let deviation = standardDeviation(rates), let centre = mean(rates), centre > 0 else { return nil }
    return deviation / centre
  }

  /// The coefficient of variation with units weighted by population: √(Σw(r − r̄)²/Σw) / r̄.
  public static func weightedCoefficient(_ rates: [Double], populations: [Double]) -> Double? {
    let total = populations.reduce(0, +)
    guard rates.count == populations.count, rates.count > 1, total > 0, populations.allSatisfy({ $0 >= 0 }) else {
      return nil
    }
    let centre = zip(rates, populations).reduce(0) { $0 + $1.0 * $1.1 } / total
    guard centre > 0 else { return nil }
    let variance = zip(rates, populations).reduce(0) { $0 + $1.1 * ($1.0 - centre) * ($1.0 - centre) } / total
    return variance.squareRoot() / centre
  }

  /// Gini's coefficient: 0 when all are equal. `nil` when the sum is 0 or a value is negative.
  public static func gini(_ values: [Double]) -> Double? {
    let sum = values.reduce(0, +)
    guard !values.isEmpty, sum > 0, values.allSatisfy({ $0 >= 0 }) else { return nil }
    let n = Double(values.count)
    let ranked = values.sorted().enumerated().reduce(0) { $0 + Double($1.offset + 1) * $1.element }
    return 2 * ranked / (n * sum) - (n + 1) / n
  }

  /// How the systematic component of variation measures a unit's deviation.
  public enum Component: Sendable {
    /// (O − E)/E, after Diehr et al. (1990). The default; defined for O = 0.
    case linear
    /// ln(O/E), after McPherson et al. (1982); undefined when a unit has no events.
    case logarithmic
  }

  /// The systematic component of variation: the mean squared deviation less what chance alone gives.
  ///
  /// - Returns: the raw value, which is negative when units vary less than by chance (report 0 and say so); often
  ///   printed times 100. `nil` without units, with nothing expected, or for O = 0 with logarithms.
  public static func systematicComponent(
    observed: [Double], expected: [Double], _ form: Component = .linear
  ) -> Double? {
    guard !observed.isEmpty, observed.count == expected.count, expected.allSatisfy({ $0 > 0 }),
      observed.allSatisfy({ $0 >= 0 }), form == .linear || observed.allSatisfy({ $0 > 0 })
    else { return nil }
    let sum = zip(observed, expected).reduce(0) { sum, unit in
      let deviation = form == .linear ? (unit.0 - unit.1) / unit.1 : log(unit.0 / unit.1)
      return sum + deviation * deviation - 1 / unit.1
    }
    return sum / Double(observed.count)
  }
}
