/// Something that stops a stage, as data. The words around it are made by the command line.
public struct Problem: Error, Sendable, CustomStringConvertible {
  /// Where it belongs among the exit codes of `sysexits.h`.
  public enum Category: Int32, Sendable {
    /// Wrong use of the command line.
    case usage = 64
    /// Data unusable, or a threshold exceeded.
    case data = 65
    /// No input.
    case noInput = 66
    /// Cannot create output.
    case cannotWrite = 73
    /// Cannot read.
    case cannotRead = 74
    /// Another run holds the workspace: try later.
    case busy = 75
    /// A definition is wrong.
    case definition = 78
  }

  /// The exit code that it leads to.
  public let category: Category
  /// File, with line and column where they are known: `claims.csv:17:9`.
  public let place: String?
  /// What is wrong, without values of persons.
  public let message: String
  /// What was expected.
  public let expected: String?
  /// What to do.
  public let remedy: String?

  /// A problem.
  public init(
    _ category: Category, at place: String? = nil, _ message: String, expected: String? = nil, remedy: String? = nil
  ) {
    self.category = category
    self.place = place
    self.message = message
    self.expected = expected
    self.remedy = remedy
  }

  /// One line: place, what is wrong, what was expected, what to do.
  public var description: String {
    var text = place.map { "\($0): " } ?? ""
    text += message
    if !text.hasSuffix(".") { text += "." }
    if let expected { text += " Expected \(expected)." }
    if let remedy { text += " \(remedy)" }
    return text
  }
}
