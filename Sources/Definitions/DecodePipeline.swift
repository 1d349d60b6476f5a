import Columns
import CoreDataset
import Foundation

extension Pipeline {
  /// Reads and checks the pipeline in a folder: `pipeline.yaml`, `sources/`, `populations/`, `indicators/`, `regions/`,
  /// `codes/`, `standards/`, `mirror.yaml`, and the instruments that it names. Instruments and regions may also stand
  /// beside the folder, where pipelines share them.
  ///
  /// - Throws: `DefinitionErrors` with all that is wrong, in order of file and place.
  public static func load(folder url: URL) throws(DefinitionErrors) -> Pipeline {
    let folder = DefinitionFolder(url)
    var decoder = PipelineDecoder(folder)
    let pipeline = decoder.decode()
    guard let pipeline, folder.problems.errors.isEmpty else { throw DefinitionErrors(folder.problems.sorted) }
    return pipeline
  }
}

/// What has been read of a pipeline, for the files that refer to it. Ids are known as soon as they are declared, so
/// that one wrong file does not make every reference to it wrong too.
struct Declared {
  var periods: [Period] = []
  var periodIds: [String] = []
  var instruments: [Instrument] = []
  var instrumentIds: [String] = []
  var layouts: [RegionLayout] = []
  var layoutIds: [String] = []
  var sources: [Source] = []
  var sourceIds: [String] = []
  var populationIds: [String] = []
  /// Those of the populations that have a condition.
  var conditionalPopulationIds: [String] = []
  var baseline: String?
  /// The currency of all amounts.
  var currency = Currency.usual
  var hasStandardPopulation = false
  /// First ages of its bands; nil where it could not be read.
  var standardBandStarts: [Int]?
  /// Care paths that are made of claim lines.
  var carePaths: [CarePathSpec] = []
  var carePathIds: [String] = []
  /// Where `pipeline.yaml` says which parties are compared.
  var agreementPlace: Value?
  /// Windows of the pipeline around the index date.
  var moments: [MomentWindow] = []
  /// Where crosswalks stand, to be checked when all instruments are known.
  var crosswalks: [(place: Value, instrument: String, scale: Scale, crosswalk: Crosswalk)] = []

  /// Whether every source was read without errors, so that what no source delivers is really not delivered.
  var areSourcesComplete: Bool { sources.count == sourceIds.count }
  /// Whether the ids of periods are known; they are not when the years could not be read.
  var arePeriodsKnown: Bool { !periodIds.isEmpty }
  /// An instrument by id.
  func instrument(_ id: String) -> Instrument? { instruments.first { $0.id == id } }
  /// The windows that hold for an instrument.
  func moments(of instrument: Instrument) -> [MomentWindow] {
    instrument.moments.isEmpty ? moments : instrument.moments
  }
  /// Whether every instrument has windows, so that a source need not label its measurements.
  var hasWindows: Bool { !moments.isEmpty || !instruments.isEmpty && instruments.allSatisfy { !$0.moments.isEmpty } }
}

/// Reads a pipeline folder, part by part, each part after those that it refers to. A part that could not be read may be
/// left out of the result, because a pipeline with any problem is never returned.
struct PipelineDecoder {
  let folder: DefinitionFolder
  var declared = Declared()
  /// Where sources name the source of the heads of their claims.
  let joins = JoinPlaces()
  /// Where agreements on shared savings name indicators.
  let outcomes = OutcomePlaces()

  init(_ folder: DefinitionFolder) { self.folder = folder }

  mutating func decode() -> Pipeline? {
    // The file that says what the rest is. Without it there is nothing to check the rest against.
    guard let main = folder.yaml("pipeline.yaml") else { return nil }
    guard let head = main.fields({ head($0) }) else {
      decodeParts()
      return nil
    }
    let parts = decodeParts()
    let quality = decodeQuality()
    guard let mirror = parts.mirror else { return nil }
    complainOfAgreement(head.agreement)
    var pipeline = Pipeline(
      id: folder.name, version: head.version, name: head.name, purpose: head.purpose, legalBasis: head.legalBasis,
      periods: declared.periods, baseline: declared.baseline, minimumPersons: head.minimumPersons,
      maximumQuarantined: head.maximumQuarantined, buckets: head.buckets, sources: declared.sources,
      instruments: declared.instruments, populations: parts.populations, indicators: parts.indicators,
      regions: declared.layouts, standardPopulation: head.standardPopulation, mirror: mirror, digest: folder.digest,
      ignoredFiles: head.ignoredFiles, moments: declared.moments, quality: quality)
    (pipeline.agreement, pipeline.runOut) = (head.agreement, head.runOut)
    pipeline.carePaths = declared.carePaths
    pipeline.currency = declared.currency
    pipeline.dominance = head.dominance
    return pipeline
  }

  /// The files that are read one by one, in the order in which they refer to each other.
  @discardableResult
  private mutating func decodeParts() -> (populations: [Population], indicators: [Indicator], mirror: MirrorSpec?) {
    for file in folder.definitions("sources") {
      declared.sourceIds.append(file.id)
      if let source = folder.problems.unlessWrong({ decodeSource(file.id, file.path) }) {
        declared.sources.append(source)
      }
    }
    if declared.sourceIds.isEmpty { folder.problems.add("sources", "there is no source; a pipeline needs one") }
    resolveJoins()
    complainOfDoublePatterns()
    complainOfLayoutsWithoutTotals()
    decodeCarePaths()
    var populations: [Population] = []
    for file in folder.definitions("populations") {
      declared.populationIds.append(file.id)
      guard let population = decodePopulation(file.id, file.path) else { continue }
      populations.append(population)
      if !population.conditions.isEmpty { declared.conditionalPopulationIds.append(file.id) }
    }
    let indicators = decodeIndicators()
    return (populations, indicators, decodeMirror(indicators))
  }

