import Columns
import Definitions
import Foundation
import Readers
import Workspace

/// Formats whose records are made from something else than lines: trees, and records of several kinds.
extension Delivery {
  /// The columns that are asked of a file, each once.
  private var askedColumns: [String] {
    var columns: [String] = []
    func ask(_ column: String?) { if let column, !columns.contains(column) { columns.append(column) } }
    for field in source.fields where field.constant == nil && field.form != .recordAsPerson { ask(field.columns.first) }
    for questionnaire in source.questionnaires {
      ask(questionnaire.completedOn)
      for item in questionnaire.items { ask(item.column) }
      for scale in questionnaire.delivered + questionnaire.predicted { ask(scale.column) }
    }
    for amount in source.totals?.amounts ?? [] { ask(amount.column) }
    return columns
  }

  /// Stages FHIR QuestionnaireResponses, in XML or JSON as the file shows.
  func stageFHIR(statuses: [String], _ finisher: PieceFinisher) throws(Problem) {
    let columns = askedColumns
    let plan = try SourcePlan(source, columns: columns, delivery: name)
    let reader = QuestionnaireResponses(
      columns: columns.compactMap(FHIRColumn.init), statuses: statuses,
      answers: AnswerCodes(source, instruments: pipeline.instruments))
    var builder = PieceBuilder(plan)
    var table = RecordTable(width: columns.count)
    var ordinal = 0
    func take(_ response: TreeNode) throws(Problem) {
      ordinal += 1
      let outcome = reader.read(response)
      for row in outcome.rows { table.append(row, line: ordinal) }
      if outcome.isRefused {
        builder.append([StructuralFault(line: ordinal, reason: .notFinal, column: nil, byteRange: 0..<0)])
      }
      if table.count >= 4096 {
        builder.append(table.batch())
        table.removeAll()
        if builder.records.count >= Self.recordsPerPiece {
          try finisher.finish(&builder)
          builder = PieceBuilder(plan)
        }
      }
    }
    if try reading({ () throws(ReadError) in
      try FileHead(path: file.path).bytes.first { $0 > 0x20 && $0 < 0x80 } == 0x3C
    }) {
      var trees = try XMLTreeReader(file, in: self)
      while let tree = try reading({ () throws(ReadError) in try trees.next() }) { try take(tree) }
    } else {
      var trees = try JSONTreeReader(file, in: self)
      while let tree = try reading({ () throws(ReadError) in try trees.next()?.value }) {
        for response in QuestionnaireResponses.responses(in: tree) { try take(response) }
      }
    }
    builder.append(table.batch())
    try finisher.finish(&builder)
  }

  /// Stages records of fixed width.
  func stageFixedWidth(_ layout: RecordLayout, _ finisher: PieceFinisher) throws(Problem) {
    let columns = askedColumns
    let plan = try SourcePlan(source, columns: columns, delivery: name)
    var reader = try FixedWidthReader(file, layout, columns, in: self)
    var isAtEnd = false
    while !isAtEnd {
      var builder = PieceBuilder(plan)
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

extension XMLTreeReader {
  fileprivate init(_ file: URL, in delivery: Delivery) throws(Problem) {
    do throws(ReadError) {
      try self.init(path: file.path, element: "QuestionnaireResponse", skipping: ["div"])
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
