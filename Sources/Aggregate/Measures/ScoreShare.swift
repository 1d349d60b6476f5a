import Columns
import CoreDataset
import Definitions

/// Share of the people with both scores who improved, stayed or worsened. Without a threshold any difference counts; with
/// one, a change of at least the threshold (a minimal important change with its reference). Wilson's interval.
struct ScoreShare: Measure {
  static let documentation = "Share that improved, stayed or worsened by a threshold; Wilson interval (Wilson 1927)."
  private let pairs: Pairs
  private let rule: ShareRule

  init(_ context: MeasureContext) {
    pairs = Pairs(context)
    rule = ShareRule(context)
  }

  func accumulate(_ bucket: Bucket, _ members: Membership, into table: inout CellTable) {
    pairs.forEach(bucket, members, axis: table.axis) { first, second, _, cells in
      let isCounted = rule.counts(first, second)
      let improvement = rule.improvement(first, second)
      for cell in cells {
        table.add(table.index(unit: cell.unit, period: cell.period), x: improvement, first: isCounted)
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

/// Whether a person improved, stayed or worsened.
struct ShareRule: Sendable {
  private let outcome: Indicator.Parameters.Outcome
  private let threshold: Int64
  private let sign: Int64

  init(_ context: MeasureContext) {
    outcome = context.indicator.parameters.outcome ?? .improved
    // Any difference is one of at least the smallest unit.
    threshold = context.indicator.parameters.threshold.map { FixedPoint.of($0.value) } ?? 1
    let scale = context.pipeline.instrument(context.scores.instrument)?.scale(context.scores.scale)
    sign = scale?.direction == .lowerBetter ? -1 : 1
  }

  /// By how much a score improved, in units of 10⁻⁹.
  func improvement(_ first: Double, _ second: Double) -> Int64 {
    sign * (FixedPoint.of(second) - FixedPoint.of(first))
  }

  /// Whether a person counts.
  func counts(_ first: Double, _ second: Double) -> Bool {
    let improvement = improvement(first, second)
    return switch outcome {
    case .improved: improvement >= threshold
    case .worsened: improvement <= -threshold
    case .unchanged: abs(improvement) < threshold
    }
  }
}
