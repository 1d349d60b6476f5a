import Columns
import Definitions
import Foundation
import Readers
import Workspace

/// Formats whose records are made from something else than lines: trees, and records of several kinds.
extension Delivery {
  /// Stages FHIR QuestionnaireResponses, in XML or JSON as the file shows.
  func stageFHIR(_ format: FHIRFormat, _ finisher: PieceFinisher) throws(Problem) {
    let columns = source.askedColumns
    let plan = try SourcePlan(source, columns: columns, delivery: name)
    let reader = QuestionnaireResponses(
      columns: columns.compactMap(FHIRColumn.init), format: format,
      answers: AnswerCodes(source, instruments: pipeline.instruments))
    var builder = PieceBuilder(plan, replaced: replaced)
    var table = RecordTable(width: columns.count)
    var ordinal = 0
    func take(_ response: TreeNode, _ references: ReferencedIdentifiers) throws(Problem) {
      ordinal += 1
      let outcome = reader.read(response, references)
      for row in outcome.rows { table.append(row, line: ordinal) }
      let refused: [StructuralFault.Reason] = outcome.isRefused ? [.notFinal] : []
      let reasons = refused + outcome.disabled.map { StructuralFault.Reason.disabledItem(link: $0) }
      builder.append(reasons.map { StructuralFault(line: ordinal, reason: $0, column: nil, byteRange: 0..<0) })
      if table.count >= 4096 {
        builder.append(table.batch())
        table.removeAll()
        if builder.records.count >= Self.recordsPerPiece {
          try finisher.finish(&builder)
          builder = PieceBuilder(plan, replaced: replaced)
        }
      }
    }
    var references = ReferencedIdentifiers(systems: format.identifierSystems)
    let head = try reading { () throws(ReadError) in try FileHead(path: file.path) }
    if head.bytes.first(where: { $0 > 0x20 && $0 < 0x80 }) == 0x3C {
      // A response may come before the person that it is about.
      if head.rootElement == "Bundle" && reader.followsReferences {
        var entries = try XMLTreeReader(file, element: "entry", in: self)
        while let entry = try reading({ () throws(ReadError) in try entries.next() }) { references.add(entry: entry) }
      }
      var trees = try XMLTreeReader(file, element: "QuestionnaireResponse", in: self)
      while let tree = try reading({ () throws(ReadError) in try trees.next() }) { try take(tree, references) }
    } else {
      var trees = try JSONTreeReader(file, in: self)
      while let tree = try reading({ () throws(ReadError) in try trees.next()?.value }) {
        references = ReferencedIdentifiers(systems: format.identifierSystems)
        if reader.followsReferences { references.add(bundle: tree) }
        for response in QuestionnaireResponses.responses(in: tree) { try take(response, references) }
      }
    }
    builder.append(table.batch())
    try finisher.finish(&builder)
  }

  /// Stages records of fixed width.
  func stageFixedWidth(_ layout: RecordLayout, _ finisher: PieceFinisher) throws(Problem) {
    let columns = source.askedColumns
    let plan = try SourcePlan(source, columns: columns, delivery: name)
    var reader = try FixedWidthReader(file, layout, columns, in: self)
    var isAtEnd = false
    while !isAtEnd {
      var builder = PieceBuilder(plan, replaced: replaced)
      while !isAtEnd && builder.records.count < Self.recordsPerPiece {
        try reading { () throws(ReadError) in
          if let batch = try reader.next() { builder.append(batch) } else { isAtEnd = true }
        }
      }
      try finisher.finish(&builder)
    }
  }

  /// Does something with the file; what goes wrong becomes a problem of this delivery.
  func reading<Result>(_ work: () throws(ReadError) -> Result) throws(Problem) -> Result {
    do throws(ReadError) {
      return try work()
    } catch {
      throw Problem(reading: name, error)
    }
  }
}

extension Source {
  /// The columns that are asked of a file, each once.
  var askedColumns: [String] {
    var columns: [String] = []
    func ask(_ column: String?) { if let column, !columns.contains(column) { columns.append(column) } }
    for field in fields where field.constant == nil && field.form != .recordAsPerson { ask(field.columns.first) }
    for questionnaire in questionnaires {
      ask(questionnaire.completedOn)
      for item in questionnaire.items { ask(item.column) }
      for scale in questionnaire.delivered + questionnaire.predicted { ask(scale.column) }
    }
    for amount in totals?.amounts ?? [] { ask(amount.column) }
    return columns
  }
}

extension XMLTreeReader {
  fileprivate init(_ file: URL, element: String, in delivery: Delivery) throws(Problem) {
    do throws(ReadError) {
      try self.init(path: file.path, element: element, skipping: ["div"])
    } catch {
      throw Problem(reading: delivery.name, error)
    }
  }
}

extension JSONTreeReader {
  fileprivate init(_ file: URL, in delivery: Delivery) throws(Problem) {
    do throws(ReadError) {
      try self.init(path: file.path)
    } catch {
      throw Problem(reading: delivery.name, error)
    }
  }
}

extension FixedWidthReader {
  fileprivate init(
    _ file: URL, _ layout: RecordLayout, _ columns: [String], in delivery: Delivery
  ) throws(Problem) {
    do throws(ReadError) {
      try self.init(
        path: file.path, layout: layout, fields: columns.compactMap { RecordLayout.Reference($0) },
        isUTF16: delivery.source.encoding == .utf16)
    } catch {
      throw Problem(reading: delivery.name, error)
    }
  }
}

/// Finishes the pieces of one file that is read by one thread, in order.
final class PieceFinisher {
  private let delivery: Delivery
  private let digest: String
  private let folder: URL
  private var pseudonymizer: Pseudonymizer
  private var responses = ResponseNumbers()
  /// One per piece.
  private(set) var accounts: [Delivery.PieceAccount] = []

  init(_ delivery: Delivery, digest: String, into folder: URL) {
    self.delivery = delivery
    self.digest = digest
    self.folder = folder
    pseudonymizer = Pseudonymizer(delivery.key, domain: delivery.pipeline.id)
  }

  /// Checks and writes the records of a piece.
  func finish(_ builder: inout PieceBuilder) throws(Problem) {
    accounts.append(
      try delivery.finish(
        &builder, &pseudonymizer, &responses, piece: accounts.count, digest: digest, into: folder))
  }
}
