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

  /// Writes the lines of a bucket and reports every person in them.
  func write(
    bucket: Int, run: RunFolder, persons: inout PersonTable, accounts: inout BucketAccounts
  ) throws(Problem) -> Int {
    var writer = try CoreTableWriter(Core.claimLine, in: run.core("claim_line", bucket: bucket))
    for part in parts where part.reader.rowGroups[bucket] > 0 {
      let columns = try part.mapped(
        bucket: bucket, table: Staged.claimLine, superseded: superseded[part.index][bucket], accounts: &accounts)
      persons.add(claims: columns, delivery: part.account.delivery)
      if case .cents(let cents) = columns[Staged.claimLine.index(of: "amount_cents") ?? 0] {
        accounts.write(part.delivery, cents: cents)
      }
      try writer.append(Self.core(columns, of: part))
    }
    return try writer.finish()
  }

  /// Staged columns in order of the core table, with who reported them and from which file.
  private static func core(_ staged: [Column], of part: StagedPart) -> [Column] {
    let count = staged[0].count
    return Core.claimLine.columns.map { column in
      switch column.name {
      case "reported_by": constant(part.source.reportedBy.rawValue, count)
      case "delivery": constant(part.account.delivery, count)
      default: staged[Staged.claimLine.index(of: column.name) ?? 0]
      }
    }
  }
}

/// A code column with the same value in every row.
func constant(_ value: String, _ count: Int) -> Column {
  .code(CodeColumn(indices: Array(repeating: 0, count: count), book: CodeBook([value])))
}
