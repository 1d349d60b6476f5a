import Columns
import CoreDataset
import Definitions
import Foundation
import Parquet
import Workspace

/// Reads the core tables of a bucket.
struct BucketLoader {
  let run: RunFolder
  let number: Int
  let needs: Needs

  /// The bucket.
  func load() throws(Problem) -> Bucket {
    var bucket = Bucket()
    if needs.insured { try loadInsured(&bucket) }
    if needs.insured || needs.scores || needs.answers { try loadPersons(&bucket) }
    if needs.stays { try loadStays(&bucket) }
    if needs.scores || needs.answers || needs.claims || needs.stays { try loadPaths(&bucket) }
    if needs.claims { try loadClaims(&bucket) }
    if needs.scores { try loadScores(&bucket) }
    if needs.answers { try loadAnswers(&bucket) }
    if needs.groups && number == 0 { try loadGroups(&bucket) }
    bucket.claimStarts = padded(bucket.claimStarts, bucket.personCount)
    bucket.insuredStarts = padded(bucket.insuredStarts, bucket.personCount)
    bucket.stayStarts = padded(bucket.stayStarts, bucket.personCount)
    let missing = bucket.personCount - bucket.birthYear.count
    if missing > 0 {
      bucket.birthYear += Array(repeating: Missing.int32, count: missing)
      bucket.sex += Array(repeating: Self.unknownSex, count: missing)
      bucket.diedOn += Array(repeating: Missing.int32, count: missing)
    }
    return bucket
  }

  static let unknownSex = UInt8(Sex.allCases.firstIndex(of: .unknown) ?? 0)

  /// Persons that a table does not have get an empty range.
  private func padded(_ starts: [Int], _ persons: Int) -> [Int] {
    starts + Array(repeating: starts.last ?? 0, count: max(0, persons + 1 - starts.count))
  }

  /// Reads some columns of a table, group by group.
  func read(
    _ table: CoreTable, _ columns: [String], _ use: ([Column]) -> Void
  ) throws(Problem) {
    let path = run.core(table.name, bucket: number).appending(path: "part-0.parquet").path
    // Only the tables that all figures are made of have a file in each bucket; the others where they have rows.
    let isAlwaysThere = [Core.person.name, Core.claimLine.name].contains(table.name)
    if !isAlwaysThere && number > 0 && !FileManager.default.fileExists(atPath: path) { return }
    try read(path, columns, use)
  }

  /// Reads some columns of a file, group by group.
  func read(_ path: String, _ columns: [String], _ use: ([Column]) -> Void) throws(Problem) {
    do throws(ParquetError) {
      let reader = try ParquetReader(path: path)
      for group in reader.rowGroups.indices where reader.rowGroups[group] > 0 {
        use(try reader.read(group: group, columns: columns))
      }
    } catch {
      throw Problem(.cannotRead, at: error.path, error.reason, remedy: "Run normalize again.")
    }
  }

  private func loadPersons(_ bucket: inout Bucket) throws(Problem) {
    var ids: [Identifier] = []
    var years: [Int32] = []
    var sexes: [UInt8] = []
    var deaths: [Int32] = []
    try read(Core.person, ["person", "birth_year", "sex"] + (needs.stays || needs.deaths ? ["died_on"] : [])) {
      columns in
      guard case .identifier(let persons) = columns[0], case .integer(let birthYears) = columns[1],
        case .code(let sex) = columns[2]
      else { return }
      if columns.count > 3, case .day(let days) = columns[3] { deaths += days }
      ids += persons
      years += birthYears
      sexes += Self.vocabulary(sex, Sex.self, missing: Self.unknownSex)
    }
    let numbers = bucket.index.numbers(ids)
    bucket.birthYear = Array(repeating: Missing.int32, count: bucket.personCount)
    bucket.sex = Array(repeating: Self.unknownSex, count: bucket.personCount)
    bucket.diedOn = Array(repeating: Missing.int32, count: bucket.personCount)
    for (row, number) in numbers.enumerated() {
      bucket.birthYear[Int(number)] = years[row]
      bucket.sex[Int(number)] = sexes[row]
      if !deaths.isEmpty { bucket.diedOn[Int(number)] = deaths[row] }
    }
  }

