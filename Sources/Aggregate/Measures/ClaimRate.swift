import Columns
import CoreDataset
import Definitions
import Statistics

/// Claim lines per 1,000 inhabitants of a region, crude and directly standardised for age and sex, per kind of care, with
/// the number of different persons and the euros. Inhabitants and weights come from the pipeline's standard population;
/// age and sex are those that the claim line states, else the person's. With `strata` there are also all kinds together, and
/// of these each age or sex, per 1,000 inhabitants of that age or sex and standardised for the rest.
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
  /// Cells per block: its sum, and one for each age band and sex.
  private let groups: Int
  /// Block of the first kind of care: behind that of all kinds where there are parts.
  private let kindsFrom: Int
  /// Parts by age and by sex: their first block.
  private var ageParts: (block: Int, starts: [Int])?
  private var sexBlock: Int?
  /// Which age bands and sexes the inhabitants of each block are of.
  private let inhabitantsOf: [[Bool]]
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
    let sexPosition = Sex.allCases.map { sexes.firstIndex(of: $0) ?? -1 }
    self.sexPosition = sexPosition
    let inner = 1 + starts.count * sexes.count
    groups = inner
    let specs = context.indicator.strata
    kindsFrom = specs.isEmpty ? 0 : 1
    var names = (specs.isEmpty ? [] : [""]) + CareType.allCases.map { "care_type=\($0.rawValue)" }
    var inhabitants = Array(repeating: Array(repeating: true, count: inner - 1), count: names.count)
    for spec in specs {
      switch spec {
      case .sex:
        sexBlock = names.count
        inhabitants += sexPosition.map { place in (0..<inner - 1).map { $0 % sexes.count == place } }
      case .age(let first):
        ageParts = (names.count, first)
        inhabitants += (0...first.count).map { part in
          (0..<inner - 1).map { group in first.lastIndex { $0 <= starts[group / sexes.count] } == part }
        }
      // The definitions have none of these.
      case .insurer, .item: continue
      }
      names += spec.parts
    }
    inhabitantsOf = inhabitants
    strata = names.flatMap { [String?.some($0)] + Array(repeating: nil, count: inner - 1) }
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
        let stated = bucket.claims.birthYear[line]
        let birthYear = stated == Missing.int32 ? bucket.birthYear[person] : stated
        let statedSex = bucket.claims.sex[line]
        let sex = Int(statedSex == BucketLoader.unknownSex ? bucket.sex[person] : statedSex)
        let age = birthYear == Missing.int32 ? -1 : max(0, min(130, Int(year - birthYear)))
        let group = sexPosition[sex] < 0 || age < 0 ? 0 : 1 + bandByAge[age] * sexes + sexPosition[sex]
        let kind = kindsFrom + Int(bucket.claims.careType[line])
        let cents = bucket.claims.cents[line]
        UnitsOf.line(line, person, bucket, axis, []) { unit in
          let first = table.index(unit: unit, period: period)
          count(cents, group, in: first + kind * groups, &table)
          if kindsFrom == 0 { return }
          count(cents, group, in: first, &table)
          if let sexBlock { count(cents, group, in: first + (sexBlock + sex) * groups, &table) }
          if let ageParts { count(cents, group, in: first + agePart(age, ageParts) * groups, &table) }
        }
      }
      table.endPersonCounting()
    }
  }

  @inline(__always)
  private func count(_ cents: Int64, _ group: Int, in cell: Int, _ table: inout CellTable) {
    table.addToPerson(cell, x: 1, y: cents)
    if group > 0 { table.addLine(cell + group) }
  }

  @inline(__always)
  private func agePart(_ age: Int, _ parts: (block: Int, starts: [Int])) -> Int {
    var part = parts.starts.count
    if age >= 0 {
      part -= 1
      while part > 0 && parts.starts[part] > age { part -= 1 }
    }
    return parts.block + part
  }

  func fill(_ row: inout ResultRow, _ view: CellView) {
    let total = view.cell
    row.persons = Int(total.persons)
    row.measured = Int(total.count)
    row.contributors = Double(total.persons)
    row.numerator = Double(total.count)
    row.amount = Double(total.y) / 100
    // Without a single line in the nation nothing was delivered: that is no rate of 0.
    if view.national.persons == 0 { return row.setAbsent("no-events") }
    guard let population, layout >= 0 else { return row.setAbsent("no-standard-population") }
    let region = view.unit - view.axis.layoutStarts[layout]
    let size = population.bands.count * population.sexes.count
    guard region >= 0, region < view.axis.layouts[layout].units.count - 1 else {
      return row.setAbsent("no-inhabitants")
    }
    let isOf = inhabitantsOf[view.stratum / groups]
    let kept = (0..<size).filter { isOf[$0] }
    let regions = population.persons.count / size
    let all = kept.reduce(0) { $0 + population.persons[region * size + $1] }
    guard all > 0 else { return row.setAbsent("no-inhabitants") }
    let scale = 1000 / all
    row.denominator = all
    row.value = Double(total.count) * scale
    row.setLimits { Interval.poisson(Double(total.count), $0)?.scaled(by: scale) }
    let lines = view.cells.dropFirst(view.stratum + 1)
    let strata = kept.map { group in
      Standardisation.DirectStratum(
        observed: Double(lines[lines.startIndex + group].count),
        population: population.persons[region * size + group],
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
