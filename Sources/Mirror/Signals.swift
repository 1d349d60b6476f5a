import CoreDataset
import Definitions

/// How an own figure lies to the national one.
enum Comparison: Sendable {
  case higher, lower, perhapsHigher, perhapsLower, noDifference

  /// By the limits around the national figure where units are compared, else by the own intervals: beyond 99.8% is a
  /// difference, between 95% and 99.8% asks for attention (Spiegelhalter, *Funnel plots for comparing institutional
  /// performance*, Statistics in Medicine 24 (2005)). Nil without limits.
  init?(_ figure: MirrorFigure) {
    guard let nation = figure.nation?.value, figure.own.value != nil else { return nil }
    switch figure.own.funnelBand {
    case "low": self = .lower
    case "attention-low": self = .perhapsLower
    case "within": self = .noDifference
    case "attention-high": self = .perhapsHigher
    case "high": self = .higher
    default: self.init(figure.own, nation)
    }
  }

  private init?(_ own: ResultRow, _ nation: Double) {
    if let lower = own.lower998, nation < lower {
      self = .higher
    } else if let upper = own.upper998, nation > upper {
      self = .lower
    } else if let lower = own.lower95, nation < lower {
      self = .perhapsHigher
    } else if let upper = own.upper95, nation > upper {
      self = .perhapsLower
    } else if own.lower95 != nil {
      self = .noDifference
    } else {
      return nil
    }
  }

  /// Whether it is beyond the 99.8% interval.
  var isClear: Bool { self == .higher || self == .lower }
}

/// Something that a reader should see first.
struct Signal: Sendable {
  enum Kind: Sendable {
    /// The national figure lies outside the own 99.8% interval.
    case difference(nation: Double)
    /// A target is met or not.
    case target(Double, isMet: Bool)
    /// The largest change since the reference measurement, beyond the own 95% interval.
    case change(before: Double, change: Double, period: String)
  }

  let indicator: Indicator
  let figure: MirrorFigure
  let kind: Kind
}

extension Signal {
  /// Most signals in a report.
  static let most = 5
  /// Most of them about differences with the national figure, so that targets and change have a place.
  private static let mostDifferences = 3

  /// The signals of a report: differences by distance in own intervals, then targets, those not met first, then the
  /// largest change.
  static func signals(of report: MirrorReport) -> [Signal] {
    var differences: [(distance: Double, signal: Signal)] = []
    var missed: [Signal] = []
    var met: [Signal] = []
    var largest: (distance: Double, signal: Signal)?
    for part in report.indicators {
      guard let figure = part.current, let value = figure.own.value, figure.own.status != .blocked else { continue }
      func signal(_ kind: Kind) -> Signal { Signal(indicator: part.indicator, figure: figure, kind: kind) }
      if Comparison(figure)?.isClear == true, let nation = figure.nation?.value {
        differences.append((distance(value, nation, figure.own), signal(.difference(nation: nation))))
      }
      if let target = figure.own.target, let status = figure.own.targetStatus {
        if status == "met" {
          met.append(signal(.target(target, isMet: true)))
        } else {
          missed.append(signal(.target(target, isMet: false)))
        }
      }
      if let before = figure.own.baselineValue, let change = figure.own.change, let period = report.pipeline.baseline,
        period != figure.own.period, let lower = figure.own.lower95, let upper = figure.own.upper95,
        before < lower || before > upper
      {
        let size = distance(value, before, figure.own)
        if size > largest?.distance ?? 0 {
          largest = (size, signal(.change(before: before, change: change, period: period)))
        }
      }
    }
    // Stable: equal distances stay in order of the pipeline.
    let sorted = differences.enumerated().sorted { ($1.element.distance, $0.offset) < ($0.element.distance, $1.offset) }
    let change = largest.map { [$0.signal] } ?? []
    let targets = missed + met
    let differenceCount = max(mostDifferences, most - targets.count - change.count)
    let first = sorted.prefix(differenceCount).map(\.element.signal)
    return first + targets.prefix(most - first.count - change.count) + change
  }

  /// Distance in widths of the own 95% interval.
  private static func distance(_ a: Double, _ b: Double, _ own: ResultRow) -> Double {
    guard let lower = own.lower95, let upper = own.upper95, upper > lower else { return 0 }
    return abs(a - b) / (upper - lower)
  }
}
