import Columns
import CoreDataset
import Definitions
import Foundation
import Parquet
import Readers
import Synchronization
import Workspace

/// One delivered file on its way into the staged area.
struct Delivery: Sendable {
  let name: String
  let file: URL
  /// SHA-256 of the file; nil when it is to be found while the file is read.
  let knownDigest: String?
  let source: Source
  let pipeline: Pipeline
  let key: PseudonymKey
  /// Records that another delivery has mended.
  var replaced: Set<Int32> = []
  /// The earlier delivery whose records this one has mended; its control totals are of that one.
  var mends: Redelivery?

  /// What came of one piece of the file.
  struct PieceAccount {
    var read = 0
    var quarantined = 0
    var redelivered = 0
    /// Records and faulty lines, each once: of a questionnaire an answer is a record that is read.
    var distinct = 0
    var valuesSetAside = 0
    var money = PieceBuilder.Money()
    var acceptedCents: Int64 = 0
    var spreadsheetSigns = 0
    var reasons: [String: Int] = [:]
  }

  /// Under which digest the staged form is kept: of content, definitions and key.
  private func stagedDigest(_ sha256: String) -> String {
    var parts = [Ingest.formatVersion, sha256, name, source.id, pipeline.id, pipeline.digest, key.id]
    if !replaced.isEmpty { parts.append(replaced.sorted().map(String.init).joined(separator: ",")) }
    if let mends { parts.append("mends \(mends.sha256)") }
    return ContentDigest.of(parts.joined(separator: "\n"))
  }

  /// The account of the staged form, if it is there already.
  func stagedAccount(in workspace: Workspace) throws(Problem) -> DeliveryAccount? {
    guard let knownDigest else { return nil }
    let file = workspace.staged(stagedDigest(knownDigest)).appending(path: "counts.json")
    return FileManager.default.fileExists(atPath: file.path) ? try JSONFile.read(file) : nil
  }

  /// Reads the file and puts its staged form in place: whole, or not at all.
  func stage(in workspace: Workspace, jobs: Int) throws(Problem) -> DeliveryAccount {
    let partial = workspace.staged(".\(ContentDigest.of(name).prefix(16)).partial")
    try? FileManager.default.removeItem(at: partial)
    try Workspace.create(partial)
    do throws(Problem) {
      let account = try write(into: partial, jobs: jobs)
      let target = workspace.staged(account.staged)
      try? FileManager.default.removeItem(at: target)
      try Workspace.rename(partial, target)
      return account
    } catch {
      try? FileManager.default.removeItem(at: partial)
      throw error
    }
  }

  /// Writes the staged form and the account of the file.
  private func write(into partial: URL, jobs: Int) throws(Problem) -> DeliveryAccount {
    let pieces: [PieceAccount]
    let sha256: String
    var stated: StatedTotals?
    switch source.format {
    case .delimited(let delimiter, let hasHeader, let skipLines):
      let footer: [String]
      (pieces, sha256, footer) = try stageDelimited(
        Dialect(
          delimiter: delimiter, hasHeader: hasHeader, skipLines: skipLines, encoding: source.encoding,
          footerLines: source.footerLines),
        into: partial, jobs: jobs)
      stated = mends == nil ? try totals(inFooter: footer, delimiter: delimiter) : nil
    case .xml(let record):
      (pieces, sha256) = try stageXML(record: record, into: partial)
    case .fhir, .fixedWidth:
      if let knownDigest { sha256 = knownDigest } else { sha256 = try ContentDigest.of(file: file) }
      let finisher = PieceFinisher(self, digest: sha256, into: partial)
      switch source.format {
      case .fhir(let format): try stageFHIR(format, finisher)
      case .fixedWidth(let layout): try stageFixedWidth(layout, finisher)
      case .delimited, .xml: break
      }
      pieces = finisher.accounts
    }
    var account = DeliveryAccount(
      delivery: name, sha256: sha256, source: source.id, reportedBy: source.reportedBy.rawValue,
      delivers: source.delivers.rawValue, staged: stagedDigest(sha256), parts: pieces.count)
    account.statedRecords = stated?.records
    account.statedCents = stated?.cents
    for piece in pieces {
      account.read += piece.read
      account.quarantined += piece.quarantined
      if piece.redelivered > 0 { account.redelivered = (account.redelivered ?? 0) + piece.redelivered }
      if piece.money.redelivered != 0 {
        account.redeliveredCents = (account.redeliveredCents ?? 0) + piece.money.redelivered
      }
      account.valuesSetAside += piece.valuesSetAside
      account.acceptedCents += piece.acceptedCents
      account.readCents += piece.money.read
      account.quarantinedCents += piece.money.quarantined
      account.credits += piece.money.credits
      account.quarantinedWithoutAmount += piece.money.withoutAmount
      account.spreadsheetSigns += piece.spreadsheetSigns
      account.reasons.merge(piece.reasons, uniquingKeysWith: +)
    }
    account.accepted = account.read - account.quarantined - (account.redelivered ?? 0)
    if let mends {
      account.mends = mends.delivery
      try mends.check(account, records: pieces.reduce(0) { $0 + $1.distinct })
    }
    if account.read == 0 {
      throw Problem(
        .data, at: name, "the file holds no records", expected: expectedRecord,
        remedy: "Ask for the delivery again, or remove the file.")
    }
    try JSONFile.write(account, to: partial.appending(path: "counts.json"))
    return account
  }

