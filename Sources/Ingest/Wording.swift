import Readers
import Workspace

/// What is said of files and records that cannot be read.
extension Problem {
  /// A file that cannot be read, in the words of the steward.
  init(reading name: String, _ error: ReadError) {
    let place = [name, error.line.map(String.init), error.column.map(String.init)].compactMap(\.self)
    let isSystem = error.kind == .cannotOpen || error.kind == .cannotRead
    let (message, remedy) = Self.words(error)
    self.init(
      isSystem ? .cannotRead : .data, at: place.joined(separator: ":"),
      message + (error.detail.map { " (\($0))" } ?? ""), remedy: remedy)
  }

  private static func words(_ error: ReadError) -> (message: String, remedy: String) {
    switch error.kind {
    case .cannotOpen: ("the file cannot be opened", "Check that it exists and may be read.")
    case .cannotRead: ("the file cannot be read to its end", "Check the disk, then deliver the file again.")
    case .notText: ("the file is not text", "Check whether it is the right file: it looks binary or compressed.")
    case .wideEncoding:
      (
        "the file is in UTF-16 or UTF-32",
        "Say `encoding: utf-16` in the source definition; UTF-32: convert it first, iconv -f UTF-32 -t UTF-8."
      )
    case .noHeader: ("the file is empty: there is no header", "Ask for the delivery again, or remove the file.")
    case .badHeader: ("the header cannot be read", "Check delimiter, quotes and encoding in the source definition.")
    case .malformedXML: ("the XML is not well formed", "The file may be cut off: ask for the delivery again.")
    case .dtdRefused: ("the XML declares a document type, which is refused", "Deliver it without <!DOCTYPE …>.")
    case .tooDeep: ("the XML is nested too deep", "Check whether it is the right file.")
    case .fieldTooLarge: ("a value is too large", "Check whether it is the right file; deliver large JSON as NDJSON.")
    case .badPath: ("a path of the source definition is not understood", "Mend the path in the source definition.")
    case .malformedJSON: ("the JSON is not well formed", "The file may be cut off: ask for the delivery again.")
    case .brokenUTF16: ("the file is not UTF-16, as its source definition says", "Mend `encoding` in the definition.")
    case .damagedCompression: ("the compressed file is damaged", "It may be cut off: ask for the delivery again.")
    case .unsupportedCompression:
      (
        "the file is compressed in a way that is not read",
        "Deliver it as .gz, .zip (deflate) or .zst, without password."
      )
    case .compressionBomb:
      ("the compressed file unpacks to far too much", "If it is a true delivery, unpack it first and deliver that.")
    case .severalFiles: ("the .zip holds several files", "Deliver each in a .zip of its own, or unpack them first.")
    case .wrongStructure: ("the records are not as the layout says", "Ask for the delivery again, or mend the layout.")
    case .controlTotals:
      ("the totals that the file states are not those of its records", "Ask for the delivery again: it is incomplete.")
    }
  }
}

extension StructuralFault.Reason {
  /// What the record should have been.
  func expectation(width: Int) -> String {
    switch self {
    case .fieldCount(let found, let expected): "\(expected) fields; the record has \(found)"
    case .strayQuote: "a quote only around a whole field, or doubled inside quotes"
    case .unclosedQuote: "a quote that closes at the end of its field"
    case .recordTooLarge: "a record of at most 1 MiB"
    case .nulByte: "text without NUL bytes"
    case .notFinal: "a response with a status that the source definition takes, such as completed"
    case .disabledItem(let link): "no answer to item \(link), which its questionnaire disables (enableWhen)"
    }
  }
}
