/// Figures through time: own with interval, national, target.
enum Trend {
  /// One period, in shown units.
  struct Point {
    var label: String
    /// Second line under the label, for the reference measurement.
    var note: String
    var own: Double?
    /// 95% interval.
    var interval: ClosedRange<Double>?
    /// Where the figure lies when it was rounded.
    var rounding: ClosedRange<Double>?
    var nation: Double?
    var target: Double?
  }

  /// Words in the chart.
  struct Labels {
    var own: String
    var nation: String
    var missing: String
  }

  private static let width = 360.0
  private static let right = 66.0
  private static let top = 8.0
  private static let bottom = 112.0

  /// The chart; nil with fewer than two periods or without own figures.
  static func svg(_ points: [Point], _ labels: Labels, tick: (Double, Int) -> String) -> String? {
    guard points.count > 1, points.contains(where: { $0.own != nil }) else { return nil }
    var values: [Double] = []
    for point in points {
      values += [point.own, point.nation, point.target].compactMap { $0 }
      for range in [point.interval, point.rounding] {
        if let range { values += [range.lowerBound, range.upperBound] }
      }
    }
    let axis = Axis(values, from: bottom, to: top)
    let left = 10 + (axis.ticks.map { SVG.width(of: tick($0, axis.decimals)) }.max() ?? 0)
    let step = (width - left - right - 24) / Double(points.count - 1)
    func x(_ position: Int) -> Double { left + 12 + step * Double(position) }
    let hasNote = points.contains { !$0.note.isEmpty }
    var svg =
      "<svg viewBox=\"0 0 \(SVG.coordinate(width)) \(SVG.coordinate(bottom + (hasNote ? 32 : 20)))\">"
    for number in axis.ticks {
      svg += SVG.line("grid", left, axis.place(number), width - right, axis.place(number))
      svg += SVG.text(tick(number, axis.decimals), "tick", left - 5, axis.place(number) + 4, anchor: "end")
    }
    svg += SVG.line("axis", left, bottom, width - right, bottom)
    for (position, point) in points.enumerated() {
      svg += SVG.text(point.label, "tick", x(position), bottom + 14, anchor: "middle")
      if !point.note.isEmpty { svg += SVG.text(point.note, "tick", x(position), bottom + 27, anchor: "middle") }
    }
    for run in runs(points.map(\.nation)) {
      svg += SVG.polyline("nationtrend", run.map { (x($0.position), axis.place($0.value)) })
    }
    for run in runs(points.map(\.own)) where run.count > 1 {
      svg += SVG.polyline("owntrend", run.map { (x($0.position), axis.place($0.value)) })
    }
    for (position, point) in points.enumerated() {
      svg += marks(of: point, x(position), axis, labels)
    }
    return svg + endLabels(points, labels, axis) + "</svg>"
  }

  private static func marks(of point: Point, _ x: Double, _ axis: Axis, _ labels: Labels) -> String {
    var svg = ""
    if let target = point.target { svg += SVG.diamond("target", x, axis.place(target), radius: 5) }
    guard let own = point.own else {
      return svg + SVG.text(labels.missing, "missing", x, bottom - 5, anchor: "middle")
    }
    if let interval = point.interval {
      let (low, high) = (axis.place(interval.lowerBound), axis.place(interval.upperBound))
      svg += SVG.line("whisker", x, low, x, high)
      svg += SVG.line("whisker", x - 4, low, x + 4, low) + SVG.line("whisker", x - 4, high, x + 4, high)
    }
    if let rounding = point.rounding {
      let (low, high) = (axis.place(rounding.lowerBound), axis.place(rounding.upperBound))
      svg += SVG.rectangle("rounding", x: x - 4, y: high, width: 8, height: low - high)
    }
    return svg + SVG.dot("own", x, axis.place(own), radius: 4.5)
  }

  /// Names at the ends of the lines, moved apart where they would touch.
  private static func endLabels(_ points: [Point], _ labels: Labels, _ axis: Axis) -> String {
    guard let own = points.last(where: { $0.own != nil })?.own else { return "" }
    var ownY = axis.place(own) + 4
    let nation = points.last { $0.nation != nil }?.nation
    var svg = ""
    if let nation {
      var nationY = axis.place(nation) + 4
      let gap = 13.0
      if abs(ownY - nationY) < gap {
        let middle = (ownY + nationY) / 2
        let ownIsAbove = ownY <= nationY
        ownY = middle + (ownIsAbove ? -gap / 2 : gap / 2)
        nationY = middle + (ownIsAbove ? gap / 2 : -gap / 2)
      }
      svg += SVG.text(labels.nation, "nationtext", width - right + 4, nationY)
    }
    return svg + SVG.text(labels.own, "ownlabel", width - right + 4, ownY)
  }

  /// Stretches of values without a gap.
  private static func runs(_ values: [Double?]) -> [[(position: Int, value: Double)]] {
    var runs: [[(position: Int, value: Double)]] = []
    var current: [(position: Int, value: Double)] = []
    for (position, value) in values.enumerated() {
      if let value {
        current.append((position, value))
      } else if !current.isEmpty {
        runs.append(current)
        current = []
      }
    }
    return current.isEmpty ? runs : runs + [current]
  }
}
