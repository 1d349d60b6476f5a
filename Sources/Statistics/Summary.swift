/// Sums over values that are all present.
enum Summary {
  static func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }

  /// Σ(x − mean)².
  static func squares(_ values: [Double]) -> Double {
    let centre = mean(values)
    return values.reduce(0) { $0 + ($1 - centre) * ($1 - centre) }
  }
}

/// The mean of values; `nil` without values.
public func mean(_ values: [Double]) -> Double? { values.isEmpty ? nil : Summary.mean(values) }

/// The standard deviation with divisor n − 1; `nil` for fewer than two values.
public func standardDeviation(_ values: [Double]) -> Double? {
  values.count < 2 ? nil : (Summary.squares(values) / Double(values.count - 1)).squareRoot()
}

/// Divides units over equally large groups by rank, as PHE assigns quantiles (deciles, quartiles).
///
/// Equal values get the same, lowest rank. Group 1 holds the highest values, or the lowest when not `inverted`.
/// - Parameter values: one per unit, `nil` for a unit without a value.
/// - Returns: a group from 1 to `count` per unit; `nil` for units without a value, and for all when there are fewer
///   units with a value than groups.
public func quantileGroups(_ values: [Double?], count: Int, inverted: Bool = true) -> [Int?] {
  let present = values.compactMap { $0 }
  guard count > 0, present.count >= count else { return values.map { _ in nil } }
  let sorted = present.sorted(by: inverted ? { $0 > $1 } : { $0 < $1 })
  var ranks: [Double: Int] = [:]
  for (index, value) in sorted.enumerated() where ranks[value] == nil { ranks[value] = index + 1 }
  let size = Double(present.count) / Double(count)
  return values.map { value in
    guard let value, let rank = ranks[value] else { return nil }
    return max(1, count + 1 - Int((Double(present.count + 1 - rank) / size).rounded(.up)))
  }
}
