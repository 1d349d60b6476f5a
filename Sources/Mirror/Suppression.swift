import CoreDataset
import Definitions

/// What was done to a figure before it may leave the run.
public enum Protection: String, Sendable, CaseIterable {
  /// Nothing: the figure is as computed.
  case none
  /// The share is rounded to a whole percentage and stands without counts and interval.
  case rounded
  /// Withheld: fewer persons than the minimum.
  case fewPersons = "few-persons"
  /// Withheld: fewer persons than the minimum in the numerator or in the rest of the group.
  case smallGroup = "small-group"
  /// Withheld: it holds for all of the group or for none.
  case wholeGroup = "whole-group"
  /// Withheld: one or two persons make up most of the amount.
  case dominance
  /// Withheld, because another withheld figure could be computed from it. Files say this of every withheld figure.
  case secondary = "withheld"

  /// Whether there is no figure at all.
  public var isWithheld: Bool { self != .none && self != .rounded }

  /// What files say of it. Which rule withheld a figure is not told: of one that is withheld for the sake of another it is
  /// known that it has enough persons, and that narrows down the other (*Handbook on Statistical Disclosure Control*,
  /// 2nd ed. 2024, ch. 4: suppressed cells look alike).
  var published: Protection { isWithheld ? .secondary : self }

  /// The values that files can have.
  static let inFiles: [Protection] = [.none, .rounded, .secondary]

  /// The reason as it stands in files; empty when nothing was done.
  func reason(minimum: Int) -> String {
    switch published {
    case .none: ""
    case .rounded: "rounded: fewer than \(minimum) persons in the numerator or in the rest of the group"
    default: "withheld: fewer than \(minimum) persons, or needed to protect another figure"
    }
  }
}

/// Protection of small numbers, for all files of a run at once and before any is written.
///
/// Rules, in this order (*Handbook on Statistical Disclosure Control*, 2nd ed. 2024, ch. 4; ESSnet *Guidelines for the
/// checking of output*, Brandt et al. 2010; `minimum` is the pipeline's `minimumPersons`):
///
/// 1. **Threshold.** A figure about fewer than `minimum` persons is withheld: every number of it, its counts included.
///    The same when fewer than `minimum` measurements entered a mean or share of answers.
/// 2. **Shares of persons** (`score-share`, `top-box`, `response-rate`). When numerator or denominator − numerator is in
///    1..<minimum, publishing both would publish a small count. With a denominator of at least
///    `smallestRoundedDenominator` the share stays, rounded to a whole percentage, without counts, interval and
///    anything that either could be computed from; below it the share is withheld.
/// 3. **Group disclosure.** A share of answers of 0% or 100% says something of everybody in the group: withheld. A
///    response of 0% or 100% says nothing of anybody's health and stays.
/// 4. **Dominance.** An amount in euros of which the second largest contributor can estimate the largest to within 10% is
///    withheld (p% rule with p = 10, the default of SACRO's *acro*; one or two contributors never pass). Of a region that
///    has the persons of its care providers, providers are contributors too, and there must be three
///    (`hideFewProviders`).
/// 5. **Differences** with the last published run: `EarlierFigures`.
/// 6. **Secondary.** A published total minus its published parts must not give back a hidden part, nor bound it narrowly.
///    Tables are the units of one layout below the nation, the strata of one unit below its whole, the units of one layout
///    below a unit of another that is exactly made of them, and care providers below the region that they lie in, where
///    that has their persons. While the hidden parts are fewer than two, or fewer than `minimum` persons together, the
///    smallest published part is hidden too, until nothing changes in any table. A provider knows its own figure: without
///    it there must be two hidden parts and `minimum` persons left. Parts without persons do not count: they hide
///    nothing. A region of which too few parts are there to hide is hidden itself; of a region that is hidden, one part is
///    hidden too. Then the sums of all tables of an indicator and period are attacked together (`Attack`): as long as the
///    feasible interval of a hidden number is too narrow, more is hidden.
/// 7. **Derived numbers.** The reference measurement and the change go when the figure of the reference period was
///    withheld; they are recomputed from the rounded shares when either was rounded.
///
/// A withheld figure does not say which rule it fell under (`Protection.published`). Before a run is published,
/// `SumAudit` attacks what would be published, and refuses the run when it finds something.
///
/// What this does not do: it does not look at runs before the last, at layouts that cross each other, at what two
/// providers could find out together, nor at dominance of providers in regions that have other persons than they.
/// A rounded share hides little from who knows the denominator otherwise.
public struct Suppression: Sendable {
  /// Smallest denominator with which a share is rounded instead of withheld.
  static let smallestRoundedDenominator = 30.0
  /// p of the p% rule, as a share.
  static let smallestRemainder = 0.1
  /// Fewest care providers who may make up an amount of a region.
  static let fewestProviders = 3

