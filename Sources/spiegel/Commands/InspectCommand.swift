import ArgumentParser
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
    case text, json
  }

  @Argument(help: "The file; also compressed.")
  var file: String

  @Option(help: "How the profile looks: text or json.")
  var format = Format.text

  @Flag(help: "Prints only the drafted source definition, to be saved under sources/ of a pipeline.")
  var draft = false

  func run() {
    ending {
      guard FileManager.default.fileExists(atPath: file) else {
        throw Problem(.noInput, at: file, "there is no such file", remedy: "Check the path.")
      }
      let inspection = try Inspection.of(URL(filePath: file))
      if draft {
        print(inspection.draft, terminator: "")
      } else if format == .json {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        print(String(decoding: try encoder.encode(InspectionReport(inspection)), as: UTF8.self))
      } else {
        print(InspectionReport(inspection).text)
      }
    }
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
  let columns: [Column]
  let draft: String

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
  }

  init(_ inspection: Inspection) {
    file = inspection.file
    encoding = inspection.encoding
    records = inspection.records
    isSampled = inspection.isSampled
    faults = inspection.faults
    draft = inspection.draft
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
        name: profile.name, kind: profile.kind.rawValue, isPersonal: profile.isPersonal, missing: profile.missing,
        distinct: profile.distinct, hasMoreValues: profile.hasMoreValues, range: profile.range, shapes: profile.shapes,
        codes: profile.codes, suspicions: profile.suspicions)
    }
  }

  /// For a reader.
  var text: String {
    var lines = ["\(file): \(format), \(encoding)"]
    if records == 0 && isSampled {
      lines.append("records were not counted; of FHIR only QuestionnaireResponses are read")
    } else {
      lines.append("\(records) records looked at" + (isSampled ? "; there are more" : ""))
    }
    for (reason, count) in faults.sorted(by: { $0.key < $1.key }) {
      lines.append("no record: \(reason), \(count) times")
    }
    if !columns.isEmpty { lines += ["", "column | kind | missing | different | looks like"] }
    for column in columns {
      let look =
        column.range
        ?? (column.codes.isEmpty ? column.shapes.joined(separator: " ") : column.codes.joined(separator: " "))
      lines.append(
        [
          column.name, column.kind + (column.isPersonal ? " (personal)" : ""), "\(column.missing)",
          "\(column.distinct)\(column.hasMoreValues ? "+" : "")", look,
        ].joined(separator: " | "))
      for suspicion in column.suspicions { lines.append("  look: \(suspicion)") }
    }
    return (lines + ["", "Drafted source definition (--draft prints only this):", "", draft]).joined(separator: "\n")
  }
}
