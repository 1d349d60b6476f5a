import CBytes

/// Where delimiters, line ends and quotes are among sixty-four bytes, one bit each; bit 0 is the first byte. The hot loops
/// of ``FieldCutter`` and ``QuotedRun`` look at text only through this.
struct Marks {
  let delimiters: UInt64
  let ends: UInt64
  let quotes: UInt64
  /// The byte of CRLF that does not end lines.
  let returns: UInt64

  /// Number of bytes that are looked at.
  static var width: Int { 64 }

  /// Looks at the bytes from a place on. Bytes behind the text are NUL, which is none of them.
  @inline(__always)
  init(_ bytes: Span<UInt8>, at place: Int, _ dialect: MarkedBytes) {
    precondition(place >= 0 && place < bytes.count)
    let found = unsafe bytes.withUnsafeBytes { buffer in
      let start = unsafe buffer.baseAddress.unsafelyUnwrapped + place
      // In bounds: the vectors are only loaded where sixty-four bytes are left.
      if bytes.count &- place >= Self.width { return unsafe dialect.find(start) }
      return unsafe findLast(start, bytes.count &- place, dialect)
    }
    delimiters = found.delimiters
    ends = found.ends
    quotes = found.quotes
    returns = found.returns
  }

  /// Which bytes lie behind a quote that opens, that one included, up to the quote that closes. Like the parity of the
  /// quotes up to each byte.
  ///
  /// - Parameter isOpen: all ones when a quote is open at the first byte, else 0; becomes that for the bytes that follow.
  @inline(__always)
  func quoted(_ isOpen: inout UInt64) -> UInt64 {
    var parity = quotes
    parity ^= parity &<< 1
    parity ^= parity &<< 2
    parity ^= parity &<< 4
    parity ^= parity &<< 8
    parity ^= parity &<< 16
    parity ^= parity &<< 32
    parity ^= isOpen
    isOpen = UInt64(bitPattern: Int64(bitPattern: parity) &>> 63)
    return parity
  }
}

/// The bytes that ``Marks`` finds.
struct MarkedBytes {
  let delimiter: UInt8
  let end: UInt8
  /// NUL where quotes are ordinary characters. Text that is looked at has none.
  let quote: UInt8
  let other: UInt8

  init(_ dialect: Dialect, _ lineEnd: LineEnd) {
    delimiter = dialect.delimiter
    end = lineEnd.rawValue
    quote = dialect.quote ?? 0
    other = lineEnd.other
  }

  @inline(__always)
  fileprivate func find(_ start: UnsafeRawPointer) -> spiegel_marks {
    unsafe spiegel_find(start, delimiter, end, quote, other)
  }
}

@inline(never)
private func findLast(_ start: UnsafeRawPointer, _ count: Int, _ dialect: MarkedBytes) -> spiegel_marks {
  var block: InlineArray<64, UInt8> = .init(repeating: 0)
  for i in 0..<count { block[i] = unsafe start.load(fromByteOffset: i, as: UInt8.self) }
  var marks = unsafe block.span.withUnsafeBytes { unsafe dialect.find($0.baseAddress.unsafelyUnwrapped) }
  // Where no quote is, none is found in what lies behind the text.
  marks.quotes &= 1 &<< UInt64(count) &- 1
  return marks
}
