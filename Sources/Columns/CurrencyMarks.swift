/// What may stand before or behind an amount, as the bytes of the source: `€`, `EUR`, and the blanks between them and digits.
public struct CurrencyMarks: Sendable, Hashable {
  private let marks: [[UInt8]]
  private let blanks: [[UInt8]]

  /// Marks in the encoding of the source; nil where it does not have one of them.
  public init?(_ marks: [String], _ encoding: TextEncoding) {
    var encoded: [[UInt8]] = []
    for mark in marks {
      guard let bytes = encoding.bytes(mark), !bytes.isEmpty else { return nil }
      encoded.append(bytes)
    }
    self.marks = encoded
    // Plain, no-break and narrow no-break.
    blanks = [" ", "\u{A0}", "\u{202F}"].compactMap { encoding.bytes($0) }
  }

  /// `€ 12,50`, `-€12,50`, `€ -12,50` or `12,50 EUR` as whole cents; nil without a mark, or with anything else around it.
  func parse(_ field: Span<UInt8>, _ format: AmountFormat) -> Int64? {
    var rest = field.indices.map { field[$0] }[...]
    let isNegative = rest.first == UInt8(ascii: "-")
    if isNegative { rest = rest.dropFirst() }
    trim(&rest)
    if let mark = marks.first(where: { rest.starts(with: $0) }) {
      rest = rest.dropFirst(mark.count)
    } else if let mark = marks.first(where: { rest.suffix($0.count).elementsEqual($0) }) {
      rest = rest.dropLast(mark.count)
    } else {
      return nil
    }
    trim(&rest)
    guard let cents = parsePlainCents(Array(rest).span, format), !isNegative || cents >= 0 else { return nil }
    return isNegative ? -cents : cents
  }

  private func trim(_ text: inout ArraySlice<UInt8>) {
    while let blank = blanks.first(where: { text.starts(with: $0) }) { text = text.dropFirst(blank.count) }
    while let blank = blanks.first(where: { text.suffix($0.count).elementsEqual($0) }) {
      text = text.dropLast(blank.count)
    }
  }
}

extension TextEncoding {
  /// A text as the bytes that a field of this encoding holds; nil where it does not have one of the characters. Of UTF-16
  /// these are those of UTF-8, as which it is read.
  func bytes(_ text: String) -> [UInt8]? {
    if self == .utf8 || self == .utf16 { return Array(text.utf8) }
    var bytes: [UInt8] = []
    for scalar in text.unicodeScalars {
      let wanted = Array(String(scalar).utf8)
      guard let byte = (0...UInt8.max).first(where: { decode([$0].span) == wanted }) else { return nil }
      bytes.append(byte)
    }
    return bytes
  }
}
