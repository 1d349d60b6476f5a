import Columns
import CoreDataset
import Definitions
import Statistics

/// The answers to one item that belong to an indicator.
struct ItemAnswers: Sendable {
  private let instrument: String
  private let item: String
  private let moment: String?

  init(_ context: MeasureContext) {
    instrument = context.indicator.parameters.instrument ?? ""
    item = context.indicator.parameters.item ?? ""
    moment = context.indicator.parameters.from
  }

  /// Calls `use` with each answer and its cells.
  func forEach(
    _ bucket: Bucket, _ members: Membership, axis: Axis, _ use: (Double, [(unit: Int, period: Int)]) -> Void
  ) {
    guard let instrument = bucket.instruments.find(instrument), let item = bucket.items.find(item) else { return }
    let wanted = moment.map { bucket.moments.find($0) ?? -1 }
    for answer in bucket.answers where answer.instrument == instrument && answer.item == item {
      if let wanted, answer.moment != wanted { continue }
      let period = axis.period(answer.completedOn)
      guard period >= 0, members.contains(path: answer.path),
        members.contains(Int(answer.person), year: axis.years[period])
      else { continue }
      use(
        answer.value,
        UnitsOf.measurement(
          bucket, axis, person: Int(answer.person), day: answer.completedOn, provider: answer.provider, period))
    }
  }
}

/// Mean of the answers to one item; t interval.
struct ItemMean: Measure {
  static let documentation = "Mean answer to one item; t interval."
  private let answers: ItemAnswers
  private let hasDistribution: Bool

  init(_ context: MeasureContext) {
    answers = ItemAnswers(context)
    hasDistribution = context.indicator.parameters.distribution
  }

  func accumulate(_ bucket: Bucket, _ members: Membership, into table: inout CellTable) {
    answers.forEach(bucket, members, axis: table.axis) { value, cells in
      table.addScore(FixedPoint.of(value), to: cells, isBinned: hasDistribution)
    }
  }

  func standing(_ view: CellView) -> Standing? {
    view.standingOfMean
  }

  func fill(_ row: inout ResultRow, _ view: CellView) {
    view.cell.fillMean(&row)
  }
}

/// Share of the answers to one item at or above a value. Answers "not applicable" are missing, not low. Wilson's interval.
struct TopBox: Measure {
  static let documentation = "Share of answers at or above a value; Wilson interval."
  private let answers: ItemAnswers
  private let atLeast: Double

  init(_ context: MeasureContext) {
    answers = ItemAnswers(context)
    atLeast = context.indicator.parameters.atLeast ?? .infinity
  }

  func accumulate(_ bucket: Bucket, _ members: Membership, into table: inout CellTable) {
    answers.forEach(bucket, members, axis: table.axis) { value, cells in
      for cell in cells {
        table.add(table.index(unit: cell.unit, period: cell.period), x: FixedPoint.of(value), first: value >= atLeast)
      }
    }
  }

  func standing(_ view: CellView) -> Standing? {
    view.standingOfShare
  }

  func fill(_ row: inout ResultRow, _ view: CellView) {
    view.cell.fillShare(&row)
  }
}

/// Net promoter score: percentage of answers 9–10 minus percentage 0–6, with the adjusted Wald interval, clamped to
/// −100…100.
struct NetPromoter: Measure {
  static let documentation = "Net promoter score (Reichheld 2003) with an adjusted Wald interval."
  private let answers: ItemAnswers

  init(_ context: MeasureContext) { answers = ItemAnswers(context) }

  func accumulate(_ bucket: Bucket, _ members: Membership, into table: inout CellTable) {
    answers.forEach(bucket, members, axis: table.axis) { value, cells in
      for cell in cells {
        table.add(
          table.index(unit: cell.unit, period: cell.period), x: FixedPoint.of(value), first: value >= 9,
          second: value <= 6)
      }
    }
  }

  func standing(_ view: CellView) -> Standing? {
    let all = view.national
    guard all.count > 0, view.cell.count > 0 else { return nil }
    let (p, d) = (Double(all.first) / Double(all.count), Double(all.second) / Double(all.count))
    let variance = p + d - (p - d) * (p - d)
    return Standing(
      target: 100 * (p - d), chance: .mean(error: 100 * (variance / Double(view.cell.count)).squareRoot()))
  }

  func fill(_ row: inout ResultRow, _ view: CellView) {
    let cell = view.cell
    row.measured = Int(cell.count)
    row.persons = Int(cell.persons)
    guard cell.count > 0 else { return row.setAbsent("no-observations") }
    row.value = 100 * Double(cell.first - cell.second) / Double(cell.count)
    row.numerator = Double(cell.first)
    row.denominator = Double(cell.count)
    row.setLimits {
      Interval.netPromoterScore(
        promoters: Double(cell.first), passives: Double(cell.count - cell.first - cell.second),
        detractors: Double(cell.second), $0)?.limits
    }
  }
}
