import Columns

/// The columns of a file, in order.
public struct ParquetSchema: Sendable, Hashable {
  /// The columns.
  public let columns: [ColumnSpec]

  /// A schema of columns.
  public init(_ columns: [ColumnSpec]) { self.columns = columns }

  /// The key under which a file says which type each of its columns had when it was written, as
  /// `claim:text,line:integer`. Parquet itself cannot tell codes from text.
  public static let metadataKey = "spiegel.columns"

  var metadataValue: String { columns.map { "\($0.name):\($0.type.rawValue)" }.joined(separator: ",") }

  /// The types by column name of a `metadataValue`; what is not understood is left out.
  static func types(_ metadataValue: String) -> [String: ColumnType] {
    var types: [String: ColumnType] = [:]
    for part in metadataValue.split(separator: ",") {
      guard let colon = part.lastIndex(of: ":") else { continue }
      types[String(part[..<colon])] = ColumnType(rawValue: String(part[part.index(after: colon)...]))
    }
    return types
  }

  /// Names must be there, differ, and not hold the signs between names and types.
  func check() throws(Flaw) {
    if columns.isEmpty { throw Flaw("a Parquet file needs at least one column") }
    var names: Set<String> = []
    for column in columns {
      if column.name.isEmpty || column.name.contains(where: { $0 == "," || $0 == ":" }) {
        throw Flaw("column name \"\(column.name)\" is empty or holds a comma or colon; use snake_case")
      }
      if !names.insert(column.name).inserted { throw Flaw("column \(column.name) occurs twice; rename one") }
    }
  }
}

/// How Parquet stores values. The raw values are those of the format.
enum PhysicalType: Int, Sendable {
  case boolean = 0
  case int32 = 1
  case int64 = 2
  case double = 5
  case byteArray = 6
  case fixed = 7
}

/// What stored values mean.
enum Annotation: Sendable, Equatable {
  case none
  case string
  case date
  case uuid
  case decimal(precision: Int, scale: Int)
  case integer(bits: Int, isSigned: Bool)
  /// Something that we do not read, by its name.
  case other(String)
}

/// A column as the file describes it.
struct SchemaElement: Sendable {
  var name = ""
  /// Code of the physical type; absent in the root and in nested columns.
  var physical: Int?
  var length = 0
  /// 0 required, 1 optional, 2 repeated.
  var repetition = 0
  var children = 0
  var annotation = Annotation.none
}

extension SchemaElement {
  /// How we write a column.
  init(_ column: ColumnSpec) {
    name = column.name
    repetition = column.isNullable ? 1 : 0
    let (physical, annotation): (PhysicalType, Annotation) =
      switch column.type {
      case .day: (.int32, .date)
      case .integer: (.int32, .none)
      case .long: (.int64, .none)
      case .cents: (.int64, .decimal(precision: 18, scale: 2))
      case .decimal: (.double, .none)
      case .flag: (.boolean, .none)
      case .code, .text: (.byteArray, .string)
      case .identifier: (.fixed, .none)
      }
    self.physical = physical.rawValue
    self.annotation = annotation
    if physical == .fixed { length = 16 }
  }

  /// The type in which a column is read; text may still turn out to be codes.
  func columnType() throws(Flaw) -> ColumnType {
    if children > 0 || repetition == 2 {
      throw Flaw("column \(name) is nested; write it flat, one value per row")
    }
    switch (physical.flatMap(PhysicalType.init(rawValue:)), annotation) {
    case (.boolean, .none): return .flag
    case (.int32, .date): return .day
    case (.int32, .none), (.int32, .integer(_, isSigned: true)): return .integer
    case (.int32, .integer(let bits, isSigned: false)) where bits < 32: return .integer
    case (.int64, .none), (.int64, .integer(_, isSigned: true)): return .long
    case (.int64, .decimal(_, scale: 2)): return .cents
    case (.double, .none): return .decimal
    case (.byteArray, .string): return .text
    case (.fixed, .none) where length == 16: return .identifier
    case (.fixed, .uuid) where length == 16: return .identifier
    default: throw Flaw("column \(name) \(unreadable)")
    }
  }

  /// Why a column cannot be read, and what to do.
  private var unreadable: String {
    switch (physical, annotation) {
    case (_, .decimal(_, let scale)) where scale != 2:
      "is a decimal with \(scale) digits after the point; write amounts as DECIMAL(18,2)"
    case (_, .decimal): "is a decimal that is not stored in 64 bits; write amounts as DECIMAL(18,2)"
    case (_, .integer): "is a large unsigned number; cast it to a signed 64-bit integer"
    case (_, .other(let name)): "is of type \(name); cast it to a date, a number or text"
    case (3, _): "holds 96-bit time stamps; cast it to a date"
    case (4, _): "holds 32-bit floating point numbers; cast it to a double"
    case (PhysicalType.byteArray.rawValue, .none): "holds bytes; cast it to text"
    case (PhysicalType.fixed.rawValue, _): "holds \(length) bytes per value; only 16 can be read. Cast it to text."
    default: "is of a type that cannot be read; cast it to a date, a number or text"
    }
  }
}

extension SchemaElement {
  /// The root, of which the columns are the children.
  init(rootOf count: Int) {
    name = "schema"
    children = count
  }
}
