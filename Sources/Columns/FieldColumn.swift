/// The bytes of one column of a batch of records, before they are parsed.
///
/// A batch lies in one byte buffer. Each record has `width + 1` bounds: the position just before its first field, then
/// the position of the byte that ends each field. Field `f` of record `r` therefore lies between bound
/// `r * (width + 1) + f`, plus one, and the bound after it:
///
///     bytes    ; D 0 1 ; 1 ; 1 2 , 5 0 \n
///     bounds   ^       ^   ^           ^
///
/// The layout is the same for text that was cut in place and for fields that a library copied. In text that was cut in
/// place a field may stand between two quotes, which are not part of it.
public struct FieldColumn: ~Escapable {
  /// The whole batch.
  public let bytes: Span<UInt8>
  /// Bounds of all fields of all records. The first may be -1: the record starts at the first byte.
  public let bounds: Span<Int32>
  /// Number of records.
  public let count: Int
  let first: Int
  let stride: Int
  let quote: UInt8

  /// A view on column `column` of a batch of records that have `width` fields.
  ///
  /// - Parameter quote: what stands around fields; 0 where nothing does. A field that begins with it ends with it.
  @_lifetime(copy bytes, copy bounds)
  public init(bytes: Span<UInt8>, bounds: Span<Int32>, column: Int, width: Int, count: Int, quote: UInt8 = 0) {
    precondition(column >= 0 && column < width && bounds.count >= count * (width + 1))
    self.bytes = bytes
    self.bounds = bounds
    self.count = count
    first = column
    stride = width + 1
    self.quote = quote
  }

  /// The field of a record, without the blanks around it.
  public subscript(record: Int) -> Span<UInt8> {
    @_lifetime(copy self) @inline(__always)
    get {
      let (start, end) = delivered(record)
      let field = Self.trimmed(bytes.extracting(unchecked: start..<end))
      // Never so where nothing stands around fields: the first byte is above a blank.
      if field.count > 1 && field[unchecked: 0] == quote {
        return Self.trimmed(field.extracting(unchecked: 1..<field.count &- 1))
      }
      return field
    }
  }

  /// Where the field of a record lies, with whatever stands around it.
  @inline(__always)
  private func delivered(_ record: Int) -> (start: Int, end: Int) {
    // With this and what `init` checks, both bounds are there. What they say is checked before a byte is read.
    precondition(record >= 0 && record < count)
    let at = first &+ record &* stride
    let start = Int(bounds[unchecked: at]) &+ 1
    let end = Int(bounds[unchecked: at &+ 1])
    precondition(start >= 0 && start <= end && end <= bytes.count)
    return (start, end)
  }

  /// How many bytes the fields of the column have at most, with all that stands between them.
  var byteCount: Int {
    count == 0 ? 0 : delivered(count - 1).end - delivered(0).start
  }

  @_lifetime(copy field)
  @inline(__always)
  private static func trimmed(_ field: Span<UInt8>) -> Span<UInt8> {
    var low = 0
    var high = field.count
    while low < high && field[unchecked: low] <= 0x20 { low &+= 1 }
    while low < high && field[unchecked: high &- 1] <= 0x20 { high &-= 1 }
    return field.extracting(unchecked: low..<high)
  }
}

/// A field of one to sixteen bytes as two words, the first byte lowest, padded with zeros. Nearly all fields are so short:
/// they are taken out of the text by two loads, without a loop or a branch on their length.
struct ShortField {
  let word: UInt64
  /// The bytes behind the first eight.
  let rest: UInt64
  let count: Int
}

extension FieldColumn {
  /// The field of a record if it has one to sixteen bytes and no blanks around it; else nil, which says nothing of it.
  @inline(__always)
  func short(_ record: Int) -> ShortField? {
    var (start, end) = delivered(record)
    // Sixteen bytes are only loaded where at least as many are left, also behind a quote.
    if start &+ 17 > bytes.count || start == end { return nil }
    var head = bytes[unchecked: start]
    if head == quote && quote > 0 {
      start &+= 1
      end &-= 1
      head = bytes[unchecked: start]
    }
    let count = end &- start
    if count < 1 || count > 16 || head <= 0x20 || bytes[unchecked: end &- 1] <= 0x20 { return nil }
    let raw = bytes.bytes
    var word = raw.unsafeLoadUnaligned(fromUncheckedByteOffset: start, as: UInt64.self)
    var rest: UInt64 = 0
    if count > 8 {
      rest = raw.unsafeLoadUnaligned(fromUncheckedByteOffset: start &+ 8, as: UInt64.self)
      rest &= UInt64.max &>> UInt64(truncatingIfNeeded: 128 &- 8 &* count)
    } else {
      word &= UInt64.max &>> UInt64(truncatingIfNeeded: 64 &- 8 &* count)
    }
    return ShortField(word: word, rest: rest, count: count)
  }
}
