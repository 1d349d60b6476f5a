import CoreDataset
import Definitions

/// The charts of a card in which the recipient stands among the other units, and the table behind them.
enum HTMLPeers {
  static func write(
    _ part: IndicatorReport, _ report: MirrorReport, _ style: ValueStyle, _ page: inout [UInt8]
  ) {
    guard let charts = part.peerCharts[report.language] else { return }
    let texts = report.texts
    let id = HTMLWriter.anchor(part.indicator)
    let name = texts.say(part.indicator.name)
    let units = texts.units(charts.spread.kind)
    let period = charts.spread.period
    let funnel = charts.funnel?.svg(marking: part.unit, label: texts.ownFigure)
    let caterpillar = charts.caterpillar?.svg(marking: part.unit, label: texts.ownFigure)
    if funnel == nil && caterpillar == nil { return }
    page.write("<div class=\"charts\">")
    defer { table(charts.spread, name, part.unit, style, texts, &page) }
    if let funnel {
      HTMLWriter.figure(
        funnel, id: "\(id)-funnel", caption: "\(texts.funnelCaption), \(period)",
        description: texts.funnel(name, units, charts.spread, part.current, style), &page)
    }
    if let caterpillar {
      HTMLWriter.figure(
        caterpillar, id: "\(id)-order", caption: "\(texts.caterpillarCaption(units)), \(period)",
        description: texts.caterpillar(name, units, charts.spread), &page)
    }
    if let comparison = part.comparison {
      page.write("<div class=\"\(caterpillar == nil || funnel == nil ? "beside" : "below")\">")
      if funnel != nil { HTMLCard.paragraph("method", texts.funnelNote, &page) }
      HTMLCard.paragraph("method", texts.compared(comparison, kind: report.recipient.kind, style), &page)
      page.write("</div>")
    }
    page.write("</div>\n")
  }

  /// Whether the way of comparing is told beside the charts.
  static func saysHowCompared(_ part: IndicatorReport, _ report: MirrorReport) -> Bool {
    guard let charts = part.peerCharts[report.language] else { return false }
    return charts.funnel?.shows(part.unit) == true || charts.caterpillar?.shows(part.unit) == true
  }

  /// What the charts show, as numbers: each unit without its name or, of many, how many lie where.
  private static func table(
    _ spread: PeerSpread, _ name: String, _ own: Int32, _ style: ValueStyle, _ texts: Texts, _ page: inout [UInt8]
  ) {
    page.write("<details><summary>")
    page.writeEscaped(texts.peersTable(texts.units(spread.kind)))
    page.write("</summary>")
    // Two columns need no room to scroll.
    let isCounted = spread.units.count > PeerCharts.mostInTable
    if !isCounted { HTMLTables.scroll("\(name). \(texts.peersTable(texts.units(spread.kind)))", &page) }
    page.write("<table class=\"numbers\"><caption class=\"hidden\">")
    page.writeEscaped(texts.peersTable(texts.units(spread.kind)))
    page.write("</caption><thead><tr>")
    if isCounted {
      HTMLTables.headings([texts.band, texts.numberOf(texts.units(spread.kind))], &page)
      page.write("</tr></thead><tbody>\n")
      for band in ["low", "attention-low", "within", "attention-high", "high"] {
        page.write("<tr><th scope=\"row\">")
        page.writeEscaped(texts.funnelBand(band))
        page.write("</th>")
        HTMLTables.cell(texts.count(spread.units.count { $0.band == band }), &page)
        page.write("</tr>\n")
      }
    } else {
      HTMLTables.headings(
        [texts.unit, texts.figure, texts.interval, texts.funnelSize(isRate: spread.isRate), texts.band], &page)
      page.write("</tr></thead><tbody>\n")
      for unit in spread.units {
        page.write(unit.unit == own ? "<tr class=\"ownrow\"><th scope=\"row\">" : "<tr><th scope=\"row\">")
        page.writeEscaped(unit.unit == own ? texts.ownFigure : texts.anonymous)
        page.write("</th>")
        HTMLTables.cell(style.shown(unit.value), &page)
        HTMLTables.cell(
          unit.interval.map { "\(style.shown($0.lowerBound)) – \(style.shown($0.upperBound))" }, &page)
        HTMLTables.cell(unit.size.map { texts.number($0, decimals: 0) }, &page)
        HTMLTables.cell(unit.band.map(texts.funnelBand), &page)
        page.write("</tr>\n")
      }
    }
    page.write(isCounted ? "</tbody></table></details>\n" : "</tbody></table></div></details>\n")
  }
}
