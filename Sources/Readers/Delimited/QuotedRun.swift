/// Finds how far records can be cut in place although they have quotes: each quote directly behind a delimiter or at the
/// start of a line opens a field, each other one closes it directly before a delimiter or the line end, and no line
/// ends within a field. Whoever removes the two quotes around each field has then what libcsv gives.
///
/// Doubled quotes, blanks around quotes, line ends within them and whatever is not well formed end the run: those records
/// are looked at one by one.
enum QuotedRun {
  /// The end of the last line of the run that starts at `start`, which is the start of a record; `start` itself where the
  /// first line does not belong to it. The text holds no NUL.
  static func end(_ bytes: Span<UInt8>, from start: Int, _ dialect: Dialect, _ lineEnd: LineEnd) -> Int {
    let marked = MarkedBytes(dialect, lineEnd)
    var runEnd = start
    var isOpen: UInt64 = 0
    // Whether something stands directly before the block: a delimiter or line end; a closing quote; one and a return.
    var afterMark: UInt64 = 1
    var afterClosing: UInt64 = 0
    var afterReturn: UInt64 = 0
    var i = start
    while i < bytes.count {
      let marks = Marks(bytes, at: i, marked)
      let inside = marks.quoted(&isOpen)
      let marksOutside = (marks.delimiters | marks.ends) & ~inside
      let opening = marks.quotes & inside
      let closing = marks.quotes & ~inside
      let behindMark = marksOutside &<< 1 | afterMark
      let behindClosing = closing &<< 1 | afterClosing
      let returnBehindClosing = behindClosing & marks.returns
      let behindReturn = returnBehindClosing &<< 1 | afterReturn
      let wrong =
        opening & ~behindMark | behindClosing & ~(marksOutside | returnBehindClosing) | behindReturn & ~marks.ends
        | marks.ends & inside
      let good = wrong == 0 ? UInt64.max : wrong & (0 &- wrong) &- 1
      // A line end that directly follows what is right so far ends the run for now.
      let ends = marks.ends & ~inside & good
      if ends != 0 {
        let first = i &+ ends.trailingZeroBitCount &+ 1
        let last = i &+ 64 &- ends.leadingZeroBitCount
        // Lines that end within a block are shorter than it; only the first one began before.
        if first &- 1 &- runEnd > dialect.maxRecordBytes { return runEnd }
        if ends & (ends &- 1) != 0 && dialect.maxRecordBytes < Marks.width { return first }
        runEnd = last
      }
      if wrong != 0 { return runEnd }
      afterMark = marksOutside &>> 63
      afterClosing = closing &>> 63
      afterReturn = returnBehindClosing &>> 63
      i &+= Marks.width
    }
    return runEnd
  }
}
