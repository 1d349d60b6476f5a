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

  private static let width = 640.0
  private static let (left, right) = (196.0, 560.0)

  /// The chart, lying: a row per step, so that names are read without turning the head.
  static func svg(_ steps: [Step], _ ends: Ends, value: (Double) -> String, change: (Double) -> String) -> String {
    var levels = [ends.from.value]
    for step in steps { levels.append((levels.last ?? 0) + step.change) }
    let (least, most) = ((levels + [ends.to.value]).min() ?? 0, (levels + [ends.to.value]).max() ?? 1)
    // The axis does not start at zero: the steps would not be seen. The ends are marks, not bars.
    let margin = max((most - least) * 0.08, 1e-9)
    let axis = Axis([least - margin, most + margin], from: left, to: right)
    let row = 24.0
    let height = row * Double(steps.count + 2) + 30
    var svg = "<svg class=\"wide\" viewBox=\"0 0 \(SVG.coordinate(width)) \(SVG.coordinate(height))\">"
    for number in axis.ticks {
      svg += SVG.line("grid", axis.place(number), 4, axis.place(number), height - 24)
      svg += SVG.text(value(number), "tick", axis.place(number), height - 8, anchor: "middle")
    }
    func end(_ label: String, _ amount: Double, _ y: Double) {
      svg += SVG.text(label, "ownlabel", 0, y + 4)
      svg += SVG.diamond("waterend", axis.place(amount), y, radius: 7)
      svg += SVG.text(value(amount), "ownlabel", axis.place(amount) + 12, y + 4)
    }
    end(ends.from.label, ends.from.value, row / 2 + 4)
    for (position, step) in steps.enumerated() {
      let y = row * (Double(position) + 1.5) + 4
      let (before, after) = (axis.place(levels[position]), axis.place(levels[position + 1]))
      svg += SVG.line("waterlink", before, y - row + 7, before, y + 7)
      svg += SVG.rectangle(
        step.change < 0 ? "waterdown" : "waterup", x: min(before, after), y: y - 8,
        width: max(abs(after - before), 1.5),
        height: 16)
      svg += SVG.text(step.label, "tick", 0, y + 4)
      svg += SVG.text(change(step.change), "label", max(before, after) + 7, y + 4)
    }
    end(ends.to.label, ends.to.value, row * (Double(steps.count) + 1.5) + 4)
    return svg + "</svg>"
  }
}
