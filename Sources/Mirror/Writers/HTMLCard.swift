import CoreDataset
import Definitions

/// One indicator on the page: figure in words and number, charts, subdivisions, all numbers.
enum HTMLCard {
  static func write(_ part: IndicatorReport, _ report: MirrorReport, _ page: inout [UInt8]) {
    guard let current = part.current else { return }
    let texts = report.texts
    let style = ValueStyle(part.indicator, texts)
    let minimum = Int(report.pipeline.minimumPersons.value)
    page.write("<article class=\"card\" id=\"\(HTMLWriter.anchor(part.indicator))\">\n<div class=\"keep\"><h3>")
    page.writeEscaped(texts.say(part.indicator.name))
    page.write("</h3>\n<p class=\"explanation\">")
    page.writeEscaped(texts.say(part.indicator.explanation) + " " + texts.direction(part.indicator.direction))
    page.write("</p>\n<div class=\"facts\">")
    ownFigure(current, style, minimum, texts, &page)
    references(current, part, report, style, &page)
    page.write("</div>\n")
    charts(current, part, report, style, &page)
    page.write("</div>")
    HTMLPeers.write(part, report, style, &page)
    if !part.strata.isEmpty { HTMLTables.strata(part, style, minimum, texts, &page) }
    HTMLTables.details(part, report, style, &page)
    let reasons = Set(
      part.figures.lazy.filter { $0.own.status == .indicative && $0.own.value != nil }.map(\.own.reason))
    var cautions = ""
    if reasons.contains("claims-incomplete") { cautions += texts.incompleteNote + " " }
    if reasons.contains("responders-differ") { cautions += texts.respondersNote + " " }
    if !reasons.isSubset(of: ["claims-incomplete", "responders-differ"]) { cautions += texts.indicativeNote + " " }
    if let comparison = part.comparison, !HTMLPeers.saysHowCompared(part, report) {
      paragraph("method", texts.compared(comparison, kind: report.recipient.kind, style), &page)
    }
    if let course = part.courses.first(where: { $0.chart != .cusum }) {
      paragraph("method", texts.controlNote(course.chart), &page)
    }
    if part.courses.contains(where: { $0.chart == .cusum }) { paragraph("method", texts.cusumNote, &page) }
    paragraph("method", cautions + texts.method(part), &page)
    page.write("</article>\n")
  }

  private static func ownFigure(
    _ figure: MirrorFigure, _ style: ValueStyle, _ minimum: Int, _ texts: Texts, _ page: inout [UInt8]
  ) {
    page.write("<div class=\"figure\"><p class=\"which\">")
    page.writeEscaped("\(texts.ownFigure), \(figure.own.period)")
    page.write("</p>")
    if let value = figure.own.value {
      page.write("<p class=\"number\"><data value=\"\(plainNumber(value))\">")
      page.writeEscaped(style.of(figure).value(value))
      page.write("</data>")
      if !style.unit.isEmpty {
        page.write(" <span class=\"unit\">")
        page.writeEscaped(style.unit)
        page.write("</span>")
      }
      page.write("</p>")
      if let lower = figure.own.lower95, let upper = figure.own.upper95 {
        paragraph("interval-text", texts.interval(style.value(lower), style.value(upper)), &page)
      }
      if figure.hasCounts {
        paragraph("count", texts.persons(figure.own.persons, measured: figure.own.measured), &page)
      } else {
        paragraph("count", texts.roundedNote, &page)
      }
    } else {
      paragraph("none", texts.notShown(figure, minimum: minimum), &page)
    }
    chips(figure, texts, &page)
    page.write("</div>")
  }

  private static func chips(_ figure: MirrorFigure, _ texts: Texts, _ page: inout [UInt8]) {
    var chips: [(kind: String, text: String)] = []
    if let comparison = Comparison(figure) {
      chips.append((comparison.isClear ? "clear" : "plain", texts.comparison(comparison)))
    }
    if let status = figure.own.targetStatus {
      let isMet = status == "met"
      chips.append((isMet ? "met" : "missed", texts.targetStatus(isMet)))
    }
    if figure.own.value != nil, figure.own.status == .indicative { chips.append(("plain", texts.indicative)) }
    if chips.isEmpty { return }
    page.write("<ul class=\"chips\">")
    for chip in chips {
      page.write("<li class=\"\(chip.kind)\">")
      page.writeEscaped(chip.text)
      page.write("</li>")
    }
    page.write("</ul>")
  }

  static func paragraph(_ kind: String, _ text: String, _ page: inout [UInt8]) {
    page.write("<p class=\"\(kind)\">")
    page.writeEscaped(text)
    page.write("</p>")
  }