  private var expectedRecord: String {
    switch source.format {
    case .delimited(_, let hasHeader, _): "at least one record" + (hasHeader ? " behind the header" : "")
    case .xml(let record): "at least one element \(record), as sources/\(source.id).yaml says"
    case .fhir: "at least one answer in a QuestionnaireResponse"
    case .fixedWidth(let layout):
      "at least one record \(layout.record), as the layout of sources/\(source.id).yaml says"
    }
  }

  // MARK: Delimited text

  private func stageDelimited(
    _ dialect: Dialect, into folder: URL, jobs: Int
  ) throws(Problem) -> ([PieceAccount], sha256: String, footer: [String]) {
    let (feed, names) = try PieceFeed.open(file, name: name, dialect)
    let plan = try SourcePlan(source, columns: names, delivery: name)
    // The source's own ids of responses must be seen in order of the file: one thread.
    let threads = plan.isLong ? 1 : jobs
    let accounts = Mutex<[Int: PieceAccount]>([:])
    let digest = Mutex<String?>(knownDigest)
    // One more task than threads: the first only hashes, where that is still to be done.
    _ = try inParallel(threads + 1, jobs: threads) { task throws(Problem) in
      if task == 0 {
        if knownDigest == nil {
          let sha256 = try ContentDigest.of(file: file)
          digest.withLock { $0 = sha256 }
        }
        return
      }
      var reader = DelimitedReader(dialect: dialect, width: plan.width)
      var responses = ResponseNumbers()
      var pseudonymizer = Pseudonymizer(key, domain: pipeline.id)
      while let piece = try feed.next() {
        var builder = PieceBuilder(plan, replaced: replaced)
        let index = piece.index
        reader.start(piece)
        while let batch = reader.next() { builder.append(batch) }
        builder.append(reader.takeFaults())
        let account = try finish(
          &builder, &pseudonymizer, &responses, piece: index, digest: knownDigest ?? "", into: folder)
        accounts.withLock { $0[index] = account }
      }
    }
    let all = accounts.withLock { $0 }
    return (all.keys.sorted().compactMap { all[$0] }, digest.withLock { $0 } ?? "", feed.footer)
  }

  static let recordsPerPiece = 1 << 18

  // MARK: Pieces

  /// Checks and writes the records of a piece.
  func finish(
    _ builder: inout PieceBuilder, _ pseudonymizer: inout Pseudonymizer, _ responses: inout ResponseNumbers,
    piece: Int, digest: String, into folder: URL
  ) throws(Problem) -> PieceAccount {
    builder.finish(&pseudonymizer, deliveryDigest: digest)
    var rows = builder.stagedRows()
    let table = builder.plan.table
    if let column = builder.responseColumn, let target = table.index(of: "record") {
      rows.columns[target] = .integer(responses.numbers(of: column, persons: builder.persons, records: builder.records))
    }
    if builder.plan.isJoined, let claim = table.index(of: "claim") { rows.persons = ClaimKey.keys(rows.columns[claim]) }
    let number = String(piece)
    let suffix = String(repeating: "0", count: max(0, 5 - number.count)) + number
    try StagedWriter.write(
      rows.columns, table: table, persons: rows.persons, isKept: rows.isKept, buckets: pipeline.buckets,
      to: folder.appending(path: "part-\(suffix).parquet"))
    if builder.quarantine.count > 0 {
      try StagedWriter.write(
        builder.quarantine.columns(delivery: name, stage: "ingest"), table: Staged.quarantine, persons: nil,
        isKept: Array(repeating: true, count: builder.quarantine.count), buckets: 1,
        to: folder.appending(path: "quarantine-\(suffix).parquet"))
    }
    var account = PieceAccount()
    let rejected = builder.isRejected.count { $0 }
    account.read = builder.records.count + builder.faultyLines + builder.replacedLines
    account.redelivered = builder.replacedLines + builder.records.indices.count { builder.isReplaced($0) }
    account.distinct = builder.distinctRecords + builder.faultyLines
    account.quarantined = rejected + builder.faultyLines
    account.valuesSetAside = builder.valuesSetAside
    account.reasons = builder.reasons
    account.money = builder.money()
    account.spreadsheetSigns = builder.quarantine.spreadsheetSigns
    if let target = table.index(of: "amount_cents"), case .cents(let cents) = rows.columns[target] {
      for (row, amount) in cents.enumerated() where rows.isKept[row] { account.acceptedCents += amount }
    }
    return account
  }
}

