import Columns
import Crypto
import Foundation

/// Turns citizen numbers into pseudonyms: the first sixteen bytes of HMAC-SHA-256 over `spiegel:v1:<domain>:<number>`.
///
/// The domain is the pipeline, so that persons cannot be linked between pipelines. The number has nine digits, with leading
/// zeros. One value serves one thread; its cache is of fixed size and has no influence on results.
struct Pseudonymizer {
  private let prepared: HMAC<SHA256>
  private let key: SymmetricKey
  private var cache: [(number: Int32, pseudonym: Identifier)]
  private var digits: [UInt8] = Array(repeating: 0x30, count: 9)

  init(_ key: PseudonymKey, domain: String) {
    self.key = key.key
    var hmac = HMAC<SHA256>(key: key.key)
    hmac.update(data: Array("spiegel:v1:\(domain):".utf8))
    prepared = hmac
    cache = Array(repeating: (-1, .missing), count: 1 << 16)
  }

  /// The pseudonym of a citizen number.
  mutating func pseudonym(ofNumber number: Int32) -> Identifier {
    let slot = Int((UInt32(bitPattern: number) &* 0x9E37_79B1) &>> 16)
    if cache[slot].number == number { return cache[slot].pseudonym }
    var rest = number
    for i in stride(from: 8, through: 0, by: -1) {
      digits[i] = UInt8(truncatingIfNeeded: 0x30 &+ rest % 10)
      rest /= 10
    }
    var hmac = prepared
    digits.withUnsafeBytes { hmac.update(data: $0) }
    let pseudonym = Self.identifier(hmac.finalize())
    cache[slot] = (number, pseudonym)
    return pseudonym
  }

  /// The pseudonym of any other identifier.
  func pseudonym(of text: some Sequence<UInt8>) -> Identifier {
    var hmac = prepared
    hmac.update(data: Array(text))
    return Self.identifier(hmac.finalize())
  }

  private static func identifier(_ code: HMAC<SHA256>.MAC) -> Identifier {
    code.withUnsafeBytes { bytes in
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
