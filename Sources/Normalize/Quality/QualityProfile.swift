import Columns
import CoreDataset
import Definitions
import Foundation
import Parquet
import Workspace

/// What deliveries of a source look like, so that the next run can be held against it: records and amounts per care
/// provider and period, missing values, means and codes per column.
struct ProfileRow: Hashable, Sendable {
  /// What was measured.
  enum Quantity: String, Sendable {
    /// Records of a care provider in a period.
    case records
    /// Mean amount of a care provider in a period, euros.
    case meanEuros = "mean-euros"
    /// Share of the rows without a value.
    case missing
    /// Mean of a column.
    case mean
    /// Share of the rows with a code.
    case code
  }
  struct Key: Hashable, Sendable, Comparable {
    let quantity: String
    let source: String
    let table: String
    /// Column, and of a code `column=code`; empty for rows.
    let item: String
    let provider: String
    let period: String

    static func < (a: Key, b: Key) -> Bool {
      (a.table, a.source, a.quantity, a.item, a.provider, a.period)
        < (b.table, b.source, b.quantity, b.item, b.provider, b.period)
    }
  }
  let key: Key
  /// Rows behind the value.
  let rows: Int
  let value: Double
}

/// Makes, writes and reads profiles.
enum QualityProfile {
  static let specs = [
    ColumnSpec("quantity", .code, isNullable: false), ColumnSpec("source", .code, isNullable: false),
    ColumnSpec("table_name", .code, isNullable: false), ColumnSpec("item", .code), ColumnSpec("provider", .code),
    ColumnSpec("period", .code), ColumnSpec("rows", .long, isNullable: false),
    ColumnSpec("value", .decimal, isNullable: false),
  ]

  static func rows(_ quality: BucketQuality, _ pipeline: Pipeline) -> [ProfileRow] {
    var rows: [ProfileRow] = []
    for (origin, profiles) in quality.profiles {
      guard let table = quality.plan.tables[origin.table]?.table else { continue }
      func add(_ quantity: ProfileRow.Quantity, _ item: String, _ count: Int, _ value: Double) {
        let key = ProfileRow.Key(
          quantity: quantity.rawValue, source: origin.source, table: origin.table, item: item, provider: "", period: "")
        rows.append(ProfileRow(key: key, rows: count, value: value))
      }
      for (column, profile) in zip(table.columns, profiles) where !["delivery", "record"].contains(column.name) {
        add(.missing, column.name, profile.rows, Double(profile.missing) / Double(max(profile.rows, 1)))
        let present = profile.rows - profile.missing
        if [.day, .integer, .long, .cents, .decimal].contains(column.spec.type), present > 0 {
          add(.mean, column.name, present, profile.sum / Double(present))
        }
        for (code, count) in profile.codes {
          add(.code, "\(column.name)=\(code)", profile.rows, Double(count) / Double(max(profile.rows, 1)))
        }
      }
    }
    return (rows + volumes(quality, pipeline)).sorted { $0.key < $1.key }
  }

  private static func volumes(_ quality: BucketQuality, _ pipeline: Pipeline) -> [ProfileRow] {
    var rows: [ProfileRow] = []
    let months = quality.plan.months
    let stride = months.count + 1
    for (origin, volume) in quality.volumes {
      for (position, period) in pipeline.periods.enumerated() {
        let inPeriod = months.periods.indices.filter { months.periods[$0].contains(position) }
        for unit in 0..<volume.records.count / stride {
          let records = inPeriod.reduce(0) { $0 + Int(volume.records[unit * stride + $1]) }
          if records == 0 { continue }
          func add(_ quantity: ProfileRow.Quantity, _ value: Double) {
            let key = ProfileRow.Key(
              quantity: quantity.rawValue, source: origin.source, table: origin.table, item: "",
              provider: unit == 0 ? "" : quality.providers[unit - 1], period: period.id)
            rows.append(ProfileRow(key: key, rows: records, value: value))
          }
          add(.records, Double(records))
          if volume.cents.count >= (unit + 1) * stride {
            let cents = inPeriod.reduce(Int64(0)) { $0 + volume.cents[unit * stride + $1] }
            add(.meanEuros, Double(cents) / 100 / Double(records))
          }
        }
      }
    }
    return rows
  }

  static func write(_ rows: [ProfileRow], _ run: RunFolder) throws(Problem) {
    func codes(_ value: (ProfileRow.Key) -> String) -> Column {
      var column = CodeColumn()
      for row in rows { column.append(value(row.key)) }
      return .code(column)
    }
    let columns: [Column] = [
      codes(\.quantity), codes(\.source), codes(\.table), codes(\.item), codes(\.provider), codes(\.period),
      .long(rows.map { Int64($0.rows) }), .decimal(rows.map(\.value)),
    ]
    do throws(ParquetError) {
      let writer = try ParquetWriter(path: file(run).path, columns: specs)
      try writer.write(columns, rows: rows.count)
      try writer.finish()
    } catch {
      throw Problem(.cannotWrite, at: error.path, error.reason)
    }
  }

  private static func file(_ run: RunFolder) -> URL { run.quality.appending(path: "profile.parquet") }

  /// The profile of a run; nil when it has none that can be read.
  static func read(_ run: RunFolder) -> [ProfileRow]? {
    guard let reader = try? ParquetReader(path: file(run).path) else { return nil }
    var rows: [ProfileRow] = []
    for group in reader.rowGroups.indices {
      guard let columns = try? reader.read(group: group), columns.count == specs.count,
        case .long(let counts) = columns[6], case .decimal(let values) = columns[7]
      else { return nil }
      func code(_ index: Int, _ row: Int) -> String {
        if case .code(let column) = columns[index] { column[row] ?? "" } else { "" }
      }
      for row in counts.indices {
        let key = ProfileRow.Key(
          quantity: code(0, row), source: code(1, row), table: code(2, row), item: code(3, row),
          provider: code(4, row), period: code(5, row))
        rows.append(ProfileRow(key: key, rows: Int(counts[row]), value: values[row]))
      }
    }
    return rows
  }
}
