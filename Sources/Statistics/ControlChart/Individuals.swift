/// Change over time (statistical process control).
public enum ControlChart {
  /// Why a point is not common cause.
  public struct Signal: OptionSet, Hashable, Sendable {
    /// The bits.
    public let rawValue: Int

    /// Signals from bits.
    public init(rawValue: Int) { self.rawValue = rawValue }

    /// Above the upper limit.
    public static let aboveUpper = Signal(rawValue: 1)
    /// Below the lower limit.
    public static let belowLower = Signal(rawValue: 2)
    /// In seven or more points in a row that rise.
    public static let rising = Signal(rawValue: 4)
    /// In seven or more points in a row that fall.
    public static let falling = Signal(rawValue: 8)
    /// In seven or more points in a row above the centre line.
    public static let shiftUp = Signal(rawValue: 16)
    /// In seven or more points in a row below the centre line.
    public static let shiftDown = Signal(rawValue: 32)
    /// Between two and three sigma, with another such point among three in a row on one side of the mean.
    public static let twoOfThree = Signal(rawValue: 64)
  }

  /// A chart of individual values with limits from moving ranges (XmR), by NHS England's *Making Data Count*.
  public struct Individuals: Equatable, Sendable {
    /// The mean.
    public var centre: Double
    /// The mean moving range, after screening when asked for.
    public var movingRange: Double
    /// mean ± 2.66 mean moving ranges.
    public var limits: Limits
    /// Two thirds of the way from the mean to the limits.
    public var warning: Limits
    /// The signals of every point; empty for common cause.
    public var signals: [Signal]

    /// Whether there are too few points (13) to trust the limits.
    public var isShort: Bool { signals.count < 13 }
  }

  /// 3 / d₂ for moving ranges of two, d₂ = 1.128 (Wheeler).
  static let limitFactor = 2.66
  /// D₄ for moving ranges of two: a range beyond this many mean ranges is screened out.
  static let screenFactor = 3.267

  /// Makes an XmR chart.
  ///
  /// - Parameter screened: drops moving ranges of at least 3.267 times their mean, once.
  /// - Throws: ``Undefined/tooFewObservations`` for fewer than two points.
  public static func individuals(_ values: [Double], screened: Bool = true) throws(Undefined) -> Individuals {
    guard values.count > 1 else { throw .tooFewObservations }
    let centre = Summary.mean(values)
    var ranges = zip(values.dropFirst(), values).map { abs($0 - $1) }
    if screened {
      let bound = screenFactor * Summary.mean(ranges)
      let kept = ranges.filter { $0 < bound }
      if !kept.isEmpty { ranges = kept }
    }
    let range = Summary.mean(ranges)
    func around(_ factor: Double) -> Limits {
      Limits(lower: centre - factor * range, upper: centre + factor * range)
    }
    let limits = around(limitFactor)
    let warning = around(limitFactor * 2 / 3)
    return Individuals(
      centre: centre, movingRange: range, limits: limits, warning: warning,
      signals: signals(values, centre: centre, limits: limits, warning: warning))
  }

  /// Runs on one side of a centre line and trends, of charts whose limits differ from point to point.
  public static func runSignals(_ values: [Double], centre: Double) -> [Signal] {
    let everything = Limits(lower: -.infinity, upper: .infinity)
    return signals(values, centre: centre, limits: everything, warning: everything)
  }

  static func signals(_ values: [Double], centre: Double, limits: Limits, warning: Limits) -> [Signal] {
    var result = [Signal](repeating: [], count: values.count)
    for (index, value) in values.enumerated() {
      if value > limits.upper { result[index].insert(.aboveUpper) }
      if value < limits.lower { result[index].insert(.belowLower) }
    }
    // A point on the centre line, or equal to the one before it, has sign 0 and ends a run.
    func sign(_ x: Double) -> Int { x > 0 ? 1 : (x < 0 ? -1 : 0) }
    mark(values.map { sign($0 - centre) }, atLeast: 7, lead: 0, up: .shiftUp, down: .shiftDown, in: &result)
    let steps = zip(values.dropFirst(), values).map { sign($0 - $1) }
    mark(steps, atLeast: 6, lead: 1, up: .rising, down: .falling, in: &result)
    // As NHSRplotthedots: of three points on one side of the mean, two in the zone between two and three sigma.
    let near = values.map { limits.contains($0) && !warning.contains($0) }
    for start in values.indices.dropLast(2) {
      let window = start..<(start + 3)
      let sides = window.map { sign(values[$0] - centre) }
      guard abs(sides.reduce(0, +)) == 3, window.count(where: { near[$0] }) >= 2 else { continue }
      for index in window where near[index] { result[index].insert(.twoOfThree) }
    }
    return result
  }

  /// Marks runs of equal, non-zero signs. Steps lie between points, so a run of steps covers `lead` points more.
  private static func mark(
    _ signs: [Int], atLeast: Int, lead: Int, up: Signal, down: Signal, in result: inout [Signal]
  ) {
    var start = 0
    while start < signs.count {
      var end = start
      while end < signs.count, signs[end] == signs[start] { end += 1 }
      if signs[start] != 0, end - start >= atLeast {
        for index in start..<(end + lead) { result[index].insert(signs[start] > 0 ? up : down) }
      }
      start = end
    }
  }
}
