import ArgumentParser
import Definitions
import Foundation
import Ingest
import Workspace

/// What an unknown export looks like.
struct InspectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract: "Profiles an unknown export and drafts a source definition for it.",
    discussion: """
      Looks at the first 50,000 records (of XML at the first 64 KiB) and says so when there are more. Values that may be \
      somebody's are not shown: only their form, with x for letters and 9 for digits.
      """)

  /// How the profile is written.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, json, html
  }

  @Argument(help: "The file; also compressed.")
  var file: String

  @Option(help: "How the profile looks: text, json or html.")
  var format = Format.text

  @Flag(help: "Prints only the drafted source definition, to be saved under sources/ of a pipeline.")
  var draft = false

  @Option(help: "Folder with questionnaires to look for; those of the folder of --into are looked for too.")
  var instruments = "pipelines/instruments"

  @Option(
    help: """
      Folder of a pipeline: the drafted definition is written there as sources/NAME.yaml, and questionnaires that are not \
      known as instruments/ID.yaml. Nothing that is there is overwritten.
      """)
  var into: String?

  func run() {
    ending {
      guard FileManager.default.fileExists(atPath: file) else {
        throw Problem(.noInput, at: file, "there is no such file", remedy: "Check the path.")
      }
      let inspection = try Inspection.of(URL(filePath: file))
      let period = into.flatMap { try? Pipeline.load(folder: URL(filePath: $0)).periods.first?.id }
      let drafted = inspection.draft(instruments: try known(), period: period)
      if let into {
        for path in try write(drafted, into: URL(filePath: into)) { print(path) }
      } else if draft {
        print(drafted.source, terminator: "")
      } else if format == .json {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        print(String(decoding: try encoder.encode(InspectionReport(inspection, drafted)), as: UTF8.self))
      } else if format == .html {
        print(InspectionReport(inspection, drafted).html)
      } else {
        print(InspectionReport(inspection, drafted).text)
      }
    }
  }

  /// The questionnaires of both folders, where they are.
  private func known() throws -> [Instrument] {
    let folders = (into.map { ["\($0)/instruments"] } ?? []) + [instruments]
    var found: [Instrument] = []
    for folder in folders where FileManager.default.fileExists(atPath: folder) {
      let ids = Set(found.map(\.id))
      found += try Instrument.loadAll(folder: URL(filePath: folder)).filter { !ids.contains($0.id) }
    }
    return found
  }

  /// Writes the drafts, all or none, and says where.
  private func write(_ drafted: Inspection.Draft, into folder: URL) throws(Problem) -> [String] {
    let stem = String(URL(filePath: file).lastPathComponent.prefix { $0 != "." })
    let name = String(stem.lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" })
    let files =
      [(folder.appending(path: "sources/\(name).yaml"), drafted.source)]
      + drafted.instruments.map { (folder.appending(path: "instruments/\($0.id).yaml"), $0.yaml) }
    for (file, _) in files where FileManager.default.fileExists(atPath: file.path) {
      throw Problem(.cannotWrite, at: file.path, "is there already", remedy: "Remove it, or choose another folder.")
    }
    for (file, text) in files {
      try Workspace.create(file.deletingLastPathComponent())
      guard (try? Data(text.utf8).write(to: file)) != nil else {
        throw Problem(.cannotWrite, at: file.path, "cannot be written", remedy: "Check the rights and the free space.")
      }
    }
    return files.map(\.0.path)
  }
}

/// An inspection, to be written.
struct InspectionReport: Encodable {
  let file: String
  let format: String
  let encoding: String
  let records: Int
  let isSampled: Bool
  let faults: [String: Int]
  let skipLines: Int
  let footerLines: Int
  let repeatedRecords: Int
  let columns: [Column]
  let draft: String
  /// Drafted questionnaires by id.
  let instruments: [String: String]

  /// A column.
  struct Column: Encodable {
    let name: String
    let kind: String
    let isPersonal: Bool
    let missing: Int
    let distinct: Int
    let hasMoreValues: Bool
    let range: String?
    let shapes: [String]
    let codes: [String]
    let suspicions: [String]

    /// The cells of its row.
    var cells: [String] {
      [
        name, kind + (isPersonal ? " (personal)" : ""), "\(missing)", "\(distinct)\(hasMoreValues ? "+" : "")",
        range ?? (codes.isEmpty ? shapes.joined(separator: " ") : codes.joined(separator: " ")),
      ]
    }
  }

