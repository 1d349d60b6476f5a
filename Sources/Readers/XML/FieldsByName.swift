/// Which fields can end in an element, by the element's name.
@safe
struct FieldsByName: ~Copyable {
  struct Slot {
    var name = InternedName.none
    var first = 0
    var count = 0
  }

  /// Numbers of fields: first those that end in an element of any name, then those of each name.
  let fields: FixedMemory<Int>
  /// Where in `fields` those are that end in an element of any name.
  let ofAnyName: Range<Int>
  private let slots: FixedMemory<Slot>
  private let bits: Int

  /// - Parameter lastNames: per field the name that its path ends in; nil where it names no element.
  init(lastNames: [InternedName?]) {
    var bits = 4
    while 1 << bits < lastNames.count * 4 { bits += 1 }
    self.bits = bits
    var slots = Array(repeating: Slot(), count: 1 << bits)
    var fields = lastNames.indices.filter { lastNames[$0] == nil }
    ofAnyName = 0..<fields.count
    for (number, name) in lastNames.enumerated() {
      guard let name, lastNames.firstIndex(of: name) == number else { continue }
      let more = lastNames.indices.filter { lastNames[$0] == name }
      var slot = name.hash(bits: bits)
      while slots[slot].count > 0 { slot = (slot + 1) & (1 << bits - 1) }
      slots[slot] = Slot(name: name, first: fields.count, count: more.count)
      fields += more
    }
    self.fields = FixedMemory(fields)
    self.slots = FixedMemory(slots)
  }

  /// Where in `fields` those of a name are.
  @inline(__always)
  subscript(name: InternedName) -> Range<Int> {
    var slot = name.hash(bits: bits)
    while slots[slot].count > 0 {
      if slots[slot].name == name { return slots[slot].first..<slots[slot].first &+ slots[slot].count }
      slot = (slot &+ 1) & (1 &<< bits &- 1)
    }
    return 0..<0
  }
}
