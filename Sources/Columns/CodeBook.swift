/// Dictionary encoding: each distinct byte string gets the next code, in order of first appearance.
///
/// An open-addressing table of hashes; the strings lie back to back. The hash of a value of at most eight bytes, nearly
/// all codes in practice, is a bijection of its bytes and length, so that a hit costs one multiplication and one
/// comparison.
public struct CodeBook: Sendable {
  private struct Slot: Sendable {
    var hash: UInt64
    var code: Int32
  }
  private var slots: [Slot]
  private var mask: Int
  private var bytes: [UInt8] = []
  private var ends: [Int] = []

  /// An empty book.
  public init() {
    slots = Array(repeating: Slot(hash: 0, code: -1), count: 64)
    mask = 63
  }

  /// A book of values; their codes are their positions, so no value may occur twice.
  public init(_ values: some Sequence<String>) {
    self.init()
    for value in values { _ = code(value) }
  }

  /// Number of distinct values.
  public var count: Int { ends.count }

  /// The value of a code.
  public subscript(code: Int) -> String { String(decoding: bytes[range(code)], as: UTF8.self) }

  /// All values, in order of their codes.
  public var values: [String] { (0..<count).map { self[$0] } }

  /// The bytes of a code.
  public func value(_ code: Int) -> ArraySlice<UInt8> { bytes[range(code)] }

  func append(_ code: Int, to text: inout TextColumn) { text.append(bytes.span.extracting(range(code))) }

  private func range(_ code: Int) -> Range<Int> { (code == 0 ? 0 : ends[code - 1])..<ends[code] }

  /// The code of a value, new or known.
  public mutating func code(_ value: String) -> Int32 {
    let utf8 = Array(value.utf8)
    return code(utf8.span)
  }

  /// The code of a value if it is known.
  public func find(_ value: String) -> Int32? {
    let utf8 = Array(value.utf8)
    let span = utf8.span
    let hash = Self.hash(span)
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots[slot].code >= 0 {
      if slots[slot].hash == hash && equals(span, slots[slot].code) { return slots[slot].code }
      slot = (slot &+ 1) & mask
    }
    return nil
  }

  /// The code of the bytes of a value, new or known.
  @inline(__always)
  public mutating func code(_ value: Span<UInt8>) -> Int32 {
    let hash = Self.hash(value)
    var slot = Int(truncatingIfNeeded: hash) & mask
    while true {
      let found = slots[slot]
      if found.code < 0 { return insert(value, hash, slot) }
      if found.hash == hash && equals(value, found.code) { return found.code }
      slot = (slot &+ 1) & mask
    }
  }

  /// Up to eight bytes as a little-endian word, padded with zeros.
  @inlinable
  @inline(__always)
  public static func word(_ value: Span<UInt8>, from start: Int = 0) -> UInt64 {
    let count = value.count &- start
    let bytes = value.bytes
    // In bounds: eight or four bytes are only loaded where at least as many are left.
    if count >= 8 { return bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: start, as: UInt64.self) }
    if count >= 4 {
      let first = bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: start, as: UInt32.self)
      let last = bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: value.count &- 4, as: UInt32.self)
      // Where both overlap they hold the same bytes in the same places.
      return UInt64(first) | UInt64(last) &<< UInt64(truncatingIfNeeded: (count &- 4) &* 8)
    }
    var word: UInt64 = 0
    var i = value.count &- 1
    while i >= start {
      word = word &<< 8 | UInt64(value[unchecked: i])
      i &-= 1
    }
    return word
  }

  @inline(__always)
  static func hash(_ value: Span<UInt8>) -> UInt64 {
    var hash = (word(value) ^ UInt64(truncatingIfNeeded: value.count) &<< 56) &* 0x9E37_79B9_7F4A_7C15
    if value.count > 8 { hash = hashRest(hash, value) }
    return hash ^ hash &>> 32
  }

  @inline(never)
  private static func hashRest(_ seed: UInt64, _ value: Span<UInt8>) -> UInt64 {
    var hash = seed
    var i = 8
    while i < value.count {
      hash = (hash ^ hash &>> 29 ^ word(value, from: i)) &* 0xBF58_476D_1CE4_E5B9
      i &+= 8
    }
    return hash
  }

  @inline(__always)
  private func equals(_ value: Span<UInt8>, _ code: Int32) -> Bool {
    let code = Int(code)
    let start = code == 0 ? 0 : ends[code &- 1]
    if ends[code] &- start != value.count { return false }
    for i in 0..<value.count where bytes[start &+ i] != value[i] { return false }
    return true
  }

  @inline(never)
  private mutating func insert(_ value: Span<UInt8>, _ hash: UInt64, _ slot: Int) -> Int32 {
    let code = Int32(count)
    for i in value.indices { bytes.append(value[i]) }
    ends.append(bytes.count)
    slots[slot] = Slot(hash: hash, code: code)
    if count * 2 > mask { grow() }
    return code
  }

  private mutating func grow() {
    let old = slots
    mask = (mask + 1) * 4 - 1
    slots = Array(repeating: Slot(hash: 0, code: -1), count: mask + 1)
    for entry in old where entry.code >= 0 {
      var slot = Int(truncatingIfNeeded: entry.hash) & mask
      while slots[slot].code >= 0 { slot = (slot + 1) & mask }
      slots[slot] = entry
    }
  }
}
