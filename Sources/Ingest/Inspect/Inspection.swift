import Columns
public import Foundation
import Readers
public import Workspace

/// What an unknown delivery looks like. It holds no value that may be somebody's.
public struct Inspection: Sendable {
  /// Name of the file, safe to show.
  public let file: String
  /// How it is written.
  public let format: Format
  /// What its bytes look like.
  public let encoding: String
  /// Columns, in order.
  public let columns: [ColumnProfile]
  /// Records looked at.
  public let records: Int
  /// Whether there are more records than were looked at.
  public let isSampled: Bool
  /// Lines that are no well-formed records, by reason.
  public let faults: [String: Int]

  /// How a file is written.
  public enum Format: Sendable, Equatable {
    /// Delimited text.
    case delimited(delimiter: UInt8, hasHeader: Bool)
    /// XML with records at a path.
    case xml(record: String)
    /// FHIR resources.
    case fhir
    /// Records of fixed width with a tag in front.
    case fixedWidth(length: Int)
  }

  /// At most this many records are looked at.
  static let maximumRecords = 50_000

  /// Looks at a file.
  ///
  /// - Throws: when it cannot be read, or is not text.
  public static func of(_ url: URL) throws(Problem) -> Inspection {
    let name = Recognition.shown(url.lastPathComponent)
    do throws(ReadError) {
      let head = try FileHead(path: url.path)
      if head.looksBinary || head.encoding == .utf32 { throw ReadError(head.looksBinary ? .notText : .wideEncoding) }
      if head.bytes.isEmpty { throw ReadError(.noHeader) }
      let lines = head.firstLines(200).filter { !$0.isEmpty }
      let complete = head.isWhole ? lines : Array(lines.dropLast())
      if isFHIR(head, lines) {
        return Inspection(
          file: name, format: .fhir, encoding: head.encoding.rawValue, columns: [], records: 0, isSampled: true,
          faults: [:])
      }
      if head.isXML {
        let outline = XMLOutline(head.firstLines(.max).joined(separator: "\n"))
        return Inspection(
          file: name, format: .xml(record: outline.record), encoding: head.encoding.rawValue, columns: outline.columns,
          records: outline.records, isSampled: !head.isWhole, faults: [:])
      }
      if let length = fixedLength(complete) {
        return Inspection(
          file: name, format: .fixedWidth(length: length), encoding: head.encoding.rawValue, columns: [],
          records: complete.count, isSampled: true, faults: [:])
      }
      return try delimited(url, name, head, complete)
    } catch {
      throw Problem(reading: name, error)
    }
  }

  private static func isFHIR(_ head: FileHead, _ lines: [String]) -> Bool {
    if head.isXML {
      let isResource = head.rootElement == "QuestionnaireResponse" || head.rootElement == "Bundle"
      return isResource && lines.joined().contains("http://hl7.org/fhir")
    }
    let start = lines.first?.drop { $0.isWhitespace || $0 == "\u{FEFF}" }
    return start?.first == "{" && lines.joined().contains("\"resourceType\"")
  }

  /// The length of all lines where they are equal and long, begin with two digits and have no delimiter.
  private static func fixedLength(_ lines: [String]) -> Int? {
    guard lines.count >= 3, let length = lines.first?.count, length >= 40 else { return nil }
    let isFixed = lines.allSatisfy { $0.count == length && $0.prefix(2).allSatisfy(\.isNumber) }
    return isFixed && !lines.allSatisfy { $0.contains(";") || $0.contains("\t") } ? length : nil
  }

  private static func delimited(
    _ url: URL, _ name: String, _ head: FileHead, _ lines: [String]
  ) throws(ReadError) -> Inspection {
    let delimiter = bestDelimiter(lines)
    let encoding: TextEncoding =
      switch head.encoding {
      case .utf16: .utf16
      case .windows1252: .windows1252
      case .latin1: .latin1
      default: .utf8
      }
    let first = (lines.first ?? "").split(
      separator: Character(Unicode.Scalar(delimiter)), omittingEmptySubsequences: false)
    // Names have letters and no long numbers; a record has values that are numbers or days. Statistical programs leave
    // the name of the first column, of row names, empty.
    let hasHeader = first.enumerated().allSatisfy { number, field in
      if number == 0 && first.count > 1 && field.allSatisfy({ $0 == "\"" || $0 == " " }) { return true }
      return field.contains(where: \.isLetter) && !field.contains("@") && field.count { $0.isNumber } < 7
    }
    var pieces = try PieceReader(
      path: url.path, dialect: Dialect(delimiter: delimiter, hasHeader: hasHeader, encoding: encoding),
      pieceBytes: 4 << 20)
    let names = hasHeader ? try pieces.header() : (1...max(first.count, 1)).map(String.init)
    var reader = DelimitedReader(
      dialect: Dialect(delimiter: delimiter, hasHeader: hasHeader, encoding: encoding), width: names.count)
    var profiles = names.map { ColumnProfile(name: $0) }
    var records = 0
    var faults: [String: Int] = [:]
    var isSampled = false
    while let piece = try pieces.next() {
      if records >= maximumRecords {
        isSampled = true
        break
      }
      reader.start(piece)
      while let batch = reader.next() {
        let rows = min(batch.count, maximumRecords - records)
        if rows < batch.count { isSampled = true }
        for column in 0..<batch.width {
          let fields = batch.column(column)
          for row in 0..<rows {
            profiles[column].add(String(decoding: encoding.decode(fields[row]) ?? [], as: UTF8.self))
          }
        }
        records += rows
      }
      for fault in reader.takeFaults() { faults[fault.reason.code, default: 0] += 1 }
    }
    return Inspection(
      file: name, format: .delimited(delimiter: delimiter, hasHeader: hasHeader), encoding: encoding.rawValue,
      columns: profiles, records: records, isSampled: isSampled, faults: faults)
  }

  /// The one that occurs most often in the first line, among those that occur equally often in most lines.
  private static func bestDelimiter(_ lines: [String]) -> UInt8 {
    let sample = lines.prefix(50)
    var best = (delimiter: UInt8(ascii: ";"), score: 0.0)
    for delimiter in [UInt8(ascii: ";"), UInt8(ascii: ","), 0x09, UInt8(ascii: "|")] {
      let counts = sample.map { line in
        var isQuoted = false
        return line.utf8.count { byte in
          if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
          return byte == delimiter && !isQuoted
        }
      }
      guard let first = counts.first, first > 0 else { continue }
      let score = Double(first) * Double(counts.count { $0 == first }) / Double(counts.count)
      if score > best.score { best = (delimiter, score) }
    }
    return best.delimiter
  }
}
