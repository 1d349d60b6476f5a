/// Until when the claims of a party are complete, and how that is known.
public struct RunOutAccount: Codable, Sendable, Equatable {
  /// How it is known.
  public enum Method: String, Codable, Sendable {
    /// From when lines were delivered first.
    case estimated
    /// As the pipeline declares it.
    case declared
  }
  /// How it is known.
  public var method: Method
  /// Whole months after a month of care before its claims are complete.
  public var months: Int
  /// Why it was not estimated; empty when it was.
  public var reason: String
  /// The last day of which claims are complete, as `yyyy-MM-dd`.
  public var completeThrough: String
  /// Share of the euros of a month that has come in after 0, 1, 2, … whole months; empty when it was not estimated.
  public var completion: [Double]

  /// An account.
  public init(method: Method, months: Int, reason: String, completeThrough: String, completion: [Double]) {
    self.method = method
    self.months = months
    self.reason = reason
    self.completeThrough = completeThrough
    self.completion = completion
  }
}
