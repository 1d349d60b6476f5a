import Columns
import CoreDataset
import Definitions
import Workspace

/// Follows the rows of the core dataset into the figures of one indicator and unit, over all buckets and periods.
struct Trace {
  let indicator: Indicator
  let pipeline: Pipeline
  let axis: Axis
  let withRecords: Bool
  private let unitRow: ResultRow
  /// Steps by period.
  private(set) var steps: [[Explanation.Step]]
  private var inputs: [[String: Explanation.Input]]
  private var records: [[[String]]]

  init(_ indicator: Indicator, _ pipeline: Pipeline, _ axis: Axis, unit: ResultRow, withRecords: Bool) {
    self.indicator = indicator
    self.pipeline = pipeline
    self.axis = axis
    self.withRecords = withRecords
    unitRow = unit
    steps = Array(repeating: [], count: axis.periods.count)
    inputs = Array(repeating: [:], count: axis.periods.count)
    records = Array(repeating: [], count: axis.periods.count)
  }

  /// What was found of a figure.
  func explanation(of row: ResultRow) -> Explanation {
    let period = axis.periods.firstIndex { $0.id == row.period } ?? 0
    return Explanation(
      figure: row, steps: steps[period],
      inputs: inputs[period].sorted { $0.key < $1.key }.map(\.value),
      records: records[period].sorted { $0.lexicographicallyPrecedes($1) })
  }

  /// Follows the rows of a bucket.
  mutating func add(_ bucket: Bucket, run: RunFolder, number: Int) throws(Problem) {
    let population =
      pipeline.population(indicator.population)
      ?? Population(id: "", version: "", name: Localized(nl: "", en: ""), conditions: [])
    let source = TraceSource(run: run, number: number, bucket: bucket)
    switch indicator.measure.parameters.needs {
    case .groupTotals: if number == 0 { addGroups(bucket) }
    case .stays:
      addPersons(bucket, population)
      try addStays(bucket, population, source)
      addPersonsOfMeasure(bucket, population)
    case .claims, .claimsAndInsuredPeriods:
      addPersons(bucket, population)
      try addLines(bucket, population, source)
      if indicator.measure == .waitingTime { addPersonsOfMeasure(bucket, population) }
    case .responses, .responsesAndClaims:
      addPersons(bucket, population)
      switch indicator.measure {
      case .itemMean, .topBox, .bottomBox, .netPromoterScore: try addAnswers(bucket, population, source)
      case .responseRate: try addFollowers(bucket, population, source)
      default: try addCourses(bucket, population, source)
      }
    }
  }

  /// Counts at a step of a period. Steps of all buckets come in the same order.
  mutating func count(_ condition: String, _ counted: String, period: Int, _ count: Int) {
    if let known = steps[period].firstIndex(where: { $0.condition == condition && $0.counted == counted }) {
      steps[period][known].count += count
    } else {
      steps[period].append(.init(condition: condition, counted: counted, count: count))
    }
  }

  /// Adds a row that counts.
  mutating func contribute(period: Int, table: String, delivery: String, cents: Int64 = 0, _ record: () -> [String]) {
    let key = "\(table) \(delivery)"
    inputs[period][key, default: .init(delivery: delivery, table: table)].rows += 1
    inputs[period][key, default: .init(delivery: delivery, table: table)].cents += cents
    if withRecords { records[period].append([table, delivery] + record()) }
  }

  /// The number of the unit in a bucket; nil for a provider that the bucket does not have.
  func unitNumber(_ bucket: Bucket) -> Int? {
    switch unitRow.unitKind {
    case .nation: return 0
    case .provider: return bucket.providers.find(unitRow.unit).map { axis.fixedUnits + Int($0) }
    case .region, .insurer:
      guard let layout = axis.layouts.firstIndex(where: { $0.id == unitRow.layout }),
        let unit = axis.layouts[layout].units.firstIndex(where: { $0.code == unitRow.unit })
      else { return nil }
      return axis.layoutStarts[layout] + unit
    }
  }

  /// "of provider 01000001", for steps.
  var unitWords: String {
    unitRow.unitKind == .nation ? "in the nation" : "of \(unitRow.layout) \(unitRow.unit)"
  }

  /// Persons of the core dataset, and those left by each condition of the population.
  private mutating func addPersons(_ bucket: Bucket, _ population: Population) {
    for period in axis.periods.indices {
      count("in the core dataset", "persons", period: period, bucket.personCount)
      for last in population.conditions.indices {
        let some = Population(
          id: population.id, version: population.version, name: population.name,
          conditions: Array(population.conditions[...last]))
        let members = Membership(some, bucket)
        let left = (0..<bucket.personCount).count { members.contains($0, year: axis.years[period]) }
        count(Self.words(population.conditions[last]), "persons", period: period, left)
      }
    }
  }

  /// A pseudonym as 32 hexadecimal digits, as Parquet readers show it.
  static func hex(_ person: Identifier) -> String {
    func digits(_ word: UInt64) -> String {
      let text = String(word, radix: 16)
      return String(repeating: "0", count: 16 - text.count) + text
    }
    return digits(person.high) + digits(person.low)
  }

  /// A condition of a population in words.
  static func words(_ condition: Population.Condition) -> String {
    switch condition {
    case .carePath(let paths): "on care path \(paths.joined(separator: " or "))"
    case .diagnosis(let starts): "with a diagnosis that starts with \(starts.joined(separator: " or "))"
    case .age(let from, let to): "aged \(from) to \(to) in the year of the period"
    case .sex(let sexes): "of sex \(sexes.map(\.rawValue).joined(separator: " or "))"
    }
  }

  /// The persons of a measure whose rows are followed no further, as the measure itself counts them.
  private mutating func addPersonsOfMeasure(_ bucket: Bucket, _ population: Population) {
    let measure = Measures.make(MeasureContext(indicator: indicator, pipeline: pipeline, axis: axis))
    var table = CellTable(axis: axis, strata: measure.strata.count, providers: bucket.providers.values)
    measure.accumulate(bucket, Membership(population, bucket), into: &table)
    let unit = unitNumber(bucket)
    for period in axis.periods.indices {
      let own = unit.map { table.cells[table.index(unit: $0, period: period)].persons } ?? 0
      count(
        "that the measure counts, in the nation", "persons", period: period,
        Int(table.cells[table.index(unit: 0, period: period)].persons))
      if unitRow.unitKind != .nation {
        count("that the measure counts, \(unitWords)", "persons", period: period, Int(own))
      }
    }
  }

  private mutating func addGroups(_ bucket: Bucket) {
    let context = MeasureContext(indicator: indicator, pipeline: pipeline, axis: axis)
    let selection = GroupSelection(context)
    let unit = unitNumber(bucket)
    var persons = Array(repeating: (all: 0, own: 0), count: axis.periods.count)
    selection.forEach(bucket.groups, axis) { member in
      let count = Int(bucket.groups.persons[member.row])
      persons[member.period].all += count
      if let unit, member.units.contains(unit) { persons[member.period].own += count }
    }
    for period in axis.periods.indices {
      count("in the groups delivered", "persons", period: period, persons[period].all)
      count(unitWords, "persons", period: period, persons[period].own)
    }
  }
}
