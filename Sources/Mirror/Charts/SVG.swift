/// A picture in the making: its elements as UTF-8. Texts are escaped here.
///
/// Pages hold hundreds of pictures, so elements are few and short: lines of one kind are one path, in steps from corner to
/// corner, and texts of one kind stand in a group.
struct SVG: Sendable, Equatable {
  let width: Double
  let height: Double
  /// The elements, without the `svg` around them.
  private(set) var body: [UInt8] = []

  init(width: Double, height: Double) {
    self.width = width
    self.height = height
  }

  /// Opens the element: more attributes and the end of the tag are the caller's.
  func open(_ page: inout [UInt8]) {
    page.write("<svg viewBox=\"0 0 ")
    page.writeTenths(Self.tenths(width))
    page.append(UInt8(ascii: " "))
    page.writeTenths(Self.tenths(height))
    page.append(UInt8(ascii: "\""))
  }

  // MARK: - Lines

  /// A path of one kind, whose corners `draw` sets. Browsers show the title when the pointer is on it.
  mutating func path(_ kind: String, title: String = "", _ draw: (inout Path) -> Void) {
    var path = Path()
    draw(&path)
    if path.bytes.isEmpty { return }
    element("path", kind)
    body.write(" d=\"")
    body += path.bytes
    if title.isEmpty { return body.write("\"/>") }
    body.write("\"><title>")
    body.writeEscaped(title)
    body.write("</title></path>")
  }

  mutating func line(_ kind: String, _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double) {
    path(kind) { path in
      path.move(x1, y1)
      path.line(x2, y2)
    }
  }

  mutating func polyline(_ kind: String, _ points: [(x: Double, y: Double)]) {
    path(kind) { $0.corners(points) }
  }

  mutating func polygon(_ kind: String, _ points: [(x: Double, y: Double)]) {
    path(kind) { path in
      path.corners(points)
      path.close()
    }
  }

  /// Many dots as one path: strokes without length and with round ends.
  mutating func dots(_ kind: String, _ points: [(x: Double, y: Double)]) {
    // Of hundreds none is told from its neighbour by less than one unit.
    let isCrowd = points.count > 60
    path(kind) { path in
      for point in points {
        path.move(isCrowd ? point.x.rounded() : point.x, isCrowd ? point.y.rounded() : point.y)
        path.dot()
      }
    }
  }

  mutating func diamond(_ kind: String, _ x: Double, _ y: Double, radius: Double) {
    polygon(kind, [(x - radius, y), (x, y - radius), (x + radius, y), (x, y + radius)])
  }

  // MARK: - Shapes

  mutating func rectangle(_ kind: String, x: Double, y: Double, width: Double, height: Double) {
    element("rect", kind)
    for (name, number) in [("x", x), ("y", y), ("width", max(width, 0)), ("height", height)] {
      attribute(name, number)
    }
    body.write("/>")
  }

  /// A dot; without a kind it is that of its group.
  mutating func dot(_ kind: String, _ x: Double, _ y: Double, radius: Double) {
    element("circle", kind)
    for (name, number) in [("cx", x), ("cy", y), ("r", radius)] { attribute(name, number) }
    body.write("/>")
  }

  /// Opens a group of a kind, in which elements have none of their own.
  mutating func group(_ kind: String, anchor: String = "start", _ draw: (inout SVG) -> Void) {
    element("g", kind)
    anchorAttribute(anchor)
    body.append(UInt8(ascii: ">"))
    draw(&self)
    body.write("</g>")
  }

  // MARK: - Texts

  /// A text; `anchor` is `start`, `middle` or `end`.
  mutating func text(_ text: String, _ kind: String, _ x: Double, _ y: Double, anchor: String = "start") {
    element("text", kind)
    attribute("x", x)
    attribute("y", y)
    anchorAttribute(anchor)
    body.append(UInt8(ascii: ">"))
    body.writeEscaped(text)
    body.write("</text>")
  }

  /// A text in a group, of its kind.
  mutating func text(_ text: String, _ x: Double, _ y: Double) { self.text(text, "", x, y) }

  /// About how wide a text is at the size of the charts.
  static func width(of text: String) -> Double { Double(text.count) * 5.9 }

  /// A place for the middle of a text, moved so that the text stays within a stretch.
  static func middle(of text: String, around x: Double, within stretch: ClosedRange<Double>) -> Double {
    let half = width(of: text) / 2
    return max(stretch.lowerBound + half, min(x, stretch.upperBound - half))
  }

  /// A text around a place, moved so that it stays within a stretch.
  mutating func text(
    _ text: String, _ kind: String, around x: Double, _ y: Double, within stretch: ClosedRange<Double>
  ) {
    self.text(text, kind, Self.middle(of: text, around: x, within: stretch), y, anchor: "middle")
  }

