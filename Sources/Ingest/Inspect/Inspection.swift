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
  /// Lines before the header.
  public var skipLines = 0
  /// Lines behind the last record that are none.
  public var footerLines = 0
  /// Records that are the same as an earlier one.
  public var repeated = 0

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
      let physical = head.firstLines(200)
      let lines = physical.filter { !$0.isEmpty }
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
      return try delimited(url, name, head, head.isWhole ? physical : Array(physical.dropLast()))
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
    _ url: URL, _ name: String, _ head: FileHead, _ physical: [String]
  ) throws(ReadError) -> Inspection {
    let (delimiter, marks) = bestDelimiter(physical.filter { !$0.isEmpty })
    let skipLines = linesBefore(physical, delimiter, marks)
    let footerLines = head.isWhole && physical.count < 200 ? linesBehind(physical, delimiter, marks) : 0
    let lines = physical[skipLines...].filter { !$0.isEmpty }
    let encoding: TextEncoding =
      switch head.encoding {
      case .utf16: .utf16
      case .windows1252: .windows1252
      case .latin1: .latin1
      case .latin9: .latin9
      default: .utf8
      }
    let first = (lines.first ?? "").split(
      separator: Character(Unicode.Scalar(delimiter)), omittingEmptySubsequences: false)
    let named = first.count { $0.contains(where: \.isLetter) }
    // Names have letters and no long numbers; a record has values that are numbers or days. Statistical programs leave
    // the name of the first column, of row names, empty.
    let hasHeader = first.enumerated().allSatisfy { number, field in
      // Columns of remarks, or at the end of a table, may be without a name.
      let isEmpty = field.allSatisfy { $0 == "\"" || $0.isWhitespace }
      if isEmpty { return first.count > 1 && (number == 0 || named * 2 >= first.count) }
      return field.contains(where: \.isLetter) && !field.contains("@") && field.count { $0.isNumber } < 7
    }
    let dialect = Dialect(
      delimiter: delimiter, hasHeader: hasHeader, skipLines: skipLines, encoding: encoding, footerLines: footerLines)
    var pieces = try PieceReader(path: url.path, dialect: dialect, pieceBytes: 4 << 20)
    let names = hasHeader ? try pieces.header() : (1...max(first.count, 1)).map(String.init)
    var reader = DelimitedReader(dialect: dialect, width: names.count)
    var profiles = names.map { ColumnProfile(name: $0) }
    for (column, name) in names.enumerated() where !name.isEmpty {
      if names[..<column].contains(where: { SourcePlan.folded($0) == SourcePlan.folded(name) }) {
        profiles[column].note("an earlier column has the same name: only that one can be used")
      }
    }
    var seen: Set<Int> = []
    var repeated = 0
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
        var hashers = Array(repeating: Hasher(), count: rows)
        for column in 0..<batch.width {
          let fields = batch.column(column)
          for row in 0..<rows {
            let text = String(decoding: encoding.decode(fields[row]) ?? [], as: UTF8.self)
            profiles[column].add(text)
            hashers[row].combine(text)
          }
        }
        for hasher in hashers where !seen.insert(hasher.finalize()).inserted { repeated += 1 }
        records += rows
      }
      for fault in reader.takeFaults() { faults[fault.reason.code, default: 0] += 1 }
    }
    var inspection = Inspection(
      file: name, format: .delimited(delimiter: delimiter, hasHeader: hasHeader), encoding: encoding.rawValue,
      columns: profiles, records: records, isSampled: isSampled, faults: faults)
    (inspection.skipLines, inspection.footerLines, inspection.repeated) = (skipLines, footerLines, repeated)
    return inspection
  }

  /// How often a delimiter occurs in a line, outside quotes.
  private static func count(_ delimiter: UInt8, in line: String) -> Int {
    var isQuoted = false
    return line.utf8.count { byte in
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      return byte == delimiter && !isQuoted
    }
  }

  /// Lines of a preamble: those before the first that has as many delimiters as most lines. Only where they are few, no
  /// quote could make it otherwise, and enough lines follow to tell.
  private static func linesBefore(_ lines: [String], _ delimiter: UInt8, _ marks: Int) -> Int {
    guard marks > 0, let first = lines.firstIndex(where: { count(delimiter, in: $0) == marks }), first <= 20,
      !lines[..<first].contains(where: { $0.contains("\"") }), lines[first...].count(where: { !$0.isEmpty }) >= 2
    else { return 0 }
    return lines[..<first].contains { !$0.isEmpty } ? first : 0
  }

  /// Lines of a footer, likewise, where the end of the file is at hand.
  private static func linesBehind(_ lines: [String], _ delimiter: UInt8, _ marks: Int) -> Int {
    let filled = lines.filter { !$0.isEmpty }
    guard marks > 0, let last = filled.lastIndex(where: { count(delimiter, in: $0) == marks }), last >= 2 else {
      return 0
    }
    let behind = filled[(last + 1)...]
    return behind.count <= 5 && !filled.contains { $0.contains("\"") } ? behind.count : 0
  }

  /// The one that occurs equally often in most lines, and often, with that number.
  private static func bestDelimiter(_ lines: [String]) -> (delimiter: UInt8, marks: Int) {
    let sample = lines.prefix(50)
    var best = (delimiter: UInt8(ascii: ";"), marks: 0, score: 0.0)
    for delimiter in [UInt8(ascii: ";"), UInt8(ascii: ","), 0x09, UInt8(ascii: "|")] {
      let counts = sample.map { count(delimiter, in: $0) }
      let lines = counts.reduce(into: [Int: Int]()) { if $1 > 0 { $0[$1, default: 0] += 1 } }
      // Of numbers that are as frequent the one that comes first.
      let usual = lines.values.max() ?? 0
      guard let marks = counts.first(where: { lines[$0] == usual }) else { continue }
      let score = Double(marks) * Double(usual) / Double(counts.count)
      if score > best.score { best = (delimiter, marks, score) }
    }
    return (best.delimiter, best.marks)
  }
}
