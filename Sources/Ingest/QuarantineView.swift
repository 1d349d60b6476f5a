import Columns
public import Definitions
public import Foundation
import Parquet
import Readers
public import Workspace

/// Shows records that were set aside with all their fields, the offending ones marked. The deliveries are read again.
public enum QuarantineView {
  /// A field of a record.
  public struct Field: Sendable, Equatable {
    /// Its column in the delivery.
    public let name: String
    /// Its value: masked, unless it was asked for.
    public let value: String
    /// Whether the record, or the value, was set aside for it.
    public let isOffending: Bool
  }

  /// A record of a delivery.
  public struct Record: Sendable, Equatable {
    /// The delivery.
    public let delivery: String
    /// Line or ordinal number.
    public let number: Int
    /// Why: reason, column and what was expected.
    public let reasons: [String]
    /// Its fields; empty where it could not be taken apart. An answer of a questionnaire has its own fields.
    public fileprivate(set) var fields: [Field]
  }

  private struct Case {
    var columns: Set<String> = []
    var reasons: [String] = []
  }

  /// The first records of each delivery that were set aside, or of which a value was.
  ///
  /// - Throws: when a delivery is no longer there or has changed.
  public static func records(
    of run: URL, pipeline: Pipeline, input: URL, limit: Int, isMasked: Bool
  ) throws(Problem) -> [Record] {
    let manifest: Manifest = try JSONFile.read(run.appending(path: "manifest.json"))
    let cases = try cases(in: run.appending(path: "quarantine").appending(path: "quarantine.parquet"))
    var records: [Record] = []
    for account in manifest.deliveries {
      guard let all = cases[account.delivery], let source = pipeline.source(account.source) else { continue }
      let wanted = all.filter { number, _ in all.keys.sorted().prefix(limit).contains(number) }
      let file = try QuarantineExport.original(account, run: manifest.run, input: input)
      var found: [Record] = []
      do throws(ReadError) {
        try read(file, source, pipeline) { names, batch in
          for row in 0..<batch.count {
            guard let one = wanted[Int(batch.lines[row])] else { continue }
            var fields: [Field] = []
            for column in 0..<batch.width {
              let name = names[column]
              let bytes = batch.column(column)[row]
              let value =
                isMasked
                ? masked(bytes, isPersonal: isPersonal(name, source))
                : Recognition.shown(String(decoding: source.encoding.decode(bytes) ?? [], as: UTF8.self))
              fields.append(Field(name: name, value: value, isOffending: one.columns.contains(SourcePlan.folded(name))))
            }
            found.append(
              Record(
                delivery: account.delivery, number: Int(batch.lines[row]), reasons: one.reasons, fields: fields))
          }
        }
      } catch {
        throw Problem(reading: account.delivery, error)
      }
      let shown = Set(found.map(\.number))
      for (number, one) in wanted where !shown.contains(number) {
        found.append(Record(delivery: account.delivery, number: number, reasons: one.reasons, fields: []))
      }
      records += found.sorted { $0.number < $1.number }
    }
    return records
  }

  private static func cases(in file: URL) throws(Problem) -> [String: [Int: Case]] {
    var cases: [String: [Int: Case]] = [:]
    do throws(ParquetError) {
      let reader = try ParquetReader(path: file.path)
      for group in reader.rowGroups.indices {
        let columns = try reader.read(group: group, columns: ["delivery", "record", "column", "reason", "expected"])
        guard case .code(let deliveries) = columns[0], case .integer(let records) = columns[1],
          case .code(let names) = columns[2], case .code(let reasons) = columns[3],
          case .code(let expected) = columns[4]
        else { continue }
        for row in records.indices {
          var one = cases[deliveries[row] ?? "", default: [:]][Int(records[row])] ?? Case()
          if let name = names[row] { one.columns.insert(SourcePlan.folded(name)) }
          let place = names[row].map { " in \($0)" } ?? ""
          let reason = "\(reasons[row] ?? "")\(place)" + (expected[row].map { ": expected \($0)" } ?? "")
          if !one.reasons.contains(reason) { one.reasons.append(reason) }
          cases[deliveries[row] ?? "", default: [:]][Int(records[row])] = one
        }
      }
    } catch {
      throw Problem(
        .noInput, at: file.path, "holds no quarantine: \(error.reason)",
        remedy: "Name the folder of a run, for example workspace/current.")
    }
    return cases
  }

  private static func isPersonal(_ name: String, _ source: Source) -> Bool {
    source.fields.contains { mapping in
      (mapping.target == "person" || mapping.form == .yearOfDate || mapping.form == .postcode4)
        && mapping.columns.contains { SourcePlan.folded($0) == SourcePlan.folded(name) }
    }
  }

  /// Hands out the records of a file, as ingest reads them.
  private static func read(
    _ file: URL, _ source: Source, _ pipeline: Pipeline, _ take: (_ names: [String], borrowing RecordBatch) -> Void
  ) throws(ReadError) {
    let asked = source.askedColumns
    switch source.format {
    case .delimited(let delimiter, let hasHeader, let skipLines):
      let dialect = Dialect(
        delimiter: delimiter, hasHeader: hasHeader, skipLines: skipLines, encoding: source.encoding,
        footerLines: source.footerLines)
      var pieces = try PieceReader(path: file.path, dialect: dialect)
      let names: [String]
      if hasHeader {
        names = try pieces.header()
      } else {
        let first = try FileHead(path: file.path).firstLines(skipLines + 1, encoding: source.encoding).last ?? ""
        names = (1...first.utf8.count { $0 == delimiter } + 1).map(String.init)
      }
      var reader = DelimitedReader(dialect: dialect, width: names.count)
      while let piece = try pieces.next() {
        reader.start(piece)
        while let batch = reader.next() { take(names, batch) }
      }
    case .xml(let record):
      var reader = try XMLReader(path: file.path, record: record, fields: asked)
      while let batch = try reader.next() { take(asked, batch) }
    case .fixedWidth(let layout):
      var reader = try FixedWidthReader(
        path: file.path, layout: layout, fields: asked.compactMap { RecordLayout.Reference($0) },
        isUTF16: source.encoding == .utf16)
      while let batch = try reader.next() { take(asked, batch) }
    case .fhir(let format):
      let reader = QuestionnaireResponses(
        columns: asked.compactMap(FHIRColumn.init), format: format,
        answers: AnswerCodes(source, instruments: pipeline.instruments))
      var ordinal = 0
      var table = RecordTable(width: asked.count)
      func add(_ response: TreeNode) {
        ordinal += 1
        for row in reader.read(response, ReferencedIdentifiers(systems: format.identifierSystems)).rows {
          table.append(row, line: ordinal)
        }
      }
      if try FileHead(path: file.path).bytes.first(where: { $0 > 0x20 && $0 < 0x80 }) == 0x3C {
        var trees = try XMLTreeReader(path: file.path, element: "QuestionnaireResponse", skipping: ["div"])
        while let tree = try trees.next() { add(tree) }
      } else {
        var trees = try JSONTreeReader(path: file.path)
        while let tree = try trees.next()?.value {
          for response in QuestionnaireResponses.responses(in: tree) { add(response) }
        }
      }
      if table.count > 0 { take(asked, table.batch()) }
    }
  }
}
