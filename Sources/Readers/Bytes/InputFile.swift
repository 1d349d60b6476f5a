import Glibc

/// A file that is read once, from front to back.
struct InputFile: ~Copyable {
  private let descriptor: Int32
  /// Whether all bytes have been read.
  private(set) var isAtEnd = false

  init(path: String) throws(ReadError) {
    descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    if descriptor < 0 { throw ReadError(.cannotOpen, detail: systemMessage()) }
    _ = posix_fadvise(descriptor, 0, 0, POSIX_FADV_SEQUENTIAL)
  }

  deinit { close(descriptor) }

  /// Reads until `bytes` holds `target` bytes or the file ends.
  mutating func fill(_ bytes: inout [UInt8], to target: Int) throws(ReadError) {
    var failure: ReadError?
    let wanted = target - bytes.count
    if wanted <= 0 || isAtEnd { return }
    let descriptor = descriptor
    var isAtEnd = false
    bytes.append(addingCapacity: wanted) { (output: inout OutputSpan<UInt8>) in
      unsafe output.withUnsafeMutableBufferPointer { buffer, count in
        let already = count
        while count - already < wanted {
          let got = unsafe read(descriptor, buffer.baseAddress.unsafelyUnwrapped + count, wanted - (count - already))
          if got < 0 && errno == EINTR { continue }
          if got < 0 { failure = ReadError(.cannotRead, detail: systemMessage()) }
          if got == 0 { isAtEnd = true }
          if got <= 0 { break }
          count += got
        }
      }
    }
    self.isAtEnd = isAtEnd
    if let failure { throw failure }
  }
}

private func systemMessage() -> String {
  guard let message = unsafe strerror(errno) else { return "error \(errno)" }
  return unsafe String(cString: message)
}
