import Columns
import CoreDataset
import Definitions
import Foundation
import Parquet
import Workspace

/// The persons of one bucket, each once, with what the sources say of them. What an insured population says goes before
/// what a claim line says; within one kind of source the last delivery counts.
struct PersonTable {
  /// What checks compare rows with, by number of the person.
  struct Facts {
    fileprivate(set) var birthYears: [Int32] = []
    fileprivate(set) var sexes = CodeColumn()
    fileprivate(set) var deaths: [Int32] = []
    /// Whether any death is known.
    fileprivate(set) var hasDeaths = false
    /// Whether an insured population has the person, and whether it has any.
    fileprivate(set) var isFromRegister: [Bool] = []
    fileprivate(set) var hasRegister = false
    /// Whether claim lines state different years of birth of a person whom no register has.
    fileprivate(set) var hasSeveral: [Bool] = []
  }

  private var index = IdentifierIndex()
  private var facts = Facts()
  private var deliveries = CodeColumn()
  private var records: [Int32] = []

  /// The rows of persons; of those that are new nothing is known but where they were seen first.
  private mutating func rows(_ persons: [Identifier], _ delivery: Int32, _ lines: [Int32]) -> [Int32] {
    let rows = index.numbers(persons)
    // Persons are numbered in the order in which they appear.
    let (known, numbers, from) = (records.count, rows.span, lines.span)
    records.append(addingCapacity: rows.count) { (output: inout OutputSpan<Int32>) in
      output.withUnsafeMutableBufferPointer { target, new in
        // In bounds: at most one person is new in each row.
        for i in numbers.indices {
          target[new] = from[unchecked: i]
          new &+= Int(numbers[unchecked: i]) == known &+ new ? 1 : 0
        }
      }
    }
    let count = records.count - facts.birthYears.count
    facts.birthYears += repeatElement(Missing.int32, count: count)
    facts.sexes.indices += repeatElement(Missing.code, count: count)
    facts.deaths += repeatElement(Missing.int32, count: count)
    facts.isFromRegister += repeatElement(false, count: count)
    facts.hasSeveral += repeatElement(false, count: count)
    deliveries.indices += repeatElement(delivery, count: count)
    return rows
  }

  /// Adds the persons of insured periods, given as staged columns.
  ///
  /// - Returns: Number of the person of each row.
  mutating func add(insured columns: [Column], delivery: String) -> [Int32] {
    let table = Staged.insuredPeriod
    guard case .identifier(let ids) = columns[table.index(of: "person") ?? 0],
      case .integer(let years) = columns[table.index(of: "birth_year") ?? 0],
      case .code(let sex) = columns[table.index(of: "sex") ?? 0],
      case .day(let died) = columns[table.index(of: "died_on") ?? 0],
      case .integer(let lines) = columns[table.index(of: "record") ?? 0]
    else { return [] }
    let code = deliveries.book.code(delivery)
    let translation = sex.book.values.map { facts.sexes.book.code($0) }
    let rows = rows(ids, code, lines)
    facts.hasRegister = true
    for i in rows.indices {
      let row = Int(rows[i])
      if !facts.isFromRegister[row] {
        deliveries.indices[row] = code
        records[row] = lines[i]
      }
      facts.isFromRegister[row] = true
      if years[i] != Missing.int32 { facts.birthYears[row] = years[i] }
      if sex.indices[i] >= 0 { facts.sexes.indices[row] = translation[Int(sex.indices[i])] }
      if died[i] != Missing.int32 {
        facts.deaths[row] = died[i]
        facts.hasDeaths = true
      }
    }
    return rows
  }

  /// Adds the persons of claim lines, given as staged columns.
  ///
  /// - Returns: Number of the person of each row.
  mutating func add(claims columns: [Column], delivery: String) -> [Int32] {
    let table = Staged.claimLine
    guard case .identifier(let ids) = columns[table.index(of: "person") ?? 0],
      case .integer(let years) = columns[table.index(of: "birth_year") ?? 0],
      case .code(let sex) = columns[table.index(of: "sex") ?? 0],
      case .integer(let lines) = columns[table.index(of: "record") ?? 0]
    else { return [] }
    let translation = sex.book.values.map { facts.sexes.book.code($0) }
    let rows = rows(ids, deliveries.book.code(delivery), lines)
    let (isFromRegister, hasRegister) = (facts.isFromRegister, facts.hasRegister)
    Self.note(years, of: rows, hasRegister ? isFromRegister : nil, in: &facts.birthYears, differ: &facts.hasSeveral)
    let (numbers, given) = (rows.span, sex.indices.span)
    var codes = facts.sexes.indices.mutableSpan
    for i in numbers.indices where given[i] >= 0 && !(hasRegister && isFromRegister[Int(numbers[i])]) {
      codes[Int(numbers[i])] = translation[Int(given[i])]
    }
    return rows
  }

