import Columns
import CoreDataset
import Definitions
import Foundation
import Parquet
import Workspace

/// Writes what checks found: the table of findings of the core dataset, and the folder `quality/` of the run, which also
/// has what changed since the run before.
enum QualityFiles {
  static func write(
    _ quality: BucketQuality, _ setAside: SetAside, _ pipeline: Pipeline, _ manifest: inout Manifest,
    workspace: Workspace, run: RunFolder
  ) throws(Problem) {
    let findings = FindingMaker(quality: quality, setAside: setAside, pipeline: pipeline, manifest: manifest).findings()
    try writeTable(findings, run)
    manifest.coreRows[Core.finding.name] = findings.count
    let profile = QualityProfile.rows(quality, pipeline)
    let before = EarlierRun(workspace, pipeline: pipeline.id, run: manifest.run)
    manifest.comparedWith = before?.id
    let compared = ComparedFindings(findings, profile, before)
    let references = ReferenceFigures.rows(quality, pipeline, manifest, run)
    let pyramid = ReferenceFigures.pyramid(pipeline, run)
    manifest.findings = [:]
    for severity in QualityCheck.Severity.allCases {
      manifest.findings?[severity.rawValue] = findings.count {
        $0.scope == "all" && $0.status == .exceeded && $0.severity == severity
      }
    }
    manifest.findings?["checks"] = findings.count { $0.scope == "all" }
    manifest.stopped = findings.first { $0.consequence == .stop }.map(stopped)
    try Workspace.create(run.quality)
    try write(compared.rows, run)
    try QualityProfile.write(profile, run)
    try JSONFile.write(
      QualityDocument(
        manifest, findings: compared.rows, drift: compared.drift, references: references, pyramid: pyramid),
      to: run.quality.appending(path: "findings.json"))
    let page = QualityPage(
      pipeline: pipeline, manifest: manifest, findings: compared.rows, drift: compared.drift, references: references,
      pyramid: pyramid)
    try bytes(Array(page.html.utf8), run.quality.appending(path: "index.html"))
  }

  /// In words, for whoever must stop the run.
  private static func stopped(_ finding: FindingRow) -> String {
    "\(finding.delivery): \(finding.english): \(finding.violated) of \(finding.denominator) "
      + "(\(Share.text(finding.violated, finding.denominator))), check \(finding.check)"
  }

  private static func writeTable(_ findings: [FindingRow], _ run: RunFolder) throws(Problem) {
    var writer = CoreTableWriter(Core.finding, in: run.core(Core.finding.name))
    if !findings.isEmpty { try writer.append(Findings.columns(of: findings)) }
    _ = try writer.finish()
  }

  private static func write(_ rows: [ComparedFinding], _ run: RunFolder) throws(Problem) {
    var states = CodeColumn()
    for row in rows { states.append(row.state.rawValue) }
    let columns = Findings.columns(of: rows.map(\.finding)) + [.code(states)]
    let specs = Core.finding.specs + [ColumnSpec("compared", .code)]
    let file = run.quality.appending(path: "findings.parquet")
    do throws(ParquetError) {
      let writer = try ParquetWriter(path: file.path, columns: specs)
      try writer.write(columns, rows: rows.count)
      try writer.finish()
    } catch {
      throw Problem(.cannotWrite, at: error.path, error.reason)
    }
    try bytes(CSV.table(specs.map(\.name), columns), run.quality.appending(path: "findings.csv"))
  }

  private static func bytes(_ bytes: [UInt8], _ file: URL) throws(Problem) {
    do {
      try Data(bytes).write(to: file)
    } catch {
      throw Problem(.cannotWrite, at: file.path, "cannot be written", remedy: "Check the rights and the free space.")
    }
  }
}

/// Shares as people read them.
enum Share {
  /// A percentage that is never rounded to 0% where something is at fault, nor to 100% where not all is.
  static func text(_ violated: Int, _ denominator: Int) -> String {
    if denominator == 0 { return "–" }
    if violated == 0 { return "0%" }
    if violated == denominator { return "100%" }
    let percent = 100 * Double(violated) / Double(denominator)
    var decimals = 2
    while decimals < 12 {
      let scale = pow(10, Double(decimals))
      let rounded = (percent * scale).rounded() / scale
      if rounded > 0 && rounded < 100 { return String(format: "%.\(decimals)f%%", rounded) }
      decimals += 1
    }
    return percent < 50 ? "<0.000000000001%" : ">99.999999999999%"
  }
}
