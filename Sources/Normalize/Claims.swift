import Columns
import CoreDataset
import Definitions
import Parquet
import Workspace

/// Claim lines of a bucket: from staged to core.
struct ClaimsBucket {
  let parts: [StagedPart]
  /// Rows that a later delivery replaces, by part and bucket.
  let superseded: [[[Int32]]]

  /// Two parties whose lines are compared; nil where none are.
  let agreement: SourceAgreement?
  /// Whether the last day of care of each party is needed.
  let needsLastDays: Bool
  /// When lines were delivered; nil where run-out is not estimated.
  let history: DeliveryHistory?

  /// Writes the lines of a bucket and what is built of them, and reports every person in them. Returns the rows of each
  /// table.
  func write(
    bucket: Int, run: RunFolder, persons: inout PersonTable, accounts: inout BucketAccounts, paths: inout CarePathLines?
  ) throws(Problem) -> [String: Int] {
    var writer = CoreTableWriter(Core.claimLine, in: run.core("claim_line", bucket: bucket))
    let corrections = try Corrections(parts, bucket: bucket, superseded: superseded)
    var corrected: [[Column]] = []
    var stays = StayTables()
    var compared = agreement.map { AgreementLines($0) }
    for part in parts where part.reader.rowGroups[bucket] > 0 {
      var columns = try part.mapped(
        bucket: bucket, table: Staged.claimLine, superseded: superseded[part.index][bucket], accounts: &accounts)
      let numbers = persons.add(claims: columns, delivery: part.account.delivery)
      let delivered = columns[0].count
      if let rows = corrections.apply(to: &columns, of: part, accounts: &accounts) {
        accounts.observe(Core.claimCorrection, rows, persons: persons.facts(Core.claimCorrection, rows))
        corrected.append(rows)
      }
      if case .cents(let cents) = columns[Staged.claimLine.index(of: "amount_cents") ?? 0] {
        accounts.write(part.delivery, cents: cents)
      }
      stays.add(columns, of: part)
      compared?.add(columns, of: part)
      paths?.add(columns, of: part)
      if needsLastDays, case .day(let days) = columns[Staged.claimLine.index(of: "start") ?? 0] {
        accounts.sawCare(of: part.source.reportedBy.rawValue, days: days)
      }
      if let history { accounts.received.add(columns, of: part, history) }
      let rows = Self.core(columns, of: part)
      let isWhole = rows[0].count == delivered
      accounts.observe(
        Core.claimLine, rows, persons: persons.facts(claims: rows, isWhole ? numbers : nil))
      try writer.append(rows)
    }
    if let compared { accounts.agreement = compared.compared() }
    let built = try stays.write(bucket: bucket, run: run, persons: persons, accounts: &accounts)
    return [
      "claim_line": try writer.finish(), "claim_correction": try Self.write(corrected, bucket: bucket, run: run),
      "stay": built.stays, "stay_line": built.lines,
    ]
  }

  /// Writes the table of corrections. Without any there is one file without rows, so that the table can be read.
  private static func write(_ corrected: [[Column]], bucket: Int, run: RunFolder) throws(Problem) -> Int {
    if corrected.isEmpty && bucket > 0 { return 0 }
    var writer = CoreTableWriter(Core.claimCorrection, in: run.core("claim_correction", bucket: bucket))
    for columns in corrected { try writer.append(columns) }
    return try writer.finish()
  }

  /// Staged columns in order of the core table, with who reported them and from which file.
  private static func core(_ staged: [Column], of part: StagedPart) -> [Column] {
    let count = staged[0].count
    return Core.claimLine.columns.map { column in
      switch column.name {
      case "reported_by": constant(part.source.reportedBy.rawValue, count)
      case "delivery": constant(part.account.delivery, count)
      case let name where Core.sourceValues.contains { $0.0 == name }:
        // Codes as delivered come behind the staged columns.
        staged[Staged.claimLine.columns.count + (Core.sourceValues.firstIndex { $0.0 == name } ?? 0)]
      default: staged[Staged.claimLine.index(of: column.name) ?? 0]
      }
    }
  }
}

/// A code column with the same value in every row.
func constant(_ value: String, _ count: Int) -> Column {
  .code(CodeColumn(indices: Array(repeating: 0, count: count), book: CodeBook([value])))
}
