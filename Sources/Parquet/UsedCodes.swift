import Columns

/// The codes of a column that occur in it, numbered in the order of the book. An empty code is a missing one.
struct UsedCodes {
  /// Per code of the book its number, -1 where it does not occur.
  private(set) var numbers: [Int32]
  /// The values by number.
  private(set) var values = TextColumn()

  /// Nil when a code is not in the book.
  init?(_ codes: Span<Int32>, of book: CodeBook) {
    let count = book.count
    numbers = Array(repeating: -1, count: count)
    var span = numbers.mutableSpan
    for row in codes.indices where codes[row] >= 0 {
      if codes[row] >= count { return nil }
      span[Int(codes[row])] = 0
    }
    for code in 0..<count where numbers[code] == 0 {
      if book.length(code) == 0 {
        numbers[code] = -1
      } else {
        numbers[code] = Int32(values.count)
        values.append(code: code, of: book)
      }
    }
  }

  /// The values of rows.
  func texts(of codes: Span<Int32>) -> TextColumn {
    var texts = TextColumn()
    texts.ends.reserveCapacity(codes.count)
    for row in codes.indices {
      let code = codes[row]
      if code >= 0 && numbers[Int(code)] >= 0 {
        texts.append(Int(numbers[Int(code)]), of: values)
      } else {
        texts.ends.append(texts.bytes.count)
      }
    }
    return texts
  }
}
