/// Why a Parquet file could not be written or read.
public struct ParquetError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The file.
  public let path: String
  /// What is wrong and what can be done about it. Never holds a value of the data.
  public let reason: String

  /// An error in a file.
  public init(path: String, reason: String) {
    self.path = path
    self.reason = reason
  }

  /// Path and reason.
  public var description: String { "\(path): \(reason)" }
}

/// What is wrong with bytes or values, before it is known in which file: the public methods add the path.
struct Flaw: Error {
  let reason: String

  init(_ reason: String) { self.reason = reason }

  func at(_ path: String) -> ParquetError { ParquetError(path: path, reason: reason) }
}

/// Limits on what a file may claim, so that a damaged one cannot ask for all memory.
enum Limits {
  /// Rows in one row group, and values in one page. Other programs write a tenth of it at most.
  static let rows = 1 << 27
  /// Bytes in one page before compression.
  static let pageBytes = 1 << 30
  /// Values for which memory is set aside before any of them is read.
  static let reservedRows = 1 << 22
}
