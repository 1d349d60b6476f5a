/// Figures through time: own with interval or control limits, national, target.
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
    /// What its own series makes likely.
    var control: Control?
  }

  /// Limits of a control chart in one period, in shown units.
  struct Control: Sendable, Equatable {
    var lower: Double
    var centre: Double
    var upper: Double
    /// Whether the figure is more than common variation.
    var isSignal: Bool
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

  /// The chart; nil with fewer than two periods or without own figures.
  static func svg(_ points: [Point], _ labels: Labels, tick: (Double, Int) -> String) -> SVG? {
    guard points.count > 1, points.contains(where: { $0.own != nil }) else { return nil }
    let hasLimits = points.contains { $0.control != nil }
    // Limits need room of their own; intervals would hide them.
    let bottom = hasLimits ? 148.0 : 112
    var values: [Double] = []
    for point in points {
      values += [point.own, point.nation, point.target, point.control?.lower, point.control?.upper].compactMap { $0 }
      if hasLimits { continue }
      for range in [point.interval, point.rounding] {
        if let range { values += [range.lowerBound, range.upperBound] }
      }
    }
    let axis = Axis(values, from: bottom, to: top)
    let left = 10 + SVG.room(axis) { tick($0, axis.decimals) }
    let step = (width - left - right - 24) / Double(points.count - 1)
    func x(_ position: Int) -> Double { left + 12 + step * Double(position) }
    let hasNote = points.contains { !$0.note.isEmpty }
    var svg = SVG(width: width, height: bottom + (hasNote ? 32 : 20))
    if hasLimits { control(points, x, axis, &svg) }
    svg.grid(axis, from: left, to: width - right) { tick($0, axis.decimals) }
    svg.line("axis", left, bottom, width - right, bottom)
    periods(points, step, x, bottom, &svg)
    for run in runs(points.map(\.nation)) {
      svg.polyline("nationtrend", run.map { (x($0.position), axis.place($0.value)) })
    }
    for run in runs(points.map(\.own)) where run.count > 1 {
      svg.polyline("owntrend", run.map { (x($0.position), axis.place($0.value)) })
    }
    marks(points, x, axis, bottom, step, hasLimits: hasLimits, labels, &svg)
    endLabels(points, labels, axis, &svg)
    return svg
  }

  /// Names of the periods, every other one or fewer where there is no room for all. The last one is always there.
  private static func periods(
    _ points: [Point], _ step: Double, _ x: (Int) -> Double, _ bottom: Double, _ svg: inout SVG
  ) {
    let widest = points.map { SVG.width(of: $0.label) }.max() ?? 0
    let every = max(1, Int(((widest + 12) / step).rounded(.up)))
    svg.group("tick", anchor: "middle") { svg in
      for (position, point) in points.enumerated() {
        if (points.count - 1 - position) % every == 0 { svg.text(point.label, x(position), bottom + 14) }
        if !point.note.isEmpty { svg.text(point.note, x(position), bottom + 27) }
      }
    }
  }

  /// The band within which the own series varies without a cause, and its middle.
  private static func control(
    _ points: [Point], _ x: (Int) -> Double, _ axis: Axis, _ svg: inout SVG
  ) {
    for run in runs(points.map { $0.control?.centre }) where run.count > 1 {
      let limits = run.compactMap { one in points[one.position].control.map { (x(one.position), $0) } }
      svg.polygon(
        "controlband",
        limits.map { ($0.0, axis.place($0.1.upper)) } + limits.reversed().map { ($0.0, axis.place($0.1.lower)) })
      svg.polyline("controlcentre", limits.map { ($0.0, axis.place($0.1.centre)) })
    }
  }

  private static func marks(
    _ points: [Point], _ x: (Int) -> Double, _ axis: Axis, _ bottom: Double, _ step: Double, hasLimits: Bool,
    _ labels: Labels, _ svg: inout SVG
  ) {
    for (position, point) in points.enumerated() {
      if let target = point.target { svg.diamond("target", x(position), axis.place(target), radius: 5) }
    }
    for run in runs(points.map { $0.own == nil ? 0 : nil }) {
      // Where periods stand close together it is said once of those in a row.
      let positions = run.map(\.position)
      let isClose = step < SVG.width(of: labels.missing) + 4
      let places = isClose ? [Double(positions[0] + positions[positions.count - 1]) / 2] : positions.map(Double.init)
      for place in places {
        svg.text(labels.missing, "missing", x(0) + step * place, bottom - 5, anchor: "middle")
      }
    }
    svg.path("whisker") { path in
      for (position, point) in points.enumerated() where point.own != nil && !hasLimits {
        guard let interval = point.interval else { continue }
        let (low, high, x) = (axis.place(interval.lowerBound), axis.place(interval.upperBound), x(position))
        for (from, to) in [((x, low), (x, high)), ((x - 4, low), (x + 4, low)), ((x - 4, high), (x + 4, high))] {
          path.move(from.0, from.1)
          path.line(to.0, to.1)
        }
      }
    }
    for (position, point) in points.enumerated() where point.own != nil && !hasLimits {
      guard let rounding = point.rounding else { continue }
      let (low, high) = (axis.place(rounding.lowerBound), axis.place(rounding.upperBound))
      svg.rectangle("rounding", x: x(position) - 4, y: high, width: 8, height: low - high)
    }
    let radius = min(4.5, max(2.5, step / 4))
    for (position, point) in points.enumerated() where point.control?.isSignal == true {
      if let own = point.own { svg.dot("controlsignal", x(position), axis.place(own), radius: radius + 4) }
    }
    svg.group("own") { svg in
      for (position, point) in points.enumerated() {
        if let own = point.own { svg.dot("", x(position), axis.place(own), radius: radius) }
      }
    }
  }

  /// Names at the ends of the lines, moved apart where they would touch.
  private static func endLabels(_ points: [Point], _ labels: Labels, _ axis: Axis, _ svg: inout SVG) {
    guard let own = points.last(where: { $0.own != nil })?.own else { return }
    var ownY = axis.place(own) + 4
    let nation = points.last { $0.nation != nil }?.nation
    if let nation {
      var nationY = axis.place(nation) + 4
      let gap = 13.0
      if abs(ownY - nationY) < gap {
        let middle = (ownY + nationY) / 2
        let ownIsAbove = ownY <= nationY
        ownY = middle + (ownIsAbove ? -gap / 2 : gap / 2)
        nationY = middle + (ownIsAbove ? gap / 2 : -gap / 2)
      }
      svg.text(labels.nation, "nationtext", width - right + 4, nationY)
    }
    svg.text(labels.own, "ownlabel", width - right + 4, ownY)
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
