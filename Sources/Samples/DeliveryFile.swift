import Foundation

/// A file in the making: written in blocks, counting records and physical lines. The last record stays in memory
/// until the next one begins, so that it can still be changed.
final class DeliveryFile {
  /// Bytes after which a block is written.
  private static let block = 1 << 18

  let name: String
  private let handle: FileHandle
  private(set) var text = ByteText(capacity: block + 4096)
  /// Data records begun so far.
  private(set) var records = 0
  /// Physical line, from 1, on which the newest record starts.
  private(set) var recordLine = 0
  private var nextLine = 1
  /// Where the newest record starts in `text`.
  private(set) var recordStart = 0
  /// Whether the newest record holds a fault.
  var isSpoiled = false

  /// Creates the file, or empties it, and writes what comes before the first record: whole lines.
  init(_ name: String, in directory: URL, head: [UInt8]) throws {
    self.name = name
    let url = directory.appending(path: name)
    try Data().write(to: url)
    handle = try FileHandle(forWritingTo: url)
    text.append(head)
    nextLine += head.count { $0 == UInt8(ascii: "\n") }
  }

  /// Starts a record and lets `body` append its bytes, line ends included. A record spans `lines` physical lines.
  func write(lines: Int = 1, _ body: (inout ByteText) -> Void) throws {
    if text.count >= Self.block { try flush() }
    recordStart = text.count
    recordLine = nextLine
    nextLine += lines
    records += 1
    isSpoiled = false
    body(&text)
  }

  /// The bytes of the newest record, line end included.
  var record: ArraySlice<UInt8> { text.bytes[recordStart...] }

  /// Puts other bytes in place of the newest record.
  func replaceRecord(by bytes: [UInt8]) {
    text.truncate(to: recordStart)
    text.append(bytes)
    isSpoiled = true
  }

  /// Writes what is left, and `tail` after it.
  func close(tail: String = "") throws {
    text.append(tail)
    try flush()
    try handle.close()
  }

  private func flush() throws {
    try handle.write(contentsOf: text.bytes)
    text.removeAll()
    recordStart = 0
  }
}
