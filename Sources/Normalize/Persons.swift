import Columns
import CoreDataset
import Definitions
import Foundation
import Parquet
import Workspace

/// The persons of one bucket, each once, with what the sources say of them. What an insured population says goes before
/// what a claim line says; within one kind of source the last delivery counts.
struct PersonTable {
  private var index = IdentifierIndex()
  private var birthYears: [Int32] = []
  private var sexes = CodeColumn()
  private var deaths: [Int32] = []
  private var hasDeaths = false
  private var isFromRegister: [Bool] = []
  private var hasRegister = false
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
    let count = records.count - birthYears.count
    birthYears += repeatElement(Missing.int32, count: count)
    sexes.indices += repeatElement(Missing.code, count: count)
    deaths += repeatElement(Missing.int32, count: count)
    isFromRegister += repeatElement(false, count: count)
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
    let translation = sex.book.values.map { sexes.book.code($0) }
    let rows = rows(ids, code, lines)
    hasRegister = true
    for i in rows.indices {
      let row = Int(rows[i])
      if !isFromRegister[row] {
        deliveries.indices[row] = code
        records[row] = lines[i]
      }
      isFromRegister[row] = true
      if years[i] != Missing.int32 { birthYears[row] = years[i] }
      if sex.indices[i] >= 0 { sexes.indices[row] = translation[Int(sex.indices[i])] }
      if died[i] != Missing.int32 {
        deaths[row] = died[i]
        hasDeaths = true
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
    let translation = sex.book.values.map { sexes.book.code($0) }
    let rows = rows(ids, deliveries.book.code(delivery), lines)
    let isFromRegister = isFromRegister
    let hasRegister = hasRegister
    let (numbers, stated, given) = (rows.span, years.span, sex.indices.span)
    var known = birthYears.mutableSpan
    for i in numbers.indices where stated[i] != Missing.int32 && !(hasRegister && isFromRegister[Int(numbers[i])]) {
      known[Int(numbers[i])] = stated[i]
    }
    var codes = sexes.indices.mutableSpan
    for i in numbers.indices where given[i] >= 0 && !(hasRegister && isFromRegister[Int(numbers[i])]) {
      codes[Int(numbers[i])] = translation[Int(given[i])]
    }
    return rows
  }

  /// What is known of the persons of rows, given as their numbers.
  func facts(_ numbers: [Int32]) -> PersonRows {
    PersonRows(numbers: numbers, birthYears: birthYears, sexes: sexes, deaths: deaths, hasDeaths: hasDeaths)
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
      .identifier(index.identifiers), constant(keyID, index.count), .integer(birthYears), .code(sexes), .day(deaths),
      .code(deliveries), .integer(records),
    ]
    accounts.observe(Core.person, columns)
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
