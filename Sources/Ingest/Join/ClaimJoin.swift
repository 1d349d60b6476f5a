import Columns
import CoreDataset
import Definitions
import Foundation
import Parquet
import Workspace

/// Puts lines of claims together with the heads that another file has. Heads and lines were staged in as many parts, by the
/// number of the claim, as there are buckets of persons: a part is held at a time, and becomes a staged file of claim lines
/// as any other. A line without a head is set aside; heads without lines are counted.
struct ClaimJoin {
  let pipeline: Pipeline
  let workspace: Workspace
  let reporter: Reporter

  /// The accounts of deliveries after all lines have found their heads.
  func run(_ accounts: [DeliveryAccount], jobs: Int) throws(Problem) -> [DeliveryAccount] {
    var accounts = accounts
    let sources = Set(pipeline.sources.compactMap { $0.join?.source }).sorted()
    for source in sources {
      let heads = accounts.indices.filter { accounts[$0].source == source }
      let lines = accounts.indices.filter { pipeline.source(accounts[$0].source)?.join?.source == source }
      if heads.isEmpty && lines.isEmpty { continue }
      let set = ContentDigest.of(
        (["join", Ingest.formatVersion] + (heads + lines).map { accounts[$0].staged }).joined(separator: "\n"))
      let file = workspace.staged(set).appending(path: "accounts.json")
      let joined: [DeliveryAccount]
      if FileManager.default.fileExists(atPath: file.path) {
        joined = try JSONFile.read(file)
      } else {
        joined = try join(heads: heads.map { accounts[$0] }, lines: lines.map { accounts[$0] }, set: set, jobs: jobs)
        try Workspace.create(workspace.staged(set))
        try JSONFile.write(joined, to: file)
      }
      for (index, account) in zip(heads + lines, joined) {
        accounts[index] = account
        if let imbalance = account.imbalance(after: "joining lines with heads") { throw imbalance }
        reporter.event(
          "ClaimsJoined",
          [
            "file": account.delivery, "without_lines": "\(account.withoutLines ?? 0)",
            "without_head": "\(account.reasons[Self.reason] ?? 0)", "superseded": "\(account.superseded)",
          ])
      }
    }
    return accounts
  }

  static let reason = "no-head"

  /// What came of one part.
  private struct Part: Sendable {
    var replaced: [Int]
    var unused: [Int]
    /// Per delivery of lines: set aside, and their cents.
    var setAside: [Int]
    var cents: [Int64]
    var credits: [Int]
  }

  private func join(
    heads: [DeliveryAccount], lines: [DeliveryAccount], set: String, jobs: Int
  ) throws(Problem) -> [DeliveryAccount] {
    let digests = lines.map { ContentDigest.of(set + "\n" + $0.staged) }
    for digest in digests {
      try? FileManager.default.removeItem(at: workspace.staged(digest))
      try Workspace.create(workspace.staged(digest))
    }
    let headFiles = try heads.map { account throws(Problem) in try files(account) }
    let lineFiles = try lines.map { account throws(Problem) in try files(account) }
    let parts = try inParallel(pipeline.buckets, jobs: jobs) { bucket throws(Problem) -> Part in
      var table = ClaimHeads()
      for (number, files) in headFiles.enumerated() {
        for file in files { table.add(try Self.read(file, bucket, Staged.claimHeader), delivery: number) }
      }
      var part = Part(replaced: [], unused: [], setAside: [], cents: [], credits: [])
      for (number, files) in lineFiles.enumerated() {
        var columns = Staged.partial.columns.map { Column($0.spec.type) }
        for file in files {
          let more = try Self.read(file, bucket, Staged.partial)
          for index in columns.indices { columns[index].append(more[index]) }
        }
        let outcome = try put(
          columns, with: &table, delivery: lines[number], into: workspace.staged(digests[number]), part: bucket)
        part.setAside.append(outcome.count)
        part.cents.append(outcome.cents)
        part.credits.append(outcome.credits)
      }
      (part.replaced, part.unused) = table.accounts(deliveries: heads.count)
      return part
    }
    let joinedHeads = heads.enumerated().map { index, account in
      var account = account
      account.superseded += parts.reduce(0) { $0 + $1.replaced[index] }
      account.accepted -= parts.reduce(0) { $0 + $1.replaced[index] }
      account.withoutLines = parts.reduce(0) { $0 + $1.unused[index] }
      return account
    }
    let joinedLines = lines.enumerated().map { index, account in
      var account = account
      let setAside = parts.reduce(0) { $0 + $1.setAside[index] }
      let cents = parts.reduce(0) { $0 + $1.cents[index] }
      account.quarantined += setAside
      account.accepted -= setAside
      account.quarantinedCents += cents
      account.acceptedCents -= cents
      account.credits -= parts.reduce(0) { $0 + $1.credits[index] }
      if setAside > 0 { account.reasons[Self.reason, default: 0] += setAside }
      account.staged = digests[index]
      account.parts = pipeline.buckets
      return account
    }
    return joinedHeads + joinedLines
  }

