import Columns

/// Reads records of several kinds with fields at fixed positions, a ``Columns/RecordLayout``, in constant memory.
///
/// A record of the delivery takes its fields from itself, from the records that it lies within and from those within it:
/// of these a field with a sign is the sum over them, any other that of the first one. Totals of the closing record are
/// compared with what was read; a difference is an error that says by how much.
public struct FixedWidthReader: ~Copyable {
  private var file: InputFile
  private var pending: [UInt8] = []
  private var position = 0
  private var line = 0
  private var structure: FixedWidthStructure
  private var isEnded = false

  private static var batchRecords: Int { 4096 }

  /// Opens a file.
  ///
  /// - Parameter fields: which fields each record has.
  /// - Throws: `cannotOpen`; `badPath` for a field that the layout does not have.
  public init(
    path: String, layout: RecordLayout, fields: [RecordLayout.Reference], isUTF16: Bool = false
  ) throws(ReadError) {
    try self.init(RawFile(path: path), layout: layout, fields: fields, isUTF16: isUTF16)
  }

  init(
    _ raw: consuming RawFile, layout: RecordLayout, fields: [RecordLayout.Reference], isUTF16: Bool
  ) throws(ReadError) {
    for field in fields where layout.field(field) == nil { throw ReadError(.badPath, detail: field.description) }
    if fields.isEmpty { throw ReadError(.badPath, detail: "no fields") }
    file = try InputFile(raw, isUTF16: isUTF16)
    structure = FixedWidthStructure(layout: layout, wanted: fields)
  }

  /// The next records; nil at the end of the file.
  ///
  /// - Throws: `wrongStructure` with the line, `controlTotals` with the line of the closing record; `cannotRead`.
  @_lifetime(&self)
  public mutating func next() throws(ReadError) -> RecordBatch? {
    structure.records.removeAll()
    while !isEnded && structure.records.count < Self.batchRecords {
      guard let text = try nextLine() else {
        isEnded = true
        try structure.end(line: line)
        break
      }
      line += 1
      if line == 1 && text.starts(with: [0xEF, 0xBB, 0xBF]) {
        try structure.take(text.dropFirst(3), line: line)
      } else if text.contains(where: { $0 > 0x20 }) {
        try structure.take(text, line: line)
      }
    }
    return structure.records.count == 0 ? nil : structure.records.batch()
  }

  /// The next line without its end.
  private mutating func nextLine() throws(ReadError) -> ArraySlice<UInt8>? {
    var searched = position
    while true {
      if let end = pending.span.firstIndex(of: 0x0A, in: searched..<pending.count) {
        defer { position = end + 1 }
        let isCRLF = end > position && pending[end - 1] == 0x0D
        return pending[position..<(isCRLF ? end - 1 : end)]
      }
      if file.isAtEnd {
        if position == pending.count { return nil }
        defer { position = pending.count }
        return pending[position...]
      }
      pending.removeFirst(position)
      position = 0
      searched = pending.count
      if pending.count > Dialect().maxRecordBytes {
        throw ReadError(.wrongStructure, line: line + 1, detail: "a line above 1 MiB")
      }
      try file.fill(&pending, to: pending.count + 256 << 10)
    }
  }
}

/// Where a file of fixed-width records stands: which records are open, and what was counted since the header.
struct FixedWidthStructure: ~Copyable {
  private let layout: RecordLayout
  private let places: [RecordLayout.Field]
  private let tags: [String]
  var records: RecordTable
  /// Tags of the records that are open, from the outside in.
  private var open: [String] = []
  private var row: [[UInt8]]
  private var isSet: [Bool]
  private var rowLine: Int?
  private var counts: [String: Int] = [:]
  private var sums: [RecordLayout.Reference: Int64] = [:]
  private var isClosed = true
  private var messageLine = 1

  init(layout: RecordLayout, wanted: [RecordLayout.Reference]) {
    self.layout = layout
    tags = wanted.map(\.tag)
    places = wanted.map { layout.field($0) ?? RecordLayout.Field(name: $0.field, at: 1, length: 1) }
    records = RecordTable(width: max(wanted.count, 1))
    row = wanted.map { _ in [] }
    isSet = wanted.map { _ in false }
  }

