import CoreDataset

/// Terms of an agreement on shared savings, on an indicator of cost (42 CFR 425.601–.610; Hayen et al. 2015, BMC Health
/// Services Research 15:580).
public struct SavingsSpec: Sendable, Equatable {
  /// A period of the benchmark.
  public struct BasePeriod: Sendable, Equatable {
    /// Period id.
    public let period: String
    /// Its share in the benchmark.
    public let weight: Double

    /// A period.
    public init(period: String, weight: Double) {
      self.period = period
      self.weight = weight
    }
  }
  /// What an indicator must reach before a saving is paid.
  public struct Goal: Sendable, Equatable {
    /// Indicator id.
    public let indicator: String
    /// Lowest figure; nil without.
    public let atLeast: Threshold?
    /// Highest figure; nil without.
    public let atMost: Threshold?

    /// A goal.
    public init(indicator: String, atLeast: Threshold? = nil, atMost: Threshold? = nil) {
      self.indicator = indicator
      self.atLeast = atLeast
      self.atMost = atMost
    }
  }
  /// How the share in a saving depends on health gain: nothing of it at one figure, all at another, in between in proportion.
  public struct HealthGain: Sendable, Equatable {
    /// Indicator id.
    public let indicator: String
    /// The figure at which nothing is earned.
    public let none: Threshold
    /// The figure at which all is earned.
    public let full: Threshold

    /// A scale.
    public init(indicator: String, none: Threshold, full: Threshold) {
      self.indicator = indicator
      self.none = none
      self.full = full
    }
  }

  /// The periods of the benchmark, in order of time.
  public var base: [BasePeriod]
  /// The population over the whole nation whose cost says how prices, and ages and sexes, go; nil: that of the indicator.
  public var reference: String?
  /// First ages of the bands in which cost is expected, by sex; empty: ages and sexes do not count.
  public var ageBands: [Int] = []
  /// The highest growth of expected cost by age and sex that raises the benchmark, such as 1.03; nil: any.
  public var riskCap: Threshold?
  /// The smallest saving that counts, as a share of the benchmark; nil: what chance alone makes once in ten times.
  public var minimumRate: Threshold?
  /// The share in a saving.
  public var sharingRate: Threshold
  /// The highest payment, as a share of the benchmark.
  public var paymentCap: Threshold
  /// The highest repayment of a loss, as a share of the benchmark; nil: losses are not shared.
  public var lossCap: Threshold?
  /// Goals that must all be met.
  public var goals: [Goal]
  /// The dependence on health gain; nil without.
  public var healthGain: HealthGain?

  /// Terms.
  public init(
    base: [BasePeriod], sharingRate: Threshold, paymentCap: Threshold, goals: [Goal]
  ) {
    self.base = base
    self.sharingRate = sharingRate
    self.paymentCap = paymentCap
    self.goals = goals
  }

  /// The indicators that decide whether and how much is paid.
  public var outcomes: [String] { goals.map(\.indicator) + (healthGain.map { [$0.indicator] } ?? []) }
}

/// Where agreements name indicators, to be checked when all of these are known.
final class OutcomePlaces {
  var places: [(place: Value, indicator: String)] = []
}

