import Statistics
import Testing

/// Whether two numbers agree to a relative tolerance (absolute below 1): 1e-9 for closed forms, 1e-6 for fits.
func near(_ value: Double, _ expected: Double, _ tolerance: Double = 1e-9) -> Bool {
  abs(value - expected) <= tolerance * max(1, abs(expected))
}

/// Expects that a number agrees with a published one, to the digits that are published.
///
/// - Parameter digits: decimals printed in the source. The printed numbers were rounded to one decimal more first, so
///   0.55 units of the last one is allowed, and rounding noise.
func expectPrinted(
  _ value: Double?, _ expected: Double, digits: Int = 9, _ comment: Comment? = nil,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  var half = 0.55
  for _ in 0..<digits { half /= 10 }
  guard let value else {
    Issue.record("undefined, expected \(expected)", sourceLocation: sourceLocation)
    return
  }
  #expect(
    abs(value - expected) <= half * 1.000001 + 1e-12 * abs(expected), comment ?? "\(value) is not \(expected)",
    sourceLocation: sourceLocation)
}

/// Expects two limits as published.
func expectPrinted(
  _ limits: Limits?, _ lower: Double, _ upper: Double, digits: Int = 9,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  guard let limits else {
    Issue.record("undefined, expected \(lower) to \(upper)", sourceLocation: sourceLocation)
    return
  }
  expectPrinted(limits.lower, lower, digits: digits, sourceLocation: sourceLocation)
  expectPrinted(limits.upper, upper, digits: digits, sourceLocation: sourceLocation)
}

/// Expects two limits to a relative tolerance.
func expectNear(
  _ limits: Limits?, _ lower: Double, _ upper: Double, _ tolerance: Double = 1e-9,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  guard let limits else {
    Issue.record("undefined, expected \(lower) to \(upper)", sourceLocation: sourceLocation)
    return
  }
  #expect(
    near(limits.lower, lower, tolerance) && near(limits.upper, upper, tolerance),
    "\(limits) is not \(lower) to \(upper)", sourceLocation: sourceLocation)
}
