import CoreDataset
import Definitions

/// Who a report is for.
public struct Recipient: Sendable, Equatable {
  /// `nation`, `provider` or the id of a region layout.
  public let layout: String
  /// Name of the layout in reports.
  public let layoutName: String
  /// Code of the unit.
  public let unit: String
  /// Kind of unit.
  public let kind: UnitKind
  /// Name in reports.
  public let name: String
  /// Name of the region in which a provider is; nil for others.
  public let regionName: String?
}

/// One published figure with what it is compared with.
public struct MirrorFigure: Sendable {
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

  /// Whether the counts may be seen.
  public var hasCounts: Bool { protection == .none }
}

/// One indicator in one report.
public struct IndicatorReport: Sendable {
  /// The definition.
  public let indicator: Indicator
  /// Name of the population.
  public let population: String
  /// Figures of the whole, in order of time: all periods for which there is a row.
  public let figures: [MirrorFigure]
  /// Figures of subdivisions, each in order of time.
  public let strata: [(stratum: String, figures: [MirrorFigure])]
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
  /// The indicators that the recipient has figures for, in order of the pipeline.
  public let indicators: [IndicatorReport]

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

/// Reports of a run: suppression done, everything indexed. Recipients are independent of each other.
public struct MirrorReports: Sendable {
  let input: MirrorInput
  private let index: FigureIndex
  /// The figures as they may be published.
  let rows: [ResultRow]
  /// What was done to each, as files say it.
  let protections: [Protection]
  /// Parts that make wholes.
  let nesting: Nesting
  private let peers: [FigureKey: Peers]
  /// The recipients, in order of the mirror specification and of their codes.
  public let recipients: [Recipient]

  /// Protects and indexes the results, on so many threads.
  public init(_ input: MirrorInput, jobs: Int = 1) {
    self.input = input
    let index = FigureIndex(input.results, input.pipeline)
    self.index = index
    let protected = Suppression.apply(
      to: input.results, index: index, pipeline: input.pipeline, providerRegion: input.providerRegion,
      earlier: input.earlier, jobs: jobs)
    rows = protected.rows
    nesting = Nesting(input.pipeline, input.providerRegion)
    protections = protected.protections.map(\.published)
    peers = Self.peers(rows, protections, index)
    recipients = input.pipeline.mirror.recipients.flatMap { Self.recipients(ofKind: $0, input, index) }
  }

  /// The report of a recipient.
  public func report(for recipient: Recipient) -> MirrorReport {
    let unit = recipient.kind == .nation ? 0 : index.unit(layout: recipient.layout, code: recipient.unit)
    let region = recipient.kind == .provider ? Self.region(of: recipient.unit, input) : nil
    let regionUnit = region.flatMap { index.unit(layout: $0.layout, code: $0.unit) }
    var byIndicator: [[(key: FigureKey, figure: MirrorFigure)]] = .init(
      repeating: [], count: input.pipeline.indicators.count)
    for row in unit.map({ index.rowsOfUnit[Int($0)] }) ?? [] {
      guard let key = index.keys[Int(row)] else { continue }
      byIndicator[Int(key.indicator)].append((key, figure(Int(row), key, regionUnit)))
    }
    let indicators = zip(input.pipeline.indicators, byIndicator).compactMap { indicator, figures in
      figures.isEmpty ? nil : indicatorReport(indicator, figures, recipient.layout)
    }
    return MirrorReport(
      recipient: recipient, pipeline: input.pipeline, runID: input.runID, generatedFrom: input.generatedFrom,
      indicators: indicators)
  }