extension PipelineDecoder {
  /// `shared-savings` of an indicator.
  func decodeSavings(_ place: Value, _ measure: MeasureKind?) -> SavingsSpec? {
    if let measure, measure != .costPerPersonYear {
      place.complain("shared savings need the costs of measure cost-per-person-year")
    }
    return place.fields { fields in
      let base = fields.required("base").flatMap { decodeBase($0) }
      let referencePlace = fields.optional("reference")
      let reference = referencePlace?.text()
      if let reference, !declared.populationIds.contains(reference) {
        referencePlace?.complain(Wording.dangling("population", reference, known: declared.populationIds))
      }
      let bandsPlace = fields.optional("age-bands")
      let bands = bandsPlace?.list()?.compactMap { $0.whole(0...130) } ?? []
      if bandsPlace != nil, bands.first != 0 || zip(bands, bands.dropFirst()).contains(where: { $0 >= $1 }) {
        bandsPlace?.complain(
          "\"age-bands\" are the first ages of age bands from 0 on, in ascending order, for example [0, 50, 65]")
      }
      let riskCap = fields.optional("risk-cap")?.threshold(1...10)
      let minimumRate = fields.optional("minimum-rate")?.threshold(0...1)
      let sharingRate = fields.required("sharing-rate")?.threshold(0...1)
      let paymentCap = fields.required("payment-cap")?.threshold(0...1)
      let lossCap = fields.optional("loss-cap")?.threshold(0...1)
      let goals = fields.required("goals")?.list()?.compactMap { $0.fields { decodeGoal($0) } }
      let healthGain = fields.optional("health-gain")?.fields { decodeHealthGain($0) }
      guard let base, let sharingRate, let paymentCap, let goals else { return nil }
      var spec = SavingsSpec(base: base, sharingRate: sharingRate, paymentCap: paymentCap, goals: goals)
      spec.reference = reference
      spec.ageBands = bands
      spec.riskCap = riskCap
      spec.minimumRate = minimumRate
      spec.lossCap = lossCap
      spec.healthGain = healthGain
      return spec
    }
  }

  private func decodeBase(_ place: Value) -> [SavingsSpec.BasePeriod]? {
    let base = place.list()?.compactMap { entry -> SavingsSpec.BasePeriod? in
      entry.fields { fields in
        let periodPlace = fields.required("period")
        let period = periodPlace?.text()
        let weight = fields.required("weight")?.number()
        if let period, declared.arePeriodsKnown, !declared.periodIds.contains(period) {
          periodPlace?.complain(Wording.dangling("period", period, known: declared.periodIds))
        }
        guard let period, let weight else { return nil }
        return SavingsSpec.BasePeriod(period: period, weight: weight)
      }
    }
    guard let base else { return nil }
    let positions = base.compactMap { one in declared.periodIds.firstIndex(of: one.period) }
    if zip(positions, positions.dropFirst()).contains(where: { $0 >= $1 }) {
      place.complain("base periods stand in order of time, each once")
    }
    if let last = positions.last, last == declared.periodIds.count - 1 {
      place.complain("after the last base period there is no period to settle")
    }
    let sum = base.reduce(0) { $0 + $1.weight }
    if abs(sum - 1) > 1e-9 || base.contains(where: { $0.weight < 0 }) {
      place.complain("the weights are shares that add up to 1")
    }
    return base
  }

  private func decodeGoal(_ fields: Fields) -> SavingsSpec.Goal? {
    let indicator = outcome(fields)
    let range = -Double.greatestFiniteMagnitude...Double.greatestFiniteMagnitude
    let atLeast = fields.optional("at-least")?.threshold(range)
    let atMost = fields.optional("at-most")?.threshold(range)
    if !fields.has("at-least"), !fields.has("at-most") {
      fields.place.complain("a goal says \"at-least\" or \"at-most\"")
    }
    return indicator.map { SavingsSpec.Goal(indicator: $0, atLeast: atLeast, atMost: atMost) }
  }

  private func decodeHealthGain(_ fields: Fields) -> SavingsSpec.HealthGain? {
    let indicator = outcome(fields)
    let range = -Double.greatestFiniteMagnitude...Double.greatestFiniteMagnitude
    let none = fields.required("none-at")?.threshold(range)
    let full = fields.required("full-at")?.threshold(range)
    if let none, let full, none.value == full.value {
      fields.keyPlace("full-at").complain("\"none-at\" and \"full-at\" are the same figure")
    }
    guard let indicator, let none, let full else { return nil }
    return SavingsSpec.HealthGain(indicator: indicator, none: none, full: full)
  }

  private func outcome(_ fields: Fields) -> String? {
    guard let place = fields.required("indicator"), let id = place.text() else { return nil }
    outcomes.places.append((place, id))
    return id
  }

  /// Complains of agreements that name indicators that are not there.
  func checkOutcomes(_ indicators: Set<String>) {
    for (place, id) in outcomes.places where !indicators.contains(id) {
      place.complain(Wording.dangling("indicator", id, known: indicators.sorted()))
    }
  }
}
