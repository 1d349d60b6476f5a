import CoreDataset
import Definitions

/// The overview of a run, for the steward who sends the files: what it was made of, what stands, what was withheld and why,
/// and every recipient with its files.
enum IndexPage {
  /// One recipient.
  struct Entry {
    let recipient: Recipient
    let languages: [Language]
    let counts: MirrorCounts

    init(_ report: MirrorReport) {
      recipient = report.recipient
      languages = report.languages
      counts = report.counts
    }
  }

  static func write(
    _ entries: [Entry], _ input: MirrorInput, _ rules: [Protection: Int], _ changed: [FigureChange]
  ) -> [UInt8] {
    var page: [UInt8] = []
    let texts = Texts(input.pipeline.mirror.languages.first.flatMap(Language.init) ?? .nl, isPersonal: false)
    HTMLWriter.start(&page, title: texts.indexTitle, style: HTMLStyle.report, texts)
    page.write("<header class=\"top wide-head\"><div><p class=\"over\">")
    page.writeEscaped("\(texts.mirrorInformation) · \(texts.say(input.pipeline.name))")
    page.write("</p><h1>\(escaped(texts.indexTitle))</h1><dl>")
    HTMLWriter.pair(texts.run, input.runID, &page)
    HTMLWriter.pair(texts.definitions, texts.definitions(input.pipeline), &page)
    HTMLWriter.pair(texts.recipients, texts.count(entries.count), &page)
    page.write("</dl></div></header>\n<main id=\"content\" class=\"wide\">")
    HTMLCard.paragraph("lead", texts.indexIntroduction, &page)
    changes(input, changed, entries, texts, &page)
    status(input, texts, &page)
    protections(rules, texts, &page)
    recipients(entries, input, texts, &page)
    deliveries(input, texts, &page)
    page.write("</main>\n")
    HTMLWriter.footer(input.pipeline, input.runID, texts, &page)
    return page
  }

  // MARK: - The run

  /// What is not the same as for the last run that was published.
  private static func changes(
    _ input: MirrorInput, _ changed: [FigureChange], _ entries: [Entry], _ texts: Texts, _ page: inout [UInt8]
  ) {
    guard let differences = input.differences else { return }
    HTMLSections.open("text", id: "changes", texts.changesTitle, &page)
    page.write("<ul>")
    let names = Dictionary(
      entries.map { ("\($0.recipient.layout)\u{0}\($0.recipient.unit)", texts.say($0.recipient.title)) }
    ) { first, _ in first }
    let sentences =
      ChangeTexts.sentences(differences, language: texts.language.rawValue)
      + [texts.changed(changed)].compactMap { $0 }
      + texts.largest(changed, most: 5, input.pipeline) { names["\($0.layout)\u{0}\($0.unit)"] ?? $0.unit }
    for sentence in sentences {
      page.write("<li>")
      page.writeEscaped(sentence)
      page.write("</li>")
    }
    page.write("</ul></section>\n")
  }

  /// Results by status, before anything was withheld.
  private static func status(_ input: MirrorInput, _ texts: Texts, _ page: inout [UInt8]) {
    HTMLSections.open("text", id: "status", texts.statusTitle, &page)
    var rows: [[String]] = []
    for status in ResultStatus.allCases {
      let count = input.results.count { $0.status == status }
      rows.append([texts.status(status), texts.count(count), texts.statusMeaning(status)])
    }
    table("facts2", [texts.statusWord, texts.publishedFigures, texts.meaning], rows, texts.statusTitle, &page)
    if let quality = input.qualityPage {
      page.write("<p><a href=\"\(escaped(quality))\">\(escaped(texts.qualityLink))</a></p>")
    }
    page.write("</section>\n")
  }

  /// Published figures by what was done to them.
  private static func protections(_ rules: [Protection: Int], _ texts: Texts, _ page: inout [UInt8]) {
    HTMLSections.open("text", id: "withheld", texts.withheldTitle, &page)
    var rows: [[String]] = []
    for protection in Protection.allCases {
      rows.append([texts.protection(protection), texts.count(rules[protection] ?? 0)])
    }
    table("facts2", [texts.protectionWord, texts.publishedFigures], rows, texts.withheldTitle, &page)
    HTMLCard.paragraph("method", texts.withheldNote, &page)
    page.write("</section>\n")
  }

