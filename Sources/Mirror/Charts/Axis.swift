/// An axis with round numbers.
struct Axis: Sendable {
  /// First and last number.
  let range: ClosedRange<Double>
  /// Round numbers within the range.
  let ticks: [Double]
  /// Decimals that the round numbers need.
  let decimals: Int
  /// Place on the page of the first and the last number.
  let span: (start: Double, end: Double)

  /// An axis that holds all values with some room. With equal values there is room on both sides; a range of values that
  /// are not negative does not go below zero.
  init(_ values: [Double], from start: Double, to end: Double, atMost tickCount: Int = 5) {
    let values = values.filter { abs($0) < 1e12 }
    let least = values.min() ?? 0
    let most = values.max() ?? 1
    let size = most > least ? most - least : max(abs(most) * 0.2, 1)
    var low = least - size * 0.1
    if least >= 0 { low = max(0, low) }
    let high = most + size * 0.1
    var step = 1.0
    var decimals = 0
    // Powers of ten without libm, so that the bytes are the same everywhere.
    while step > (high - low) / Double(tickCount) {
      step /= 10
      decimals += 1
    }
    while step * 10 <= (high - low) / Double(tickCount) {
      step *= 10
      decimals -= 1
    }
    for factor in [1.0, 2, 5, 10] where (high - low) / (step * factor) <= Double(tickCount) {
      step *= factor
      if factor == 10 { decimals -= 1 }
      break
    }
    var ticks: [Double] = []
    var number = (low / step).rounded(.up)
    while number * step <= high + step * 1e-9 {
      ticks.append(number * step)
      number += 1
    }
    self.range = low...high
    self.ticks = ticks
    self.decimals = max(0, decimals)
    span = (start, end)
  }

  /// Place of a number.
  func place(_ number: Double) -> Double {
    let part = (number - range.lowerBound) / (range.upperBound - range.lowerBound)
    return span.start + part * (span.end - span.start)
  }
}
