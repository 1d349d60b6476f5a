import Columns
import CoreDataset
import Definitions
import Foundation
import Glibc

@testable import Ingest
@testable import Readers

/// What is done with an input. Errors of the kinds that readers declare are expected; a trap is a find.
enum FuzzTargets {
  /// A file in memory; readers take paths.
  private static let path = "/dev/shm/spiegel-fuzz-\(getpid())"

  private static func write(_ bytes: some Collection<UInt8>, to path: String = path) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    precondition(descriptor >= 0)
    let all = Array(bytes)
    precondition(Glibc.write(descriptor, all, all.count) == all.count)
    close(descriptor)
  }

  private struct Records: Equatable {
    var fields: [[UInt8]] = []
    var lines: [Int32] = []
    var faults: [Int] = []
    var failure: ReadError?
  }

  private static func take(_ batch: borrowing RecordBatch, into records: inout Records) {
    for row in 0..<batch.count {
      records.lines.append(batch.lines[row])
      for column in 0..<batch.width {
        let field = batch.column(column)[row]
        records.fields.append(field.indices.map { field[$0] })
      }
    }
  }

  private static func delimited(_ dialect: Dialect, pieceBytes: Int, onlyLibrary: Bool) -> Records {
    var records = Records()
    do throws(ReadError) {
      var pieces = try PieceReader(path: path, dialect: dialect, pieceBytes: pieceBytes)
      let width = dialect.hasHeader ? try pieces.header().count : 3
      var reader = DelimitedReader(dialect: dialect, width: width, usesOnlyLibCSV: onlyLibrary)
      while let piece = try pieces.next() {
        reader.start(piece)
        while let batch = reader.next() { take(batch, into: &records) }
        records.faults += reader.takeFaults().map(\.line)
      }
    } catch {
      records.failure = error
    }
    return records
  }

  /// The dialect comes from the first byte. Small pieces, large ones and libcsv alone must agree.
  static let delimited: @Sendable ([UInt8]) -> Void = { input in
    guard let choice = input.first else { return }
    write(input.dropFirst())
    let dialect = Dialect(
      delimiter: [UInt8(ascii: ";"), UInt8(ascii: ","), 0x09, UInt8(ascii: " ")][Int(choice & 3)],
      quote: choice & 4 == 0 ? UInt8(ascii: "\"") : nil, hasHeader: choice & 8 == 0, skipLines: Int(choice >> 4 & 1),
      maxRecordBytes: choice & 32 == 0 ? 1 << 20 : 16, encoding: choice & 64 == 0 ? .utf8 : .windows1252,
      footerLines: choice & 128 == 0 ? 0 : 1)
    let whole = delimited(dialect, pieceBytes: 1 << 20, onlyLibrary: false)
    precondition(whole == delimited(dialect, pieceBytes: 1, onlyLibrary: false), "another split reads other records")
    precondition(whole == delimited(dialect, pieceBytes: 1 << 20, onlyLibrary: true), "libcsv reads other records")
  }

  /// Records of any depth, and the same document as trees.
  static let xml: @Sendable ([UInt8]) -> Void = { input in
    write(input)
    var records = Records()
    do throws(ReadError) {
      var reader = try XMLReader(path: path, record: "//r", fields: [".", "@a", "b/c", "../@d", "../e"])
      while let batch = try reader.next() { take(batch, into: &records) }
    } catch { records.failure = error }
    var whole = Records()
    do throws(ReadError) {
      try XMLReader.readAll(path: path, record: "//r", fields: [".", "@a", "b/c", "../@d", "../e"]) { table in
        take(table.batch(), into: &whole)
        return true
      }
    } catch { whole.failure = error }
    if records.failure == nil { precondition(whole == records, "all at once other records are read") }
    precondition((records.failure == nil) == (whole.failure == nil), "all at once something else is well formed")
    do throws(ReadError) {
      var reader = try XMLTreeReader(path: path, element: "r", skipping: ["div"])
      while try reader.next() != nil {}
    } catch {}
  }

  private static let layout: RecordLayout = {
    func field(_ name: String, _ at: Int, _ length: Int, _ sign: String? = nil) -> RecordLayout.Field {
      RecordLayout.Field(name: name, at: at, length: length, sign: sign)
    }
    return RecordLayout(
      tag: field("tag", 1, 1), recordLength: nil,
      kinds: [
        .init(tag: "A", within: [], fields: [field("a", 2, 2)]),
        .init(tag: "B", within: ["A"], fields: [field("b", 2, 3)]),
        .init(tag: "C", within: ["B", "A"], fields: [field("c", 2, 3), field("n", 3, 4, "s"), field("s", 7, 1)]),
        .init(tag: "D", within: ["C"], fields: [field("n", 2, 4, "s"), field("s", 6, 1)]),
        .init(tag: "Z", within: ["A"], fields: [field("n", 2, 2), field("t", 4, 6, "s"), field("s", 10, 1)]),
      ], record: "C", closing: "Z",
      totals: [
        .init(field: "n", counts: ["B", "C"], sum: nil), .init(field: "t", counts: [], sum: .init("D.n"), decimals: 2),
      ], credit: "C")
  }()

  /// A small layout. What is read must be as wide as what was asked for.
  static let fixedWidth: @Sendable ([UInt8]) -> Void = { input in
    write(input)
    let fields = ["A.a", "B.b", "C.c", "C.n", "D.n"].compactMap { RecordLayout.Reference($0) }
    var records = Records()
    do throws(ReadError) {
      var reader = try FixedWidthReader(path: path, layout: layout, fields: fields, isUTF16: input.first == 0xFF)
      while let batch = try reader.next() { take(batch, into: &records) }
    } catch {}
    precondition(records.fields.count == records.lines.count * fields.count)
  }

  /// Resources in XML or JSON, down to the answers.
  static let fhir: @Sendable ([UInt8]) -> Void = { input in
    write(input)
    let source = Source(
      id: "f", version: "1", reportedBy: .patient, delivers: .response, namePatterns: [],
      format: .fhir(statuses: ["completed"]), encoding: .utf8, amounts: AmountFormat(), dates: [.iso], missing: [],
      fields: [], questionnaires: [])
    let reader = QuestionnaireResponses(
      columns: FHIRColumn.allCases, statuses: ["completed"], answers: AnswerCodes(source, instruments: []))
    do throws(ReadError) {
      if input.first == UInt8(ascii: "<") {
        var trees = try XMLTreeReader(path: path, element: "QuestionnaireResponse", skipping: ["div"])
        while let tree = try trees.next() { _ = reader.read(tree) }
      } else {
        var trees = try JSONTreeReader(path: path)
        while let (tree, _) = try trees.next() {
          for response in QuestionnaireResponses.responses(in: tree) { _ = reader.read(response) }
        }
      }
    } catch {}
  }

  private static let pipeline: URL = {
    let folder = URL(filePath: "/dev/shm/spiegel-fuzz-\(getpid())-pipeline")
    try? FileManager.default.createDirectory(at: folder.appending(path: "sources"), withIntermediateDirectories: true)
    write(
      """
      version: "1"
      name: {nl: x, en: x}
      purpose: {nl: x, en: x}
      legal-basis: none
      periods: {from: 2015, to: 2016}
      minimum-persons: {value: 10, why: agreed, since: 2026}
      maximum-quarantined: {value: 0.5, why: agreed, since: 2026}
      """.utf8, to: folder.appending(path: "pipeline.yaml").path)
    write(
      "recipients: [nation]\nlanguages: [nl]\nformats: [csv]\n".utf8, to: folder.appending(path: "mirror.yaml").path)
    return folder
  }()

  /// A source definition. Whatever it holds, it is accepted or each mistake has a place.
  static let yaml: @Sendable ([UInt8]) -> Void = { input in
    write(input, to: pipeline.appending(path: "sources/fuzz.yaml").path)
    do {
      _ = try Pipeline.load(folder: pipeline)
    } catch let errors as DefinitionErrors {
      precondition(!errors.errors.isEmpty)
    } catch {
      preconditionFailure("an error of another kind")
    }
  }

  /// Compressed files and UTF-16.
  static let packed: @Sendable ([UInt8]) -> Void = { input in
    guard let choice = input.first else { return }
    write(input.dropFirst())
    do throws(ReadError) {
      var reader = try LineReader(path: path, isUTF16: choice & 1 == 1)
      while try reader.next() != nil {}
    } catch {}
    _ = try? Inspection.of(URL(filePath: path))
  }
}
