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
    /// UTF-16 or UTF-32 where something else was declared.
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
    /// Not JSON.
    case malformedJSON = "malformed-json"
    /// Declared as UTF-16, and not that.
    case brokenUTF16 = "broken-utf-16"
    /// Compressed, and cut off or damaged.
    case damagedCompression = "damaged-compression"
    /// Compressed in a way that is not read, or with a password.
    case unsupportedCompression = "unsupported-compression"
    /// Compressed so strongly that it can only be meant to do harm.
    case compressionBomb = "compression-bomb"
    /// A .zip with more than one file.
    case severalFiles = "several-files"
    /// Records of fixed width in an order or of a length that the layout does not have.
    case wrongStructure = "wrong-structure"
    /// Totals that the file states of itself, and that it does not have.
    case controlTotals = "control-totals"
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
    case .wideEncoding: "the file is in UTF-16 or UTF-32, which was not declared"
    case .noHeader: "the file has no header"
    case .badHeader: "the header cannot be read"
    case .malformedXML: "the file is not well-formed XML"
    case .dtdRefused: "the file declares a document type, which is refused; deliver it without <!DOCTYPE …>"
    case .tooDeep: "elements are nested too deep"
    case .fieldTooLarge: "a value is too large"
    case .badPath: "the path is not understood"
    case .malformedJSON: "the file is not well-formed JSON"
    case .brokenUTF16: "the file is not UTF-16"
    case .damagedCompression: "the compressed file is damaged"
    case .unsupportedCompression: "the file is compressed in a way that is not read"
    case .compressionBomb: "the compressed file unpacks to far too much"
    case .severalFiles: "the .zip holds several files"
    case .wrongStructure: "the records are not as the layout says"
    case .controlTotals: "the totals that the file states are not those of its records"
    }
  }
}
