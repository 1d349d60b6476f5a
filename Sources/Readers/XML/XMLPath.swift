/// Where records are in an XML document: `/aanlevering/respons/antwoord`, or `//antwoord` at any depth.
///
/// Names are local names: prefixes and namespaces are not looked at.
struct XMLRecordPath {
  let names: [String]
  /// Whether the first name is that of the root element.
  let isAbsolute: Bool

  init(_ path: String) throws(ReadError) {
    isAbsolute = !path.hasPrefix("//")
    guard path.hasPrefix("/") else {
      throw ReadError(.badPath, detail: "record \"\(path)\" should begin with / or //")
    }
    names = try elementNames(path.dropFirst(isAbsolute ? 1 : 2), of: path)
    if names.isEmpty { throw ReadError(.badPath, detail: "record \"\(path)\" names no element") }
  }
}

/// Where a field is, seen from its record.
///
/// | path | value |
/// |---|---|
/// | `.` | the record's own text |
/// | `@waarde` | an attribute of the record |
/// | `patient` or `patient/naam` | text of an element below it |
/// | `patient/@bsn` | an attribute of an element below it |
/// | `../@id` | an attribute of the parent; `../../@id` of its parent |
/// | `../meetmoment` | an element below the parent that was closed before the record began |
public struct XMLField: Sendable, Hashable {
  /// Steps up from the record.
  public let ups: Int
  /// Local names of the elements to go down from there.
  public let names: [String]
  /// Local name of the attribute; nil where the text is the value.
  public let attribute: String?

  /// Parses a path.
  ///
  /// - Throws: `badPath`.
  public init(_ path: String) throws(ReadError) {
    var rest = path[...]
    var ups = 0
    while rest.hasPrefix("../") {
      ups += 1
      rest = rest.dropFirst(3)
    }
    if rest == ".." {
      ups += 1
      rest = ""
    }
    self.ups = ups
    var attribute: String?
    if let at = rest.firstIndex(of: "@") {
      guard at == rest.startIndex || rest[rest.index(before: at)] == "/" else {
        throw ReadError(.badPath, detail: "field \"\(path)\"")
      }
      attribute = String(rest[rest.index(after: at)...])
      rest = rest[..<at]
      if rest.hasSuffix("/") && rest != "/" { rest = rest.dropLast() }
      guard let attribute, isName(attribute[...]) else { throw ReadError(.badPath, detail: "field \"\(path)\"") }
    } else if path.isEmpty {
      throw ReadError(.badPath, detail: "field \"\" is empty; the record's own text is \".\"")
    }
    self.attribute = attribute
    names = rest == "." ? [] : try elementNames(rest, of: path)
  }
}

private func elementNames(_ text: Substring, of path: String) throws(ReadError) -> [String] {
  if text.isEmpty { return [] }
  let names = text.split(separator: "/", omittingEmptySubsequences: false)
  guard names.allSatisfy(isName) else { throw ReadError(.badPath, detail: "\"\(path)\" is not a path of names") }
  return names.map(String.init)
}

/// Whether a text can be a local name; what XML allows beyond that is left to libxml2.
private func isName(_ text: Substring) -> Bool {
  guard let first = text.unicodeScalars.first else { return false }
  return (first.properties.isAlphabetic || first == "_")
    && text.unicodeScalars.allSatisfy {
      $0.properties.isAlphabetic || $0.properties.numericType != nil || "_-.·".unicodeScalars.contains($0)
    }
}
