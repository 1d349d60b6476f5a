import Columns
import Crypto
public import Foundation
import Glibc
public import Workspace

/// The secret with which citizen numbers become pseudonyms. It is kept in a file of its own, apart from the workspace, and
/// never on a command line.
///
/// A hash without a key is no pseudonym: all 91 million valid citizen numbers can be hashed in a minute. HMAC-SHA-256 with
/// a random key of 256 bits cannot be reversed without the key.
public struct PseudonymKey: Sendable {
  let key: SymmetricKey
  /// A name for the key that does not give it away; it stands with every pseudonym, so that keys can be changed.
  public let id: String

  /// A key of at least 32 bytes.
  public init(bytes: [UInt8]) {
    key = SymmetricKey(data: bytes)
    let digest = HMAC<SHA256>.authenticationCode(for: Data("spiegel:key-id".utf8), using: key)
    id = digest.prefix(4).map { $0 < 16 ? "0" + String($0, radix: 16) : String($0, radix: 16) }.joined()
  }

  /// Reads the key from a file of 64 hexadecimal digits that only its owner can read; makes the file when it is not there.
  ///
  /// - Returns: the key and whether it was made just now.
  public static func load(_ file: URL) throws(Problem) -> (key: PseudonymKey, isNew: Bool) {
    var status = stat()
    if stat(file.path, &status) != 0 { return (try create(file), true) }
    guard status.st_mode & 0o077 == 0 else {
      throw Problem(
        .cannotRead, at: file.path, "the key file can be read by others than its owner", expected: "mode 0600",
        remedy: "Run `chmod 600 \(file.path)`, and ask yourself who has read it.")
    }
    guard let text = try? String(contentsOf: file, encoding: .utf8),
      let bytes = bytes(hexadecimal: text.trimmingCharacters(in: .whitespacesAndNewlines)), bytes.count >= 32
    else {
      throw Problem(
        .cannotRead, at: file.path, "is not a key file", expected: "at least 64 hexadecimal digits",
        remedy: "Name the right file with --key-file; without the key of earlier runs, persons get other pseudonyms.")
    }
    return (PseudonymKey(bytes: bytes), false)
  }

  private static func create(_ file: URL) throws(Problem) -> PseudonymKey {
    try Workspace.create(file.deletingLastPathComponent())
    var random = SystemRandomNumberGenerator()
    let bytes = (0..<32).map { _ in UInt8.random(in: 0...255, using: &random) }
    let descriptor = open(file.path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw Problem(.cannotWrite, at: file.path, "the key file cannot be made: \(String(cString: strerror(errno)))")
    }
    defer { close(descriptor) }
    let text = bytes.map { $0 < 16 ? "0" + String($0, radix: 16) : String($0, radix: 16) }.joined() + "\n"
    guard text.withCString({ write(descriptor, $0, strlen($0)) }) == 65, fsync(descriptor) == 0 else {
      throw Problem(.cannotWrite, at: file.path, "the key file cannot be written")
    }
    return PseudonymKey(bytes: bytes)
  }

  private static func bytes(hexadecimal text: String) -> [UInt8]? {
    let digits = text.compactMap(\.hexDigitValue)
    guard digits.count == text.count, digits.count % 2 == 0 else { return nil }
    return stride(from: 0, to: digits.count, by: 2).map { (at: Int) in UInt8(digits[at] * 16 + digits[at + 1]) }
  }
}
