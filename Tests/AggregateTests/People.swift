@testable import Aggregate
import Columns
import CoreDataset
import Definitions

/// A person of whom all is known that figures are made of.
struct Human {
  struct Claim {
    var day: String
    var cents: Int64
    var care = CareType.medicalSpecialist
    var activity: Activity?
    var provider: String? = "01000001"
    var specialty: String?
    var diagnosis: String?
    var reportedBy = ReportedBy.insurer
    var postcode: Int32?
    var birthYear: Int32?
    var sex: Sex?
  }
  struct Course {
    var path: String? = "knee"
    var index: String? = "2016-02-01"
    var instrument = "ache"
    var scale = "total"
    var provider: String?
    /// Scores by moment.
    var scores: [String: Double]
    var predicted: [String: Double] = [:]
  }
  struct Answer {
    var path: String?
    var instrument = "mood"
    var item = "1"
    var moment = "T0"
    var day = "2016-02-01"
    var provider: String?
    var value: Double
  }
  /// A stay in hospital, an episode of its own.
  struct Stay {
    var from: String
    var to: String
    var bedDays: Int32?
    var isUnplanned = false
    var care = CareType.medicalSpecialist
    var provider: String? = "01000001"
    var diagnosis: String?
    var reportedBy = ReportedBy.insurer
  }
  /// A group of persons of whom only totals are known. It stands with a person so that both are divided over buckets.
  struct Group {
    var unit: String?
    var period = "2016"
    var sex: Sex = .female
    var ageBand: String?
    var persons: Int64
    var insuredYears: Double
    var cents: [CareType: Int64]
    var reportedBy = ReportedBy.insurer
  }

  var id: UInt64
  var birthYear: Int32? = 1960
  var sex: Sex = .female
  var insured: [(from: String, to: String?, postcode: Int32?)] = []
  /// UZOVI code of each insured period.
  var insurers: [Int32] = []
  var claims: [Claim] = []
  var courses: [Course] = []
  var answers: [Answer] = []
  var providers: [String] = []
  var stays: [Stay] = []
  var diedOn: String?
  var group: Group?
}

/// A day that the test itself writes.
func day(_ text: String?) -> Int32 { text.flatMap { Day($0)?.number } ?? Missing.int32 }

/// People as a bucket, as the loader would make it.
func bucket(_ people: [Human]) -> Bucket {
  var bucket = Bucket()
  bucket.claimStarts = [0]
  bucket.insuredStarts = [0]
  bucket.stayStarts = [0]
  var specialties = CodeBook()
  var providers = CodeBook()
  var diagnoses = CodeBook()
  for moment in ["T0", "T1", "T2"] { _ = bucket.moments.code(moment) }
  for human in people {
    let number = Int32(bucket.index.number(Identifier(high: human.id &* 0x9E37_79B9_7F4A_7C15, low: human.id + 1)))
    bucket.birthYear.append(human.birthYear ?? Missing.int32)
    bucket.sex.append(position(human.sex))
    bucket.insured.insurer += human.insurers
    for period in human.insured.sorted(by: { day($0.from) < day($1.from) }) {
      bucket.insured.from.append(day(period.from))
      bucket.insured.to.append(period.to == nil ? .max : day(period.to))
      bucket.insured.postcode.append(period.postcode ?? Missing.int32)
    }
    bucket.insuredStarts.append(bucket.insured.from.count)
    for claim in human.claims {
      bucket.claims.start.append(day(claim.day))
      bucket.claims.cents.append(claim.cents)
      bucket.claims.careType.append(position(claim.care))
      bucket.claims.activity.append(claim.activity.map { position($0) } ?? UInt8(Activity.allCases.count))
      bucket.claims.reportedBy.append(position(claim.reportedBy))
      bucket.claims.specialty.append(claim.specialty.map { specialties.code($0) } ?? -1)
      bucket.claims.provider.append(claim.provider.map { providers.code($0) } ?? -1)
      bucket.claims.diagnosis.append(claim.diagnosis.map { diagnoses.code($0) } ?? -1)
      bucket.claims.birthYear.append(claim.birthYear ?? Missing.int32)
      bucket.claims.sex.append(position(claim.sex ?? .unknown))
      bucket.claims.postcode.append(claim.postcode ?? Missing.int32)
    }
    bucket.claimStarts.append(bucket.claims.start.count)
    for provider in human.providers {
      bucket.providersOfPerson[number, default: []].append(bucket.providers.code(provider))
    }
    for (place, stay) in human.stays.enumerated() { add(stay, Int32(place + 1), to: &bucket) }
    bucket.stayStarts.append(bucket.stays.from.count)
    bucket.diedOn.append(day(human.diedOn))
    if let group = human.group { add(group, to: &bucket.groups) }
    for course in human.courses { add(course, of: number, to: &bucket) }
    for answer in human.answers {
      bucket.answers.append(
        Bucket.Answer(
          person: number, path: answer.path.map { bucket.paths.code($0) } ?? -1,
          instrument: bucket.instruments.code(answer.instrument), item: bucket.items.code(answer.item),
          moment: bucket.moments.code(answer.moment), completedOn: day(answer.day),
          provider: answer.provider.map { bucket.providers.code($0) } ?? -1, value: answer.value))
    }
  }
  bucket.claims.diagnoses = diagnoses.values
  bucket.claims.providers = providers.values
  return bucket
}

