import CoreDataset
import Definitions

/// Charts of several indicators or regions together, each with its table.
enum HTMLPanels {
  static func write(_ report: MirrorReport, _ page: inout [UInt8]) {
    var panels: [UInt8] = []
    for (position, chart) in report.pipeline.mirror.charts.enumerated() {
      let panel = Panel(chart: chart, id: "panel-\(position + 1)", report: report)
      switch chart.kind {
      case .spider(let indicators, let scale): panel.spider(indicators, scale, &panels)
      case .quadrant(let cost, let outcome): panel.quadrant(cost, outcome, &panels)
      case .waterfall(let indicator): panel.waterfall(indicator, &panels)
      case .heat(let layout, let indicators): panel.heat(layout, indicators, &panels)
      case .map(let layout, let indicator, let shapes): panel.map(layout, indicator, shapes, &panels)
      }
    }
    if panels.isEmpty { return }
    HTMLSections.open("panels", id: "together", report.texts.together, &page)
    page += panels
    page.write("</section>\n")
  }
}

/// One of these charts in one report.
struct Panel {
  let chart: ChartSpec
  let id: String
  let report: MirrorReport

  var texts: Texts { report.texts }
  var name: String { texts.say(chart.name) }

  func part(_ indicator: String) -> IndicatorReport? { report.indicators.first { $0.indicator.id == indicator } }

  func open(_ page: inout [UInt8]) {
    page.write("<article class=\"card\" id=\"\(id)\"><h3>")
    page.writeEscaped(name)
    page.write("</h3>")
  }

  func close(_ note: String, _ page: inout [UInt8]) {
    HTMLCard.paragraph("method", note, &page)
    page.write("</article>\n")
  }

  /// A table with a row each, folded away behind a chart or, where there is no chart, open.
  func table(_ headings: [String], _ rows: [[String]], isFolded: Bool = true, _ page: inout [UInt8]) {
    if isFolded { page.write("<details><summary>\(escaped(texts.details))</summary>") }
    HTMLTables.scroll("\(name). \(texts.details)", &page)
    page.write(
      "<table class=\"numbers\"><caption class=\"hidden\">\(escaped(name))</caption><thead><tr>")
    HTMLTables.headings(headings, &page)
    page.write("</tr></thead><tbody>\n")
    for row in rows {
      page.write("<tr><th scope=\"row\">")
      page.writeEscaped(row.first ?? "")
      page.write("</th>")
      for text in row.dropFirst() { HTMLTables.cell(text, &page) }
      page.write("</tr>\n")
    }
    page.write("</tbody></table></div>")
    page.write(isFolded ? "</details>\n" : "\n")
  }

  func shown(_ figure: MirrorFigure?, _ style: ValueStyle) -> String {
    guard let figure else { return texts.noValue }
    return figure.own.value.map(style.of(figure).value) ?? texts.notShownShort
  }

  // MARK: - Kinds

  func spider(_ indicators: [String], _ scale: ClosedRange<Double>, _ page: inout [UInt8]) {
    let parts = indicators.compactMap { part($0) }
    let spokes = parts.map { part in
      let factor = ValueStyle(part.indicator, texts).factor
      return Spider.Spoke(
        label: texts.say(part.indicator.name), own: part.current?.own.value.map { $0 * factor },
        nation: part.current?.nation?.value.map { $0 * factor })
    }
    let tick = { (value: Double) in texts.number(value, decimals: value == value.rounded() ? 0 : 1) }
    guard let svg = Spider.svg(spokes, scale: scale, tick: tick) else { return }
    let isNation = report.recipient.kind == .nation
    let rows = parts.map { part in
      let style = ValueStyle(part.indicator, texts)
      return [texts.say(part.indicator.name), part.current?.own.period ?? "", shown(part.current, style)]
        + (isNation ? [] : [part.current?.nation?.value.map(style.value) ?? texts.noValue])
    }
    open(&page)
    HTMLWriter.figure(
      svg, id: "\(id)-c", kind: "middle",
      caption: "\(texts.ownFigure), \(Set(rows.map { $0[1] }).sorted().joined(separator: ", "))",
      description: "\(name). " + rows.map { $0.joined(separator: ", ") }.joined(separator: "; "), &page)
    table([texts.indicator, texts.period, texts.ownFigure] + (isNation ? [] : [texts.national]), rows, &page)
    close(texts.spiderNote(tick(scale.lowerBound), tick(scale.upperBound), isNation: isNation), &page)
  }