  /// Writes the lines of a part that have a head, and sets the others aside.
  private func put(
    _ columns: [Column], with heads: inout ClaimHeads, delivery: DeliveryAccount, into folder: URL, part: Int
  ) throws(Problem) -> (count: Int, cents: Int64, credits: Int) {
    let table = Staged.claimLine
    let partial = Staged.partial
    guard let claim = partial.index(of: "claim"), case .text(let claims) = columns[claim],
      let record = partial.index(of: "record"), case .integer(let records) = columns[record],
      let amount = partial.index(of: "amount_cents"), case .cents(let cents) = columns[amount],
      let join = pipeline.source(delivery.source)?.join
    else { return (0, 0, 0) }
    let found = heads.rows(of: claims)
    let kept = found.indices.filter { found[$0] >= 0 }.map { Int32(truncatingIfNeeded: $0) }
    let headRows = kept.map { found[Int($0)] }
    let ofHead = Set(join.fields.map(\.target))
    let rows = table.columns.enumerated().map { index, column -> Column in
      guard ofHead.contains(column.name), let place = Staged.claimHeader.index(of: column.name) else {
        return columns[index].gather(kept[...])
      }
      return heads.columns[place].gather(headRows[...])
    }
    guard let person = table.index(of: "person"), case .identifier(let persons) = rows[person] else { return (0, 0, 0) }
    let suffix = Self.suffix(part)
    try StagedWriter.write(
      rows, table: table, persons: persons, isKept: Array(repeating: true, count: kept.count),
      buckets: pipeline.buckets, to: folder.appending(path: "part-\(suffix).parquet"))
    let lost = found.indices.filter { found[$0] < 0 }
    var quarantine = QuarantineLog()
    for row in lost {
      quarantine.add(
        record: records[row], column: nil, reason: Self.reason, value: nil,
        expected: "a claim of that number in a delivery of source \(join.source)")
    }
    try writeQuarantine(quarantine, of: delivery, part, to: folder.appending(path: "quarantine-\(suffix).parquet"))
    return (lost.count, lost.reduce(0) { $0 + cents[$1] }, lost.count { cents[$0] < 0 })
  }

  /// The first part has what was set aside before as well.
  private func writeQuarantine(
    _ log: QuarantineLog, of delivery: DeliveryAccount, _ part: Int, to file: URL
  ) throws(Problem) {
    var columns = log.columns(delivery: delivery.delivery, stage: "ingest")
    if part == 0 {
      for piece in 0..<delivery.parts {
        let earlier = workspace.staged(delivery.staged).appending(path: "quarantine-\(Self.suffix(piece)).parquet")
        guard FileManager.default.fileExists(atPath: earlier.path) else { continue }
        let more = try Self.read(try Self.open(earlier), 0, Staged.quarantine)
        for index in columns.indices { columns[index].append(more[index]) }
      }
    }
    let count = columns[0].count
    if count == 0 { return }
    try StagedWriter.write(
      columns, table: Staged.quarantine, persons: nil, isKept: Array(repeating: true, count: count), buckets: 1,
      to: file)
  }

  private static func suffix(_ number: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, 5 - digits.count)) + digits
  }

  private func files(_ account: DeliveryAccount) throws(Problem) -> [ParquetReader] {
    var readers: [ParquetReader] = []
    for part in 0..<account.parts {
      readers.append(
        try Self.open(workspace.staged(account.staged).appending(path: "part-\(Self.suffix(part)).parquet")))
    }
    return readers
  }

  private static func open(_ file: URL) throws(Problem) -> ParquetReader {
    do throws(ParquetError) {
      return try ParquetReader(path: file.path)
    } catch {
      throw Problem(.cannotRead, at: file.path, error.reason, remedy: "Remove the folder staged/ and run again.")
    }
  }

  private static func read(_ reader: ParquetReader, _ bucket: Int, _ table: CoreTable) throws(Problem) -> [Column] {
    guard bucket < reader.rowGroups.count, reader.rowGroups[bucket] > 0 else {
      return table.columns.map { Column($0.spec.type) }
    }
    do throws(ParquetError) {
      return try reader.read(group: bucket)
    } catch {
      throw Problem(.cannotRead, at: error.path, error.reason, remedy: "Remove the folder staged/ and run again.")
    }
  }
}
