import Columns
import CoreDataset
import Definitions

/// The columns of a case-mix model: an intercept, the score at the first moment, and one column of zeros and ones for each
/// level of each factor but its reference.
struct CaseMixDesign: Sendable {
  /// A characteristic with its levels; the last level is `unknown`.
  struct Factor: Sendable {
    let name: String
    let levels: [String]
    let reference: Int
    /// Column of each level; -1 for the reference.
    let columns: [Int]
  }

  let factors: [Factor]
  /// The name of every column.
  let names: [String]
  private let age: CaseMixSpec.Age?
  private let hasSex: Bool
  private let items: [CaseMixSpec.Item]

  /// Columns before those of the factors: the intercept and the score.
  static let leading = ["intercept", "score"]
  static let unknown = "unknown"

  init(_ spec: CaseMixSpec?) {
    var factors: [Factor] = []
    var names = Self.leading
    func add(_ name: String, _ levels: [String], reference: Int) {
      let columns = levels.indices.map { level in
        if level == reference { return -1 }
        names.append("\(name)=\(levels[level])")
        return names.count - 1
      }
      factors.append(Factor(name: name, levels: levels, reference: reference, columns: columns))
    }
    if let age = spec?.age {
      let ends = age.bands.dropFirst().map { "-\($0 - 1)" } + ["+"]
      let bands = zip(age.bands, ends).map { "\($0)\($1)" }
      add("age", bands + [Self.unknown], reference: age.bands.firstIndex(of: age.reference) ?? 0)
    }
    if let sex = spec?.sex {
      add("sex", Sex.allCases.map(\.rawValue), reference: Sex.allCases.firstIndex(of: sex) ?? 0)
    }
    for item in spec?.items ?? [] {
      let levels = item.range.map(String.init) + [Self.unknown]
      add(item.item, levels, reference: item.reference.map { $0 - item.range.lowerBound } ?? levels.count - 1)
    }
    self.factors = factors
    self.names = names
    age = spec?.age
    hasSex = spec?.sex != nil
    items = spec?.items ?? []
  }

  /// The levels of the persons of a bucket.
  struct Reader {
    private struct Key: Hashable {
      let person: Int32
      let path: Int32
      let day: Int32
    }
    private let design: CaseMixDesign
    private var answers: [Key: [UInt8]] = [:]

    init(_ design: CaseMixDesign, _ bucket: Bucket) {
      self.design = design
      if design.items.isEmpty { return }
      let unknown = design.items.map { UInt8($0.range.count) }
      // An answer is looked at for the characteristics with its item code only.
      var candidates = [[Int]](repeating: [], count: bucket.items.count)
      for (position, item) in design.items.enumerated() {
        if let code = bucket.items.find(item.item) { candidates[Int(code)].append(position) }
      }
      let instruments = design.items.map { bucket.instruments.find($0.instrument) }
      let moments = design.items.map { bucket.moments.find($0.moment) }
      for answer in bucket.answers {
        for position in candidates[Int(answer.item)]
        where answer.instrument == instruments[position] && answer.moment == moments[position] {
          let item = design.items[position]
          let day = answer.indexDate == Missing.int32 ? answer.completedOn : answer.indexDate
          let value = Int(answer.value)
          let level = item.merged[value] ?? value
          guard item.range.contains(level) else { continue }
          answers[Key(person: answer.person, path: answer.path, day: day), default: unknown][position] = UInt8(
            level - item.range.lowerBound)
        }
      }
    }

    /// The level of each factor, for the person of a course in a year.
    func levels(_ course: Bucket.Course, year: Int32, _ bucket: Bucket) -> [UInt8] {
      var levels: [UInt8] = []
      levels.reserveCapacity(design.factors.count)
      if let age = design.age {
        let born = bucket.birthYear[Int(course.person)]
        let band = born == Missing.int32 ? nil : age.bands.lastIndex { $0 <= Int(year - born) }
        levels.append(UInt8(band ?? age.bands.count))
      }
      if design.hasSex { levels.append(bucket.sex[Int(course.person)]) }
      let key = Key(person: course.person, path: course.path, day: course.indexDate)
      return levels + (answers[key] ?? design.items.map { UInt8($0.range.count) })
    }
  }
}
