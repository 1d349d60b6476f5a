/// A small table in a pipeline: fields between semicolons, a header, lines that start with `#` left out. A field may
/// stand between double quotes.
struct DefinitionTable {
  /// A line.
  struct Row {
    /// Line in the file, from 1.
    let line: Int
    /// Fields, as many as the header has.
    let fields: [String]
  }
  let path: String
  /// The header that the table has, of those that it may have.
  let header: [String]
  let rows: [Row]
  private let problems: Problems

  /// Reads a table with exactly this header; nil, with an error, when it has another.
  init?(_ path: String, header: [String], in folder: DefinitionFolder) {
    self.init(path, headers: [header], in: folder)
  }

  /// Reads a table with exactly one of these headers; nil, with an error, when it has another.
  init?(_ path: String, headers: [[String]], in folder: DefinitionFolder) {
    guard let text = folder.text(path) else { return nil }
    self.path = path
    problems = folder.problems
    var rows: [Row] = []
    var isHeaderSeen = false
    var header: [String] = []
    let wanted = headers.map { $0.joined(separator: ";") }.joined(separator: " or ")
    let lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
    for (index, line) in lines.enumerated() where !line.isEmpty && !line.hasPrefix("#") {
      let fields = Self.fields(line)
      if !isHeaderSeen {
        isHeaderSeen = true
        guard headers.contains(fields) else {
          problems.add(
            path, line: index + 1, column: 1,
            Wording.expected("the header \(wanted)", found: "\"\(line)\""))
          return nil
        }
        header = fields
      } else if fields.count == header.count {
        rows.append(Row(line: index + 1, fields: fields))
      } else {
        problems.add(
          path, line: index + 1, column: 1,
          Wording.expected("\(header.count) fields between semicolons", found: "\(fields.count)"))
      }
    }
    if !isHeaderSeen {
      problems.add(path, Wording.expected("the header \(wanted)", found: "an empty file"))
      return nil
    }
    self.header = header
    self.rows = rows
  }

  /// Says that something is wrong in a line.
  func complain(_ row: Row, _ message: String) { problems.add(path, line: row.line, column: 1, message) }

  private static func fields(_ line: Substring) -> [String] {
    var fields: [String] = []
    var field = ""
    var isQuoted = false
    for character in line {
      switch character {
      case "\"": isQuoted.toggle()
      case ";" where !isQuoted:
        fields.append(field)
        field = ""
      default: field.append(character)
      }
    }
    return fields + [field]
  }
}