  /// Lines across the picture with their numbers before them.
  mutating func grid(_ axis: Axis, from left: Double, to right: Double, _ label: (Double) -> String) {
    path("grid") { path in
      for number in axis.ticks {
        path.move(left, axis.place(number))
        path.line(right, axis.place(number))
      }
    }
    group("tick", anchor: "end") { svg in
      for number in axis.ticks { svg.text(label(number), left - 5, axis.place(number) + 4) }
    }
  }

  /// Numbers below an axis.
  mutating func numbers(
    _ axis: Axis, _ y: Double, within stretch: ClosedRange<Double>, _ label: (Double) -> String
  ) {
    group("tick", anchor: "middle") { svg in
      for number in axis.ticks {
        let text = label(number)
        svg.text(text, Self.middle(of: text, around: axis.place(number), within: stretch), y)
      }
    }
  }

  /// How much room the numbers of an axis take.
  static func room(_ axis: Axis, _ label: (Double) -> String) -> Double {
    axis.ticks.map { width(of: label($0)) }.max() ?? 0
  }

  // MARK: - Bytes

  private mutating func element(_ name: String, _ kind: String) {
    body.append(UInt8(ascii: "<"))
    body.write(name)
    if kind.isEmpty { return }
    body.write(" class=\"")
    body.write(kind)
    body.append(UInt8(ascii: "\""))
  }

  private mutating func attribute(_ name: String, _ number: Double) {
    body.append(UInt8(ascii: " "))
    body.write(name)
    body.write("=\"")
    body.writeTenths(Self.tenths(number))
    body.append(UInt8(ascii: "\""))
  }

  private mutating func anchorAttribute(_ anchor: String) {
    if anchor == "start" { return }
    body.write(" text-anchor=\"")
    body.write(anchor)
    body.append(UInt8(ascii: "\""))
  }

  /// A coordinate in tenths: no picture needs more.
  static func tenths(_ number: Double) -> Int {
    guard number.isFinite, abs(number) < 1e9 else { return 0 }
    return Int((number * 10).rounded())
  }

  /// The data of a path: the first corner by its place, the others by their distance from the last one. Tenths are counted
  /// as whole numbers, so that roundings do not add up.
  struct Path {
    fileprivate var bytes: [UInt8] = []
    private var at = (x: 0, y: 0)
    private var start = (x: 0, y: 0)

    mutating func move(_ x: Double, _ y: Double) {
      step(bytes.isEmpty ? "M" : "m", x, y)
      start = at
    }
    mutating func line(_ x: Double, _ y: Double) { step("l", x, y) }
    mutating func dot() { bytes.write("h0") }
    mutating func close() {
      bytes.append(UInt8(ascii: "Z"))
      at = start
    }

    mutating func corners(_ points: [(x: Double, y: Double)]) {
      for (position, point) in points.enumerated() {
        if position == 0 { move(point.x, point.y) } else { line(point.x, point.y) }
      }
    }

    private mutating func step(_ command: String, _ x: Double, _ y: Double) {
      let (newX, newY) = (SVG.tenths(x), SVG.tenths(y))
      let (stepX, stepY) = (newX - at.x, newY - at.y)
      at = (newX, newY)
      if command == "l", stepX == 0 || stepY == 0 {
        bytes.append(stepX == 0 ? UInt8(ascii: "v") : UInt8(ascii: "h"))
        bytes.writeTenths(stepX == 0 ? stepY : stepX)
        return
      }
      bytes.write(command)
      bytes.writeTenths(stepX)
      if stepY >= 0 { bytes.append(UInt8(ascii: " ")) }
      bytes.writeTenths(stepY)
    }
  }
}

extension [UInt8] {
  /// Appends a whole number.
  mutating func writeInteger(_ number: Int) {
    if number < 0 { append(UInt8(ascii: "-")) }
    var divisor = UInt(1)
    let size = number.magnitude
    while size / divisor > 9 { divisor *= 10 }
    while divisor > 0 {
      append(UInt8(ascii: "0") + UInt8(size / divisor % 10))
      divisor /= 10
    }
  }

  /// Appends a number of tenths in its shortest form, such as `12`, `.5` or `-3.4`.
  mutating func writeTenths(_ tenths: Int) {
    if tenths % 10 == 0 { return writeInteger(tenths / 10) }
    if tenths < 0 { append(UInt8(ascii: "-")) }
    let size = tenths.magnitude
    if size > 9 { writeInteger(Int(size / 10)) }
    append(UInt8(ascii: "."))
    append(UInt8(ascii: "0") + UInt8(size % 10))
  }
}