private func add(_ stay: Human.Stay, _ number: Int32, to bucket: inout Bucket) {
  bucket.stays.from.append(day(stay.from))
  bucket.stays.to.append(day(stay.to))
  bucket.stays.bedDays.append(stay.bedDays ?? Missing.int32)
  bucket.stays.isUnplanned.append(stay.isUnplanned)
  bucket.stays.episode.append(number)
  bucket.stays.isTransferredIn.append(false)
  bucket.stays.isTransferredOut.append(false)
  bucket.stays.careType.append(position(stay.care))
  bucket.stays.reportedBy.append(position(stay.reportedBy))
  bucket.stays.provider.append(stay.provider.map { bucket.providers.code($0) } ?? -1)
  var diagnoses = CodeBook(bucket.stays.diagnoses)
  bucket.stays.diagnosis.append(stay.diagnosis.map { diagnoses.code($0) } ?? -1)
  bucket.stays.diagnoses = diagnoses.values
}

private func add(_ group: Human.Group, to groups: inout Bucket.Groups) {
  groups.unit.append(group.unit.map { groups.units.code($0) } ?? -1)
  groups.period.append(groups.periods.code(group.period))
  groups.sex.append(position(group.sex))
  groups.ageBand.append(group.ageBand.map { groups.ageBands.code($0) } ?? -1)
  groups.reportedBy.append(position(group.reportedBy))
  groups.persons.append(group.persons)
  groups.insuredYears.append(FixedPoint.of(group.insuredYears))
  groups.cents += CareType.allCases.map { group.cents[$0] ?? 0 }
}

private func add(_ course: Human.Course, of person: Int32, to bucket: inout Bucket) {
  let path = course.path.map { bucket.paths.code($0) } ?? -1
  if path >= 0 && bucket.pathsOfPerson[person]?.contains(path) != true {
    bucket.pathsOfPerson[person, default: []].append(path)
  }
  let carePath = Bucket.CarePath(person: person, path: path, indexDate: day(course.index))
  if path >= 0 && !bucket.carePaths.contains(where: { $0.path == carePath }) {
    bucket.carePaths.append((carePath, course.provider.map { bucket.providers.code($0) } ?? -1))
  }
  bucket.courses.append(
    Bucket.Course(
      person: person, path: path, instrument: bucket.instruments.code(course.instrument),
      scale: bucket.scales.code(course.scale), indexDate: day(course.index)))
  for moment in bucket.moments.values {
    bucket.measurements.append(
      Bucket.Measurement(
        value: course.scores[moment] ?? .nan, predicted: course.predicted[moment] ?? .nan,
        completedOn: course.scores[moment] == nil ? Missing.int32 : day(course.index),
        provider: course.provider.map { bucket.providers.code($0) } ?? -1))
  }
}

private func position<Word: CaseIterable & Equatable>(_ word: Word) -> UInt8 {
  UInt8(Array(Word.allCases).firstIndex(of: word) ?? 0)
}

/// A pipeline over 2015 and 2016 with two regions, for one indicator.
struct Trial {
  var kind: MeasureKind
  var parameters = Indicator.Parameters()
  var conditions: [Population.Condition] = []
  var direction = Direction.lowerBetter
  var target: Indicator.Target?
  var reportedBy: ReportedBy?
  var standard: StandardPopulation?
  var scaleDirection = Direction.lowerBetter
  var comparison: ComparisonSpec?
  var strata: [StratumSpec] = []
  var series = SeriesSpec()
  /// More populations than that of the indicator, which is `p`.
  var populations: [Population] = []
  /// Kinds of export beside totals of groups.
  var sources: [Source] = []
  /// From this day on everybody of region A belongs to region B.
  var mergedOn: String?
  /// Other periods than 2015 and 2016.
  var periods: [Period]?
  /// Layouts besides `land`.
  var layouts: [RegionLayout] = []

  static let text = Localized(nl: "", en: "")

