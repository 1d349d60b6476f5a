import Crypto
public import Foundation
import Glibc

/// SHA-256 of files and texts, for ids that come from content.
public enum ContentDigest {
  /// Of a text.
  public static func of(_ text: String) -> String { hexadecimal(SHA256.hash(data: Data(text.utf8))) }

  /// Of bytes.
  public static func of(bytes: [UInt8]) -> String { hexadecimal(SHA256.hash(data: bytes)) }

  /// Of a file, read in blocks.
  public static func of(file: URL) throws(Problem) -> String {
    let hasher = FileHasher(file)
    while try hasher.readBlock() {}
    return hasher.digest
  }

  fileprivate static func hexadecimal(_ digest: SHA256.Digest) -> String {
    digest.map { $0 < 16 ? "0" + String($0, radix: 16) : String($0, radix: 16) }.joined()
  }
}

/// Finds the SHA-256 of a file a block at a time, between other work.
public final class FileHasher {
  private let file: URL
  private var descriptor: Int32 = -1
  private var hash = SHA256()
  private var isAtEnd = false
  /// Small enough to stay in the processor's cache between reading and hashing.
  private var block = [UInt8](repeating: 0, count: 256 << 10)

  /// A hasher of a file, which is opened with the first block.
  public init(_ file: URL) { self.file = file }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Takes the next block into account; false when there is none.
  ///
  /// - Throws: when the file cannot be read.
  public func readBlock() throws(Problem) -> Bool {
    if isAtEnd { return false }
    if descriptor < 0 { descriptor = open(file.path, O_RDONLY | O_CLOEXEC) }
    let count = block.withUnsafeMutableBytes { buffer in
      var count = -1
      repeat { count = read(descriptor, buffer.baseAddress, buffer.count) } while count < 0 && errno == EINTR
      if count > 0 { hash.update(bufferPointer: UnsafeRawBufferPointer(rebasing: buffer[..<count])) }
      return count
    }
    if count < 0 {
      throw Problem(.cannotRead, at: file.path, "cannot be read", remedy: "Check that the file exists and is readable.")
    }
    isAtEnd = count == 0
    return count > 0
  }

  /// The digest of all blocks so far.
  public var digest: String { ContentDigest.hexadecimal(hash.finalize()) }
}
