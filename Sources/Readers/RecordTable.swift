import Columns

/// Records that were made from something else than lines, for whoever reads batches.
public struct RecordTable: ~Copyable, Sendable {
  var records = RecordBuffer()
  let width: Int

  /// A table of records with `width` fields.
  public init(width: Int) {
    precondition(width > 0)
    self.width = width
    records.removeAll()
  }

  /// Number of records.
  public var count: Int { records.count }

  /// Forgets all records.
  public mutating func removeAll() { records.removeAll() }

  /// Adds a record.
  ///
  /// - Precondition: as many fields as the table is wide.
  public mutating func append(_ fields: [[UInt8]], line: Int) {
    precondition(fields.count == width)
    records.beginRecord()
    for field in fields { records.append(field.span) }
    records.keepRecord(line: line)
  }

  /// All records.
  @_lifetime(borrow self)
  public func batch() -> RecordBatch { records.batch(width: width) }
}
