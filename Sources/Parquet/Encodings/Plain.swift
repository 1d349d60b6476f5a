import Columns

/// A value of fixed size, and how it lies in a page of the PLAIN encoding.
protocol PlainValue: BitwiseCopyable, Comparable, Sendable {
  /// The value that stands for "not known".
  static var missing: Self { get }
  var isMissing: Bool { get }
  /// Values between which all others lie; the first is above the second, so that they can start a search.
  static var extremes: (above: Self, below: Self) { get }
  /// The same bytes as in a page, least significant byte of a number first. Its own inverse.
  var swapped: Self { get }
  /// Whether `swapped` does nothing, so that values can be copied as they lie in memory.
  static var isMemoryOrder: Bool { get }
}

extension PlainValue {
  static var isMemoryOrder: Bool { true }
  var swapped: Self { self }
}

extension Int32: PlainValue {
  static var missing: Int32 { Missing.int32 }
  var isMissing: Bool { self == Missing.int32 }
  static var extremes: (above: Int32, below: Int32) { (.max, .min) }
}

extension Int64: PlainValue {
  static var missing: Int64 { Missing.int64 }
  var isMissing: Bool { self == Missing.int64 }
  static var extremes: (above: Int64, below: Int64) { (.max, .min) }
}

extension Double: PlainValue {
  static var missing: Double { Missing.decimal }
  var isMissing: Bool { isNaN }
  static var extremes: (above: Double, below: Double) { (.infinity, -.infinity) }
}

extension Identifier: PlainValue {
  static var extremes: (above: Identifier, below: Identifier) {
    (Identifier(high: .max, low: .max), Identifier(high: 0, low: 0))
  }
  static var isMemoryOrder: Bool { false }
  var swapped: Identifier { Identifier(high: high.byteSwapped, low: low.byteSwapped) }
}

/// Pages of the PLAIN encoding: values back to back.
enum Plain {
  /// Adds `count` values from a page.
  @inline(__always)
  static func append<Value: PlainValue>(
    _ count: Int, from body: RawSpan, in range: Range<Int>, to values: inout [Value]
  ) throws(Flaw) {
    guard range.count / MemoryLayout<Value>.stride >= count else {
      throw Flaw("a page ends before its last value; the file is damaged")
    }
    if Value.isMemoryOrder { return values.append(count, from: body, at: range.lowerBound) }
    let start = values.count
    values.append(count, from: body, at: range.lowerBound)
    var span = values.mutableSpan
    for row in start..<(start + count) { span[row] = span[row].swapped }
  }

  /// Adds `count` truth values from a page, eight to the byte.
  static func append(
    flags count: Int, from body: RawSpan, in range: Range<Int>, to values: inout [UInt8]
  ) throws(Flaw) {
    guard range.count >= (count + 7) / 8 else {
      throw Flaw("a page ends before its last value; the file is damaged")
    }
    values.append(addingCapacity: count) { (output: inout OutputSpan<UInt8>) in
      for row in 0..<count {
        let byte = body.unsafeLoad(fromByteOffset: range.lowerBound + row >> 3, as: UInt8.self)
        output.append(byte >> UInt8(row & 7) & 1)
      }
    }
  }
}
