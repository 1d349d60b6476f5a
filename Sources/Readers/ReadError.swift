/// Why a file as a whole cannot be read.
public struct ReadError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The kind of error. The raw value is a stable code.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// The file does not exist, or may not be read.
    case cannotOpen = "cannot-open"
    /// The system failed while reading.
    case cannotRead = "cannot-read"
    /// Binary: NUL bytes where text should be.
    case notText = "not-text"
    /// UTF-16 or UTF-32, which are not read as delimited text.
    case wideEncoding = "wide-encoding"
    /// No record to take the header from.
    case noHeader = "no-header"
    /// The header record is not well formed, or not of the declared encoding.
    case badHeader = "bad-header"
    /// Not well-formed XML.
    case malformedXML = "malformed-xml"
    /// XML with a document type declaration.
    case dtdRefused = "dtd-refused"
    /// XML elements nested deeper than ``XMLReader/maximumDepth``.
    case tooDeep = "too-deep"
    /// A value in XML larger than ``XMLReader/maximumFieldBytes``.
    case fieldTooLarge = "field-too-large"
    /// A record or field path that cannot be understood.
    case badPath = "bad-path"
  }

  /// What kind of error.
  public let kind: Kind
  /// Physical line, counted from 1; nil where the error has no place.
  public let line: Int?
  /// Column in that line, in bytes, counted from 1.
  public let column: Int?
  /// More about it, without values from the file.
  public let detail: String?

  /// An error.
  public init(_ kind: Kind, line: Int? = nil, column: Int? = nil, detail: String? = nil) {
    self.kind = kind
    self.line = line
    self.column = column
    self.detail = detail
  }

  /// What happened, where, and what to do about it.
  public var description: String {
    var place = ""
    if let line { place = "line \(line)" + (column.map { ", column \($0)" } ?? "") + ": " }
    return place + sentence + (detail.map { " (\($0))" } ?? "") + "."
  }

  private var sentence: String {
    switch kind {
    case .cannotOpen: "the file cannot be opened"
    case .cannotRead: "the file cannot be read to its end"
    case .notText: "the file is not text: it holds NUL bytes"
    case .wideEncoding: "the file is UTF-16 or UTF-32; convert it first: iconv -f UTF-16 -t UTF-8"
    case .noHeader: "the file has no header"
    case .badHeader: "the header cannot be read"
    case .malformedXML: "the file is not well-formed XML"
    case .dtdRefused: "the file declares a document type, which is refused; deliver it without <!DOCTYPE …>"
    case .tooDeep: "elements are nested too deep"
    case .fieldTooLarge: "a value is too large"
    case .badPath: "the path is not understood"
    }
  }
}
