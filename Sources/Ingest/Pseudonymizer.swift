import CNettle
import Columns
import Crypto

/// Turns citizen numbers into pseudonyms: the first sixteen bytes of HMAC-SHA-256 over `spiegel:v1:<domain>:<number>`.
///
/// The domain is the pipeline, so that persons cannot be linked between pipelines. The number has nine digits, with leading
/// zeros. One value serves one thread; its cache is of fixed size and has no influence on results.
///
/// The HMAC is that of Nettle: its state with the key is a value that is copied per number. That takes a quarter of the time
/// of swift-crypto, whose states are objects; a test holds both equal.
struct Pseudonymizer {
  /// The state after the key and what stands before the number.
  private let keyed: hmac_sha256_ctx
  private var cache: [(number: Int32, pseudonym: Identifier)]
  private static let cacheBits = 12

  init(_ key: PseudonymKey, domain: String) {
    var state = hmac_sha256_ctx()
    key.key.withUnsafeBytes { bytes in
      nettle_hmac_sha256_set_key(&state, bytes.count, bytes.bindMemory(to: UInt8.self).baseAddress)
    }
    let prefix = Array("spiegel:v1:\(domain):".utf8)
    nettle_hmac_sha256_update(&state, prefix.count, prefix)
    keyed = state
    cache = Array(repeating: (-1, .missing), count: 1 << Self.cacheBits)
  }

  /// The pseudonym of a citizen number.
  mutating func pseudonym(ofNumber number: Int32) -> Identifier {
    let slot = Int((UInt32(bitPattern: number) &* 0x9E37_79B1) &>> UInt32(32 - Self.cacheBits))
    if cache[slot].number == number { return cache[slot].pseudonym }
    var digits = InlineArray<9, UInt8>(repeating: 0x30)
    var rest = number
    for i in stride(from: 8, through: 0, by: -1) {
      digits[i] = UInt8(truncatingIfNeeded: 0x30 &+ rest % 10)
      rest /= 10
    }
    let pseudonym = digits.span.withUnsafeBytes { authenticated($0) }
    cache[slot] = (number, pseudonym)
    return pseudonym
  }

  /// The pseudonym of any other identifier.
  func pseudonym(of text: some Sequence<UInt8>) -> Identifier { Array(text).withUnsafeBytes { authenticated($0) } }

  private func authenticated(_ message: UnsafeRawBufferPointer) -> Identifier {
    // HMAC (RFC 2104): the hash of the outer key and of the hash of the inner key and the message. The states behind both
    // keys are copied, no others.
    var inner = keyed.state
    var outer = keyed.outer
    var innerDigest: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
    var digest: (UInt64, UInt64) = (0, 0)
    nettle_sha256_update(&inner, message.count, message.bindMemory(to: UInt8.self).baseAddress)
    withUnsafeMutableBytes(of: &innerDigest) { bytes in
      let start = bytes.bindMemory(to: UInt8.self).baseAddress
      nettle_sha256_digest(&inner, bytes.count, start)
      nettle_sha256_update(&outer, bytes.count, start)
    }
    withUnsafeMutableBytes(of: &digest) { bytes in
      nettle_sha256_digest(&outer, bytes.count, bytes.bindMemory(to: UInt8.self).baseAddress)
    }
    return Identifier(high: UInt64(bigEndian: digest.0), low: UInt64(bigEndian: digest.1))
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
