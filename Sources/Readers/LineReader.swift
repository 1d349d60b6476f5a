/// The physical lines of a file, with their ends and as they are; UTF-16 as UTF-8.
public struct LineReader: ~Copyable {
  /// Longest line, in bytes.
  public static var maximumLineBytes: Int { 64 << 20 }

  private var file: InputFile
  private var pending: [UInt8]
  private var position: Int
  private let end: UInt8

  /// Opens a file.
  ///
  /// - Throws: `cannotOpen`, `cannotRead`, or what is wrong with a compressed file.
  public init(path: String, isUTF16: Bool = false) throws(ReadError) {
    try self.init(RawFile(path: path), isUTF16: isUTF16)
  }

  init(_ raw: consuming RawFile, isUTF16: Bool) throws(ReadError) {
    var file = try InputFile(raw, isUTF16: isUTF16)
    var head: [UInt8] = []
    try file.fill(&head, to: FileHead.maximumBytes)
    position = head.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    end = !head.contains(0x0A) && head.contains(0x0D) ? 0x0D : 0x0A
    pending = head
    self.file = file
  }

  /// The next line; nil at the end of the file. The last line may be without an end.
  ///
  /// - Throws: `fieldTooLarge`, `cannotRead`.
  public mutating func next() throws(ReadError) -> [UInt8]? {
    var searched = position
    while true {
      if let found = pending.span.firstIndex(of: end, in: searched..<pending.count) {
        defer { position = found + 1 }
        return Array(pending[position...found])
      }
      if file.isAtEnd {
        defer { position = pending.count }
        return position == pending.count ? nil : Array(pending[position...])
      }
      pending.removeFirst(position)
      position = 0
      searched = pending.count
      if pending.count > Self.maximumLineBytes { throw ReadError(.fieldTooLarge) }
      try file.fill(&pending, to: max(pending.count * 2, 1 << 20))
    }
  }
}