  private func loadInsured(_ bucket: inout Bucket) throws(Problem) {
    var ids: [Identifier] = []
    var from: [Int32] = []
    var to: [Int32] = []
    var postcodes: [Int32] = []
    var insurers: [Int32] = []
    let optional = needs.insurers ? ["insurer"] : []
    try read(Core.insuredPeriod, ["person", "from", "to", "postcode4"] + optional) { columns in
      guard case .identifier(let persons) = columns[0], case .day(let first) = columns[1],
        case .day(let last) = columns[2], case .integer(let codes) = columns[3]
      else { return }
      ids += persons
      from += first
      to += last
      postcodes += codes
      if columns.count > 4, case .code(let uzovi) = columns[4] {
        let numbers = uzovi.book.values.map { $0.utf8.count == 4 ? Int32($0) ?? Missing.int32 : Missing.int32 }
        insurers += uzovi.indices.map { $0 < 0 ? Missing.int32 : numbers[Int($0)] }
      }
    }
    let numbers = bucket.index.numbers(ids)
    // By person, then by day, so that overlapping periods can be told and days are counted once.
    let rows = numbers.indices.sorted { (numbers[$0], from[$0], to[$0]) < (numbers[$1], from[$1], to[$1]) }
    bucket.insuredStarts = Self.starts(numbers, persons: bucket.personCount)
    bucket.insured = Bucket.Insured(
      from: rows.map { from[$0] }, to: rows.map { to[$0] == Missing.int32 ? Int32.max : to[$0] },
      postcode: rows.map { postcodes[$0] }, insurer: insurers.isEmpty ? [] : rows.map { insurers[$0] })
  }

  private func loadPaths(_ bucket: inout Bucket) throws(Problem) {
    var index = bucket.index
    var paths = bucket.paths
    var providers = bucket.providers
    var followed: [Int32: [Int32]] = [:]
    var inCharge: [Int32: [Int32]] = [:]
    var carePaths: [(path: Bucket.CarePath, provider: Int32)] = []
    try read(Core.carePath, ["person", "path", "provider", "index_date"]) { columns in
      guard case .identifier(let persons) = columns[0], case .code(let path) = columns[1],
        case .code(let provider) = columns[2], case .day(let indexDates) = columns[3]
      else { return }
      let pathCodes = path.book.values.map { paths.code($0) }
      let providerCodes = provider.book.values.map { providers.code($0) }
      for row in persons.indices {
        let number = Int32(index.number(persons[row]))
        let code = pathCodes[Int(path.indices[row])]
        if followed[number]?.contains(code) != true { followed[number, default: []].append(code) }
        carePaths.append(
          (
            Bucket.CarePath(person: number, path: code, indexDate: indexDates[row]),
            provider.indices[row] < 0 ? -1 : providerCodes[Int(provider.indices[row])]
          ))
        if provider.indices[row] >= 0 {
          let code = providerCodes[Int(provider.indices[row])]
          if inCharge[number]?.contains(code) != true { inCharge[number, default: []].append(code) }
        }
      }
    }
    bucket.index = index
    bucket.paths = paths
    bucket.providers = providers
    bucket.carePaths = carePaths
    bucket.pathsOfPerson = followed
    bucket.providersOfPerson = inCharge
  }

