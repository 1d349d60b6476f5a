import Columns
import CoreDataset
import Definitions
import Workspace

/// Marks the figures of periods of which claims are still coming in: they are indicative, and say why.
struct ClaimsRunOut {
  static let reason = "claims-incomplete"
  /// Last complete day by party, and of all parties together.
  private let complete: [String: Day]
  private let earliest: Day?
  private let lastDays: [String: Day]
  private let parties: [String: ReportedBy?]

  /// Nil for a pipeline that does not say how long claims come in.
  init?(_ pipeline: Pipeline, _ manifest: Manifest) {
    guard pipeline.runOut != nil else { return nil }
    let complete = (manifest.runOut ?? [:]).compactMapValues { Day($0.completeThrough) }
    self.complete = complete
    earliest = complete.values.min()
    lastDays = Dictionary(uniqueKeysWithValues: pipeline.periods.map { ($0.id, $0.to) })
    parties = Dictionary(
      uniqueKeysWithValues: pipeline.indicators.filter {
        [.claims, .claimsAndInsuredPeriods, .stays].contains($0.measure.parameters.needs)
      }
      .map { ($0.id, $0.reportedBy) })
  }

  /// Marks figures that stand on claims.
  func flag(_ rows: inout [ResultRow]) {
    for index in rows.indices where rows[index].status == .ok || rows[index].status == .indicative {
      guard let party = parties[rows[index].indicator], let last = lastDays[rows[index].period] else { continue }
      let through = party.map { complete[$0.rawValue] } ?? earliest
      guard let through, through < last else { continue }
      rows[index].status = .indicative
      if rows[index].reason.isEmpty { rows[index].reason = Self.reason }
    }
  }
}
