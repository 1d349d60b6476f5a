import CoreDataset
import Definitions

/// The tables of a page.
enum HTMLTables {
  static func headings(_ names: [String], _ page: inout [UInt8]) {
    for name in names {
      page.write("<th scope=\"col\">")
      page.writeEscaped(name)
      page.write("</th>")
    }
  }

  /// Opens a stretch that scrolls sideways where there is no room; the keyboard reaches it.
  static func scroll(_ name: String, _ page: inout [UInt8]) {
    page.write("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"")
    page.writeEscaped(name)
    page.write("\">")
  }

  static func cell(_ text: String?, _ page: inout [UInt8]) {
    page.write("<td>")
    page.writeEscaped(text ?? "–")
    page.write("</td>")
  }

  static func interval(_ figure: MirrorFigure, _ style: ValueStyle) -> String? {
    guard let lower = figure.own.lower95, let upper = figure.own.upper95 else { return nil }
    return "\(style.value(lower)) – \(style.value(upper))"
  }

  private static func value(_ figure: MirrorFigure, _ style: ValueStyle) -> String? {
    figure.own.value.map(style.of(figure).value)
  }

  /// All indicators at a glance, each with a link to its card.
  static func overview(_ report: MirrorReport, _ page: inout [UInt8]) {
    let minimum = Int(report.pipeline.minimumPersons.value)
    let texts = report.texts
    let isNation = report.recipient.kind == .nation
    page.write(
      "<section class=\"overview\(isNation ? " list" : "")\" aria-labelledby=\"overview\"><h2 id=\"overview\">")
    page.writeEscaped(texts.overview)
    page.write("</h2>")
    scroll(texts.overview, &page)
    page.write("<table><thead><tr>")
    headings([texts.goToIndicator, texts.period, texts.ownFigure], &page)
    if !isNation { headings([texts.national, texts.difference], &page) }
    headings([texts.target], &page)
    page.write("</tr></thead>\n")
    for goal in Goal.allCases {
      let parts = report.indicators.filter { $0.indicator.goal == goal && !$0.figures.isEmpty }
      if parts.isEmpty { continue }
      page.write("<tbody><tr class=\"group\"><th scope=\"rowgroup\" colspan=\"\(isNation ? 4 : 6)\">")
      page.writeEscaped(texts.goal(goal))
      page.write("</th></tr>\n")
      for part in parts {
        guard let current = part.current else { continue }
        let style = ValueStyle(part.indicator, texts)
        page.write("<tr><th scope=\"row\"><a href=\"#\(HTMLWriter.anchor(part.indicator))\">")
        page.writeEscaped(texts.say(part.indicator.name))
        page.write("</a></th>")
        cell(current.own.period, &page)
        if let own = value(current, style) {
          cell(own, &page)
        } else {
          page.write("<td class=\"none\"><abbr title=\"")
          page.writeEscaped(texts.notShown(current, minimum: minimum))
          page.write("\">\(escaped(texts.notShownShort))</abbr></td>")
        }
        if !isNation {
          cell(current.nation?.value.map(style.value), &page)
          cell(Comparison(current).map(texts.shortComparison), &page)
        }
        cell(current.own.targetStatus.map { texts.shortTargetStatus($0 == "met") }, &page)
        page.write("</tr>\n")
      }
      page.write("</tbody>")
    }
    page.write("</table></div></section>\n")
  }

  /// Subdivisions in the latest period, with bars.
  static func strata(
    _ part: IndicatorReport, _ style: ValueStyle, _ minimum: Int, _ texts: Texts, _ page: inout [UInt8]
  ) {
    let period = part.current?.own.period
    let rows = part.strata.compactMap { stratum in
      stratum.figures.last { $0.own.period == period }.map { (stratum: stratum.stratum, figure: $0) }
    }
    if rows.isEmpty { return }
    let isNation = rows.allSatisfy { $0.figure.nation == nil }
    let scale = Bars.scale(rows.flatMap { [$0.figure.own.value, $0.figure.nation?.value].compactMap { $0 } })
    let title = "\(texts.strataTitle(rows.map(\.stratum))), \(period ?? "")"
    scroll("\(texts.say(part.indicator.name)). \(title)", &page)
    page.write("<table class=\"strata\"><caption>")
    page.writeEscaped(title)
    if !isNation {
      page.write(" <span>")
      page.writeEscaped(texts.barNote)
      page.write("</span>")
    }
    page.write("</caption><thead><tr>")
    headings([texts.stratumColumn, texts.ownFigure, texts.bar], &page)
    if !isNation { headings([texts.national], &page) }
    page.write("</tr></thead><tbody>\n")
    for row in rows {
      page.write("<tr><th scope=\"row\">")
      page.writeEscaped(texts.stratum(row.stratum))
      page.write("</th>")
      if let own = value(row.figure, style) {
        cell(own, &page)
      } else {
        page.write("<td class=\"none\"><abbr title=\"")
        page.writeEscaped(texts.notShown(row.figure, minimum: minimum))
        page.write("\">\(escaped(texts.notShownShort))</abbr></td>")
      }
      page.write("<td class=\"bars\">")
      Bars.write(own: row.figure.own.value, nation: row.figure.nation?.value, scale: scale, &page)
      page.write("</td>")
      if !isNation { cell(row.figure.nation?.value.map(style.value), &page) }
      page.write("</tr>\n")
    }
    page.write("</tbody></table></div>\n")
  }

  /// All numbers of an indicator, folded away.
  static func details(_ part: IndicatorReport, _ report: MirrorReport, _ style: ValueStyle, _ page: inout [UInt8]) {
    let texts = report.texts
    page.write("<details><summary>")
    page.writeEscaped(texts.details)
    page.write("</summary>")
    scroll("\(texts.say(part.indicator.name)). \(texts.details)", &page)
    page.write("<table class=\"numbers\"><caption class=\"hidden\">")
    page.writeEscaped(texts.say(part.indicator.name))
    page.write("</caption>")
    let columns = self.columns(part, report, style)
    page.write("<thead><tr>")
    headings([texts.period] + columns.map(\.name), &page)
    page.write("</tr></thead><tbody>\n")
    for (row, figure) in part.figures.enumerated() {
      page.write("<tr><th scope=\"row\">")
      page.writeEscaped(figure.own.period)
      page.write("</th>")
      for column in columns { cell(column.texts[row], &page) }
      page.write("</tr>\n")
    }
    page.write("</tbody></table></div>\n")
    page.write("</details>\n")
  }

  private struct NumberColumn {
    let name: String
    let text: (MirrorFigure) -> String?
  }

  /// The columns that have anything in them.
  private static func columns(
    _ part: IndicatorReport, _ report: MirrorReport, _ style: ValueStyle
  ) -> [(name: String, texts: [String?])] {
    let minimum = Int(report.pipeline.minimumPersons.value)
    let texts = report.texts
    func number(_ name: String, _ path: KeyPath<ResultRow, Double?>) -> NumberColumn {
      NumberColumn(name: name) { $0.own[keyPath: path].map(style.value) }
    }
    func quantity(_ name: String, _ path: KeyPath<ResultRow, Double?>) -> NumberColumn {
      NumberColumn(name: name) { figure in
        figure.own[keyPath: path].map(texts.quantity)
      }
    }
    let course = part.courses.first { $0.chart != .cusum }
    let cusum = part.courses.first { $0.chart == .cusum }
    let all = [
      NumberColumn(name: texts.ownFigure) { value($0, style) },
      NumberColumn(name: texts.interval) { interval($0, style) },
      NumberColumn(name: texts.persons) { $0.hasCounts ? texts.count($0.own.persons) : nil },
      NumberColumn(name: texts.measured) { $0.hasCounts ? texts.count($0.own.measured) : nil },
      quantity(texts.numerator, \.numerator), quantity(texts.denominator, \.denominator),
      number(texts.adjusted, \.adjusted),
      // What a ratio is compared with is an amount, not a ratio.
      (part.indicator.measure == .groupCostRatio ? quantity : number)(texts.expected, \.expected),
      NumberColumn(name: texts.national) { $0.nation?.value.map(style.value) },
      NumberColumn(name: report.recipient.regionName.map(texts.region) ?? "") { $0.region?.value.map(style.value) },
      NumberColumn(name: "P25") { $0.peers.map { style.value($0.lowerQuartile) } },
      NumberColumn(name: texts.median) { $0.peers.map { style.value($0.median) } },
      NumberColumn(name: "P75") { $0.peers.map { style.value($0.upperQuartile) } },
      NumberColumn(name: texts.change) { $0.own.change.map(style.of($0).change) },
      NumberColumn(name: texts.controlLimits) { figure in
        course?.points[figure.own.period].map { "\(style.value($0.lower)) – \(style.value($0.upper))" }
      },
      NumberColumn(name: texts.controlSignal) { figure in
        course?.points[figure.own.period].flatMap { $0.signals.isEmpty ? nil : texts.controlSignals($0.signals) }
      },
      NumberColumn(name: texts.cusumColumn) { figure in
        cusum?.points[figure.own.period].map { point in
          let sum = "\(texts.number(point.value, decimals: 2)) / \(texts.number(point.upper, decimals: 2))"
          return point.signals.isEmpty ? sum : "\(sum): \(texts.controlSignals(point.signals))"
        }
      },
      NumberColumn(name: texts.target) { figure in
        figure.own.target.map { target in
          let status = figure.own.targetStatus.map { " (\(texts.shortTargetStatus($0 == "met")))" } ?? ""
          return texts.target(target, part.indicator, style) + status
        }
      },
      NumberColumn(name: texts.band) { $0.own.funnelBand.map(texts.funnelBand) },
      NumberColumn(name: texts.remark) { figure in
        if figure.own.value == nil { return texts.notShown(figure, minimum: minimum) }
        if figure.protection == .rounded { return texts.roundedShort }
        return figure.own.status == .indicative ? texts.indicative.lowercased() : nil
      },
    ]
    return all.map { ($0.name, part.figures.map($0.text)) }.filter { $0.1.contains { $0 != nil } }
  }
}

extension Peers {
  /// In other units.
  func scaled(by factor: Double) -> Peers {
    Peers(
      units: units, lowerQuartile: lowerQuartile * factor, median: median * factor,
      upperQuartile: upperQuartile * factor)
  }
}
