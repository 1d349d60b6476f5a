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
    HTMLWriter.start(&page, title: Dutch.indexTitle, style: HTMLStyle.report)
    page.write("<header class=\"top\"><div><p class=\"over\">")
    page.writeEscaped("\(Dutch.mirrorInformation) · \(input.pipeline.name.nl)")
    page.write("</p><h1>\(escaped(Dutch.indexTitle))</h1><dl>")
    HTMLWriter.pair(Dutch.run, input.runID, &page)
    HTMLWriter.pair(Dutch.definitions, Dutch.definitions(input.pipeline), &page)
    page.write("</dl></div></header>\n<main><section class=\"overview list\"><p>")
    page.writeEscaped(Dutch.indexIntroduction)
    page.write("</p><div class=\"scroll\"><table class=\"index\"><thead><tr>")
    let names = Dutch.indexColumns
    HTMLTables.headings(
      [
        names.recipient, names.code, names.kind, names.files, names.shown, names.rounded, names.withheld, names.absent,
      ], &page)
    page.write("</tr></thead><tbody>\n")
    var total = MirrorCounts()
    for entry in entries {
      total.add(entry.counts)
      let recipient = entry.recipient
      page.write("<tr><th scope=\"row\">")
      page.writeEscaped(recipient.name)
      page.write("</th><td class=\"left\">")
      page.writeEscaped(recipient.unit)
      page.write("</td><td class=\"left\">")
      page.writeEscaped(recipient.layoutName)
      page.write("</td><td class=\"left\">")
      for writer in MirrorWriterRegistry.writers(for: input.pipeline.mirror.formats) {
        let path = "\(Mirror.path(of: recipient))/\(writer.fileName)"
        page.write(" <a href=\"\(path)\">\(writer.format.rawValue)</a>")
      }
      page.write("</td>")
      numbers(entry.counts, &page)
      page.write("</tr>\n")
    }
    page.write("</tbody><tfoot><tr><th scope=\"row\" colspan=\"4\">\(escaped(names.total))</th>")
    numbers(total, &page)
    page.write("</tr></tfoot></table></div></section></main>\n")
    HTMLWriter.footer(input.pipeline, input.runID, &page)
    return page
  }

  private static func numbers(_ counts: MirrorCounts, _ page: inout [UInt8]) {
    for count in [counts.shown, counts.rounded, counts.withheld, counts.absent] {
      page.write("<td>\(DutchNumber.count(count))</td>")
    }
  }
}
