import Columns
import CoreDataset
import Definitions
import Workspace

/// The filled-in questionnaires of one bucket: answers gathered per response, checked and scored.
struct ResponsesBucket {
  let pipeline: Pipeline
  /// By which definition each delivery was read.
  private(set) var sources: [Int32: Source] = [:]
  var responses: [Response] = []
  private var known: [Key: Int] = [:]
  /// Answers of all responses back to back: items of the instrument, then delivered scores, then predictions.
  private(set) var values: [Double] = []
  /// Scores, once `score` has been called.
  var scores: [ScoreRow] = []
  /// Positions in `values` of questions with two answers that contradict each other, of which none counts.
  private var contradicted: Set<Int> = []
  /// Codes of moments, paths and providers of the bucket.
  var moments = CodeBook()
  private(set) var paths = CodeBook()
  private(set) var providers = CodeBook()

  /// One questionnaire at one moment.
  struct Response {
    let delivery: Int32
    let record: Int32
    let instrument: Int32
    var moment: Int32
    let person: Identifier
    var completedOn: Int32
    let path: Int32
    let indexDate: Int32
    let provider: Int32
    /// Where its answers begin in `values`.
    let start: Int
    var isSetAside = false
  }

  private struct Key: Hashable {
    let delivery: Int32
    let record: Int32
    let instrument: Int32
    let moment: Int32
  }

  init(_ pipeline: Pipeline) { self.pipeline = pipeline }

  /// Numbers kept per response of an instrument.
  func width(_ instrument: Instrument) -> Int { instrument.items.count + 2 * instrument.scales.count }

  /// Adds the answers of a part of a delivery.
  mutating func add(_ part: StagedPart, bucket: Int, accounts: inout BucketAccounts) throws(Problem) {
    var columns = try part.read(bucket: bucket)
    let table = Staged.answer
    let mapping = CodeMapping(part.source, table: table)
    let delivered = columns
    let unknown = mapping.apply(&columns)
    guard case .identifier(let persons) = columns[table.index(of: "person") ?? 0],
      case .code(let path) = columns[table.index(of: "path") ?? 0],
      case .day(let indexDates) = columns[table.index(of: "index_date") ?? 0],
      case .code(let provider) = columns[table.index(of: "provider") ?? 0],
      case .code(let instrument) = columns[table.index(of: "instrument") ?? 0],
      case .code(let moment) = columns[table.index(of: "moment") ?? 0],
      case .day(let days) = columns[table.index(of: "completed_on") ?? 0],
      case .code(let item) = columns[table.index(of: "item") ?? 0],
      case .decimal(let answers) = columns[table.index(of: "value") ?? 0],
      case .integer(let records) = columns[table.index(of: "record") ?? 0]
    else { return }
    sources[Int32(part.delivery)] = part.source
    let count = records.count
    accounts.add(
      mapping.unmapped(
        delivered, records: records, cents: Array(repeating: 0, count: count),
        isKept: Array(repeating: true, count: count)), delivery: part.delivery, source: part.source.id)
    let isRejected = Self.reported(unknown, part, records, accounts: &accounts) { row in
      instrument.indices[row] < 0 || moment.indices[row] < 0 || item.indices[row] < 0
    }
    let instruments = instrument.book.values.map { id in pipeline.instruments.firstIndex { $0.id == id } }
    let momentCodes = moment.book.values.map { moments.code($0) }
    let pathCodes = path.book.values.map { paths.code($0) }
    let providerCodes = provider.book.values.map { providers.code($0) }
    let slots = Self.slots(pipeline.instruments, item.book.values)
    var last = -1
    for row in answers.indices where !isRejected.contains(row) {
      guard let number = instruments[Int(instrument.indices[row])] else {
        accounts.quarantine(
          part.delivery, record: records[row], column: "instrument", reason: "unknown-code",
          value: instrument[row])
        continue
      }
      let key = Key(
        delivery: Int32(part.delivery), record: records[row], instrument: Int32(number),
        moment: momentCodes[Int(moment.indices[row])])
      if last < 0 || !responses[last].has(key.delivery, key.record, key.instrument, key.moment) {
        last =
          known[key]
          ?? begin(
            key, persons[row], days[row], path.indices[row] < 0 ? -1 : pathCodes[Int(path.indices[row])],
            indexDates[row], provider.indices[row] < 0 ? -1 : providerCodes[Int(provider.indices[row])])
      }
      let slot = slots[number][Int(item.indices[row])]
      let questionnaire = pipeline.instruments[number]
      func setAside(_ reason: String, _ value: Double, _ expected: String) {
        accounts.setAside(
          part.delivery, record: records[row],
          column: Self.column(ofItem: item[row] ?? "", questionnaire.id, moment[row] ?? "", in: part.source),
          reason: reason, "\(value)", expected: expected)
      }
      if let reason = fault(slot, answers[row], questionnaire) {
        setAside(reason.code, answers[row], reason.expected)
        if reason.code == "out-of-range", questionnaire.outOfRange == .response { responses[last].isSetAside = true }
        continue
      }
      let at = responses[last].start + slot
      let earlier = values[at]
      if earlier.isNaN {
        if !contradicted.contains(at) { values[at] = answers[row] }
      } else if earlier != answers[row] {
        let kept = kept(earlier, answers[row], slot, questionnaire)
        if kept.isNaN { contradicted.insert(at) }
        values[at] = kept
        setAside("double-answer", kept == answers[row] ? earlier : answers[row], "one answer to a question")
      }
    }
  }

