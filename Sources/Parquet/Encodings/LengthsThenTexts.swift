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
      output.withUnsafeMutableBufferPointer { target, filled in
        var start = first
        for row in rows {
          let end = ends[row]
          // In bounds: at most one length a row. A page holds a megabyte of text, or one text of at most 1 GiB.
          target[filled] = Int32(truncatingIfNeeded: end &- start)
          filled &+= end > start ? 1 : 0
          start = end
        }
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
    let size = try texts.append(lengths: lengths, rows: rows, presence: presence)
    guard lengths.count == count, size == range.upperBound - start else {
      throw Flaw("a page of text does not end with its last value; the file is damaged")
    }
    texts.bytes.append(size, from: body, at: start)
  }
}

extension TextColumn {
  /// Adds the ends of rows whose texts have some lengths, those that are there; the texts are to follow. Returns the sum of
  /// all lengths.
  mutating func append(lengths: [Int32], rows: Int, presence: [UInt8]?) throws(Flaw) -> Int {
    var size = 0
    var least: Int32 = 0
    for length in lengths {
      size &+= Int(length)
      least = min(least, length)
    }
    if least < 0 { throw Flaw("a page of text has a length below 0; the file is damaged") }
    precondition(presence?.count ?? lengths.count == rows)
    var end = bytes.count
    let lengths = lengths.span
    ends.append(addingCapacity: rows) { (output: inout OutputSpan<Int>) in
      output.withUnsafeMutableBufferPointer { target, filled in
        filled = rows
        guard let presence else {
          // There are as many lengths as rows.
          for row in lengths.indices {
            end &+= Int(lengths[row])
            target[row] = end
          }
          return
        }
        let present = presence.span
        var next = 0
        for row in 0..<rows {
          if next < lengths.count && present[row] != 0 {
            end &+= Int(lengths[next])
            next &+= 1
          }
          target[row] = end
        }
      }
    }
    return size
  }
}
