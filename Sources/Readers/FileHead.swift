import Columns

/// The front of a file, looked at to recognise what it is.
public struct FileHead: Sendable {
  /// What the bytes look like.
  public enum Encoding: String, Sendable, Hashable {
    /// Only ASCII, as far as was read.
    case ascii
    /// UTF-8, with a byte order mark.
    case utf8WithMark = "utf-8-bom"
    /// Valid UTF-8 with bytes beyond ASCII.
    case utf8 = "utf-8"
    /// UTF-16 with a byte order mark.
    case utf16 = "utf-16"
    /// UTF-32 with a byte order mark.
    case utf32 = "utf-32"
    /// One byte a character, with bytes that only Windows uses for letters and signs.
    case windows1252 = "windows-1252"
    /// One byte a character.
    case latin1 = "iso-8859-1"
    /// One byte a character, with the byte of the euro sign in ISO 8859-15, where ISO 8859-1 has a sign that nobody uses.
    case latin9 = "iso-8859-15"
    /// NUL bytes: not text.
    case binary
  }

  /// At most this much is read.
  public static var maximumBytes: Int { 64 << 10 }

  /// The first bytes, with the byte order mark.
  public let bytes: [UInt8]
  /// What the bytes look like.
  public let encoding: Encoding
  /// Whether the bytes are the whole file.
  public let isWhole: Bool
  /// Local name of the root element when the file looks like XML.
  public let rootElement: String?

  /// Whether the file looks like XML.
  public var isXML: Bool { rootElement != nil }
  /// Whether the file is neither text nor XML.
  public var looksBinary: Bool { encoding == .binary }

  /// Reads the front of a file.
  ///
  /// - Throws: `cannotOpen` or `cannotRead`.
  public init(path: String) throws(ReadError) {
    var file = try InputFile(path: path)
    var bytes: [UInt8] = []
    try file.fill(&bytes, to: Self.maximumBytes + 1)
    let isWhole = bytes.count <= Self.maximumBytes
    self.init(bytes: Array(bytes.prefix(Self.maximumBytes)), isWhole: isWhole)
  }

  /// Looks at bytes that were read before.
  public init(bytes: [UInt8], isWhole: Bool) {
    self.bytes = bytes
    self.isWhole = isWhole
    encoding = Self.encoding(of: bytes, isWhole: isWhole)
    rootElement = Self.rootElement(in: Self.text(of: bytes, encoding))
  }

  /// The first lines as text, without the byte order mark. The last one may be cut off by the end of what was read.
  public func firstLines(_ count: Int, encoding declared: TextEncoding? = nil) -> [String] {
    var text = Self.text(of: bytes, encoding)
    if let declared, encoding != .utf8WithMark, encoding != .utf16, let utf8 = declared.decode(bytes.span) {
      text = String(decoding: utf8, as: UTF8.self)
    }
    // "\r\n" is one character in Swift.
    return text.split(maxSplits: count, omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .prefix(count).map(String.init)
  }

  private static func encoding(of bytes: [UInt8], isWhole: Bool) -> Encoding {
    switch ByteOrderMark(bytes.span) {
    case .utf8: return .utf8WithMark
    case .utf16Big, .utf16Little: return .utf16
    case .utf32: return .utf32
    case .none: break
    }
    if bytes.contains(0) { return .binary }
    if bytes.allSatisfy({ $0 < 0x80 }) { return .ascii }
    var whole = bytes[...]
    // A character may be cut in two at the end of what was read.
    if !isWhole, let lead = bytes.suffix(3).lastIndex(where: { $0 >= 0xC0 }) { whole = bytes[..<lead] }
    if String(validating: whole, as: UTF8.self) != nil { return .utf8 }
    if bytes.contains(where: { (0x80...0x9F).contains($0) }) { return .windows1252 }
    return bytes.contains(0xA4) ? .latin9 : .latin1
  }

  private static func text(of bytes: [UInt8], _ encoding: Encoding) -> String {
    switch encoding {
    case .ascii, .utf8: return String(decoding: bytes, as: UTF8.self)
    case .utf8WithMark: return String(decoding: bytes.dropFirst(3), as: UTF8.self)
    case .windows1252, .latin1, .latin9:
      let declared = TextEncoding(rawValue: encoding.rawValue) ?? .windows1252
      let utf8 = declared.decode(bytes.span) ?? TextEncoding.latin1.decode(bytes.span) ?? []
      return String(decoding: utf8, as: UTF8.self)
    case .utf16:
      let high = bytes[0] == 0xFE ? 0 : 1
      let units = stride(from: 2, to: bytes.count - 1, by: 2).map { i -> UInt16 in
        UInt16(bytes[i + high]) << 8 | UInt16(bytes[i + 1 - high])
      }
      return String(decoding: units, as: UTF16.self)
    case .utf32, .binary: return ""
    }
  }

  /// The name in the first start tag, behind the XML declaration, comments and the like.
  private static func rootElement(in text: String) -> String? {
    var rest = text.unicodeScalars[...]
    func skip(past end: String) -> Bool {
      let pattern = Array(end.unicodeScalars)
      while rest.count >= pattern.count {
        if rest.starts(with: pattern) {
          rest = rest.dropFirst(pattern.count)
          return true
        }
        rest = rest.dropFirst()
      }
      return false
    }
    while true {
      rest = rest.drop { $0.properties.isWhitespace }
      guard rest.first == "<" else { return nil }
      if rest.starts(with: "<!--".unicodeScalars) {
        guard skip(past: "-->") else { return nil }
      } else if rest.starts(with: "<?".unicodeScalars) {
        guard skip(past: "?>") else { return nil }
      } else if rest.starts(with: "<!".unicodeScalars) {
        guard skip(past: ">") else { return nil }
      } else {
        let name = rest.dropFirst().prefix { !$0.properties.isWhitespace && $0 != ">" && $0 != "/" }
        let local = name.split(separator: ":").last.map { String(String.UnicodeScalarView($0)) }
        guard let local, let first = local.unicodeScalars.first, first.properties.isAlphabetic || first == "_" else {
          return nil
        }
        return local
      }
    }
  }
}

/// The mark with which text in Unicode may begin.
enum ByteOrderMark {
  case none, utf8, utf16Big, utf16Little, utf32

  init(_ bytes: Span<UInt8>) {
    func starts(_ mark: [UInt8]) -> Bool {
      guard bytes.count >= mark.count else { return false }
      for i in mark.indices where bytes[i] != mark[i] { return false }
      return true
    }
    if starts([0xEF, 0xBB, 0xBF]) {
      self = .utf8
    } else if starts([0xFF, 0xFE, 0, 0]) || starts([0, 0, 0xFE, 0xFF]) {
      self = .utf32
    } else if starts([0xFE, 0xFF]) {
      self = .utf16Big
    } else if starts([0xFF, 0xFE]) {
      self = .utf16Little
    } else {
      self = .none
    }
  }

  /// More than one byte for each ASCII character.
  var isWide: Bool { self == .utf16Big || self == .utf16Little || self == .utf32 }
}
