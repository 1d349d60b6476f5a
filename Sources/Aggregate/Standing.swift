import Definitions
import Statistics

/// What a figure would be if its unit were like the nation, and how far chance takes it from that.
struct Standing: Sendable {
  /// The national figure.
  let target: Double
  let chance: Chance

  /// The distribution of the figure around the target.
  enum Chance: Sendable {
    /// A share of so many observations.
    case share(of: Double)
    /// A rate or ratio, with so many events expected at the target.
    case events(expected: Double)
    /// A mean with this standard error.
    case mean(error: Double)
  }

  /// The standard error of the figure at the target; nil where the figure cannot vary.
  var error: Double? {
    let error: Double =
      switch chance {
      case .share(let n): n > 0 ? (target * (1 - target) / n).squareRoot() : 0
      case .events(let expected): expected > 0 ? target / expected.squareRoot() : 0
      case .mean(let error): error
      }
    return error > 0 && error.isFinite ? error : nil
  }

  /// Limits around the target, by the convention that is wanted; for means always normal.
  func limits(_ level: Level, _ convention: ComparisonSpec.Limits) -> Limits? {
    let method: Funnel.Method =
      switch convention {
      case .exact: .exact
      case .normal: .normal
      case .funnelPlotR: .chiSquared
      // Figures without limits have no standing.
      case .none: .normal
      }
    return switch chance {
    case .share(let n): Funnel.proportion(target: target, n: n, level, method: method)
    case .events(let expected): Funnel.ratio(target: target, expected: expected, level, method: method)
    case .mean(let error):
      Limits(lower: target - level.z * error, upper: target + level.z * error)
    }
  }

  /// Limits kept where figures can be: shares from 0 to 1, rates from 0.
  func inRange(_ limits: Limits) -> Limits {
    switch chance {
    case .share: limits.clamped(to: 0...1)
    case .events: Limits(lower: max(0, limits.lower), upper: limits.upper)
    case .mean: limits
    }
  }
}

extension CellView {
  /// A mean of x: with the deviation of the nation over √n.
  var standingOfMean: Standing? {
    guard let target = national.meanX, let deviation = national.deviationX, cell.count > 0 else { return nil }
    return Standing(target: target, chance: .mean(error: deviation / Double(cell.count).squareRoot()))
  }

  /// A share with the first property.
  var standingOfShare: Standing? {
    guard national.count > 0, cell.count > 0 else { return nil }
    return Standing(
      target: Double(national.first) / Double(national.count), chance: .share(of: Double(cell.count)))
  }

  /// A rate of y over x, times a factor.
  func standingOfRate(_ factor: Double) -> Standing? {
    guard national.x > 0, cell.x > 0 else { return nil }
    let rate = Double(national.y) / Double(national.x)
    return Standing(target: rate * factor, chance: .events(expected: rate * Double(cell.x)))
  }

  /// A ratio of sums over persons, times a factor: with the spread of y − R·x over persons of the nation.
  ///
  /// - Parameter denominators: the cell that holds x, where it is not the cell of the figure.
  func standingOfRatio(_ factor: Double, denominators: KeyPath<CellView, Cell> = \.cell) -> Standing? {
    let own = self[keyPath: denominators]
    let nationView = CellView(
      cells: nation, nation: nation, overall: overall, stratum: stratum, unit: 0, period: period, axis: axis)
    let all = nationView[keyPath: denominators]
    let part = nationView.cell
    guard all.x > 0, own.x > 0, all.count > 1 else { return nil }
    let ratio = Double(part.y) / Double(all.x)
    let squares = Double(part.yy) - 2 * ratio * Double(part.xy) + ratio * ratio * Double(all.xx)
    let variance = max(0, squares) / Double(all.count - 1)
    let error = (variance * Double(own.count)).squareRoot() / Double(own.x)
    return Standing(target: ratio * factor, chance: .mean(error: error * factor))
  }
}
