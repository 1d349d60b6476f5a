/// Dictionary encoding: each distinct byte string gets the next code, in order of first appearance.
///
/// An open-addressing table; the strings lie back to back. A value of at most eight bytes, nearly all codes in practice, is
/// kept as a word in the table itself, so that a hit costs one multiplication and one comparison.
public struct CodeBook: Sendable {
  private struct Slot: Sendable {
    /// The bytes of a short value, the hash of a longer one.
    var key: UInt64
    /// Length of a short value, 0 for a longer one.
    var length: Int32
    var code: Int32

    static var empty: Slot { Slot(key: 0, length: 0, code: -1) }
    var hash: UInt64 { length > 0 ? CodeBook.hash(short: key, count: Int(length)) : key }
  }
  private var slots: [Slot]
  private var mask: Int
  private var bytes: [UInt8] = []
  private var ends: [Int] = []

  /// An empty book.
  public init() {
    slots = Array(repeating: .empty, count: 64)
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

  /// The number of bytes of a code.
  public func length(_ code: Int) -> Int { range(code).count }

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
    let wanted = Self.slot(span)
    var slot = Int(truncatingIfNeeded: wanted.hash) & mask
    while slots[slot].code >= 0 {
      if holds(slots[slot], wanted, span) { return slots[slot].code }
      slot = (slot &+ 1) & mask
    }
    return nil
  }

  /// The code of the bytes of a value, new or known.
  @inline(__always)
  public mutating func code(_ value: Span<UInt8>) -> Int32 {
    let wanted = Self.slot(value)
    var slot = Int(truncatingIfNeeded: wanted.hash) & mask
    while true {
      let found = slots[slot]
      if found.code < 0 { return insert(value, wanted, slot) }
      if holds(found, wanted, value) { return found.code }
      slot = (slot &+ 1) & mask
    }
  }

  /// The code of a value of one to eight bytes if it is known; nil when not all of it is ASCII.
  @inline(__always)
  func find(short word: UInt64, count: Int) -> Int32? {
    if word & 0x8080_8080_8080_8080 != 0 { return nil }
    let length = Int32(truncatingIfNeeded: count)
    var slot = Int(truncatingIfNeeded: Self.hash(short: word, count: count)) & mask
    while true {
      let found = slots[slot]
      if found.key == word && found.length == length { return found.code }
      if found.code < 0 { return nil }
      slot = (slot &+ 1) & mask
    }
  }

  /// What the slot of a value holds, but for its code.
  @inline(__always)
  private static func slot(_ value: Span<UInt8>) -> Slot {
    // An empty value is like a longer one: its length could not be told from the mark of those.
    if value.count > 0 && value.count <= 8 {
      return Slot(key: word(value), length: Int32(truncatingIfNeeded: value.count), code: -1)
    }
    return Slot(key: hash(long: value), length: 0, code: -1)
  }

  @inline(__always)
  private func holds(_ found: Slot, _ wanted: Slot, _ value: Span<UInt8>) -> Bool {
    found.key == wanted.key && found.length == wanted.length && (found.length > 0 || equals(value, found.code))
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
  private static func hash(short word: UInt64, count: Int) -> UInt64 {
    let hash = (word ^ UInt64(truncatingIfNeeded: count) &<< 56) &* 0x9E37_79B9_7F4A_7C15
    return hash ^ hash &>> 32
  }

  @inline(never)
  private static func hash(long value: Span<UInt8>) -> UInt64 {
    var hash = (word(value) ^ UInt64(truncatingIfNeeded: value.count) &<< 56) &* 0x9E37_79B9_7F4A_7C15
    var i = 8
    while i < value.count {
      hash = (hash ^ hash &>> 29 ^ word(value, from: i)) &* 0xBF58_476D_1CE4_E5B9
      i &+= 8
    }
    return hash ^ hash &>> 32
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
  private mutating func insert(_ value: Span<UInt8>, _ new: Slot, _ slot: Int) -> Int32 {
    let code = Int32(count)
    for i in value.indices { bytes.append(value[i]) }
    ends.append(bytes.count)
    slots[slot] = Slot(key: new.key, length: new.length, code: code)
    if count * 2 > mask { grow() }
    return code
  }

  private mutating func grow() {
    let old = slots
    mask = (mask + 1) * 4 - 1
    slots = Array(repeating: .empty, count: mask + 1)
    for entry in old where entry.code >= 0 {
      var slot = Int(truncatingIfNeeded: entry.hash) & mask
      while slots[slot].code >= 0 { slot = (slot + 1) & mask }
      slots[slot] = entry
    }
  }
}