/// Hands out the pieces of a file to several threads, in order.
private final class PieceFeed: Sendable {
  private let reader: Mutex<PieceReader>
  private let name: String

  private init(_ reader: consuming sending PieceReader, name: String) {
    self.reader = Mutex(reader)
    self.name = name
  }

  /// Opens a file and reads the names of its columns.
  static func open(_ file: URL, name: String, _ dialect: Dialect) throws(Problem) -> (PieceFeed, [String]) {
    do throws(ReadError) {
      var reader = try PieceReader(path: file.path, dialect: dialect, pieceBytes: pieceBytes(file))
      let names = dialect.hasHeader ? try reader.header() : try numbers(file, dialect)
      return (PieceFeed(reader, name: name), names)
    } catch {
      throw Problem(reading: name, error)
    }
  }

  /// Sixteen pieces of a file, so that threads end at about the same time; more where a piece would take more memory than
  /// those of smaller files, fewer where row groups would be too small. It may not depend on the number of threads: pieces
  /// are staged.
  private static func pieceBytes(_ file: URL) -> Int {
    let size = (try? file.resourceValues(forKeys: [.fileSizeKey]).fileSize) ?? 0
    return min(max(size / 16 + 1, 16 << 20), 18 << 20)
  }

  /// Columns of a file without a header are called by their number, from 1: as many as its first record has.
  private static func numbers(_ file: URL, _ dialect: Dialect) throws(ReadError) -> [String] {
    let lines = try FileHead(path: file.path).firstLines(dialect.skipLines + 1, encoding: dialect.encoding)
    guard lines.count > dialect.skipLines, let first = lines.last else { throw ReadError(.noHeader) }
    var count = 1
    var isQuoted = false
    for byte in first.utf8 {
      if byte == dialect.quote { isQuoted.toggle() }
      if byte == dialect.delimiter && !isQuoted { count += 1 }
    }
    return (1...count).map(String.init)
  }

  /// The lines at the end that are no records; known when there are no more pieces.
  var footer: [String] { reader.withLock { $0.footer } }

  func next() throws(Problem) -> Piece? {
    do throws(ReadError) {
      return try reader.withLock { (reader) throws(ReadError) in try reader.next() }
    } catch {
      throw Problem(reading: name, error)
    }
  }
}

/// Numbers the responses of a source that delivers a row per answer: a response has the number of its first record.
///
/// The same id with another person is another response: answers of two persons are never taken together.
struct ResponseNumbers {
  private struct Key: Hashable {
    let code: Int32
    let person: Identifier
  }
  private var known = CodeBook()
  private var first: [(person: Identifier, record: Int32)] = []
  /// First records of ids that other persons have too; rare.
  private var others: [Key: Int32] = [:]

  /// The number of each record's response.
  mutating func numbers(of column: CodeColumn, persons: [Identifier], records: [Int32]) -> [Int32] {
    var translation = [Int32](repeating: -1, count: column.book.count)
    return records.indices.map { row in
      let code = Int(column.indices[row])
      if code < 0 { return records[row] }
      if translation[code] < 0 {
        let value = Array(column.book.value(code))
        translation[code] = known.code(value.span)
        if Int(translation[code]) == first.count { first.append((persons[row], records[row])) }
      }
      let response = first[Int(translation[code])]
      if response.person == persons[row] { return response.record }
      let key = Key(code: translation[code], person: persons[row])
      let record = others[key] ?? records[row]
      others[key] = record
      return record
    }
  }
}
