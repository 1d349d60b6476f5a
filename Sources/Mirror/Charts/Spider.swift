import Foundation

/// Several figures on one scale, on axes around a centre: own filled, national dashed.
enum Spider {
  /// One axis. Values are in units of the scale.
  struct Spoke {
    var label: String
    var own: Double?
    var nation: Double?
  }

  private static let (width, height, radius) = (360.0, 290.0, 96.0)

  /// The chart; nil with fewer than three own figures.
  static func svg(
    _ spokes: [Spoke], scale: ClosedRange<Double>, tick: (Double) -> String
  ) -> SVG? {
    guard spokes.count(where: { $0.own != nil }) > 2 else { return nil }
    let (middleX, middleY) = (width / 2, height / 2)
    func place(_ position: Int, _ part: Double) -> (x: Double, y: Double) {
      let angle = 2 * Double.pi * Double(position) / Double(spokes.count)
      return (middleX + radius * part * sin(angle), middleY - radius * part * cos(angle))
    }
    func part(_ value: Double) -> Double {
      let share = (value - scale.lowerBound) / (scale.upperBound - scale.lowerBound)
      return min(max(share, 0), 1)
    }
    var svg = SVG(width: width, height: height)
    for ring in [0.25, 0.5, 0.75, 1] {
      let corners = spokes.indices.map { place($0, ring) }
      svg.polygon("grid", corners)
    }
    for (position, spoke) in spokes.enumerated() {
      let end = place(position, 1)
      svg.line("grid", middleX, middleY, end.x, end.y)
      let label = place(position, 1.14)
      let anchor = abs(label.x - middleX) < 8 ? "middle" : label.x > middleX ? "start" : "end"
      let lines = wrapped(spoke.label)
      let first = label.y + 4 - Double(lines.count - 1) * (label.y < middleY ? 13 : label.y > middleY + 8 ? 0 : 6.5)
      for (number, line) in lines.enumerated() {
        svg.text(line, "tick", label.x, first + Double(number) * 13, anchor: anchor)
      }
    }
    for (ring, value) in [(0.5, (scale.lowerBound + scale.upperBound) / 2), (1, scale.upperBound)] {
      svg.text(tick(value), "tick", middleX + 3, middleY - radius * ring + 11)
    }
    // An axis without a figure breaks the outline: a line across it would suggest one.
    for (kind, values) in [("spidernation", spokes.map(\.nation)), ("spiderown", spokes.map(\.own))] {
      let places = values.enumerated().map { position, value in value.map { place(position, part($0)) } }
      if places.contains(where: { $0 == nil }) {
        for (position, here) in places.enumerated() {
          guard let here, let next = places[(position + 1) % places.count] else { continue }
          svg.line(kind + "line", here.x, here.y, next.x, next.y)
        }
      } else {
        svg.polygon(kind, places.compactMap { $0 })
      }
      if kind == "spiderown" {
        for case let place? in places { svg.dot("own", place.x, place.y, radius: 4) }
      }
    }
    return svg
  }

  /// A label on at most two lines.
  private static func wrapped(_ label: String) -> [String] {
    guard label.count > 16 else { return [label] }
    let words = label.split(separator: " ")
    var first = ""
    var used = 0
    for word in words where first.isEmpty || first.count + word.count < label.count / 2 + 3 {
      first += (first.isEmpty ? "" : " ") + word
      used += 1
      if first.count >= label.count / 2 { break }
    }
    let rest = words.dropFirst(used).joined(separator: " ")
    return rest.isEmpty ? [first] : [first, rest]
  }
}
