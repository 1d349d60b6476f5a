import CoreDataset
import Definitions

/// What was done to a figure before it may leave the run.
public enum Protection: String, Sendable, CaseIterable {
  /// Nothing: the figure is as computed.
  case none
  /// The share is the middle of a class, and stands without counts and interval (`ShareClass`).
  case rounded
  /// Withheld: fewer persons than the minimum.
  case fewPersons = "few-persons"
  /// Withheld: fewer persons than the minimum in the numerator or in the rest of the group.
  case smallGroup = "small-group"
  /// Withheld: it holds for all of the group or for none.
  case wholeGroup = "whole-group"
  /// Withheld: one or two persons, or care providers, make up most of the amount.
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
    case .rounded: "rounded: fewer than \(minimum) persons in the numerator or in the rest of the group, or none"
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
/// 2. **Numerators.** A rate, an amount or a share of events to which 1 to `minimum` − 1 persons contribute is withheld, of
///    however many insured persons it is. For shares of persons (`score-share`, `top-box`, `readmission`) it is the smaller
///    of numerator and rest: where the denominator allows, the share stands as a class that holds at least `minimum` counts
///    (`ShareClass`), without counts, interval and anything that either could be computed from; else it is withheld.
/// 3. **Group disclosure.** A share of answers of 0% or 100% says something of everybody in the group, and is treated the
///    same: in its class nobody sees that it is all or none. A response of 0% or 100% says nothing of anybody's health and
///    stays. A rate or an amount of 0 stays too: not to have had care is what most persons share.
/// 4. **Dominance.** An amount in euros that fails the pipeline's `DominanceRule` is withheld: p%, where the second largest
///    contributor can estimate the largest too closely, and (n,k) where the pipeline has it. Contributors are persons and,
///    for the nation and regions, the care providers who bill it, of whom there must be three.
/// 5. **Differences** with the runs published before: `EarlierFigures`.
/// 6. **Secondary.** A published total minus its published parts must not give back a hidden part, nor bound it narrowly.
///    Tables are the units of one layout below the nation, the strata of one unit below its whole, the units of one layout
///    below a unit of another that they lie in, with the few persons of other places in it as one more secret, and care
///    providers below the region that they lie in, where that has their persons. A provider knows its own figure: without it there must be two hidden parts and `minimum`
///    persons left. Then all tables of a period are one system of sums of each number that figures have (`Quantity`):
///    persons, answers, euros, events. Every hidden number is moved as far as an attacker must not be able to exclude, and
///    whatever has to move with it is hidden too, at the least cost (`CellProgram`).
/// 7. **Derived numbers.** The reference measurement and the change go when the figure of the reference period was
///    withheld, or either of the two was rounded.
///
/// A withheld figure does not say which rule it fell under (`Protection.published`). Before a run is published,
/// `SumAudit` attacks what would be published, and refuses the run when it finds something.
///
/// What this does not do: it does not look at the overlap of two regions of which neither lies in the other, nor at what two
/// providers could find out together.
public struct Suppression: Sendable {

  let minimum: Int
  let dominance: DominanceRule
  let index: FigureIndex
  let nesting: Nesting
  let measures: [MeasureKind]
  let hasTargetOnChange: [Bool]
  /// Layout by insurer of which an indicator has the units as subdivisions too.
  let insurerLayouts: [String?]
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
    dominance = pipeline.dominance
    self.index = index
    nesting = Nesting(pipeline, providerRegion)
    measures = pipeline.indicators.map(\.measure)
    hasTargetOnChange = pipeline.indicators.map { $0.target?.kind == .change }
    insurerLayouts = pipeline.indicators.map(\.insurerLayout)
    baseline = pipeline.periods.firstIndex { $0.id == pipeline.baseline }.map(Int32.init)
    self.rows = rows
    let (measures, rule) = (self.measures, pipeline.dominance)
    protections = zip(rows, index.keys).map { row, key in
      Self.primary(row, key.map { measures[Int($0.indicator)] }, minimum: minimum, rule)
    }
  }

  // MARK: - Primary

  /// Rules 1 to 4 for one row.
  static func primary(
    _ row: ResultRow, _ measure: MeasureKind?, minimum: Int, _ rule: DominanceRule = .usual
  ) -> Protection {
    guard row.persons >= minimum else { return .fewPersons }
    guard let measure, row.value != nil else { return .none }
    if measure.isOfAnswers && row.measured < minimum { return .fewPersons }
    guard let counts = shareCounts(row, measure) else {
      if let contributors = row.contributors, contributors > 0, contributors < Double(minimum) { return .smallGroup }
      let isDominated = rule.fails(row) || rule.failsForProviders(row)
      return isDominated ? .dominance : .none
    }
    let smaller = min(counts.numerator, counts.rest)
    if smaller == 0 {
      return measure == .responseRate ? .none : hiddenShare(row, minimum: minimum) ?? .wholeGroup
    }
    // Events of a share may be several of one person.
    let few = row.contributors.map { min($0, smaller) } ?? smaller
    return few < Double(minimum) ? hiddenShare(row, minimum: minimum) ?? .smallGroup : .none
  }

  /// Numerator and rest of a share of persons; nil for all other measures.
  private static func shareCounts(_ row: ResultRow, _ measure: MeasureKind) -> (numerator: Double, rest: Double)? {
    guard measure.isShareOfPersons, let value = row.value else { return nil }
    let denominator = row.denominator ?? Double(row.measured)
    let numerator = row.numerator ?? (value * denominator).rounded()
    return (numerator, max(0, denominator - numerator))
  }

  /// Rounding, where the denominator allows a class that is wide enough.
  static func hiddenShare(_ row: ResultRow, minimum: Int) -> Protection? {
    ShareClass(of: row, minimum: minimum) == nil ? nil : .rounded
  }
}

extension Indicator {
  /// The layout by insurer by whose units its persons are divided; nil where they are not.
  var insurerLayout: String? {
    for case .insurer(let layout, _) in strata { return layout }
    return nil
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
