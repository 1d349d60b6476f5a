/// From one amount to another, with what each part adds or takes away.
enum Waterfall {
  /// A step, in shown units.
  struct Step {
    var label: String
    var change: Double
  }
  /// The first and last amount.
  struct Ends {
    var from: (label: String, value: Double)
    var to: (label: String, value: Double)
  }

  private static let width = 360.0
  private static let (left, right) = (8.0, 350.0)
  private static let row = 32.0

  /// The chart, lying: a row per step with its name above its bar, so that it is read on a phone too.
  static func svg(_ steps: [Step], _ ends: Ends, value: (Double) -> String, change: (Double) -> String) -> SVG {
    var levels = [ends.from.value]
    for step in steps { levels.append((levels.last ?? 0) + step.change) }
    let (least, most) = ((levels + [ends.to.value]).min() ?? 0, (levels + [ends.to.value]).max() ?? 1)
    // The axis does not start at zero: the steps would not be seen. The ends are marks, not bars.
    let margin = max((most - least) * 0.05, 1e-9)
    let axis = Axis([least - margin, most + margin], from: left, to: right)
    let height = row * Double(steps.count + 2) + 22
    var svg = SVG(width: width, height: height)
    svg.path("grid") { path in
      for number in axis.ticks {
        path.move(axis.place(number), 2)
        path.line(axis.place(number), height - 18)
      }
    }
    svg.numbers(axis, height - 5, within: 0...width, value)
    end(ends.from, 0, axis, value, &svg)
    for (position, step) in steps.enumerated() {
      let top = row * Double(position + 1)
      let (before, after) = (axis.place(levels[position]), axis.place(levels[position + 1]))
      svg.line("waterlink", before, top - 5, before, top + 16)
      svg.rectangle(
        step.change < 0 ? "waterdown" : "waterup", x: min(before, after), y: top + 16,
        width: max(abs(after - before), 1.5), height: 11)
      svg.text(step.label, "label", 0, top + 11)
      svg.text(change(step.change), "label", width, top + 11, anchor: "end")
    }
    end(ends.to, row * Double(steps.count + 1), axis, value, &svg)
    return svg
  }

  private static func end(
    _ end: (label: String, value: Double), _ top: Double, _ axis: Axis, _ value: (Double) -> String, _ svg: inout SVG
  ) {
    svg.text(end.label, "ownlabel", 0, top + 11)
    svg.text(value(end.value), "ownlabel", width, top + 11, anchor: "end")
    svg.diamond("waterend", axis.place(end.value), top + 21, radius: 6)
  }
}
