/// All units in order of their figures with 95% intervals, one marked.
struct Caterpillar: Sendable {
  private static let (width, height) = (360.0, 200.0)
  private static let (right, top, bottom) = (352.0, 14.0, 176.0)

  private let background: SVG
  private let places: [Int32: (x: Double, low: Double, high: Double, y: Double)]

  /// The caterpillar of a spread; nil when too few units have an interval.
  init?(_ spread: PeerSpread, _ style: ValueStyle, _ texts: Texts) {
    let units = spread.units.compactMap { unit in unit.interval.map { (unit: unit, interval: $0) } }
    guard units.count >= Peers.minimumUnits else { return nil }
    let values = units.flatMap { [$0.interval.lowerBound, $0.interval.upperBound] } + [spread.nation].compactMap { $0 }
    let y = Axis(values, from: Self.bottom, to: Self.top)
    let tick = { (number: Double) in style.tick(number, decimals: y.decimals) }
    let left = 12 + SVG.room(y, tick)
    var svg = SVG(width: Self.width, height: Self.height)
    svg.grid(y, from: left, to: Self.right, tick)
    svg.line("axis", left, Self.bottom, Self.right, Self.bottom)
    svg.text(texts.caterpillarOrder, "tick", (left + Self.right) / 2, Self.bottom + 16, anchor: "middle")
    let step = (Self.right - left - 12) / Double(max(units.count - 1, 1))
    var places: [Int32: (x: Double, low: Double, high: Double, y: Double)] = [:]
    var dots: [(x: Double, y: Double)] = []
    svg.path("peerwhisker") { path in
      for (position, item) in units.enumerated() {
        let x = left + 6 + step * Double(position)
        let (low, high) = (y.place(item.interval.lowerBound), y.place(item.interval.upperBound))
        path.move(x, low)
        path.line(x, high)
        dots.append((x, y.place(item.unit.value)))
        places[item.unit.unit] = (x, low, high, y.place(item.unit.value))
      }
    }
    if let nation = spread.nation { svg.line("nation", left, y.place(nation), Self.right, y.place(nation)) }
    svg.dots("peerdots", dots)
    background = svg
    self.places = places
  }

  /// Whether a unit has a place in it.
  func shows(_ unit: Int32) -> Bool { places[unit] != nil }

  /// The chart with one unit marked; nil when that unit is not in it.
  func svg(marking unit: Int32, label: String) -> SVG? {
    guard let place = places[unit] else { return nil }
    var svg = background
    svg.line("ownwhisker", place.x, place.low, place.x, place.high)
    svg.dot("own", place.x, place.y, radius: 5)
    svg.text(label, "ownlabel", around: place.x, 11, within: 40...Self.width)
    return svg
  }
}
