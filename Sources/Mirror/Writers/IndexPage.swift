import Definitions

/// The list of all recipients, for the steward who sends the files.
enum IndexPage {
  /// One recipient.
  struct Entry {
    let recipient: Recipient
    let counts: MirrorCounts
  }

  static func write(_ entries: [Entry], _ input: MirrorInput) -> [UInt8] {
    var page: [UInt8] = []
    let texts = Texts(input.pipeline.mirror.languages.first.flatMap(Language.init) ?? .nl, isPersonal: false)
    HTMLWriter.start(&page, title: texts.indexTitle, style: HTMLStyle.report, texts)
    page.write("<header class=\"top\"><div><p class=\"over\">")
    page.writeEscaped("\(texts.mirrorInformation) · \(texts.say(input.pipeline.name))")
    page.write("</p><h1>\(escaped(texts.indexTitle))</h1><dl>")
    HTMLWriter.pair(texts.run, input.runID, &page)
    HTMLWriter.pair(texts.definitions, texts.definitions(input.pipeline), &page)
    page.write("</dl></div></header>\n<main><section class=\"overview list\"><p>")
    page.writeEscaped(texts.indexIntroduction)
    page.write("</p><div class=\"scroll\"><table class=\"index\"><thead><tr>")
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
      for writer in MirrorWriterRegistry.writers(for: input.pipeline.mirror.formats(of: recipient.audience)) {
        let path = "\(Mirror.path(of: recipient))/\(writer.fileName)"
        page.write(" <a href=\"\(path)\">\(writer.format.rawValue)</a>")
      }
      page.write("</td>")
      numbers(entry.counts, texts, &page)
      page.write("</tr>\n")
    }
    page.write("</tbody><tfoot><tr><th scope=\"row\" colspan=\"4\">\(escaped(texts.total))</th>")
    numbers(total, texts, &page)
    page.write("</tr></tfoot></table></div></section></main>\n")
    HTMLWriter.footer(input.pipeline, input.runID, texts, &page)
    return page
  }

  private static func numbers(_ counts: MirrorCounts, _ texts: Texts, _ page: inout [UInt8]) {
    for count in [counts.shown, counts.rounded, counts.withheld, counts.absent] {
      page.write("<td>\(texts.count(count))</td>")
    }
  }
}