  var pipeline: Pipeline {
    let indicator = Indicator(
      id: "i", version: "1", name: Self.text, explanation: Self.text, goal: .cost, measure: kind, population: "p",
      reportedBy: reportedBy, unit: Self.text, decimals: 0, direction: direction, target: target,
      parameters: parameters, comparison: comparison, strata: strata, series: series)
    let threshold = Threshold(value: 1, why: "", since: "")
    let scale = Scale(
      code: "total", name: Self.text, items: [0], rule: .sum, missing: .init(atLeast: 1, isPersonMean: false),
      minimum: 0,
      maximum: 100, decimals: nil, direction: scaleDirection)
    let isOfGroups = kind.parameters.needs == .groupTotals
    let bands = ["00-49", "50+"]
    let totals = Source(
      id: "totals", version: "1", reportedBy: .insurer, delivers: .groupTotal, namePatterns: [],
      format: .delimited(delimiter: 0x3B, hasHeader: true, skipLines: 0), encoding: .utf8, amounts: AmountFormat(),
      dates: [], missing: [],
      fields: [
        FieldMapping(
          target: "age_band", columns: ["age"], codes: Dictionary(uniqueKeysWithValues: bands.map { ($0, $0) }),
          unknown: .reject)
      ], questionnaires: [],
      totals: TotalColumns(
        amounts: [.generalPractice, .medicalSpecialist].map { .init(careType: $0, column: $0.rawValue) }, every: nil))
    let periods = ["2015", "2016"].map { year in
      Period(id: year, from: Day(day("\(year)-01-01")), to: Day(day("\(year)-12-31")))
    }
    var units = [Int16](repeating: 2, count: 10_000)
    units[1011] = 0
    units[1012] = 1
    var eras = [
      RegionLayout.Era(from: .min, unitByPostcode: units, unitByMunicipality: isOfGroups ? ["a1": 0, "b1": 1] : nil)
    ]
    if let mergedOn {
      units[1011] = 1
      eras.append(
        RegionLayout.Era(
          from: day(mergedOn), unitByPostcode: units, unitByMunicipality: isOfGroups ? ["b1": 1] : nil))
    }
    return Pipeline(
      id: "t", version: "1", name: Self.text, purpose: Self.text, legalBasis: "", periods: self.periods ?? periods,
      baseline: (self.periods ?? periods)[0].id,
      minimumPersons: threshold, maximumQuarantined: threshold, buckets: 4,
      sources: isOfGroups ? [totals] : sources,
      instruments: [
        Instrument(
          id: "ache", version: "1", name: Self.text, reference: "", licence: "",
          items: [.init(code: "1", minimum: 0, maximum: 100)], scales: [scale])
      ],
      populations: [Population(id: "p", version: "1", name: Self.text, conditions: conditions)] + populations,
      indicators: [indicator],
      regions: [
        RegionLayout(
          id: "land", name: Self.text,
          units: [
            .init(code: "a", name: "A"), .init(code: "b", name: "B"), .init(code: RegionLayout.unplaced, name: "?"),
          ],
          eras: eras)
      ] + layouts,
      standardPopulation: standard,
      mirror: MirrorSpec(recipients: ["nation", "land", "provider"], languages: ["nl"], formats: [.csv]), digest: "")
  }

  /// The sums of people over some buckets, merged in that order.
  func sums(_ buckets: [[Human]]) -> Partial {
    let pipeline = pipeline
    let axis = Axis(pipeline)
    let measures = [Measures.make(MeasureContext(indicator: pipeline.indicators[0], pipeline: pipeline, axis: axis))]
    var parts = buckets.map { Aggregate.partials(bucket($0), pipeline, measures, axis)[0] }
    var total = parts.removeFirst()
    for part in parts { total.merge(part) }
    return total
  }

  /// All figures.
  func rows(_ buckets: [[Human]]) -> [ResultRow] { tables(buckets).rows }

  /// All figures, and how units were compared.
  func tables(_ buckets: [[Human]]) -> IndicatorTables {
    let pipeline = pipeline
    let axis = Axis(pipeline)
    let measure = Measures.make(MeasureContext(indicator: pipeline.indicators[0], pipeline: pipeline, axis: axis))
    return Figures(indicator: pipeline.indicators[0], pipeline: pipeline, measure: measure, axis: axis)
      .tables(sums(buckets))
  }

  /// One figure: of a unit in a period.
  func figure(
    _ people: [Human], _ unit: String = "NL", _ period: String = "2016", stratum: String = ""
  ) -> ResultRow? {
    rows([people]).first { $0.unit == unit && $0.period == period && $0.stratum == stratum }
  }
}

/// Whether two numbers agree to nine digits.
func near(_ value: Double?, _ expected: Double, _ tolerance: Double = 1e-9) -> Bool {
  value.map { abs($0 - expected) <= tolerance * max(1, abs(expected)) } ?? false
}
