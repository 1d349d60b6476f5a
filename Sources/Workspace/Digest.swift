public import Foundation
import Crypto

/// SHA-256 of files and texts, for ids that come from content.
public enum ContentDigest {
  /// Of a text.
  public static func of(_ text: String) -> String { hexadecimal(SHA256.hash(data: Data(text.utf8))) }

  /// Of a file, read in blocks.
  public static func of(file: URL) throws(Problem) -> String {
    do {
      let handle = try FileHandle(forReadingFrom: file)
      defer { try? handle.close() }
      var hash = SHA256()
      while let block = try handle.read(upToCount: 1 << 20), !block.isEmpty { hash.update(data: block) }
      return hexadecimal(hash.finalize())
    } catch {
      throw Problem(.cannotRead, at: file.path, "cannot be read", remedy: "Check that the file exists and is readable.")
    }
  }

  private static func hexadecimal(_ digest: SHA256.Digest) -> String {
    digest.map { $0 < 16 ? "0" + String($0, radix: 16) : String($0, radix: 16) }.joined()
  }
}
