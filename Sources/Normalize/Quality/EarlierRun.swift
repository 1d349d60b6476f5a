import Columns
import CoreDataset
import Definitions
import Foundation
import Parquet
import Workspace

/// The published run of the same pipeline that a run is compared with.
///
/// That is the newest one. Where the newest is this very run, published before, it is the one that it was compared with
/// then, so that publishing it again gives the same bytes.
struct EarlierRun {
  let id: String
  let findings: [FindingRow]
  let profile: [ProfileRow]

  /// A run that is known already.
  init(id: String, findings: [FindingRow], profile: [ProfileRow]) {
    (self.id, self.findings, self.profile) = (id, findings, profile)
  }

  /// Nil without such a run.
  init?(_ workspace: Workspace, pipeline: String, run: String) {
    let newest = RunFolder(id: "current", folder: workspace.current)
    guard let manifest = try? Manifest.read(newest), manifest.pipeline == pipeline else { return nil }
    if manifest.run == run {
      guard let other = manifest.comparedWith else { return nil }
      self.init(RunFolder(id: other, folder: workspace.run(other)))
    } else {
      self.init(RunFolder(id: manifest.run, folder: workspace.run(manifest.run)))
    }
  }

  private init?(_ run: RunFolder) {
    let file = run.core(Core.finding.name).appending(path: "part-0.parquet")
    guard let reader = try? ParquetReader(path: file.path), let profile = QualityProfile.read(run) else { return nil }
    var findings: [FindingRow] = []
    for group in reader.rowGroups.indices {
      guard let columns = try? reader.read(group: group), let rows = Findings.rows(of: columns) else { return nil }
      findings += rows
    }
    (id, self.findings, self.profile) = (run.id, findings, profile)
  }
}

/// A finding with what became of it since the run before.
struct ComparedFinding: Sendable {
  /// What became of it.
  enum State: String, Sendable {
    /// There is no run to compare with, or nothing is at fault now nor was it then.
    case none = ""
    case new, persisting, resolved
  }
  let finding: FindingRow
  let state: State
}

/// A value of a profile that differs more from that of the run before than it should.
struct Drift: Sendable {
  let key: ProfileRow.Key
  /// Nil where the run before had none.
  let before: Double?
  /// Nil where this run has none.
  let now: Double?
}

/// Findings of a run beside those of the run before.
struct ComparedFindings {
  let rows: [ComparedFinding]
  let drift: [Drift]

  init(_ findings: [FindingRow], _ profile: [ProfileRow], _ before: EarlierRun?) {
    guard let before else {
      rows = findings.map { ComparedFinding(finding: $0, state: .none) }
      drift = []
      return
    }
    struct Place: Hashable {
      let check: String
      let scope: String
    }
    func place(_ row: FindingRow) -> Place { Place(check: row.check, scope: row.scope) }
    // What is only measured is no problem that comes or goes.
    func isFault(_ row: FindingRow) -> Bool { row.violated > 0 && row.severity != .info }
    let then = Dictionary(before.findings.map { (place($0), $0) }) { first, _ in first }
    var rows = findings.map { row in
      let wasFault = then[place(row)].map(isFault) ?? false
      let state: ComparedFinding.State =
        isFault(row) ? (wasFault ? .persisting : .new) : wasFault ? .resolved : .none
      return ComparedFinding(finding: row, state: state)
    }
    let now = Set(findings.map(place))
    rows += before.findings.filter { isFault($0) && !now.contains(place($0)) }.map { row in
      var row = row
      // It is a finding of the run before; here it has no consequences.
      row.consequence = .none
      row.status = .passed
      row.violated = 0
      return ComparedFinding(finding: row, state: .resolved)
    }
    self.rows = rows
    drift = Self.drift(profile, before.profile)
  }

  /// Fewest rows on one of both sides with which a difference is looked at.
  private static let fewestRows = 100
  /// Difference of missing shares and of shares of codes that is reported: five percentage points.
  private static let shareDifference = 0.05
  /// Relative difference of numbers of records and of means that is reported.
  private static let relativeDifference = 0.10

  /// Values that differ by more than five percentage points (shares) or 10% (numbers of records, means). With few rows
  /// they must also differ by more than four standard errors of a share or a Poisson number. These are working values
  /// of the project, not from the literature.
  private static func drift(_ now: [ProfileRow], _ before: [ProfileRow]) -> [Drift] {
    let then = Dictionary(before.map { ($0.key, $0) }) { first, _ in first }
    let current = Dictionary(now.map { ($0.key, $0) }) { first, _ in first }
    // A source or a period that was not there has nothing to differ from.
    struct Stretch: Hashable {
      let source: String
      let table: String
      let period: String
    }
    func stretch(_ key: ProfileRow.Key) -> Stretch {
      Stretch(source: key.source, table: key.table, period: key.period)
    }
    let known = Set(then.keys.map(stretch)).intersection(current.keys.map(stretch))
    return Set(then.keys).union(current.keys).sorted().compactMap { key in
      let (old, new) = (then[key], current[key])
      guard known.contains(stretch(key)), max(old?.rows ?? 0, new?.rows ?? 0) >= fewestRows else { return nil }
      let isShare = ["missing", "code"].contains(key.quantity)
      let (a, b) = (old?.value ?? 0, new?.value ?? 0)
      let isDifferent: Bool
      if isShare {
        // A code that was never there, or is there no more, deserves a look however rare it is.
        let isNewCode = key.quantity == "code" && (old == nil || new == nil)
        isDifferent = isNewCode || abs(b - a) > shareDifference
      } else if key.quantity == "records" {
        isDifferent = abs(b - a) > relativeDifference * max(a, 1) && abs(b - a) > 4 * max(a, b).squareRoot()
      } else {
        isDifferent = old != nil && new != nil && abs(b - a) > relativeDifference * max(abs(a), 1e-9)
      }
      return isDifferent ? Drift(key: key, before: old?.value, now: new?.value) : nil
    }
  }
}
