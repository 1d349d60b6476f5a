import Columns

/// The values seen so far, for each field and each depth at which an element may be that the field starts from.
///
/// A slot is emptied when an element opens at its depth. The memory of a slot is kept for the next value.
@safe
struct XMLSlots: ~Copyable {
  @unsafe private struct Slot {
    var start: UnsafeMutablePointer<UInt8>?
    var capacity = 0
    var count = 0
    var isSet = false
  }

  private let slots: UnsafeMutablePointer<Slot>
  private let fieldCount: Int
  private let depthCount: Int

  init(fieldCount: Int, depthCount: Int) {
    self.fieldCount = fieldCount
    self.depthCount = depthCount
    unsafe slots = .allocate(capacity: fieldCount * depthCount)
    unsafe slots.initialize(repeating: Slot(), count: fieldCount * depthCount)
  }

  deinit {
    for i in 0..<fieldCount * depthCount { unsafe slots[i].start?.deallocate() }
    unsafe slots.deallocate()
  }

  /// The slots of a depth lie side by side.
  @inline(__always)
  func index(_ field: Int, _ depth: Int) -> Int {
    precondition(field >= 0 && field < fieldCount && depth >= 0 && depth < depthCount)
    return depth &* fieldCount &+ field
  }

  @inline(__always)
  mutating func empty(depth: Int) {
    let first = index(0, depth)
    for i in first..<first &+ fieldCount {
      unsafe slots[i].isSet = false
      unsafe slots[i].count = 0
    }
  }

  /// Marks a slot as having its value; false when it has one already.
  @inline(__always)
  mutating func claim(_ slot: Int) -> Bool {
    check(slot)
    if unsafe slots[slot].isSet { return false }
    unsafe slots[slot].isSet = true
    return true
  }

  /// Adds to a value; false when it becomes larger than `limit`.
  @inline(__always)
  mutating func append(_ bytes: UnsafeRawBufferPointer, to slot: Int, limit: Int) -> Bool {
    check(slot)
    let count = unsafe slots[slot].count &+ bytes.count
    if count > limit { return false }
    if unsafe count > slots[slot].capacity { grow(slot, to: count) }
    guard let from = bytes.baseAddress, let start = unsafe slots[slot].start else { return true }
    unsafe copyField(from, UnsafeMutableRawPointer(start + slots[slot].count), bytes.count)
    unsafe slots[slot].count = count
    return true
  }

  /// Adds the value of a slot, or an empty field, to a record.
  @inline(__always)
  func append(_ slot: Int, to records: inout RecordBuffer) {
    check(slot)
    unsafe records.append(UnsafeRawBufferPointer(start: slots[slot].start, count: slots[slot].count))
  }

  @inline(__always)
  private func check(_ slot: Int) { precondition(slot >= 0 && slot < fieldCount &* depthCount) }

  @inline(never)
  private mutating func grow(_ i: Int, to needed: Int) {
    let capacity = unsafe max(needed, slots[i].capacity * 2, 32)
    let memory = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
    if let start = unsafe slots[i].start {
      unsafe memory.update(from: start, count: slots[i].count)
      unsafe start.deallocate()
    }
    unsafe slots[i].start = memory
    unsafe slots[i].capacity = capacity
  }
}
