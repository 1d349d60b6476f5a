/// Something that is wrong in a definition, with its place.
public struct DefinitionError: Error, Sendable, Equatable, CustomStringConvertible {
  /// File, relative to the pipeline's folder.
  public let file: String
  /// Line, from 1; nil when the file as a whole is meant.
  public let line: Int?
  /// Column, from 1.
  public let column: Int?
  /// What is wrong, what was expected and what to do.
  public let message: String

  /// A definition error.
  public init(file: String, line: Int? = nil, column: Int? = nil, message: String) {
    self.file = file
    self.line = line
    self.column = column
    self.message = message
  }

  /// `file:line:column: message`.
  public var description: String {
    let place = [file, line.map(String.init), column.map(String.init)].compactMap(\.self).joined(separator: ":")
    return "\(place): \(message)"
  }
}

/// All that is wrong in a pipeline, found in one go.
public struct DefinitionErrors: Error, Sendable {
  /// The errors, in order of file and place.
  public let errors: [DefinitionError]

  /// Errors.
  public init(_ errors: [DefinitionError]) { self.errors = errors }
}
