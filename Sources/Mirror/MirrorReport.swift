import CoreDataset
import Definitions

/// Who a report is for.
public struct Recipient: Sendable, Equatable {
  /// `nation`, `provider` or the id of a region layout.
  public let layout: String
  /// Name of the layout in reports.
  public let layoutName: Localized
  /// Code of the unit.
  public let unit: String
  /// Kind of unit.
  public let kind: UnitKind
  /// Name in data files, in Dutch.
  public var name: String { title.nl }
  /// Name in reports.
  public let title: Localized
  /// Name of the region in which a provider is; nil for others.
  public let regionName: String?
  /// The kind of recipient as the mirror specification names it.
  public let audience: String

  /// Whether it may see reliable figures only.
  var isPublic: Bool { audience == MirrorSpec.everybody }
}

/// One published figure with what it is compared with.
public final class MirrorFigure: Sendable {
  /// The recipient's own figure, protected.
  public let own: ResultRow
  /// What was done to protect it.
  public let protection: Protection
  /// The national figure; nil when there is none or when the recipient is the nation.
  public let nation: ResultRow?
  /// The figure of the region that the provider is in.
  public let region: ResultRow?
  /// The spread over the units of the same layout.
  public let peers: Peers?

  init(own: ResultRow, protection: Protection, nation: ResultRow?, region: ResultRow?, peers: Peers?) {
    self.own = own
    self.protection = protection
    self.nation = nation
    self.region = region
    self.peers = peers
  }

  /// Whether the counts may be seen.
  public var hasCounts: Bool { protection == .none }
}

/// One indicator in one report.
public struct IndicatorReport: Sendable {
  /// The definition.
  public let indicator: Indicator
  /// Name of the population.
  public let population: Localized
  /// Figures of the whole, in order of time: all periods for which there is a row.
  public let figures: [MirrorFigure]
  /// Figures of subdivisions, each in order of time.
  public let strata: [(stratum: String, figures: [MirrorFigure])]
  /// Every figure as data files have it: the whole first, then subdivisions.
  let values: [FigureBytes]
  /// Control charts of its own course, one or two; empty with few periods or where a figure of it may not be seen.
  let courses: [ControlCourse]
  /// The units of the recipient's layout together, by language; empty for the nation.
  let peerCharts: [Language: PeerCharts]
  /// Number of the recipient's unit among them.
  let unit: Int32
  /// How the units of the recipient's layout were compared on the latest figure; nil when they were not.
  public let comparison: ComparisonRow?

  /// The latest figure.
  public var current: MirrorFigure? { figures.last }
}

/// The report for one recipient, as a value that every writer writes.
public struct MirrorReport: Sendable {
  /// Who it is for.
  public let recipient: Recipient
  /// The definitions.
  public let pipeline: Pipeline
  /// Id of the run.
  public let runID: String
  /// The deliveries that the figures come from.
  public let generatedFrom: [(file: String, records: Int)]
  /// Languages of its reports, the first by default.
  let languages: [Language]
  /// The language of the report at hand.
  var language: Language
  /// Reports of other units that the recipient may see by name.
  var others: [MirrorReport] = []
  /// The agreement by which a region sees its care providers; nil when it does not.
  var agreement: Audience.Agreement?
  /// What is not the same as for the last run; nil when there was none.
  var differences: RunDifferences?
  /// What became of its own figures since then. The public report, which leaves figures out, does not count them.
  var changes: [FigureChange] = []
  /// Figures of all regions of the layouts that charts show together.
  var boards: [String: Board] = [:]
  /// The indicators that the recipient has figures for, in order of the pipeline.
  public let indicators: [IndicatorReport]

  /// The wording.
  var texts: Texts { Texts(language, isPersonal: recipient.kind != .nation) }

  /// Every figure of the report with its indicator: the whole first, then subdivisions.
  func forEachFigure(_ body: (IndicatorReport, MirrorFigure) -> Void) {
    for indicator in indicators {
      for figure in indicator.figures { body(indicator, figure) }
      for stratum in indicator.strata {
        for figure in stratum.figures { body(indicator, figure) }
      }
    }
  }

  /// How many figures are shown, rounded, withheld and absent.
  var counts: MirrorCounts {
    var counts = MirrorCounts()
    counts.recipients = 1
    forEachFigure { _, figure in
      if figure.protection.isWithheld {
        counts.withheld += 1
      } else if figure.own.value == nil {
        counts.absent += 1
      } else if figure.protection == .rounded {
        counts.rounded += 1
      } else {
        counts.shown += 1
      }
    }
    return counts
  }
}

/// The latest figures of all regions of a layout, for tables and maps of regions.
struct Board: Sendable {
  /// A region and its latest figures by indicator.
  struct Region: Sendable {
    let code: String
    let name: String
    let figures: [String: MirrorFigure]
  }
  let name: Localized
  /// In order of their names.
  let regions: [Region]
}
