import CoreDataset
import Definitions

/// The target of each period: the agreed one in its period, and where a path was agreed the points of the straight line that
/// leads to it from the reference measurement.
struct TargetPath {
  let target: Indicator.Target
  let direction: Direction
  let axis: Axis
  let baseline: String?

  /// Sets target, distance and status of a figure.
  func judge(_ row: inout ResultRow, baselineValue: Double?) {
    if target.kind == .change && row.period == baseline { return }
    guard let limit = limit(row.period, baselineValue) else { return }
    row.target = limit
    guard let reached: Double = target.kind == .change ? row.change : row.value else { return }
    row.targetDistance = reached - limit
    // A figure that is the target but for the last bits of its division is the target.
    let slack = 1e-9 * max(1, abs(limit))
    let isMet = direction == .lowerBetter ? reached <= limit + slack : reached >= limit - slack
    row.targetStatus = isMet ? "met" : "not-met"
  }

  private func limit(_ period: String, _ baselineValue: Double?) -> Double? {
    let end = target.threshold.value
    if target.period == nil || target.period == period { return end }
    guard target.hasPath, let now = position(period), let first = baseline.flatMap(position),
      let last = target.period.flatMap(position), now > first, now < last
    else { return nil }
    let way = Double(now - first) / Double(last - first)
    // A change starts at none, a value where the reference measurement was.
    if target.kind == .change { return end * way }
    return baselineValue.map { $0 + (end - $0) * way }
  }

  private func position(_ period: String) -> Int? { axis.periods.firstIndex { $0.id == period } }
}
