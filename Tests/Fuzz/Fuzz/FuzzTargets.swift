import Columns
import CoreDataset
import Foundation

@testable import Definitions
@testable import Ingest
@testable import Readers

/// What is done with an input. Errors of the kinds that readers declare are expected; a trap is a find.
enum FuzzTargets {
  /// What was read, in a form that is compared without looking at each field.
  struct Records: Equatable {
    var bytes: [UInt8] = []
    var ends: [Int] = []
    var lines: [Int32] = []
    var faults: [StructuralFault] = []
    var failure: ReadError?

    mutating func take(_ batch: borrowing RecordBatch) {
      for row in 0..<batch.count {
        lines.append(batch.lines[row])
        for column in 0..<batch.width {
          let field = batch.column(column)[row]
          for i in field.indices { bytes.append(field[i]) }
          ends.append(bytes.count)
        }
      }
    }
  }

  private static func delimited(
    _ bytes: [UInt8], _ dialect: Dialect, pieceBytes: Int, onlyLibrary: Bool
  ) -> Records {
    var records = Records()
    do throws(ReadError) {
      var pieces = try PieceReader(RawFile(bytes: bytes), dialect: dialect, pieceBytes: pieceBytes)
      let width = dialect.hasHeader ? try pieces.header().count : 3
      var reader = DelimitedReader(dialect: dialect, width: width, usesOnlyLibCSV: onlyLibrary)
      while let piece = try pieces.next() {
        reader.start(piece)
        while let batch = reader.next() { records.take(batch) }
        records.faults += reader.takeFaults()
      }
    } catch {
      records.failure = error
    }
    return records
  }

  /// The dialect comes from the first byte. Small pieces, large ones and libcsv alone must agree.
  static let delimited: @Sendable ([UInt8]) -> Void = { input in
    guard let choice = input.first else { return }
    let bytes = Array(input.dropFirst())
    let dialect = Dialect(
      delimiter: [UInt8(ascii: ";"), UInt8(ascii: ","), 0x09, UInt8(ascii: " ")][Int(choice & 3)],
      quote: choice & 4 == 0 ? UInt8(ascii: "\"") : nil, hasHeader: choice & 8 == 0, skipLines: Int(choice >> 4 & 1),
      maxRecordBytes: choice & 32 == 0 ? 1 << 20 : 16, encoding: choice & 64 == 0 ? .utf8 : .windows1252,
      footerLines: choice & 128 == 0 ? 0 : 1)
    let whole = delimited(bytes, dialect, pieceBytes: 1 << 20, onlyLibrary: false)
    precondition(
      whole == delimited(bytes, dialect, pieceBytes: 1, onlyLibrary: false), "another split reads other records")
    precondition(
      whole == delimited(bytes, dialect, pieceBytes: 1 << 20, onlyLibrary: true), "libcsv reads other records")
  }

