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

  init(_ spec: StratumSpec, _ bucket: Bucket) {
    self.spec = spec
    self.bucket = bucket
    switch spec {
    case .age: break
    case .sex: partOfPerson = bucket.sex
    case .item(let instrument, let item, let moment, let range):
      partOfPerson = Self.answers(bucket, instrument, item, moment, range)
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
    indicator.strata.flatMap { spec in
      let parts = StratumParts(spec, bucket)
      return spec.parts.indices.map { number in
        var table = CellTable(axis: axis, strata: measure.strata.count, providers: bucket.providers.values)
        measure.accumulate(bucket, parts.members(number, of: members), into: &table)
        return Partial(table)
      }
    }
  }
}
