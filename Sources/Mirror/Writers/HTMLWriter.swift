import CoreDataset
import Definitions

/// One self-contained page in Dutch per recipient: no script, nothing from elsewhere, readable without colours, by screen
/// readers, on a phone and on A4.
enum HTMLWriter: MirrorWriter {
  static let format = MirrorSpec.Format.html

  static func write(_ report: MirrorReport) -> [UInt8] {
    var page: [UInt8] = []
    page.reserveCapacity(40_000 + 9_000 * report.indicators.count)
    start(&page, title: Dutch.pageTitle(report.recipient.name), style: HTMLStyle.report)
    header(report, &page)
    page.write("<main>\n")
    signals(report, &page)
    HTMLTables.overview(report, &page)
    for goal in Goal.allCases {
      let parts = report.indicators.filter { $0.indicator.goal == goal && !$0.figures.isEmpty }
      if parts.isEmpty { continue }
      page.write("<section aria-labelledby=\"doel-\(goal.rawValue)\"><h2 id=\"doel-\(goal.rawValue)\">")
      page.writeEscaped(Dutch.goal(goal))
      page.write("</h2>\n")
      for part in parts { HTMLCard.write(part, report, &page) }
      page.write("</section>\n")
    }
    reading(report, &page)
    account(report, &page)
    page.write("</main>\n")
    footer(report.pipeline, report.runID, &page)
    return page
  }

  /// The head and the opening of the body.
  static func start(_ page: inout [UInt8], title: String, style: String) {
    page.write(
      """
      <!DOCTYPE html>
      <html lang="nl">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="robots" content="noindex">
      <title>\(escaped(title))</title>
      <style>\(style)</style>
      </head>
      <body>

      """)
  }

  static func footer(_ pipeline: Pipeline, _ runID: String, _ page: inout [UInt8]) {
    page.write("<footer><p>")
    page.writeEscaped("\(Dutch.mirrorInformation) · \(pipeline.name.nl) · \(Dutch.definitions(pipeline)) · \(runID)")
    page.write("</p></footer>\n</body>\n</html>\n")
  }

  private static func header(_ report: MirrorReport, _ page: inout [UInt8]) {
    let recipient = report.recipient
    page.write("<header class=\"top\"><div><p class=\"over\">")
    page.writeEscaped("\(Dutch.mirrorInformation) · \(report.pipeline.name.nl)")
    page.write("</p><h1>")
    page.writeEscaped(recipient.name)
    page.write("</h1><dl>")
    let kind = recipient.regionName.map { "\(recipient.layoutName), \(Dutch.region($0))" } ?? recipient.layoutName
    pair(Dutch.recipient, kind, &page)
    if recipient.kind == .provider { pair(Dutch.careProviderNumber, recipient.unit, &page) }
    if let first = report.pipeline.periods.first, let last = report.pipeline.periods.last {
      pair(Dutch.period, Dutch.periods(first.id, last.id, baseline: report.pipeline.baseline), &page)
    }
    pair(Dutch.publishedFigures, Dutch.publishedFigures(report.counts), &page)
    page.write("</dl></div></header>\n")
  }

  static func pair(_ term: String, _ text: String, _ page: inout [UInt8]) {
    page.write("<div><dt>")
    page.writeEscaped(term)
    page.write("</dt><dd>")
    page.writeEscaped(text)
    page.write("</dd></div>")
  }

  private static func signals(_ report: MirrorReport, _ page: inout [UInt8]) {
    page.write("<section class=\"signals\" aria-labelledby=\"opvallend\"><h2 id=\"opvallend\">")
    page.writeEscaped(Dutch.signalsTitle)
    page.write("</h2>\n")
    let signals = Signal.signals(of: report)
    if signals.isEmpty {
      page.write("<p>")
      let hasFigures = report.counts.shown + report.counts.rounded > 0
      let hasIntervals = report.indicators.contains { $0.current?.own.lower95 != nil }
      page.writeEscaped(!hasFigures ? Dutch.nothingShown : hasIntervals ? Dutch.noSignals : Dutch.noIntervals)
      page.write("</p></section>\n")
      return
    }
    page.write("<ul>\n")
    for signal in signals {
      let kind =
        switch signal.kind {
        case .difference: "difference"
        case .target(_, isMet: true): "met"
        case .target(_, isMet: false): "missed"
        case .change: "change"
        }
      page.write("<li class=\"\(kind)\"><a href=\"#\(anchor(signal.indicator))\">")
      page.writeEscaped(signal.indicator.name.nl)
      page.write("</a>: ")
      page.writeEscaped(Dutch.signal(signal, ValueStyle(signal.indicator)))
      page.write("</li>\n")
    }
    page.write("</ul></section>\n")
  }

  /// Anchor of the card of an indicator.
  static func anchor(_ indicator: Indicator) -> String { "i-\(Mirror.safeName(indicator.id))" }

  private static func reading(_ report: MirrorReport, _ page: inout [UInt8]) {
    let compared = report.indicators.count { $0.current.flatMap { Comparison($0) } != nil }
    page.write("<section class=\"text\" aria-labelledby=\"lezen\"><h2 id=\"lezen\">")
    page.writeEscaped(Dutch.readingTitle)
    page.write("</h2><dl>\n")
    let minimum = Int(report.pipeline.minimumPersons.value)
    for item in Dutch.reading(minimum: minimum, indicators: compared) { pair(item.term, item.text, &page) }
    page.write("</dl></section>\n")
  }

  private static func account(_ report: MirrorReport, _ page: inout [UInt8]) {
    let pipeline = report.pipeline
    page.write("<section class=\"text\" aria-labelledby=\"verantwoording\"><h2 id=\"verantwoording\">")
    page.writeEscaped(Dutch.accountTitle)
    page.write("</h2><dl>\n")
    pair(Dutch.purpose, pipeline.purpose.nl, &page)
    pair(Dutch.legalBasis, pipeline.legalBasis, &page)
    pair(Dutch.definitions, Dutch.definitions(pipeline), &page)
    pair(Dutch.smallNumbers, Dutch.smallNumbers(pipeline.minimumPersons), &page)
    pair(Dutch.run, report.runID, &page)
    page.write("</dl>\n")
    if !report.generatedFrom.isEmpty {
      page.write(
        "<div class=\"scroll\"><table class=\"sources\"><caption>\(escaped(Dutch.sources))</caption><thead><tr>")
      HTMLTables.headings([Dutch.file, Dutch.records], &page)
      page.write("</tr></thead><tbody>\n")
      for delivery in report.generatedFrom {
        page.write("<tr><th scope=\"row\">")
        page.writeEscaped(delivery.file)
        page.write("</th><td>\(DutchNumber.count(delivery.records))</td></tr>\n")
      }
      page.write("</tbody></table></div>\n")
    }
    page.write("</section>\n")
  }
}
