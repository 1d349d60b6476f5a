import Columns

/// Pages of the DELTA_BYTE_ARRAY encoding: of each text how many bytes it begins with like the one before it, and the rest
/// of it. Claim numbers, which count up, become a quarter of their size without being compressed.
/// Source: Apache Parquet, Encodings, "Delta Strings".
enum FrontCoded {
  /// Texts that are looked at to choose an encoding.
  private static let sample = 256

  /// Whether half of the bytes of texts are the same as in the text before, as far as the first ones tell.
  static func pays(_ texts: borrowing TextColumn, rows: Range<Int>) -> Bool {
    let rows = rows.prefix(sample)
    guard let last = rows.last else { return false }
    let same = prefixes(texts, rows: rows).reduce(0) { $0 + Int($1) }
    return same * 2 >= max(1, texts.ends[last] - texts.range(rows.lowerBound).lowerBound)
  }

  /// Adds the texts of rows that are not empty.
  static func append(
    _ texts: borrowing TextColumn, rows: Range<Int>, _ differences: inout DeltaPacked, to body: inout [UInt8]
  ) {
    let prefixes = prefixes(texts, rows: rows)
    let first = texts.range(rows.lowerBound).lowerBound
    let ends = texts.ends.span
    let source = texts.bytes.span.bytes
    var rests: [UInt8] = []
    let lengths = [Int32](unsafeUninitializedCapacity: prefixes.count) { lengths, next in
      rests.append(addingCapacity: ends[rows.upperBound - 1] - first + 8) { (output: inout OutputSpan<UInt8>) in
        output.withUnsafeMutableBufferPointer { target, filled in
          source.withUnsafeBytes { from in
            var start = first
            for row in rows {
              let end = ends[unchecked: row]
              if end > start, let to = UnsafeMutableRawPointer(target.baseAddress), let from = from.baseAddress {
                let prefix = Int(prefixes[next])
                let length = end &- start &- prefix
                lengths.initializeElement(at: next, to: Int32(truncatingIfNeeded: length))
                next &+= 1
                // In bounds: the target is as large as all texts together and eight bytes more.
                if length <= 8 && end &+ 8 <= source.byteCount {
                  // What is left of a text is mostly some bytes; how many cannot be foreseen.
                  (to + filled).storeBytes(
                    of: (from + start + prefix).loadUnaligned(as: UInt64.self), as: UInt64.self)
                } else {
                  copyField(from + start + prefix, to + filled, length)
                }
                filled &+= length
              }
              start = end
            }
          }
        }
      }
    }
    differences.append(prefixes.span, to: &body)
    differences.append(lengths.span, to: &body)
    body.append(bytesOf: rests.span)
  }

  /// For each text that is not empty how many bytes it has in common with the one before.
  private static func prefixes(_ texts: borrowing TextColumn, rows: Range<Int>) -> [Int32] {
    let ends = texts.ends.span
    let bytes = texts.bytes.span.bytes
    var start = texts.range(rows.lowerBound).lowerBound
    return [Int32](unsafeUninitializedCapacity: rows.count) { prefixes, next in
      var before = start..<start
      for row in rows {
        let text = Range(uncheckedBounds: (start, ends[unchecked: row]))
        start = text.upperBound
        if text.isEmpty { continue }
        prefixes.initializeElement(at: next, to: Int32(truncatingIfNeeded: commonPrefix(bytes, before, text)))
        next &+= 1
        before = text
      }
    }
  }

  /// Both ranges lie in `bytes`.
  @inline(__always)
  private static func commonPrefix(_ bytes: RawSpan, _ a: Range<Int>, _ b: Range<Int>) -> Int {
    let count = min(a.count, b.count)
    @inline(__always)
    func difference(_ at: Int) -> UInt64 {
      bytes.unsafeLoadUnaligned(fromByteOffset: a.lowerBound &+ at, as: UInt64.self)
        ^ bytes.unsafeLoadUnaligned(fromByteOffset: b.lowerBound &+ at, as: UInt64.self)
    }
    var at = 0
    if count >= 8 {
      while at < count {
        // The last word overlaps the one before it.
        let place = min(at, count &- 8)
        let found = difference(place)
        if found != 0 { return place &+ found.trailingZeroBitCount &>> 3 }
        at &+= 8
      }
      return count
    }
    while at < count,
      bytes.unsafeLoad(fromByteOffset: a.lowerBound &+ at, as: UInt8.self)
        == bytes.unsafeLoad(fromByteOffset: b.lowerBound &+ at, as: UInt8.self)
    {
      at &+= 1
    }
    return at
  }

  /// Adds the texts of a page to a column: `rows` of which `presence` says which are there, or all of them. After the range
  /// at least `RunLength.padding` more bytes must be in `body`.
  ///
  /// - Throws: when the page is damaged.
  static func decode(
    _ count: Int, from body: RawSpan, in range: Range<Int>, rows: Int, presence: [UInt8]?, to texts: inout TextColumn
  ) throws(Flaw) {
    precondition((presence?.count ?? rows) == rows && presence != nil || count == rows)
    var (prefixes, rests): ([Int32], [Int32]) = ([], [])
    let middle = try DeltaPacked.decode(count, from: body, in: range, to: &prefixes)
    let start = try DeltaPacked.decode(count, from: body, in: middle..<range.upperBound, to: &rests)
    let lengths = try checked(prefixes, rests, bytes: range.upperBound - start)
    let base = texts.bytes.count
    let size = try texts.append(lengths: lengths, rows: rows, presence: presence)
    texts.bytes.append(addingCapacity: size) { (output: inout OutputSpan<UInt8>) in
      output.withUnsafeMutableBufferPointer { target, filled in
        body.withUnsafeBytes { from in
          guard let to = UnsafeMutableRawPointer(target.baseAddress), let source = from.baseAddress else { return }
          var (before, at, rest) = (0, 0, start)
          for row in 0..<count {
            let (prefix, length) = (Int(prefixes[row]), Int(rests[row]))
            // In bounds: prefixes are within the text before, and lengths add up to `size` and to what is in the page.
            copyField(UnsafeRawPointer(to + before), to + at, prefix)
            copyField(source + rest, to + at + prefix, length)
            before = at
            at += prefix + length
            rest += length
          }
          filled = at
        }
      }
    }
    precondition(texts.bytes.count == base + size)
  }

  /// The lengths of texts; what is not copied from the text before takes so many bytes of the page.
  private static func checked(_ prefixes: [Int32], _ rests: [Int32], bytes: Int) throws(Flaw) -> [Int32] {
    var (all, new, before) = (0, 0, 0)
    var lengths: [Int32] = []
    lengths.reserveCapacity(rests.count)
    for (prefix, rest) in zip(prefixes, rests) {
      guard prefix >= 0, rest >= 0, Int(prefix) <= before else {
        throw Flaw("a page of text refers to more than the text before; the file is damaged")
      }
      // Below 2^32, since the text before was checked.
      before = Int(prefix) + Int(rest)
      all += before
      new += Int(rest)
      guard all <= Limits.pageBytes else { throw Flaw("a page holds more than 1 GiB of text; write smaller pages") }
      lengths.append(Int32(truncatingIfNeeded: before))
    }
    guard new == bytes else { throw Flaw("a page of text does not end with its last value; the file is damaged") }
    return lengths
  }
}
