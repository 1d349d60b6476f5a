/// An axis with round numbers.
struct Axis: Sendable {
  /// First and last number.
  let range: ClosedRange<Double>
  /// Round numbers within the range.
  let ticks: [Double]
  /// Decimals that the round numbers need.
  let decimals: Int
  /// Place on the page of the first and the last number.
  let span: (start: Double, end: Double)

  /// An axis that holds all values with some room. With equal values there is room on both sides; a range of values that
  /// are not negative does not go below zero.
  init(_ values: [Double], from start: Double, to end: Double, atMost tickCount: Int = 5) {
    let values = values.filter { abs($0) < 1e12 }
    let least = values.min() ?? 0
    let most = values.max() ?? 1
    let size = most > least ? most - least : max(abs(most) * 0.2, 1)
    var low = least - size * 0.1
    if least >= 0 { low = max(0, low) }
    let high = most + size * 0.1
    var step = 1.0
    var decimals = 0
    // Powers of ten without libm, so that the bytes are the same everywhere.
    while step > (high - low) / Double(tickCount) {
      step /= 10
      decimals += 1
    }
    while step * 10 <= (high - low) / Double(tickCount) {
      step *= 10
      decimals -= 1
    }
    for factor in [1.0, 2, 5, 10] where (high - low) / (step * factor) <= Double(tickCount) {
      step *= factor
      if factor == 10 { decimals -= 1 }
      break
    }
    var ticks: [Double] = []
    var number = (low / step).rounded(.up)
    while number * step <= high + step * 1e-9 {
      ticks.append(number * step)
      number += 1
    }
    self.range = low...high
    self.ticks = ticks
    self.decimals = max(0, decimals)
    span = (start, end)
  }

  /// Place of a number.
  func place(_ number: Double) -> Double {
    let part = (number - range.lowerBound) / (range.upperBound - range.lowerBound)
    return span.start + part * (span.end - span.start)
  }
}

/// Pieces of SVG. Texts are escaped here.
enum SVG {
  /// A coordinate with one decimal.
  static func coordinate(_ number: Double) -> String {
    guard number.isFinite, abs(number) < 1e9 else { return "0" }
    let tenths = Int((number * 10).rounded())
    let sign = tenths < 0 ? "-" : ""
    let rest = tenths.magnitude % 10
    return rest == 0 ? "\(sign)\(tenths.magnitude / 10)" : "\(sign)\(tenths.magnitude / 10).\(rest)"
  }

  static func line(_ kind: String, _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double) -> String {
    "<path class=\"\(kind)\" d=\"M\(coordinate(x1)) \(coordinate(y1))L\(coordinate(x2)) \(coordinate(y2))\"/>"
  }

  static func polyline(_ kind: String, _ points: [(x: Double, y: Double)]) -> String {
    var path = ""
    for (position, point) in points.enumerated() {
      path += "\(position == 0 ? "M" : "L")\(coordinate(point.x)) \(coordinate(point.y))"
    }
    return "<path class=\"\(kind)\" d=\"\(path)\"/>"
  }

  static func polygon(_ kind: String, _ points: [(x: Double, y: Double)]) -> String {
    var path = ""
    for (position, point) in points.enumerated() {
      path += "\(position == 0 ? "M" : "L")\(coordinate(point.x)) \(coordinate(point.y))"
    }
    return "<path class=\"\(kind)\" d=\"\(path)Z\"/>"
  }

  /// Many dots as one path: strokes without length and with round ends. A circle each would be five times as long.
  static func dots(_ kind: String, _ points: [(x: Double, y: Double)]) -> String {
    var path = ""
    for point in points { path += "M\(coordinate(point.x)) \(coordinate(point.y))h0" }
    return "<path class=\"\(kind)\" d=\"\(path)\"/>"
  }

  static func rectangle(_ kind: String, x: Double, y: Double, width: Double, height: Double) -> String {
    "<rect class=\"\(kind)\" x=\"\(coordinate(x))\" y=\"\(coordinate(y))\" width=\"\(coordinate(max(width, 0)))\""
      + " height=\"\(coordinate(height))\"/>"
  }

  static func dot(_ kind: String, _ x: Double, _ y: Double, radius: Double) -> String {
    "<circle class=\"\(kind)\" cx=\"\(coordinate(x))\" cy=\"\(coordinate(y))\" r=\"\(coordinate(radius))\"/>"
  }

  static func diamond(_ kind: String, _ x: Double, _ y: Double, radius: Double) -> String {
    let (left, right) = (coordinate(x - radius), coordinate(x + radius))
    let (top, bottom) = (coordinate(y - radius), coordinate(y + radius))
    let (middleX, middleY) = (coordinate(x), coordinate(y))
    return
      "<path class=\"\(kind)\" d=\"M\(left) \(middleY)L\(middleX) \(top)L\(right) \(middleY)L\(middleX) \(bottom)Z\"/>"
  }

  /// A text; `anchor` is `start`, `middle` or `end`.
  static func text(_ text: String, _ kind: String, _ x: Double, _ y: Double, anchor: String = "start") -> String {
    let anchored = anchor == "start" ? "" : " text-anchor=\"\(anchor)\""
    return "<text class=\"\(kind)\" x=\"\(coordinate(x))\" y=\"\(coordinate(y))\"\(anchored)>\(escaped(text))</text>"
  }

  /// About how wide a text is at the size of the charts.
  static func width(of text: String) -> Double { Double(text.count) * 5.9 }

  /// A text around a place, moved so that it stays within a stretch.
  static func text(
    _ text: String, _ kind: String, around x: Double, _ y: Double, within stretch: ClosedRange<Double>
  ) -> String {
    let half = width(of: text) / 2
    let clamped = max(stretch.lowerBound + half, min(x, stretch.upperBound - half))
    return self.text(text, kind, clamped, y, anchor: "middle")
  }
}
