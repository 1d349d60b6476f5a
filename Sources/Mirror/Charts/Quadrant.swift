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
  ) -> SVG {
    let all = marks.peers + [marks.nation] + [marks.own].compactMap { $0 }
    let y = Axis(all.map(\.outcome), from: bottom, to: top)
    let left = 12 + SVG.room(y) { outcomeTick($0, y.decimals) }
    let x = Axis(all.map(\.cost), from: left, to: right)
    var svg = SVG(width: width, height: height)
    svg.text(marks.outcomeLabel, "label", 2, 11)
    svg.grid(y, from: left, to: right) { outcomeTick($0, y.decimals) }
    svg.numbers(x, bottom + 14, within: left - 10...width) { costTick($0, x.decimals) }
    svg.line("axis", left, bottom, right, bottom)
    svg.text(marks.costLabel, "label", around: (left + right) / 2, bottom + 32, within: 0...width)
    svg.line("nation", x.place(marks.nation.cost), top, x.place(marks.nation.cost), bottom)
    svg.line("nation", left, y.place(marks.nation.outcome), right, y.place(marks.nation.outcome))
    svg.dots("peerdots", marks.peers.map { (x.place($0.cost), y.place($0.outcome)) })
    if let own = marks.own {
      let (ownX, ownY) = (x.place(own.cost), y.place(own.outcome))
      svg.dot("own", ownX, ownY, radius: 6.5)
      svg.text(
        marks.ownLabel, "ownlabel", around: ownX, ownY < top + 18 ? ownY + 20 : ownY - 10, within: left...width)
    }
    return svg
  }
}