  /// Takes a record.
  mutating func take(_ text: ArraySlice<UInt8>, line: Int) throws(ReadError) {
    let tag = String(decoding: layout.slice(text, layout.tag.at, layout.tag.length), as: UTF8.self)
    guard let kind = layout.kind(tag) else {
      throw ReadError(.wrongStructure, line: line, column: layout.tag.at, detail: "no kind of record of the layout")
    }
    if let length = layout.recordLength, text.count != length {
      throw ReadError(
        .wrongStructure, line: line, detail: "record \(tag) has \(text.count) bytes; the layout says \(length)")
    }
    if kind.within.isEmpty {
      try end(line: line)
      open = []
      counts = [:]
      sums = [:]
      isClosed = layout.closing == nil
      messageLine = line
    } else {
      guard let parent = open.lastIndex(where: kind.within.contains) else {
        throw ReadError(
          .wrongStructure, line: line,
          detail: "record \(tag) without record \(kind.within.joined(separator: " or ")) above it")
      }
      open.removeLast(open.count - parent - 1)
    }
    if !open.contains(layout.record) { emit() }
    open.append(tag)
    counts[tag, default: 0] += 1
    for total in layout.totals {
      if let sum = total.sum, sum.tag == tag, let field = kind.field(sum.field) {
        sums[sum, default: 0] += try layout.number(field, kind, text, line: line)
      }
    }
    if tag == layout.record { rowLine = line }
    try takeFields(kind, text, line: line)
    if tag == layout.closing { try close(kind, text, line: line) }
  }

  /// Takes what the records that were asked for want of this one.
  private mutating func takeFields(
    _ kind: RecordLayout.Kind, _ text: ArraySlice<UInt8>, line: Int
  ) throws(ReadError) {
    let isBelow = rowLine != nil && kind.tag != layout.record
    for i in tags.indices where tags[i] == kind.tag {
      if isBelow && places[i].sign != nil {
        let value = try layout.number(places[i], kind, text, line: line)
        let sum = (Int64(String(decoding: row[i], as: UTF8.self)) ?? 0) + value
        row[i] = Array(String(sum).utf8)
      } else if !isBelow || !isSet[i] {
        row[i] = Array(layout.slice(text, places[i].at, places[i].length))
      }
      isSet[i] = true
    }
    // What lies within a record that is around the wanted ones belongs to that record alone.
    if rowLine == nil {
      for i in tags.indices where tags[i] != kind.tag && layout.encloses(kind.tag, tags[i]) {
        row[i] = []
        isSet[i] = false
      }
    }
  }

  /// Hands out the record that is complete.
  private mutating func emit() {
    guard let start = rowLine else { return }
    records.append(row, line: start)
    rowLine = nil
    for i in tags.indices where tags[i] == layout.record || layout.encloses(layout.record, tags[i]) {
      row[i] = []
      isSet[i] = false
    }
  }

  /// The end of the file, or of a message in it.
  mutating func end(line: Int) throws(ReadError) {
    open = []
    emit()
    if !isClosed, let closing = layout.closing {
      throw ReadError(
        .wrongStructure, line: line,
        detail: "no closing record \(closing) for the message that begins at line \(messageLine)")
    }
  }

  private mutating func close(_ kind: RecordLayout.Kind, _ text: ArraySlice<UInt8>, line: Int) throws(ReadError) {
    isClosed = true
    var differences: [String] = []
    for total in layout.totals {
      guard let field = kind.field(total.field) else { continue }
      let stated = try layout.number(field, kind, text, line: line)
      let found =
        total.sum.map { sums[$0, default: 0] }
        ?? Int64(total.counts.reduce(0) { $0 + counts[$1, default: 0] })
      if stated == found { continue }
      let difference = Self.shown(abs(found - stated), total.decimals)
      differences.append(
        "\(total.field) is \(Self.shown(stated, total.decimals)), the records make "
          + "\(Self.shown(found, total.decimals)): \(difference) \(found > stated ? "more" : "less")")
    }
    if !differences.isEmpty {
      throw ReadError(.controlTotals, line: line, detail: differences.joined(separator: "; "))
    }
  }

  /// A number with its decimals behind a point.
  private static func shown(_ number: Int64, _ decimals: Int) -> String {
    if decimals == 0 { return String(number) }
    let digits = String(number.magnitude)
    let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
    return (number < 0 ? "-" : "") + padded.dropLast(decimals) + "." + padded.suffix(decimals)
  }
}

extension RecordLayout {
  /// The digits of a field, negative for a credit. Blank is 0.
  func number(_ field: Field, _ kind: Kind, _ text: ArraySlice<UInt8>, line: Int) throws(ReadError) -> Int64 {
    var value: Int64 = 0
    for byte in slice(text, field.at, field.length) where byte != 0x20 {
      let digit = byte &- 0x30
      guard digit <= 9, value < Int64.max / 100 else {
        throw ReadError(
          .wrongStructure, line: line, column: field.at, detail: "\(field.name) of record \(kind.tag) is not a number")
      }
      value = value * 10 + Int64(digit)
    }
    guard let name = field.sign, let sign = kind.field(name) else { return value }
    let mark = String(decoding: slice(text, sign.at, sign.length), as: UTF8.self)
    return mark == credit ? -value : value
  }

  /// A stretch of a record; what lies beyond its end is left out.
  func slice(_ text: ArraySlice<UInt8>, _ at: Int, _ length: Int) -> ArraySlice<UInt8> {
    text.dropFirst(at - 1).prefix(length)
  }
}
