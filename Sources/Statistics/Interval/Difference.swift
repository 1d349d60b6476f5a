import Glibc

extension Interval {
  /// Limits of a difference of two independent figures from the limits of each, at the same level: the method of variance
  /// estimates recovery (Zou & Donner 2008, Statistics in Medicine 27:1693). For proportions with Wilson's limits it is
  /// Newcombe's hybrid score interval (1998). Where the figures share persons whose values go together, the limits are too
  /// wide rather than too narrow.
  ///
  /// - Returns: `nil` when limits do not enclose their figure.
  public static func difference(
    _ first: Double, _ firstLimits: Limits, minus second: Double, _ secondLimits: Limits
  ) -> Limits? {
    guard firstLimits.lower <= first, first <= firstLimits.upper, secondLimits.lower <= second,
      second <= secondLimits.upper
    else { return nil }
    func both(_ a: Double, _ b: Double) -> Double { (a * a + b * b).squareRoot() }
    let difference = first - second
    return Limits(
      lower: difference - both(first - firstLimits.lower, secondLimits.upper - second),
      upper: difference + both(firstLimits.upper - first, second - secondLimits.lower))
  }

  /// Limits of a ratio of two independent figures above 0: the same method on their logarithms.
  ///
  /// - Returns: `nil` when a figure or a limit is not above 0.
  public static func ratio(
    _ first: Double, _ firstLimits: Limits, over second: Double, _ secondLimits: Limits
  ) -> Limits? {
    guard first > 0, second > 0, firstLimits.lower > 0, secondLimits.lower > 0 else { return nil }
    func logs(_ limits: Limits) -> Limits { Limits(lower: log(limits.lower), upper: log(limits.upper)) }
    return difference(log(first), logs(firstLimits), minus: log(second), logs(secondLimits)).map {
      Limits(lower: exp($0.lower), upper: exp($0.upper))
    }
  }

  /// Limits of (a − b) − (c − d) for four independent figures, each with its limits.
  public static func differenceOfDifferences(_ figures: [(value: Double, limits: Limits)]) -> Limits? {
    guard figures.count == 4,
      let own = difference(figures[0].value, figures[0].limits, minus: figures[1].value, figures[1].limits),
      let other = difference(figures[2].value, figures[2].limits, minus: figures[3].value, figures[3].limits)
    else { return nil }
    return difference(figures[0].value - figures[1].value, own, minus: figures[2].value - figures[3].value, other)
  }
}
