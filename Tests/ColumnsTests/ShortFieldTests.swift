import Columns
import TestSupport
import Testing

/// Short fields are taken out of the text as two words where enough text is behind them. Alone they are read byte by byte:
/// both must give the same.
@Suite("Short fields")
struct ShortFieldTests {
  /// A way to append fields, and what came of them: a text per row, and rows and reasons that were refused.
  typealias Append = @Sendable (borrowing FieldColumn, MissingTokens) -> [String]
  struct Way: Sendable {
    let name: String
    let append: Append
  }

  private static func numbers<Value>(
    _ name: String,
    _ append: @escaping @Sendable (inout [Value], borrowing FieldColumn, MissingTokens, inout [Rejection]) -> Void
  ) -> Way {
    Way(name: name) { fields, missing in
      var values: [Value] = []
      var rejections: [Rejection] = []
      append(&values, fields, missing, &rejections)
      return shown(values.map { "\($0)" }, rejections)
    }
  }

  private static func shown(_ values: [String], _ rejections: [Rejection]) -> [String] {
    var shown = values
    for rejection in rejections { shown[rejection.row] += " " + rejection.reason.rawValue }
    return shown
  }

  private static let amounts = [
    AmountFormat(), AmountFormat(mark: UInt8(ascii: ","), thousands: UInt8(ascii: ".")), AmountFormat(isInCents: true),
  ]
  private static let dates = ["yyyy-MM-dd", "dd-MM-yyyy", "MM/dd/yyyy", "yyyyMMdd", "d-M-yyyy", "dd.yyyy.MM"]

  private static let plainWays: [Way] = [
    numbers("integers") { (values: inout [Int32], fields, missing, rejections) in
      values.append(integers: fields, missing: missing, rejections: &rejections)
    },
    numbers("postcodes") { (values: inout [Int32], fields, missing, rejections) in
      values.append(postcodes: fields, missing: missing, rejections: &rejections)
    },
    numbers("decimals") { (values: inout [Double], fields, missing, rejections) in
      values.append(decimals: fields, mark: UInt8(ascii: "."), missing: missing, rejections: &rejections)
    },
    Way(name: "texts") { fields, missing in
      var column = TextColumn()
      var rejections: [Rejection] = []
      column.append(texts: fields, encoding: .windows1252, missing: missing, rejections: &rejections)
      return shown((0..<fields.count).map { column[$0] }, rejections)
    },
  ]
  private static let amountWays: [Way] = amounts.map { format in
    numbers("amounts \(format)") { (values: inout [Int64], fields, missing, rejections) in
      values.append(cents: fields, format: format, missing: missing, rejections: &rejections)
    }
  }
  private static let dateWays: [Way] = dates.compactMap { DateFormat($0) }.map { format in
    numbers("days \(format.pattern)") { (values: inout [Int32], fields, missing, rejections) in
      values.append(days: fields, formats: [format], missing: missing, rejections: &rejections)
    }
  }
  private static let codeWays: [Way] = [0, 3].map { prefix in
    Way(name: "codes \(prefix)") { fields, missing in
      var column = CodeColumn()
      var rejections: [Rejection] = []
      column.append(
        codes: fields, encoding: .utf8, prefix: prefix == 0 ? nil : prefix, missing: missing, rejections: &rejections)
      return shown((0..<fields.count).map { column[$0] ?? "nil" }, rejections)
    }
  }
  static let ways: [Way] = plainWays + amountWays + dateWays + codeWays

  /// Fields like those of deliveries, most of them wrong in some way.
  private static func fields(_ random: inout SeededRandom) -> [[UInt8]] {
    let models = [
      "0", "7", "42", "999", "8011", "8011AB", "80 11", "12345678", "123456789", "2147483647", "9999999999", "0.50",
      "12.34", "1234.56", "12345.67", "123456.78", "1234567,89", "1.234,50", "-1.00", "2023-02-28", "2023-02-29",
      "29-02-2024",
      "02/29/2024", "20240229", "1-2-2024", "31.2024.12", "0000-01-01", "9999-12-31", "15A120", "D000000001",
      "huisarts",
      "caf\u{E9}", "NULL", "", "abcdefghijklmnop", "abcdefghijklmnopq", "\u{0}1", "\u{1}",
    ]
    let bytes = Array("0123456789-./,: AD\"\t".utf8) + [0, 0x80, 0xE9]
    return (0..<400).map { _ in
      var field = Array((models.randomElement(using: &random) ?? "").utf8)
      for _ in 0..<Int.random(in: 0...2, using: &random) {
        let byte = bytes.randomElement(using: &random) ?? 0
        switch Int.random(in: 0...3, using: &random) {
        case 0 where !field.isEmpty: field[Int.random(in: 0..<field.count, using: &random)] = byte
        case 1: field.insert(byte, at: Int.random(in: 0...field.count, using: &random))
        case 2 where !field.isEmpty: field.remove(at: Int.random(in: 0..<field.count, using: &random))
        default: break
        }
      }
      // A field that begins with a quote ends with it, as readers see to.
      if field.first == UInt8(ascii: "\"") { field.append(UInt8(ascii: "\"")) }
      return Bool.random(using: &random) ? field : Array("\"".utf8) + field + Array("\"".utf8)
    }
  }

  @Test("are read as if they stood alone", arguments: ways.indices)
  func alone(way: Int) {
    var random = SeededRandom(UInt64(way))
    for missing in [MissingTokens(), MissingTokens(["0", "999", "NULL", "2023-02-28"])] {
      for quote in [0, UInt8(ascii: "\"")] {
        let fields = Self.fields(&random)
        let together = withFields(fields, padding: 32, quote: quote) { Self.ways[way].append($0, missing) }
        let apart = fields.flatMap { field in
          withFields([field], quote: quote) { Self.ways[way].append($0, missing) }
        }
        #expect(together == apart, "\(Self.ways[way].name)")
      }
    }
  }
}