  private func indicatorReport(
    _ indicator: Indicator, _ figures: [(key: FigureKey, figure: MirrorFigure)], _ layout: String
  ) -> IndicatorReport {
    // Order of strata is that of first appearance in the results, the same for every recipient.
    let sorted = figures.sorted { ($0.key.stratum, $0.key.period) < ($1.key.stratum, $1.key.period) }
    var whole: [MirrorFigure] = []
    var strata: [(stratum: String, figures: [MirrorFigure])] = []
    var last: Int32 = 0
    for (key, figure) in sorted {
      if key.stratum == 0 {
        whole.append(figure)
      } else if key.stratum == last {
        strata[strata.count - 1].figures.append(figure)
      } else {
        strata.append((index.strata[Int(key.stratum)], [figure]))
      }
      last = key.stratum
    }
    let population = input.pipeline.population(indicator.population)?.name.nl ?? indicator.population
    let comparison = whole.last.flatMap { figure in
      input.comparisons.first {
        $0.indicator == indicator.id && $0.layout == layout && $0.period == figure.own.period && $0.stratum.isEmpty
      }
    }
    return IndicatorReport(
      indicator: indicator, population: population, figures: whole, strata: strata, comparison: comparison)
  }

  private func figure(_ row: Int, _ key: FigureKey, _ region: Int32?) -> MirrorFigure {
    var peersKey = key
    peersKey.unit = index.units[Int(key.unit)].layout
    return MirrorFigure(
      own: rows[row], protection: protections[row], nation: key.unit == 0 ? nil : self.row(of: key, unit: 0),
      region: region.flatMap { self.row(of: key, unit: $0) }, peers: key.unit == 0 ? nil : peers[peersKey])
  }

  private func row(of key: FigureKey, unit: Int32) -> ResultRow? {
    var key = key
    key.unit = unit
    return index.row[key].map { rows[Int($0)] }
  }

  /// The spread per layout. The keys have the layout in place of the unit.
  private static func peers(_ rows: [ResultRow], _ protections: [Protection], _ index: FigureIndex) -> [FigureKey:
    Peers]
  {
    var values: [FigureKey: [Double]] = [:]
    for (position, key) in index.keys.enumerated() {
      guard var key, key.unit != 0, let value = rows[position].value, !protections[position].isWithheld,
        rows[position].status != .insufficient, rows[position].status != .blocked
      else { continue }
      let unit = index.units[Int(key.unit)]
      if unit.code == RegionLayout.unplaced { continue }
      key.unit = unit.layout
      values[key, default: []].append(value)
    }
    return values.compactMapValues { Peers(values: $0) }
  }

  private static func region(of agb: String, _ input: MirrorInput) -> (layout: String, unit: String, name: String)? {
    guard let units = input.providerRegion[agb] else { return nil }
    for layout in input.pipeline.regions {
      if let code = units[layout.id], let unit = layout.units.first(where: { $0.code == code }),
        code != RegionLayout.unplaced
      {
        return (layout.id, code, unit.name)
      }
    }
    return nil
  }

  private static func recipients(ofKind kind: String, _ input: MirrorInput, _ index: FigureIndex) -> [Recipient] {
    if kind == "nation" {
      guard let nation = index.units.first, !index.rowsOfUnit[0].isEmpty else { return [] }
      return [
        Recipient(
          layout: "nation", layoutName: Dutch.nation, unit: nation.code, kind: .nation, name: Dutch.nation,
          regionName: nil)
      ]
    }
    let layout = input.pipeline.regions.first { $0.id == kind }
    var names: [String: String] = [:]
    for unit in layout?.units ?? [] { names[unit.code] = unit.name }
    let units = index.units.filter {
      $0.kind != .nation && index.layouts[Int($0.layout)] == kind && $0.code != RegionLayout.unplaced
    }
    return units.sorted { $0.code < $1.code }.map { unit in
      let isProvider = unit.kind == .provider
      return Recipient(
        layout: kind, layoutName: isProvider ? Dutch.provider : layout?.name.nl ?? kind, unit: unit.code,
        kind: unit.kind,
        name: isProvider
          ? input.providerNames[unit.code] ?? Dutch.unnamedProvider(unit.code) : names[unit.code] ?? unit.code,
        regionName: isProvider ? region(of: unit.code, input)?.name : nil)
    }
  }
}
