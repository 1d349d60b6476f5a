public import Foundation
import Crypto

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
  private var handle: FileHandle?
  private var hash = SHA256()
  private var isAtEnd = false

  /// A hasher of a file, which is opened with the first block.
  public init(_ file: URL) { self.file = file }

  deinit { try? handle?.close() }

  /// Takes the next block into account; false when there is none.
  ///
  /// - Throws: when the file cannot be read.
  public func readBlock() throws(Problem) -> Bool {
    if isAtEnd { return false }
    do {
      let handle = try self.handle ?? FileHandle(forReadingFrom: file)
      self.handle = handle
      guard let block = try handle.read(upToCount: 1 << 20), !block.isEmpty else {
        isAtEnd = true
        return false
      }
      hash.update(data: block)
      return true
    } catch {
      throw Problem(.cannotRead, at: file.path, "cannot be read", remedy: "Check that the file exists and is readable.")
    }
  }

  /// The digest of all blocks so far.
  public var digest: String { ContentDigest.hexadecimal(hash.finalize()) }
}
