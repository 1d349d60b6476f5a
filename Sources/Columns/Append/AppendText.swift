extension CodeColumn {
  /// Appends codes. Each distinct value is stored once, as UTF-8.
  ///
  /// With `prefix` only the first bytes of each code are kept, and a shorter code is missing.
  public mutating func append(
    codes fields: borrowing FieldColumn, encoding: TextEncoding, prefix: Int? = nil, missing tokens: MissingTokens,
    rejections: inout [Rejection]
  ) {
    var known = book
    book = CodeBook()  // so that `known` is the only owner and grows in place
    indices.makeRoom(fields.count)
    indices.append(addingCapacity: fields.count) { (output: inout OutputSpan<Int32>) in
      for row in 0..<fields.count {
        if prefix == nil, let short = fields.short(row), short.count <= 8, !tokens.mayContain(count: short.count),
          let code = known.find(short: short.word, count: short.count)
        {
          output.append(code)
          continue
        }
        let field = fields[row]
        if tokens.contains(field) {
          output.append(Missing.code)
        } else if let prefix {
          let isLong = field.count >= prefix && encoding.isPlain(field)
          output.append(isLong ? known.code(field.extracting(0..<prefix)) : Missing.code)
        } else if encoding.isPlain(field) {
          output.append(known.code(field))
        } else if let utf8 = encoding.decode(field) {
          output.append(known.code(utf8.span))
        } else {
          output.append(Missing.code)
          rejections.append(Rejection(row: row, reason: .encoding))
        }
      }
    }
    book = known
  }
}

extension TextColumn {
  /// Appends text as UTF-8.
  public mutating func append(
    texts fields: borrowing FieldColumn, encoding: TextEncoding, missing tokens: MissingTokens,
    rejections: inout [Rejection]
  ) {
    if append(plain: fields, encoding: encoding, missing: tokens) { return }
    for row in 0..<fields.count {
      let field = fields[row]
      if tokens.contains(field) {
        ends.append(bytes.count)
      } else if encoding.isPlain(field) {
        append(field)
      } else if let utf8 = encoding.decode(field) {
        append(utf8)
      } else {
        ends.append(bytes.count)
        rejections.append(Rejection(row: row, reason: .encoding))
      }
    }
  }
}

extension TextColumn {
  /// Appends texts that are the same bytes in UTF-8, all at once; does nothing when there is another among them.
  private mutating func append(
    plain fields: borrowing FieldColumn, encoding: TextEncoding, missing tokens: MissingTokens
  ) -> Bool {
    var newEnds = ends
    ends = []  // so that `newEnds` is the only owner and grows in place
    let rows = newEnds.count
    let start = bytes.count
    var isPlain = true
    // Fields do not overlap, so together they are no longer than the records; two words more, since whole words are
    // written.
    bytes.makeRoom(fields.byteCount + 16)
    newEnds.makeRoom(fields.count)
    bytes.append(addingCapacity: fields.byteCount + 16) { (text: inout OutputSpan<UInt8>) in
      text.withUnsafeMutableBufferPointer { target, filled in
        let target = UnsafeMutableRawBufferPointer(target)
        newEnds.append(addingCapacity: fields.count) { (output: inout OutputSpan<Int>) in
          for row in 0..<fields.count {
            if let short = fields.short(row), !tokens.mayContain(count: short.count) {
              precondition(filled &+ 16 <= target.count)
              target.storeBytes(of: short.word, toByteOffset: filled, as: UInt64.self)
              target.storeBytes(of: short.rest, toByteOffset: filled &+ 8, as: UInt64.self)
              if (short.word | short.rest) & 0x8080_8080_8080_8080 != 0 { return isPlain = false }
              filled &+= short.count
              output.append(start &+ filled)
              continue
            }
            let field = fields[row]
            if !tokens.contains(field) {
              precondition(filled &+ field.count &+ 8 <= target.count)
              var all: UInt64 = 0
              var i = 0
              while i < field.count {
                let word = CodeBook.word(field, from: i)
                all |= word
                target.storeBytes(of: word, toByteOffset: filled &+ i, as: UInt64.self)
                i &+= 8
              }
              if all & 0x8080_8080_8080_8080 != 0 { return isPlain = false }
              filled &+= field.count
            }
            output.append(start &+ filled)
          }
        }
        if !isPlain { filled = 0 }
      }
    }
    if !isPlain { newEnds.removeSubrange(rows...) }
    ends = newEnds
    return isPlain
  }
}

/// The encodings of text that is delivered.
public enum TextEncoding: String, Sendable, Hashable, CaseIterable {
  /// UTF-8, with or without a byte order mark.
  case utf8 = "utf-8"
  /// Windows code page 1252.
  case windows1252 = "windows-1252"
  /// ISO 8859-1.
  case latin1 = "iso-8859-1"
  /// ISO 8859-15.
  case latin9 = "iso-8859-15"
  /// UTF-16 with a byte order mark, or without one where the first character is ASCII. Files are read as UTF-8.
  case utf16 = "utf-16"

  /// Whether a field is the same bytes in UTF-8: only ASCII.
  @inline(__always)
  func isPlain(_ field: Span<UInt8>) -> Bool {
    var all: UInt64 = 0
    var i = 0
    while i < field.count {
      all |= CodeBook.word(field, from: i)
      i &+= 8
    }
    return all & 0x8080_8080_8080_8080 == 0
  }

  /// A field as UTF-8; nil where it holds bytes that the encoding does not have.
  @inline(never)
  public func decode(_ field: Span<UInt8>) -> [UInt8]? {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(field.count * 2)
    for i in field.indices { bytes.append(field[i]) }
    if self == .utf8 || self == .utf16 { return String(validating: bytes, as: UTF8.self) == nil ? nil : bytes }
    var text = String.UnicodeScalarView()
    for byte in bytes {
      guard let scalar = scalar(byte) else { return nil }
      text.append(scalar)
    }
    return Array(String(text).utf8)
  }

  /// The character of a byte of a single-byte encoding. Windows-1252 after the Unicode mapping table CP1252.TXT,
  /// ISO 8859-15 after 8859-15.TXT.
  private func scalar(_ byte: UInt8) -> UnicodeScalar? {
    switch self {
    case .windows1252 where (0x80...0x9F).contains(byte):
      let point = Self.windows1252High[Int(byte) - 0x80]
      return point == 0 ? nil : UnicodeScalar(point)
    case .latin9:
      return UnicodeScalar(Self.latin9Differences[byte] ?? UInt16(byte))
    default:
      return UnicodeScalar(byte)
    }
  }

  private static let windows1252High: [UInt16] = [
    0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017D, 0,
    0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E,
    0x0178,
  ]
  private static let latin9Differences: [UInt8: UInt16] = [
    0xA4: 0x20AC, 0xA6: 0x0160, 0xA8: 0x0161, 0xB4: 0x017D, 0xB8: 0x017E, 0xBC: 0x0152, 0xBD: 0x0153, 0xBE: 0x0178,
  ]
}