  /// Records of any depth, and the same document as trees.
  static let xml: @Sendable ([UInt8]) -> Void = { input in
    var records = Records()
    do throws(ReadError) {
      var reader = try XMLReader(
        RawFile(bytes: input), record: "//r", fields: [".", "@a", "b/c", "../@d", "../e"])
      while let batch = try reader.next() { records.take(batch) }
    } catch { records.failure = error }
    // The two ways of reading refuse malformed documents at different places, and not always the same ones: only that
    // this one ends is asked here.
    var whole = Records()
    do throws(ReadError) {
      try XMLReader.readAll(
        RawFile(bytes: input), record: "//r", fields: [".", "@a", "b/c", "../@d", "../e"]
      ) { table in
        whole.take(table.batch())
        return true
      }
    } catch { whole.failure = error }
    if records.failure == nil && whole.failure == nil {
      precondition(whole == records, "all at once other records are read")
    }
    do throws(ReadError) {
      var reader = try XMLTreeReader(RawFile(bytes: input), element: "r", skipping: ["div"])
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
  private static let fixedFields = ["A.a", "B.b", "C.c", "C.n", "D.n"].compactMap { RecordLayout.Reference($0) }

  /// A small layout. What is read must be as wide as what was asked for.
  static let fixedWidth: @Sendable ([UInt8]) -> Void = { input in
    var records = Records()
    do throws(ReadError) {
      var reader = try FixedWidthReader(
        RawFile(bytes: input), layout: layout, fields: fixedFields, isUTF16: input.first == 0xFF)
      while let batch = try reader.next() { records.take(batch) }
    } catch {}
    precondition(records.ends.count == records.lines.count * fixedFields.count)
  }

  /// A questionnaire whose items `b` and `d` depend on `a`, and `a` on `d`.
  private static let fhirFormat: FHIRFormat = {
    typealias Item = FHIRQuestionnaire.Item
    func when(_ question: String, _ test: FHIRQuestionnaire.Condition.Operator, _ answer: FHIRAnswer) -> Item {
      Item(around: [], conditions: [.init(question: question, test: test, answer: answer)], needsAll: false)
    }
    return FHIRFormat(
      statuses: ["completed"],
      questionnaires: [
        FHIRQuestionnaire(
          url: "q", id: nil, version: nil,
          items: [
            "a": when("d", .exists, .flag(false)), "b": when("a", .greater, .number(1, unit: nil)),
            "d": when("a", .notEqual, .coding(code: "x", system: nil)),
          ])
      ])
  }()
  private static let responses = QuestionnaireResponses(
    columns: FHIRColumn.allCases, format: fhirFormat,
    answers: AnswerCodes(
      Source(
        id: "f", version: "1", reportedBy: .patient, delivers: .response, namePatterns: [],
        format: .fhir(fhirFormat), encoding: .utf8, amounts: AmountFormat(), dates: [.iso], missing: [],
        fields: [], questionnaires: []), instruments: []))

  /// Resources in XML or JSON, down to the answers.
  static let fhir: @Sendable ([UInt8]) -> Void = { input in
    do throws(ReadError) {
      if input.first == UInt8(ascii: "<") {
        var trees = try XMLTreeReader(
          RawFile(bytes: input), element: "QuestionnaireResponse", skipping: ["div"])
        while let tree = try trees.next() { _ = responses.read(tree, ReferencedIdentifiers(systems: [])) }
      } else {
        var trees = try JSONTreeReader(RawFile(bytes: input))
        while let (tree, _) = try trees.next() {
          var references = ReferencedIdentifiers(systems: [])
          references.add(bundle: tree)
          for response in QuestionnaireResponses.responses(in: tree) { _ = responses.read(response, references) }
        }
      }
    } catch {}
  }

  private static let nowhere = URL(filePath: "/nonexistent/pipeline")

  /// A source definition. Whatever it holds, it is accepted or each mistake has a place.
  static let yaml: @Sendable ([UInt8]) -> Void = { input in
    let folder = DefinitionFolder(nowhere, given: ["sources/fuzz.yaml": Data(input)])
    let source = PipelineDecoder(folder).decodeSource("fuzz", "sources/fuzz.yaml")
    precondition(source != nil || !folder.problems.errors.isEmpty, "refused without a word")
  }

  /// Compressed files and UTF-16.
  static let packed: @Sendable ([UInt8]) -> Void = { input in
    guard let choice = input.first else { return }
    do throws(ReadError) {
      var reader = try LineReader(RawFile(bytes: Array(input.dropFirst())), isUTF16: choice & 1 == 1)
      while try reader.next() != nil {}
    } catch {}
  }

  /// An unknown file: it is refused, or there is a draft of a source that can be read.
  static let inspect: @Sendable ([UInt8]) -> Void = { input in
    let path = "/dev/shm/spiegel-fuzz-\(ProcessInfo.processInfo.processIdentifier)"
    guard FileManager.default.createFile(atPath: path, contents: Data(input)),
      let inspection = try? Inspection.of(URL(filePath: path))
    else { return }
    let folder = DefinitionFolder(nowhere, given: ["sources/fuzz.yaml": Data(inspection.draft.utf8)])
    _ = PipelineDecoder(folder).decodeSource("fuzz", "sources/fuzz.yaml")
    let isYAML = folder.problems.errors.allSatisfy { !$0.message.hasPrefix("is not YAML") }
    precondition(isYAML, "the draft is not YAML")
  }
}
