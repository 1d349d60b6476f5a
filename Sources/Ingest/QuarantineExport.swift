import Columns
public import Definitions
public import Foundation
import Parquet
import Readers
public import Workspace

/// Writes the original records of what was set aside, so that they can be mended and delivered again beside the delivery
/// that they are of: each file is of the format of its delivery, and a small one beside it says which records it replaces.
///
/// Nothing of a record is kept in a workspace: the deliveries are read again, and must still be the same files.
public enum QuarantineExport {
  /// What became of one delivery.
  public struct Outcome: Sendable, Equatable {
    /// The delivery.
    public let delivery: String
    /// Records written. Of questionnaires delivered a row per answer in trees, whole responses.
    public let records: Int
    /// The file that was written.
    public let file: String
  }

  /// Writes a file for each delivery of a run that has records set aside.
  ///
  /// - Throws: when a delivery is no longer there or has changed, or a file cannot be written or is there already.
  public static func write(
    _ run: URL, pipeline: Pipeline, input: URL, to output: URL
  ) throws(Problem) -> [Outcome] {
    let manifest: Manifest = try JSONFile.read(run.appending(path: "manifest.json"))
    guard manifest.pipeline == pipeline.id else {
      throw Problem(
        .usage, at: run.path, "the run is of pipeline \(manifest.pipeline), not \(pipeline.id)",
        remedy: "Name that pipeline.")
    }
    let lines = try records(in: run.appending(path: "quarantine").appending(path: "quarantine.parquet"))
    try Workspace.create(output)
    var outcomes: [Outcome] = []
    for account in manifest.deliveries {
      guard let wanted = lines[account.delivery], !wanted.isEmpty else { continue }
      guard let source = pipeline.source(account.source) else {
        throw Problem(
          .data, at: account.delivery, "the pipeline no longer has its source \(account.source)",
          remedy: "Name the pipeline as it was.")
      }
      let file = try original(account, run: manifest.run, input: input)
      let target = output.appending(path: mendedName(account.delivery))
      if FileManager.default.fileExists(atPath: target.path) {
        throw Problem(.cannotWrite, at: target.path, "is there already", remedy: "Choose an empty folder.")
      }
      let text: [UInt8]
      do throws(ReadError) {
        text = try copy(file, source, wanted)
      } catch {
        throw Problem(reading: account.delivery, error)
      }
      let mends = Redelivery(
        delivery: account.delivery, sha256: account.sha256, source: source.id,
        records: wanted.map { Int32(clamping: $0) }.sorted())
      try Workspace.create(target.deletingLastPathComponent())
      try JSONFile.write(mends, to: Redelivery.file(of: target))
      guard (try? Data(text).write(to: target, options: .atomic)) != nil else {
        throw Problem(.cannotWrite, at: target.path, "cannot be written")
      }
      try? FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: target.path)
      outcomes.append(Outcome(delivery: account.delivery, records: wanted.count, file: target.path))
    }
    return outcomes
  }

  /// The file of a delivery, which must be the one that the run has read.
  static func original(_ account: DeliveryAccount, run: String, input: URL) throws(Problem) -> URL {
    let file = input.appending(path: account.delivery)
    guard FileManager.default.fileExists(atPath: file.path), try ContentDigest.of(file: file) == account.sha256 else {
      throw Problem(
        .data, at: account.delivery, "this is not the file that the run has read",
        expected: "the deliveries of run \(run), unchanged", remedy: "Check --input.")
    }
    return file
  }

  /// `more/claims.mended.csv` of `more/claims.csv.gz`.
  private static func mendedName(_ delivery: String) -> String {
    let plain = Recognition.unpackedName(delivery)
    let start = plain.lastIndex(of: "/").map { plain.index(after: $0) } ?? plain.startIndex
    let dot = plain[start...].lastIndex(of: ".") ?? plain.endIndex
    let name = plain[..<dot] + ".mended" + plain[dot...]
    return name.split(separator: "/").filter { $0 != ".." && $0 != "." }.joined(separator: "/")
  }

  /// First lines or ordinal numbers of whole records that were set aside, by delivery.
  private static func records(in file: URL) throws(Problem) -> [String: Set<Int>] {
    do throws(ParquetError) {
      let reader = try ParquetReader(path: file.path)
      var lines: [String: Set<Int>] = [:]
      for group in reader.rowGroups.indices {
        let columns = try reader.read(group: group, columns: ["delivery", "record", "scope"])
        guard case .code(let deliveries) = columns[0], case .integer(let records) = columns[1],
          case .code(let scopes) = columns[2]
        else { continue }
        for row in records.indices where scopes[row] == "record" {
          lines[deliveries[row] ?? "", default: []].insert(Int(records[row]))
        }
      }
      return lines
    } catch {
      throw Problem(
        .noInput, at: file.path, "holds no quarantine: \(error.reason)",
        remedy: "Name the folder of a run, for example workspace/current.")
    }
  }

  private static func copy(_ file: URL, _ source: Source, _ wanted: Set<Int>) throws(ReadError) -> [UInt8] {
    switch source.format {
    case .delimited(let delimiter, let hasHeader, let skipLines):
      let dialect = Dialect(
        delimiter: delimiter, hasHeader: hasHeader, skipLines: skipLines, encoding: source.encoding,
        footerLines: source.footerLines)
      let starts = try recordStarts(file, dialect)
      return encoded(try copy(file, dialect, wanted: wanted, starts: starts), source.encoding)
    case .xml(let record):
      return try XMLCopy.copy(path: file.path, record: record) { wanted.contains($0) }
    case .fhir:
      let isXML = try FileHead(path: file.path).bytes.first { $0 > 0x20 && $0 < 0x80 } == 0x3C
      return isXML
        ? try XMLCopy.copy(path: file.path, record: "//QuestionnaireResponse") { wanted.contains($0) }
        : try ResponseCopy.copy(path: file.path) { wanted.contains($0) }
    case .fixedWidth(let layout):
      let text = try FixedWidthCopy.copy(path: file.path, layout: layout, isUTF16: source.encoding == .utf16) {
        wanted.contains($0)
      }
      return encoded(text, source.encoding)
    }
  }

  /// UTF-16 is read as UTF-8 and written as UTF-16 again, with its mark; other text is copied as it is.
  private static func encoded(_ text: [UInt8], _ encoding: TextEncoding) -> [UInt8] {
    guard encoding == .utf16 else { return text }
    return String(decoding: text, as: UTF8.self).utf16.reduce(into: [0xFF, 0xFE]) { bytes, unit in
      bytes.append(UInt8(truncatingIfNeeded: unit))
      bytes.append(UInt8(truncatingIfNeeded: unit >> 8))
    }
  }

  /// The physical line on which each record begins, in order; also of what is no well-formed record.
  private static func recordStarts(_ file: URL, _ dialect: Dialect) throws(ReadError) -> [Int32] {
    var pieces = try PieceReader(path: file.path, dialect: dialect)
    let width: Int
    if dialect.hasHeader {
      width = try pieces.header().count
    } else {
      let first = try FileHead(path: file.path).firstLines(dialect.skipLines + 1, encoding: dialect.encoding).last ?? ""
      width = first.utf8.count { $0 == dialect.delimiter } + 1
    }
    var reader = DelimitedReader(dialect: dialect, width: width)
    var starts: [Int32] = []
    while let piece = try pieces.next() {
      reader.start(piece)
      while let batch = reader.next() { for row in 0..<batch.count { starts.append(batch.lines[row]) } }
      starts += reader.takeFaults().map { Int32(clamping: $0.line) }
    }
    return starts.sorted()
  }

  /// The lines up to and with the header, those of the wanted records, and the footer, without which the last records
  /// would be taken for it.
  private static func copy(
    _ file: URL, _ dialect: Dialect, wanted: Set<Int>, starts: [Int32]
  ) throws(ReadError) -> [UInt8] {
    var reader = try LineReader(path: file.path, isUTF16: dialect.encoding == .utf16)
    var text: [UInt8] = []
    let first = Int(starts.first ?? .max)
    var next = 0
    var line = 0
    var isWanted = false
    // The last lines, of which it is not known yet whether they are the footer.
    var held: [[UInt8]] = []
    while let more = try reader.next() {
      held.append(more)
      while held.count(where: { $0.contains { $0 > 0x20 } }) > dialect.footerLines {
        let bytes = held.removeFirst()
        line += 1
        if line < first && (dialect.hasHeader || line <= dialect.skipLines) {
          text += bytes
          continue
        }
        if next < starts.count, Int(starts[next]) == line {
          isWanted = wanted.contains(line)
          while next < starts.count, Int(starts[next]) == line { next += 1 }
        }
        if isWanted { text += bytes }
      }
    }
    if !held.isEmpty && text.last != 0x0A && text.last != 0x0D { text.append(0x0A) }
    return text + held.joined()
  }
}
