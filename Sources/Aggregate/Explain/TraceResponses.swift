import Columns
import CoreDataset
import Definitions
import Workspace

extension Trace {
  private struct Course: Hashable {
    let person: Int
    let path: String
    let indexDate: Int32
  }

  /// Care paths with scores of the scale, those left by each condition, and the scores behind the figure.
  mutating func addCourses(_ bucket: Bucket, _ population: Population, _ source: TraceSource) throws(Problem) {
    let context = MeasureContext(indicator: indicator, pipeline: pipeline, axis: axis)
    let everybody = Membership(Population(id: "", version: "", name: Localized(nl: "", en: ""), conditions: []), bucket)
    let members = Membership(population, bucket)
    let selection = CourseSelection(context: context.scores)
    let parameters = indicator.parameters
    let unit = unitNumber(bucket)
    let wanted = [parameters.from, parameters.to, parameters.pairedWith].compactMap(\.self)
    let moments = wanted.map { bucket.moments.find($0).map(Int.init) }
    let width = bucket.moments.count
    var counts = Array(repeating: Array(repeating: 0, count: 4 + wanted.count), count: axis.periods.count)
    var counted: [Course: Int] = [:]
    selection.forEach(bucket, everybody, axis: axis, from: parameters.from) { _, cells in
      counts[cells[0].period][0] += 1
    }
    selection.forEach(bucket, members, axis: axis, from: parameters.from) { number, cells in
      let period = cells[0].period
      counts[period][1] += 1
      guard let unit, cells.contains(where: { $0.unit == unit }) else { return }
      counts[period][2] += 1
      let measured = bucket.measurements[number * width..<(number + 1) * width]
      for (position, moment) in moments.enumerated() {
        guard let moment, !measured[measured.startIndex + moment].value.isNaN else { return }
        counts[period][3 + position] += 1
      }
      guard isPredicted(measured, moments, bucket) else { return }
      let course = bucket.courses[number]
      if indicator.measure == .healthGainPerCost && course.indexDate == Missing.int32 { return }
      counts[period][3 + wanted.count] += 1
      let path = course.path < 0 ? "" : bucket.paths.values[Int(course.path)]
      counted[Course(person: Int(course.person), path: path, indexDate: course.indexDate)] = period
    }
    for period in axis.periods.indices {
      let names =
        ["with scores, in the period", "of those persons", unitWords] + wanted.map { "with a score at \($0)" }
        + [needsPrediction ? "with a prediction of the source" : "that count in the figure"]
      for (name, left) in zip(names, counts[period]) { count(name, "care paths", period: period, left) }
    }
    try addScores(bucket, source, Set(wanted), context.scores, counted)
  }

  private var needsPrediction: Bool {
    indicator.parameters.requiresPrediction || indicator.measure == .adjustedGain
  }

  private func isPredicted(_ measured: ArraySlice<Bucket.Measurement>, _ moments: [Int?], _ bucket: Bucket) -> Bool {
    if !needsPrediction { return true }
    if let to = indicator.parameters.to, let moment = bucket.moments.find(to) {
      return !measured[measured.startIndex + Int(moment)].predicted.isNaN
    }
    return !measured.allSatisfy(\.predicted.isNaN)
  }

  private mutating func addScores(
    _ bucket: Bucket, _ source: TraceSource, _ moments: Set<String>, _ scores: MeasureContext.Scores,
    _ counted: [Course: Int]
  ) throws(Problem) {
    var found: [(period: Int, delivery: String, record: [String])] = []
    let index = bucket.index
    try source.read(Core.score, ScoreColumns.traced) { columns in
      guard let score = ScoreColumns(columns) else { return }
      for row in score.persons.indices
      where score.instrument[row] == scores.instrument && score.scale[row] == scores.scale && !score.values[row].isNaN {
        guard let at = score.moment[row], moments.contains(at) else { continue }
        let course = Course(
          person: index.find(score.persons[row]) ?? -1, path: score.path[row] ?? "", indexDate: score.courseDate(row))
        guard let period = counted[course] else { continue }
        found.append(
          (
            period, score.delivery[row] ?? "",
            [
              "\(score.records[row])", Self.hex(score.persons[row]), Self.text(score.days[row]),
              "\(scores.instrument) \(scores.scale)", at, "\(score.values[row])", score.provider[row] ?? "",
            ]
          ))
      }
    }
    for row in found {
      contribute(period: row.period, table: Core.score.name, delivery: row.delivery) { row.record }
    }
  }

  private static func text(_ day: Int32) -> String { day == Missing.int32 ? "" : Day(day).description }

  /// Answers to the item, and those left by each condition.
  mutating func addAnswers(_ bucket: Bucket, _ population: Population, _ source: TraceSource) throws(Problem) {
    let context = MeasureContext(indicator: indicator, pipeline: pipeline, axis: axis)
    let everybody = Membership(Population(id: "", version: "", name: Localized(nl: "", en: ""), conditions: []), bucket)
    let answers = ItemAnswers(context)
    let unit = unitNumber(bucket)
    var counts = Array(repeating: [0, 0, 0], count: axis.periods.count)
    answers.forEach(bucket, everybody, axis: axis) { _, cells in counts[cells[0].period][0] += 1 }
    answers.forEach(bucket, Membership(population, bucket), axis: axis) { _, cells in
      counts[cells[0].period][1] += 1
      if let unit, cells.contains(where: { $0.unit == unit }) { counts[cells[0].period][2] += 1 }
    }
    for period in axis.periods.indices {
      for (name, left) in zip(["to the question, in the period", "of those persons", unitWords], counts[period]) {
        count(name, "answers", period: period, left)
      }
    }
    try addAnswerRows(bucket, Membership(population, bucket), unit, source)
  }

