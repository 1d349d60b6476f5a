/// Numbers distinct identifiers 0, 1, 2 … in order of first appearance. An open-addressing table; the identifiers are
/// digests, so that their own bits serve as hash.
public struct IdentifierIndex: Sendable {
  private var slots: [Int32]
  private var mask: Int
  // Keeps the reads of `touch` from being left out as useless.
  private var touched: UInt64 = 0
  /// The identifiers, in order of their numbers.
  public private(set) var identifiers: [Identifier] = []

  /// An empty index with room for some identifiers.
  public init(capacity: Int = 1024) {
    var size = 1024
    while size < capacity * 2 { size *= 2 }
    slots = Array(repeating: -1, count: size)
    mask = size - 1
  }

  /// Number of distinct identifiers.
  public var count: Int { identifiers.count }

  /// The number of an identifier, new or known.
  public mutating func number(_ identifier: Identifier) -> Int {
    var slot = Int(truncatingIfNeeded: identifier.low) & mask
    while true {
      let found = slots[slot]
      if found < 0 { return insert(identifier, slot) }
      if identifiers[Int(found)] == identifier { return Int(found) }
      slot = (slot &+ 1) & mask
    }
  }

  /// The number of an identifier if it is known.
  public func find(_ identifier: Identifier) -> Int? {
    var slot = Int(truncatingIfNeeded: identifier.low) & mask
    while slots[slot] >= 0 {
      if identifiers[Int(slots[slot])] == identifier { return Int(slots[slot]) }
      slot = (slot &+ 1) & mask
    }
    return nil
  }

  /// The numbers of many identifiers, new or known.
  public mutating func numbers(_ values: [Identifier]) -> [Int32] {
    var numbers: [Int32] = []
    numbers.reserveCapacity(values.count)
    let values = values.span
    for start in stride(from: 0, to: values.count, by: Self.block) {
      let end = min(start + Self.block, values.count)
      touch(values.extracting(start..<end))
      for row in start..<end { numbers.append(Int32(truncatingIfNeeded: number(values[row]))) }
    }
    return numbers
  }

  private static var block: Int { 64 }

  /// Reads what a search for some identifiers will read first. The reads do not wait for each other, as those of a search
  /// and the next do, so that the processor fetches several at a time.
  @inline(__always)
  private mutating func touch(_ values: Span<Identifier>) {
    var seen: UInt64 = 0
    for row in values.indices {
      let found = slots[Int(truncatingIfNeeded: values[row].low) & mask]
      if found >= 0 { seen ^= identifiers[Int(found)].high }
    }
    touched = seen
  }

  @inline(never)
  private mutating func insert(_ identifier: Identifier, _ slot: Int) -> Int {
    let number = identifiers.count
    identifiers.append(identifier)
    slots[slot] = Int32(truncatingIfNeeded: number)
    if identifiers.count * 2 > mask { grow() }
    return number
  }

  private mutating func grow() {
    mask = (mask + 1) * 2 - 1
    slots = Array(repeating: -1, count: mask + 1)
    for (number, identifier) in identifiers.enumerated() {
      var slot = Int(truncatingIfNeeded: identifier.low) & mask
      while slots[slot] >= 0 { slot = (slot &+ 1) & mask }
      slots[slot] = Int32(truncatingIfNeeded: number)
    }
  }
}
