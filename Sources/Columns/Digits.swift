/// The number that eight or fewer digits make, as they lie in a word, the first digit lowest; nil when one is no digit.
///
/// The digits are moved to the end of the word, so that zeros come before them, and then added up in pairs, fours and
/// eights (D. Lemire, "Quickly parsing eight digits", 2018).
@inline(__always)
func number(ofDigits word: UInt64, count: Int) -> Int64? {
  let shift = UInt64(truncatingIfNeeded: (8 &- count) &* 8)
  let digits = (word ^ 0x3030_3030_3030_3030) &<< shift
  // A byte above 9 has one of its high bits set, or gets it from the sum. A carry comes only from such a byte.
  if (digits | (digits &+ 0x0606_0606_0606_0606)) & 0xF0F0_F0F0_F0F0_F0F0 != 0 { return nil }
  let pairs = (digits &* (10 &<< 8 &+ 1)) &>> 8
  let fours = ((pairs & 0x00FF_00FF_00FF_00FF) &* (100 &<< 16 &+ 1)) &>> 16
  return Int64(truncatingIfNeeded: ((fours & 0x0000_FFFF_0000_FFFF) &* (10_000 &<< 32 &+ 1)) &>> 32)
}

/// Whether all bytes are digits.
public func areDigits(_ field: Span<UInt8>) -> Bool {
  var i = 0
  while i < field.count {
    let count = min(8, field.count &- i)
    if number(ofDigits: CodeBook.word(field, from: i), count: count) == nil { return false }
    i &+= 8
  }
  return true
}
