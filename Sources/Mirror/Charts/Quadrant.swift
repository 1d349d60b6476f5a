/// Cost against outcome: own figure among peers, with the national figures as the lines between four fields.
enum Quadrant {
  /// What is drawn, in shown units.
  struct Marks {
    var own: (cost: Double, outcome: Double)?
    var peers: [(cost: Double, outcome: Double)]
    var nation: (cost: Double, outcome: Double)
    var costLabel: String
    var outcomeLabel: String
    var ownLabel: String
  }

  private static let (width, height) = (360.0, 264.0)
  private static let (right, top, bottom) = (350.0, 24.0, 216.0)

  /// The chart.
  static func svg(
    _ marks: Marks, costTick: (Double, Int) -> String, outcomeTick: (Double, Int) -> String
  ) -> String {
    let all = marks.peers + [marks.nation] + [marks.own].compactMap { $0 }
    let y = Axis(all.map(\.outcome), from: bottom, to: top)
    let left = 12 + (y.ticks.map { SVG.width(of: outcomeTick($0, y.decimals)) }.max() ?? 0)
    let x = Axis(all.map(\.cost), from: left, to: right)
    var svg = "<svg viewBox=\"0 0 \(SVG.coordinate(width)) \(SVG.coordinate(height))\">"
    svg += SVG.text(marks.outcomeLabel, "label", 2, 11)
    for number in y.ticks {
      svg += SVG.line("grid", left, y.place(number), right, y.place(number))
      svg += SVG.text(outcomeTick(number, y.decimals), "tick", left - 5, y.place(number) + 4, anchor: "end")
    }
    for number in x.ticks {
      svg += SVG.text(
        costTick(number, x.decimals), "tick", around: x.place(number), bottom + 14, within: left - 10...width)
    }
    svg += SVG.line("axis", left, bottom, right, bottom)
    svg += SVG.text(marks.costLabel, "label", around: (left + right) / 2, bottom + 32, within: 0...width)
    svg += SVG.line("nation", x.place(marks.nation.cost), top, x.place(marks.nation.cost), bottom)
    svg += SVG.line("nation", left, y.place(marks.nation.outcome), right, y.place(marks.nation.outcome))
    svg += SVG.dots("peerdots", marks.peers.map { (x.place($0.cost), y.place($0.outcome)) })
    if let own = marks.own {
      let (ownX, ownY) = (x.place(own.cost), y.place(own.outcome))
      svg += SVG.dot("own", ownX, ownY, radius: 6.5)
      svg += SVG.text(
        marks.ownLabel, "ownlabel", around: ownX, ownY < top + 18 ? ownY + 20 : ownY - 10, within: left...width)
    }
    return svg + "</svg>"
  }
}
