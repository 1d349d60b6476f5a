/// CSV as we write it, and read it again: RFC 4180, UTF-8, comma, CRLF, and no cell that a spreadsheet would run as a formula. All of our CSV is
/// written here and nowhere else.
///
/// A cell that begins with `=`, `+`, `-`, `@`, one of their full-width forms, a tab or the end of a line gets an apostrophe
/// in front (OWASP, *CSV Injection*). Negative numbers are none: `-3.5` stays as it is.
public enum CSV {
  /// One record, with the end of its line.
  public static func record(_ cells: [String]) -> String {
    var bytes: [UInt8] = []
    append(record: cells, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Records one below the other, as a file holds them.
  public static func file(_ records: [[String]]) -> [UInt8] {
    records.reduce(into: []) { append(record: $1, to: &$0) }
  }

  /// A header, and a record for each row of columns. What is missing is empty; amounts, days and pseudonyms are not
  /// written as such.
  public static func table(_ header: [String], _ columns: [Column]) -> [UInt8] {
    var bytes: [UInt8] = []
    append(record: header, to: &bytes)
    append(rows: columns, to: &bytes)
    return bytes
  }

  /// Appends a record for each row of columns.
  public static func append(rows columns: [Column], to bytes: inout [UInt8]) {
    // A code is written the same in every row.
    let written = columns.map { column -> [[UInt8]] in
      guard case .code(let codes) = column else { return [] }
      return codes.book.values.map { cell(bytes: Array($0.utf8)[...]) }
    }
    for row in 0..<(columns.first?.count ?? 0) {
      for (number, column) in columns.enumerated() {
        if number > 0 { bytes.append(UInt8(ascii: ",")) }
        switch column {
        case .code(let codes): if codes.indices[row] >= 0 { bytes += written[number][Int(codes.indices[row])] }
        case .long(let values): bytes += Array(String(values[row]).utf8)
        case .integer(let values): if values[row] != Missing.int32 { bytes += Array(String(values[row]).utf8) }
        case .decimal(let values): if !values[row].isNaN { bytes += Array("\(values[row])".utf8) }
        default: break
        }
      }
      endRecord(&bytes)
    }
  }

  /// Appends a cell.
  public static func append(cell text: ArraySlice<UInt8>, to bytes: inout [UInt8]) {
    let needsQuotes = text.contains { $0 == 0x22 || $0 == 0x2C || $0 == 0x0A || $0 == 0x0D }
    if needsQuotes { bytes.append(0x22) }
    if isFormula(text) { bytes.append(apostrophe) }
    for byte in text {
      if byte == 0x22 { bytes.append(0x22) }
      bytes.append(byte)
    }
    if needsQuotes { bytes.append(0x22) }
  }

  /// Appends the end of a record.
  public static func endRecord(_ bytes: inout [UInt8]) { bytes += [0x0D, 0x0A] }

  /// The records of a file of ours, as they stand in it: apostrophes in front of formulas too (`original`).
  public static func records(_ bytes: [UInt8]) -> [[String]] {
    var records: [[String]] = []
    var record: [String] = []
    var field: [UInt8] = []
    var isQuoted = false
    var position = 0
    func endField() {
      record.append(String(decoding: field, as: UTF8.self))
      field.removeAll(keepingCapacity: true)
    }
    while position < bytes.count {
      let byte = bytes[position]
      if isQuoted {
        if byte != 0x22 {
          field.append(byte)
        } else if position + 1 < bytes.count, bytes[position + 1] == 0x22 {
          field.append(byte)
          position += 1
        } else {
          isQuoted = false
        }
      } else {
        switch byte {
        case 0x22: isQuoted = true
        case 0x2C: endField()
        case 0x0D: break
        case 0x0A:
          endField()
          records.append(record)
          record = []
        default: field.append(byte)
        }
      }
      position += 1
    }
    if !field.isEmpty || !record.isEmpty {
      endField()
      records.append(record)
    }
    return records
  }

  /// A cell as it was before it got an apostrophe.
  public static func original(_ cell: String) -> String {
    let rest = Array(cell.utf8.dropFirst())
    return cell.utf8.first == apostrophe && isFormula(rest[...]) ? String(decoding: rest, as: UTF8.self) : cell
  }

  private static let apostrophe = UInt8(ascii: "'")

  private static func append(record cells: [String], to bytes: inout [UInt8]) {
    for (number, cell) in cells.enumerated() {
      if number > 0 { bytes.append(UInt8(ascii: ",")) }
      append(cell: Array(cell.utf8)[...], to: &bytes)
    }
    endRecord(&bytes)
  }

  private static func cell(bytes text: ArraySlice<UInt8>) -> [UInt8] {
    var bytes: [UInt8] = []
    append(cell: text, to: &bytes)
    return bytes
  }

  /// Looked at byte by byte: an accent behind a sign makes another character of it, but no other cell.
  private static func isFormula(_ text: ArraySlice<UInt8>) -> Bool {
    switch text.first {
    case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "@"), 0x09, 0x0A, 0x0D: true
    case UInt8(ascii: "-"): !isNumber(text)
    case 0xEF: fullWidth.contains { text.starts(with: $0) }
    default: false
    }
  }

  /// `＝`, `＋`, `－` and `＠`, which some spreadsheets take for the narrow ones.
  private static let fullWidth = ["\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}"].map { Array($0.utf8) }

  /// A decimal number such as `-3.5` or `-1e-05`; not `-1+1`, `-inf` or `-0x1p3`.
  private static func isNumber(_ text: ArraySlice<UInt8>) -> Bool {
    let signs = Array("+-.eE".utf8)
    return text.allSatisfy { $0 &- 0x30 <= 9 || signs.contains($0) }
      && Double(String(decoding: text, as: UTF8.self)) != nil
  }
}