  let minimum: Int
  let index: FigureIndex
  let nesting: Nesting
  let measures: [MeasureKind]
  let hasTargetOnChange: [Bool]
  let baseline: Int32?
  var rows: [ResultRow]
  var protections: [Protection]

  /// Protects a table. Gives back its rows, in order, as they may be published, and what was done to each.
  static func apply(
    to rows: [ResultRow], index: FigureIndex, pipeline: Pipeline, providerRegion: [String: [String: String]] = [:],
    earlier: EarlierFigures = .none, jobs: Int = 1
  ) -> (rows: [ResultRow], protections: [Protection]) {
    var suppression = Suppression(rows, index, pipeline, providerRegion)
    suppression.hideDifferences(earlier, pipeline.periods)
    suppression.hideParts(jobs: jobs)
    suppression.blank()
    return (suppression.rows, suppression.protections)
  }

  private init(
    _ rows: [ResultRow], _ index: FigureIndex, _ pipeline: Pipeline, _ providerRegion: [String: [String: String]]
  ) {
    let minimum = Int(pipeline.minimumPersons.value.rounded(.up))
    self.minimum = minimum
    self.index = index
    nesting = Nesting(pipeline, providerRegion)
    measures = pipeline.indicators.map(\.measure)
    hasTargetOnChange = pipeline.indicators.map { $0.target?.kind == .change }
    baseline = pipeline.periods.firstIndex { $0.id == pipeline.baseline }.map(Int32.init)
    self.rows = rows
    let measures = self.measures
    protections = zip(rows, index.keys).map { row, key in
      Self.primary(row, key.map { measures[Int($0.indicator)] }, minimum: minimum)
    }
  }

  // MARK: - Primary

  /// Rules 1 to 4 for one row.
  static func primary(_ row: ResultRow, _ measure: MeasureKind?, minimum: Int) -> Protection {
    guard row.persons >= minimum else { return .fewPersons }
    guard let measure, row.value != nil else { return .none }
    if measure.isOfAnswers && row.measured < minimum { return .fewPersons }
    if let remainder = row.remainder, remainder < smallestRemainder { return .dominance }
    guard let counts = shareCounts(row, measure) else { return .none }
    let smaller = min(counts.numerator, counts.rest)
    if smaller == 0 { return measure == .responseRate ? .none : .wholeGroup }
    return smaller < Double(minimum) ? hiddenShare(row) : .none
  }

  /// Numerator and rest of a share of persons; nil for all other measures.
  private static func shareCounts(_ row: ResultRow, _ measure: MeasureKind) -> (numerator: Double, rest: Double)? {
    guard measure.isShareOfPersons, let value = row.value else { return nil }
    let denominator = row.denominator ?? Double(row.measured)
    let numerator = row.numerator ?? (value * denominator).rounded()
    return (numerator, max(0, denominator - numerator))
  }

  static func hiddenShare(_ row: ResultRow) -> Protection {
    (row.denominator ?? Double(row.measured)) >= smallestRoundedDenominator ? .rounded : .smallGroup
  }
}

extension MeasureKind {
  /// Whether the figure is a number of persons out of a number of persons.
  var isShareOfPersons: Bool {
    switch self {
    case .scoreShare, .reliableChange, .noRoom, .modelledShare, .topBox, .bottomBox, .responseRate, .readmission,
      .waitingTime:
      true
    default: false
    }
  }

  /// Whether the figure is made of answers to questionnaires, of which there may be fewer than persons.
  var isOfAnswers: Bool {
    switch self {
    case .scoreLevel, .scoreChange, .scoreShare, .effectSize, .reliableChange, .noRoom, .adjustedGain, .modelledGain,
      .modelledShare, .itemMean, .topBox, .bottomBox, .netPromoterScore, .healthGainPerCost:
      true
    default: false
    }
  }

  /// Whether the value is a fraction, shown as a percentage.
  var isFraction: Bool { isShareOfPersons || self == .costShare || self == .groupCostShare || self == .activityShare }

  /// Whether a change is relative to the reference measurement (0.1: 10% more) or a difference in the unit of the value.
  var hasRelativeChange: Bool {
    switch self {
    case .costPerPersonYear, .eventRate, .claimRate, .distinctPerPerson, .groupCostPerPersonYear, .stayRate, .bedDays,
      .emergencyRate, .avoidableAdmissions:
      true
    default: false
    }
  }
}
