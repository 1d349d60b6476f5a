import Columns
import CoreDataset
import Definitions
import Workspace

/// The checks of a pipeline, with their columns found, table by table.
struct QualityPlan: Sendable {
  /// One check of rows.
  struct RowCheck: Sendable {
    /// Position among the checks.
    let number: Int
    let among: [BoundCondition]
    let violated: [BoundCondition]
    /// Whether violations are counted per care provider and month.
    let isPlaced: Bool
  }
  /// The checks of a table.
  struct TableChecks: Sendable {
    let table: CoreTable
    let checks: [RowCheck]
    let delivery: Int
    let record: Int
    /// The column that says to which care provider and month a row belongs.
    let provider: Int?
    let day: Int?
    let amount: Int?
  }

  let checks: [QualityCheck]
  let months: MonthAxis
  let tables: [String: TableChecks]
  /// Source of each delivery.
  let sources: [String]
  /// Codes of the table of care providers; empty without one.
  var providers: Set<String> = []

  init(_ pipeline: Pipeline, _ accounts: [DeliveryAccount]) {
    checks = pipeline.quality.checks
    months = MonthAxis(pipeline.periods)
    sources = accounts.map(\.source)
    let days = RunDays(
      asOf: pipeline.quality.asOf.number, first: pipeline.periods.first?.from.number ?? 0,
      last: pipeline.periods.last?.to.number ?? 0)
    var tables: [String: TableChecks] = [:]
    for table in Core.all {
      guard let delivery = table.index(of: "delivery"), let record = table.index(of: "record") else { continue }
      let rowChecks = pipeline.quality.checks.enumerated().compactMap { number, check -> RowCheck? in
        guard check.table == table.name, case .rows(let among, let violated) = check.method else { return nil }
        let bound = (among + violated).compactMap { BoundCondition($0, table, days) }
        guard bound.count == among.count + violated.count else { return nil }
        return RowCheck(
          number: number, among: Array(bound.prefix(among.count)), violated: Array(bound.dropFirst(among.count)),
          isPlaced: check.consequence == .block)
      }
      // Measurements count in the period of their index date, as figures do.
      let day = ["start", "index_date", "completed_on"].lazy.compactMap { table.index(of: $0) }.first
      tables[table.name] = TableChecks(
        table: table, checks: rowChecks, delivery: delivery, record: record, provider: table.index(of: "provider"),
        day: day, amount: table.index(of: "amount_cents"))
    }
    self.tables = tables
  }
}

/// Days of the run that columns are compared with.
struct RunDays: Sendable {
  let asOf: Int32
  let first: Int32
  let last: Int32

  func day(_ name: String) -> Int32? {
    switch name {
    case "as-of": asOf
    case "first-period": first
    case "last-period": last
    default: nil
    }
  }
}

/// A condition of which the columns are found.
struct BoundCondition: Sendable {
  /// Where values come from.
  enum Operand: Sendable, Hashable {
    case column(Int)
    case person(PersonFact)
    /// A day, or its year where it is compared with years.
    case day(Int32)
  }
  let column: Operand
  let test: CheckCondition.Test
  let other: Operand?

  /// Nil when a column is not there.
  init?(_ condition: CheckCondition, _ table: CoreTable, _ days: RunDays) {
    func operand(_ name: String) -> Operand? {
      if let fact = PersonFact(rawValue: name) { return .person(fact) }
      return days.day(name).map(Operand.day) ?? table.index(of: name).map(Operand.column)
    }
    guard let column = operand(condition.column) else { return nil }
    self.column = column
    test = condition.test
    switch condition.test {
    case .before(let name), .after(let name), .differs(let name):
      guard let found = operand(name) else { return nil }
      other = found
    default: other = nil
    }
  }
}

/// What rows can be compared with of the person that they are about.
enum PersonFact: String, Sendable {
  case birthYear = "person.birth_year"
  case sex = "person.sex"
  case diedOn = "person.died_on"
}

/// What is known of the persons of some rows.
struct PersonRows {
  /// Number of the person of each row.
  let numbers: [Int32]
  let birthYears: [Int32]
  let sexes: CodeColumn
  let deaths: [Int32]
  /// Whether any death is known.
  let hasDeaths: Bool

  /// A fact, row by row; nil where it is known of nobody.
  func column(_ fact: PersonFact) -> Column? {
    switch fact {
    case .birthYear: .integer(Self.gather(birthYears, numbers))
    case .diedOn: hasDeaths ? .day(Self.gather(deaths, numbers)) : nil
    case .sex: .code(CodeColumn(indices: Self.gather(sexes.indices, numbers), book: sexes.book))
    }
  }

  private static func gather(_ values: [Int32], _ rows: [Int32]) -> [Int32] {
    rows.map { values[Int($0)] }
  }

  /// The same for some of the rows.
  func gather(_ rows: [Int32]) -> PersonRows {
    PersonRows(
      numbers: Self.gather(numbers, rows), birthYears: birthYears, sexes: sexes, deaths: deaths, hasDeaths: hasDeaths)
  }
}
