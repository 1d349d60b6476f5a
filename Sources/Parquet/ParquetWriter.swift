import Columns

/// Writes a Parquet file, row group by row group. The same input gives the same bytes.
///
/// A file that is not finished has no footer; readers refuse it.
public final class ParquetWriter {
  /// The columns.
  public let schema: ParquetSchema

  private let path: String
  private var chunks: ChunkWriter
  private var metadata = FileMetadata()
  private enum State { case open, failed, finished }
  private var state = State.open

  private static let mark = Array("PAR1".utf8)

  /// Creates a file, or overwrites it.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - columns: Its columns.
  ///   - metadata: Keys and values to keep in the file.
  ///   - isCompressed: Whether pages are compressed: by zstd, and texts in some order by what they share. Without, files
  ///     for the next stage alone take less time.
  /// - Throws: When the file cannot be created or column names are empty, not unique or hold `,` or `:`.
  public init(
    path: String, columns: [ColumnSpec], metadata: [(key: String, value: String)] = [], isCompressed: Bool = true
  ) throws(ParquetError) {
    self.path = path
    schema = ParquetSchema(columns)
    do throws(Flaw) {
      try schema.check()
      chunks = ChunkWriter(try OutputFile(creating: path), isCompressed: isCompressed, hasBounds: false)
      try chunks.file.append(Self.mark)
    } catch { throw error.at(path) }
    self.metadata.schema = [SchemaElement(rootOf: columns.count)] + columns.map(SchemaElement.init)
    self.metadata.pairs = [(ParquetSchema.metadataKey, schema.metadataValue)] + metadata
  }

  /// Adds a row group. Groups without rows count too: groups can be found by their number.
  ///
  /// - Parameters:
  ///   - group: The values of all columns, in order. A code column may be given as text; then it has no dictionary.
  ///   - rows: Number of rows; each column must have as many.
  /// - Throws: When columns do not fit the schema, a value is missing where it may not be, or the disk is full.
  ///   After that the file cannot be finished.
  public func write(_ group: [Column], rows: Int) throws(ParquetError) {
    try write(group, 0..<rows, isAll: true)
  }

  /// Adds a row group of some of the rows of columns.
  ///
  /// - Parameters:
  ///   - group: The values of all columns, in order.
  ///   - rows: The rows; each column must have them.
  /// - Throws: As the other.
  public func write(_ group: [Column], rows: Range<Int>) throws(ParquetError) {
    try write(group, rows, isAll: false)
  }

  private func write(_ group: [Column], _ rows: Range<Int>, isAll: Bool) throws(ParquetError) {
    do throws(Flaw) {
      guard state == .open else {
        throw Flaw("is finished or failed before, so nothing can be added; write it again from its start")
      }
      state = .failed
      try Self.check(group, rows, isAll: isAll, schema)
      var written = GroupMetadata()
      written.rows = rows.count
      for (column, spec) in zip(group, schema.columns) {
        let chunk = try chunks.write(column, rows, spec)
        written.uncompressedSize += chunk.uncompressedSize
        written.chunks.append(chunk)
      }
      metadata.groups.append(written)
      metadata.rows += rows.count
      state = .open
    } catch { throw error.at(path) }
  }

  private static func check(
    _ group: [Column], _ rows: Range<Int>, isAll: Bool, _ schema: ParquetSchema
  ) throws(Flaw) {
    guard rows.count <= Limits.rows else { throw Flaw("a row group of \(rows.count) rows is too large; write several") }
    guard group.count == schema.columns.count else {
      throw Flaw("a row group has \(group.count) columns instead of \(schema.columns.count)")
    }
    for (column, spec) in zip(group, schema.columns) {
      guard column.type == spec.type || column.type == .text && spec.type == .code else {
        throw Flaw("column \(spec.name) is of type \(column.type.rawValue) instead of \(spec.type.rawValue)")
      }
      guard isAll ? column.count == rows.count : column.count >= rows.upperBound else {
        throw Flaw("column \(spec.name) has \(column.count) rows instead of \(rows.upperBound)")
      }
    }
  }

  /// Writes the footer. Without it the file cannot be read.
  ///
  /// - Parameter synchronize: Whether to wait until all is on disk.
  /// - Throws: When the disk is full or a row group failed before.
  public func finish(synchronize: Bool = false) throws(ParquetError) {
    do throws(Flaw) {
      guard state == .open else {
        throw Flaw("is finished or failed before, so it cannot be finished; write it again from its start")
      }
      state = .failed
      let footer = metadata.encoded()
      guard footer.count <= Int(Int32.max) else { throw Flaw("has too many row groups; write larger ones") }
      try chunks.file.append(footer)
      var end: [UInt8] = []
      end.append(littleEndian: UInt32(footer.count))
      try chunks.file.append(end + Self.mark)
      try chunks.file.flush()
      if synchronize { try chunks.file.synchronize() }
      state = .finished
    } catch { throw error.at(path) }
  }

  /// A small file with one row group, in memory. Its pages are not compressed, so that everything that reads Parquet reads
  /// it, and bytes hang on no version of a library.
  ///
  /// - Throws: When columns do not fit their specification. The path of the error is empty.
  public static func bytes(of group: [Column], rows: Int, columns: [ColumnSpec]) throws(ParquetError) -> [UInt8] {
    do throws(Flaw) {
      let schema = ParquetSchema(columns)
      try schema.check()
      try check(group, 0..<rows, isAll: true, schema)
      var chunks = ChunkWriter(OutputFile(), isCompressed: false, hasBounds: true)
      try chunks.file.append(mark)
      var metadata = FileMetadata()
      metadata.schema = [SchemaElement(rootOf: columns.count)] + columns.map(SchemaElement.init)
      metadata.pairs = [(ParquetSchema.metadataKey, schema.metadataValue)]
      var written = GroupMetadata()
      written.rows = rows
      for (column, spec) in zip(group, columns) {
        let chunk = try chunks.write(column, 0..<rows, spec)
        written.uncompressedSize += chunk.uncompressedSize
        written.chunks.append(chunk)
      }
      metadata.groups = [written]
      metadata.rows = rows
      let footer = metadata.encoded()
      var bytes = chunks.file.pending + footer
      bytes.append(littleEndian: UInt32(footer.count))
      return bytes + mark
    } catch { throw error.at("") }
  }
}
