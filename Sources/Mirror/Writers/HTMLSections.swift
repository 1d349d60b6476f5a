import CoreDataset
import Definitions

/// The sections around the cards: what stands out, providers of a region, how to read, definitions, account.
enum HTMLSections {
  static func open(_ kind: String, id: String, _ title: String, _ page: inout [UInt8]) {
    page.write("<section class=\"\(kind)\" aria-labelledby=\"\(id)\"><h2 id=\"\(id)\">")
    page.writeEscaped(title)
    page.write("</h2>\n")
  }

  static func signals(_ report: MirrorReport, _ page: inout [UInt8]) {
    let texts = report.texts
    open("signals", id: "signals", texts.signalsTitle, &page)
    let signals = Signal.signals(of: report)
    if signals.isEmpty {
      page.write("<p>")
      let hasFigures = report.counts.shown + report.counts.rounded > 0
      let hasIntervals = report.indicators.contains { $0.current?.own.lower95 != nil }
      page.writeEscaped(!hasFigures ? texts.nothingShown : hasIntervals ? texts.noSignals : texts.noIntervals)
      page.write("</p></section>\n")
      return
    }
    page.write("<ul>\n")
    for signal in signals {
      page.write("<li class=\"\(mark(signal.kind))\"><a href=\"#\(HTMLWriter.anchor(signal.indicator))\">")
      page.writeEscaped(texts.say(signal.indicator.name))
      page.write("</a>: ")
      page.writeEscaped(texts.signal(signal, ValueStyle(signal.indicator, texts)))
      page.write("</li>\n")
    }
    page.write("</ul></section>\n")
  }

  /// The classes of a signal, of which the style makes the sign before it: the arrow of a change points where the figure went.
  static func mark(_ kind: Signal.Kind) -> String {
    switch kind {
    case .difference: "difference"
    case .target(_, isMet: true): "met"
    case .target(_, isMet: false): "missed"
    case .change(_, let change, _): change < 0 ? "change fall" : "change"
    }
  }

  static func reading(_ report: MirrorReport, _ page: inout [UInt8]) {
    let texts = report.texts
    let compared = report.indicators.count { $0.current.flatMap { Comparison($0) } != nil }
    open("text", id: "reading", texts.readingTitle, &page)
    page.write("<dl>\n")
    let minimum = Int(report.pipeline.minimumPersons.value)
    for item in texts.reading(minimum: minimum, indicators: compared) {
      HTMLWriter.pair(item.term, item.text, &page)
    }
    page.write("</dl></section>\n")
  }

  /// Every indicator with the goal that it serves, the instrument, the agreed source and who measures, its version, and where
  /// its numbers come from.
  static func definitions(_ report: MirrorReport, _ page: inout [UInt8]) {
    let texts = report.texts
    open("text", id: "definitions", texts.definitionList, &page)
    HTMLTables.scroll(texts.definitionList, &page)
    page.write("<table class=\"definitions\"><thead><tr>")
    HTMLTables.headings(
      [
        texts.indicator, texts.servesGoal, texts.measuredWith, texts.agreedSource, texts.whoMeasures, texts.definition,
        texts.reference,
      ], &page)
    page.write("</tr></thead><tbody>\n")
    for part in report.indicators {
      let indicator = part.indicator
      let instrument = indicator.parameters.instrument.flatMap { report.pipeline.instrument($0) }
      page.write("<tr><th scope=\"row\"><a href=\"#\(HTMLWriter.anchor(indicator))\">")
      page.writeEscaped(texts.say(indicator.name))
      page.write("</a></th>")
      let sources = agreedSources(indicator, report.pipeline)
      let parties = Array(Set(sources.map(\.reportedBy))).sorted { $0.rawValue < $1.rawValue }
      for text in [
        texts.goal(indicator.goal), instrument.map { texts.say($0.name) } ?? texts.claims,
        sources.isEmpty ? texts.noValue : sources.map(\.id).joined(separator: ", "),
        parties.isEmpty ? texts.noValue : parties.map(texts.reportedBy).joined(separator: ", "),
        texts.definition(indicator),
      ] {
        page.write("<td>")
        page.writeEscaped(text)
        page.write("</td>")
      }
      let references = [
        instrument?.reference, indicator.parameters.threshold.map { "\(texts.threshold): \($0.why)" },
        indicator.target.map { "\(texts.target): \($0.threshold.why), \($0.threshold.since)" },
      ].compactMap { $0 }
      page.write("<td>")
      page.writeEscaped(references.isEmpty ? texts.noValue : references.joined(separator: ". "))
      page.write("</td></tr>\n")
    }
    page.write("</tbody></table></div></section>\n")
  }

