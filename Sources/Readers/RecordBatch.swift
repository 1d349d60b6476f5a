import Columns

/// Some records of a file, seen as columns. Valid until the reader reads on.
public struct RecordBatch: ~Escapable {
  /// Number of fields of each record.
  public let width: Int
  /// Number of records.
  public let count: Int
  /// Where each record starts: its physical line, counted from 1. For XML the ordinal number of the record.
  public let lines: Span<Int32>
  private let bytes: Span<UInt8>
  private let bounds: Span<Int32>
  private let quote: UInt8

  @_lifetime(copy bytes, copy bounds, copy lines)
  init(width: Int, bytes: Span<UInt8>, bounds: Span<Int32>, lines: Span<Int32>, quote: UInt8 = 0) {
    precondition(bounds.count == lines.count * (width + 1))
    self.width = width
    self.bytes = bytes
    self.bounds = bounds
    self.lines = lines
    self.quote = quote
    count = lines.count
  }

  /// The fields of one column. Blanks at either end of a field are not part of it, within quotes neither.
  @_lifetime(copy self)
  public func column(_ index: Int) -> FieldColumn {
    FieldColumn(bytes: bytes, bounds: bounds, column: index, width: width, count: count, quote: quote)
  }
}
