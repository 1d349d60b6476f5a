import CNettle
import CSHA256
import Columns
import Crypto

/// Turns citizen numbers into pseudonyms: the first sixteen bytes of HMAC-SHA-256 over `spiegel:v1:<domain>:<number>`.
///
/// The domain is the pipeline, so that persons cannot be linked between pipelines. The number has nine digits, with leading
/// zeros. One value serves one thread; its cache is of fixed size and has no influence on results.
///
/// The HMAC is that of Nettle: its state with the key is a value that is copied per number. That takes a quarter of the time
/// of swift-crypto, whose states are objects; a test holds both equal. Where the processor can, the pseudonyms of sixteen
/// numbers are made side by side (`CSHA256`), which takes less than half of that again; a test holds them equal too.
struct Pseudonymizer {
  /// The state after the key and what stands before the number.
  private let keyed: hmac_sha256_ctx
  private var cache: [(number: Int32, pseudonym: Identifier)]
  private static let cacheBits = 10
  /// The only block of the message, with zeros for the number; nil where the prefix is too long for that.
  private let block: [UInt8]?
  private let place: Int

  init(_ key: PseudonymKey, domain: String) {
    var state = hmac_sha256_ctx()
    key.key.withUnsafeBytes { bytes in
      nettle_hmac_sha256_set_key(&state, bytes.count, bytes.bindMemory(to: UInt8.self).baseAddress)
    }
    let prefix = Array("spiegel:v1:\(domain):".utf8)
    nettle_hmac_sha256_update(&state, prefix.count, prefix)
    keyed = state
    place = prefix.count
    block = Self.block(prefix)
    cache = Array(repeating: (-1, .missing), count: 1 << Self.cacheBits)
  }

  /// The pseudonym of a citizen number.
  mutating func pseudonym(ofNumber number: Int32) -> Identifier {
    let slot = Self.slot(number)
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

  private static func slot(_ number: Int32) -> Int {
    Int((UInt32(bitPattern: number) &* 0x9E37_79B1) &>> UInt32(32 - cacheBits))
  }

  /// The pseudonyms of many citizen numbers; missing for what is below zero.
  mutating func pseudonyms(of numbers: [Int32]) -> [Identifier] {
    guard let block, spiegel_has_lanes() else {
      return numbers.map { $0 < 0 ? .missing : pseudonym(ofNumber: $0) }
    }
    var result = [Identifier](repeating: .missing, count: numbers.count)
    // Rows whose pseudonym is still to be made.
    var rows = InlineArray<16, Int>(repeating: 0)
    var waiting = 0
    for row in numbers.indices {
      let number = numbers[row]
      if number < 0 { continue }
      let known = cache[Self.slot(number)]
      if known.number == number {
        result[row] = known.pseudonym
        continue
      }
      rows[waiting] = row
      waiting += 1
      if waiting == rows.count {
        make(rows, waiting, numbers, block, &result)
        waiting = 0
      }
    }
    make(rows, waiting, numbers, block, &result)
    return result
  }

  /// Makes the pseudonyms of the numbers of some rows, at most sixteen.
  private mutating func make(
    _ rows: InlineArray<16, Int>, _ count: Int, _ numbers: [Int32], _ block: [UInt8], _ result: inout [Identifier]
  ) {
    if count == 0 { return }
    var lanes = InlineArray<16, UInt32>(repeating: 0)
    for i in 0..<count { lanes[i] = UInt32(bitPattern: numbers[rows[i]]) }
    var words = InlineArray<32, UInt64>(repeating: 0)
    withUnsafeBytes(of: keyed.state.state) { inner in
      withUnsafeBytes(of: keyed.outer.state) { outer in
        lanes.span.withUnsafeBufferPointer { lanes in
          var target = words.mutableSpan
          target.withUnsafeMutableBufferPointer { words in
            spiegel_hmac_numbers(
              inner.bindMemory(to: UInt32.self).baseAddress, outer.bindMemory(to: UInt32.self).baseAddress, block,
              UInt32(place), lanes.baseAddress, words.baseAddress)
          }
        }
      }
    }
    for i in 0..<count {
      let pseudonym = Identifier(high: words[2 * i], low: words[2 * i + 1])
      result[rows[i]] = pseudonym
      cache[Self.slot(numbers[rows[i]])] = (numbers[rows[i]], pseudonym)
    }
  }

  /// A message of a prefix and nine digits as the block that SHA-256 makes of it (FIPS 180-4, section 5.1.1), behind the
  /// block of the key.
  private static func block(_ prefix: [UInt8]) -> [UInt8]? {
    let count = prefix.count + 9
    if count > 55 { return nil }
    let bits = (64 + count) * 8
    return prefix + Array(repeating: 0, count: 9) + [0x80] + Array(repeating: 0, count: 61 - count)
      + [UInt8(bits >> 8), UInt8(bits & 0xFF)]
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
