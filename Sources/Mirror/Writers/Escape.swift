import Definitions

extension [UInt8] {
  /// Appends a text as content or attribute of XML or HTML. Characters that XML 1.0 does not allow become U+FFFD.
  mutating func writeEscaped(_ text: String) {
    var text = text
    text.withUTF8 { writeEscaped(bytes: $0) }
  }

  /// The same of a text that is UTF-8 already.
  mutating func writeEscaped(bytes: some Collection<UInt8>) {
    // Most texts have nothing to escape and go in one piece.
    if !bytes.contains(where: { Self.mayNeedEscape[Int($0)] }) { return append(contentsOf: bytes) }
    for byte in bytes {
      switch byte {
      case UInt8(ascii: "&"): write("&amp;")
      case UInt8(ascii: "<"): write("&lt;")
      case UInt8(ascii: ">"): write("&gt;")
      case UInt8(ascii: "\""): write("&quot;")
      case UInt8(ascii: "'"): write("&#39;")
      case 0x09, 0x0A, 0x0D: append(byte)
      case 0..<0x20: write("\u{FFFD}")
      // U+FFFE and U+FFFF are EF BF BE and EF BF BF; the first two bytes are those of U+FFFD, EF BF BD.
      case 0xBE, 0xBF:
        let isNoncharacter = count >= 2 && self[count - 1] == 0xBF && self[count - 2] == 0xEF
        append(isNoncharacter ? 0xBD : byte)
      default: append(byte)
      }
    }
  }

  /// Bytes of a text that XML, HTML or JSON may not have as they are.
  private static let mayNeedEscape = (0...255).map { byte in
    byte < 0x20 || [0x22, 0x26, 0x27, 0x3C, 0x3E, 0x5C, 0xEF].contains(byte)
  }

  /// Appends a text as a JSON string with its quotes (RFC 8259, §7).
  mutating func writeJSON(_ text: String) {
    var text = text
    text.withUTF8 { writeJSON(bytes: $0) }
  }

  /// The same of a text that is UTF-8 already.
  mutating func writeJSON(bytes: some Collection<UInt8>) {
    append(0x22)
    defer { append(0x22) }
    if !bytes.contains(where: { Self.mayNeedEscape[Int($0)] }) { return append(contentsOf: bytes) }
    for byte in bytes {
      switch byte {
      case 0x22: write("\\\"")
      case 0x5C: write("\\\\")
      case 0x0A: write("\\n")
      case 0x0D: write("\\r")
      case 0x09: write("\\t")
      case 0..<0x20:
        let digits = Array("0123456789abcdef".utf8)
        write("\\u00")
        append(digits[Int(byte >> 4)])
        append(digits[Int(byte & 15)])
      default: append(byte)
      }
    }
  }
}

extension [UInt8] {
  /// Names and texts of an object, without its braces.
  mutating func members(_ members: [(name: String, value: String)]) {
    for (position, member) in members.enumerated() {
      write(position == 0 ? "\"" : ",\"")
      write(member.name)
      write("\":")
      writeJSON(member.value)
    }
  }

  /// A text in both languages, as an object.
  mutating func localized(_ text: Localized) {
    write("{")
    members([("nl", text.nl), ("en", text.en)])
    write("}")
  }
}

/// A text as content or attribute of HTML.
func escaped(_ text: String) -> String {
  var output: [UInt8] = []
  output.writeEscaped(text)
  return String(decoding: output, as: UTF8.self)
}
