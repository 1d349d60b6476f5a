import Columns

/// Pages of the DELTA_LENGTH_BYTE_ARRAY encoding: the lengths of all texts, then all texts back to back, as a column keeps
/// them. Source: Apache Parquet, Encodings, "Delta-length byte array".
enum LengthsThenTexts {
  /// Adds the texts of rows that are not empty.
  static func append(
    _ texts: borrowing TextColumn, rows: Range<Int>, _ differences: inout DeltaPacked, to body: inout [UInt8]
  ) {
    let ends = texts.ends.span
    let first = texts.range(rows.lowerBound).lowerBound
    var lengths: [Int32] = []
    lengths.append(addingCapacity: rows.count) { (output: inout OutputSpan<Int32>) in
      var start = first
      for row in rows {
        let end = ends[row]
        // A page holds a megabyte of text, or one text of at most 1 GiB.
        if end > start { output.append(Int32(truncatingIfNeeded: end &- start)) }
        start = end
      }
    }
    differences.append(lengths.span, to: &body)
    body.append(bytesOf: texts.bytes.span.extracting(first..<ends[rows.upperBound - 1]))
  }

  /// Adds the texts of a page to a column: `rows` of which `presence` says which are there, or all of them. After the range
  /// at least `RunLength.padding` more bytes must be in `body`.
  ///
  /// - Throws: when the page is damaged.
  static func decode(
    _ count: Int, from body: RawSpan, in range: Range<Int>, rows: Int, presence: [UInt8]?, to texts: inout TextColumn
  ) throws(Flaw) {
    precondition((presence?.count ?? rows) == rows && presence != nil || count == rows)
    var lengths: [Int32] = []
    let start = try DeltaPacked.decode(count, from: body, in: range, to: &lengths)
    var size = 0
    for length in lengths {
      guard length >= 0 else { throw Flaw("a page of text has a length below 0; the file is damaged") }
      size += Int(length)
    }
    guard lengths.count == count, size == range.upperBound - start else {
      throw Flaw("a page of text does not end with its last value; the file is damaged")
    }
    var end = texts.bytes.count
    texts.bytes.append(size, from: body, at: start)
    texts.ends.append(addingCapacity: rows) { (output: inout OutputSpan<Int>) in
      let lengths = lengths.span
      var next = 0
      for row in 0..<rows {
        if next < count && presence.map({ $0[row] != 0 }) ?? true {
          end &+= Int(lengths[next])
          next &+= 1
        }
        output.append(end)
      }
    }
  }
}
