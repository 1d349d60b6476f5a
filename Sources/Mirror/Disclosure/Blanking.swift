import CoreDataset

extension Suppression {
  /// Takes away what may not be seen, and rule 6.
  mutating func blank() {
    for position in rows.indices where protections[position] != .none { blankOwn(position) }
    guard let baseline else { return }
    for position in rows.indices where rows[position].baselineValue != nil || rows[position].change != nil {
      guard var key = index.keys[position] else { continue }
      key.period = baseline
      guard let reference = index.row[key].map(Int.init) else { continue }
      if protections[reference].isWithheld {
        rows[position].baselineValue = nil
        rows[position].change = nil
        blankWhatFollowsFromChange(position)
        // The status of a target on the change would tell on which side the reference lies.
        if hasTargetOnChange[Int(key.indicator)] { rows[position].targetStatus = nil }
      } else if protections[reference] == .rounded || protections[position] == .rounded {
        // A change from or to the middle of a class would say more than is known.
        rows[position].baselineValue = nil
        rows[position].change = nil
        blankWhatFollowsFromChange(position)
        if hasTargetOnChange[Int(key.indicator)] { rows[position].targetStatus = nil }
      }
    }
  }

  /// An interval or a distance would give back an unrounded change.
  private mutating func blankWhatFollowsFromChange(_ position: Int) {
    rows[position].changeLower95 = nil
    rows[position].changeUpper95 = nil
    rows[position].targetDistance = nil
  }

  private mutating func blankOwn(_ position: Int) {
    let protection = protections[position]
    var row = rows[position]
    row.persons = 0
    row.measured = 0
    let shown = protection == .rounded ? ShareClass(of: row, minimum: minimum) : nil
    for field in Self.countsAndDerived { row[keyPath: field] = nil }
    row.change = nil
    // On which side of a limit the figure lies would narrow its class down.
    row.targetStatus = nil
    row.funnelBand = nil
    row.value = shown?.middle
    row.classWidth = shown?.width
    if shown == nil {
      row.baselineValue = nil
      row.status = .insufficient
    }
    row.reason = protection.reason(minimum: minimum)
    rows[position] = row
  }

  private static let countsAndDerived: [any WritableKeyPath<ResultRow, Double?> & Sendable] = [
    \.numerator, \.denominator, \.amount, \.remainder, \.contributors, \.largest, \.largestTwo, \.providers,
    \.providerRemainder, \.providerLargest, \.providerLargestTwo, \.standardDeviation, \.lower95, \.upper95, \.lower998,
    \.upper998, \.expected, \.ratio, \.adjusted, \.funnelLower95, \.funnelUpper95, \.funnelLower998, \.funnelUpper998,
    \.reliability, \.changeLower95, \.changeUpper95, \.targetDistance, \.truncated, \.truncatedAt, \.smoothed,
    \.adjustedLower95, \.adjustedUpper95,
  ]
}
