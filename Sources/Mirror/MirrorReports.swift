import CoreDataset
import Definitions

/// Reports of a run: suppression done, everything indexed. Recipients are independent of each other.
public struct MirrorReports: Sendable {
  let input: MirrorInput
  private let index: FigureIndex
  /// The figures as they may be published.
  let rows: [ResultRow]
  /// What was done to each, as files say it.
  let protections: [Protection]
  /// Figures by the rule that withheld them, for the steward only.
  let rules: [Protection: Int]
  /// What became of the figures since the last run; empty when there was none.
  let changes: [FigureChange]
  private let changesOfUnit: [String: [FigureChange]]
  /// Parts that make wholes.
  let nesting: Nesting
  private let peers: [FigureKey: Peers]
  private let charts: [FigureKey: [Language: PeerCharts]]
  /// How units were compared, by indicator, layout and period of the whole.
  private let comparisons: [String: ComparisonRow]
  /// Control charts by indicator, layout and unit.
  private let trends: [String: [TrendRow]]
  private var boards: [String: Board] = [:]
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
    changes = Self.changes(input, rows)
    changesOfUnit = Dictionary(grouping: changes) { Self.name($0.layout, $0.unit, "") }
    nesting = Nesting(input.pipeline, input.providerRegion)
    protections = protected.protections.map(\.published)
    rules = protected.protections.reduce(into: [:]) { $0[$1, default: 0] += 1 }
    peers = Self.peers(rows, protections, index)
    comparisons = Dictionary(
      input.comparisons.filter(\.stratum.isEmpty).map { (Self.name($0.indicator, $0.layout, $0.period), $0) }
    ) { first, _ in first }
    trends = Dictionary(grouping: input.trends) { Self.name($0.indicator, $0.layout, $0.unit) }
    charts = Self.charts(rows, protections, index, comparisons, input.pipeline)
    recipients = input.pipeline.mirror.recipients.flatMap { RecipientList.recipients(ofKind: $0, input, index) }
    for layout in Self.layoutsOfBoards(input.pipeline) { boards[layout] = board(layout) }
  }

  /// The report of a recipient.
  public func report(for recipient: Recipient) -> MirrorReport {
    var report = plain(recipient)
    let audience = input.pipeline.mirror.audiences[recipient.audience]
    if let layouts = audience?.layouts, !layouts.isEmpty {
      report.others = layouts.flatMap { RecipientList.recipients(ofKind: $0, input, index) }.map { other in
        plain(other.seen(by: recipient.audience))
      }
    } else if let agreement = audience?.providers, recipient.kind == .region {
      report.agreement = agreement
      report.others = RecipientList.recipients(ofKind: "provider", input, index)
        .filter { input.providerRegion[$0.unit]?[recipient.layout] == recipient.unit }
        .map { plain($0.seen(by: recipient.audience)) }
    }
    report.differences = input.differences
    report.changes = changesOfUnit[Self.name(recipient.layout, recipient.unit, "")] ?? []
    if recipient.kind != .provider {
      report.boards = boards.filter { recipient.kind == .nation || $0.key == recipient.layout }
    }
    return report
  }

  /// By what both runs published. How much comes from each cause is for `spiegel compare`, which computes it step by step.
  private static func changes(_ input: MirrorInput, _ rows: [ResultRow]) -> [FigureChange] {
    guard let differences = input.differences, !input.lastPublished.isEmpty else { return [] }
    func placed(_ rows: [ResultRow]) -> [ResultRow] { rows.filter { $0.unit != RegionLayout.unplaced } }
    return RunComparison.changes(
      from: placed(input.lastPublished), to: placed(rows), differences.causes, steps: [], last: nil,
      minimum: Int(input.pipeline.minimumPersons.value))
  }

  /// A report without the figures of others.
  private func plain(_ recipient: Recipient) -> MirrorReport {
    let mirror = input.pipeline.mirror
    let unit = recipient.kind == .nation ? 0 : index.unit(layout: recipient.layout, code: recipient.unit)
    let region = recipient.kind == .provider ? RecipientList.region(of: recipient.unit, input) : nil
    let regionUnit = region.flatMap { index.unit(layout: $0.layout, code: $0.unit) }
    var byIndicator: [[(key: FigureKey, figure: MirrorFigure)]] = .init(
      repeating: [], count: input.pipeline.indicators.count)
    for row in unit.map({ index.rowsOfUnit[Int($0)] }) ?? [] {
      guard let key = index.keys[Int(row)] else { continue }
      let figure = figure(Int(row), key, regionUnit)
      if recipient.isPublic && !figure.isReliable { continue }
      byIndicator[Int(key.indicator)].append((key, figure))
    }
    let seen = mirror.audiences[recipient.audience]?.indicators.map(Set.init)
    let indicators = zip(input.pipeline.indicators, byIndicator).compactMap { indicator, figures in
      figures.isEmpty || seen?.contains(indicator.id) == false
        ? nil : indicatorReport(indicator, figures, recipient, unit ?? 0)
    }
    let languages = mirror.languages(of: recipient.audience).compactMap(Language.init)
    return MirrorReport(
      recipient: recipient, pipeline: input.pipeline, runID: input.runID, generatedFrom: input.generatedFrom,
      languages: languages, language: languages.first ?? .nl, indicators: indicators)
  }

  private func indicatorReport(
    _ indicator: Indicator, _ figures: [(key: FigureKey, figure: MirrorFigure)], _ recipient: Recipient, _ unit: Int32
  ) -> IndicatorReport {
    // Order of strata is that of first appearance in the results, the same for every recipient.
    let sorted = figures.sorted { ($0.key.stratum, $0.key.period) < ($1.key.stratum, $1.key.period) }
    var whole: [MirrorFigure] = []
    var strata: [(stratum: String, figures: [MirrorFigure])] = []
    var last: Int32 = 0
    var current: FigureKey?
    for (key, figure) in sorted {
      if key.stratum == 0 {
        whole.append(figure)
        current = key
      } else if key.stratum == last {
        strata[strata.count - 1].figures.append(figure)
      } else {
        strata.append((index.strata[Int(key.stratum)], [figure]))
      }
      last = key.stratum
    }
    let population =
      input.pipeline.population(indicator.population)?.name
      ?? Localized(nl: indicator.population, en: indicator.population)
    let comparison = whole.last.flatMap { comparisons[Self.name(indicator.id, recipient.layout, $0.own.period)] }
    current?.unit = index.units[Int(unit)].layout
    return IndicatorReport(
      indicator: indicator, population: population, figures: whole, strata: strata,
      values: (whole + strata.flatMap(\.figures)).map { FigureBytes($0) },
      courses: ControlCourse.courses(
        trends[Self.name(indicator.id, recipient.layout, recipient.unit)] ?? [], of: whole,
        within: indicator.measure.isFraction
          ? 0...1
          : (indicator.measure.hasRelativeChange ? 0 : -Double.infinity)...Double.infinity),
      peerCharts: recipient.kind == .nation ? [:] : current.flatMap { charts[$0] } ?? [:], unit: unit,
      comparison: comparison)
  }

  private func figure(_ row: Int, _ key: FigureKey, _ region: Int32?) -> MirrorFigure {
    var peersKey = key
    peersKey.unit = index.units[Int(key.unit)].layout
    return MirrorFigure(
      own: rows[row], protection: protections[row], nation: key.unit == 0 ? nil : self.row(of: key, unit: 0),
      region: region.flatMap { self.row(of: key, unit: $0) }, peers: key.unit == 0 ? nil : peers[peersKey])
  }

  /// The figure of the nation or the region, to be compared with: none where it is only a class.
  private func row(of key: FigureKey, unit: Int32) -> ResultRow? {
    var key = key
    key.unit = unit
    return index.row[key].map { rows[Int($0)] }.flatMap { $0.classWidth == nil ? $0 : nil }
  }

  private static func name(_ indicator: String, _ layout: String, _ period: String) -> String {
    "\(indicator)\u{0}\(layout)\u{0}\(period)"
  }

  // MARK: - Units together

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

  /// Charts of the units of each layout on the latest figures of each indicator, where pages are made.
  private static func charts(
    _ rows: [ResultRow], _ protections: [Protection], _ index: FigureIndex, _ comparisons: [String: ComparisonRow],
    _ pipeline: Pipeline
  ) -> [FigureKey: [Language: PeerCharts]] {
    let mirror = pipeline.mirror
    let kinds = mirror.recipients.filter { mirror.formats(of: $0).contains(.html) }
    var latest: [FigureKey: Int32] = [:]
    var members: [FigureKey: [(unit: Int32, row: ResultRow, protection: Protection)]] = [:]
    for (position, key) in index.keys.enumerated() {
      guard var key, key.unit != 0, key.stratum == 0 else { continue }
      let unit = index.units[Int(key.unit)]
      let number = key.unit
      guard unit.code != RegionLayout.unplaced, kinds.contains(index.layouts[Int(unit.layout)]) else { continue }
      key.unit = unit.layout
      var series = key
      series.period = 0
      latest[series] = max(latest[series] ?? 0, key.period)
      members[key, default: []].append((number, rows[position], protections[position]))
    }
    var charts: [FigureKey: [Language: PeerCharts]] = [:]
    for (series, period) in latest {
      var key = series
      key.period = period
      guard let figures = members[key] else { continue }
      let indicator = pipeline.indicators[Int(key.indicator)]
      let layout = index.layouts[Int(key.unit)]
      var nation = key
      nation.unit = 0
      let comparison = comparisons[name(indicator.id, layout, pipeline.periods[Int(period)].id)]
      for language in mirror.languages(of: layout).compactMap(Language.init) {
        let texts = Texts(language)
        let style = ValueStyle(indicator, texts)
        let spread = PeerSpread(
          figures, nation: index.row[nation].flatMap { rows[Int($0)].value }, factor: style.factor, indicator.measure)
        charts[key, default: [:]][language] = PeerCharts(spread, comparison, style, texts)
      }
    }
    return charts
  }

  // MARK: - Boards

  private static func layoutsOfBoards(_ pipeline: Pipeline) -> Set<String> {
    Set(
      pipeline.mirror.charts.compactMap { chart in
        switch chart.kind {
        case .heat(let layout, _), .map(let layout, _, _): layout
        case .spider, .quadrant, .waterfall: nil
        }
      })
  }

  private func board(_ layout: String) -> Board? {
    guard let name = input.pipeline.regions.first(where: { $0.id == layout })?.name else { return nil }
    let regions = RecipientList.recipients(ofKind: layout, input, index).map { recipient in
      var figures: [String: MirrorFigure] = [:]
      for part in plain(recipient).indicators { figures[part.indicator.id] = part.current }
      return Board.Region(code: recipient.unit, name: recipient.name, figures: figures)
    }
    return Board(name: name, regions: regions.sorted { ($0.name, $0.code) < ($1.name, $1.code) })
  }
}