  private static func deliveries(_ input: MirrorInput, _ texts: Texts, _ page: inout [UInt8]) {
    HTMLSections.open("text", id: "deliveries", texts.sources, &page)
    let rows = input.generatedFrom.map { [$0.file, texts.count($0.records)] }
    table("facts2", [texts.file, texts.recordsAccepted], rows, texts.sources, &page)
    page.write("</section>\n")
  }

  private static func table(
    _ kind: String, _ headings: [String], _ rows: [[String]], _ name: String, _ page: inout [UInt8]
  ) {
    HTMLTables.scroll(name, &page)
    page.write("<table class=\"\(kind)\"><thead><tr>")
    HTMLTables.headings(headings, &page)
    page.write("</tr></thead><tbody>\n")
    for row in rows {
      page.write("<tr><th scope=\"row\">")
      page.writeEscaped(row[0])
      page.write("</th>")
      for (position, text) in row.dropFirst().enumerated() {
        page.write(position == 0 ? "<td>" : "<td class=\"words\">")
        page.writeEscaped(text)
        page.write("</td>")
      }
      page.write("</tr>\n")
    }
    page.write("</tbody></table></div>")
  }

  // MARK: - Recipients

  private static func recipients(
    _ entries: [Entry], _ input: MirrorInput, _ texts: Texts, _ page: inout [UInt8]
  ) {
    HTMLSections.open("overview list", id: "recipients", texts.recipients, &page)
    HTMLTables.scroll(texts.recipients, &page)
    page.write("<table class=\"index\"><thead><tr>")
    HTMLTables.headings(
      [
        texts.recipient, texts.code, texts.kind, texts.files, texts.shown, texts.rounded, texts.withheld, texts.absent,
      ], &page)
    page.write("</tr></thead><tbody>\n")
    var total = MirrorCounts()
    for entry in entries {
      total.add(entry.counts)
      let recipient = entry.recipient
      page.write("<tr><th scope=\"row\">")
      page.writeEscaped(texts.say(recipient.title))
      page.write("</th><td class=\"left\">")
      page.writeEscaped(recipient.unit)
      page.write("</td><td class=\"left\">")
      page.writeEscaped(texts.say(recipient.layoutName))
      page.write("</td><td class=\"left\">")
      links(entry, input.pipeline.mirror, &page)
      page.write("</td>")
      numbers(entry.counts, texts, &page)
      page.write("</tr>\n")
    }
    page.write("</tbody><tfoot><tr><th scope=\"row\" colspan=\"4\">\(escaped(texts.total))</th>")
    numbers(total, texts, &page)
    page.write("</tr></tfoot></table></div></section>\n")
  }

  private static func links(_ entry: Entry, _ mirror: MirrorSpec, _ page: inout [UInt8]) {
    let folder = Mirror.path(of: entry.recipient)
    for writer in MirrorWriterRegistry.writers(for: mirror.formats(of: entry.recipient.audience)) {
      let others = writer.format == .html ? entry.languages.dropFirst() : []
      page.write(" <a href=\"\(folder)/\(writer.fileName)\">\(writer.format.rawValue)</a>")
      if writer.format == .fhir { page.write(" <a href=\"\(folder)/\(FHIRWriter.xmlFileName)\">fhir&#160;xml</a>") }
      for language in others {
        page.write(" <a href=\"\(folder)/spiegel.\(language.rawValue).html\">html&#160;\(language.rawValue)</a>")
      }
    }
  }

  private static func numbers(_ counts: MirrorCounts, _ texts: Texts, _ page: inout [UInt8]) {
    for count in [counts.shown, counts.rounded, counts.withheld, counts.absent] {
      page.write("<td>\(texts.count(count))</td>")
    }
  }
}
