import Columns
import CoreDataset
import Definitions
import Statistics

/// A way to compute a figure. One file per measure; `Measures.all` lists them.
///
/// A measure works in two steps, so that it splits over buckets, cores and machines: sums per bucket, and a figure from
/// the merged sums.
protocol Measure: Sendable {
  /// What the measure says, in one sentence, with the reference of its method.
  static var documentation: String { get }
  /// Subdivisions of the figure: their names, empty for the whole; nil for those that only serve other figures.
  var strata: [String?] { get }
  /// Adds the sums of a bucket.
  func accumulate(_ bucket: Bucket, _ members: Membership, into table: inout CellTable)
  /// Puts the figure of a cell into a row.
  func fill(_ row: inout ResultRow, _ view: CellView)
  /// What the figure would be if its unit were like the nation; nil where there is nothing to compare.
  func standing(_ view: CellView) -> Standing?
  /// The model that the figures of a period need; nil for measures without one, or without persons.
  func model(_ sums: DesignSums, period: Int) -> CaseMixModel?
}

/// A merged cell among the cells that its figure may need.
struct CellView {
  /// All subdivisions of the unit in the period.
  let cells: ArraySlice<Cell>
  /// All subdivisions of the nation in the period.
  let nation: ArraySlice<Cell>
  /// All subdivisions of the nation in the period, of the whole population where the figure is of a part of it. Models are
  /// fitted on these.
  let overall: ArraySlice<Cell>
  /// Whether the figure is of a part of the population.
  var isPart = false
  /// Which subdivision the figure is of.
  let stratum: Int
  /// Unit; providers come behind the fixed units.
  let unit: Int
  /// Period.
  let period: Int
  let axis: Axis
  /// The model of the period, for measures that have one.
  var model: CaseMixModel?
  /// What the model was fitted on, and under which name the unit is in it.
  var design: DesignSums?
  var place = DesignSums.Place(unit: .fixed(0), period: 0)
  /// Histograms of the unit and of the nation in the period, for measures that make them.
  var bins: Bins = [:]
  var nationalBins: Bins = [:]
  /// What providers bill, of all units; nothing of units that are providers.
  var billed = BilledByName()

  /// The cell of the figure.
  var cell: Cell { cells[cells.startIndex + stratum] }
  /// The cell without subdivision.
  var whole: Cell { cells[cells.startIndex] }
  /// The cell of the nation without subdivision, of the whole population.
  var overallWhole: Cell { overall[overall.startIndex] }
  /// The cell of the nation, same subdivision.
  var national: Cell { nation[nation.startIndex + stratum] }
}

/// What a measure is made of.
struct MeasureContext {
  let indicator: Indicator
  let pipeline: Pipeline
  let axis: Axis
}

/// The measures by kind.
enum Measures {
  /// Makes the measure of an indicator.
  static func make(_ context: MeasureContext) -> any Measure {
    switch context.indicator.measure {
    case .scoreLevel: ScoreLevel(context)
    case .scoreChange: ScoreChange(context)
    case .scoreShare: ScoreShare(context)
    case .adjustedGain: AdjustedGain(context)
    case .effectSize: EffectSize(context)
    case .reliableChange: ReliableChange(context)
    case .noRoom: NoRoom(context)
    case .modelledGain: ModelledGain(context)
    case .modelledShare: ModelledShare(context)
    case .responseRate: ResponseRate(context)
    case .itemMean: ItemMean(context)
    case .topBox: TopBox(context)
    case .bottomBox: BottomBox(context)
    case .netPromoterScore: NetPromoter(context)
    case .costPerPersonYear: CostPerPersonYear(context)
    case .costShare: CostShare(context)
    case .distinctPerPerson: DistinctPerPerson(context)
    case .eventRate: EventRate(context)
    case .activityShare: ActivityShare(context)
    case .healthGainPerCost: HealthGainPerCost(context)
    case .claimRate: ClaimRate(context)
    case .stayRate: StayRate(context)
    case .bedDays: BedDays(context)
    case .readmission: Readmission(context)
    case .emergencyRate: EmergencyRate(context)
    case .avoidableAdmissions: AvoidableAdmissions(context)
    case .waitingTime: WaitingTime(context)
    case .groupCostRatio: GroupCostRatio(context)
    case .groupCostPerPersonYear: GroupCostPerPersonYear(context)
    case .groupCostShare: GroupCostShare(context)
    }
  }
}

