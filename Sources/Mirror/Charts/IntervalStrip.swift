/// One figure with its interval on a line, beside the national figure, the spread of peers and the target.
enum IntervalStrip {
  /// What is drawn, in shown units.
  struct Marks {
    var own: Double?
    /// 95% interval.
    var interval: ClosedRange<Double>?
    /// Where the figure lies when it was rounded.
    var rounding: ClosedRange<Double>?
    var nation: Double?
    /// Where the figure lies when the unit is like the nation, at 95% and 99.8%.
    var expected: (narrow: ClosedRange<Double>, wide: ClosedRange<Double>)?
    var peers: Peers?
    /// The figures of all units, without names.
    var all: [Double] = []
    var target: Double?
    /// Labels: whose figure, whose spread, the national figure and target with their numbers, or why there is none.
    var ownLabel: String
    var expectedLabel = ""
    var peersLabel: String
    var nationLabel: String
    var targetLabel: String
    var missingLabel: String
  }

  private static let width = 360.0
  private static let gutter = 92.0

  /// The chart; nil when there is nothing to compare.
  static func svg(_ marks: Marks, tick: (Double, Int) -> String) -> SVG? {
    var values = [marks.own, marks.nation, marks.target].compactMap { $0 }
    for range in [marks.interval, marks.rounding] {
      if let range { values += [range.lowerBound, range.upperBound] }
    }
    if let expected = marks.expected { values += [expected.wide.lowerBound, expected.wide.upperBound] }
    if let peers = marks.peers { values += [peers.lowerQuartile, peers.upperQuartile] }
    guard marks.nation != nil || marks.peers != nil || marks.target != nil else { return nil }
    values += marks.peers == nil ? [] : [marks.all.first, marks.all.last].compactMap { $0 }
    let axis = Axis(values, from: gutter, to: width - 12)
    let labelRows = (marks.nation == nil ? 0.0 : 1) + (marks.target == nil ? 0 : 1)
    let top = labelRows * 14 + 4
    let ownY = top + 14
    let expectedY = marks.expected == nil ? ownY : ownY + 22
    let peersY = expectedY + 24
    let dotsY = peersY + (marks.all.isEmpty ? 0 : 15)
    let bottom = (marks.peers == nil ? expectedY : dotsY) + 16
    var svg = SVG(width: width, height: bottom + 18)
    svg.path("grid") { path in
      for number in axis.ticks {
        path.move(axis.place(number), top)
        path.line(axis.place(number), bottom)
      }
    }
    svg.numbers(axis, bottom + 13, within: gutter - 16...width) { tick($0, axis.decimals) }
    svg.line("axis", gutter, bottom, width - 12, bottom)
    if let expected = marks.expected {
      for (kind, range) in [("expected998", expected.wide), ("expected95", expected.narrow)] {
        let (from, to) = (axis.place(range.lowerBound), axis.place(range.upperBound))
        svg.rectangle(kind, x: from, y: expectedY - 4, width: max(to - from, 1), height: 8)
      }
      svg.text(marks.expectedLabel, "label", 0, expectedY + 4)
    }
    if let peers = marks.peers {
      let (from, to) = (axis.place(peers.lowerQuartile), axis.place(peers.upperQuartile))
      svg.rectangle("peers", x: from, y: peersY - 7, width: max(to - from, 1), height: 14)
      let median = axis.place(peers.median)
      svg.line("median", median, peersY - 7, median, peersY + 7)
      svg.text(marks.peersLabel, "label", 0, peersY + 4)
      distribution(marks.all, axis, at: dotsY, &svg)
    }
    // Lines before labels, whose halo keeps them readable.
    for (kind, value) in [("nation", marks.nation), ("targetline", marks.target)] {
      if let value { svg.line(kind, axis.place(value), 15, axis.place(value), bottom) }
    }
    var labelY = 11.0
    if let nation = marks.nation {
      svg.text(marks.nationLabel, "nationtext", around: axis.place(nation), labelY, within: 0...width)
      labelY += 14
    }
    if let target = marks.target {
      svg.text(marks.targetLabel, "targettext", around: axis.place(target), labelY, within: 0...width)
      svg.diamond("target", axis.place(target), bottom, radius: 5)
    }
    svg.text(marks.ownLabel, "ownlabel", 0, ownY + 4)
    if let own = marks.own {
      if let interval = marks.interval {
        let (from, to) = (axis.place(interval.lowerBound), axis.place(interval.upperBound))
        svg.rectangle("interval", x: from, y: ownY - 4, width: max(to - from, 1), height: 8)
      }
      if let rounding = marks.rounding {
        let (from, to) = (axis.place(rounding.lowerBound), axis.place(rounding.upperBound))
        svg.rectangle("rounding", x: from, y: ownY - 4, width: to - from, height: 8)
      }
      svg.dot("own", axis.place(own), ownY, radius: 6)
    } else {
      svg.text(marks.missingLabel, "missing", gutter + 4, ownY + 4)
    }
    return svg
  }

  /// Most units that are drawn as a dot each; more are counted in columns.
  static let mostDots = 60
  private static let column = 4.0

  /// How the figures of all units lie, ascending: a dot each, or columns as high as there are many.
  private static func distribution(_ values: [Double], _ axis: Axis, at y: Double, _ svg: inout SVG) {
    if values.count <= mostDots {
      // Neighbours alternate in height, so that dots of nearly the same figure stay apart.
      return svg.dots("peerdots small", values.enumerated().map { (axis.place($1), y + Double($0 % 3 - 1) * 3) })
    }
    var counts: [Int: Int] = [:]
    for value in values { counts[Int((axis.place(value) / column).rounded(.down)), default: 0] += 1 }
    let most = Double(counts.values.max() ?? 1)
    svg.path("peercolumns") { path in
      for (place, count) in counts.sorted(by: { $0.key < $1.key }) {
        let x = (Double(place) + 0.5) * column
        path.move(x, y + 7)
        path.line(x, y + 7 - max(1, 14 * Double(count) / most))
      }
    }
  }
}
