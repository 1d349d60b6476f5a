/// A funnel plot (Spiegelhalter, *Funnel plots for comparing institutional performance*, Statistics in Medicine 24
/// (2005)): figures by the number of observations, with the 95% and 99.8% limits around the national figure.
struct Funnel: Sendable {
  private static let (width, height) = (360.0, 236.0)
  private static let (right, top, bottom) = (350.0, 14.0, 194.0)
  /// A line of limits has a corner wherever it has moved by this part of its way, to the right or towards the middle:
  /// enough for a smooth line.
  private static let part = 0.06

  private let background: SVG
  private let places: [Int32: (x: Double, y: Double)]

  /// The funnel of a spread; nil when too few units have limits.
  init?(_ spread: PeerSpread, _ style: ValueStyle, _ texts: Texts) {
    let points = spread.units.compactMap { unit -> Point? in
      guard let size = unit.size, let expected = unit.expected else { return nil }
      return Point(unit: unit.unit, size: size, value: unit.value, narrow: expected.narrow, wide: expected.wide)
    }.sorted { ($0.size, $0.unit) < ($1.size, $1.unit) }
    guard points.count >= Peers.minimumUnits else { return nil }
    let limits = Self.thinned(points)
    // Limits of the smallest units run far beyond the figures; they are cut at the frame.
    let values =
      points.map(\.value) + [spread.nation].compactMap { $0 }
      + limits.flatMap { [$0.narrow.lowerBound, $0.narrow.upperBound] }
    let y = Axis(values, from: Self.bottom, to: Self.top)
    let tick = { (number: Double) in style.tick(number, decimals: y.decimals) }
    let left = 12 + SVG.room(y, tick)
    let x = Axis([0] + points.map(\.size), from: left, to: Self.right)
    func clamped(_ value: Double) -> Double { min(max(value, y.range.lowerBound), y.range.upperBound) }
    var svg = SVG(width: Self.width, height: Self.height)
    svg.grid(y, from: left, to: Self.right, tick)
    svg.line("axis", left, Self.bottom, Self.right, Self.bottom)
    svg.numbers(x, Self.bottom + 14, within: left - 10...Self.width) { texts.number($0, decimals: x.decimals) }
    svg.text(
      texts.funnelSize(isRate: spread.isRate), "tick", (left + Self.right) / 2, Self.bottom + 30, anchor: "middle")
    if Self.isSmooth(limits) {
      for (kind, bound) in Self.bounds {
        // A line begins where it comes into the frame.
        let inside = limits.filter { y.range.contains(bound($0)) }
        if inside.count > 1 { svg.polyline(kind, inside.map { (x.place($0.size), y.place(bound($0))) }) }
      }
    } else {
      for (kind, range) in Self.ranges {
        svg.path(kind) { path in
          for point in points {
            let (x, range) = (x.place(point.size), range(point))
            path.move(x, y.place(clamped(range.lowerBound)))
            path.line(x, y.place(clamped(range.upperBound)))
          }
        }
      }
    }
    if let nation = spread.nation {
      svg.line("nation", left, y.place(nation), Self.right, y.place(nation))
    }
    svg.dots("peerdots", points.map { (x.place($0.size), y.place($0.value)) })
    background = svg
    var places: [Int32: (x: Double, y: Double)] = [:]
    for point in points { places[point.unit] = (x.place(point.size), y.place(point.value)) }
    self.places = places
  }

  private struct Point {
    let unit: Int32
    let size: Double
    let value: Double
    let narrow: ClosedRange<Double>
    let wide: ClosedRange<Double>
  }

  private static let bounds: [(String, @Sendable (Point) -> Double)] = [
    ("limit998", { $0.wide.lowerBound }), ("limit998", { $0.wide.upperBound }),
    ("limit95", { $0.narrow.lowerBound }), ("limit95", { $0.narrow.upperBound }),
  ]

  private static let ranges: [(String, @Sendable (Point) -> ClosedRange<Double>)] = [
    ("bar998", { $0.wide }), ("bar95", { $0.narrow }),
  ]

  /// Whether limits hang on the number of observations: they do not widen with it. Those of means may hang on the spread
  /// within each unit as well; a line would then go up and down.
  private static func isSmooth(_ limits: [Point]) -> Bool {
    func width(_ point: Point) -> Double { point.wide.upperBound - point.wide.lowerBound }
    return zip(limits, limits.dropFirst()).allSatisfy { width($1) <= width($0) * 1.1 }
  }

  /// Points of different size that a line needs, the first and the last with them.
  private static func thinned(_ points: [Point]) -> [Point] {
    guard let first = points.first, let last = points.last else { return [] }
    func width(_ point: Point) -> Double { point.wide.upperBound - point.wide.lowerBound }
    let way = (size: (last.size - first.size) * part, width: abs(width(first) - width(last)) * part)
    var kept = [first]
    for point in points.dropFirst() {
      guard let before = kept.last, point.size > before.size else { continue }
      let isLast = point.size == last.size
      if isLast || point.size - before.size >= way.size || abs(width(before) - width(point)) >= way.width {
        kept.append(point)
      }
    }
    return kept
  }

  /// Whether a unit has a place in it.
  func shows(_ unit: Int32) -> Bool { places[unit] != nil }

  /// The chart with one unit marked; nil when that unit is not in it.
  func svg(marking unit: Int32, label: String) -> SVG? {
    guard let place = places[unit] else { return nil }
    let isHigh = place.y < Self.top + 16
    var svg = background
    svg.dot("own", place.x, place.y, radius: 6)
    svg.text(label, "ownlabel", around: place.x, isHigh ? place.y + 20 : place.y - 10, within: 40...Self.width)
    return svg
  }
}
