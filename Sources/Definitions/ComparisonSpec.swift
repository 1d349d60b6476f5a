/// How units of a layout are compared on an indicator: where limits come from, and what is said of order.
public struct ComparisonSpec: Sendable, Equatable {
  /// How the limits of the funnel are found.
  public enum Limits: String, Sendable, CaseIterable {
    /// Exact quantiles of the binomial or Poisson distribution, interpolated; for shares and rates.
    case exact
    /// The normal approximation; for means the only one.
    case normal
    /// χ² limits around an observed number equal to the expected one, as the R package FunnelPlotR draws them; for rates.
    /// Wider than exact ones.
    case funnelPlotR = "funnelplotr"
    /// No limits: how far chance takes totals of groups cannot be told; for these the only one.
    case none
  }
  /// What is done about variation between units beyond chance.
  public enum OverDispersion: String, Sendable, CaseIterable {
    /// Nothing.
    case none
    /// A variance between units is added to that of chance.
    case additive
    /// The standard error is multiplied.
    case multiplicative
  }

  /// How the limits are found.
  public let limits: Limits
  /// Whether limits are widened where units differ more than chance allows.
  public let overDispersion: OverDispersion
  /// Fewest persons with which a unit is compared; nil: the usual 10.
  public let minimumPersons: Threshold?
  /// Rankability below which no order is shown; nil: the usual 0.5.
  public let minimumRankability: Threshold?

  /// A comparison.
  public init(
    limits: Limits, overDispersion: OverDispersion = .none, minimumPersons: Threshold? = nil,
    minimumRankability: Threshold? = nil
  ) {
    self.limits = limits
    self.overDispersion = overDispersion
    self.minimumPersons = minimumPersons
    self.minimumRankability = minimumRankability
  }
}

/// The figures of the nation that a supplied model was made with, where those who were left out of a delivery are in them.
public struct NationalReference: Sendable, Equatable {
  /// Mean gain.
  public let gain: Threshold
  /// Mean of observed minus predicted.
  public let residual: Threshold
  /// Standard deviation of observed minus predicted.
  public let standardDeviation: Threshold

  /// A reference.
  public init(gain: Threshold, residual: Threshold, standardDeviation: Threshold) {
    self.gain = gain
    self.residual = residual
    self.standardDeviation = standardDeviation
  }
}

extension MeasureKind {
  /// What chance does to a figure.
  public enum Chance: Sendable {
    /// A share of observations: binomial.
    case share
    /// Events over person-time, or observed over expected: Poisson.
    case events
    /// A mean or a ratio of sums: normal.
    case mean
  }

  /// What chance does to figures of the measure; nil for those that are not compared with limits.
  public var chance: Chance? {
    switch self {
    case .scoreShare, .reliableChange, .noRoom, .responseRate, .topBox, .bottomBox, .readmission, .waitingTime: .share
    case .eventRate, .modelledShare, .stayRate, .emergencyRate, .avoidableAdmissions: .events
    case .scoreLevel, .scoreChange, .adjustedGain, .modelledGain, .itemMean, .netPromoterScore, .costPerPersonYear,
      .costShare, .distinctPerPerson, .activityShare, .healthGainPerCost, .bedDays:
      .mean
    default: nil
    }
  }
}

extension MeasureKind {
  /// Whether the figure is the plain mean of one number per observation.
  public var isMeanOfScores: Bool {
    switch self {
    case .scoreLevel, .scoreChange, .itemMean: true
    default: false
    }
  }

  /// Whether figures have a zero below which they cannot go, so that one over another means something.
  public var isQuantity: Bool {
    switch self {
    case .costPerPersonYear, .costShare, .distinctPerPerson, .activityShare, .bedDays, .groupCostRatio,
      .groupCostPerPersonYear,
      .groupCostShare:
      true
    default: chance == .share || chance == .events
    }
  }
}

extension PipelineDecoder {
  /// `comparison` of an indicator.
  func decodeComparison(_ fields: Fields, _ measure: MeasureKind) -> ComparisonSpec? {
    let limitsPlace = fields.optional("limits")
    let limits = limitsPlace?.choice(ComparisonSpec.Limits.self)
    let overPlace = fields.optional("over-dispersion")
    let overDispersion = overPlace?.choice(ComparisonSpec.OverDispersion.self)
    let minimumPlace = fields.optional("minimum-persons")
    let minimum = minimumPlace?.threshold(1...Double.infinity)
    if let minimum, minimum.value != minimum.value.rounded() {
      minimumPlace?.complain("the fewest persons is a whole number")
    }
    let rankability = fields.optional("minimum-rankability")?.threshold(0...1)
    if measure.parameters.needs == .groupTotals {
      for (place, isThere) in [(limitsPlace, limits != ComparisonSpec.Limits.none), (overPlace, true)] where isThere {
        place?.complain("totals of groups are compared without limits; leave the key out")
      }
      return ComparisonSpec(limits: .none, minimumPersons: minimum)
    }
    if limits == ComparisonSpec.Limits.none {
      limitsPlace?.complain("only totals of groups are compared without limits")
    }
    guard let chance = measure.chance else {
      fields.place.complain("figures of measure \(measure.rawValue) are not compared with limits; leave the key out")
      return nil
    }
    if chance != .events, limits == .funnelPlotR {
      limitsPlace?.complain("limits of FunnelPlotR are for rates of events; measure \(measure.rawValue) takes others")
    }
    if chance == .mean, limits == .exact {
      limitsPlace?.complain("exact limits are for shares and rates; measure \(measure.rawValue) takes normal ones")
    }
    return ComparisonSpec(
      limits: limits ?? (chance == .mean ? .normal : .exact), overDispersion: overDispersion ?? .none,
      minimumPersons: minimum, minimumRankability: rankability)
  }
}

extension ParameterDecoder {
  /// `reference` of a measure with supplied predictions.
  static func reference(_ fields: Fields) -> NationalReference? {
    let gain = fields.required("gain")?.threshold()
    let residual = fields.required("residual")?.threshold()
    let deviation = fields.required("standard-deviation")?.threshold(Double.leastNonzeroMagnitude...Double.infinity)
    guard let gain, let residual, let deviation else { return nil }
    return NationalReference(gain: gain, residual: residual, standardDeviation: deviation)
  }
}