  private func loadClaims(_ bucket: inout Bucket) throws(Problem) {
    var ids: [Identifier] = []
    var rows = Bucket.Claims()
    var specialties = CodeBook()
    var providers = CodeBook()
    var diagnoses = CodeBook()
    let optional = needs.claimColumns.sorted()
    try read(Core.claimLine, ["person", "start", "amount_cents", "care_type", "postcode4"] + optional) { columns in
      guard case .identifier(let persons) = columns[0], case .day(let start) = columns[1],
        case .cents(let cents) = columns[2], case .code(let careType) = columns[3],
        case .integer(let postcode) = columns[4]
      else { return }
      ids += persons
      rows.start += start
      rows.cents += cents
      rows.careType += Self.vocabulary(careType, CareType.self, missing: 0)
      rows.postcode += postcode
      for (name, column) in zip(optional, columns.dropFirst(5)) {
        switch (name, column) {
        case ("activity", .code(let codes)):
          rows.activity += Self.vocabulary(codes, Activity.self, missing: UInt8(Activity.allCases.count))
        case ("reported_by", .code(let codes)): rows.reportedBy += Self.vocabulary(codes, ReportedBy.self, missing: 0)
        case ("specialty", .code(let codes)): rows.specialty += Self.translated(codes, &specialties)
        case ("provider", .code(let codes)): rows.provider += Self.translated(codes, &providers)
        case ("diagnosis_code", .code(let codes)): rows.diagnosis += Self.translated(codes, &diagnoses)
        case ("birth_year", .integer(let years)): rows.birthYear += years
        case ("sex", .code(let codes)): rows.sex += Self.vocabulary(codes, Sex.self, missing: Self.unknownSex)
        default: break
        }
      }
    }
    let numbers = bucket.index.numbers(ids)
    bucket.claimStarts = Self.starts(numbers, persons: bucket.personCount)
    var next = bucket.claimStarts
    var order = [Int32](repeating: 0, count: numbers.count)
    for (row, number) in numbers.enumerated() {
      order[next[Int(number)]] = Int32(truncatingIfNeeded: row)
      next[Int(number)] += 1
    }
    bucket.claims = rows.ordered(by: order)
    bucket.claims.diagnoses = diagnoses.values
    bucket.claims.providers = providers.values
  }

  private func loadScores(_ bucket: inout Bucket) throws(Problem) {
    struct Key: Hashable {
      let person: Int32
      let path: Int32
      let instrument: Int32
      let scale: Int32
      let indexDate: Int32
    }
    var loaded = bucket
    var known: [Key: Int] = [:]
    var cells: [(course: Int, moment: Int, measurement: Bucket.Measurement)] = []
    try read(Core.score, ScoreColumns.names) { columns in
      guard let score = ScoreColumns(columns) else { return }
      let convertedCode = score.status.book.find("converted")
      let instruments = Self.translated(score.instrument, &loaded.instruments)
      let scales = Self.translated(score.scale, &loaded.scales)
      let moments = Self.translated(score.moment, &loaded.moments)
      let paths = Self.translated(score.path, &loaded.paths)
      let providers = Self.translated(score.provider, &loaded.providers)
      for row in score.persons.indices {
        let key = Key(
          person: Int32(loaded.index.number(score.persons[row])), path: paths[row], instrument: instruments[row],
          scale: scales[row], indexDate: score.courseDate(row))
        var course = known[key] ?? -1
        if course < 0 {
          course = loaded.courses.count
          known[key] = course
          loaded.courses.append(
            Bucket.Course(
              person: key.person, path: key.path, instrument: key.instrument, scale: key.scale,
              indexDate: key.indexDate))
        }
        cells.append(
          (
            course, Int(moments[row]),
            Bucket.Measurement(
              value: score.values[row], predicted: score.predicted[row], completedOn: score.days[row],
              provider: providers[row],
              isConverted: convertedCode != nil && score.status.indices[row] == convertedCode)
          ))
      }
    }
    let width = loaded.moments.count
    loaded.measurements = Array(repeating: Bucket.Measurement(), count: loaded.courses.count * width)
    for cell in cells {
      let at = cell.course * width + cell.moment
      // The first complete measurement of a moment counts.
      if loaded.measurements[at].value.isNaN { loaded.measurements[at] = cell.measurement }
    }
    bucket = loaded
  }