  init(_ inspection: Inspection, _ drafted: Inspection.Draft) {
    file = inspection.file
    encoding = inspection.encoding
    records = inspection.records
    isSampled = inspection.isSampled
    faults = inspection.faults
    skipLines = inspection.skipLines
    footerLines = inspection.footerLines
    repeatedRecords = inspection.repeated
    draft = drafted.source
    instruments = Dictionary(drafted.instruments.map { ($0.id, $0.yaml) }) { first, _ in first }
    format =
      switch inspection.format {
      case .delimited(let delimiter, let hasHeader):
        "delimited by \(delimiter == 0x09 ? "tab" : "\"\(Character(Unicode.Scalar(delimiter)))\"")"
          + (hasHeader ? ", with a header" : ", without a header")
      case .xml(let record): "XML, most likely with records at \(record)"
      case .fhir: "FHIR"
      case .fixedWidth(let length): "fixed width, \(length) characters a line"
      }
    columns = inspection.columns.map { profile in
      Column(
        name: Self.shown(profile.name), kind: profile.kind.rawValue, isPersonal: profile.isPersonal,
        missing: profile.missing,
        distinct: profile.distinct, hasMoreValues: profile.hasMoreValues, range: profile.range, shapes: profile.shapes,
        codes: profile.codes, suspicions: profile.suspicions)
    }
  }

  /// A name with control characters as `?`: it may hold a newline.
  private static func shown(_ name: String) -> String {
    String(String.UnicodeScalarView(name.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7F ? "?" : $0 }))
  }

  /// What is said of the file as a whole.
  private var summary: [String] {
    var lines = ["\(file): \(format), \(encoding)"]
    if skipLines > 0 { lines.append("\(skipLines) lines stand before the header or first record") }
    if footerLines > 0 { lines.append("\(footerLines) lines behind the last record seem to be a footer") }
    if records == 0 && isSampled {
      lines.append("records were not counted; of FHIR only QuestionnaireResponses are read")
    } else {
      lines.append("\(records) records looked at" + (isSampled ? "; there are more" : ""))
    }
    for (reason, count) in faults.sorted(by: { $0.key < $1.key }) {
      lines.append("no record: \(reason), \(count) times")
    }
    if repeatedRecords > 0 { lines.append("\(repeatedRecords) records are the same as an earlier one") }
    return lines
  }

  /// For a reader.
  var text: String {
    var lines = summary
    if !columns.isEmpty { lines += ["", "column | kind | missing | different | looks like"] }
    for column in columns {
      lines.append(column.cells.joined(separator: " | "))
      for suspicion in column.suspicions { lines.append("  look: \(suspicion)") }
    }
    return
      (lines + ["", "Drafted source definition (--draft prints only this):", "", draft]
      + instruments.sorted { $0.key < $1.key }.flatMap { ["Drafted instruments/\($0.key).yaml:", "", $0.value] })
      .joined(separator: "\n")
  }

  /// A page of its own, for a browser.
  var html: String {
    func escaped(_ text: String) -> String {
      text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }
    func row(_ cells: [String], _ tag: String) -> String {
      "<tr>" + cells.map { "<\(tag)>\($0)</\(tag)>" }.joined() + "</tr>"
    }
    let head = row(["column", "kind", "missing", "different", "looks like", "look at"], "th scope=\"col\"")
      .replacing("</th scope=\"col\">", with: "</th>")
    let rows = columns.map { column in
      row((column.cells + [column.suspicions.joined(separator: "; ")]).map(escaped), "td")
    }
    return """
      <!DOCTYPE html>
      <html lang="en"><head><meta charset="utf-8"><title>\(escaped(file))</title>
      <style>body{font:1rem/1.5 sans-serif;margin:2rem;max-width:75rem}table{border-collapse:collapse}
      th,td{border-bottom:1px solid #bbb;padding:.2rem .8rem;text-align:left;vertical-align:top}pre{background:#f4f4f4;padding:1rem;overflow-x:auto}</style>
      </head><body><h1>\(escaped(file))</h1>
      <p>\(summary.map(escaped).joined(separator: "<br>"))</p>
      <table><thead>\(head)</thead><tbody>
      \(rows.joined(separator: "\n"))
      </tbody></table>
      <h2>Drafted source definition</h2>
      <pre>\(escaped(draft))</pre>
      \(instruments.sorted { $0.key < $1.key }.map { "<h2>Drafted instruments/\(escaped($0.key)).yaml</h2><pre>\(escaped($0.value))</pre>" }.joined(separator: "\n"))
      </body></html>
      """
  }
}
