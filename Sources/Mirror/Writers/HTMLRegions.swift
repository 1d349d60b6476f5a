import CoreDataset
import Definitions

/// Regions beside each other: as a table with colours and as a map.
extension Panel {
  /// A figure of the board, as far as the recipient may see it.
  private func visible(_ figure: MirrorFigure?) -> MirrorFigure? {
    guard let figure, figure.own.value != nil else { return nil }
    return report.recipient.isPublic && !figure.isReliable ? nil : figure
  }

  func heat(_ layout: String, _ indicators: [String], _ page: inout [UInt8]) {
    guard let board = report.boards[layout], !board.regions.isEmpty else { return }
    let parts = indicators.compactMap { id in report.pipeline.indicators.first { $0.id == id } }
      .filter { indicator in board.regions.contains { visible($0.figures[indicator.id]) != nil } }
    if parts.isEmpty { return }
    open(&page)
    HTMLTables.scroll(name, &page)
    page.write("<table class=\"heat\"><caption class=\"hidden\">\(escaped(name))</caption><thead><tr>")
    HTMLTables.headings([texts.say(board.name)], &page)
    for indicator in parts {
      page.write("<th scope=\"col\"><a href=\"#\(HTMLWriter.anchor(indicator))\">")
      page.writeEscaped(texts.say(indicator.name))
      page.write("</a></th>")
    }
    page.write("</tr></thead><tbody>\n")
    for region in board.regions {
      let isOwn = region.code == report.recipient.unit && report.recipient.kind != .provider
      page.write("<tr\(isOwn ? " class=\"ownrow\"" : "")><th scope=\"row\">")
      page.writeEscaped(region.name)
      page.write("</th>")
      for indicator in parts { cell(region.figures[indicator.id], indicator, &page) }
      page.write("</tr>\n")
    }
    page.write("</tbody></table></div>\n")
    close(texts.heatNote, &page)
  }

  private func cell(_ figure: MirrorFigure?, _ indicator: Indicator, _ page: inout [UInt8]) {
    guard let figure = visible(figure), let value = figure.own.value else {
      page.write("<td class=\"none\">\(escaped(texts.notShownShort))</td>")
      return
    }
    let comparison = Comparison(figure)
    let (kind, mark) =
      switch comparison {
      case .higher: ("hi2", "▲▲")
      case .perhapsHigher: ("hi1", "▲")
      case .lower: ("lo2", "▼▼")
      case .perhapsLower: ("lo1", "▼")
      case .noDifference, nil: ("same", "")
      }
    page.write("<td class=\"\(kind)\">")
    page.writeEscaped(ValueStyle(indicator, texts).of(figure).value(value))
    if !mark.isEmpty, let comparison {
      page.write(" <span aria-hidden=\"true\">\(mark)</span><span class=\"hidden\">")
      page.writeEscaped(texts.shortComparison(comparison))
      page.write("</span>")
    }
    page.write("</td>")
  }

  func map(_ layout: String, _ id: String, _ shapes: RegionShapes, _ page: inout [UInt8]) {
    guard let board = report.boards[layout], let indicator = report.pipeline.indicators.first(where: { $0.id == id })
    else { return }
    let style = ValueStyle(indicator, texts)
    let values = board.regions.map { visible($0.figures[id])?.own.value }
    let levels = RegionMap.levels(values)
    let texts = texts
    let regions = zip(board.regions, levels).map { region, level in
      RegionMap.Region(
        code: region.code, level: level,
        isOwn: region.code == report.recipient.unit && report.recipient.kind != .provider,
        title: "\(region.name): \(shown(visible(region.figures[id]), style))")
    }
    guard let svg = RegionMap.svg(regions, shapes) else { return }
    let rows = board.regions.map { [$0.name, shown(visible($0.figures[id]), style)] }
    let period = board.regions.compactMap { visible($0.figures[id])?.own.period }.max() ?? ""
    open(&page)
    HTMLWriter.figure(
      svg, id: "\(self.id)-c", kind: "middle", caption: "\(name), \(period)",
      description: rows.map { $0.joined(separator: ": ") }.joined(separator: "; "), &page)
    legend(values, levels, style, &page)
    table([texts.say(board.name), texts.say(indicator.name)], rows, isFolded: false, &page)
    close(texts.mapNote, &page)
  }

  private func legend(_ values: [Double?], _ levels: [Int?], _ style: ValueStyle, _ page: inout [UInt8]) {
    page.write("<ul class=\"legend\">")
    for level in 0..<RegionMap.classes {
      let members = zip(values, levels).compactMap { value, of in of == level ? value : nil }
      guard let least = members.min(), let most = members.max() else { continue }
      page.write("<li><span class=\"swatch class\(level)\"></span>")
      page.writeEscaped(least == most ? style.value(least) : "\(style.value(least)) – \(style.value(most))")
      page.write("</li>")
    }
    if levels.contains(nil) {
      page.write("<li><span class=\"swatch noclass\"></span>")
      page.writeEscaped(texts.notShownShort)
      page.write("</li>")
    }
    page.write("</ul>")
  }
}