extension MirrorFigure {
  /// Whether it stands as computed, on enough observations.
  var isReliable: Bool { protection == .none && own.value != nil && own.status == .ok }
}

extension Recipient {
  /// The same unit as another kind of recipient sees it.
  func seen(by audience: String) -> Recipient {
    Recipient(
      layout: layout, layoutName: layoutName, unit: unit, kind: kind, title: title, regionName: regionName,
      audience: audience)
  }
}

/// Who the recipients of a run are.
enum RecipientList {
  static func recipients(ofKind kind: String, _ input: MirrorInput, _ index: FigureIndex) -> [Recipient] {
    if kind == "nation" || kind == MirrorSpec.everybody || kind == MirrorSpec.research {
      guard let nation = index.units.first, !index.rowsOfUnit[0].isEmpty else { return [] }
      let name = input.pipeline.mirror.nation
      let kindName =
        kind == MirrorSpec.everybody ? Texts.everybody : kind == MirrorSpec.research ? Texts.research : name
      return [
        Recipient(
          layout: "nation", layoutName: kindName, unit: nation.code, kind: .nation, title: name, regionName: nil,
          audience: kind)
      ]
    }
    let layout = input.pipeline.regions.first { $0.id == kind }
    func same(_ name: String) -> Localized { Localized(nl: name, en: name) }
    var names: [String: String] = [:]
    for unit in layout?.units ?? [] { names[unit.code] = unit.name }
    let units = index.units.filter {
      $0.kind != .nation && index.layouts[Int($0.layout)] == kind && $0.code != RegionLayout.unplaced
    }
    return units.sorted { $0.code < $1.code }.map { unit in
      let isProvider = unit.kind == .provider
      return Recipient(
        layout: kind, layoutName: isProvider ? Texts.provider : layout?.name ?? same(kind), unit: unit.code,
        kind: unit.kind,
        title: isProvider
          ? input.providerNames[unit.code].map(same) ?? Texts.unnamedProvider(unit.code)
          : same(names[unit.code] ?? unit.code),
        regionName: isProvider ? region(of: unit.code, input)?.name : nil, audience: kind)
    }
  }

  static func region(of agb: String, _ input: MirrorInput) -> (layout: String, unit: String, name: String)? {
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
}
