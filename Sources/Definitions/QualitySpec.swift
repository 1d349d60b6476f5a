public import Columns
public import CoreDataset

/// What a pipeline asks of the quality of its data: the checks that come with Spiegel, with thresholds of its own where
/// it says so, and checks of its own.
public struct QualitySpec: Sendable {
  /// The checks, in order of the catalogue; the pipeline's own come last.
  public let checks: [QualityCheck]
  /// The last day that data can be about: later days lie in the future.
  public let asOf: Day
  /// Published figures beside which the run's own are put.
  public let references: [ReferenceFigure]
  /// Published numbers by age and sex; nil without.
  public var agePyramid: AgePyramid?

  /// A specification.
  public init(checks: [QualityCheck], asOf: Day, references: [ReferenceFigure] = []) {
    self.checks = checks
    self.asOf = asOf
    self.references = references
  }

  /// The catalogue as it is. Bills come within a year: without a date of the pipeline's own, days from the second year
  /// after the last period lie in the future.
  public static func usual(_ periods: [Period]) -> QualitySpec {
    QualitySpec(checks: QualityCatalogue.all, asOf: usualAsOf(periods))
  }

  static func usualAsOf(_ periods: [Period]) -> Day {
    let year = periods.last?.to.year ?? 2100
    return Day(year: year + 1, month: 12, day: 31) ?? Day(Int32.max)
  }
}

/// A published figure that one's own delivery can be held against, with its source.
public struct ReferenceFigure: Sendable, Equatable {
  /// What is computed of one's own delivery.
  public enum Kind: String, Sendable, CaseIterable {
    /// Share of women among the persons whose sex is known to be male or female.
    case shareOfWomen = "share-of-women"
    /// Share of persons of 65 and older in the year `year`, among those of known age in that year.
    case shareOf65AndOlder = "share-of-65-and-older"
    /// Euros of accepted claims or totals per insured year.
    case eurosPerInsuredYear = "euros-per-insured-year"
  }
  /// What is compared.
  public let kind: Kind
  /// Name in reports.
  public let name: Localized
  /// The published figure.
  public let value: Double
  /// Year that it is about; nil where that makes no difference.
  public let year: Int?
  /// Where it was published.
  public let source: String

  /// A reference figure.
  public init(kind: Kind, name: Localized, value: Double, year: Int?, source: String) {
    self.kind = kind
    self.name = name
    self.value = value
    self.year = year
    self.source = source
  }
}

extension Pipeline {
  /// The ids of the indicators whose figures use a table, or some of its columns, in order of the pipeline.
  ///
  /// - Parameters:
  ///   - columns: The columns; empty for rows as a whole.
  ///   - reporters: Who reported the rows; an indicator that counts claims of one party only does not use those of another.
  public func indicators(using table: String, _ columns: Set<String>, reporters: Set<String> = []) -> [String] {
    indicators.filter { indicator in
      let isOfClaims = [Core.claimLine.name, Core.claimCorrection.name].contains(table)
      if isOfClaims, let party = indicator.reportedBy, !reporters.isEmpty, !reporters.contains(party.rawValue) {
        return false
      }
      guard
        let used = indicator.uses(
          population(indicator.population), insurers: regions.contains(where: \.isByInsurer))[table]
      else { return false }
      return columns.isEmpty || !used.isDisjoint(with: columns)
    }.map(\.id)
  }
}

extension Indicator {
  /// The columns of the core dataset that its figures are made of, by table.
  func uses(_ population: Population?, insurers: Bool) -> [String: Set<String>] {
    var used: [String: Set<String>] = [:]
    func use(_ table: CoreTable, _ columns: [String]) { used[table.name, default: []].formUnion(columns) }
    let region = ["person", "from", "to", "postcode4"] + (insurers ? ["insurer"] : [])
    func useResponses() {
      let columns = ["person", "instrument", "moment", "completed_on", "path", "index_date", "provider"]
      use(Core.response, columns)
      use(Core.insuredPeriod, region)
      if [.itemMean, .topBox, .bottomBox, .netPromoterScore].contains(measure) {
        use(Core.answer, ["instrument", "moment", "item", "value"])
      } else {
        use(Core.score, columns + ["scale", "value"] + (parameters.requiresPrediction ? ["predicted_value"] : []))
        use(Core.carePath, ["person", "path", "index_date", "provider"])
      }
    }
    func useClaims() {
      use(
        Core.claimLine, ["claim", "line", "person", "care_type", "start", "amount_cents", "reported_by", "postcode4"])
      use(Core.claimCorrection, ["amount_cents", "net_cents", "status"])
      if measure == .claimRate {
        use(Core.claimLine, ["birth_year", "sex"])
      } else {
        use(Core.insuredPeriod, region)
      }
      let countsActivities = [.eventRate, .activityShare, .emergencyRate, .waitingTime].contains(measure)
      if countsActivities || !parameters.activities.isEmpty { use(Core.claimLine, ["activity"]) }
      if !parameters.diagnoses.isEmpty { use(Core.claimLine, ["diagnosis_code"]) }
      if countsActivities || measure == .distinctPerPerson {
        use(Core.claimLine, [parameters.distinct == .specialty ? "specialty" : "provider"])
      }
    }
    switch measure.parameters.needs {
    case .responses: useResponses()
    case .responsesAndClaims:
      useResponses()
      useClaims()
    case .claims, .claimsAndInsuredPeriods: useClaims()
    case .stays:
      // Stays are built from these columns of claim lines.
      use(
        Core.claimLine,
        [
          "claim", "line", "person", "provider", "care_type", "activity", "diagnosis_code", "start", "end", "quantity",
          "reported_by",
        ])
      use(Core.stay, Core.stay.columns.map(\.name).filter { !["delivery", "record"].contains($0) })
      use(Core.insuredPeriod, region)
    case .groupTotals:
      use(Core.groupTotal, Core.groupTotal.columns.map(\.name).filter { !["delivery", "record"].contains($0) })
    }
    if measure == .waitingTime {
      use(Core.person, ["died_on"])
      if parameters.starts.isEmpty { use(Core.carePath, ["person", "path", "index_date", "provider"]) }
    }
    if parameters.caseMix != nil { use(Core.person, ["birth_year", "sex"]) }
    // Totals of groups have age and sex in their own table.
    for stratum in strata where measure.parameters.needs != .groupTotals {
      switch stratum {
      case .age: use(Core.person, ["birth_year"])
      case .sex: use(Core.person, ["sex"])
      case .insurer: use(Core.insuredPeriod, ["person", "from", "to", "insurer"])
      case .item: use(Core.answer, ["instrument", "moment", "item", "value"])
      }
    }
    for condition in population?.conditions ?? [] {
      switch condition {
      case .age: use(Core.person, ["birth_year"])
      case .sex: use(Core.person, ["sex"])
      case .diagnosis: use(Core.claimLine, ["diagnosis_code", "person"])
      case .carePath: use(Core.carePath, ["person", "path"])
      }
    }
    return used
  }
}