  private func loadAnswers(_ bucket: inout Bucket) throws(Problem) {
    struct Key: Hashable {
      let delivery: Int32
      let record: Int32
      let instrument: Int32
      let moment: Int32
    }
    struct Context {
      let person: Int32
      let path: Int32
      let day: Int32
      let indexDate: Int32
      let provider: Int32
    }
    var loaded = bucket
    var deliveries = CodeBook()
    var contexts: [Key: Context] = [:]
    try read(Core.response, ResponseColumns.names) { columns in
      guard let response = ResponseColumns(columns) else { return }
      let instruments = Self.translated(response.instrument, &loaded.instruments)
      let moments = Self.translated(response.moment, &loaded.moments)
      let paths = Self.translated(response.path, &loaded.paths)
      let providers = Self.translated(response.provider, &loaded.providers)
      let files = Self.translated(response.delivery, &deliveries)
      for row in response.persons.indices {
        let key = Key(
          delivery: files[row], record: response.records[row], instrument: instruments[row], moment: moments[row])
        contexts[key] = Context(
          person: Int32(loaded.index.number(response.persons[row])), path: paths[row], day: response.day(row),
          indexDate: response.indexDates[row], provider: providers[row])
      }
    }
    try read(Core.answer, AnswerColumns.names) { columns in
      guard let answer = AnswerColumns(columns) else { return }
      let instruments = Self.translated(answer.instrument, &loaded.instruments)
      let moments = Self.translated(answer.moment, &loaded.moments)
      let items = Self.translated(answer.item, &loaded.items)
      let files = Self.translated(answer.delivery, &deliveries)
      for row in answer.values.indices {
        let key = Key(
          delivery: files[row], record: answer.records[row], instrument: instruments[row], moment: moments[row])
        guard let context = contexts[key] else { continue }
        loaded.answers.append(
          Bucket.Answer(
            person: context.person, path: context.path, instrument: key.instrument, item: items[row],
            moment: key.moment, completedOn: context.day, provider: context.provider,
            value: answer.values[row],
            indexDate: context.indexDate))
      }
    }
    bucket = loaded
  }

  /// Where the rows of each person begin, once rows are in order of person.
  static func starts(_ numbers: [Int32], persons: Int) -> [Int] {
    var starts = [Int](repeating: 0, count: persons + 1)
    for number in numbers { starts[Int(number) + 1] += 1 }
    for i in 0..<persons { starts[i + 1] += starts[i] }
    return starts
  }

  /// Codes of a book of the file as codes of a book of the bucket.
  static func translated(_ column: CodeColumn, _ book: inout CodeBook) -> [Int32] {
    let translation = column.book.values.map { book.code($0) }
    return column.indices.map { $0 < 0 ? -1 : translation[Int($0)] }
  }

  /// Codes of a standard vocabulary as positions in it.
  static func vocabulary<Word: CaseIterable & RawRepresentable<String>>(
    _ column: CodeColumn, _ words: Word.Type, missing: UInt8
  ) -> [UInt8] {
    let all = Array(Word.allCases)
    let translation = column.book.values.map { value in
      all.firstIndex { $0.rawValue == value }.map { UInt8($0) } ?? missing
    }
    return column.indices.map { $0 < 0 ? missing : translation[Int($0)] }
  }
}

extension Bucket.Claims {
  /// The lines in another order.
  func ordered(by order: [Int32]) -> Bucket.Claims {
    // A column that no measure needs was not read.
    func pick<Value: BitwiseCopyable>(_ values: [Value]) -> [Value] {
      values.isEmpty ? [] : order.map { values[Int($0)] }
    }
    return Bucket.Claims(
      start: pick(start), cents: pick(cents), careType: pick(careType), activity: pick(activity),
      reportedBy: pick(reportedBy), specialty: pick(specialty), provider: pick(provider), diagnosis: pick(diagnosis),
      birthYear: pick(birthYear), sex: pick(sex), postcode: pick(postcode))
  }
}
