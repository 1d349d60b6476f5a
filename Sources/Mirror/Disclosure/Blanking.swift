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
        rows[position].baselineValue = rows[reference].value
        rows[position].change = Self.difference(rows[position].value, rows[reference].value)
        blankWhatFollowsFromChange(position)
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
    for field in Self.countsAndDerived { row[keyPath: field] = nil }
    if protection == .rounded {
      row.value = row.value.map(Self.roundedShare)
      row.change = Self.difference(row.value, row.baselineValue)
    } else {
      row.value = nil
      row.baselineValue = nil
      row.change = nil
      row.targetStatus = nil
      row.funnelBand = nil
      row.status = .insufficient
    }
    row.reason = protection.reason(minimum: minimum)
    rows[position] = row
  }

  private static func difference(_ after: Double?, _ before: Double?) -> Double? {
    if let after, let before { after - before } else { nil }
  }

  private static let countsAndDerived: [any WritableKeyPath<ResultRow, Double?> & Sendable] = [
    \.numerator, \.denominator, \.amount, \.remainder, \.standardDeviation, \.lower95, \.upper95, \.lower998,
    \.upper998, \.expected, \.ratio, \.adjusted, \.funnelLower95, \.funnelUpper95, \.funnelLower998, \.funnelUpper998,
    \.reliability, \.changeLower95, \.changeUpper95, \.targetDistance, \.truncated, \.truncatedAt, \.smoothed,
    \.adjustedLower95, \.adjustedUpper95,
  ]
}