  func quadrant(_ cost: String, _ outcome: String, _ page: inout [UInt8]) {
    guard let x = part(cost), let y = part(outcome), let xNow = x.current, let yNow = y.current,
      xNow.own.period == yNow.own.period, let xNation = xNow.nation?.value, let yNation = yNow.nation?.value,
      let costs = x.peerCharts[report.language]?.spread, let outcomes = y.peerCharts[report.language]?.spread
    else { return }
    let (xStyle, yStyle) = (ValueStyle(x.indicator, texts), ValueStyle(y.indicator, texts))
    var outcomeOfUnit: [Int32: Double] = [:]
    for unit in outcomes.units { outcomeOfUnit[unit.unit] = unit.value }
    let peers = costs.units.compactMap { unit in
      unit.unit == x.unit ? nil : outcomeOfUnit[unit.unit].map { (cost: unit.value, outcome: $0) }
    }
    guard peers.count + 1 >= Peers.minimumUnits else { return }
    let own = xNow.own.value.flatMap { value in
      yNow.own.value.map { (cost: value * xStyle.factor, outcome: $0 * yStyle.factor) }
    }
    let svg = Quadrant.svg(
      Quadrant.Marks(
        own: own, peers: peers, nation: (xNation * xStyle.factor, yNation * yStyle.factor),
        costLabel: texts.say(x.indicator.name), outcomeLabel: texts.say(y.indicator.name),
        ownLabel: texts.ownFigure), costTick: xStyle.tick, outcomeTick: yStyle.tick)
    let rows = [
      [texts.ownFigure, shown(xNow, xStyle), shown(yNow, yStyle)],
      [texts.national, xStyle.value(xNation), yStyle.value(yNation)],
    ]
    open(&page)
    HTMLWriter.figure(
      svg, id: "\(id)-c", kind: "middle", caption: "\(name), \(xNow.own.period)",
      description: texts.quadrant(rows, peers.count), &page)
    table(["", texts.say(x.indicator.name), texts.say(y.indicator.name)], rows, &page)
    close(texts.quadrantNote(texts.units(report.recipient.kind), x.indicator, y.indicator), &page)
  }

  func waterfall(_ indicator: String, _ page: inout [UInt8]) {
    guard let part = part(indicator), let now = part.current, let baseline = report.pipeline.baseline,
      now.own.period != baseline, let to = now.own.value,
      let from = part.figures.first(where: { $0.own.period == baseline })?.own.value
    else { return }
    let style = ValueStyle(part.indicator, texts)
    var steps: [Waterfall.Step] = []
    // Kinds of care make up the whole; ages and sexes divide it again.
    for stratum in part.strata where stratum.stratum.hasPrefix("care_type=") {
      func value(_ period: String) -> Double? { stratum.figures.first { $0.own.period == period }?.own.value }
      guard let before = value(baseline), let after = value(now.own.period) else { continue }
      steps.append(Waterfall.Step(label: texts.stratum(stratum.stratum), change: after - before))
    }
    guard !steps.isEmpty else { return }
    // Parts that may not be shown, and care that is in no part: without them the steps would not lead to the end.
    let rest = to - from - steps.reduce(0) { $0 + $1.change }
    if style.difference(abs(rest)) != style.difference(0) {
      steps.append(Waterfall.Step(label: texts.restOfCare, change: rest))
    }
    steps.sort { ($0.change, $0.label) < ($1.change, $1.label) }
    let svg = Waterfall.svg(
      steps, Waterfall.Ends(from: (baseline, from), to: (now.own.period, to)), value: style.value,
      change: style.difference)
    let rows =
      [[baseline, style.value(from)]] + steps.map { [$0.label, style.difference($0.change)] }
      + [[now.own.period, style.value(to)]]
    open(&page)
    HTMLWriter.figure(
      svg, id: "\(id)-c", kind: "middle", caption: "\(texts.say(part.indicator.name)), \(style.unit)",
      description: rows.map { $0.joined(separator: ": ") }.joined(separator: "; "), &page)
    table([texts.stratumColumn, texts.ownFigure], rows, &page)
    close(texts.waterfallNote(baseline, now.own.period), &page)
  }
}