  /// What the figure is compared with, as a list.
  private static func references(
    _ figure: MirrorFigure, _ part: IndicatorReport, _ report: MirrorReport, _ style: ValueStyle, _ page: inout [UInt8]
  ) {
    let texts = report.texts
    page.write("<dl class=\"references\">")
    func pair(_ term: String, _ text: String) { HTMLWriter.pair(term, text, &page) }
    if let value = figure.nation?.value { pair(texts.national, style.value(value)) }
    if let value = figure.region?.value, let name = report.recipient.regionName {
      pair(texts.region(name), style.value(value))
    }
    if let peers = figure.peers {
      page.write("<div><dt>")
      page.writeEscaped(texts.peersMedian(report.recipient.kind))
      page.write("</dt><dd>")
      page.writeEscaped(style.value(peers.median))
      page.write("<span>")
      page.writeEscaped(texts.peers(peers, style))
      page.write("</span></dd></div>")
    }
    if let baseline = report.pipeline.baseline, baseline != figure.own.period {
      if let value = figure.own.baselineValue { pair("\(texts.baseline) \(baseline)", style.of(figure).value(value)) }
      if let change = figure.own.change { pair(texts.since(baseline), style.of(figure).change(change)) }
    }
    if let target = figure.own.target { pair(texts.target, texts.target(target, part.indicator, style)) }
    page.write("</dl>")
  }

  // MARK: - Charts

  private static func charts(
    _ current: MirrorFigure, _ part: IndicatorReport, _ report: MirrorReport, _ style: ValueStyle,
    _ page: inout [UInt8]
  ) {
    let texts = report.texts
    let strip = IntervalStrip.svg(marks(current, part, report, style), tick: style.tick)
    let trend = trend(part, report, style)
    if strip == nil && trend == nil { return }
    let control = part.courses.first { $0.chart != .cusum }
    let id = HTMLWriter.anchor(part.indicator)
    page.write("<div class=\"charts\">")
    if let strip {
      let label = texts.strip(
        texts.say(part.indicator.name), own: words(current, style, report),
        nation: current.nation?.value.map(style.value),
        peers: current.peers.map { "\(texts.peersLabel(report.recipient.kind)): \(texts.peers($0, style))" },
        target: targetValue(current, part, style).map(style.value),
        expected: current.own.funnelLower95.flatMap { lower in
          current.own.funnelUpper95.map { texts.expected(style.value(lower), style.value($0)) }
        })
      HTMLWriter.figure(
        strip, id: "\(id)-compared", caption: "\(texts.stripCaption), \(current.own.period)", description: label,
        &page)
    }
    if let trend {
      let ends = part.figures.count > 2 ? [part.figures[0], current] : part.figures
      let label = texts.trend(
        texts.say(part.indicator.name),
        ends.map { ($0.own.period, words($0, style, report), $0.nation?.value.map(style.value)) },
        signals: control.map { signals($0, part) } ?? [])
      HTMLWriter.figure(trend, id: "\(id)-time", caption: texts.trendCaption, description: label, &page)
    }
    if let cusum = part.courses.first(where: { $0.chart == .cusum }), let svg = cusumChart(cusum, part, report) {
      HTMLWriter.figure(
        svg, id: "\(id)-cusum", caption: texts.cusumCaption,
        description: texts.cusum(texts.say(part.indicator.name), signals: signals(cusum, part)), &page)
    }
    page.write("</div>\n")
  }

  /// An own figure with interval, or why there is none.
  private static func words(_ figure: MirrorFigure, _ style: ValueStyle, _ report: MirrorReport) -> String {
    guard let value = figure.own.value else {
      return report.texts.notShown(figure, minimum: Int(report.pipeline.minimumPersons.value))
    }
    guard let lower = figure.own.lower95, let upper = figure.own.upper95 else {
      return style.of(figure).valueWithUnit(value)
    }
    return "\(style.valueWithUnit(value)), \(report.texts.interval(style.value(lower), style.value(upper)))"
  }

  private static func targetValue(_ figure: MirrorFigure, _ part: IndicatorReport, _ style: ValueStyle) -> Double? {
    guard let target = figure.own.target, let kind = part.indicator.target?.kind else { return nil }
    return style.targetValue(target, kind, baseline: figure.own.baselineValue)
  }

  private static func shownInterval(_ row: ResultRow, _ style: ValueStyle) -> ClosedRange<Double>? {
    guard let lower = row.lower95, let upper = row.upper95, lower <= upper else { return nil }
    return lower * style.factor...upper * style.factor
  }

