import Columns
import CoreDataset
import Definitions
import Statistics

/// Claim lines per 1,000 inhabitants of a region, crude and directly standardised for age and sex, per kind of care, with
/// the number of different persons and the euros. Inhabitants and weights come from the pipeline's standard population;
/// age and sex are those that the claim line states, else the person's.
///
/// Direct standardisation with Dobson's interval (Dobson et al. 1991), without a standardised figure below 10 lines, or with
/// Fay and Feuer's (1997), which is valid for few lines too.
struct ClaimRate: Measure {
  static let documentation =
    "Claim lines per 1,000 inhabitants, crude and directly standardised for age and sex; interval after Dobson (1991) "
    + "or Fay & Feuer (1997)."
  private let selection: ClaimSelection
  private let population: StandardPopulation?
  /// Position of the population's layout among the pipeline's.
  private let layout: Int
  private let bandByAge: [Int]
  private let sexPosition: [Int]
  /// Cells per kind of care: the whole and one for each age band and sex.
  private let groups: Int
  private let interval: Indicator.Parameters.RateInterval
  let strata: [String?]

  init(_ context: MeasureContext) {
    selection = ClaimSelection(context.indicator)
    interval = context.indicator.parameters.interval
    population = context.pipeline.standardPopulation
    layout = context.pipeline.regions.firstIndex { $0.id == context.pipeline.standardPopulation?.layout } ?? -1
    let starts = population?.bandStarts ?? [0]
    bandByAge = (0...130).map { age in (starts.lastIndex { $0 <= age } ?? 0) }
    let sexes = population?.sexes ?? []
    sexPosition = Sex.allCases.map { sexes.firstIndex(of: $0) ?? -1 }
    groups = 1 + starts.count * sexes.count
    let inner = groups
    strata = CareType.allCases.flatMap { type in
      [String?.some("care_type=\(type.rawValue)")] + Array(repeating: nil, count: inner - 1)
    }
  }

  func accumulate(_ bucket: Bucket, _ members: Membership, into table: inout CellTable) {
    let axis = table.axis
    let filter = selection.diagnosisFilter(bucket)
    let sexes = population?.sexes.count ?? 0
    for person in 0..<bucket.personCount {
      for line in bucket.claimStarts[person]..<bucket.claimStarts[person + 1]
      where selection.contains(line, bucket.claims, filter) {
        let period = axis.period(bucket.claims.start[line])
        guard period >= 0 else { continue }
        let year = axis.years[period]
        guard members.contains(person, year: year) else { continue }
        let stratum = Int(bucket.claims.careType[line]) * groups
        let stated = bucket.claims.birthYear[line]
        let birthYear = stated == Missing.int32 ? bucket.birthYear[person] : stated
        let statedSex = bucket.claims.sex[line]
        let sex = sexPosition[Int(statedSex == BucketLoader.unknownSex ? bucket.sex[person] : statedSex)]
        let age = birthYear == Missing.int32 ? -1 : min(130, Int(year - birthYear))
        let group = sex < 0 || age < 0 ? 0 : 1 + bandByAge[age] * sexes + sex
        let cents = bucket.claims.cents[line]
        UnitsOf.line(line, person, bucket, axis, []) { unit in
          let cell = table.index(unit: unit, period: period, stratum: stratum)
          table.addToPerson(cell, x: 1, y: cents)
          if group > 0 { table.addLine(cell + group) }
        }
      }
      table.endPersonCounting()
    }
  }

  func fill(_ row: inout ResultRow, _ view: CellView) {
    let total = view.cell
    row.persons = Int(total.persons)
    row.measured = Int(total.count)
    row.contributors = Double(total.persons)
    row.numerator = Double(total.count)
    row.amount = Double(total.y) / 100
    guard let population, layout >= 0 else { return row.setAbsent("no-standard-population") }
    let region = view.unit - view.axis.layoutStarts[layout]
    let size = population.bands.count * population.sexes.count
    guard region >= 0, region < view.axis.layouts[layout].units.count - 1 else {
      return row.setAbsent("no-inhabitants")
    }
    let inhabitants = population.persons[region * size..<(region + 1) * size]
    let regions = population.persons.count / size
    let all = inhabitants.reduce(0, +)
    guard all > 0 else { return row.setAbsent("no-inhabitants") }
    let scale = 1000 / all
    row.denominator = all
    row.value = Double(total.count) * scale
    row.setLimits { Interval.poisson(Double(total.count), $0)?.scaled(by: scale) }
    let lines = view.cells.dropFirst(view.stratum + 1)
    let strata = (0..<size).map { group in
      Standardisation.DirectStratum(
        observed: Double(lines[lines.startIndex + group].count),
        population: inhabitants[inhabitants.startIndex + group],
        standard: (0..<regions).reduce(0) { $0 + population.persons[$1 * size + group] })
    }
    standardise(&row, strata)
  }

  private func standardise(_ row: inout ResultRow, _ strata: [Standardisation.DirectStratum]) {
    func set(_ rate: Double, _ limits: Limits) {
      row.adjusted = rate * 1000
      row.adjustedLower95 = limits.lower * 1000
      row.adjustedUpper95 = limits.upper * 1000
    }
    switch interval {
    case .dobson:
      if let standardised = try? Standardisation.direct(strata) { set(standardised.rate, standardised.limits95) }
    case .fayFeuer:
      if let rate = try? Standardisation.directRate(strata),
        let limits = try? Standardisation.fayFeuer(strata, .percent95)
      {
        set(rate, limits)
      }
    }
  }
}
