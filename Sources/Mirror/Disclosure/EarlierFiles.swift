import Columns
import CoreDataset
import Definitions
import Foundation
import Parquet
import Workspace

/// What this run and all runs that it was held against showed, kept beside the results, so that a later run needs the files
/// of the last one only, also when older runs have been removed. It grows by what is new: different counts of a figure
/// stand in it once each.
extension EarlierFigures {
  static func file(_ run: RunFolder) -> URL { run.results.appending(path: "disclosed.parquet") }

  private static let texts: [(name: String, path: any WritableKeyPath<Figure, String> & Sendable)] = [
    ("indicator", \.indicator), ("layout", \.layout), ("unit", \.unit), ("stratum", \.stratum),
  ]
  private static let specs =
    texts.map { ColumnSpec($0.name, .code, isNullable: $0.name == "stratum") }
    + [
      ColumnSpec("from", .day, isNullable: false), ColumnSpec("to", .day, isNullable: false),
      // Missing where a figure was withheld in all runs.
      ColumnSpec("persons", .integer, isNullable: true), ColumnSpec("measured", .integer, isNullable: true),
    ]

  /// What a run and those before it published; of one that was published before there was such a record, what it
  /// published itself, if it says so.
  ///
  /// - Throws: when a record is there and cannot be read.
  static func of(_ run: RunFolder) throws(Problem) -> EarlierFigures {
    if FileManager.default.fileExists(atPath: file(run).path) { return try read(file(run)) }
    guard FileManager.default.fileExists(atPath: DisclosureRecord.file(run).path) else { return .none }
    let record: DisclosureRecord = try JSONFile.read(DisclosureRecord.file(run))
    return EarlierFigures(
      rows: try Mirror.results(run, file: DisclosureRecord.published(run)),
      periods: record.periods.compactMap { stretch in
        guard let from = Day(stretch.from), let to = Day(stretch.to) else { return nil }
        return Period(id: stretch.id, from: from, to: to)
      })
  }

  /// The same of several runs, in order of their publication. A run whose record another one has in its own is not read,
  /// nor is one that has been removed.
  static func of(_ runs: [RunFolder]) throws(Problem) -> EarlierFigures {
    var known: Set<String> = []
    var found: [EarlierFigures] = []
    for run in runs.reversed() where !known.contains(run.id) {
      guard FileManager.default.fileExists(atPath: run.manifest.path) else { continue }
      found.append(try of(run))
      known.formUnion(try Manifest.read(run).references ?? [])
    }
    var all = EarlierFigures()
    for one in found.reversed() { all.add(one) }
    return all
  }

  private static func read(_ file: URL) throws(Problem) -> EarlierFigures {
    var earlier = EarlierFigures()
    do throws(ParquetError) {
      let reader = try ParquetReader(path: file.path)
      for group in reader.rowGroups.indices {
        let columns = try reader.read(group: group)
        guard columns.count == specs.count, case .day(let from) = columns[4], case .day(let to) = columns[5],
          case .integer(let persons) = columns[6], case .integer(let measured) = columns[7]
        else { continue }
        for row in persons.indices {
          var figure = Figure(indicator: "", layout: "", unit: "", stratum: "", from: from[row], to: to[row])
          for (column, text) in texts.enumerated() {
            if case .code(let codes) = columns[column] { figure[keyPath: text.path] = codes[row] ?? "" }
          }
          earlier.add(
            figure,
            persons[row] == Missing.int32 ? [] : [Counts(persons: Int(persons[row]), measured: Int(measured[row]))])
        }
      }
    } catch {
      throw Problem(
        .cannotRead, at: file.path, error.reason,
        remedy: "Restore this run from a copy: without it a new run cannot be held against what was published.")
    }
    return earlier
  }

  /// Writes the record, in an order that depends on its contents only.
  func write(_ run: RunFolder) throws(Problem) {
    let figures = shown.keys.sorted { one, other in
      (one.indicator, one.layout, one.unit, one.stratum, one.from, one.to)
        < (other.indicator, other.layout, other.unit, other.stratum, other.from, other.to)
    }
    var lines: [(figure: Figure, counts: Counts?)] = []
    for figure in figures {
      let counts = shown[figure] ?? []
      if counts.isEmpty { lines.append((figure, nil)) }
      for one in counts { lines.append((figure, one)) }
    }
    let codes = Self.texts.map { text in
      var column = CodeColumn()
      for line in lines {
        let value = line.figure[keyPath: text.path]
        column.append(value.isEmpty ? nil : value)
      }
      return Column.code(column)
    }
    let path = Self.file(run).path
    do throws(ParquetError) {
      let writer = try ParquetWriter(path: path, columns: Self.specs)
      try writer.write(
        codes + [
          .day(lines.map { $0.figure.from }), .day(lines.map { $0.figure.to }),
          .integer(lines.map { $0.counts.map { Int32($0.persons) } ?? Missing.int32 }),
          .integer(lines.map { $0.counts.map { Int32($0.measured) } ?? Missing.int32 }),
        ], rows: lines.count)
      try writer.finish()
    } catch {
      throw Problem(.cannotWrite, at: error.path, error.reason, remedy: "Check the rights and the free space.")
    }
  }
}
