import Columns
public import Definitions
public import Foundation
import Parquet
import Readers
public import Workspace

/// Writes the original records of what was set aside, so that they can be mended and delivered again.
///
/// Nothing of a record is kept in a workspace: the deliveries are read again, and must still be the same files.
public enum QuarantineExport {
  /// What became of one delivery.
  public struct Outcome: Sendable, Equatable {
    /// The delivery.
    public let delivery: String
    /// Records written; nil where the format has no lines to copy.
    public let records: Int?
    /// The file that was written.
    public let file: String?
  }

  /// Writes a file for each delivery of a run that has records set aside: its first lines up to and with the header, and
  /// those records.
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
      guard let source = pipeline.source(account.source),
        case .delimited(let delimiter, let hasHeader, let skipLines) = source.format
      else {
        outcomes.append(Outcome(delivery: account.delivery, records: nil, file: nil))
        continue
      }
      let file = input.appending(path: account.delivery)
      guard FileManager.default.fileExists(atPath: file.path), try ContentDigest.of(file: file) == account.sha256 else {
        throw Problem(
          .data, at: account.delivery, "this is not the file that the run has read",
          expected: "the deliveries of run \(manifest.run), unchanged", remedy: "Check --input.")
      }
      let target = output.appending(
        path: Recognition.unpackedName(account.delivery).replacing("/", with: "_"))
      if FileManager.default.fileExists(atPath: target.path) {
        throw Problem(.cannotWrite, at: target.path, "is there already", remedy: "Choose an empty folder.")
      }
      let dialect = Dialect(
        delimiter: delimiter, hasHeader: hasHeader, skipLines: skipLines, encoding: source.encoding,
        footerLines: source.footerLines)
      do throws(ReadError) {
        let starts = try recordStarts(file, dialect)
        let text = try copy(file, dialect, wanted: wanted, starts: starts)
        guard (try? Data(text).write(to: target, options: .atomic)) != nil else { throw ReadError(.cannotRead) }
        try? FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: target.path)
      } catch {
        throw Problem(reading: account.delivery, error)
      }
      outcomes.append(Outcome(delivery: account.delivery, records: wanted.count, file: target.path))
    }
    return outcomes
  }

  /// First lines of whole records that were set aside, by delivery.
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

  /// The lines up to and with the header, and those of the wanted records.
  private static func copy(
    _ file: URL, _ dialect: Dialect, wanted: Set<Int>, starts: [Int32]
  ) throws(ReadError) -> [UInt8] {
    var reader = try LineReader(path: file.path, isUTF16: dialect.encoding == .utf16)
    var text: [UInt8] = []
    let first = Int(starts.first ?? .max)
    var next = 0
    var line = 0
    var isWanted = false
    while let bytes = try reader.next() {
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
    return text
  }
}
