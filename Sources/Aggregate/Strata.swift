import Columns
import CoreDataset
import Definitions

/// The parts into which the persons of a bucket are divided by one `strata` entry of an indicator.
///
/// A part is the same measure over fewer persons, so that every measure has strata and their sums merge as the whole does.
struct StratumParts: Sendable {
  private let spec: StratumSpec
  private let bucket: Bucket
  /// Part of each person, for what does not depend on the period.
  private var partOfPerson: [UInt8] = []
  /// Part of each person in each year, for insurers.
  private var partInYear: [Int32: [Int16]] = [:]

  init(_ spec: StratumSpec, _ bucket: Bucket, _ axis: Axis) {
    self.spec = spec
    self.bucket = bucket
    switch spec {
    case .age: break
    case .sex: partOfPerson = bucket.sex
    case .insurer(let layout, _):
      guard let layout = axis.layouts.firstIndex(where: { $0.id == layout }) else { break }
      for year in Set(axis.years) { partInYear[year] = Self.insurers(bucket, axis, layout, year) }
    case .item(let instrument, let item, let moment, let range):
      partOfPerson = Self.answers(bucket, instrument, item, moment, range)
    }
  }

  /// The insurer of each person on the first insured day of a year, as a position in the layout; of who is not insured in
  /// it, the one before. Whom the layout does not have is in its last unit.
  private static func insurers(_ bucket: Bucket, _ axis: Axis, _ layout: Int, _ year: Int32) -> [Int16] {
    let first = Day(year: year, month: 1, day: 1)?.number ?? 0
    let last = Day(year: year, month: 12, day: 31)?.number ?? 0
    return (0..<bucket.personCount).map { person in
      let rows = bucket.insuredStarts[person]..<bucket.insuredStarts[person + 1]
      let insured = rows.first { bucket.insured.from[$0] <= last && bucket.insured.to[$0] >= first }
      let day = insured.map { max(first, bucket.insured.from[$0]) } ?? first
      let place = insured.map { bucket.place(ofPeriod: $0) } ?? bucket.place(of: person, on: day)
      return Int16(axis.unit(layout: layout, place, on: day) - axis.layoutStarts[layout])
    }
  }

  /// The answer of each person, as a position in the range; who has several is in the part of the first one.
  private static func answers(
    _ bucket: Bucket, _ instrument: String, _ item: String, _ moment: String, _ range: ClosedRange<Int>
  ) -> [UInt8] {
    var parts = [UInt8](repeating: UInt8(range.count), count: bucket.personCount)
    guard let instrument = bucket.instruments.find(instrument), let item = bucket.items.find(item),
      let moment = bucket.moments.find(moment)
    else { return parts }
    var days = [Int32](repeating: .max, count: bucket.personCount)
    for answer in bucket.answers
    where answer.instrument == instrument && answer.item == item && answer.moment == moment {
      guard let value = Int(exactly: answer.value), range.contains(value) else { continue }
      let person = Int(answer.person)
      let part = UInt8(value - range.lowerBound)
      // Two answers on one day: the lower one, so that the order of the data has no influence.
      if answer.completedOn < days[person] || answer.completedOn == days[person] && part < parts[person] {
        days[person] = answer.completedOn
        parts[person] = part
      }
    }
    return parts
  }

  /// The members of a population who are in a part.
  func members(_ part: Int, of population: Membership) -> Membership {
    switch spec {
    case .sex, .item: return population.only { partOfPerson[$0] == UInt8(part) }
    case .insurer: return population.only(inYear: partInYear.mapValues { $0.map { Int($0) == part } })
    case .age(let starts):
      if part == starts.count { return population.only { bucket.birthYear[$0] == Missing.int32 } }
      return population.aged(starts[part]...(part + 1 < starts.count ? starts[part + 1] - 1 : Int(Int16.max)))
    }
  }
}

extension Aggregate {
  /// The names of the parts of an indicator, in order of the results.
  static func strata(_ indicator: Indicator) -> [String] { indicator.strata.flatMap(\.parts) }

  /// The sums of the parts of an indicator, in the order of their names.
  static func parts(
    _ indicator: Indicator, _ measure: any Measure, _ bucket: Bucket, _ members: Membership, _ axis: Axis
  ) -> [Partial] {
    // Its parts are of claim lines, each with an age and sex of its own: the measure has them itself.
    if indicator.measure == .claimRate { return [] }
    if indicator.measure.parameters.needs == .groupTotals {
      return partsOfGroups(indicator, measure, bucket, members, axis)
    }
    return indicator.strata.flatMap { spec in
      let parts = StratumParts(spec, bucket, axis)
      return spec.parts.indices.map { number in
        var table = CellTable(axis: axis, strata: measure.strata.count, providers: bucket.providers.values)
        measure.accumulate(bucket, parts.members(number, of: members), into: &table)
        return Partial(table)
      }
    }
  }

  /// The sums of the groups of each age and sex; groups of which these are not known are a part of their own.
  private static func partsOfGroups(
    _ indicator: Indicator, _ measure: any Measure, _ bucket: Bucket, _ members: Membership, _ axis: Axis
  ) -> [Partial] {
    indicator.strata.flatMap { spec in
      let parts = bucket.groups.parts(spec)
      return spec.parts.indices.map { number in
        var some = bucket
        some.groups = bucket.groups.only { parts[$0] == number }
        var table = CellTable(axis: axis, strata: measure.strata.count, providers: bucket.providers.values)
        measure.accumulate(some, members, into: &table)
        return Partial(table)
      }
    }
  }
}

extension Bucket.Groups {
  /// The part of each group by age or sex.
  fileprivate func parts(_ spec: StratumSpec) -> [Int] {
    switch spec {
    case .sex: return sex.map(Int.init)
    case .age(let starts):
      let partOfBand = ageBands.values.map { band in
        AgeBand.first(band).flatMap { first in starts.lastIndex { $0 <= first } } ?? starts.count
      }
      return ageBand.map { $0 < 0 ? starts.count : partOfBand[Int($0)] }
    case .insurer, .item: return Array(repeating: 0, count: count)
    }
  }

  /// Some of the groups.
  fileprivate func only(_ condition: (Int) -> Bool) -> Bucket.Groups {
    let rows = (0..<count).filter(condition)
    let kinds = CareType.allCases.count
    var some = Bucket.Groups()
    some.unit = rows.map { unit[$0] }
    some.period = rows.map { period[$0] }
    some.sex = rows.map { sex[$0] }
    some.ageBand = rows.map { ageBand[$0] }
    some.reportedBy = rows.map { reportedBy[$0] }
    some.persons = rows.map { persons[$0] }
    some.insuredYears = rows.map { insuredYears[$0] }
    some.cents = rows.flatMap { cents[$0 * kinds..<($0 + 1) * kinds] }
    some.units = units
    some.periods = periods
    some.ageBands = ageBands
    return some
  }
}