  /// Where the figure lies when the unit is like the nation, in shown units.
  private static func expected(
    _ row: ResultRow, _ style: ValueStyle
  ) -> (narrow: ClosedRange<Double>, wide: ClosedRange<Double>)? {
    guard row.value != nil, let lower = row.funnelLower95, let upper = row.funnelUpper95,
      let lowest = row.funnelLower998, let highest = row.funnelUpper998, lowest <= lower, lower <= upper,
      upper <= highest
    else { return nil }
    return (lower * style.factor...upper * style.factor, lowest * style.factor...highest * style.factor)
  }

  /// The class of a rounded share.
  private static func rounding(_ figure: MirrorFigure, _ style: ValueStyle) -> ClosedRange<Double>? {
    guard figure.protection == .rounded, let value = figure.own.value, let width = figure.own.classWidth else {
      return nil
    }
    return (value - width / 2) * style.factor...(value + width / 2) * style.factor
  }

  /// The figures of all units; of many not where a funnel below shows them too.
  private static func distribution(_ part: IndicatorReport, _ report: MirrorReport) -> [Double] {
    guard let charts = part.peerCharts[report.language] else { return [] }
    let isShownBelow = charts.funnel?.shows(part.unit) == true
    return isShownBelow && charts.spread.units.count > IntervalStrip.mostDots ? [] : charts.spread.units.map(\.value)
  }

  private static func marks(
    _ figure: MirrorFigure, _ part: IndicatorReport, _ report: MirrorReport, _ style: ValueStyle
  ) -> IntervalStrip.Marks {
    let target = targetValue(figure, part, style)
    let nation = figure.nation?.value
    let texts = report.texts
    return IntervalStrip.Marks(
      own: figure.own.value.map { $0 * style.factor }, interval: shownInterval(figure.own, style),
      rounding: rounding(figure, style), nation: nation.map { $0 * style.factor },
      expected: expected(figure.own, style), peers: figure.peers?.scaled(by: style.factor),
      all: distribution(part, report),
      target: target.map { $0 * style.factor }, ownLabel: texts.ownFigure,
      expectedLabel: texts.expectedLabel, peersLabel: texts.peersLabel(report.recipient.kind),
      nationLabel: nation.map { "\(texts.national) \(style.value($0))" } ?? "",
      targetLabel: target.map { "\(texts.target) \(style.value($0))" } ?? "", missingLabel: texts.notShownShort)
  }

  /// Periods with a signal, and what it is.
  private static func signals(_ course: ControlCourse, _ part: IndicatorReport) -> [(period: String, signals: [String])]
  {
    part.figures.compactMap { figure in
      guard let signals = course.points[figure.own.period]?.signals, !signals.isEmpty else { return nil }
      return (figure.own.period, signals)
    }
  }

  private static func cusumChart(_ course: ControlCourse, _ part: IndicatorReport, _ report: MirrorReport) -> SVG? {
    let texts = report.texts
    let points = part.figures.map { figure in
      let point = course.points[figure.own.period]
      return Trend.Point(
        label: figure.own.period, note: "", own: point?.value,
        control: point.map {
          Trend.Control(lower: $0.lower, centre: $0.centre, upper: $0.upper, isSignal: !$0.signals.isEmpty)
        })
    }
    return Trend.svg(points, Trend.Labels(own: texts.sum, nation: "", missing: "")) {
      texts.number($0, decimals: $1)
    }
  }

  private static func trend(_ part: IndicatorReport, _ report: MirrorReport, _ style: ValueStyle) -> SVG? {
    let texts = report.texts
    let course = part.courses.first { $0.chart != .cusum }
    let points = part.figures.map { figure in
      Trend.Point(
        label: figure.own.period,
        note: figure.own.period == report.pipeline.baseline ? texts.baselineShort : "",
        own: figure.own.value.map { $0 * style.factor }, interval: shownInterval(figure.own, style),
        rounding: rounding(figure, style), nation: figure.nation?.value.map { $0 * style.factor },
        target: targetValue(figure, part, style).map { $0 * style.factor },
        control: course?.points[figure.own.period].map { point in
          Trend.Control(
            lower: point.lower * style.factor, centre: point.centre * style.factor, upper: point.upper * style.factor,
            isSignal: !point.signals.isEmpty)
        })
    }
    let labels = Trend.Labels(own: texts.ownFigure, nation: texts.national, missing: texts.notShownShort)
    return Trend.svg(points, labels, tick: style.tick)
  }
}
