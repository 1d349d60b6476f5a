import Columns
import CoreDataset
import Definitions
import Parquet
import Workspace

/// Totals of groups: from staged to core. A record of a delivery is one group, with a row for each column of amounts.
///
/// A group is its area, period, sex and age band. The same group in a later delivery replaces the earlier one. Twice in one
/// delivery, it cannot be told which one is right: the second is set aside. What a record leaves open counts too, so that a
/// rest record without area, sex and age is a group of its own.
struct GroupTotals {
  /// What was written.
  struct Written {
    var rows = 0
    var cents: Int64 = 0
    /// Records that name no area.
    var withoutUnit = 0
  }

  private struct Group: Hashable {
    let unit: Int32
    let period: Int32
    let sex: Int32
    let ageBand: Int32
  }
  private struct Place {
    let part: Int
    let record: Int32
    let cents: Int64
  }

  private var books = (unit: CodeBook(), period: CodeBook(), sex: CodeBook(), ageBand: CodeBook())
  private var places: [Group: Place] = [:]
  /// Records that are left out, by part.
  private var leftOut: [Set<Int32>] = []

  /// Reads the parts, in order of delivery, and writes those groups that count. There are no persons, so there is one
  /// file and no bucket.
  static func write(
    _ parts: [StagedPart], run: RunFolder, accounts: inout BucketAccounts
  ) throws(Problem) -> Written {
    var totals = GroupTotals()
    totals.leftOut = Array(repeating: [], count: parts.count)
    for part in parts { try totals.compare(part, parts, &accounts) }
    var written = Written()
    var writer = CoreTableWriter(Core.groupTotal, in: run.core(Core.groupTotal.name))
    for part in parts {
      var staged = try part.read(bucket: 0)
      _ = CodeMapping(part.source, table: Staged.groupTotal).apply(&staged)
      let leftOut = totals.leftOut[part.index]
      guard case .integer(let records) = Self.column("record", staged) else { continue }
      let rows = records.indices.filter { !leftOut.contains(records[$0]) }.map { Int32($0) }
      let kept = staged.map { $0.gather(rows[...]) }
      written.add(kept)
      let columns = Core.groupTotal.columns.map { column in
        switch column.name {
        case "reported_by": constant(part.source.reportedBy.rawValue, rows.count)
        case "delivery": constant(part.account.delivery, rows.count)
        default: Self.column(column.name, kept)
        }
      }
      accounts.observe(Core.groupTotal, columns)
      try writer.append(columns)
    }
    written.rows = try writer.finish()
    return written
  }

  private static func column(_ name: String, _ columns: [Column]) -> Column {
    columns[Staged.groupTotal.index(of: name) ?? 0]
  }

  /// Finds the records of a part that do not count, or that make earlier ones not count.
  private mutating func compare(
    _ part: StagedPart, _ parts: [StagedPart], _ accounts: inout BucketAccounts
  ) throws(Problem) {
    var columns = try part.read(bucket: 0)
    let unknown = CodeMapping(part.source, table: Staged.groupTotal).apply(&columns)
    guard case .integer(let records) = Self.column("record", columns),
      case .cents(let cents) = Self.column("amount_cents", columns),
      case .code(let unit) = Self.column("unit", columns), case .code(let period) = Self.column("period", columns),
      case .code(let sex) = Self.column("sex", columns), case .code(let band) = Self.column("age_band", columns)
    else { return }
    let sums = Self.sums(cents, by: records)
    report(unknown, part, records, sums, &accounts)
    let units = Self.translated(unit, &books.unit)
    let periods = Self.translated(period, &books.period)
    let sexes = Self.translated(sex, &books.sex)
    let bands = Self.translated(band, &books.ageBand)
    var last = Int32.min
    for row in records.indices where records[row] != last {
      let record = records[row]
      last = record
      if leftOut[part.index].contains(record) { continue }
      let group = Group(unit: units[row], period: periods[row], sex: sexes[row], ageBand: bands[row])
      let place = Place(part: part.index, record: record, cents: sums[record] ?? 0)
      guard let earlier = places[group] else {
        places[group] = place
        continue
      }
      if parts[earlier.part].delivery == part.delivery {
        leftOut[part.index].insert(record)
        accounts.quarantine(
          part.delivery, record: record, column: nil, reason: "duplicate-group", value: nil, cents: place.cents)
      } else {
        leftOut[earlier.part].insert(earlier.record)
        accounts.supersede(parts[earlier.part].delivery, cents: earlier.cents)
        places[group] = place
      }
    }
  }

  /// Reports codes that are not known, once per record and column, and leaves out the records that need them.
  private mutating func report(
    _ unknown: [CodeMapping.Unknown], _ part: StagedPart, _ records: [Int32], _ sums: [Int32: Int64],
    _ accounts: inout BucketAccounts
  ) {
    struct Value: Hashable {
      let record: Int32
      let column: String
    }
    for code in unknown where code.isRejected && leftOut[part.index].insert(records[code.row]).inserted {
      accounts.quarantine(
        part.delivery, record: records[code.row], column: code.column, reason: "unknown-code", value: code.value,
        cents: sums[records[code.row]] ?? 0)
    }
    var listed: Set<Value> = []
    for code in unknown where !code.isRejected && !leftOut[part.index].contains(records[code.row]) {
      if listed.insert(Value(record: records[code.row], column: code.column)).inserted {
        accounts.setAside(part.delivery, record: records[code.row], column: code.column, code.value)
      }
    }
  }

  private static func sums(_ cents: [Int64], by records: [Int32]) -> [Int32: Int64] {
    var sums: [Int32: Int64] = [:]
    for (row, record) in records.enumerated() { sums[record, default: 0] += cents[row] }
    return sums
  }

  private static func translated(_ column: CodeColumn, _ book: inout CodeBook) -> [Int32] {
    let translation = column.book.values.map { book.code($0) }
    return column.indices.map { $0 < 0 ? -1 : translation[Int($0)] }
  }
}

extension GroupTotals.Written {
  /// Adds staged columns that are written.
  mutating func add(_ columns: [Column]) {
    let table = Staged.groupTotal
    guard case .cents(let cents) = columns[table.index(of: "amount_cents") ?? 0],
      case .code(let unit) = columns[table.index(of: "unit") ?? 0],
      case .integer(let records) = columns[table.index(of: "record") ?? 0]
    else { return }
    self.cents += cents.reduce(0, +)
    withoutUnit += Set(records.indices.filter { unit.indices[$0] < 0 }.map { records[$0] }).count
  }
}
