import Foundation

/// Reads JSON values, each as a tree: one document, or newline-delimited JSON with a value a line.
///
/// Foundation decodes; a value at a time is in memory. A file whose first line is a whole value is read line by line, so
/// that its size does not matter; any other file is one value.
public struct JSONTreeReader: ~Copyable {
  /// Largest value, in bytes.
  public static var maximumBytes: Int { 64 << 20 }

  private var file: InputFile
  private var pending: [UInt8] = []
  private var position = 0  // of the first pending byte that was not handed out
  private var line = 1
  private var isOneDocument = false
  private var isStarted = false

  /// Opens a file.
  ///
  /// - Throws: `cannotOpen`, or what is wrong with a compressed file.
  public init(path: String) throws(ReadError) { try self.init(RawFile(path: path)) }

  init(_ raw: consuming RawFile) throws(ReadError) { file = try InputFile(raw) }

  /// The next value and the line on which it begins; nil at the end of the file.
  ///
  /// - Throws: `malformedJSON` with line, and column where it is known; `fieldTooLarge`; `cannotRead`.
  public mutating func next() throws(ReadError) -> (value: TreeNode, line: Int)? {
    while true {
      guard var text = try nextLine() else { return nil }
      let start = line
      line += 1
      if !isStarted, text.starts(with: [0xEF, 0xBB, 0xBF]) { text.removeFirst(3) }
      if text.allSatisfy({ $0 <= 0x20 }) { continue }
      let isFirst = !isStarted
      isStarted = true
      if let value = Self.decode(text) { return (value, start) }
      if isFirst { return (try wholeDocument(from: text, line: start), start) }
      let failure = Self.failure(in: text)
      throw ReadError(.malformedJSON, line: start, column: failure.column, detail: failure.detail)
    }
  }

  /// The rest of the file as one value.
  private mutating func wholeDocument(from first: [UInt8], line start: Int) throws(ReadError) -> TreeNode {
    pending.removeFirst(position)
    position = 0
    try file.fill(&pending, to: Self.maximumBytes + 1)
    if first.count + pending.count > Self.maximumBytes { throw ReadError(.fieldTooLarge, line: start) }
    let text = first + [0x0A] + pending
    pending = []
    if let value = Self.decode(text) { return value }
    let failure = Self.failure(in: text)
    throw ReadError(
      .malformedJSON, line: failure.line.map { start + $0 - 1 } ?? start, column: failure.column,
      detail: failure.detail)
  }

  private mutating func nextLine() throws(ReadError) -> [UInt8]? {
    var searched = position
    while true {
      if let end = pending.span.firstIndex(of: 0x0A, in: searched..<pending.count) {
        defer { position = end + 1 }
        return Array(pending[position..<end])
      }
      if file.isAtEnd {
        if position == pending.count { return nil }
        defer { position = pending.count }
        return Array(pending[position...])
      }
      pending.removeFirst(position)
      position = 0
      searched = pending.count
      if pending.count > Self.maximumBytes { throw ReadError(.fieldTooLarge, line: line) }
      try file.fill(&pending, to: max(pending.count * 2, 256 << 10))
    }
  }

  private struct Failure {
    var line: Int?
    var column: Int?
    var detail: String?
  }

  private static func decode(_ text: [UInt8]) -> TreeNode? {
    guard let value = try? JSONDecoder().decode(JSONValue.self, from: Data(text)) else { return nil }
    return TreeNode("", value: value.text, children: value.children)
  }

  /// Where the text is wrong. Foundation's decoder does not say; its older parser does, in words: `… around character
  /// 19.` What those say of the text itself is not passed on.
  private static func failure(in text: [UInt8]) -> Failure {
    do {
      _ = try JSONSerialization.jsonObject(with: Data(text), options: [.fragmentsAllowed])
      return Failure()
    } catch {
      let words = "\((error as NSError).userInfo["NSDebugDescription"] ?? "")"
      let number = words.components(separatedBy: "character ").dropFirst().first?.prefix { $0.isNumber }
      guard let place = number.flatMap({ Int($0) }), place <= text.count else {
        return Failure(detail: words.contains("end of file") ? "it ends too early" : nil)
      }
      let before = text[..<place]
      let line = before.count { $0 == 0x0A } + 1
      return Failure(line: line, column: place - (before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0) + 1)
    }
  }
}

/// Any JSON value, without a name.
private struct JSONValue: Decodable {
  private(set) var text: String?
  private(set) var children: [TreeNode] = []

  private struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  init(from decoder: any Decoder) throws {
    let single = try decoder.singleValueContainer()
    if single.decodeNil() {
      return
    } else if let string = try? single.decode(String.self) {
      text = string
    } else if let object = try? decoder.container(keyedBy: Key.self) {
      for key in object.allKeys {
        if var list = try? object.nestedUnkeyedContainer(forKey: key) {
          try append(&list, named: key.stringValue)
        } else {
          append(try object.decode(JSONValue.self, forKey: key), named: key.stringValue)
        }
      }
    } else if var list = try? decoder.unkeyedContainer() {
      try append(&list, named: "")
    } else if let flag = try? single.decode(Bool.self) {
      text = flag ? "true" : "false"
    } else {
      text = "\(try single.decode(Decimal.self))"
    }
  }

  private mutating func append(_ list: inout any UnkeyedDecodingContainer, named name: String) throws {
    while !list.isAtEnd { append(try list.decode(JSONValue.self), named: name) }
  }

  private mutating func append(_ value: JSONValue, named name: String) {
    if value.text == nil && value.children.isEmpty { return }
    children.append(TreeNode(name, value: value.text, children: value.children))
  }
}