  /// What `pipeline.yaml` itself says.
  struct Head {
    let version: String
    let name: Localized
    let purpose: Localized
    let legalBasis: String
    let minimumPersons: Threshold
    let maximumQuarantined: Threshold
    let buckets: Int
    let standardPopulation: StandardPopulation?
    let ignoredFiles: [String]
    let agreement: SourceAgreement?
    let runOut: RunOut?
    let dominance: DominanceRule
  }

  private mutating func head(_ fields: Fields) -> Head? {
    let version = fields.required("version")?.text()
    let name = fields.required("name")?.localized()
    let purpose = fields.required("purpose")?.localized()
    let legalBasis = fields.required("legal-basis")?.text()
    if let periods = fields.required("periods") { decodePeriods(periods) }
    if let baseline = fields.optional("baseline"), let id = baseline.text() {
      declared.baseline = id
      if declared.arePeriodsKnown, !declared.periodIds.contains(id) {
        baseline.complain(Wording.dangling("period", id, known: declared.periodIds))
      }
    }
    let minimumPersons = fields.required("minimum-persons")?.threshold(1...Double.infinity)
    if let minimumPersons, minimumPersons.value != minimumPersons.value.rounded() {
      fields.keyPlace("minimum-persons").complain("the fewest persons is a whole number")
    }
    let maximumQuarantined = fields.required("maximum-quarantined")?.threshold(0...1)
    let buckets =
      fields.optional("buckets").flatMap { place -> Int? in
        guard let buckets = place.whole(1...4096) else { return nil }
        if buckets & (buckets - 1) != 0 { place.complain("the number of buckets is a power of two, \(buckets) is not") }
        return buckets
      } ?? 16
    if let currency = fields.optional("currency").flatMap({ decodeCurrency($0) }) { declared.currency = currency }
    declared.moments = fields.optional("moments").flatMap { decodeMoments($0) } ?? []
    decodeInstruments(fields.optional("instruments"))
    decodeRegions(fields.optional("regions"))
    let standard = fields.optional("standard-population").map { $0.fields { decodeStandardPopulation($0) } }
    declared.hasStandardPopulation = standard != nil
    declared.standardBandStarts = standard??.bandStarts
    let ignoredFiles = fields.optional("ignore")?.texts() ?? []
    declared.agreementPlace = fields.optional("source-agreement")
    let agreement = declared.agreementPlace?.fields { decodeAgreement($0) }
    let dominance = fields.optional("dominance")?.fields { decodeDominance($0) } ?? .usual
    let runOut = fields.optional("run-out")?.fields { decodeRunOut($0) }
    guard let version, let name, let purpose, let legalBasis, let minimumPersons, let maximumQuarantined
    else { return nil }
    return Head(
      version: version, name: name, purpose: purpose, legalBasis: legalBasis, minimumPersons: minimumPersons,
      maximumQuarantined: maximumQuarantined, buckets: buckets, standardPopulation: standard ?? nil,
      ignoredFiles: ignoredFiles, agreement: agreement, runOut: runOut, dominance: dominance)
  }

  /// Calendar years `{from: 2015, to: 2018}`, or a list of periods with ids.
  private mutating func decodePeriods(_ place: Value) {
    if place.isMapping {
      place.fields { fields in
        let years = fields.required("from")?.whole(1900...2200)
        let last = fields.required("to")?.whole(1900...2200)
        let step = fields.optional("by")?.choice(PeriodStep.self) ?? .year
        guard let years, let last else { return }
        if last < years {
          fields.keyPlace("to").complain("the last year, \(last), lies before the first, \(years)")
          return
        }
        for year in years...last { declared.periods += step.periods(of: Int32(year)) }
      }
      declared.periodIds = declared.periods.map(\.id)
      return
    }
    guard let list = place.list() else { return }
    if list.isEmpty { place.complain("there is no period; a pipeline needs one") }
    for item in list {
      let period: Period? = item.fields { fields in
        let id = fields.required("id")?.text()
        if let id { declared.periodIds.append(id) }
        let from = fields.required("from")?.day()
        let to = fields.required("to")?.day()
        guard let id, let from, let to else { return nil }
        return Period(id: id, from: from, to: to)
      }
      guard let period else { continue }
      if period.to < period.from {
        item.complain("period \"\(period.id)\" ends on \(period.to), before it starts on \(period.from)")
      }
      if declared.periods.contains(where: { $0.id == period.id }) {
        item.complain(Wording.duplicate("period", period.id))
      } else if let last = declared.periods.last, period.from <= last.to {
        item.complain(
          "period \"\(period.id)\" starts on \(period.from), but \"\(last.id)\" before it lasts until \(last.to)")
      }
      declared.periods.append(period)
    }
  }

  /// Two sources may not claim the same files.
  private func complainOfDoublePatterns() {
    var owners: [String: String] = [:]
    for source in declared.sources where source.signs == nil {
      for pattern in source.namePatterns {
        if let owner = owners[pattern.lowercased()] {
          folder.problems.add(
            "sources/\(source.id).yaml", "recognises \"\(pattern)\", and so does source \"\(owner)\"")
        }
        owners[pattern.lowercased()] = source.id
      }
    }
  }

  /// Reads the version and id that every definition file has; complains when the id is not the file's name.
  func version(_ fields: Fields, id: String) -> String? {
    if let place = fields.optional("id"), let written = place.text(), written != id {
      place.complain(Wording.otherId(written, file: id))
    }
    return fields.required("version")?.text()
  }
}
