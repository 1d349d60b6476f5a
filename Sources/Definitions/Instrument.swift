/// Which way of a scale is better.
public enum Direction: String, Sendable, CaseIterable {
  case higherBetter = "higher-better"
  case lowerBetter = "lower-better"
  case neutral
}

/// A questionnaire: codes and rules, no texts of items.
public struct Instrument: Sendable {
  /// Id: the name of its file.
  public let id: String
  /// Version of the definition.
  public let version: String
  /// Name in reports.
  public let name: Localized
  /// What it is and where it comes from.
  public let reference: String
  /// On what terms it may be used.
  public let licence: String
  /// Its items.
  public let items: [Item]
  /// Its scales.
  public let scales: [Scale]
  /// LOINC code of the questionnaire as a whole, where there is one.
  public let loinc: String?
  /// What counts when one question has two different answers.
  public let doubleAnswer: DoubleAnswer
  /// What is set aside for an answer outside its range.
  public let outOfRange: OutOfRange
  /// Windows around the index date, where they are not those of the pipeline; in order of time.
  public let moments: [MomentWindow]
  /// Conversions to scales of other instruments.
  public let crosswalks: [Crosswalk]

  /// One question.
  public struct Item: Sendable, Equatable {
    /// Code within the instrument.
    public let code: String
    /// Lowest allowed answer.
    public let minimum: Double
    /// Highest allowed answer.
    public let maximum: Double
    /// LOINC code of the question, where there is one.
    public let loinc: String?
    /// What each answer counts for in scales, from `minimum` upwards in steps of 1; nil: the answer itself.
    public let values: [Double]?
    /// Answers by the code that other systems give them, for example the LOINC code of an answer.
    public let answerCodes: [String: Double]

    /// An item.
    public init(
      code: String, minimum: Double, maximum: Double, loinc: String? = nil, values: [Double]? = nil,
      answerCodes: [String: Double] = [:]
    ) {
      self.code = code
      self.minimum = minimum
      self.maximum = maximum
      self.loinc = loinc
      self.values = values
      self.answerCodes = answerCodes
    }

    /// The lowest value that an answer can count for.
    public var lowestValue: Double { values?.min() ?? minimum }
    /// The highest value that an answer can count for.
    public var highestValue: Double { values?.max() ?? maximum }
  }

  /// The memberwise initialiser, for the decoder and for tests.
  public init(
    id: String, version: String, name: Localized, reference: String, licence: String, items: [Item], scales: [Scale],
    loinc: String? = nil, doubleAnswer: DoubleAnswer = .missing, outOfRange: OutOfRange = .answer,
    moments: [MomentWindow] = [], crosswalks: [Crosswalk] = []
  ) {
    self.id = id
    self.version = version
    self.name = name
    self.reference = reference
    self.licence = licence
    self.items = items
    self.scales = scales
    self.loinc = loinc
    self.doubleAnswer = doubleAnswer
    self.outOfRange = outOfRange
    self.moments = moments
    self.crosswalks = crosswalks
  }

  /// A scale by code.
  public func scale(_ code: String) -> Scale? { scales.first { $0.code == code } }
  /// Position of an item.
  public func index(ofItem code: String) -> Int? { items.firstIndex { $0.code == code } }
  /// Position of an item by its LOINC code.
  public func index(ofLOINC code: String) -> Int? { items.firstIndex { $0.loinc == code } }
  /// Code of a scale by its LOINC code.
  public func scale(ofLOINC code: String) -> String? { scales.first { $0.loinc == code }?.code }
}

/// A score made of items.
public struct Scale: Sendable {
  /// Code within the instrument.
  public let code: String
  /// Name in reports.
  public let name: Localized
  /// Positions of its items in the instrument.
  public let items: [Int]
  /// Positions (in the instrument) of items that count the other way round: lowest + highest value − value.
  public let reversed: Set<Int>
  /// How answers become a score.
  public let rule: Rule
  /// How many items may be missing, and what then.
  public let missing: MissingRule
  /// Lowest possible score.
  public let minimum: Double
  /// Highest possible score.
  public let maximum: Double
  /// Decimals to which a score is rounded (half away from zero); nil: not rounded.
  public let decimals: Int?
  /// Which way is better.
  public let direction: Direction
  /// Smallest change that patients call important, with its reference.
  public let minimalImportantChange: Threshold?
  /// Score from which patients call their state acceptable, with its reference.
  public let acceptableState: Threshold?
  /// LOINC code of the score, where there is one.
  public let loinc: String?

  /// How answers become a score.
  public enum Rule: Sendable, Equatable {
    /// Sum of the items.
    case sum
    /// Mean of the items.
    case mean
    /// Sum as a percentage of the range that the answered items span: 100 · (Σ − Σmin) / (Σmax − Σmin).
    case percentageOfRange
    /// The sum looked up in a table: raw sum `first` gives `values[0]`, and so on.
    case lookup(first: Int, values: [Double])
    /// Utility value of a health state: start − decrement of each item's level − `anyProblem` when an item is above 1
    /// − `anyWorst` when an item is at its maximum. `decrements` has a list for each item of the scale: the decrement
    /// of each level from the item's minimum upwards, 0 for the first.
    case valueSet(start: Double, anyProblem: Double, anyWorst: Double, decrements: [[Double]])
    /// Value of a state, one for each combination of answers; the answer to the first item of the scale changes slowest.
    case stateTable(values: [Double])
    /// Mean of other scales of the instrument that have a score.
    case meanOfScales([String])
    /// No rule of our own: the delivered score counts.
    case delivered
  }

  /// What happens when items are missing.
  public struct MissingRule: Sendable, Equatable {
    /// Fewest answered items for which there is a score; for the mean of scales, fewest scales that have one.
    public let atLeast: Int
    /// Whether a sum over fewer items is scaled up to all items, which is to put each missing item at the person's mean.
    public let isPersonMean: Bool

    /// A missing rule.
    public init(atLeast: Int, isPersonMean: Bool) {
      self.atLeast = atLeast
      self.isPersonMean = isPersonMean
    }
  }

  /// The memberwise initialiser, for the decoder and for tests.
  public init(
    code: String, name: Localized, items: [Int], reversed: Set<Int> = [], rule: Rule, missing: MissingRule,
    minimum: Double, maximum: Double, decimals: Int?, direction: Direction, minimalImportantChange: Threshold? = nil,
    acceptableState: Threshold? = nil, loinc: String? = nil
  ) {
    self.code = code
    self.name = name
    self.items = items
    self.reversed = reversed
    self.rule = rule
    self.missing = missing
    self.minimum = minimum
    self.maximum = maximum
    self.decimals = decimals
    self.direction = direction
    self.minimalImportantChange = minimalImportantChange
    self.acceptableState = acceptableState
    self.loinc = loinc
  }

  /// Whether it is made of other scales instead of items.
  public var isOfScales: Bool { if case .meanOfScales = rule { true } else { false } }

  /// Whether a score lies within the range.
  public func isPossible(_ score: Double) -> Bool { score >= minimum && score <= maximum }
}
