/// All units in order of their figures with 95% intervals, one marked.
struct Caterpillar: Sendable {
  private static let (width, height) = (360.0, 200.0)
  private static let (right, top, bottom) = (352.0, 14.0, 176.0)

  private let background: String
  private let places: [Int32: (x: Double, low: Double, high: Double, y: Double)]

  /// The caterpillar of a spread; nil when too few units have an interval.
  init?(_ spread: PeerSpread, _ style: ValueStyle, _ texts: Texts) {
    let units = spread.units.compactMap { unit in unit.interval.map { (unit: unit, interval: $0) } }
    guard units.count >= Peers.minimumUnits else { return nil }
    let values = units.flatMap { [$0.interval.lowerBound, $0.interval.upperBound] } + [spread.nation].compactMap { $0 }
    let y = Axis(values, from: Self.bottom, to: Self.top)
    let left = 12 + (y.ticks.map { SVG.width(of: style.tick($0, decimals: y.decimals)) }.max() ?? 0)
    var svg = "<svg viewBox=\"0 0 \(SVG.coordinate(Self.width)) \(SVG.coordinate(Self.height))\">"
    for number in y.ticks {
      svg += SVG.line("grid", left, y.place(number), Self.right, y.place(number))
      svg += SVG.text(
        style.tick(number, decimals: y.decimals), "tick", left - 5, y.place(number) + 4, anchor: "end")
    }
    svg += SVG.line("axis", left, Self.bottom, Self.right, Self.bottom)
    svg += SVG.text(texts.caterpillarOrder, "tick", (left + Self.right) / 2, Self.bottom + 16, anchor: "middle")
    let step = (Self.right - left - 12) / Double(max(units.count - 1, 1))
    var places: [Int32: (x: Double, low: Double, high: Double, y: Double)] = [:]
    var whiskers = ""
    var dots: [(x: Double, y: Double)] = []
    for (position, item) in units.enumerated() {
      let x = left + 6 + step * Double(position)
      let (low, high) = (y.place(item.interval.lowerBound), y.place(item.interval.upperBound))
      whiskers += "M\(SVG.coordinate(x)) \(SVG.coordinate(low))V\(SVG.coordinate(high))"
      dots.append((x, y.place(item.unit.value)))
      places[item.unit.unit] = (x, low, high, y.place(item.unit.value))
    }
    svg += "<path class=\"peerwhisker\" d=\"\(whiskers)\"/>"
    if let nation = spread.nation { svg += SVG.line("nation", left, y.place(nation), Self.right, y.place(nation)) }
    background = svg + SVG.dots("peerdots", dots)
    self.places = places
  }

  /// The chart with one unit marked; nil when that unit is not in it.
  func svg(marking unit: Int32, label: String) -> String? {
    guard let place = places[unit] else { return nil }
    return background + SVG.line("ownwhisker", place.x, place.low, place.x, place.high)
      + SVG.dot("own", place.x, place.y, radius: 5)
      + SVG.text(label, "ownlabel", around: place.x, 11, within: 40...Self.width) + "</svg>"
  }
}
