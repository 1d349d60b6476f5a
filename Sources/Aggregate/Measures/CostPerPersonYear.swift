import Columns
import CoreDataset
import Definitions
import Statistics

/// Cost per insured person-year, or month: euros of the chosen care over insured days in years, persons as clusters of a
/// ratio estimator (Cochran 1977, ch. 6). With `by-care-type` and `by-care-line` also for each kind and line of care. A
/// person with only part of a year counts for that part; credits count negatively.
///
/// With `truncate-at` the cost of a person above that quantile of the nation's persons in the period is cut off, as is usual
/// for budgets (42 CFR 425.604(a)(4)). The quantile is of cost per insured year in whole euros, so that a person insured for
/// part of a year is judged by what a whole year would cost; it is taken of an exact histogram, so that any split into
/// buckets gives the same. A person who moved is judged in each region by the cost and days there. The number of persons
/// cut off stands in `truncated`, the quantile in `truncated_at`.
struct CostPerPersonYear: Measure {
  static let documentation = "Euros per insured person-year; linearised ratio interval (Cochran 1977)."
  private let selection: ClaimSelection
  private let byCareType: Bool
  private let byCareLine: Bool
  private let isBinned: Bool
  private let quantile: Double?
  private let perYear: Double
  /// First stratum of the lines of care.
  private let firstLine: Int
  /// First ages of the bands in which an agreement on shared savings expects cost; empty without one.
  private let riskBands: [Int]
  /// Subdivisions by age band (the last: not known) and sex, for such an agreement.
  let riskGroups: Range<Int>
  private static let lineOfType = CareType.allCases.map { type in CareLine.allCases.firstIndex(of: type.line) ?? 0 }
  let strata: [String?]

  init(_ context: MeasureContext) {
    selection = ClaimSelection(context.indicator)
    let parameters = context.indicator.parameters
    byCareType = parameters.byCareType
    byCareLine = parameters.byCareLine
    quantile = parameters.truncateAt?.value
    isBinned = quantile != nil || parameters.distribution
    perYear = parameters.per.perYear
    let types = byCareType ? CareType.allCases.map { "care_type=\($0.rawValue)" } : []
    firstLine = 1 + types.count
    let shown = [""] + types + (byCareLine ? CareLine.allCases.map { "care_line=\($0.rawValue)" } : [])
    riskBands = context.indicator.series.savings?.ageBands ?? []
    let groups = riskBands.isEmpty ? 0 : (riskBands.count + 1) * Sex.allCases.count
    riskGroups = shown.count..<shown.count + groups
    strata = shown.map { $0 } + Array(repeating: nil, count: groups)
  }

  func accumulate(_ bucket: Bucket, _ members: Membership, into table: inout CellTable) {
    let axis = table.axis
    table.billers = bucket.claims.providers
    let filter = selection.diagnosisFilter(bucket)
    for person in 0..<bucket.personCount {
      PersonTime.add(person, bucket, members, into: &table)
      let providers = axis.hasProviders ? bucket.providersOfPerson[Int32(person)] ?? [] : []
      for line in bucket.claimStarts[person]..<bucket.claimStarts[person + 1]
      where selection.contains(line, bucket.claims, filter) {
        let period = axis.period(bucket.claims.start[line])
        guard period >= 0, members.contains(person, year: axis.years[period]) else { continue }
        let cents = bucket.claims.cents[line]
        let careType = Int(bucket.claims.careType[line])
        let provider = bucket.claims.provider[line]
        UnitsOf.line(line, person, bucket, axis, providers) { unit in
          let cell = table.index(unit: unit, period: period)
          table.addToPerson(cell, x: 0, y: cents)
          table.bill(unit: unit, period: period, part: careType, provider: provider, cents: cents)
          if byCareType { table.addToPerson(cell + 1 + careType, x: 0, y: cents) }
          if byCareLine { table.addToPerson(cell + firstLine + Self.lineOfType[careType], x: 0, y: cents) }
        }
      }
      if isBinned {
        table.binPerson { days, cents, period in
          days > 0 ? Int64((Double(cents) / (100 * axis.yearsPerDay(period) * Double(days))).rounded()) : nil
        }
      }
      // A subdivision has the days of the whole: its cross-products need them, persons without cost in it do not.
      if byCareType || byCareLine { table.copyPersonX(fromStratum: 0) }
      if !riskBands.isEmpty {
        table.copyPerson { period in riskGroup(person, bucket, year: axis.years[period]) }
      }
      table.endPerson()
    }
  }

