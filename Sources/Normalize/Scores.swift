import Columns
import CoreDataset
import Definitions

/// Scores of the responses of a bucket.
extension ResponsesBucket {
  /// A row of the score table, before its columns are made.
  struct ScoreRow {
    let response: Int
    /// Instrument and scale, by position; another instrument than that of the response for a converted score.
    let instrument: Int32
    let scale: Int
    let value: Double
    let answered: Int32
    let expected: Int32
    let status: String
    let reason: String?
  }

  /// Scores every response that is kept. A delivered score that differs from the computed one is reported and set aside.
  mutating func score(accounts: inout BucketAccounts) {
    let scorers = pipeline.instruments.map { Scorer(instrument: $0) }
    let widest = pipeline.instruments.map(\.scales.count).max() ?? 0
    var outcomes = Array(repeating: Scorer.Outcome(), count: widest)
    for (number, response) in responses.enumerated() where !response.isSetAside {
      let instrument = pipeline.instruments[Int(response.instrument)]
      let scorer = scorers[Int(response.instrument)]
      let answers = response.start..<response.start + instrument.items.count
      var span = outcomes.mutableSpan
      scorer.score(values.span.extracting(answers), into: &span)
      for scale in instrument.scales.indices {
        let delivered = values[answers.upperBound + scale]
        let row = row(number, response, scale, outcomes[scale], delivered, expected: scorer.expected(scale))
        scores.append(row)
        if row.status == "computed", !delivered.isNaN, !Scorer.agree(delivered: delivered, computed: row.value) {
          report(response, instrument, scale, delivered, row.value, &accounts)
        }
        convert(row, response, instrument)
      }
    }
  }

  private func row(
    _ number: Int, _ response: Response, _ scale: Int, _ outcome: Scorer.Outcome, _ delivered: Double, expected: Int
  ) -> ScoreRow {
    let isDelivered = outcome.reason == .notDelivered && !delivered.isNaN
    let value = isDelivered ? delivered : outcome.value
    return ScoreRow(
      response: number, instrument: response.instrument, scale: scale, value: value, answered: outcome.answered,
      expected: Int32(expected), status: value.isNaN ? "incomplete" : isDelivered ? "delivered" : "computed",
      reason: isDelivered ? nil : outcome.reason?.rawValue)
  }

  /// Adds the score on another instrument's scale, where the pipeline has that instrument and a crosswalk leads to it.
  private mutating func convert(_ row: ScoreRow, _ response: Response, _ instrument: Instrument) {
    guard !row.value.isNaN else { return }
    for crosswalk in instrument.crosswalks where crosswalk.scale == instrument.scales[row.scale].code {
      guard let other = pipeline.instruments.firstIndex(where: { $0.id == crosswalk.toInstrument }),
        let scale = pipeline.instruments[other].scales.firstIndex(where: { $0.code == crosswalk.toScale })
      else { continue }
      scores.append(
        ScoreRow(
          response: row.response, instrument: Int32(other), scale: scale, value: crosswalk.converted(row.value),
          answered: row.answered, expected: row.expected, status: "converted", reason: nil))
    }
  }

  private func report(
    _ response: Response, _ instrument: Instrument, _ scale: Int, _ delivered: Double, _ computed: Double,
    _ accounts: inout BucketAccounts
  ) {
    let code = instrument.scales[scale].code
    let moment = moments[Int(response.moment)]
    let column = sources[response.delivery].flatMap { source in
      Self.questionnaire(instrument.id, moment, in: source)?.delivered.first { $0.scale == code }?.column
    }
    accounts.setAside(
      Int(response.delivery), record: response.record, column: column ?? "\(instrument.id) =\(code)",
      reason: "score-differs", "\(delivered)", expected: "\(computed), as the items give")
  }

  /// The columns of the score table.
  func scoreColumns(_ deliveries: [String]) -> [Column] {
    var book = CodeBook()
    let codes = pipeline.instruments.map { $0.scales.map { book.code($0.code) } }
    var statuses = CodeColumn()
    var reasons = CodeColumn()
    var supplied: [Double] = []
    var predicted: [Double] = []
    for score in scores {
      statuses.append(score.status)
      reasons.append(score.reason)
      // What the source says is about its own instrument, not about the one converted to.
      let response = responses[score.response]
      let instrument = pipeline.instruments[Int(response.instrument)]
      let first = response.start + instrument.items.count
      let isOwn = score.instrument == response.instrument
      supplied.append(isOwn ? values[first + score.scale] : Missing.decimal)
      predicted.append(isOwn ? values[first + instrument.scales.count + score.scale] : Missing.decimal)
    }
    let rows = scores.map { responses[$0.response] }
    return [
      .identifier(rows.map(\.person)), instruments(scores.map(\.instrument), pipeline),
      .code(CodeColumn(indices: scores.map { codes[Int($0.instrument)][$0.scale] }, book: book)),
      .code(CodeColumn(indices: rows.map(\.moment), book: moments)), .day(rows.map(\.completedOn)),
      .code(CodeColumn(indices: rows.map(\.path), book: paths)), .day(rows.map(\.indexDate)),
      .code(CodeColumn(indices: rows.map(\.provider), book: providers)), .decimal(scores.map(\.value)),
      .integer(scores.map(\.answered)), .integer(scores.map(\.expected)), .code(statuses), .code(reasons),
      .decimal(supplied), .decimal(predicted),
      .code(CodeColumn(indices: rows.map(\.delivery), book: CodeBook(deliveries))), .integer(rows.map(\.record)),
    ]
  }
}
