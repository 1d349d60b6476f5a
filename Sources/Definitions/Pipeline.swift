import Columns
import CoreDataset

/// A text in the languages of the reports.
public struct Localized: Sendable, Equatable {
  /// Dutch; always there.
  public let nl: String
  /// English; always there.
  public let en: String

  /// A text in both languages.
  public init(nl: String, en: String) {
    self.nl = nl
    self.en = en
  }
}

/// A number that somebody decided on, with the reason and since when.
public struct Threshold: Sendable, Equatable {
  /// The number.
  public let value: Double
  /// Why this number: a reference or a decision with a name.
  public let why: String
  /// Since when it holds, as written.
  public let since: String

  /// A threshold.
  public init(value: Double, why: String, since: String) {
    self.value = value
    self.why = why
    self.since = since
  }
}

/// A stretch of days for which figures are made.
public struct Period: Sendable, Equatable {
  /// How it is called in results, for example `2016`.
  public let id: String
  /// First day.
  public let from: Day
  /// Last day, inclusive.
  public let to: Day

  /// A period.
  public init(id: String, from: Day, to: Day) {
    self.id = id
    self.from = from
    self.to = to
  }
}

/// A pipeline: all that is to be known before any data is read, checked.
public struct Pipeline: Sendable {
  /// Id: the name of its folder.
  public let id: String
  /// Version of the definitions as a whole.
  public let version: String
  /// Name in reports.
  public let name: Localized
  /// What the figures are for.
  public let purpose: Localized
  /// Legal basis for the processing.
  public let legalBasis: String
  /// Periods in order of time.
  public let periods: [Period]
  /// Id of the period that is the reference measurement; nil when there is none.
  public let baseline: String?
  /// Fewest persons for which a figure is published.
  public let minimumPersons: Threshold
  /// Largest share of records of a delivery that may be quarantined; above it the run stops.
  public let maximumQuarantined: Threshold
  /// Number of parts in which persons are divided: a power of two.
  public let buckets: Int
  /// Kinds of export.
  public private(set) var sources: [Source]
  /// Questionnaires.
  public let instruments: [Instrument]
  /// Who counts.
  public let populations: [Population]
  /// File name patterns with `*` and `?`, not case-sensitive, of files that may lie among the deliveries and are no
  /// delivery. A file that neither a source nor one of these recognises stops the run.
  public let ignoredFiles: [String]
  /// What is computed.
  public let indicators: [Indicator]
  /// Regional layouts.
  public let regions: [RegionLayout]
  /// Standard population for direct standardisation.
  public let standardPopulation: StandardPopulation?
  /// Who receives what.
  public let mirror: MirrorSpec
  /// SHA-256 over all files that make the pipeline, hexadecimal.
  public let digest: String
  /// When a measurement belongs to which moment, for instruments that do not say so themselves; in order of time. Empty:
  /// every source labels its measurements.
  public let moments: [MomentWindow]
  /// What is asked of the quality of its data.
  public let quality: QualitySpec

  /// Two parties that report the same care, to be compared; nil where none are.
  public var agreement: SourceAgreement?
  /// Care paths that are made of claim lines.
  public var carePaths: [CarePathSpec] = []
  /// The currency of all amounts, by its code in ISO 4217.
  public var currency = Currency.usual
  /// How long claims come in; nil: all are taken to be there.
  public var runOut: RunOut?
  /// When an amount tells too much of its largest contributors.
  public var dominance = DominanceRule.usual

  /// The memberwise initialiser, for the decoder and for tests.
  public init(
    id: String, version: String, name: Localized, purpose: Localized, legalBasis: String, periods: [Period],
    baseline: String?, minimumPersons: Threshold, maximumQuarantined: Threshold, buckets: Int, sources: [Source],
    instruments: [Instrument], populations: [Population], indicators: [Indicator], regions: [RegionLayout],
    standardPopulation: StandardPopulation?, mirror: MirrorSpec, digest: String, ignoredFiles: [String] = [],
    moments: [MomentWindow] = [], quality: QualitySpec? = nil
  ) {
    self.id = id
    self.version = version
    self.name = name
    self.purpose = purpose
    self.legalBasis = legalBasis
    self.periods = periods
    self.baseline = baseline
    self.minimumPersons = minimumPersons
    self.maximumQuarantined = maximumQuarantined
    self.buckets = buckets
    self.sources = sources
    self.instruments = instruments
    self.populations = populations
    self.indicators = indicators
    self.regions = regions
    self.standardPopulation = standardPopulation
    self.mirror = mirror
    self.digest = digest
    self.ignoredFiles = ignoredFiles
    self.moments = moments
    self.quality = quality ?? .usual(periods)
  }

  /// The same pipeline with one of its indicators.
  public func only(_ indicator: Indicator) -> Pipeline {
    Pipeline(
      id: id, version: version, name: name, purpose: purpose, legalBasis: legalBasis, periods: periods,
      baseline: baseline, minimumPersons: minimumPersons, maximumQuarantined: maximumQuarantined, buckets: buckets,
      sources: sources, instruments: instruments, populations: populations, indicators: [indicator], regions: regions,
      standardPopulation: standardPopulation, mirror: mirror, digest: digest, ignoredFiles: ignoredFiles,
      moments: moments)
  }

  /// A kind of export by id.
  public func source(_ id: String) -> Source? { sources.first { $0.id == id } }
  /// The age bands of groups that sources deliver in total, in order; empty without such sources.
  public var ageBands: [String] { Self.ageBands(of: sources) }

  static func ageBands(of sources: [Source]) -> [String] {
    let fields = sources.filter { $0.delivers == .groupTotal }.flatMap { $0.fields.filter { $0.target == "age_band" } }
    return Set(fields.flatMap { $0.possibleValues ?? [] }).sorted()
  }

  /// An instrument by id.
  public func instrument(_ id: String) -> Instrument? { instruments.first { $0.id == id } }
  /// The windows that hold for an instrument: its own, else those of the pipeline.
  public func moments(of instrument: Instrument) -> [MomentWindow] {
    instrument.moments.isEmpty ? moments : instrument.moments
  }
  /// A population by id.
  public func population(_ id: String) -> Population? { populations.first { $0.id == id } }
}

extension Pipeline {
  /// The same pipeline with other code lists: `decisions` are the lines of each, by source and staged column. Columns that it
  /// does not name keep theirs.
  public func with(decisions: [String: [String: [CodeDecision]]]) -> Pipeline {
    var pipeline = self
    for source in pipeline.sources.indices {
      let ofSource = decisions[pipeline.sources[source].id] ?? [:]
      for field in pipeline.sources[source].fields.indices {
        guard let lines = ofSource[pipeline.sources[source].fields[field].target] else { continue }
        pipeline.sources[source].fields[field].decisions = lines
        pipeline.sources[source].fields[field].codes = Dictionary(lines.map { ($0.local, $0.standard) }) { $1 }
      }
    }
    return pipeline
  }
}