  private func riskGroup(_ person: Int, _ bucket: Bucket, year: Int32) -> Int {
    let born = bucket.birthYear[person]
    let known = born == Missing.int32 ? nil : riskBands.lastIndex { $0 <= Int(year - born) }
    return riskGroups.lowerBound + (known ?? riskBands.count) * Sex.allCases.count + Int(bucket.sex[person])
  }

  func standing(_ view: CellView) -> Standing? {
    // Figures that were cut off vary less than the sums of the nation say.
    guard quantile == nil else { return truncatedStanding(view) }
    // Cents per day become euros per year.
    return view.standingOfRatio(1 / (100 * perYear * view.axis.yearsPerDay(view.period)), denominators: \.whole)
  }

  func fill(_ row: inout ResultRow, _ view: CellView) {
    let whole = view.whole
    row.persons = Int(whole.persons)
    row.measured = Int(view.cell.persons)
    let perDay = view.axis.yearsPerDay(view.period)
    guard whole.x > 0 else { return row.setAbsent("no-insured-days") }
    let sums = sums(view, &row)
    row.numerator = sums.y / 100
    row.setContributors(view.cell.largestY)
    row.setBillers(view.billed.largest(unit: view.unit, period: view.period, parts: careTypes(of: view.stratum)))
    row.denominator = Double(whole.x) * perDay * perYear
    guard let ratio = sums.ratio(.percent95) else { return row.setAbsent("no-insured-days") }
    // Cents per day become euros per year.
    let scale = 1 / (100 * perDay * perYear)
    row.value = ratio.ratio * scale
    row.setLimits { sums.ratio($0)?.limits?.scaled(by: scale) }
  }

  /// Numbers of the kinds of care of a stratum.
  private func careTypes(of stratum: Int) -> [Int] {
    if stratum == 0 { return Array(CareType.allCases.indices) }
    return stratum < firstLine
      ? [stratum - 1] : CareType.allCases.indices.filter { Self.lineOfType[$0] == stratum - firstLine }
  }

  /// Sums over persons: days as x, cents as y.
  fileprivate struct Sums {
    var count: Int
    var x: Double
    var y: Double
    var xx: Double
    var xy: Double
    var yy: Double

    func ratio(_ level: Level) -> Interval.RatioOfSums? {
      Interval.ratioOfSums(n: count, sumX: x, sumY: y, sumXX: xx, sumXY: xy, sumYY: yy, level)
    }
  }

  private func sums(_ view: CellView, _ row: inout ResultRow) -> Sums {
    guard let cap = cap(view) else { return Sums(view.whole, view.cell) }
    row.truncatedAt = cap
    return truncated(view.whole, view.bins, cap, view) { row.truncated = Double($0) }
  }

  /// Euros per insured year above which cost is cut off; nil when nothing is.
  private func cap(_ view: CellView) -> Double? {
    quantile.flatMap { BinnedQuantiles(view.nationalBins).quantile($0) }
  }

  /// The sums with the persons above the cap at the cap.
  private func truncated(
    _ cell: Cell, _ bins: Bins, _ cap: Double, _ view: CellView, count: (Int64) -> Void
  ) -> Sums {
    var above = Bin()
    for (value, bin) in bins where Double(value) > cap { above.merge(bin) }
    count(above.count)
    // What a day may cost, in cents.
    let daily = cap * 100 * view.axis.yearsPerDay(view.period)
    return Sums(
      count: Int(cell.count), x: Double(cell.x), y: Double(cell.y - above.y) + daily * Double(above.x),
      xx: Double(cell.xx), xy: Double(cell.xy - above.xy) + daily * Double(above.xx),
      yy: Double(cell.yy - above.yy) + daily * daily * Double(above.xx))
  }

  private func truncatedStanding(_ view: CellView) -> Standing? {
    guard let cap = cap(view), view.national.x > 0, view.cell.x > 0, view.national.count > 1 else { return nil }
    let all = truncated(view.national, view.nationalBins, cap, view) { _ in }
    let ratio = all.y / all.x
    let variance = max(0, all.yy - 2 * ratio * all.xy + ratio * ratio * all.xx) / Double(all.count - 1)
    let scale = 1 / (100 * perYear * view.axis.yearsPerDay(view.period))
    let error = (variance * Double(view.cell.count)).squareRoot() / Double(view.cell.x)
    return Standing(target: ratio * scale, chance: .mean(error: error * scale))
  }
}

extension CostPerPersonYear.Sums {
  /// The sums of a cell, with the days of the whole.
  fileprivate init(_ whole: Cell, _ cell: Cell) {
    self.init(
      count: Int(whole.count), x: Double(whole.x), y: Double(cell.y), xx: Double(whole.xx), xy: Double(cell.xy),
      yy: Double(cell.yy))
  }
}
