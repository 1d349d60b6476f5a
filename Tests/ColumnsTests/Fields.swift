import Columns

/// The view of a column with these fields, as a reader would give it: three columns wide, this one in the middle.
///
/// - Parameters:
///   - padding: so many bytes of other text come behind the last record.
///   - quote: what may stand around fields; 0 for nothing.
func withFields<Result>(
  _ fields: [[UInt8]], padding: Int = 0, quote: UInt8 = 0, _ body: (borrowing FieldColumn) -> Result
) -> Result {
  var bytes: [UInt8] = []
  var bounds: [Int32] = []
  for field in fields {
    bounds.append(Int32(bytes.count) - 1)
    for part in [Array("left".utf8), field, []] {
      bytes += part
      bounds.append(Int32(bytes.count))
      bytes.append(UInt8(ascii: ";"))
    }
  }
  bytes += Array(repeating: UInt8(ascii: "9"), count: padding)
  return body(
    FieldColumn(bytes: bytes.span, bounds: bounds.span, column: 1, width: 3, count: fields.count, quote: quote))
}

func withFields<Result>(_ fields: [String], _ body: (borrowing FieldColumn) -> Result) -> Result {
  withFields(fields.map { Array($0.utf8) }, body)
}

/// What a batch of fields became: the values, and rows and codes of those that were refused.
struct Parsed<Value> {
  var values: [Value] = []
  var refused: [String] = []
}

func parsed<Value>(
  _ fields: [String], _ append: (inout [Value], borrowing FieldColumn, inout [Rejection]) -> Void
) -> Parsed<Value> {
  var rejections: [Rejection] = []
  var values: [Value] = []
  withFields(fields) { append(&values, $0, &rejections) }
  return Parsed(values: values, refused: rejections.map { "\($0.row) \($0.reason.rawValue)" })
}