  /// Notes the years of birth that claim lines state of who is in no register. The last one counts.
  private static func note(
    _ years: [Int32], of rows: [Int32], _ isFromRegister: [Bool]?, in known: inout [Int32], differ: inout [Bool]
  ) {
    let (numbers, stated) = (rows.span, years.span)
    var known = known.mutableSpan
    var differ = differ.mutableSpan
    for i in numbers.indices where stated[i] != Missing.int32 {
      let row = Int(numbers[i])
      if let isFromRegister, isFromRegister[row] { continue }
      if known[row] != stated[i] && known[row] != Missing.int32 { differ[row] = true }
      known[row] = stated[i]
    }
  }

  /// What is known of the persons of rows, given as their numbers.
  func facts(_ numbers: [Int32]) -> PersonRows { PersonRows(numbers: numbers, table: facts) }

  /// What the register says of the persons of claim lines, and of persons who are not in it what each line says.
  ///
  /// - Parameter numbers: numbers of the persons of the rows; nil to look them up.
  func facts(claims rows: [Column], _ numbers: [Int32]? = nil) -> PersonRows? {
    let table = Core.claimLine
    guard var facts = numbers.map(facts) ?? facts(table, rows),
      case .integer(let years) = rows[table.index(of: "birth_year") ?? 0],
      case .code(let sexes) = rows[table.index(of: "sex") ?? 0]
    else { return nil }
    facts.stated = (years, sexes)
    return facts
  }

  /// What is known of the persons of rows of a core table; nil when it has none or one of them is not known.
  func facts(_ table: CoreTable, _ columns: [Column]) -> PersonRows? {
    guard let column = table.index(of: "person"), case .identifier(let ids) = columns[column] else { return nil }
    var numbers: [Int32] = []
    numbers.reserveCapacity(ids.count)
    for id in ids {
      guard let number = index.find(id) else { return nil }
      numbers.append(Int32(truncatingIfNeeded: number))
    }
    return facts(numbers)
  }

  /// Adds a person of whom only an answer is known.
  mutating func add(_ person: Identifier, delivery: String, record: Int32) {
    if index.find(person) == nil { _ = rows([person], deliveries.book.code(delivery), [record]) }
  }

  /// Writes the table.
  func write(bucket: Int, keyID: String, run: RunFolder, accounts: inout BucketAccounts) throws(Problem) -> Int {
    var writer = CoreTableWriter(Core.person, in: run.core("person", bucket: bucket))
    let columns: [Column] = [
      .identifier(index.identifiers), constant(keyID, index.count), .integer(facts.birthYears), .code(facts.sexes),
      .day(facts.deaths), .code(deliveries), .integer(records),
    ]
    accounts.observe(Core.person, columns, persons: facts(Array(0..<Int32(truncatingIfNeeded: index.count))))
    try writer.append(columns)
    return try writer.finish()
  }
}

/// Insured periods of a bucket: from staged to core.
enum InsuredBucket {
  static func write(
    _ parts: [StagedPart], bucket: Int, run: RunFolder, persons: inout PersonTable, accounts: inout BucketAccounts,
    insured: inout InsuredTime?
  ) throws(Problem) -> Int {
    var writer = CoreTableWriter(
      Core.insuredPeriod, in: run.core("insured_period", bucket: bucket), mayBeAbsent: bucket > 0)
    let table = Staged.insuredPeriod
    for part in parts where part.reader.rowGroups[bucket] > 0 {
      let columns = try part.mapped(bucket: bucket, table: table, accounts: &accounts)
      let numbers = persons.add(insured: columns, delivery: part.account.delivery)
      let rows = Core.insuredPeriod.columns.map { column in
        column.name == "delivery"
          ? constant(part.account.delivery, columns[0].count) : columns[table.index(of: column.name) ?? 0]
      }
      insured?.add(columns)
      accounts.observe(Core.insuredPeriod, rows, persons: persons.facts(numbers))
      try writer.append(rows)
    }
    return try writer.finish()
  }
}
