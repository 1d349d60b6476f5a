/// The physical lines of a file, with their ends and as they are; UTF-16 as UTF-8.
public struct LineReader: ~Copyable {
  /// Longest line, in bytes.
  public static var maximumLineBytes: Int { 64 << 20 }

  private var file: InputFile
  private var pending: [UInt8] = []
  private var position = 0
  private var end: UInt8 = 0x0A

  /// Opens a file.
  ///
  /// - Throws: `cannotOpen`, `cannotRead`, or what is wrong with a compressed file.
  public init(path: String, isUTF16: Bool = false) throws(ReadError) {
    var file = try InputFile(path: path, isUTF16: isUTF16)
    try file.fill(&pending, to: FileHead.maximumBytes)
    if pending.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    if !pending.contains(0x0A) && pending.contains(0x0D) { end = 0x0D }
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
