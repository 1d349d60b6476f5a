/// A record of delimited text that cannot be cut into fields. It is set aside; the records around it are kept.
public struct StructuralFault: Sendable, Hashable {
  /// What is wrong.
  public enum Reason: Sendable, Hashable {
    /// Another number of fields than the header has.
    case fieldCount(found: Int, expected: Int)
    /// A quote inside a field that does not begin with one.
    case strayQuote
    /// A quoted field that does not close, or whose closing quote is followed by something else than a delimiter.
    case unclosedQuote
    /// Larger than ``Dialect/maxRecordBytes``.
    case recordTooLarge
    /// A NUL byte in text.
    case nulByte
    /// A record that its source does not call final.
    case notFinal
    /// An answer to an item that its questionnaire disables.
    case disabledItem(link: String)

    /// The stable code in quarantine files.
    public var code: String {
      switch self {
      case .fieldCount: "field-count"
      case .strayQuote: "stray-quote"
      case .unclosedQuote: "unclosed-quote"
      case .recordTooLarge: "record-too-large"
      case .nulByte: "nul-byte"
      case .notFinal: "not-final"
      case .disabledItem: "disabled-item"
      }
    }
  }

  /// The physical line where the record starts, counted from 1.
  public let line: Int
  /// What is wrong.
  public let reason: Reason
  /// The byte of the line that gave offence, counted from 1; nil where there is no single one, or it is on a later line.
  public let column: Int?
  /// The bytes of the file that were set aside, without the line end: for a wrong number of fields the whole record,
  /// otherwise its first physical line.
  public let byteRange: Range<Int>

  /// A fault.
  public init(line: Int, reason: Reason, column: Int?, byteRange: Range<Int>) {
    self.line = line
    self.reason = reason
    self.column = column
    self.byteRange = byteRange
  }
}
