/// Text in the making, as bytes: a field is appended without ever becoming a string.
struct ByteText {
  private(set) var bytes: [UInt8] = []

  init(capacity: Int = 0) { bytes.reserveCapacity(capacity) }

  var count: Int { bytes.count }

  mutating func append(_ text: [UInt8]) { bytes.append(contentsOf: text) }
  mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }
  mutating func append(_ text: ArraySlice<UInt8>) { bytes.append(contentsOf: text) }
  mutating func append(_ byte: UInt8) { bytes.append(byte) }

  mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }
  mutating func truncate(to count: Int) { bytes.removeLast(bytes.count - count) }

  /// A whole number with at least `digits` digits.
  mutating func append(_ value: Int, digits: Int = 1) {
    if value < 0 {
      bytes.append(UInt8(ascii: "-"))
      append(-value, digits: digits)
      return
    }
    let first = bytes.count
    var left = value
    var written = 0
    while left > 0 || written < digits {
      bytes.append(UInt8(ascii: "0") + UInt8(left % 10))
      left /= 10
      written += 1
    }
    var low = first
    var high = bytes.count - 1
    while low < high {
      bytes.swapAt(low, high)
      low += 1
      high -= 1
    }
  }

  /// Euros with two decimals.
  mutating func append(cents: Int, point: UInt8) {
    if cents < 0 { bytes.append(UInt8(ascii: "-")) }
    let size = abs(cents)
    append(size / 100)
    bytes.append(point)
    append(size % 100, digits: 2)
  }

  /// A date as 2016-07-01.
  mutating func append(iso day: CalendarDay) {
    let parts = day.parts
    append(parts.year, digits: 4)
    bytes.append(UInt8(ascii: "-"))
    append(parts.month, digits: 2)
    bytes.append(UInt8(ascii: "-"))
    append(parts.day, digits: 2)
  }

  /// A date as 01-07-2016.
  mutating func append(dutch day: CalendarDay) {
    let parts = day.parts
    append(parts.day, digits: 2)
    bytes.append(UInt8(ascii: "-"))
    append(parts.month, digits: 2)
    bytes.append(UInt8(ascii: "-"))
    append(parts.year, digits: 4)
  }

  /// A date as 01-07-2016, or nothing.
  mutating func append(dutch day: CalendarDay?) {
    if let day { append(dutch: day) }
  }
}

/// The bytes of a text in Windows-1252. A character outside it becomes a question mark.
func windows1252(_ text: String) -> [UInt8] {
  text.unicodeScalars.map { scalar in
    switch scalar.value {
    case 0..<0x80, 0xA0...0xFF: UInt8(scalar.value)
    case 0x20AC: 0x80
    case 0x2026: 0x85
    case 0x2018: 0x91
    case 0x2019: 0x92
    case 0x2013: 0x96
    default: UInt8(ascii: "?")
    }
  }
}
