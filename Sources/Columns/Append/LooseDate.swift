/// Whether a byte of a pattern stands for a digit of a time.
func isOfTime(_ byte: UInt8) -> Bool {
  byte == UInt8(ascii: "H") || byte == UInt8(ascii: "m") || byte == UInt8(ascii: "s")
}

extension DateFormat {
  /// The day number of a date whose day or month may have one digit, or with a time behind it, byte by byte.
  @inline(never)
  func parseLoosely(_ field: Span<UInt8>) -> Int32? {
    // Each of the two letters that may stand for one digit may stand for another one.
    let length = pattern.utf8.count
    guard (length...length + 2).contains(field.count) else { return nil }
    var place = 0
    func digit() -> Int32? {
      guard place < field.count, field[place] &- 0x30 <= 9 else { return nil }
      place += 1
      return Int32(field[place - 1] &- 0x30)
    }
    var (years, months, days) = (Int32(0), Int32(0), Int32(0))
    let bytes = Array(pattern.utf8)
    for (i, byte) in bytes.enumerated() {
      switch byte {
      case UInt8(ascii: "y"):
        guard let next = digit() else { return nil }
        years = years * 10 + next
      case UInt8(ascii: "M"), UInt8(ascii: "d"):
        guard var next = digit() else { return nil }
        let isAlone = !(i > 0 && bytes[i - 1] == byte) && !(i + 1 < bytes.count && bytes[i + 1] == byte)
        if isAlone, let second = digit() { next = next * 10 + second }
        if byte == UInt8(ascii: "M") { months = months * 10 + next } else { days = days * 10 + next }
      case _ where isOfTime(byte):
        if digit() == nil { return nil }
      default:
        guard place < field.count, field[place] == byte else { return nil }
        place += 1
      }
    }
    return place == field.count ? Day.number(year: years, month: months, day: days) : nil
  }
}
