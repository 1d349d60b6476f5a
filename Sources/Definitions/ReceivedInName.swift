public import Columns

/// The day on which a delivery was received, as its file name says it: `received: {in-name: yyyyMMdd}` of a source.
public struct ReceivedInName: Sendable, Equatable {
  /// How the day is written.
  public let format: DateFormat

  /// A day in this form.
  public init(_ format: DateFormat) { self.format = format }

  /// The first day of this form in a file name, not within a longer row of digits; nil without one.
  public func day(in name: String) -> Day? {
    let bytes = Array(name.utf8)
    let length = format.pattern.utf8.count
    guard bytes.count >= length else { return nil }
    func isDigit(_ at: Int) -> Bool { bytes.indices.contains(at) && (0x30...0x39).contains(bytes[at]) }
    for start in 0...(bytes.count - length) where !isDigit(start - 1) && !isDigit(start + length) {
      if let number = format.parse(bytes[start..<start + length].span) { return Day(number) }
    }
    return nil
  }
}
