public import Columns

/// Copies records of fixed width without some of those of the delivery: with what lies around and within those that stay,
/// and with closing totals that are those of the copy.
public struct FixedWidthCopy {
  private struct Open {
    let tag: String
    var isWritten: Bool
  }

  private let layout: RecordLayout
  private let isWanted: (Int) -> Bool
  private var open: [Open] = []
  /// Lines around a record, to be written before the first one within them that stays.
  private var waiting: [(depth: Int, tag: String, text: [UInt8], line: Int)] = []
  private var counts: [String: Int] = [:]
  private var sums: [RecordLayout.Reference: Int64] = [:]
  /// What stands in the signs of amounts that are no credits.
  private var debit: UInt8 = UInt8(ascii: "D")
  private var text: [UInt8] = []
  private var isMessageWritten = false

  /// The copy of a file.
  ///
  /// - Parameter isWanted: whether a record of the delivery stays, by its line from 1.
  /// - Throws: `wrongStructure`; `cannotOpen`, `cannotRead`.
  public static func copy(
    path: String, layout: RecordLayout, isUTF16: Bool, where isWanted: @escaping (Int) -> Bool
  ) throws(ReadError) -> [UInt8] {
    var lines = try LineReader(path: path, isUTF16: isUTF16)
    var copy = FixedWidthCopy(layout: layout, isWanted: isWanted)
    var line = 0
    while let text = try lines.next() {
      line += 1
      if text.contains(where: { $0 > 0x20 }) { try copy.take(text, line: line) }
    }
    return copy.text
  }

  private init(layout: RecordLayout, isWanted: @escaping (Int) -> Bool) {
    self.layout = layout
    self.isWanted = isWanted
  }

  private mutating func take(_ raw: [UInt8], line: Int) throws(ReadError) {
    let tag = String(decoding: layout.slice(raw[...], layout.tag.at, layout.tag.length), as: UTF8.self)
    guard let kind = layout.kind(tag) else {
      throw ReadError(.wrongStructure, line: line, column: layout.tag.at, detail: "no kind of record of the layout")
    }
    if kind.within.isEmpty {
      (open, waiting, counts, sums, isMessageWritten) = ([], [], [:], [:], false)
    } else {
      guard let parent = open.lastIndex(where: { kind.within.contains($0.tag) }) else {
        throw ReadError(.wrongStructure, line: line, detail: "record \(tag) stands where the layout has none")
      }
      open.removeLast(open.count - parent - 1)
    }
    let depth = open.count
    // What waits behind a sibling of this record waits for nothing any more.
    waiting.removeAll { $0.depth > depth || $0.depth == depth && layout.encloses($0.tag, layout.record) }
    if tag == layout.closing {
      if isMessageWritten { try write(closing(kind, raw, line: line), kind, line: line) }
      open.append(Open(tag: tag, isWritten: isMessageWritten))
    } else if tag == layout.record {
      let isWanted = isWanted(line)
      if isWanted { try writeWaiting() }
      if isWanted { try write(raw, kind, line: line) }
      open.append(Open(tag: tag, isWritten: isWanted))
    } else if layout.encloses(tag, layout.record) {
      waiting.append((depth, tag, raw, line))
      open.append(Open(tag: tag, isWritten: false))
    } else if let parent = open.last, !parent.isWritten && layout.encloses(parent.tag, layout.record) {
      waiting.append((depth, tag, raw, line))
      open.append(Open(tag: tag, isWritten: false))
    } else {
      let isWritten = open.last?.isWritten ?? false
      if isWritten { try write(raw, kind, line: line) }
      open.append(Open(tag: tag, isWritten: isWritten))
    }
  }

  private mutating func writeWaiting() throws(ReadError) {
    for entry in waiting {
      if let kind = layout.kind(entry.tag) { try write(entry.text, kind, line: entry.line) }
    }
    waiting = []
    for i in open.indices { open[i].isWritten = true }
  }

  private mutating func write(_ raw: [UInt8], _ kind: RecordLayout.Kind, line: Int) throws(ReadError) {
    text += raw
    if raw.last != 0x0A && raw.last != 0x0D { text.append(0x0A) }
    isMessageWritten = true
    counts[kind.tag, default: 0] += 1
    for total in layout.totals {
      guard let sum = total.sum, sum.tag == kind.tag, let field = kind.field(sum.field) else { continue }
      sums[sum, default: 0] += try layout.number(field, kind, raw[...], line: line)
      if let sign = field.sign.flatMap(kind.field), let mark = layout.slice(raw[...], sign.at, sign.length).first,
        String(decoding: [mark], as: UTF8.self) != layout.credit
      {
        debit = mark
      }
    }
  }

  /// The closing record with the totals of what was written.
  private func closing(_ kind: RecordLayout.Kind, _ raw: [UInt8], line: Int) throws(ReadError) -> [UInt8] {
    var record = raw
    func put(_ bytes: [UInt8], _ field: RecordLayout.Field) throws(ReadError) {
      guard bytes.count == field.length, field.at - 1 + field.length <= record.count else {
        throw ReadError(
          .wrongStructure, line: line, column: field.at, detail: "\(field.name) has no room for its total")
      }
      record.replaceSubrange(field.at - 1..<field.at - 1 + field.length, with: bytes)
    }
    for total in layout.totals {
      guard let field = kind.field(total.field) else { continue }
      // The closing record itself counts where the layout counts it.
      let value =
        total.sum.map { sums[$0, default: 0] }
        ?? Int64(total.counts.reduce(0) { $0 + counts[$1, default: 0] + ($1 == kind.tag ? 1 : 0) })
      let digits = String(value.magnitude)
      try put(
        Array(String(repeating: "0", count: max(0, field.length - digits.count)).utf8) + Array(digits.utf8), field)
      if let sign = field.sign.flatMap(kind.field) {
        try put(value < 0 ? Array(layout.credit.utf8) : [debit], sign)
      }
    }
    return record
  }
}
