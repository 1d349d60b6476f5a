import CoreDataset

/// Who counts.
public struct Population: Sendable, Equatable {
  /// Id: the name of its file.
  public let id: String
  /// Version of the definition.
  public let version: String
  /// Name in reports.
  public let name: Localized
  /// Conditions that must all hold. Empty: everybody.
  public let conditions: [Condition]

  /// One condition.
  public enum Condition: Sendable, Equatable {
    /// Follows one of these care paths.
    case carePath([String])
    /// Has a claim line, at any time, with a diagnosis code that starts with one of these.
    case diagnosis(startsWith: [String])
    /// Age in the year of the period, inclusive.
    case age(from: Int, to: Int)
    /// One of these sexes.
    case sex([Sex])
  }

  /// A population.
  public init(id: String, version: String, name: Localized, conditions: [Condition]) {
    self.id = id
    self.version = version
    self.name = name
    self.conditions = conditions
  }
}

/// What a measure computes. Each kind is one file in `Aggregate/Measures`.
public enum MeasureKind: String, Sendable, CaseIterable {
  /// Mean of a score at a moment.
  case scoreLevel = "score-level"
  /// Mean change of a score between two moments.
  case scoreChange = "score-change"
  /// Share whose score improved, stayed or worsened by at least a threshold.
  case scoreShare = "score-share"
  /// Mean change over a standard deviation.
  case effectSize = "effect-size"
  /// Share whose change exceeds measurement error.
  case reliableChange = "reliable-change"
  /// Share whose first score leaves no room for a change that matters.
  case noRoom = "no-room"
  /// Adjusted mean gain with the source's own predictions.
  case adjustedGain = "adjusted-gain"
  /// Mean gain adjusted with a linear model fitted on the delivery.
  case modelledGain = "modelled-gain"
  /// Share whose score changed, observed over expected by a logistic model fitted on the delivery.
  case modelledShare = "modelled-share"
  /// Share of the persons with a first measurement (or of all in the path) that have a later one.
  case responseRate = "response-rate"
  /// Mean of one item.
  case itemMean = "item-mean"
  /// Share of answers to one item at or above a value.
  case topBox = "top-box"
  /// Share of answers to one item at or below a value.
  case bottomBox = "bottom-box"
  /// Net promoter score of one item.
  case netPromoterScore = "net-promoter-score"
  /// Cost per insured person-year.
  case costPerPersonYear = "cost-per-person-year"
  /// Share of the cost of some care in the cost of all care.
  case costShare = "cost-share"
  /// Mean number of different providers or specialties per person with care.
  case distinctPerPerson = "distinct-per-person"
  /// Events per 1,000 insured person-years.
  case eventRate = "event-rate"
  /// Share of some activities in the number of these and others.
  case activityShare = "activity-share"
  /// Mean health gain over the mean cost of the same persons.
  case healthGainPerCost = "health-gain-per-cost"
  /// Claim lines per 1,000 inhabitants of a standard population, crude and directly standardised for age and sex; with
  /// the number of different persons and the euros.
  case claimRate = "claim-rate"
  /// Hospital stays per 1,000 insured person-years.
  case stayRate = "stay-rate"
  /// Hospital bed days per 1,000 insured person-years.
  case bedDays = "bed-days"
  /// Share of discharges followed by an unplanned stay within some days.
  case readmission
  /// Emergency visits per 1,000 insured person-years.
  case emergencyRate = "emergency-rate"
  /// Admissions for listed diagnoses per 1,000 insured person-years.
  case avoidableAdmissions = "avoidable-admissions"
  /// Share of waits, from one dated fact of a person to the next, that end within the norm.
  case waitingTime = "waiting-time"
  /// Totals of groups: cost over the cost that was to be expected at the ages and sexes of the groups.
  case groupCostRatio = "group-cost-ratio"
  /// Totals of groups: cost per insured person-year.
  case groupCostPerPersonYear = "group-cost-per-person-year"
  /// Totals of groups: share of the cost of some care in the cost of all care.
  case groupCostShare = "group-cost-share"
}

