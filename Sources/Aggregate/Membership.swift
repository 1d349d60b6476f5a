import Columns
import CoreDataset
import Definitions

/// Who of a bucket belongs to a population.
struct Membership: Sendable {
  private var isMember: [Bool]
  private var ages: ClosedRange<Int>?
  /// Whether each person belongs to it in a year; empty when that does not depend on the year.
  private var isMemberInYear: [Int32: [Bool]] = [:]
  private let birthYear: [Int32]
  /// Codes of the care paths that count; nil when any does.
  private let paths: Set<Int32>?

  init(_ population: Population, _ bucket: Bucket) {
    var isMember = [Bool](repeating: true, count: bucket.personCount)
    var ages: ClosedRange<Int>?
    var paths: Set<Int32>?
    for condition in population.conditions {
      switch condition {
      case .carePath(let names):
        let codes = Set(names.compactMap { bucket.paths.find($0) })
        paths = codes
        for person in isMember.indices where isMember[person] {
          isMember[person] = bucket.pathsOfPerson[Int32(person)]?.contains(where: codes.contains) ?? false
        }
      case .diagnosis(let prefixes):
        let counts = bucket.claims.diagnoses.map { code in prefixes.contains { code.hasPrefix($0) } }
        for person in isMember.indices where isMember[person] {
          let lines = bucket.claimStarts[person]..<bucket.claimStarts[person + 1]
          isMember[person] = lines.contains {
            let code = bucket.claims.diagnosis[$0]
            return code >= 0 && counts[Int(code)]
          }
        }
      case .sex(let sexes):
        let codes = Set(sexes.compactMap { sex in Sex.allCases.firstIndex(of: sex).map { UInt8($0) } })
        for person in isMember.indices where isMember[person] { isMember[person] = codes.contains(bucket.sex[person]) }
      case .age(let from, let to): ages = from...to
      }
    }
    self.isMember = isMember
    self.ages = ages
    self.paths = paths
    birthYear = bucket.birthYear
  }

  /// Whether a person belongs to it in a year.
  @inline(__always)
  func contains(_ person: Int, year: Int32) -> Bool {
    guard isMember[person] else { return false }
    if !isMemberInYear.isEmpty && isMemberInYear[year]?[person] != true { return false }
    guard let ages else { return true }
    return birthYear[person] != Missing.int32 && ages.contains(Int(year - birthYear[person]))
  }

  /// Those of them for whom a condition on their number holds.
  func only(_ condition: (Int) -> Bool) -> Membership {
    var some = self
    for person in isMember.indices where isMember[person] { some.isMember[person] = condition(person) }
    return some
  }

  /// Those of them for whom a condition on year and number holds.
  func only(inYear condition: [Int32: [Bool]]) -> Membership {
    var some = self
    some.isMemberInYear = condition
    return some
  }

  /// Those of them in an age band.
  func aged(_ band: ClosedRange<Int>) -> Membership {
    var some = self
    guard let ages else {
      some.ages = band
      return some
    }
    guard ages.overlaps(band) else { return only { _ in false } }
    some.ages = ages.clamped(to: band)
    return some
  }

  /// Whether a measurement on a care path counts.
  func contains(path: Int32) -> Bool { paths?.contains(path) ?? true }
}
