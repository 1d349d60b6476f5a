import Columns
import Definitions

/// The units and periods that every indicator of a pipeline is computed for.
struct Axis: Sendable {
  let periods: [Period]
  let layouts: [RegionLayout]
  /// Whether figures per provider are wanted.
  let hasProviders: Bool
  /// Position of the first unit of each layout; the nation is unit 0.
  let layoutStarts: [Int]
  /// Nation and regions; providers come behind.
  let fixedUnits: Int
  /// Year in which each period begins.
  let years: [Int32]
  private let firstDay: Int32
  private let periodByDay: [Int16]
  /// Whether each layout goes by insurer.
  private let isByInsurer: [Bool]
  /// Whether any does.
  let hasInsurers: Bool
  /// Unit of each postcode or insurer, layout after layout and era after era; the last of each is the unit of those who
  /// cannot be placed.
  private let unitByPostcode: [Int32]
  /// Position of the first era of each layout, and one more.
  private let eraStarts: [Int]
  /// First day of each era.
  private let eraFrom: [Int32]
  private static let postcodes = 10_000

  init(_ pipeline: Pipeline) {
    periods = pipeline.periods
    layouts = pipeline.regions
    hasProviders = pipeline.mirror.recipients.contains("provider")
    var next = 1
    var starts: [Int] = []
    for layout in layouts {
      starts.append(next)
      next += layout.units.count
    }
    layoutStarts = starts
    isByInsurer = layouts.map(\.isByInsurer)
    hasInsurers = isByInsurer.contains(true)
    fixedUnits = next
    years = periods.map { $0.from.year }
    unitByPostcode = zip(layouts, starts).flatMap { layout, start in
      layout.eras.flatMap { era in
        era.unitByPostcode.map { Int32(start) + Int32($0) } + [Int32(start + layout.units.count - 1)]
      }
    }
    eraStarts = layouts.reduce(into: [0]) { starts, layout in
      starts.append(starts[starts.count - 1] + layout.eras.count)
    }
    eraFrom = layouts.flatMap { $0.eras.map(\.from) }
    firstDay = periods.first?.from.number ?? 0
    let lastDay = periods.last?.to.number ?? -1
    var byDay = [Int16](repeating: -1, count: max(0, Int(lastDay - firstDay) + 1))
    for (index, period) in periods.enumerated() {
      for day in period.from.number...period.to.number { byDay[Int(day - firstDay)] = Int16(index) }
    }
    periodByDay = byDay
  }

  /// The layouts that figures of an indicator are made for, with the position of their first unit: those by municipality
  /// for totals of groups, those by postcode or insurer for figures about persons.
  func layouts(of measure: MeasureKind) -> [(layout: RegionLayout, start: Int)] {
    let isOfGroups = measure.parameters.needs == .groupTotals
    return zip(layouts, layoutStarts).filter { $0.0.isByMunicipality == isOfGroups }
      .map { (layout: $0.0, start: $0.1) }
  }

  /// The period of a day; -1 when it lies in none.
  @inline(__always)
  func period(_ day: Int32) -> Int {
    let offset = Int(day) - Int(firstDay)
    return offset >= 0 && offset < periodByDay.count ? Int(periodByDay[offset]) : -1
  }

  /// The unit of a place in a layout on a day; that of those who cannot be placed without a known postcode or insurer.
  @inline(__always)
  func unit(layout: Int, _ place: Bucket.Place, on day: Int32) -> Int {
    unit(era: era(layout, on: day), code(layout, place))
  }

  /// What a layout goes by: the postcode or the insurer of a place.
  @inline(__always)
  func code(_ layout: Int, _ place: Bucket.Place) -> Int32 {
    isByInsurer[layout] ? place.insurer : place.postcode
  }

  /// Calls `use` with each unit of a place in a layout in a stretch of days, and how many of the days it has.
  func units(layout: Int, _ place: Bucket.Place, from: Int32, to: Int32, _ use: (_ unit: Int, _ days: Int64) -> Void) {
    let number = code(layout, place)
    var from = from
    var era = era(layout, on: from)
    while era + 1 < eraStarts[layout + 1] && eraFrom[era + 1] <= to {
      use(unit(era: era, number), Int64(eraFrom[era + 1] - from))
      era += 1
      from = eraFrom[era]
    }
    use(unit(era: era, number), Int64(to - from + 1))
  }

  @inline(__always)
  private func era(_ layout: Int, on day: Int32) -> Int {
    var era = eraStarts[layout]
    // Most layouts have one era: there is nothing to look for.
    while era &+ 1 < eraStarts[layout &+ 1] && eraFrom[era &+ 1] <= day { era &+= 1 }
    return era
  }

  @inline(__always)
  private func unit(era: Int, _ number: Int32) -> Int {
    let known = number >= 0 && number < Int32(Self.postcodes)
    return Int(unitByPostcode[era &* (Self.postcodes &+ 1) &+ (known ? Int(number) : Self.postcodes)])
  }

  /// Persons insured all period long count as this many person-years per day: a year has 365 or 366 days.
  func yearsPerDay(_ period: Int) -> Double {
    let from = periods[period].from.date
    let to = periods[period].to.date
    guard from.year == to.year else { return 1 / 365.25 }
    let isLeap = from.year % 4 == 0 && (from.year % 100 != 0 || from.year % 400 == 0)
    return isLeap ? 1.0 / 366 : 1.0 / 365
  }
}
