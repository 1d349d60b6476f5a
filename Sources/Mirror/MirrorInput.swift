import CoreDataset
import Definitions

/// All that the mirror files of a run are made of.
public struct MirrorInput: Sendable {
  /// The definitions.
  public let pipeline: Pipeline
  /// The results table, as computed: nothing withheld yet.
  public let results: [ResultRow]
  /// AGB code → name of the care provider.
  public let providerNames: [String: String]
  /// Id of the run.
  public let runID: String
  /// The deliveries that the figures come from, with their numbers of records.
  public let generatedFrom: [(file: String, records: Int)]
  /// AGB code → region layout id → unit code.
  public let providerRegion: [String: [String: String]]
  /// How units were compared.
  public let comparisons: [ComparisonRow]
  /// Control charts of figures over periods.
  public let trends: [TrendRow]
  /// What the runs before this one published.
  public let earlier: EarlierFigures
  /// The figures of the last run, as it published them; none when there was none.
  public let lastPublished: [ResultRow]
  /// What is not the same as for the last run; nil when there was none. `ChangeTexts` says it in words.
  public let differences: RunDifferences?

  /// Where the page on the quality of the deliveries lies, seen from the overview; nil when there is none.
  public let qualityPage: String?

  /// The memberwise initialiser.
  public init(
    pipeline: Pipeline, results: [ResultRow], providerNames: [String: String], runID: String,
    generatedFrom: [(file: String, records: Int)], providerRegion: [String: [String: String]],
    comparisons: [ComparisonRow] = [], trends: [TrendRow] = [], earlier: EarlierFigures = .none,
    lastPublished: [ResultRow] = [], differences: RunDifferences? = nil, qualityPage: String? = nil
  ) {
    self.pipeline = pipeline
    self.results = results
    self.providerNames = providerNames
    self.runID = runID
    self.generatedFrom = generatedFrom
    self.providerRegion = providerRegion
    self.comparisons = comparisons
    self.trends = trends
    self.earlier = earlier
    self.lastPublished = lastPublished
    self.differences = differences
    self.qualityPage = qualityPage
  }
}

/// One file to be written.
public struct MirrorFile: Sendable, Equatable {
  /// Relative path with `/`, for example `land/noord/spiegel.html`.
  public let path: String
  /// The bytes.
  public let contents: [UInt8]

  /// A file.
  public init(path: String, contents: [UInt8]) {
    self.path = path
    self.contents = contents
  }
}

/// What was made, for the audit trail and the wording of results.
public struct MirrorCounts: Sendable, Equatable {
  /// Recipients that got a report.
  public var recipients = 0
  /// Files, those at the root included.
  public var files = 0
  /// Bytes of all files.
  public var bytes = 0
  /// Figures in reports that stand as computed.
  public var shown = 0
  /// Figures in reports that are rounded and without counts.
  public var rounded = 0
  /// Figures in reports that are withheld to protect persons.
  public var withheld = 0
  /// Figures in reports that were never there: too little data or a critical finding.
  public var absent = 0

  /// Nothing yet.
  public init() {}

  /// Adds the counts of another part of the same run.
  public mutating func add(_ other: MirrorCounts) {
    recipients += other.recipients
    files += other.files
    bytes += other.bytes
    shown += other.shown
    rounded += other.rounded
    withheld += other.withheld
    absent += other.absent
  }
}
