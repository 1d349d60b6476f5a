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
  case birthYears = "person.birth_years"
}

/// What is known of the persons of some rows.
struct PersonRows {
  /// Number of the person of each row.
  let numbers: [Int32]
  let table: PersonTable.Facts
  /// What the rows themselves say, which counts for persons of whom no register is known; nil where all that is known of
  /// persons counts. While claim lines are still being read, what earlier lines said must not: it would depend on how many
  /// are read at once.
  var stated: (birthYears: [Int32], sexes: CodeColumn)?

  /// A fact, row by row; nil where it is known of nobody.
  func column(_ fact: PersonFact) -> Column? {
    switch fact {
    case .birthYear:
      .integer(gather(table.birthYears, stated: stated?.birthYears))
    case .diedOn: table.hasDeaths ? .day(gather(table.deaths, stated: nil)) : nil
    case .sex: sex
    case .birthYears:
      .integer(
        numbers.map { table.birthYears[Int($0)] == Missing.int32 ? Missing.int32 : table.hasSeveral[Int($0)] ? 2 : 1 })
    }
  }

  private var sex: Column {
    guard let sexes = stated?.sexes else {
      return .code(CodeColumn(indices: gather(table.sexes.indices, stated: nil), book: table.sexes.book))
    }
    var book = table.sexes.book
    let codes = sexes.book.values.map { book.code($0) }
    let own = sexes.indices.map { $0 < 0 ? Missing.code : codes[Int($0)] }
    return .code(CodeColumn(indices: gather(table.sexes.indices, stated: own), book: book))
  }

  private func gather(_ known: [Int32], stated: [Int32]?) -> [Int32] {
    guard let stated else { return numbers.map { known[Int($0)] } }
    if !table.hasRegister { return stated }
    return numbers.indices.map { row in
      let person = Int(numbers[row])
      return table.isFromRegister[person] ? known[person] : stated[row]
    }
  }

  /// The same for some of the rows.
  func gather(_ rows: [Int32]) -> PersonRows {
    PersonRows(
      numbers: rows.map { numbers[Int($0)] }, table: table,
      stated: stated.map { stated in
        (
          rows.map { stated.birthYears[Int($0)] },
          CodeColumn(indices: rows.map { stated.sexes.indices[Int($0)] }, book: stated.sexes.book)
        )
      })
  }
}
