import Columns
import CoreDataset

/// What checks counted, in one bucket or in all.
struct BucketQuality: Sendable {
  /// A record to look at.
  struct Example: Sendable, Comparable {
    let delivery: Int
    let record: Int32

    static func < (a: Example, b: Example) -> Bool { (a.delivery, a.record) < (b.delivery, b.record) }
  }
  /// What one check counted.
  struct Tally: Sendable {
    var violated = 0
    var denominator = 0
    var example: Example?
    /// Violations by delivery.
    var deliveries: [Int: Int] = [:]
    /// Violations by care provider and month; empty before the first.
    var places: [Int32] = []
  }
  /// A table of a source.
  struct Origin: Hashable, Sendable {
    let table: String
    let source: String
  }
  /// Records and cents of a source by care provider and month: the place of provider `p` and month `m` is
  /// `(p + 1) * (months + 1) + m`; provider -1 stands for none, the last month for all other days.
  struct Volume: Sendable {
    var records: [Int32] = []
    var cents: [Int64] = []
  }
  /// What is known of one column of a source.
  struct Profile: Sendable {
    var rows = 0
    var missing = 0
    var sum = 0.0
    /// Rows of each code, of columns with a list of values.
    var codes: [String: Int] = [:]
  }

  let plan: QualityPlan
  private(set) var tallies: [Tally]
  private(set) var volumes: [Origin: Volume] = [:]
  private(set) var profiles: [Origin: [Profile]] = [:]
  /// Rows of each table by delivery.
  private(set) var rows: [String: [Int: Int]] = [:]
  /// Codes of care providers, in order of first appearance.
  private(set) var providers = CodeBook()
  private let deliveries: [String: Int]

  /// Nothing counted yet.
  init(_ plan: QualityPlan, deliveries: [String]) {
    self.plan = plan
    tallies = Array(repeating: Tally(), count: plan.checks.count)
    self.deliveries = Dictionary(deliveries.enumerated().map { ($1, $0) }) { first, _ in first }
  }

  private var stride: Int { plan.months.count + 1 }

  /// Looks at rows that are written to a core table, given as its columns in order.
  mutating func observe(_ table: CoreTable, _ columns: [Column], persons: PersonRows? = nil) {
    guard let checks = plan.tables[table.name], columns[0].count > 0,
      case .code(let files) = columns[checks.delivery]
    else { return }
    let counts = ColumnSummary(columns[checks.delivery]).codes
    for (code, count) in counts.enumerated() where count > 0 {
      guard let delivery = deliveries[files.book[code]] else { continue }
      if Int(count) == columns[0].count {
        observe(checks, columns, persons, delivery)
      } else {
        let rows = files.indices.indices.filter { files.indices[$0] == Int32(code) }.map { Int32($0) }
        observe(checks, columns.map { $0.gather(rows[...]) }, persons?.gather(rows), delivery)
      }
    }
  }

  /// Rows of one delivery.
  private mutating func observe(
    _ checks: QualityPlan.TableChecks, _ columns: [Column], _ persons: PersonRows?, _ delivery: Int
  ) {
    var chunk = CheckedChunk(columns, persons: persons, providers: plan.providers)
    rows[checks.table.name, default: [:]][delivery, default: 0] += chunk.rows
    profile(checks.table, columns, chunk.summaries, delivery)
    let places = places(checks, columns)
    if let places { add(places, checks, columns, delivery) }
    guard case .integer(let records) = columns[checks.record] else { return }
    for check in checks.checks {
      tallies[check.number].denominator += chunk.count(check.among).rows
      let (violated, found) = chunk.count(check.violated)
      if violated == 0 { continue }
      tallies[check.number].violated += violated
      tallies[check.number].deliveries[delivery, default: 0] += violated
      let needsPlaces = check.isPlaced && places != nil
      if !needsPlaces && tallies[check.number].example.map({ $0.delivery <= delivery }) == true { continue }
      let marks = found ?? chunk.marks(check.violated)
      if let row = marks.firstIndex(of: 1) {
        let example = Example(delivery: delivery, record: records[row])
        tallies[check.number].example = min(tallies[check.number].example ?? example, example)
      }
      if let places, needsPlaces { tally(check.number, places, marks) }
    }
  }