/// What is counted how, for whom and to which end.
public struct Indicator: Sendable {
  /// Id: the name of its file, or the id that it has in a file with several.
  public let id: String
  /// Version of the definition; results carry it.
  public let version: String
  /// Name in reports.
  public let name: Localized
  /// What it says, for people who read it for the first time.
  public let explanation: Localized
  /// The goal that it serves.
  public let goal: Goal
  /// The measure.
  public let measure: MeasureKind
  /// Id of the population.
  public let population: String
  /// The agreed source of the data; nil where there is only one.
  public let reportedBy: ReportedBy?
  /// Unit in reports, for example `punten`.
  public let unit: Localized
  /// Decimals in reports.
  public let decimals: Int
  /// Which way is better.
  public let direction: Direction
  /// The target; nil when none was agreed.
  public let target: Target?
  /// Parameters of the measure; which ones are required or allowed depends on it.
  public let parameters: Parameters
  /// How units are compared; nil: they are not.
  public let comparison: ComparisonSpec?
  /// By what the figures are divided besides the whole.
  public let strata: [StratumSpec]
  /// Its course over time.
  public let series: SeriesSpec
  /// The currency of its amounts: that of the pipeline.
  public var currency = Currency.usual

  /// A target.
  public struct Target: Sendable, Equatable {
    /// What the number is compared with.
    public enum Kind: String, Sendable, CaseIterable {
      /// The value itself.
      case value
      /// The relative change since the reference measurement: −0.2 is 20% lower.
      case change
    }
    /// What the number is compared with.
    public let kind: Kind
    /// The number, with the agreement that it comes from.
    public let threshold: Threshold
    /// The period in which it must be met; nil: in each.
    public let period: String?
    /// Whether earlier periods have a target on the straight line from the reference measurement to it.
    public let hasPath: Bool

    /// A target.
    public init(kind: Kind, threshold: Threshold, period: String?, hasPath: Bool = false) {
      self.hasPath = hasPath
      self.kind = kind
      self.threshold = threshold
      self.period = period
    }
  }

  /// Parameters of a measure.
  public struct Parameters: Sendable, Equatable {
    /// Instrument id.
    public var instrument: String?
    /// Scale code.
    public var scale: String?
    /// Item code.
    public var item: String?
    /// Moment of a level, or the first moment of a change.
    public var from: String?
    /// Second moment of a change.
    public var to: String?
    /// `score-level`: only persons who have a score at this moment too count.
    public var pairedWith: String?
    /// `score-share`: `improved`, `unchanged` or `worsened`.
    public var outcome: Outcome?
    /// `score-share`: smallest change that counts; nil: any change. Its reference is in the threshold.
    public var threshold: Threshold?
    /// `effect-size`: what the mean change is divided by.
    public var standardiser: Standardiser?
    /// `reliable-change`: standard deviation of the score in a reference group.
    public var referenceDeviation: Threshold?
    /// `reliable-change`: test-retest reliability of the score.
    public var reliability: Threshold?
    /// `top-box`: lowest answer that counts.
    public var atLeast: Double?
    /// `bottom-box`: highest answer that counts.
    public var atMost: Double?
    /// Whether only persons count for whom the source predicted the score at one of the moments named here.
    public var requiresPrediction = false
    /// Kinds of care; empty: all.
    public var careTypes: [CareType] = []
    /// Lines of care; empty: all.
    public var careLines: [CareLine] = []
    /// Activities; empty: all.
    public var activities: [Activity] = []
    /// `distinct-per-person`: what is counted.
    public var distinct: Distinct?
    /// `cost-per-person-year` and `group-cost-per-person-year`: whether to give the figure per kind of care as well.
    public var byCareType = false
    /// `cost-per-person-year`: whether to give the figure per line of care as well.
    public var byCareLine = false
    /// `cost-per-person-year`: the time of the denominator.
    public var per = TimeUnit.year
    /// `cost-per-person-year`: the quantile of the nation's persons above which cost is cut off; nil: nothing is.
    public var truncateAt: Threshold?
    /// Whether percentiles are given as well, in `distributions.*`.
    public var distribution = false
    /// `activity-share`: the activities that the share is taken of, besides those that are counted.
    public var among: [Activity] = []
    /// `health-gain-per-cost`: days from the index date in which cost counts.
    public var withinDays: Int?
    /// Diagnosis codes that a claim line must start with; empty: any.
    public var diagnoses: [String] = []
    /// `adjusted-gain`: the figures of the nation that the supplied model was made with; nil: those of the delivery.
    public var reference: NationalReference?
    /// Measures with a model of their own: what it takes into account.
    public var caseMix: CaseMixSpec?

