import Columns
import CoreDataset
import Definitions
import Parquet
import Workspace

/// The corrections of one bucket, found before its lines are written: a credit can take back a line of another delivery.
struct Corrections {
  /// By part (`StagedPart.index`), in order of record.
  private var byPart: [[Netting.Correction]]

  /// The corrections of a part.
  subscript(part: Int) -> [Netting.Correction] { byPart[part] }

  /// Finds the corrections of a bucket. Where no delivery has a credit nothing is read, where the bucket has none only
  /// amounts are.
  ///
  /// - Parameter superseded: Rows that do not count, by part and bucket.
  init(_ parts: [StagedPart], bucket: Int, superseded: [[[Int32]]]) throws(Problem) {
    byPart = Array(repeating: [], count: parts.count)
    var persons: Set<Identifier> = []
    for part in parts where part.account.credits > 0 && part.reader.rowGroups[bucket] > 0 {
      guard case .cents(let cents) = try part.read(bucket: bucket, columns: ["amount_cents"])[0],
        cents.contains(where: { $0 < 0 }),
        case .identifier(let ids) = try part.read(bucket: bucket, columns: ["person"])[0]
      else { continue }
      for row in cents.indices where cents[row] < 0 { persons.insert(ids[row]) }
    }
    if persons.isEmpty { return }
    var lines: [Netting.Line] = []
    for part in parts where part.reader.rowGroups[bucket] > 0 {
      lines += try Self.lines(of: persons, part, bucket: bucket, superseded: superseded[part.index][bucket])
    }
    for (line, correction) in Netting.net(lines) { byPart[lines[line].part].append(correction) }
  }

  /// The lines of some persons in a part that count.
  private static func lines(
    of persons: Set<Identifier>, _ part: StagedPart, bucket: Int, superseded: [Int32]
  ) throws(Problem) -> [Netting.Line] {
    guard case .identifier(let ids) = try part.read(bucket: bucket, columns: ["person"])[0] else { return [] }
    let theirs = ids.indices.filter { persons.contains(ids[$0]) }
    if theirs.isEmpty { return [] }
    let rejected = try CodeMapping(part.source, table: Staged.claimLine).rejected(in: part, bucket: bucket)
    let leftOut = rejected.union(superseded)
    let columns = try part.read(
      bucket: bucket,
      columns: [
        "claim", "line", "start", "amount_cents", "record", "corrects_line", "provider", "performance_code", "corrects",
      ])
    guard case .text(let claims) = columns[0], case .integer(let numbers) = columns[1],
      case .day(let starts) = columns[2], case .cents(let cents) = columns[3], case .integer(let records) = columns[4],
      case .integer(let correctsLines) = columns[5], case .code(let providers) = columns[6],
      case .code(let performances) = columns[7], case .code(let corrects) = columns[8]
    else { return [] }
    let party = part.source.reportedBy
    return theirs.filter { !leftOut.contains(Int32($0)) }.map { row in
      Netting.Line(
        part: part.index, record: records[row],
        number: Netting.Number(party: party, person: ids[row], claim: claims[row], line: numbers[row]),
        care: Netting.Care(
          party: party, person: ids[row], provider: providers[row], performance: performances[row], start: starts[row]),
        cents: cents[row], corrects: corrects[row],
        correctsLine: correctsLines[row] == Missing.int32 ? nil : correctsLines[row])
    }
  }

  /// Takes credits and lines that were wholly taken back out of the lines of a part, and puts what is left as the amount of
  /// the others.
  ///
  /// - Parameter columns: Staged columns of the lines that count, in order of record.
  /// - Returns: Rows for the table of corrections.
  func apply(to columns: inout [Column], of part: StagedPart, accounts: inout BucketAccounts) -> [Column]? {
    let corrections = byPart[part.index]
    let table = Staged.claimLine
    guard !corrections.isEmpty, let amount = table.index(of: "amount_cents"), case .cents(var cents) = columns[amount],
      let record = table.index(of: "record"), case .integer(let records) = columns[record]
    else { return nil }
    var rows: [Int32] = []
    var dropped: [Int32] = []
    var row = 0
    for correction in corrections {
      while records[row] < correction.record { row += 1 }
      rows.append(Int32(row))
      if correction.net <= 0 { dropped.append(Int32(row)) }
      accounts.net(part.delivery, correction, cents: cents[row])
    }
    let delivered = columns.map { $0.gather(rows[...]) }
    for (row, correction) in zip(rows, corrections) where correction.net > 0 { cents[Int(row)] = correction.net }
    columns[amount] = .cents(cents)
    columns = columns.map { $0.removing(dropped) }
    return Self.rows(delivered, corrections, part)
  }

  private static func rows(_ delivered: [Column], _ corrections: [Netting.Correction], _ part: StagedPart) -> [Column] {
    func codes(_ value: (Netting.Correction) -> String?) -> Column {
      var column = CodeColumn()
      for correction in corrections { column.append(value(correction)) }
      return .code(column)
    }
    return Core.claimCorrection.columns.map { column in
      switch column.name {
      case "role": codes { $0.isCredit ? "credit" : "debit" }
      case "status": codes { $0.reason == nil ? "netted" : "unmatched" }
      case "reason": codes { $0.reason?.rawValue }
      case "net_cents": .cents(corrections.map(\.net))
      case "reported_by": constant(part.source.reportedBy.rawValue, corrections.count)
      case "delivery": constant(part.account.delivery, corrections.count)
      default: delivered[Staged.claimLine.index(of: column.name) ?? 0]
      }
    }
  }
}
