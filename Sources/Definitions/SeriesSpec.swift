import CoreDataset

/// What an indicator says of its course over time.
public struct SeriesSpec: Sendable, Equatable {
  /// Why figures before a period are not to be compared with those from it on.
  public struct Break: Sendable, Equatable {
    /// What changed.
    public enum Cause: String, Sendable, CaseIterable {
      case definition, mapping, instrument
    }
    /// First period after the change.
    public let from: String
    /// What changed.
    public let cause: Cause
    /// What was changed, for readers of the figures.
    public let why: String

    /// A break.
    public init(from: String, cause: Cause, why: String) {
      self.from = from
      self.cause = cause
      self.why = why
    }
  }
  /// A risk-adjusted CUSUM chart (Steiner et al. 2000).
  public struct Cusum: Sendable, Equatable {
    /// The odds ratio that it is to find.
    public let oddsRatio: Threshold
    /// The sum at which it signals.
    public let limit: Threshold

    /// A chart.
    public init(oddsRatio: Threshold, limit: Threshold) {
      self.oddsRatio = oddsRatio
      self.limit = limit
    }
  }

  /// Breaks, in order of time.
  public var breaks: [Break] = []
  /// The chart; nil without one.
  public var cusum: Cusum?
  /// The population with whose change the change since the reference measurement is compared; nil without one.
  public var comparedPopulation: String?
  /// An agreement on shared savings; nil without one.
  public var savings: SavingsSpec?

  /// The populations besides that of the indicator of which sums are needed, each once.
  public var otherPopulations: [String] {
    let reference = savings?.reference
    return [comparedPopulation, reference == comparedPopulation ? nil : reference].compactMap(\.self)
  }

  /// Nothing said.
  public init() {}
}

extension PipelineDecoder {
  /// `breaks`, `cusum`, `difference-in-differences` and `shared-savings` of an indicator.
  func decodeSeries(_ fields: Fields, _ measure: MeasureKind?) -> SeriesSpec {
    var spec = SeriesSpec()
    for place in fields.optional("breaks")?.list() ?? [] {
      if let one = place.fields({ decodeBreak($0) }) { spec.breaks.append(one) }
    }
    spec.breaks.sort { position($0.from) < position($1.from) }
    if let place = fields.optional("cusum") {
      if let measure, measure != .modelledShare {
        place.complain("a risk-adjusted CUSUM needs the risks of measure modelled-share")
      }
      spec.cusum = place.fields { fields in
        let ratio = fields.required("odds-ratio")?.threshold(Double.leastNonzeroMagnitude...100)
        let limit = fields.required("limit")?.threshold(Double.leastNonzeroMagnitude...1000)
        if ratio?.value == 1 { fields.keyPlace("odds-ratio").complain("an odds ratio of 1 is no change to find") }
        guard let ratio, let limit else { return nil }
        return SeriesSpec.Cusum(oddsRatio: ratio, limit: limit)
      }
    }
    if let place = fields.optional("difference-in-differences") {
      spec.comparedPopulation = decodeCompared(place, measure)
    }
    if let place = fields.optional("shared-savings") { spec.savings = decodeSavings(place, measure) }
    return spec
  }

  private func position(_ period: String) -> Int { declared.periodIds.firstIndex(of: period) ?? 0 }

  private func decodeBreak(_ fields: Fields) -> SeriesSpec.Break? {
    let fromPlace = fields.required("from")
    let from = fromPlace?.text()
    let cause = fields.required("cause")?.choice(SeriesSpec.Break.Cause.self)
    let why = fields.required("why")?.text()
    guard let from, let cause, let why else { return nil }
    if declared.arePeriodsKnown, !declared.periodIds.dropFirst().contains(from) {
      if declared.periodIds.first == from {
        fromPlace?.complain("\"\(from)\" is the first period; there is nothing before it to break with")
      } else {
        fromPlace?.complain(Wording.dangling("period", from, known: Array(declared.periodIds.dropFirst())))
      }
    }
    return SeriesSpec.Break(from: from, cause: cause, why: why)
  }

  private func decodeCompared(_ place: Value, _ measure: MeasureKind?) -> String? {
    if declared.baseline == nil { place.complain("a change needs a \"baseline\" in pipeline.yaml") }
    if let measure, let reason = measure.reasonAgainstOtherPopulation {
      place.complain("figures of measure \(measure.rawValue) are not compared with another population: \(reason)")
    }
    return place.fields { fields in
      let population = fields.required("population")
      guard let id = population?.text() else { return nil }
      if !declared.populationIds.contains(id) {
        population?.complain(Wording.dangling("population", id, known: declared.populationIds))
      }
      return id
    }
  }
}

/// How the way to a target goes.
enum TargetPath: String, CaseIterable {
  case linear
}
