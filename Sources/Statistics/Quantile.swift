/// The definitions of a sample quantile in use, numbered as in Hyndman & Fan (1996) and R.
public enum QuantileType: Int, CaseIterable, Sendable {
  /// Inverse of the empirical distribution function.
  case type1 = 1
  /// As type 1, averaged at discontinuities.
  case type2 = 2
  /// Linear, positions p(n + 1).
  case type6 = 6
  /// Linear, positions 1 + p(n − 1). The default everywhere.
  case type7 = 7
}

/// A sample quantile.
///
/// - Parameters:
///   - sorted: the values in ascending order, none missing.
///   - p: the cumulative probability, 0 to 1.
///   - type: the definition; R type 7 unless a rule asks for another.
/// - Returns: `nil` without values or with `p` outside 0 to 1.
public func quantile(_ sorted: [Double], _ p: Double, type: QuantileType = .type7) -> Double? {
  guard let first = sorted.first, let last = sorted.last, p >= 0, p <= 1 else { return nil }
  let n = Double(sorted.count)
  // A position that is whole but for rounding counts as whole, as in R.
  let fuzz = 4 * Double.ulpOfOne
  func value(_ position: Double) -> Double {
    if position < 1 { return first }
    return position > n ? last : sorted[Int(position) - 1]
  }
  switch type {
  case .type1, .type2:
    let position = n * p
    let below = (position + fuzz).rounded(.down)
    if position - below > fuzz { return value(below + 1) }
    return type == .type1 ? value(below) : (value(below) + value(below + 1)) / 2
  case .type6, .type7:
    let position = type == .type6 ? p * (n + 1) : 1 + p * (n - 1)
    let below = (position + fuzz).rounded(.down)
    let share = position - below
    if abs(share) < fuzz { return value(below) }
    return value(below) + share * (value(below + 1) - value(below))
  }
}