  private mutating func addAnswerRows(
    _ bucket: Bucket, _ members: Membership, _ unit: Int?, _ source: TraceSource
  ) throws(Problem) {
    struct Key: Hashable {
      let delivery: String
      let record: Int32
    }
    let parameters = indicator.parameters
    var responses: [Key: (period: Int, record: [String])] = [:]
    try source.read(Core.response, ResponseColumns.names) { columns in
      guard let response = ResponseColumns(columns) else { return }
      for row in response.persons.indices
      where response.instrument[row] == parameters.instrument && response.moment[row] == parameters.from {
        guard let person = bucket.index.find(response.persons[row]) else { continue }
        let day = response.day(row)
        let period = axis.period(day)
        let pathCode = response.path[row].flatMap { bucket.paths.find($0) } ?? -1
        guard period >= 0, members.contains(path: pathCode), members.contains(person, year: axis.years[period]) else {
          continue
        }
        let code = response.provider[row].flatMap { bucket.providers.find($0) } ?? -1
        let cells = UnitsOf.measurement(bucket, axis, person: person, day: day, provider: code, period)
        guard let unit, cells.contains(where: { $0.unit == unit }) else { continue }
        responses[Key(delivery: response.delivery[row] ?? "", record: response.records[row])] = (
          period, [Self.hex(response.persons[row]), Self.text(day), response.provider[row] ?? ""]
        )
      }
    }
    var found: [(period: Int, delivery: String, record: [String])] = []
    try source.read(Core.answer, AnswerColumns.names) { columns in
      guard let answer = AnswerColumns(columns) else { return }
      for row in answer.values.indices
      where answer.instrument[row] == parameters.instrument && answer.moment[row] == parameters.from
        && answer.item[row] == parameters.item
      {
        let key = Key(delivery: answer.delivery[row] ?? "", record: answer.records[row])
        guard let response = responses[key] else { continue }
        found.append(
          (
            response.period, answer.delivery[row] ?? "",
            [
              "\(answer.records[row])", response.record[0], response.record[1], "item \(parameters.item ?? "")",
              parameters.from ?? "", "\(answer.values[row])", response.record[2],
            ]
          ))
      }
    }
    for row in found {
      contribute(period: row.period, table: Core.answer.name, delivery: row.delivery) { row.record }
    }
  }

  /// Care paths that a response rate is about: the denominator, and those of them that responded.
  mutating func addFollowers(_ bucket: Bucket, _ population: Population, _ source: TraceSource) throws(Problem) {
    let context = MeasureContext(indicator: indicator, pipeline: pipeline, axis: axis)
    let measure = ResponseRate(context)
    let everybody = Membership(Population(id: "", version: "", name: Localized(nl: "", en: ""), conditions: []), bucket)
    func table(_ members: Membership) -> CellTable {
      var table = CellTable(axis: axis, strata: 1, providers: bucket.providers.values)
      measure.accumulate(bucket, members, into: &table)
      return table
    }
    let (all, own) = (table(everybody), table(Membership(population, bucket)))
    let unit = unitNumber(bucket)
    for period in axis.periods.indices {
      count(
        "to be measured, in the period", "care paths", period: period,
        Int(all.cells[all.index(unit: 0, period: period)].count))
      count("of those persons", "care paths", period: period, Int(own.cells[own.index(unit: 0, period: period)].count))
      let cell = unit.map { own.cells[own.index(unit: $0, period: period)] }
      count(unitWords, "care paths", period: period, Int(cell?.count ?? 0))
      count("that were measured", "care paths", period: period, Int(cell?.first ?? 0))
    }
    var counted: [Course: Int] = [:]
    measure.forEachFollower(bucket, Membership(population, bucket), axis) { path, _, cells in
      guard let unit, cells.contains(where: { $0.unit == unit }) else { return }
      let name = path.path < 0 ? "" : bucket.paths.values[Int(path.path)]
      counted[Course(person: Int(path.person), path: name, indexDate: path.indexDate)] = cells[0].period
    }
    try addResponses(bucket, source, measure.moments, counted)
  }

  /// The questionnaires behind a response rate: those of its moments, of the care paths that are to be measured.
  private mutating func addResponses(
    _ bucket: Bucket, _ source: TraceSource, _ moments: Set<String>, _ counted: [Course: Int]
  ) throws(Problem) {
    var found: [(period: Int, delivery: String, record: [String])] = []
    let index = bucket.index
    try source.read(Core.response, ResponseColumns.names) { columns in
      guard let response = ResponseColumns(columns) else { return }
      for row in response.persons.indices where response.instrument[row] == indicator.parameters.instrument {
        guard let at = response.moment[row], moments.contains(at) else { continue }
        let course = Course(
          person: index.find(response.persons[row]) ?? -1, path: response.path[row] ?? "",
          indexDate: response.courseDate(row))
        guard let period = counted[course] else { continue }
        found.append(
          (
            period, response.delivery[row] ?? "",
            [
              "\(response.records[row])", Self.hex(response.persons[row]), Self.text(response.days[row]),
              response.instrument[row] ?? "", at, "", response.provider[row] ?? "",
            ]
          ))
      }
    }
    for row in found {
      contribute(period: row.period, table: Core.response.name, delivery: row.delivery) { row.record }
    }
  }
}
