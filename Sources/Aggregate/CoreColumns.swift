import Columns

/// The columns of `core/response` that make a response one of a person, a care path and a day.
struct ResponseColumns {
  /// What to read.
  static let names = [
    "person", "instrument", "moment", "completed_on", "path", "index_date", "provider", "delivery", "record",
  ]
  let persons: [Identifier]
  let instrument: CodeColumn
  let moment: CodeColumn
  let days: [Int32]
  let path: CodeColumn
  let indexDates: [Int32]
  let provider: CodeColumn
  let delivery: CodeColumn
  let records: [Int32]

  /// The columns as they were read; nil where they are not of these types.
  init?(_ columns: [Column]) {
    guard columns.count == Self.names.count, case .identifier(let persons) = columns[0],
      case .code(let instrument) = columns[1], case .code(let moment) = columns[2], case .day(let days) = columns[3],
      case .code(let path) = columns[4], case .day(let indexDates) = columns[5], case .code(let provider) = columns[6],
      case .code(let delivery) = columns[7], case .integer(let records) = columns[8]
    else { return nil }
    (self.persons, self.instrument, self.moment, self.days) = (persons, instrument, moment, days)
    (self.path, self.indexDates, self.provider) = (path, indexDates, provider)
    (self.delivery, self.records) = (delivery, records)
  }

  /// The day that a response is of: on which it was filled in, else the index date of its care path.
  func day(_ row: Int) -> Int32 { days[row] == Missing.int32 ? indexDates[row] : days[row] }
  /// The index date; without a care path each day of completion is a course of its own.
  func courseDate(_ row: Int) -> Int32 { indexDates[row] == Missing.int32 ? days[row] : indexDates[row] }
}

/// The columns of `core/answer`.
struct AnswerColumns {
  /// What to read.
  static let names = ["instrument", "moment", "item", "value", "delivery", "record"]
  let instrument: CodeColumn
  let moment: CodeColumn
  let item: CodeColumn
  let values: [Double]
  let delivery: CodeColumn
  let records: [Int32]

  /// The columns as they were read; nil where they are not of these types.
  init?(_ columns: [Column]) {
    guard columns.count == Self.names.count, case .code(let instrument) = columns[0],
      case .code(let moment) = columns[1], case .code(let item) = columns[2], case .decimal(let values) = columns[3],
      case .code(let delivery) = columns[4], case .integer(let records) = columns[5]
    else { return nil }
    (self.instrument, self.moment, self.item) = (instrument, moment, item)
    (self.values, self.delivery, self.records) = (values, delivery, records)
  }
}

/// The columns of `core/score`.
struct ScoreColumns {
  /// What to read.
  static let names = [
    "person", "instrument", "scale", "moment", "completed_on", "path", "index_date", "provider", "value",
    "predicted_value", "status",
  ]
  /// The same with where they come from.
  static let traced = names + ["delivery", "record"]
  let persons: [Identifier]
  let instrument: CodeColumn
  let scale: CodeColumn
  let moment: CodeColumn
  let days: [Int32]
  let path: CodeColumn
  let indexDates: [Int32]
  let provider: CodeColumn
  let values: [Double]
  let predicted: [Double]
  let status: CodeColumn
  /// Where the score comes from, where that was read too.
  private(set) var delivery = CodeColumn()
  private(set) var records: [Int32] = []

  /// The columns as they were read; nil where they are not of these types.
  init?(_ columns: [Column]) {
    guard columns.count >= Self.names.count, case .identifier(let persons) = columns[0],
      case .code(let instrument) = columns[1], case .code(let scale) = columns[2], case .code(let moment) = columns[3],
      case .day(let days) = columns[4], case .code(let path) = columns[5], case .day(let indexDates) = columns[6],
      case .code(let provider) = columns[7], case .decimal(let values) = columns[8],
      case .decimal(let predicted) = columns[9], case .code(let status) = columns[10]
    else { return nil }
    (self.persons, self.instrument, self.scale, self.moment) = (persons, instrument, scale, moment)
    (self.days, self.path, self.indexDates, self.provider) = (days, path, indexDates, provider)
    (self.values, self.predicted, self.status) = (values, predicted, status)
    guard columns.count == Self.traced.count else { return }
    guard case .code(let delivery) = columns[11], case .integer(let records) = columns[12] else { return nil }
    (self.delivery, self.records) = (delivery, records)
  }

  /// The index date; without a care path each day of completion is a course of its own.
  func courseDate(_ row: Int) -> Int32 { indexDates[row] == Missing.int32 ? days[row] : indexDates[row] }
}
