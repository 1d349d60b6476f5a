public import Columns

/// Columns as texts, so that tables can be compared and read in a failure.
public enum Cells {
  /// One dictionary per row; a missing value has no entry.
  public static func rows(_ columns: [Column], names: [String]) -> [[String: String]] {
    (0..<(columns.first?.count ?? 0)).map { row in
      var cells: [String: String] = [:]
      for (name, column) in zip(names, columns) { cells[name] = text(column, row) }
      return cells
    }
  }

  /// One value; nil where it is missing.
  public static func text(_ column: Column, _ row: Int) -> String? {
    switch column {
    case .day(let values): values[row] == Missing.int32 ? nil : Day(values[row]).description
    case .integer(let values): values[row] == Missing.int32 ? nil : String(values[row])
    case .long(let values), .cents(let values): values[row] == Missing.int64 ? nil : String(values[row])
    case .decimal(let values): values[row].isNaN ? nil : "\(values[row])"
    case .flag(let values): values[row] == Missing.flag ? nil : String(values[row])
    case .code(let column): column[row]
    case .text(let column): column.range(row).isEmpty ? nil : column[row]
    case .identifier(let values): values[row].isMissing ? nil : values[row].hexadecimal
    }
  }
}

/// Citizen numbers that pass the check and, as far as known, are never issued: they begin with 9999.
public enum Persons {
  /// The number of person 0, 1, 2 …
  public static func number(_ index: Int) -> String { numbers[index] }

  private static let numbers: [String] = (999_900_000...999_999_999).lazy.filter { number in
    let digits = String(number).compactMap(\.wholeNumberValue)
    let sum = zip([9, 8, 7, 6, 5, 4, 3, 2, -1], digits).reduce(0) { $0 + $1.0 * $1.1 }
    return sum % 11 == 0
  }.prefix(400).map(String.init)
}
