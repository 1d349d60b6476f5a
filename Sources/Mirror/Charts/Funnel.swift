/// A funnel plot (Spiegelhalter, *Funnel plots for comparing institutional performance*, Statistics in Medicine 24
/// (2005)): figures by the number of observations, with the 95% and 99.8% limits around the national figure.
struct Funnel: Sendable {
  private static let (width, height) = (360.0, 236.0)
  private static let (right, top, bottom) = (350.0, 14.0, 194.0)
  /// Corners of a line of limits: enough for a smooth line.
  private static let corners = 48

  private let background: String
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
    let left = 12 + (y.ticks.map { SVG.width(of: style.tick($0, decimals: y.decimals)) }.max() ?? 0)
    let x = Axis([0] + points.map(\.size), from: left, to: Self.right)
    func clamped(_ value: Double) -> Double { min(max(value, y.range.lowerBound), y.range.upperBound) }
    var svg = "<svg viewBox=\"0 0 \(SVG.coordinate(Self.width)) \(SVG.coordinate(Self.height))\">"
    for number in y.ticks {
      svg += SVG.line("grid", left, y.place(number), Self.right, y.place(number))
      svg += SVG.text(
        style.tick(number, decimals: y.decimals), "tick", left - 5, y.place(number) + 4, anchor: "end")
    }
    svg += SVG.line("axis", left, Self.bottom, Self.right, Self.bottom)
    for number in x.ticks {
      svg += SVG.text(
        texts.number(number, decimals: x.decimals), "tick", around: x.place(number), Self.bottom + 14,
        within: left - 10...Self.width)
    }
    svg += SVG.text(
      texts.funnelSize(isRate: spread.isRate), "tick", (left + Self.right) / 2, Self.bottom + 30, anchor: "middle")
    if Self.isSmooth(limits) {
      for (kind, bound) in Self.bounds {
        // A line begins where it comes into the frame.
        let inside = limits.filter { y.range.contains(bound($0)) }
        if inside.count > 1 { svg += SVG.polyline(kind, inside.map { (x.place($0.size), y.place(bound($0))) }) }
      }
    } else {
      for (kind, range) in Self.ranges {
        let bars = points.map { point in
          let (x, range) = (SVG.coordinate(x.place(point.size)), range(point))
          return "M\(x) \(SVG.coordinate(y.place(clamped(range.lowerBound))))"
            + "V\(SVG.coordinate(y.place(clamped(range.upperBound))))"
        }
        svg += "<path class=\"\(kind)\" d=\"\(bars.joined())\"/>"
      }
    }
    if let nation = spread.nation {
      svg += SVG.line("nation", left, y.place(nation), Self.right, y.place(nation))
    }
    svg += SVG.dots("peerdots", points.map { (x.place($0.size), y.place($0.value)) })
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

  /// Points of different size, evenly, the first and the last with them.
  private static func thinned(_ points: [Point]) -> [Point] {
    var distinct: [Point] = []
    for point in points where point.size != distinct.last?.size { distinct.append(point) }
    guard distinct.count > corners else { return distinct }
    return (0..<corners).map { distinct[$0 * (distinct.count - 1) / (corners - 1)] }
  }

  /// The chart with one unit marked; nil when that unit is not in it.
  func svg(marking unit: Int32, label: String) -> String? {
    guard let place = places[unit] else { return nil }
    let isHigh = place.y < Self.top + 16
    return background + SVG.dot("own", place.x, place.y, radius: 6)
      + SVG.text(
        label, "ownlabel", around: place.x, isHigh ? place.y + 20 : place.y - 10, within: 40...Self.width) + "</svg>"
  }
}