  /// Which of two answers to one question counts; NaN for neither.
  private func kept(_ first: Double, _ second: Double, _ slot: Int, _ instrument: Instrument) -> Double {
    // Of supplied scores the first counts: the rule is about what a patient ticked.
    guard slot < instrument.items.count else { return first }
    switch instrument.doubleAnswer {
    case .first: return first
    case .missing: return .nan
    case .worst:
      guard let scale = instrument.scales.first(where: { $0.items.contains(slot) }), scale.direction != .neutral else {
        return .nan
      }
      let item = instrument.items[slot]
      func value(_ answer: Double) -> Double? {
        guard let values = item.values else { return answer }
        let step = answer - item.minimum
        return step == step.rounded() && values.indices.contains(Int(step)) ? values[Int(step)] : nil
      }
      guard let one = value(first), let other = value(second) else { return .nan }
      let isHighWorse = (scale.direction == .lowerBetter) != scale.reversed.contains(slot)
      return (one > other) == isHighWorse ? first : second
    }
  }

  /// Reports codes that are not known; returns the rows that are rejected for it. Where answers stand in columns, a record
  /// has many rows, and is set aside once. An answer of which the questionnaire, moment or item is not known cannot be
  /// kept, whatever the source says of that code.
  private static func reported(
    _ unknown: [CodeMapping.Unknown], _ part: StagedPart, _ records: [Int32], accounts: inout BucketAccounts,
    isUseless: (Int) -> Bool
  ) -> Set<Int> {
    struct Value: Hashable {
      let record: Int32
      let column: String
    }
    let isWide = !part.source.questionnaires.isEmpty
    var rejected: Set<Int> = []
    var rejectedRecords: Set<Int32> = []
    for code in unknown where code.isRejected || isUseless(code.row) {
      guard rejected.insert(code.row).inserted else { continue }
      let record = records[code.row]
      if isWide && !rejectedRecords.insert(record).inserted { continue }
      accounts.quarantine(part.delivery, record: record, column: code.column, reason: "unknown-code", value: code.value)
    }
    var listed: Set<Value> = []
    for code in unknown where !rejected.contains(code.row) {
      let record = records[code.row]
      if listed.insert(Value(record: record, column: code.column)).inserted {
        accounts.setAside(part.delivery, record: record, column: code.column, code.value)
      }
    }
    return rejected
  }

  private mutating func begin(
    _ key: Key, _ person: Identifier, _ day: Int32, _ path: Int32, _ indexDate: Int32, _ provider: Int32
  ) -> Int {
    let response = Response(
      delivery: key.delivery, record: key.record, instrument: key.instrument, moment: key.moment, person: person,
      completedOn: day, path: path, indexDate: indexDate, provider: provider, start: values.count)
    known[key] = responses.count
    responses.append(response)
    values.append(contentsOf: repeatElement(.nan, count: width(pipeline.instruments[Int(key.instrument)])))
    return responses.count - 1
  }

  /// Where an item's answer belongs among the numbers of a response, per instrument and item code; -1 for no item.
  private static func slots(_ instruments: [Instrument], _ items: [String]) -> [[Int]] {
    instruments.map { instrument in
      items.map { item in
        if let index = instrument.index(ofItem: item) { return index }
        let scale = instrument.scales.firstIndex { $0.code == String(item.dropFirst()) }
        guard let scale else { return -1 }
        if item.hasPrefix("=") { return instrument.items.count + scale }
        return item.hasPrefix("~") ? instrument.items.count + instrument.scales.count + scale : -1
      }
    }
  }

  private func fault(_ slot: Int, _ answer: Double, _ instrument: Instrument) -> (code: String, expected: String)? {
    if slot < 0 { return ("unknown-item", "an item of \(instrument.id)") }
    guard slot < instrument.items.count else {
      // A score that we cannot compute ourselves is at least possible.
      let position = slot - instrument.items.count
      guard position < instrument.scales.count, instrument.scales[position].rule == .delivered else { return nil }
      let scale = instrument.scales[position]
      return scale.isPossible(answer) ? nil : ("out-of-range", "\(scale.minimum) to \(scale.maximum)")
    }
    let item = instrument.items[slot]
    return answer < item.minimum || answer > item.maximum
      ? ("out-of-range", "\(item.minimum) to \(item.maximum)") : nil
  }
}

extension ResponsesBucket.Response {
  @inline(__always)
  fileprivate func has(_ delivery: Int32, _ record: Int32, _ instrument: Int32, _ moment: Int32) -> Bool {
    self.record == record && self.instrument == instrument && self.moment == moment && self.delivery == delivery
  }
}