    /// Measures of stays: diagnosis codes that a stay may not start with.
    public var excludedDiagnoses: [String] = []
    /// Measures of stays: whether only unplanned ones count.
    public var isUnplannedOnly = false
    /// `emergency-rate`: only visits that an admission follows, or only those without; nil: all.
    public var isAdmitted: Bool?
    /// `readmission`: days after discharge in which a stay is a readmission; nil: 30.
    public var followUp: Threshold?
    /// `claim-rate`: the interval of the standardised rate.
    public var interval = RateInterval.dobson
    /// `waiting-time`: the days within which a wait is to end.
    public var norm: Threshold?
    /// `waiting-time`: the activities that begin a wait; empty: the index date of the care path does.
    public var starts: [Activity] = []
    /// `waiting-time`: days before the beginning without any of the care, so that it is a new request.
    public var cleanDays: Threshold?

    /// `readmission`: the hospital of an episode that it counts for; nil: the last.
    public var attribution: Attribution?

    /// The interval of a directly standardised rate.
    public enum RateInterval: String, Sendable, CaseIterable {
      /// Dobson's on Byar's limits of the total; none below 10 events (Dobson et al. 1991; UKHSA).
      case dobson
      /// Gamma limits, for few events too (Fay & Feuer 1997).
      case fayFeuer = "fay-feuer"
    }
    /// The first or the last hospital of an episode of hospital care.
    public enum Attribution: String, Sendable, CaseIterable {
      case first, last
    }
    /// Direction of a change.
    public enum Outcome: String, Sendable, CaseIterable {
      case improved, unchanged, worsened
    }
    /// What a mean change is divided by.
    public enum Standardiser: String, Sendable, CaseIterable {
      /// The standard deviation of the first score: the effect size.
      case baseline
      /// The standard deviation of the change: the standardised response mean.
      case change
    }
    /// The time that a cost is divided by.
    public enum TimeUnit: String, Sendable, CaseIterable {
      case year, month

      /// How many of it are in a year.
      public var perYear: Double { self == .year ? 1 : 12 }
    }
    /// What is counted per person.
    public enum Distinct: String, Sendable, CaseIterable {
      case provider, specialty
    }

    /// No parameters.
    public init() {}
  }

  /// The memberwise initialiser, for the decoder and for tests.
  public init(
    id: String, version: String, name: Localized, explanation: Localized, goal: Goal, measure: MeasureKind,
    population: String, reportedBy: ReportedBy?, unit: Localized, decimals: Int, direction: Direction, target: Target?,
    parameters: Parameters, comparison: ComparisonSpec? = nil, strata: [StratumSpec] = [],
    series: SeriesSpec = SeriesSpec()
  ) {
    self.id = id
    self.version = version
    self.name = name
    self.explanation = explanation
    self.goal = goal
    self.measure = measure
    self.population = population
    self.reportedBy = reportedBy
    self.unit = unit
    self.decimals = decimals
    self.direction = direction
    self.target = target
    self.parameters = parameters
    self.comparison = comparison
    self.strata = strata
    self.series = series
  }
}