  /// Care provider and month of each row, as a place in tables of counts; nil for tables without days.
  private mutating func places(_ checks: QualityPlan.TableChecks, _ columns: [Column]) -> [Int32]? {
    guard let day = checks.day, case .day(let days) = columns[day] else { return nil }
    let stride = Int32(stride)
    let months = plan.months
    var places = [Int32](repeating: 0, count: days.count)
    var to = places.mutableSpan
    let from = days.span
    if let column = checks.provider, case .code(let codes) = columns[column] {
      // One place more in front for rows without a care provider.
      let starts = [Int32(0)] + codes.book.values.map { (providers.code($0) + 1) * stride }
      let indices = codes.indices.span
      for row in to.indices {
        to[row] = starts[Int(indices[row]) + 1] + Int32(truncatingIfNeeded: months.month(from[row]))
      }
    } else {
      for row in to.indices { to[row] = Int32(truncatingIfNeeded: months.month(from[row])) }
    }
    return places
  }

  private var size: Int { (providers.count + 1) * stride }

  private mutating func add(
    _ places: [Int32], _ checks: QualityPlan.TableChecks, _ columns: [Column], _ delivery: Int
  ) {
    let origin = Origin(table: checks.table.name, source: plan.sources[delivery])
    var volume = volumes[origin] ?? Volume()
    volumes[origin] = nil
    volume.records.append(contentsOf: repeatElement(0, count: max(0, size - volume.records.count)))
    var records = volume.records.mutableSpan
    let at = places.span
    for row in at.indices { records[Int(at[row])] &+= 1 }
    if let amount = checks.amount, case .cents(let values) = columns[amount] {
      volume.cents.append(contentsOf: repeatElement(0, count: max(0, size - volume.cents.count)))
      var cents = volume.cents.mutableSpan
      let from = values.span
      for row in at.indices where from[row] != Missing.int64 { cents[Int(at[row])] &+= from[row] }
    }
    volumes[origin] = volume
  }

  private mutating func tally(_ check: Int, _ places: [Int32], _ marks: [UInt8]) {
    var counts = tallies[check].places
    tallies[check].places = []
    counts.append(contentsOf: repeatElement(0, count: max(0, size - counts.count)))
    for row in marks.indices where marks[row] == 1 { counts[Int(places[row])] += 1 }
    tallies[check].places = counts
  }

  private mutating func profile(
    _ table: CoreTable, _ columns: [Column], _ summaries: [ColumnSummary], _ delivery: Int
  ) {
    let origin = Origin(table: table.name, source: plan.sources[delivery])
    var profiles = self.profiles[origin] ?? table.columns.map { _ in Profile() }
    for (index, summary) in summaries.enumerated() {
      profiles[index].rows += summary.rows
      profiles[index].missing += summary.missing
      profiles[index].sum += summary.sum
      guard !table.columns[index].allowed.isEmpty, case .code(let codes) = columns[index] else { continue }
      for (code, count) in summary.codes.enumerated() where count > 0 {
        profiles[index].codes[codes.book[code], default: 0] += Int(count)
      }
    }
    self.profiles[origin] = profiles
  }

  /// Adds what was counted in another bucket.
  mutating func merge(_ other: BucketQuality) {
    let starts = [0] + other.providers.values.map { Int(providers.code($0)) + 1 }
    let (stride, size) = (stride, size)
    func sum<Value: FixedWidthInteger>(_ own: [Value], _ counts: [Value]) -> [Value] {
      if counts.isEmpty { return own }
      var own = own + Array(repeating: 0, count: max(0, size - own.count))
      for (place, count) in counts.enumerated() where count != 0 {
        own[starts[place / stride] * stride + place % stride] += count
      }
      return own
    }
    for (number, tally) in other.tallies.enumerated() {
      tallies[number].violated += tally.violated
      tallies[number].denominator += tally.denominator
      tallies[number].deliveries.merge(tally.deliveries, uniquingKeysWith: +)
      if let example = tally.example { tallies[number].example = min(tallies[number].example ?? example, example) }
      tallies[number].places = sum(tallies[number].places, tally.places)
    }
    for (origin, volume) in other.volumes {
      let own = volumes[origin] ?? Volume()
      volumes[origin] = Volume(records: sum(own.records, volume.records), cents: sum(own.cents, volume.cents))
    }
    for (origin, profiles) in other.profiles {
      var own = self.profiles[origin] ?? profiles.map { _ in Profile() }
      for (index, profile) in profiles.enumerated() {
        own[index].rows += profile.rows
        own[index].missing += profile.missing
        own[index].sum += profile.sum
        own[index].codes.merge(profile.codes, uniquingKeysWith: +)
      }
      self.profiles[origin] = own
    }
    for (table, counts) in other.rows { rows[table, default: [:]].merge(counts, uniquingKeysWith: +) }
  }
}
