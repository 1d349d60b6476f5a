import Columns

/// What one check found, in all rows or in one part of them.
public struct FindingRow: Sendable, Equatable {
  /// Whether the share is accepted.
  public enum Status: String, Sendable, CaseIterable {
    /// Nothing was violated.
    case passed
    /// The share is at most the threshold.
    case within
    /// The share is above the threshold.
    case exceeded
  }

  /// Id of the check.
  public var check: String
  /// `all`, or the part: `period=2016`, `provider=06010101 period=2016` or `delivery=claims.csv`.
  public var scope: String
  /// Kind of flaw.
  public var category: QualityCheck.Category
  /// How bad it is when the share is above the threshold.
  public var severity: QualityCheck.Severity
  /// Whether the share is accepted.
  public var status: Status
  /// What happens because of it.
  public var consequence: QualityCheck.Consequence
  /// Core table.
  public var table: String
  /// Column; empty for rows as a whole.
  public var column: String
  /// What is wrong, in English.
  public var english: String
  /// What is wrong, in Dutch.
  public var dutch: String
  /// Rows, records or months at fault.
  public var violated: Int
  /// Out of how many.
  public var denominator: Int
  /// Largest accepted share.
  public var threshold: Double
  /// Why this share.
  public var why: String
  /// Care provider of the part; empty for all.
  public var provider: String
  /// Period of the part; empty for all.
  public var period: String
  /// Delivery of the example, or of the part.
  public var delivery: String
  /// Record of the example in that delivery; nil where none is a record.
  public var record: Int?
  /// Ids of the indicators that use what the check is about.
  public var indicators: [String]

  /// A finding of a check, without numbers.
  public init(_ check: QualityCheck, scope: String = "all", violated: Int, denominator: Int) {
    self.check = check.id
    self.scope = scope
    category = check.category
    severity = check.severity
    table = check.table
    column = check.column ?? ""
    english = check.english
    dutch = check.dutch
    self.violated = violated
    self.denominator = denominator
    threshold = check.threshold
    why = check.why
    provider = ""
    period = ""
    delivery = ""
    record = nil
    indicators = []
    let share = denominator == 0 ? 0 : Double(violated) / Double(denominator)
    status = violated == 0 ? .passed : share > check.threshold ? .exceeded : .within
    consequence = .none
  }

  /// Exact share.
  public var share: Double { denominator == 0 ? 0 : Double(violated) / Double(denominator) }

  /// Whether it asks for attention: above its threshold, and more than information.
  public var isAlarm: Bool { status == .exceeded && severity != .info }
}

/// The table of findings and its form as columns.
public enum Findings {
  static let texts: [(name: String, path: any WritableKeyPath<FindingRow, String> & Sendable, meaning: String)] = [
    ("check", \.check, "Which check."), ("scope", \.scope, "All rows, or the part that it is about."),
    ("table_name", \.table, "Core table that it is about; delivery for records before they are rows."),
    ("column_name", \.column, "Column that it is about; missing for rows as a whole."),
    ("meaning", \.english, "What is wrong, in English."), ("meaning_nl", \.dutch, "What is wrong, in Dutch."),
    ("threshold_reason", \.why, "Why this threshold."),
    ("provider", \.provider, "Care provider of the part; missing for all."),
    ("period", \.period, "Period of the part; missing for all."),
    ("delivery", \.delivery, "Delivered file of the example record, or of the part."),
  ]

  /// Rows as columns, in order of `Core.finding`.
  public static func columns(of rows: [FindingRow]) -> [Column] {
    func codes(_ value: (FindingRow) -> String) -> Column {
      var column = CodeColumn()
      for row in rows { column.append(value(row)) }
      return .code(column)
    }
    return texts.map { text in codes { $0[keyPath: text.path] } } + [
      codes { $0.category.rawValue }, codes { $0.severity.rawValue }, codes { $0.status.rawValue },
      codes { $0.consequence.rawValue }, .long(rows.map { Int64($0.violated) }),
      .long(rows.map { Int64($0.denominator) }), .decimal(rows.map(\.share)), .decimal(rows.map(\.threshold)),
      .integer(rows.map { $0.record.map { Int32(clamping: $0) } ?? Missing.int32 }),
      codes { $0.indicators.joined(separator: " ") },
    ]
  }

  /// Columns as rows; nil when they are not those of `Core.finding`.
  public static func rows(of columns: [Column]) -> [FindingRow]? {
    let table = Core.finding
    guard columns.count == table.columns.count, zip(columns, table.columns).allSatisfy({ $0.type == $1.spec.type })
    else { return nil }
    func code(_ index: Int, _ row: Int) -> String {
      if case .code(let column) = columns[index] { column[row] ?? "" } else { "" }
    }
    func long(_ index: Int, _ row: Int) -> Int {
      if case .long(let values) = columns[index] { Int(values[row]) } else { 0 }
    }
    let n = texts.count
    return (0..<columns[0].count).map { row in
      var threshold = 0.0
      if case .decimal(let values) = columns[n + 7] { threshold = values[row] }
      let check = QualityCheck(
        id: "", category: QualityCheck.Category(rawValue: code(n, row)) ?? .conformance, table: "", column: nil,
        dutch: "", english: "", method: .monthMissing, threshold: threshold, why: "",
        severity: QualityCheck.Severity(rawValue: code(n + 1, row)) ?? .info)
      var finding = FindingRow(check, violated: long(n + 4, row), denominator: long(n + 5, row))
      for (index, text) in texts.enumerated() { finding[keyPath: text.path] = code(index, row) }
      finding.status = FindingRow.Status(rawValue: code(n + 2, row)) ?? finding.status
      finding.consequence = QualityCheck.Consequence(rawValue: code(n + 3, row)) ?? .none
      if case .integer(let records) = columns[n + 8], records[row] != Missing.int32 {
        finding.record = Int(records[row])
      }
      finding.indicators = code(n + 9, row).split(separator: " ").map(String.init)
      return finding
    }
  }
}

extension Core {
  /// One row per check that ran, and per part of the rows in which a check with consequences found too much.
  public static let finding = CoreTable(
    name: "finding", meaning: "What a quality check found, in all rows or in a part of them.",
    columns: Findings.texts.map { text in
      CoreColumn(
        text.name, .code, text.meaning,
        required: !["column_name", "provider", "period", "delivery"].contains(text.name),
        key: ["check", "scope"].contains(text.name))
    } + [
      CoreColumn(
        "category", .code, "Kind of flaw, after Kahn et al. 2016.",
        allowed: QualityCheck.Category.allCases.map(\.rawValue), required: true),
      CoreColumn(
        "severity", .code, "How bad it is above the threshold.",
        allowed: QualityCheck.Severity.allCases.map(\.rawValue), required: true),
      CoreColumn(
        "status", .code, "Whether nothing was violated, at most the threshold, or more.",
        allowed: FindingRow.Status.allCases.map(\.rawValue), required: true),
      CoreColumn(
        "consequence", .code, "What happened because of it.",
        allowed: QualityCheck.Consequence.allCases.map(\.rawValue), required: true),
      CoreColumn("violated", .long, "Rows, records or months at fault.", required: true),
      CoreColumn("denominator", .long, "Out of how many.", required: true),
      CoreColumn("share", .decimal, "Exact share at fault.", unit: "0 to 1", required: true),
      CoreColumn("threshold", .decimal, "Largest accepted share.", unit: "0 to 1", required: true),
      CoreColumn("record", .integer, "Record of an example in that file."),
      CoreColumn("indicators", .code, "Indicators that use what it is about, separated by spaces."),
    ])
}
