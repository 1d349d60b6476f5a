import CoreDataset
import Definitions

/// One self-contained page per recipient and language: no script, nothing from elsewhere, readable without colours, by
/// screen readers, on a phone and on A4.
enum HTMLWriter: MirrorWriter {
  static let format = MirrorSpec.Format.html

  /// The page in each language of the recipient.
  static func files(_ report: MirrorReport) -> [MirrorFile] {
    report.languages.map { language in
      var report = report
      report.language = language
      return MirrorFile(path: fileName(language, of: report), contents: write(report))
    }
  }

  private static func write(_ report: MirrorReport) -> [UInt8] {
    let texts = report.texts
    var page: [UInt8] = []
    page.reserveCapacity(40_000 + 16_000 * report.indicators.count)
    start(&page, title: texts.pageTitle(texts.say(report.recipient.title)), style: HTMLStyle.report, texts)
    header(report, &page)
    page.write("<main id=\"content\">\n")
    HTMLSections.signals(report, &page)
    HTMLTables.overview(report, &page)
    HTMLPanels.write(report, &page)
    for goal in Goal.allCases {
      let parts = report.indicators.filter { $0.indicator.goal == goal && !$0.figures.isEmpty }
      if parts.isEmpty { continue }
      page.write("<section aria-labelledby=\"goal-\(goal.rawValue)\"><h2 id=\"goal-\(goal.rawValue)\">")
      page.writeEscaped(texts.goal(goal))
      page.write("</h2>\n")
      for part in parts { HTMLCard.write(part, report, &page) }
      page.write("</section>\n")
    }
    HTMLSections.providers(report, &page)
    HTMLSections.reading(report, &page)
    HTMLSections.definitions(report, &page)
    HTMLSections.account(report, &page)
    page.write("</main>\n")
    footer(report.pipeline, report.runID, texts, &page)
    return page
  }

  /// Name of the page in a language: the first language is the default.
  static func fileName(_ language: Language, of report: MirrorReport) -> String {
    language == report.languages.first ? fileName : "spiegel.\(language.rawValue).html"
  }

  /// The head and the opening of the body.
  static func start(_ page: inout [UInt8], title: String, style: String, _ texts: Texts) {
    page.write(
      """
      <!DOCTYPE html>
      <html lang="\(texts.language.rawValue)">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="robots" content="noindex">
      <title>\(escaped(title))</title>
      <style>\(style)</style>
      </head>
      <body>
      <a class="skip" href="#content">\(escaped(texts.skip))</a>

      """)
  }

  static func footer(_ pipeline: Pipeline, _ runID: String, _ texts: Texts, _ page: inout [UInt8]) {
    page.write("<footer><p>")
    page.writeEscaped(
      "\(texts.mirrorInformation) · \(texts.say(pipeline.name)) · \(texts.definitions(pipeline)) · \(runID)")
    page.write("</p></footer>\n</body>\n</html>\n")
  }

  private static func header(_ report: MirrorReport, _ page: inout [UInt8]) {
    let texts = report.texts
    let recipient = report.recipient
    page.write("<header class=\"top\"><div>")
    if report.languages.count > 1 {
      page.write("<nav aria-label=\"\(escaped(texts.otherLanguage))\">")
      for language in report.languages where language != report.language {
        page.write("<a href=\"\(fileName(language, of: report))\" lang=\"\(language.rawValue)\" ")
        page.write("hreflang=\"\(language.rawValue)\">\(language.name)</a>")
      }
      page.write("</nav>")
    }
    page.write("<p class=\"over\">")
    page.writeEscaped("\(texts.mirrorInformation) · \(texts.say(report.pipeline.name))")
    page.write("</p><h1>")
    page.writeEscaped(texts.say(recipient.title))
    page.write("</h1><dl>")
    let kind = texts.say(recipient.layoutName)
    pair(texts.recipient, recipient.regionName.map { "\(kind), \(texts.region($0))" } ?? kind, &page)
    if recipient.kind == .provider { pair(texts.careProviderNumber, recipient.unit, &page) }
    if let first = report.pipeline.periods.first, let last = report.pipeline.periods.last {
      pair(texts.period, texts.periods(first.id, last.id, baseline: report.pipeline.baseline), &page)
    }
    pair(texts.publishedFigures, texts.publishedFigures(report.counts), &page)
    page.write("</dl></div></header>\n")
  }

  static func pair(_ term: String, _ text: String, _ page: inout [UInt8]) {
    page.write("<div><dt>")
    page.writeEscaped(term)
    page.write("</dt><dd>")
    page.writeEscaped(text)
    page.write("</dd></div>")
  }

  /// Anchor of the card of an indicator.
  static func anchor(_ indicator: Indicator) -> String { "i-\(Mirror.safeName(indicator.id))" }

  /// A picture with its caption; title and description are for who cannot see it.
  static func figure(
    _ svg: SVG, id: String, kind: String = "", caption: String, description: String, _ page: inout [UInt8]
  ) {
    page.write("<figure\(kind.isEmpty ? "" : " class=\"\(kind)\"")><figcaption>")
    page.writeEscaped(caption)
    page.write("</figcaption>")
    svg.open(&page)
    page.write(" role=\"img\" aria-labelledby=\"\(id)-t \(id)-d\"><title id=\"\(id)-t\">")
    page.writeEscaped(caption)
    page.write("</title><desc id=\"\(id)-d\">")
    page.writeEscaped(description)
    page.write("</desc>")
    page += svg.body
    page.write("</svg></figure>")
  }
}
