/// Turns UTF-16 into UTF-8, chunk by chunk. The byte order comes from the mark, else from where the NULs of the first
/// character are; the mark itself is left out.
struct UTF16Transcoder {
  private var isBigEndian: Bool?
  private var left: [UInt8] = []  // less than a character

  /// Whether nothing is left that waits for the next chunk.
  var isEmpty: Bool { left.isEmpty }

  /// Adds the UTF-8 of a chunk.
  ///
  /// - Throws: `brokenUTF16` for half a character or text that is not UTF-16.
  mutating func append(_ chunk: [UInt8], isLast: Bool, to output: inout [UInt8]) throws(ReadError) {
    let bytes = left + chunk
    left = []
    var i = 0
    if isBigEndian == nil && bytes.count >= 2 {
      switch (bytes[0], bytes[1]) {
      case (0xFE, 0xFF): isBigEndian = true
      case (0xFF, 0xFE): isBigEndian = false
      case (0, 1...): isBigEndian = true
      case (1..., 0): isBigEndian = false
      default: throw ReadError(.brokenUTF16, line: 1, detail: "it has no byte order mark")
      }
      if bytes[0] >= 0xFE { i = 2 }
    }
    let high = isBigEndian == true ? 0 : 1
    func unit(_ at: Int) -> UInt32 { UInt32(bytes[at + high]) << 8 | UInt32(bytes[at + 1 - high]) }
    output.reserveCapacity(output.count + bytes.count)
    while i + 1 < bytes.count {
      let first = unit(i)
      var point = first
      var length = 2
      if (0xD800...0xDFFF).contains(first) {
        if i + 3 >= bytes.count && first < 0xDC00 { break }
        let second = first < 0xDC00 ? unit(i + 2) : 0
        guard (0xDC00...0xDFFF).contains(second) else { throw ReadError(.brokenUTF16, detail: "half a character") }
        point = 0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)
        length = 4
      }
      if point < 0x80 {
        output.append(UInt8(point))
      } else if let scalar = Unicode.Scalar(point) {
        output.append(contentsOf: UTF8.encode(scalar).map { Array($0) } ?? [])
      }
      i += length
    }
    left = Array(bytes[i...])
    if isLast && !left.isEmpty { throw ReadError(.brokenUTF16, detail: "it ends within a character") }
  }
}
