import Glibc

/// The words of the system for what went wrong last.
private func systemError() -> String { String(cString: strerror(errno)) }

/// A file that is written from begin to end, on disk or in memory.
struct OutputFile: ~Copyable {
  /// Below 0 in memory.
  private let descriptor: Int32
  /// Bytes added so far, written or not.
  private(set) var size = 0
  /// Bytes not yet written: in memory all of them.
  private(set) var pending: [UInt8] = []
  private static let bufferSize = 1 << 20
  /// Bytes that are worth a call of their own rather than to be copied behind others.
  private static let largePart = 1 << 16

  init(creating path: String) throws(Flaw) {
    descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    if descriptor < 0 { throw Flaw("cannot be created: \(systemError()). Check the folder and its permissions.") }
  }

  init() { descriptor = -1 }

  deinit { if descriptor >= 0 { close(descriptor) } }

  mutating func append(_ bytes: [UInt8]) throws(Flaw) {
    size += bytes.count
    if descriptor < 0 {
      pending += bytes
    } else if bytes.count >= Self.largePart {
      try flush()
      try write(bytes)
    } else {
      pending.append(contentsOf: bytes)
      if pending.count >= Self.bufferSize { try flush() }
    }
  }

  mutating func flush() throws(Flaw) {
    try write(pending)
    pending.removeAll(keepingCapacity: true)
  }

  func synchronize() throws(Flaw) {
    if fsync(descriptor) != 0 { throw Flaw("cannot be written to disk: \(systemError())") }
  }

  private func write(_ bytes: [UInt8]) throws(Flaw) {
    var done = 0
    while done < bytes.count {
      let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress.map { $0 + done }, $0.count - done) }
      if count < 0 && errno == EINTR { continue }
      if count <= 0 { throw Flaw("cannot be written: \(systemError()). Check the free space on the disk.") }
      done += count
    }
  }
}

/// A file of which parts are read, by any number of threads.
final class InputFile: Sendable {
  private let descriptor: Int32
  /// Size in bytes when it was opened.
  let size: Int

  init(opening path: String) throws(Flaw) {
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    if descriptor < 0 {
      size = 0
      throw Flaw("cannot be opened: \(systemError())")
    }
    var status = stat()
    if fstat(descriptor, &status) != 0 || status.st_mode & S_IFMT != S_IFREG {
      size = 0
      throw Flaw("is not a file; give the path of one Parquet file")
    }
    size = Int(status.st_size)
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// A part of the file; the range must lie within `size`.
  ///
  /// - Parameter padding: so many zeros come behind it.
  func read(_ range: Range<Int>, padding: Int = 0) throws(Flaw) -> [UInt8] {
    precondition(range.lowerBound >= 0 && range.upperBound <= size)
    var failure: String?
    let bytes = [UInt8](unsafeUninitializedCapacity: range.count + padding) { buffer, filled in
      while filled < range.count {
        let count = pread(
          descriptor, buffer.baseAddress.map { $0 + filled }, range.count - filled, range.lowerBound + filled)
        if count < 0 && errno == EINTR { continue }
        if count <= 0 {
          failure = count == 0 ? "it became shorter while it was read" : systemError()
          return
        }
        filled += count
      }
      for place in filled..<filled + padding { buffer.initializeElement(at: place, to: 0) }
      filled += padding
    }
    if let failure { throw Flaw("cannot be read: \(failure)") }
    return bytes
  }
}
