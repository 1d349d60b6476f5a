/// The bytes of one column of a batch of records, before they are parsed.
///
/// A batch lies in one byte buffer. Each record has `width + 1` bounds: the position just before its first field, then
/// the position of the byte that ends each field. Field `f` of record `r` therefore lies between bound
/// `r * (width + 1) + f`, plus one, and the bound after it:
///
///     bytes    ; D 0 1 ; 1 ; 1 2 , 5 0 \n
///     bounds   ^       ^   ^           ^
///
/// The layout is the same for text that was cut in place and for fields that a library copied.
public struct FieldColumn: ~Escapable {
  /// The whole batch.
  public let bytes: Span<UInt8>
  /// Bounds of all fields of all records. The first may be -1: the record starts at the first byte.
  public let bounds: Span<Int32>
  /// Number of records.
  public let count: Int
  let first: Int
  let stride: Int

  /// A view on column `column` of a batch of records that have `width` fields.
  @_lifetime(copy bytes, copy bounds)
  public init(bytes: Span<UInt8>, bounds: Span<Int32>, column: Int, width: Int, count: Int) {
    precondition(column >= 0 && column < width && bounds.count >= count * (width + 1))
    self.bytes = bytes
    self.bounds = bounds
    self.count = count
    first = column
    stride = width + 1
  }

  /// The field of a record, without the blanks around it.
  public subscript(record: Int) -> Span<UInt8> {
    @_lifetime(copy self) @inline(__always)
    get {
      let at = first &+ record &* stride
      var start = Int(bounds[at]) &+ 1
      var end = Int(bounds[at &+ 1])
      while start < end && bytes[start] <= 0x20 { start &+= 1 }
      while start < end && bytes[end &- 1] <= 0x20 { end &-= 1 }
      return bytes.extracting(start..<end)
    }
  }
}
