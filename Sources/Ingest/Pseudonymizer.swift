import Columns
import Crypto
import Foundation

/// Turns citizen numbers into pseudonyms: the first sixteen bytes of HMAC-SHA-256 over `spiegel:v1:<domain>:<number>`.
///
/// The domain is the pipeline, so that persons cannot be linked between pipelines. The number has nine digits, with leading
/// zeros. One value serves one thread; its cache is of fixed size and has no influence on results.
///
/// HMAC is SHA-256 twice (RFC 2104). Its two inner states with the key are made once and copied per number, which takes a
/// third of the time of the library's HMAC; a test holds both equal.
struct Pseudonymizer {
  private let inner: SHA256
  private let outer: SHA256
  private var cache: [(number: Int32, pseudonym: Identifier)]
  private var digits: [UInt8] = Array(repeating: 0x30, count: 9)
  private static let cacheBits = 12

  init(_ key: PseudonymKey, domain: String) {
    var block = key.key.withUnsafeBytes { Array($0) }
    if block.count > 64 { block = Array(SHA256.hash(data: block)) }
    block += Array(repeating: 0, count: 64 - block.count)
    var inner = SHA256()
    inner.update(data: block.map { $0 ^ 0x36 })
    inner.update(data: Array("spiegel:v1:\(domain):".utf8))
    var outer = SHA256()
    outer.update(data: block.map { $0 ^ 0x5C })
    self.inner = inner
    self.outer = outer
    cache = Array(repeating: (-1, .missing), count: 1 << Self.cacheBits)
  }

  /// The pseudonym of a citizen number.
  mutating func pseudonym(ofNumber number: Int32) -> Identifier {
    let slot = Int((UInt32(bitPattern: number) &* 0x9E37_79B1) &>> UInt32(32 - Self.cacheBits))
    if cache[slot].number == number { return cache[slot].pseudonym }
    var rest = number
    for i in stride(from: 8, through: 0, by: -1) {
      digits[i] = UInt8(truncatingIfNeeded: 0x30 &+ rest % 10)
      rest /= 10
    }
    let pseudonym = digits.withUnsafeBytes { authenticated($0) }
    cache[slot] = (number, pseudonym)
    return pseudonym
  }

  /// The pseudonym of any other identifier.
  func pseudonym(of text: some Sequence<UInt8>) -> Identifier { Array(text).withUnsafeBytes { authenticated($0) } }

  private func authenticated(_ message: UnsafeRawBufferPointer) -> Identifier {
    var hash = inner
    hash.update(bufferPointer: message)
    var second = outer
    hash.finalize().withUnsafeBytes { second.update(bufferPointer: $0) }
    return second.finalize().withUnsafeBytes { bytes in
      Identifier(
        high: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 0, as: UInt64.self)),
        low: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)))
    }
  }
}

/// Whether a number passes the check of Dutch citizen numbers ("11-proef", regulation BWBR0037132):
/// 9a + 8b + 7c + 6d + 5e + 4f + 3g + 2h − i is a multiple of 11, and the first three digits are not all zero.
func isCitizenNumber(_ number: Int32) -> Bool {
  if number < 1_000_000 || number > 999_999_999 { return false }
  var rest = number
  var sum = -(rest % 10)
  rest /= 10
  var weight: Int32 = 2
  while weight <= 9 {
    sum += weight * (rest % 10)
    rest /= 10
    weight += 1
  }
  return sum % 11 == 0
}
