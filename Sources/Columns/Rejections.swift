/// Why a field could not become a value of its column. The raw value is the stable code in quarantine files.
public enum RejectionReason: String, Sendable, CaseIterable {
  /// Not a date in a declared format, or a date that does not exist.
  case notADate = "not-a-date"
  /// Not an amount of money.
  case notAnAmount = "not-an-amount"
  /// Not a whole number.
  case notAnInteger = "not-an-integer"
  /// Not a number.
  case notANumber = "not-a-number"
  /// Not of the form that the code must have.
  case notACode = "not-a-code"
  /// Bytes that the declared encoding does not have.
  case encoding = "encoding"
}

/// A field that could not be read, by its row in the batch.
public struct Rejection: Sendable {
  /// Row in the batch.
  public let row: Int
  /// What was wrong.
  public let reason: RejectionReason

  /// A rejection.
  public init(row: Int, reason: RejectionReason) {
    self.row = row
    self.reason = reason
  }
}

/// The values of a source that mean "not known", besides an empty field.
public struct MissingTokens: Sendable {
  private let tokens: [[UInt8]]
  private let lengths: UInt64

  /// Tokens as they stand in the file, for example `*` or `n.v.t.`.
  public init(_ tokens: [String] = []) {
    self.tokens = tokens.map { Array($0.utf8) }
    lengths = self.tokens.reduce(0) { $0 | 1 << UInt64(min($1.count, 63)) }
  }

  /// Whether a field is empty or one of the tokens.
  @inline(__always)
  public func contains(_ field: Span<UInt8>) -> Bool {
    if field.isEmpty { return true }
    if lengths == 0 || lengths & 1 << UInt64(min(field.count, 63)) == 0 { return false }
    return search(field)
  }

  /// Whether a field of so many bytes may be one of the tokens.
  @inline(__always)
  func mayContain(count: Int) -> Bool { lengths & 1 &<< UInt64(truncatingIfNeeded: min(count, 63)) != 0 }

  @inline(never)
  private func search(_ field: Span<UInt8>) -> Bool {
    for token in tokens where token.count == field.count {
      var equal = true
      for i in token.indices where token[i] != field[i] {
        equal = false
        break
      }
      if equal { return true }
    }
    return false
  }
}
