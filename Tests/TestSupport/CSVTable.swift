import Foundation

/// A small comma-separated file of expected figures, as columns by name. Quotes are honoured; no embedded newlines. A
/// byte order mark is left out.
public struct CSVTable: Sendable {
  /// The header.
  public let header: [String]
  /// The rows, each as long as the header.
  public let rows: [[String]]

  /// Reads a whole file.
  public init(_ url: URL, delimiter: Character = ",") throws {
    var text = String(decoding: try Data(contentsOf: url), as: UTF8.self)
    if text.hasPrefix("\u{FEFF}") { text.removeFirst() }
    let lines = text.split(whereSeparator: \.isNewline).map { Self.fields(of: String($0), delimiter) }
    header = lines.first ?? []
    rows = Array(lines.dropFirst())
  }

  /// The value of a column in a row.
  public func value(_ row: [String], _ column: String) -> String {
    guard let index = header.firstIndex(of: column), index < row.count else { return "" }
    return row[index]
  }

  private static func fields(of line: String, _ delimiter: Character) -> [String] {
    var fields: [String] = []
    var field = ""
    var quoted = false
    for character in line {
      if character == "\"" {
        quoted.toggle()
      } else if character == delimiter && !quoted {
        fields.append(field)
        field = ""
      } else {
        field.append(character)
      }
    }
    return fields + [field]
  }
}
