import Glibc

/// Over-dispersion of units around a target: variation beyond chance that is no one's signal.
///
/// Spiegelhalter (2005, Quality & Safety in Health Care 14:347; Statistics in Medicine 24:1185). Centred on the target,
/// unlike DerSimonian and Laird's estimate in a meta-analysis, which is centred on the weighted mean.
public struct Overdispersion: Equatable, Sendable {
  /// What is done with the outer z scores before they are squared.
  public enum Trimming: Equatable, Sendable {
    /// Scores outside the quantiles at this share in each tail (R type 7) are set to the quantile.
    case winsorise(Double)
    /// Scores whose rank falls in the outer group at either end are left out, the groups being ⌊rank/(share·(I + 1))⌋,
    /// as FunnelPlotR does for log ratios. Leaves out none of few units.
    case truncate(Double)
    /// Nothing.
    case none
  }

  /// How the extra variation widens limits.
  public enum Model: Sendable {
    /// s is multiplied by √φ.
    case multiplicative
    /// τ² is added to s².
    case additive
  }

  /// The z score of every unit, before trimming.
  public var scores: [Double]
  /// How many scores were used.
  public var count: Int
  /// Mean z² of all scores before trimming.
  public var rawPhi: Double
  /// Mean z² after trimming.
  public var phi: Double
  /// The variance between units, on the scale of the figures; 0 when there is no over-dispersion.
  public var tauSquared: Double
  /// P(χ² > Iφ) with I − 1 degrees of freedom; `nil` for fewer than two scores.
  public var p: Double?

  /// With fewer units than this, limits without adjustment are drawn, and the report says so.
  public static let minimumUnits = 10
  /// Whether there are enough units to trust φ and τ².
  public var isTrusted: Bool { count >= Self.minimumUnits }
  /// Whether Iφ exceeds I − 1, its expectation.
  public var isPresent: Bool { phi * Double(count) > Double(count - 1) }

  /// Estimates over-dispersion.
  ///
  /// - Parameters:
  ///   - values: the figure of each unit, transformed or not.
  ///   - errors: its standard error under the target, above 0.
  /// - Throws: ``Undefined/noObservations`` when no score is left.
  public init(
    values: [Double], errors: [Double], target: Double, trimming: Trimming = .winsorise(0.1)
  ) throws(Undefined) {
    guard values.count == errors.count, errors.allSatisfy({ $0 > 0 && $0.isFinite }),
      values.allSatisfy(\.isFinite)
    else { throw .invalidInput }
    guard !values.isEmpty else { throw .noObservations }
    let scores = zip(values, errors).map { ($0 - target) / $1 }
    let sorted = scores.sorted()
    var used = scores
    var weights = errors.map { 1 / ($0 * $0) }
    switch trimming {
    case .none: break
    case .winsorise(let share):
      guard share >= 0, share < 0.5, let low = quantile(sorted, share), let high = quantile(sorted, 1 - share) else {
        throw .invalidInput
      }
      used = scores.map { min(max($0, low), high) }
    case .truncate(let share):
      guard share > 0, share < 0.5 else { throw .invalidInput }
      let kept = Self.insideRanks(scores, sorted, share)
      used = kept.map { scores[$0] }
      weights = kept.map { weights[$0] }
    }
    guard !used.isEmpty else { throw .noObservations }
    func meanSquare(_ list: [Double]) -> Double { list.reduce(0) { $0 + $1 * $1 } / Double(list.count) }
    let count = Double(used.count)
    let sum = weights.reduce(0, +)
    let divisor = sum - weights.reduce(0) { $0 + $1 * $1 } / sum
    self.scores = scores
    self.count = used.count
    rawPhi = meanSquare(scores)
    phi = meanSquare(used)
    tauSquared = divisor > 0 ? max(0, (count * phi - (count - 1)) / divisor) : 0
    p = used.count > 1 ? Distribution.chiSquaredUpper(count * phi, df: count - 1) : nil
  }

  /// Indices of scores that are in neither outer rank group; equal scores share their mean rank.
  private static func insideRanks(_ scores: [Double], _ sorted: [Double], _ share: Double) -> [Int] {
    let groups = 1 / share
    return scores.indices.filter { index in
      let below = sorted.lazy.filter { $0 < scores[index] }.count
      let equal = sorted.lazy.filter { $0 == scores[index] }.count
      let rank = Double(below) + Double(equal + 1) / 2
      let group = (rank * groups / Double(sorted.count + 1)).rounded(.down)
      return group > 0 && group < groups - 1
    }
  }

  /// The widened standard error of a unit with standard error `error`.
  public func widened(_ error: Double, _ model: Model) -> Double {
    switch model {
    case .multiplicative: isPresent ? error * max(1, phi).squareRoot() : error
    case .additive: (error * error + tauSquared).squareRoot()
    }
  }

  /// Limits around the target for a unit with standard error `error`, on the scale of the figures.
  public func limits(target: Double, error: Double, _ level: Level, _ model: Model) -> Limits {
    let half = level.z * widened(error, model)
    return Limits(lower: target - half, upper: target + half)
  }
}

extension Funnel {
  /// Scales on which figures are compared with less skewness than as they are.
  public enum Scale: Sendable {
    /// The logarithm of O/E, with s = 1/√E (SHMI).
    case logRatio
    /// The square root of O/E, with s = 1/(2√E) (CQC).
    case rootRatio
    /// The arcsine of the root of a proportion, with s = 1/(2√n).
    case arcsineProportion

    /// A figure on this scale.
    public func forward(_ value: Double) -> Double {
      switch self {
      case .logRatio: log(value)
      case .rootRatio: value.squareRoot()
      case .arcsineProportion: asin(value.squareRoot())
      }
    }

    /// A point of this scale as a figure.
    public func back(_ point: Double) -> Double {
      if self == .logRatio { return exp(point) }
      let root = self == .rootRatio ? max(0, point) : sin(min(max(point, 0), Double.pi / 2))
      return root * root
    }

    /// The standard error on this scale for a denominator (n or E) above 0.
    public func error(_ denominator: Double) -> Double {
      switch self {
      case .logRatio: 1 / denominator.squareRoot()
      case .rootRatio, .arcsineProportion: 1 / (2 * denominator.squareRoot())
      }
    }
  }
}
