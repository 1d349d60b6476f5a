import Columns

/// Reads a Parquet file: those that `ParquetWriter` writes, and flat tables of other programs when they are compressed
/// by zstd or not at all and encoded as PLAIN or with a dictionary.
///
/// The file stays open as long as a copy of the reader exists. Row groups can be read by several threads at once.
public struct ParquetReader: Sendable {
  /// The columns. Text is of type code when the file says so, or else when all its values are in dictionaries.
  public let columns: [ColumnSpec]
  /// Keys and values that were kept in the file.
  public let metadata: [(key: String, value: String)]
  /// Number of rows of each row group.
  public let rowGroups: [Int]

  private let path: String
  private let file: InputFile
  /// By row group and column. Thousands of files may be open, so no more of their footers is kept.
  private let chunks: [[ChunkPlace]]
  private let indices: [String: Int]

  /// Number of rows.
  public var rows: Int { rowGroups.reduce(0, +) }

  /// Opens a file and reads its footer.
  ///
  /// - Throws: When it is not there, not a Parquet file, damaged, or has columns of a type that cannot be read.
  public init(path: String) throws(ParquetError) {
    self.path = path
    do throws(Flaw) {
      file = try InputFile(opening: path)
      let footer = try Self.footer(file)
      let columns = try Self.columns(footer)
      try Self.check(footer, file.size, columns)
      var indices: [String: Int] = [:]
      for (index, column) in columns.enumerated() {
        if indices.updateValue(index, forKey: column.name) != nil {
          throw Flaw("column \(column.name) occurs twice; rename one")
        }
      }
      self.columns = columns
      self.indices = indices
      chunks = footer.groups.map { $0.chunks.map(ChunkPlace.init) }
      rowGroups = footer.groups.map(\.rows)
      metadata = footer.pairs.filter { $0.key != ParquetSchema.metadataKey }
    } catch { throw error.at(path) }
  }

  /// Reads a row group.
  ///
  /// - Parameters:
  ///   - group: Its number, from 0.
  ///   - names: The columns that are wanted, in that order; nil is all.
  ///   - mayBeText: Code columns that may come as text: they do where the file has no dictionary of all their values.
  /// - Throws: When there is no such group or column, or the file is damaged.
  public func read(
    group: Int, columns names: [String]? = nil, mayBeText: Set<String> = []
  ) throws(ParquetError) -> [Column] {
    do throws(Flaw) {
      guard chunks.indices.contains(group) else {
        throw Flaw("has \(chunks.count) row groups, so there is none with number \(group)")
      }
      var result: [Column] = []
      let decompressor = Decompressor()
      for name in names ?? columns.map(\.name) {
        guard let index = indices[name] else {
          throw Flaw("has no column \(name); it has \(columns.map(\.name).joined(separator: ", "))")
        }
        do throws(Flaw) {
          let chunk = chunks[group][index]
          let isText = columns[index].type == .code && !chunk.isDictionaryOnly && mayBeText.contains(name)
          let type = isText ? .text : columns[index].type
          result.append(try read(chunk, type, rows: rowGroups[group], columns[index].isNullable, decompressor))
        } catch { throw Flaw("column \(name) in row group \(group): \(error.reason)") }
      }
      return result
    } catch { throw error.at(path) }
  }

  private func read(
    _ chunk: ChunkPlace, _ type: ColumnType, rows: Int, _ isNullable: Bool, _ decompressor: Decompressor
  ) throws(Flaw) -> Column {
    if rows == 0 { return Column(type) }
    let bytes = try file.read(chunk.start..<(chunk.start + chunk.size), padding: RunLength.padding)
    var pages = try PageReader(bytes, codec: chunk.codec, rows: rows, isNullable: isNullable, decompressor)
    return try ChunkReader.read(type, rows: rows, &pages)
  }

  // MARK: Footer

  private static func footer(_ file: InputFile) throws(Flaw) -> FileMetadata {
    let mark = Array("PAR1".utf8)
    guard file.size >= 12, try file.read(0..<4) == mark else {
      throw Flaw("is not a Parquet file, or is encrypted")
    }
    let end = try file.read((file.size - 8)..<file.size)
    guard Array(end[4...]) == mark else {
      throw Flaw("has no footer: it was not written to its end or only a part was copied; write or copy it again")
    }
    let length = end[..<4].reversed().reduce(0) { $0 << 8 | Int($1) }
    guard length <= file.size - 12 else { throw Flaw("has a footer longer than itself; the file is damaged") }
    let bytes = try file.read((file.size - 8 - length)..<(file.size - 8))
    var thrift = ThriftReader(bytes, in: 0..<bytes.count)
    return try FileMetadata(&thrift)
  }

  private static func columns(_ footer: FileMetadata) throws(Flaw) -> [ColumnSpec] {
    let declared = footer.pairs.last { $0.key == ParquetSchema.metadataKey }.map { ParquetSchema.types($0.value) }
    var columns: [ColumnSpec] = []
    for (index, element) in footer.schema.dropFirst().enumerated() {
      var type = try element.columnType()
      if type == .text {
        let chunks = footer.groups.lazy.filter { $0.rows > 0 && index < $0.chunks.count }.map { $0.chunks[index] }
        let isCode = !chunks.isEmpty && chunks.allSatisfy(\.isDictionaryOnly)
        type =
          if let wanted = declared?[element.name], wanted == .code || wanted == .text {
            wanted
          } else {
            isCode ? .code : .text
          }
      }
      columns.append(ColumnSpec(element.name, type, isNullable: element.repetition == 1))
    }
    guard let root = footer.schema.first, root.children == columns.count, !columns.isEmpty else {
      throw Flaw("has no columns or a damaged schema")
    }
    return columns
  }

  /// Checks all that `read` relies on.
  private static func check(_ footer: FileMetadata, _ size: Int, _ columns: [ColumnSpec]) throws(Flaw) {
    for (number, group) in footer.groups.enumerated() {
      guard (0...Limits.rows).contains(group.rows), group.chunks.count == columns.count else {
        throw Flaw("row group \(number) has an impossible number of rows or columns; the file is damaged")
      }
      for (chunk, element) in zip(group.chunks, footer.schema.dropFirst()) {
        if chunk.isElsewhere { throw Flaw("keeps its values in other files; write it as one file") }
        guard chunk.physical == element.physical, chunk.values == group.rows else {
          throw Flaw("column \(element.name) does not fit row group \(number); the file is damaged")
        }
        if group.rows == 0 { continue }
        guard chunk.start >= 4, chunk.compressedSize >= 0, chunk.compressedSize <= size - 8,
          chunk.start <= size - 8 - chunk.compressedSize
        else { throw Flaw("column \(element.name) in row group \(number) lies outside the file; the file is damaged") }
      }
    }
    // Cannot overflow: each group takes bytes in the footer, of which there are less than 2^32.
    let rows = footer.groups.reduce(0) { $0 + $1.rows }
    guard rows == footer.rows else {
      throw Flaw("says it has \(footer.rows) rows, but its row groups have \(rows); the file is damaged")
    }
  }
}
