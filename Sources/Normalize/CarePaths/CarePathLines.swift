import Columns
import CoreDataset
import Definitions

/// The qualifying claim lines of one bucket, and the care paths that are built of them.
///
/// An episode is qualifying care without a gap of more than the declared days. Its first day is an index date when no
/// qualifying care lies in the clean days before it and the person was insured on all of them; else it is care that may
/// have begun earlier, and no path. An episode ends on its last day of care, or on the day of death or the last insured
/// day if that is earlier.
struct CarePathLines {
  struct Path {
    let person: Identifier
    let path: Int
    let indexDate: Int32
    let end: Int32
    let provider: String?
    let delivery: Int
    let record: Int32
  }
  private struct Line {
    let person: Int32
    let path: Int
    let start: Int32
    let end: Int32
    let provider: String?
    let delivery: Int
    let record: Int32
  }
  private let specs: [CarePathSpec]
  private var index = IdentifierIndex()
  private var lines: [Line] = []

  init(_ specs: [CarePathSpec]) { self.specs = specs }

  /// Adds the lines of a part that qualify, given as staged columns after corrections.
  mutating func add(_ columns: [Column], of part: StagedPart) {
    let table = Staged.claimLine
    func column(_ name: String) -> Column { columns[table.index(of: name) ?? 0] }
    guard case .identifier(let ids) = column("person"), case .day(let starts) = column("start"),
      case .day(let ends) = column("end"), case .integer(let records) = column("record")
    else { return }
    let careTypes = Self.codes(column("care_type"))
    let diagnoses = Self.codes(column("diagnosis_code"))
    let performances = Self.codes(column("performance_code"))
    let providers = Self.codes(column("provider"))
    for (path, spec) in specs.enumerated() where spec.reportedBy == nil || spec.reportedBy == part.source.reportedBy {
      let isCare = careTypes.book.values.map { value in
        spec.careTypes.isEmpty || spec.careTypes.contains { $0.rawValue == value }
      }
      // Once per distinct code, not per row.
      let byDiagnosis = diagnoses.book.values.map { code in spec.diagnoses.contains(where: code.hasPrefix) }
      let byPerformance = performances.book.values.map { code in spec.performances.contains(where: code.hasPrefix) }
      guard byDiagnosis.contains(true) || byPerformance.contains(true) else { continue }
      for row in ids.indices {
        let (d, p, c) = (diagnoses.indices[row], performances.indices[row], careTypes.indices[row])
        guard d >= 0 && byDiagnosis[Int(d)] || p >= 0 && byPerformance[Int(p)], c < 0 || isCare[Int(c)] else {
          continue
        }
        let end = ends[row] == Missing.int32 ? starts[row] : max(starts[row], ends[row])
        lines.append(
          Line(
            person: Int32(index.number(ids[row])), path: path, start: starts[row], end: end, provider: providers[row],
            delivery: part.delivery, record: records[row]))
      }
    }
  }

  private static func codes(_ column: Column) -> CodeColumn {
    switch column {
    case .code(let codes): return codes
    case .text(let texts):
      var codes = CodeColumn()
      codes.append(texts)
      return codes
    default: return CodeColumn(indices: Array(repeating: Missing.code, count: column.count), book: CodeBook())
    }
  }

  /// The care paths, by person and in order of time.
  func paths(_ insured: InsuredTime) -> [Path] {
    let sorted = lines.sorted { a, b in
      if (a.person, a.path) != (b.person, b.path) { return (a.person, a.path) < (b.person, b.path) }
      return (a.start, a.delivery, a.record) < (b.start, b.delivery, b.record)
    }
    var paths: [Path] = []
    var at = 0
    var lastDay = Int32.min
    while at < sorted.count {
      let first = sorted[at]
      let spec = specs[first.path]
      let isNew = at == 0 || sorted[at - 1].person != first.person || sorted[at - 1].path != first.path
      // The last day of qualifying care before this episode.
      let before = isNew ? Int32.min : lastDay
      var last = first.end
      var next = at + 1
      while next < sorted.count, sorted[next].person == first.person, sorted[next].path == first.path,
        sorted[next].start - last <= Int32(spec.gapDays.value)
      {
        last = max(last, sorted[next].end)
        next += 1
      }
      lastDay = last
      let person = index.identifiers[Int(first.person)]
      let clean = Int32(spec.cleanDays.value)
      let isClean = before == .min || first.start - before > clean
      if isClean, !spec.requiresInsurance || insured.covers(person, from: first.start - clean, to: first.start) {
        paths.append(
          Path(
            person: person, path: first.path, indexDate: first.start,
            end: max(first.start, min(last, insured.end(person, on: first.start))), provider: first.provider,
            delivery: first.delivery, record: first.record))
      }
      at = next
    }
    return paths
  }
}

/// Insured days and days of death of the persons of one bucket.
struct InsuredTime {
  private var periods: [Identifier: [(from: Int32, to: Int32)]] = [:]
  private var deaths: [Identifier: Int32] = [:]

  /// Adds insured periods, given as staged columns.
  mutating func add(_ columns: [Column]) {
    let table = Staged.insuredPeriod
    guard case .identifier(let ids) = columns[table.index(of: "person") ?? 0],
      case .day(let from) = columns[table.index(of: "from") ?? 0],
      case .day(let to) = columns[table.index(of: "to") ?? 0],
      case .day(let died) = columns[table.index(of: "died_on") ?? 0]
    else { return }
    for row in ids.indices {
      periods[ids[row], default: []].append((from[row], to[row] == Missing.int32 ? .max : to[row]))
      if died[row] != Missing.int32 { deaths[ids[row]] = died[row] }
    }
  }

  /// Whether a person was insured on every day of a stretch, both ends included.
  func covers(_ person: Identifier, from: Int32, to: Int32) -> Bool { lastCovered(person, from: from) >= to }

  /// The last day of insurance without a gap from a day on, or the day of death if it is earlier; without any insurance the
  /// end of time.
  func end(_ person: Identifier, on day: Int32) -> Int32 {
    let covered = lastCovered(person, from: day)
    return min(covered < day ? .max : covered, deaths[person] ?? .max)
  }

  /// The last of the insured days that follow on a day without a gap; the day before it when it is not insured.
  private func lastCovered(_ person: Identifier, from day: Int32) -> Int32 {
    var last = day - 1
    for period in (periods[person] ?? []).sorted(by: { $0.from < $1.from }) {
      if period.from - 1 > last { break }
      last = max(last, period.to)
      if last == .max { break }
    }
    return last
  }
}