  /// The sources of the pipeline from which an indicator is counted.
  static func agreedSources(_ indicator: Indicator, _ pipeline: Pipeline) -> [Source] {
    pipeline.sources.filter { source in
      if let instrument = indicator.parameters.instrument {
        // Where each answer is a record, the file says which questionnaire it is of.
        return source.delivers == .response
          && (source.questionnaires.isEmpty || source.questionnaires.contains { $0.instrument == instrument })
      }
      if [.groupCostRatio, .groupCostPerPersonYear, .groupCostShare].contains(indicator.measure) {
        return source.delivers == .groupTotal
      }
      return [.claimLine, .claimHeader].contains(source.delivers)
        && (indicator.reportedBy == nil || indicator.reportedBy == source.reportedBy)
    }
  }

  static func account(_ report: MirrorReport, _ page: inout [UInt8]) {
    let texts = report.texts
    let pipeline = report.pipeline
    open("text", id: "account", texts.accountTitle, &page)
    page.write("<dl>\n")
    HTMLWriter.pair(texts.purpose, texts.say(pipeline.purpose), &page)
    HTMLWriter.pair(texts.legalBasis, pipeline.legalBasis, &page)
    HTMLWriter.pair(texts.definitions, texts.definitions(pipeline), &page)
    HTMLWriter.pair(texts.smallNumbers, texts.smallNumbers(pipeline.minimumPersons), &page)
    HTMLWriter.pair(texts.run, report.runID, &page)
    if let differences = report.differences {
      let changes = report.recipient.isPublic ? [] : report.changes
      let sentences =
        ChangeTexts.sentences(differences, language: texts.language.rawValue)
        + [texts.changed(changes)].compactMap { $0 }
        + texts.largest(changes, most: 3, pipeline) { _ in nil }
      HTMLWriter.pair(texts.sinceLastTime, sentences.joined(separator: " "), &page)
    }
    page.write("</dl>\n")
    if !report.generatedFrom.isEmpty {
      HTMLTables.scroll(texts.sources, &page)
      page.write(
        "<table class=\"sources\"><caption>\(escaped(texts.sources))</caption><thead><tr>")
      HTMLTables.headings([texts.file, texts.records], &page)
      page.write("</tr></thead><tbody>\n")
      for delivery in report.generatedFrom {
        page.write("<tr><th scope=\"row\">")
        page.writeEscaped(delivery.file)
        page.write("</th><td>\(texts.count(delivery.records))</td></tr>\n")
      }
      page.write("</tbody></table></div>\n")
    }
    page.write("</section>\n")
  }

  /// The care providers of a region by name, where that was agreed.
  static func providers(_ report: MirrorReport, _ page: inout [UInt8]) {
    guard let agreement = report.agreement, !report.others.isEmpty else { return }
    let texts = report.texts
    let minimum = Int(report.pipeline.minimumPersons.value)
    open("text", id: "providers", texts.providersTitle, &page)
    HTMLCard.paragraph("method", texts.providersNote(agreement), &page)
    for part in report.indicators {
      let rows = report.others.compactMap { other in
        other.indicators.first { $0.indicator.id == part.indicator.id }?.current.map { (other.recipient, $0) }
      }
      if rows.isEmpty { continue }
      let style = ValueStyle(part.indicator, texts)
      page.write("<details><summary>")
      page.writeEscaped(texts.say(part.indicator.name))
      page.write("</summary>")
      HTMLTables.scroll(texts.say(part.indicator.name), &page)
      page.write("<table class=\"numbers\"><thead><tr>")
      HTMLTables.headings(
        [texts.say(Texts.provider), texts.period, texts.figure, texts.interval, texts.difference], &page)
      page.write("</tr></thead><tbody>\n")
      for (recipient, figure) in rows {
        page.write("<tr><th scope=\"row\">")
        page.writeEscaped(texts.say(recipient.title))
        page.write("</th>")
        HTMLTables.cell(figure.own.period, &page)
        HTMLTables.cell(
          figure.own.value.map(style.of(figure).value) ?? texts.notShown(figure, minimum: minimum), &page)
        HTMLTables.cell(HTMLTables.interval(figure, style), &page)
        HTMLTables.cell(Comparison(figure).map(texts.shortComparison), &page)
        page.write("</tr>\n")
      }
      page.write("</tbody></table></div></details>\n")
    }
    page.write("</section>\n")
  }
}
