import Columns

/// The codes of a column that occur in it, numbered in the order of the book. An empty code is a missing one.
struct UsedCodes {
  /// What all rows hold.
  enum Only {
    case value, missing
  }

  /// Per code of the book its number, -1 where it does not occur.
  private(set) var numbers: [Int32]
  /// The values by number.
  private(set) var values = TextColumn()
  /// What all rows hold; nil where they differ.
  private(set) var only: Only?
  /// Whether all rows hold a value.
  private(set) var isWhole = false

  /// Nil when a code is not in the book.
  init?(_ codes: Span<Int32>, of book: CodeBook) {
    let count = book.count
    var (least, greatest) = (Int32.max, Int32.min)
    for row in codes.indices {
      let code = codes[unchecked: row]
      least = min(least, code)
      greatest = max(greatest, code)
    }
    if greatest >= count { return nil }
    numbers = Array(repeating: -1, count: count)
    if greatest < 0 || greatest == least {
      if greatest >= 0 { numbers[Int(greatest)] = 0 }
    } else {
      var span = numbers.mutableSpan
      // In bounds: the greatest has been looked at.
      for row in codes.indices where codes[unchecked: row] >= 0 { span[unchecked: Int(codes[unchecked: row])] = 0 }
    }
    isWhole = least >= 0
    for code in 0..<count where numbers[code] == 0 {
      if book.length(code) == 0 {
        numbers[code] = -1
        isWhole = false
      } else {
        numbers[code] = Int32(values.count)
        values.append(code: code, of: book)
      }
    }
    only = values.count == 0 ? .missing : greatest == least ? .value : nil
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
