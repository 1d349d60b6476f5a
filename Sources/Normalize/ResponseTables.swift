import Columns
import CoreDataset
import Definitions
import Workspace

/// Writes the questionnaire tables of a bucket.
extension ResponsesBucket {
  /// Writes `response`, `answer`, `score` and `care_path`; returns the rows of each.
  func write(
    bucket: Int, deliveries: [String], pipeline: Pipeline, run: RunFolder
  ) throws(Problem) -> [String: Int] {
    let kept = responses.filter { !$0.isSetAside }
    return [
      "response": try write(responseColumns(kept, pipeline, deliveries), Core.response, bucket, run),
      "answer": try write(answerColumns(kept, pipeline, deliveries), Core.answer, bucket, run),
      "score": try write(scoreColumns(kept, pipeline, deliveries), Core.score, bucket, run),
      "care_path": try write(pathColumns(kept, deliveries), Core.carePath, bucket, run),
    ]
  }

  private func write(_ columns: [Column], _ table: CoreTable, _ bucket: Int, _ run: RunFolder) throws(Problem) -> Int {
    var writer = try CoreTableWriter(table, in: run.core(table.name, bucket: bucket))
    try writer.append(columns)
    return try writer.finish()
  }

  private func responseColumns(_ kept: [Response], _ pipeline: Pipeline, _ deliveries: [String]) -> [Column] {
    let answered = kept.map { response in
      let count = pipeline.instruments[Int(response.instrument)].items.count
      return Int32(values[response.start..<response.start + count].count { !$0.isNaN })
    }
    return [
      .identifier(kept.map(\.person)), instruments(kept.map(\.instrument), pipeline),
      .code(CodeColumn(indices: kept.map(\.moment), book: moments)), .day(kept.map(\.completedOn)),
      .code(CodeColumn(indices: kept.map(\.path), book: paths)), .day(kept.map(\.indexDate)),
      .code(CodeColumn(indices: kept.map(\.provider), book: providers)), .integer(answered),
      .integer(kept.map { Int32(pipeline.instruments[Int($0.instrument)].items.count) }),
      .code(CodeColumn(indices: kept.map(\.delivery), book: CodeBook(deliveries))), .integer(kept.map(\.record)),
    ]
  }

  private func instruments(_ indices: [Int32], _ pipeline: Pipeline) -> Column {
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

  private func scoreColumns(_ kept: [Response], _ pipeline: Pipeline, _ deliveries: [String]) -> [Column] {
    var rows: [Response] = []
    var scales: [Int32] = []
    var numbers: [Double] = []
    var answered: [Int32] = []
    var expected: [Int32] = []
    var statuses = CodeColumn()
    var supplied: [Double] = []
    var predicted: [Double] = []
    var book = CodeBook()
    let codes = pipeline.instruments.map { $0.scales.map { book.code($0.code) } }
    for response in kept {
      let instrument = pipeline.instruments[Int(response.instrument)]
      let items = response.start..<response.start + instrument.items.count
      let scores = Scorer(instrument: instrument).scores(Array(values[items]))
      for (position, score) in scores.enumerated() {
        let delivered = values[items.upperBound + position]
        let isDelivered = instrument.scales[position].rule == .delivered
        rows.append(response)
        scales.append(codes[Int(response.instrument)][position])
        let value = isDelivered ? delivered : score.value ?? Missing.decimal
        numbers.append(value)
        answered.append(Int32(score.answered))
        expected.append(Int32(score.expected))
        statuses.append(value.isNaN ? "incomplete" : isDelivered ? "delivered" : "computed")
        supplied.append(delivered)
        predicted.append(values[items.upperBound + scores.count + position])
      }
    }
    return [
      .identifier(rows.map(\.person)), instruments(rows.map(\.instrument), pipeline),
      .code(CodeColumn(indices: scales, book: book)), .code(CodeColumn(indices: rows.map(\.moment), book: moments)),
      .day(rows.map(\.completedOn)), .code(CodeColumn(indices: rows.map(\.path), book: paths)),
      .day(rows.map(\.indexDate)), .code(CodeColumn(indices: rows.map(\.provider), book: providers)),
      .decimal(numbers), .integer(answered), .integer(expected), .code(statuses), .decimal(supplied),
      .decimal(predicted), .code(CodeColumn(indices: rows.map(\.delivery), book: CodeBook(deliveries))),
      .integer(rows.map(\.record)),
    ]
  }

  private func pathColumns(_ kept: [Response], _ deliveries: [String]) -> [Column] {
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
    return [
      .identifier(first.map(\.person)), .code(CodeColumn(indices: first.map(\.path), book: paths)),
      .day(first.map(\.indexDate)), .code(CodeColumn(indices: first.map(\.provider), book: providers)),
      .code(CodeColumn(indices: first.map(\.delivery), book: CodeBook(deliveries))), .integer(first.map(\.record)),
    ]
  }
}
