/// A bar from zero with a tick at the national figure, for a row of a table.
enum Bars {
  /// The largest absolute value that bars of one table must show; 0 when there is none.
  static func scale(_ values: [Double]) -> Double { values.reduce(0) { max($0, abs($1)) } }

  /// Appends a bar. Values are drawn by size; the table beside it has sign and number.
  static func write(own: Double?, nation: Double?, scale: Double, _ page: inout [UInt8]) {
    let (width, height) = (160.0, 14.0)
    func x(_ value: Double) -> Double { scale > 0 ? abs(value) / scale * (width - 4) : 0 }
    var svg = SVG(width: width, height: height)
    svg.rectangle("track", x: 0, y: 2, width: width, height: height - 4)
    if let own { svg.rectangle("barown", x: 0, y: 2, width: max(x(own), 1), height: height - 4) }
    if let nation { svg.line("nation", x(nation), 0, x(nation), height) }
    svg.open(&page)
    page.write(" class=\"bar\" aria-hidden=\"true\" focusable=\"false\">")
    page += svg.body
    page.write("</svg>")
  }
}
