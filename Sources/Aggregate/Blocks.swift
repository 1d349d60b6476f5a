import Columns
import CoreDataset
import Foundation
import Parquet
import Workspace

/// The figures that critical quality findings forbid: of an indicator, of all units or of one care provider, over all
/// periods or one.
struct Blocks: Sendable {
  private struct Block: Sendable {
    let check: String
    let provider: String
    let period: String
  }
  private var byIndicator: [String: [Block]] = [:]

  /// None.
  init() {}

  /// Those of findings.
  init(_ findings: [FindingRow]) {
    for finding in findings where finding.consequence == .block {
      let block = Block(check: finding.check, provider: finding.provider, period: finding.period)
      for indicator in finding.indicators { byIndicator[indicator, default: []].append(block) }
    }
  }

  /// Those of the findings of a run; none where normalize wrote no findings.
  static func read(_ run: RunFolder) throws(Problem) -> Blocks {
    let file = run.core(Core.finding.name).appending(path: "part-0.parquet")
    guard FileManager.default.fileExists(atPath: file.path) else { return Blocks() }
    do throws(ParquetError) {
      let reader = try ParquetReader(path: file.path)
      var findings: [FindingRow] = []
      for group in reader.rowGroups.indices where reader.rowGroups[group] > 0 {
        findings += Findings.rows(of: try reader.read(group: group)) ?? []
      }
      return Blocks(findings)
    } catch {
      throw Problem(.cannotRead, at: error.path, error.reason, remedy: "Run normalize again.")
    }
  }

  /// Takes the numbers out of a figure that is forbidden, and says by which check. Its numbers of persons stay: by them
  /// small numbers are protected.
  func apply(to row: inout ResultRow) {
    guard let blocks = byIndicator[row.indicator] else { return }
    let block = blocks.first { block in
      (block.period.isEmpty || block.period == row.period)
        && (block.provider.isEmpty || row.unitKind == .provider && block.provider == row.unit)
    }
    guard let block else { return }
    var blocked = ResultRow(
      indicator: row.indicator, definitionVersion: row.definitionVersion, layout: row.layout, unit: row.unit,
      unitKind: row.unitKind, period: row.period, stratum: row.stratum, persons: row.persons, measured: row.measured,
      status: .blocked, reason: BlockedReason.text(check: block.check))
    swap(&row, &blocked)
  }
}
