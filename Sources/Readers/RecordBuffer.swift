/// Records whose fields were copied one behind the other, with a gap of one byte between them: the layout of
/// ``Columns/FieldColumn``.
struct RecordBuffer: ~Copyable, Sendable {
  private var bytes = ByteBuffer(capacity: 1 << 18)
  private var bounds = IntBuffer(capacity: 1 << 15)
  private var lines = IntBuffer(capacity: 1 << 12)
  private var recordStart = 0

  /// Number of complete records.
  var count: Int { lines.count }
  var byteCount: Int { bytes.count }
  /// Number of fields of the record that is being built.
  var fieldCount: Int { bounds.count &- recordStart &- 1 }

  mutating func removeAll() {
    bytes.removeAll()
    bytes.append(UInt8(ascii: " "))
    bounds.count = 0
    lines.count = 0
    recordStart = 0
  }

  @inline(__always)
  mutating func beginRecord() {
    recordStart = bounds.count
    bounds.append(Int32(truncatingIfNeeded: bytes.count &- 1))
  }

  @inline(__always)
  mutating func append(_ field: UnsafeRawBufferPointer) {
    unsafe bytes.append(field)
    endField()
  }

  mutating func append(_ field: Span<UInt8>) {
    bytes.append(field)
    endField()
  }

  @inline(__always)
  private mutating func endField() {
    // Truncation cannot lose bits: a batch ends at 256 KiB and a record is below 1 GiB (checked in Dialect).
    bounds.append(Int32(truncatingIfNeeded: bytes.count))
    bytes.append(UInt8(ascii: " "))
  }

  mutating func keepRecord(line: Int) { lines.append(Int32(truncatingIfNeeded: line)) }

  mutating func dropRecord() {
    bytes.removeAll(keeping: Int(bounds[recordStart]) + 1)
    bounds.count = recordStart
  }

  /// Records from `first` on, as a batch.
  @_lifetime(borrow self)
  func batch(width: Int, from first: Int = 0, limit: Int = .max) -> RecordBatch {
    let last = first + min(count - first, limit)
    return RecordBatch(
      width: width, bytes: bytes.span,
      bounds: bounds.span.extracting(first * (width + 1)..<last * (width + 1)),
      lines: lines.span.extracting(first..<last))
  }
}
