import Columns
import CoreDataset
import Parquet
import Workspace

/// Records and values that were set aside, as columns of the quarantine table.
struct QuarantineLog: Sendable {
  private var records: [Int32] = []
  private var columns = CodeColumn()
  private var reasons = CodeColumn()
  private var values = CodeColumn()
  private var expected = CodeColumn()
  private var scopes = CodeColumn()

  /// Values that look as if a spreadsheet had damaged them.
  private(set) var spreadsheetSigns = 0

  /// Number of rows.
  var count: Int { records.count }

  /// Adds a record that was set aside because of a field or as a whole.
  mutating func add(
    record: Int32, column: String?, reason: String, value: String? = nil, expected wanted: String? = nil,
    isWholeRecord: Bool = true
  ) {
    if Self.isSpreadsheetSign(reason, value, expected: wanted) { spreadsheetSigns += 1 }
    records.append(record)
    columns.append(column)
    reasons.append(reason)
    values.append(value)
    expected.append(wanted)
    scopes.append(isWholeRecord ? "record" : "value")
  }

  /// A code of one digit too few, of which the leading zero may be gone, or a day as the number of days since 1900.
  private static func isSpreadsheetSign(_ reason: String, _ value: String?, expected: String?) -> Bool {
    guard let value, value.allSatisfy({ $0.isNumber || $0 == "#" }) else { return false }
    switch reason {
    case "not-a-code": return expected?.hasPrefix("\(value.count + 1) digits") == true
    case "not-a-date": return (20_000...60_000).contains(Int(value) ?? 0)
    default: return false
    }
  }

  /// The rows as columns of `Staged.quarantine`.
  func columns(delivery: String, stage: String) -> [Column] {
    func constant(_ text: String) -> Column {
      .code(CodeColumn(indices: Array(repeating: 0, count: count), book: CodeBook([text])))
    }
    return [
      constant(delivery), .integer(records), .code(columns), .code(reasons), .code(values), .code(expected),
      .code(scopes), constant(stage),
    ]
  }
}

/// What may be shown of a field that could not be read.
///
/// A misplaced field can hold anything. Seven digits in a row, or nine in all, may be a citizen number and are not shown;
/// letters may be a name and are not shown either, but for the words with which systems say that they do not know.
func masked(_ field: Span<UInt8>, isPersonal: Bool) -> String {
  if isPersonal { return "(\(field.count) characters, masked)" }
  var shown: [UInt8] = []
  let count = min(field.count, 24)
  var digits = 0
  var digitsInRun = 0
  var longestRun = 0
  for i in 0..<count {
    let byte = field[i]
    let isDigit = byte &- 0x30 <= 9
    if isDigit { digits += 1 }
    digitsInRun = isDigit ? digitsInRun + 1 : 0
    longestRun = max(longestRun, digitsInRun)
    shown.append(byte < 0x20 || byte > 0x7E ? UInt8(ascii: "?") : byte)
  }
  let hidesLetters = !wordsForMissing.contains(String(decoding: shown, as: UTF8.self).lowercased())
  for i in shown.indices {
    if shown[i] &- 0x30 <= 9 && (digits >= 9 || longestRun >= 7) { shown[i] = UInt8(ascii: "#") }
    if (0x41...0x5A).contains(shown[i] & 0xDF) && hidesLetters { shown[i] = UInt8(ascii: "x") }
  }
  return String(decoding: shown, as: UTF8.self) + (field.count > count ? "…" : "")
}

private let wordsForMissing: Set<String> = [
  "n.v.t.", "nvt", "null", "na", "n/a", "nan", "none", "nil", "onbekend", "unknown", "geen", "leeg", "ntb", "nee", "ja",
]
