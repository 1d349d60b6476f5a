import CoreDataset

extension SumAudit {
  /// A count of an indicator in a period.
  private struct Number: Hashable {
    var count: Count
    var indicator: String
    var period: String
  }

  /// Indicators with the same count in every unit of a period are on the same persons or claims: of a hidden figure of one,
  /// the count may stand beside another. Whoever has the files sees that they go together.
  static func elsewhere(_ figures: [AuditedFigure], _ knowledge: Knowledge) -> [Count: [Int: Double]] {
    guard let truth = knowledge.truth else { return [:] }
    let counts: [Count] = [.persons, .measured, .numerator]
    func numbers(_ figure: AuditedFigure) -> [Number] {
      let isShare = knowledge.sharesOfPersons.contains(figure.key.indicator)
      return counts.filter { !(isShare && $0 == .numerator) }
        .map { Number(count: $0, indicator: figure.key.indicator, period: figure.key.period) }
    }
    var units: [Number: [String: Double]] = [:]
    for figure in figures where figure.key.stratum.isEmpty {
      guard let row = truth[figure.key] else { continue }
      let values = AuditedFigure.numbers(row)
      for number in numbers(figure) {
        units[number, default: [:]]["\(figure.key.layout)/\(figure.key.unit)"] = values[number.count]
      }
    }
    var same: [Number: Number] = [:]
    var first: [[String: Double]: Number] = [:]
    for (number, values) in units.sorted(by: { isBefore($0.key, $1.key) }) {
      // One number may be the same by chance.
      guard values.count(where: { $0.value != 0 }) > 1 else { continue }
      let values = values.merging(["": number.count == .numerator ? 1 : 0]) { $1 }
      if let other = first[values], other.period == number.period {
        same[number] = other
      } else {
        first[values] = number
      }
    }
    struct Place: Hashable {
      var number: Number
      var figure: Key
    }
    func place(_ figure: AuditedFigure, _ number: Number) -> Place {
      var key = figure.key
      key.indicator = ""
      return Place(number: same[number] ?? number, figure: key)
    }
    var shown: [Place: Double] = [:]
    for figure in figures {
      for number in numbers(figure) {
        if let value = figure.numbers[number.count] { shown[place(figure, number)] = value }
      }
    }
    var found: [Count: [Int: Double]] = [:]
    for (position, figure) in figures.enumerated() where figure.isHidden {
      for number in numbers(figure) {
        guard let value = shown[place(figure, number)], let row = truth[figure.key] else { continue }
        if AuditedFigure.numbers(row)[number.count] == value { found[number.count, default: [:]][position] = value }
      }
    }
    return found
  }

  private static func isBefore(_ a: Number, _ b: Number) -> Bool {
    (a.period, a.indicator, a.count.rawValue) < (b.period, b.indicator, b.count.rawValue)
  }
}
