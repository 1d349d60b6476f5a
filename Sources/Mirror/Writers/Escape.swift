extension [UInt8] {
  /// Appends a text as content or attribute of XML or HTML. Characters that XML 1.0 does not allow become U+FFFD.
  mutating func writeEscaped(_ text: String) {
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": write("&amp;")
      case "<": write("&lt;")
      case ">": write("&gt;")
      case "\"": write("&quot;")
      case "'": write("&#39;")
      case "\t", "\n", "\r": append(UInt8(scalar.value))
      case _ where scalar.value < 0x20 || scalar.value == 0xFFFE || scalar.value == 0xFFFF: write("\u{FFFD}")
      case _ where scalar.isASCII: append(UInt8(scalar.value))
      default: write(String(scalar))
      }
    }
  }

  /// Appends a text as a JSON string with its quotes (RFC 8259, §7).
  mutating func writeJSON(_ text: String) {
    append(0x22)
    for byte in text.utf8 {
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
    append(0x22)
  }
}

/// A text as content or attribute of HTML.
func escaped(_ text: String) -> String {
  var output: [UInt8] = []
  output.writeEscaped(text)
  return String(decoding: output, as: UTF8.self)
}