extension Measure {
  /// Only the whole.
  var strata: [String?] { [""] }
  /// No comparison.
  func standing(_ view: CellView) -> Standing? { nil }
  /// No model.
  func model(_ sums: DesignSums, period: Int) -> CaseMixModel? { nil }
}

extension ResultRow {
  /// Sets what the rules against dominance need to know of the persons who contribute.
  mutating func setContributors(_ largest: Largest, also others: [Largest] = []) {
    let all = [largest] + others
    contributors = all.map { Double($0.count) }.filter { $0 > 0 }.min() ?? 0
    remainder = all.compactMap(\.remainder).min()
    self.largest = all.compactMap(\.shares?.one).max()
    largestTwo = all.compactMap(\.shares?.two).max()
  }

  /// Sets how many persons have what is counted, of a figure that is no amount: in the numerator or, where that matters,
  /// in the rest of the denominator, whichever are fewer without being none.
  mutating func setEventContributors(_ largest: Largest, rest: Largest? = nil) {
    contributors = ([largest] + (rest.map { [$0] } ?? [])).map { Double($0.count) }.filter { $0 > 0 }.min() ?? 0
  }

  /// Sets the same of the care providers who bill an amount; nothing where that is not known.
  mutating func setBillers(_ billers: Largest) {
    guard let shares = billers.shares else { return }
    providers = Double(billers.count)
    providerRemainder = billers.remainder
    (providerLargest, providerLargestTwo) = (shares.one, shares.two)
  }
  /// Sets both intervals.
  mutating func setLimits(_ limits: (Level) -> Limits?) {
    if let narrow = limits(.percent95) {
      lower95 = narrow.lower
      upper95 = narrow.upper
    }
    if let wide = limits(.percent998) {
      lower998 = wide.lower
      upper998 = wide.upper
    }
  }

  /// Says why there is no figure.
  mutating func setAbsent(_ reason: String) {
    status = .insufficient
    self.reason = reason
  }
}

/// Scores enter sums as multiples of 10⁻⁹: exact for all published value sets and for predictions with nine decimals.
enum FixedPoint {
  /// Units per point.
  static let unit = 1_000_000_000.0
  /// A score as a whole number.
  @inline(__always)
  static func of(_ value: Double) -> Int64 { Int64((value * unit).rounded()) }
}

extension Cell {
  /// Mean of x in points; nil without observations.
  var meanX: Double? { count == 0 ? nil : Double(x) / Double(count) / FixedPoint.unit }

  /// Mean of y in points; nil without observations.
  var meanY: Double? { count == 0 ? nil : Double(y) / Double(count) / FixedPoint.unit }

  /// Standard deviation (n − 1) of y in points; nil below two observations. The sum of squares is exact.
  var deviationY: Double? {
    guard count > 1 else { return nil }
    let n = Int128(count)
    return (Double(n * yy - y * y) / Double(n) / Double(n - 1)).squareRoot() / FixedPoint.unit
  }

  /// Standard deviation (n − 1) of x in points; nil below two observations. The sum of squares is exact.
  var deviationX: Double? {
    guard count > 1 else { return nil }
    let n = Int128(count)
    return (Double(n * xx - x * x) / Double(n) / Double(n - 1)).squareRoot() / FixedPoint.unit
  }

  /// Mean, standard deviation and t interval of x.
  func fillMean(_ row: inout ResultRow) {
    row.measured = Int(count)
    row.persons = Int(persons)
    guard let mean = meanX else { return row.setAbsent("no-observations") }
    row.value = mean
    row.standardDeviation = deviationX
    if let deviation = deviationX {
      row.setLimits { Interval.meanT(mean: mean, sd: deviation, n: Int(count), $0) }
    }
  }

  /// Share of observations with the first property, with Wilson's interval.
  func fillShare(_ row: inout ResultRow) {
    row.measured = Int(count)
    row.persons = Int(persons)
    guard count > 0 else { return row.setAbsent("no-observations") }
    row.numerator = Double(first)
    row.denominator = Double(count)
    row.value = Double(first) / Double(count)
    row.setLimits { Interval.wilson(Double(first), of: Double(count), $0) }
  }
}
