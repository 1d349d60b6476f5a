/// A part of a file of delimited text that begins and ends between records.
public struct Piece: Sendable {
  /// Its place among the pieces, from 0.
  public let index: Int
  /// The physical line of the file with which it begins, from 1.
  public let firstLine: Int
  /// The text, ending in a line end, also where the file does not.
  public let bytes: [UInt8]
  /// Whether any quote is in it.
  public let hasQuotes: Bool
  /// Place of the first byte in the file.
  let fileOffset: Int
  let lineEnd: LineEnd
  let segments: [Segment]
  let faults: [StructuralFault]
}

/// Consecutive records of a piece that are read in the same way. Begins where the segment before it ends.
struct Segment: Sendable {
  enum Kind: Sendable {
    /// Without a quote: cut in place.
    case plain
    /// With quotes around whole fields only, see ``QuotedRun``: cut in place.
    case tidy
    /// Some records have quotes, all well formed: for libcsv.
    case quoted
    /// One physical line that was set aside.
    case rejected
  }

  let end: Int
  let kind: Kind
}

extension [Segment] {
  /// Between records for libcsv, shorter stretches that could be cut in place are read with them: a batch must be worth its
  /// while.
  static var smallestBytesInPlace: Int { 16 << 10 }

  mutating func append(end: Int, _ kind: Segment.Kind, smallestBytesInPlace: Int) {
    while kind == .quoted, let last, last.kind == .plain || last.kind == .tidy {
      let start = count > 1 ? self[count - 2].end : 0
      if last.end - start >= smallestBytesInPlace { break }
      removeLast()
    }
    if kind != .rejected, let last, last.kind == kind { removeLast() }
    append(Segment(end: end, kind: kind))
  }
}
