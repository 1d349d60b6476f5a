/// A bar from zero with a tick at the national figure, for a row of a table.
enum Bars {
  /// The largest absolute value that bars of one table must show; 0 when there is none.
  static func scale(_ values: [Double]) -> Double { values.reduce(0) { max($0, abs($1)) } }

  /// A bar. Values are drawn by size; the table beside it has sign and number.
  static func svg(own: Double?, nation: Double?, scale: Double) -> String {
    let (width, height) = (160.0, 14.0)
    func x(_ value: Double) -> Double { scale > 0 ? abs(value) / scale * (width - 4) : 0 }
    var svg = "<svg class=\"bar\" viewBox=\"0 0 160 14\" aria-hidden=\"true\" focusable=\"false\">"
    svg += SVG.rectangle("track", x: 0, y: 2, width: width, height: height - 4)
    if let own { svg += SVG.rectangle("barown", x: 0, y: 2, width: max(x(own), 1), height: height - 4) }
    if let nation { svg += SVG.line("nation", x(nation), 0, x(nation), height) }
    return svg + "</svg>"
  }
}
