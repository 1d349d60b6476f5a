import CoreDataset
import Definitions
import Workspace

/// What `quality/findings.json` holds.
struct QualityDocument: Encodable {
  struct Finding: Encodable {
    let check: String
    let scope: String
    let category: String
    let severity: String
    let status: String
    let consequence: String
    let table: String
    let column: String?
    let meaning: String
    let meaningDutch: String
    let violated: Int
    let denominator: Int
    let share: Double
    let sharePercent: String
    let threshold: Double
    let thresholdReason: String
    let provider: String?
    let period: String?
    let exampleDelivery: String?
    let exampleRecord: Int?
    let indicators: [String]
    let compared: String?
  }
  struct Change: Encodable {
    let quantity: String
    let source: String
    let table: String
    let item: String?
    let provider: String?
    let period: String?
    let before: Double?
    let now: Double?
  }
  struct Reference: Encodable {
    let kind: String
    let year: Int?
    let published: Double
    let source: String
    let own: Double?
    let denominator: Double
  }
  let schema = 1
  let run: String
  let pipeline: String
  let comparedWith: String?
  let findings: [Finding]
  let drift: [Change]
  let references: [Reference]
  let agePyramid: [AgePyramidRow]

  init(
    _ manifest: Manifest, findings: [ComparedFinding], drift: [Drift], references: [ReferenceRow],
    pyramid: [AgePyramidRow] = []
  ) {
    agePyramid = pyramid
    func filled(_ text: String) -> String? { text.isEmpty ? nil : text }
    run = manifest.run
    pipeline = manifest.pipeline
    comparedWith = manifest.comparedWith
    self.findings = findings.map { compared in
      let row = compared.finding
      return Finding(
        check: row.check, scope: row.scope, category: row.category.rawValue, severity: row.severity.rawValue,
        status: row.status.rawValue, consequence: row.consequence.rawValue, table: row.table,
        column: filled(row.column), meaning: row.english, meaningDutch: row.dutch, violated: row.violated,
        denominator: row.denominator, share: row.share, sharePercent: Share.text(row.violated, row.denominator),
        threshold: row.threshold, thresholdReason: row.why, provider: filled(row.provider),
        period: filled(row.period), exampleDelivery: filled(row.delivery), exampleRecord: row.record,
        indicators: row.indicators, compared: filled(compared.state.rawValue))
    }
    self.drift = drift.map { row in
      Change(
        quantity: row.key.quantity, source: row.key.source, table: row.key.table, item: filled(row.key.item),
        provider: filled(row.key.provider), period: filled(row.key.period), before: row.before, now: row.now)
    }
    self.references = references.map { row in
      Reference(
        kind: row.figure.kind.rawValue, year: row.figure.year, published: row.figure.value, source: row.figure.source,
        own: row.own, denominator: row.denominator)
    }
  }

  private enum CodingKeys: String, CodingKey {
    case schema, run, pipeline, findings, drift, references
    case comparedWith = "compared_with"
    case agePyramid = "age_pyramid"
  }
}

extension QualityDocument.Finding {
  private enum CodingKeys: String, CodingKey {
    case check, scope, category, severity, status, consequence, table, column, meaning, violated, denominator, share
    case threshold, provider, period, indicators, compared
    case meaningDutch = "meaning_nl"
    case sharePercent = "share_percent"
    case thresholdReason = "threshold_reason"
    case exampleDelivery = "delivery"
    case exampleRecord = "record"
  }
}
