import Columns

/// How a file of delimited text is written.
public struct Dialect: Sendable, Hashable {
  /// The byte between fields.
  public let delimiter: UInt8
  /// The byte around fields that hold a delimiter or a newline; nil where quotes are ordinary characters.
  public let quote: UInt8?
  /// Whether the first record names the columns.
  public let hasHeader: Bool
  /// Physical lines before the header.
  public let skipLines: Int
  /// Lines at the end of the file that are no records.
  public let footerLines: Int
  /// Size above which a record is set aside, in bytes without its line end. At most 1 GiB.
  public let maxRecordBytes: Int
  /// How the header is encoded; values are decoded by whoever appends them.
  public let encoding: TextEncoding

  /// A dialect.
  ///
  /// - Precondition: delimiter and quote differ and are neither NUL nor a line end; `maxRecordBytes` is 1 … 2³⁰.
  public init(
    delimiter: UInt8 = UInt8(ascii: ","), quote: UInt8? = UInt8(ascii: "\""), hasHeader: Bool = true,
    skipLines: Int = 0, maxRecordBytes: Int = 1 << 20, encoding: TextEncoding = .utf8, footerLines: Int = 0
  ) {
    for byte in [delimiter, quote ?? delimiter] { precondition(byte != 0 && byte != 0x0A && byte != 0x0D) }
    precondition(quote != delimiter && quote != 0x20 && quote != 0x09)
    precondition(maxRecordBytes > 0 && maxRecordBytes <= 1 << 30 && skipLines >= 0 && footerLines >= 0)
    self.delimiter = delimiter
    self.quote = quote
    self.hasHeader = hasHeader
    self.skipLines = skipLines
    self.maxRecordBytes = maxRecordBytes
    self.encoding = encoding
    self.footerLines = footerLines
  }

  /// Whether a byte may stand around a field without being part of it: a space, a tab, or the half of CRLF that does
  /// not end lines here.
  @inline(__always)
  func isBlank(_ byte: UInt8, _ lineEnd: LineEnd) -> Bool {
    (byte == 0x20 || byte == 0x09 || byte == lineEnd.other) && byte != delimiter
  }
}

/// The byte that ends lines in a file.
enum LineEnd: UInt8, Sendable {
  case lineFeed = 0x0A
  /// Only in files without any line feed at their front.
  case carriageReturn = 0x0D

  /// The other one of the two bytes, which counts as a blank.
  @inline(__always)
  var other: UInt8 { rawValue ^ 0x07 }
}
