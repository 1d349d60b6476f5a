import Columns
import CoreDataset
import Definitions
import Workspace

/// Writes the questionnaire tables of a bucket.
extension ResponsesBucket {
  /// Writes `response`, `answer`, `score` and `care_path`; returns the rows of each.
  func write(
    bucket: Int, deliveries: [String], pipeline: Pipeline, claimed: [CarePathLines.Path], run: RunFolder,
    persons: PersonTable,
    accounts: inout BucketAccounts
  ) throws(Problem) -> [String: Int] {
    let kept = responses.filter { !$0.isSetAside }
    let tables: [(CoreTable, [Column])] = [
      (Core.response, responseColumns(kept, pipeline, deliveries)),
      (Core.answer, answerColumns(kept, pipeline, deliveries)), (Core.score, scoreColumns(deliveries)),
      (Core.carePath, pathColumns(kept, deliveries, pipeline, claimed)),
    ]
    var rows: [String: Int] = [:]
    for (table, columns) in tables {
      accounts.observe(table, columns, persons: persons.facts(table, columns))
      rows[table.name] = try write(columns, table, bucket, run)
    }
    return rows
  }

  private func write(_ columns: [Column], _ table: CoreTable, _ bucket: Int, _ run: RunFolder) throws(Problem) -> Int {
    var writer = CoreTableWriter(table, in: run.core(table.name, bucket: bucket), mayBeAbsent: bucket > 0)
    try writer.append(columns)
    return try writer.finish()
  }

  private func responseColumns(_ kept: [Response], _ pipeline: Pipeline, _ deliveries: [String]) -> [Column] {
    let answered = kept.map { Int32(answeredItems($0)) }
    return [
      .identifier(kept.map(\.person)), instruments(kept.map(\.instrument), pipeline),
      .code(CodeColumn(indices: kept.map(\.moment), book: moments)), .day(kept.map(\.completedOn)),
      .code(CodeColumn(indices: kept.map(\.path), book: paths)), .day(kept.map(\.indexDate)),
      .code(CodeColumn(indices: kept.map(\.provider), book: providers)), .integer(answered),
      .integer(kept.map { Int32(pipeline.instruments[Int($0.instrument)].items.count) }),
      .code(CodeColumn(indices: kept.map(\.delivery), book: CodeBook(deliveries))), .integer(kept.map(\.record)),
    ]
  }

  func instruments(_ indices: [Int32], _ pipeline: Pipeline) -> Column {
    .code(CodeColumn(indices: indices, book: CodeBook(pipeline.instruments.map(\.id))))
  }

  private func answerColumns(_ kept: [Response], _ pipeline: Pipeline, _ deliveries: [String]) -> [Column] {
    var rows: [Response] = []
    var items: [Int32] = []
    var answers: [Double] = []
    var book = CodeBook()
    let codes = pipeline.instruments.map { $0.items.map { book.code($0.code) } }
    for response in kept {
      for (position, code) in codes[Int(response.instrument)].enumerated() {
        let value = values[response.start + position]
        if value.isNaN { continue }
        rows.append(response)
        items.append(code)
        answers.append(value)
      }
    }
    return [
      instruments(rows.map(\.instrument), pipeline), .code(CodeColumn(indices: rows.map(\.moment), book: moments)),
      .code(CodeColumn(indices: items, book: book)), .decimal(answers),
      .code(CodeColumn(indices: rows.map(\.delivery), book: CodeBook(deliveries))), .integer(rows.map(\.record)),
    ]
  }

  /// The care paths of questionnaires, then those of claim lines.
  private func pathColumns(
    _ kept: [Response], _ deliveries: [String], _ pipeline: Pipeline, _ claimed: [CarePathLines.Path]
  ) -> [Column] {
    struct Path: Hashable {
      let person: Identifier
      let path: Int32
      let indexDate: Int32
    }
    var seen: Set<Path> = []
    let first = kept.filter {
      $0.path >= 0 && $0.indexDate != Missing.int32
        && seen.insert(Path(person: $0.person, path: $0.path, indexDate: $0.indexDate)).inserted
    }
    var pathCodes = CodeColumn(indices: first.map(\.path), book: paths)
    var providerCodes = CodeColumn(indices: first.map(\.provider), book: providers)
    for path in claimed {
      pathCodes.append(pipeline.carePaths[path.path].id)
      providerCodes.append(path.provider)
    }
    let origins = first.map { _ in Int32(0) } + claimed.map { _ in 1 }
    return [
      .identifier(first.map(\.person) + claimed.map(\.person)), .code(pathCodes),
      .day(first.map(\.indexDate) + claimed.map(\.indexDate)),
      .day(first.map { _ in Missing.int32 } + claimed.map(\.end)), .code(providerCodes),
      .code(CodeColumn(indices: origins, book: CodeBook(["questionnaires", "claims"]))),
      .code(
        CodeColumn(
          indices: first.map(\.delivery) + claimed.map { Int32($0.delivery) }, book: CodeBook(deliveries))),
      .integer(first.map(\.record) + claimed.map(\.record)),
    ]
  }
}
