/// Numbers distinct identifiers 0, 1, 2 … in order of first appearance. An open-addressing table; the identifiers are
/// digests, so that their own bits serve as hash.
public struct IdentifierIndex: Sendable {
  private var slots: [Int32]
  private var mask: Int
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
    let values = values.span
    return [Int32](unsafeUninitializedCapacity: values.count) { numbers, count in
      for start in stride(from: 0, to: values.count, by: Self.block) {
        let block = values.extracting(start..<min(start + Self.block, values.count))
        while isFull(with: block.count) { grow() }
        let part = UnsafeMutableBufferPointer(rebasing: numbers[start..<start + block.count])
        withUnsafeTemporaryAllocation(of: Int.self, capacity: Self.block) { open in
          let count = findFirst(block, part, open: open)
          for row in open[..<count] { part[row] = Int32(truncatingIfNeeded: number(block[row])) }
        }
      }
      count = values.count
    }
  }

  private static var block: Int { 64 }

  /// Numbers those of some identifiers that are known and lie where a search for them begins; the others are still to be
  /// looked for. Nothing here waits for something else or hangs on a guess of the processor, so that it fetches from many
  /// places of the table at a time.
  ///
  /// - Parameter open: positions of the others.
  /// - Returns: how many there are.
  private func findFirst(
    _ values: Span<Identifier>, _ numbers: UnsafeMutableBufferPointer<Int32>, open: UnsafeMutableBufferPointer<Int>
  ) -> Int {
    precondition(numbers.count >= values.count && open.count >= values.count && slots.count == mask + 1)
    let (slots, known) = (slots.span, identifiers.span)
    // No index is checked: `& mask` keeps that of a slot below their number, and slots hold numbers of identifiers.
    for row in values.indices { numbers[row] = slots[unchecked: Int(truncatingIfNeeded: values[row].low) & mask] }
    var count = 0
    for row in values.indices {
      let (found, wanted) = (numbers[row], values[row])
      var difference = UInt64.max
      if !known.isEmpty {
        let identifier = known[unchecked: Int(max(0, found))]
        difference = (identifier.high ^ wanted.high) | (identifier.low ^ wanted.low)
      }
      open[count] = row
      count &+= found >= 0 && difference == 0 ? 0 : 1
    }
    return count
  }

  @inline(never)
  private mutating func insert(_ identifier: Identifier, _ slot: Int) -> Int {
    let number = identifiers.count
    identifiers.append(identifier)
    slots[slot] = Int32(truncatingIfNeeded: number)
    if isFull(with: 0) { grow() }
    return number
  }

  private func isFull(with more: Int) -> Bool { (identifiers.count + more) * 2 > mask }

  private mutating func grow() {
    mask = (mask + 1) * 4 - 1
    slots = Array(repeating: -1, count: mask + 1)
    for (number, identifier) in identifiers.enumerated() {
      var slot = Int(truncatingIfNeeded: identifier.low) & mask
      while slots[slot] >= 0 { slot = (slot &+ 1) & mask }
      slots[slot] = Int32(truncatingIfNeeded: number)
    }
  }
}
