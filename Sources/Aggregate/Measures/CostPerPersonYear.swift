import Columns
import CoreDataset
import Definitions
import Statistics

/// Cost per insured person-year: euros of the chosen care over insured days in years, persons as clusters of a ratio
/// estimator (Cochran 1977, ch. 6). With `by-care-type` also for each kind of care. A person with only part of a year
/// counts for that part; credits count negatively.
struct CostPerPersonYear: Measure {
  static let documentation = "Euros per insured person-year; linearised ratio interval (Cochran 1977)."
  private let selection: ClaimSelection
  private let byCareType: Bool
  let strata: [String?]

  init(_ context: MeasureContext) {
    selection = ClaimSelection(context.indicator)
    byCareType = context.indicator.parameters.byCareType
    strata = [""] + (byCareType ? CareType.allCases.map { "care_type=\($0.rawValue)" } : [])
  }

  func accumulate(_ bucket: Bucket, _ members: Membership, into table: inout CellTable) {
    let axis = table.axis
    let filter = selection.diagnosisFilter(bucket)
    for person in 0..<bucket.personCount {
      PersonTime.add(person, bucket, members, into: &table)
      let providers = axis.hasProviders ? bucket.providersOfPerson[Int32(person)] ?? [] : []
      for line in bucket.claimStarts[person]..<bucket.claimStarts[person + 1]
      where selection.contains(line, bucket.claims, filter) {
        let period = axis.period(bucket.claims.start[line])
        guard period >= 0, members.contains(person, year: axis.years[period]) else { continue }
        let cents = bucket.claims.cents[line]
        let careType = Int(bucket.claims.careType[line]) + 1
        UnitsOf.line(line, person, bucket, axis, providers) { unit in
          table.addToPerson(table.index(unit: unit, period: period), x: 0, y: cents)
          if byCareType {
            table.addToPerson(table.index(unit: unit, period: period, stratum: careType), x: 0, y: cents)
          }
        }
      }
      // A subdivision has the days of the whole: its cross-products need them, persons without cost in it do not.
      if byCareType { table.copyPersonX(fromStratum: 0) }
      table.endPerson()
    }
  }

  func standing(_ view: CellView) -> Standing? {
    // Cents per day become euros per year.
    view.standingOfRatio(1 / (100 * view.axis.yearsPerDay(view.period)), denominators: \.whole)
  }

  func fill(_ row: inout ResultRow, _ view: CellView) {
    let cell = view.cell
    let whole = view.whole
    row.persons = Int(whole.persons)
    row.measured = Int(cell.persons)
    let perDay = view.axis.yearsPerDay(view.period)
    guard whole.x > 0 else { return row.setAbsent("no-insured-days") }
    row.numerator = Double(cell.y) / 100
    row.remainder = cell.largestY.remainder
    row.denominator = Double(whole.x) * perDay
    let ratio = Interval.ratioOfSums(
      n: Int(whole.count), sumX: Double(whole.x), sumY: Double(cell.y), sumXX: Double(whole.xx),
      sumXY: Double(cell.xy), sumYY: Double(cell.yy), .percent95)
    guard let ratio else { return row.setAbsent("no-insured-days") }
    // Cents per day become euros per year.
    let scale = 1 / (100 * perDay)
    row.value = ratio.ratio * scale
    row.setLimits { level in
      Interval.ratioOfSums(
        n: Int(whole.count), sumX: Double(whole.x), sumY: Double(cell.y), sumXX: Double(whole.xx),
        sumXY: Double(cell.xy), sumYY: Double(cell.yy), level)?.limits?.scaled(by: scale)
    }
  }
}
