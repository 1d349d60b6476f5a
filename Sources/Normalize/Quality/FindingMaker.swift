import Columns
import CoreDataset
import Definitions
import Workspace

/// Makes findings of what was counted in all buckets: one for each check that ran, and one for each part of the rows in
/// which a check with consequences found more than its threshold.
struct FindingMaker {
  let quality: BucketQuality
  let setAside: SetAside
  let pipeline: Pipeline
  let manifest: Manifest

  private var stride: Int { quality.plan.months.count + 1 }

  /// The findings, in order of the checks, each with its parts behind it.
  func findings() -> [FindingRow] {
    let own = quality.plan.checks.enumerated().flatMap { number, check in findings(of: check, number) }
    let known = Set(quality.plan.checks.map(\.id))
    // A reason that the catalogue does not know yet is reported all the same.
    let other = setAside.reasons.keys.filter { !known.contains("delivery.\($0)") }.sorted().map { reason in
      QualityCheck(
        id: "delivery.\(reason)", category: .conformance, table: "delivery", column: nil,
        dutch: "Apart gezet: \(reason)", english: "Set aside: \(reason)", method: .setAside(reason: reason),
        threshold: 1, why: "Measured here.", severity: .warning)
    }
    return own + other.flatMap { findings(of: $0, nil) }
  }

  private func findings(of check: QualityCheck, _ number: Int?) -> [FindingRow] {
    switch check.method {
    case .rows: number.map { ofRows(check, quality.tallies[$0]) } ?? []
    case .setAside(let reason): ofSetAside(check, setAside.reasons[reason])
    case .account(let account): ofAccount(check, account)
    case .monthMissing, .monthDoubled: ofMonths(check)
    }
  }

  /// A finding with what it touches.
  private func finding(
    _ check: QualityCheck, scope: String = "all", _ violated: Int, _ denominator: Int,
    _ example: BucketQuality.Example? = nil, reporters: Set<String> = []
  ) -> FindingRow {
    var row = FindingRow(check, scope: scope, violated: violated, denominator: denominator)
    if let example {
      row.delivery = manifest.deliveries[example.delivery].delivery
      row.record = Int(example.record)
    }
    if violated > 0 { row.indicators = pipeline.indicators(using: check.table, check.columns, reporters: reporters) }
    return row
  }

  private func ofRows(_ check: QualityCheck, _ tally: BucketQuality.Tally) -> [FindingRow] {
    if tally.denominator == 0 { return [] }
    let reporters = Set(tally.deliveries.keys.map { manifest.deliveries[$0].reportedBy })
    var whole = finding(check, tally.violated, tally.denominator, tally.example, reporters: reporters)
    switch check.consequence {
    case .none: return [whole]
    case .stop:
      let parts = tally.deliveries.sorted { $0.key < $1.key }.compactMap { delivery, violated in
        part(
          check, "delivery=\(manifest.deliveries[delivery].delivery)", violated,
          quality.rows[check.table]?[delivery] ?? 0)
      }
      return [whole] + parts
    case .block:
      let isPlaced = quality.plan.tables[check.table]?.day != nil
      if !isPlaced {
        if whole.status == .exceeded { whole.consequence = .block }
        return [whole]
      }
      if tally.places.isEmpty { return [whole] }
      return [whole] + placed(check, tally.places, out: records(of: check.table), tally.example, reporters)
    }
  }

  /// A part in which there is too much; nil where there is not.
  private func part(
    _ check: QualityCheck, _ scope: String, _ violated: Int, _ denominator: Int,
    provider: String = "", period: String = "", _ example: BucketQuality.Example? = nil, reporters: Set<String> = []
  ) -> FindingRow? {
    var row = finding(check, scope: scope, violated, denominator, example, reporters: reporters)
    guard row.status == .exceeded else { return nil }
    row.consequence = check.consequence
    row.provider = provider
    row.period = period
    if scope.hasPrefix("delivery=") { row.delivery = String(scope.dropFirst("delivery=".count)) }
    return row
  }

  /// Records of a table by place, of all sources together.
  private func records(of table: String) -> [Int32] {
    var sums: [Int32] = []
    for (origin, volume) in quality.volumes where origin.table == table {
      sums += Array(repeating: 0, count: max(0, volume.records.count - sums.count))
      for (place, count) in volume.records.enumerated() { sums[place] += count }
    }
    return sums
  }

  /// The periods, and the care providers in periods, in which the share of all records is too large.
  private func placed(
    _ check: QualityCheck, _ violated: [Int32], out of: [Int32], _ example: BucketQuality.Example?,
    _ reporters: Set<String>
  ) -> [FindingRow] {
    let months = quality.plan.months
    let units = (violated.count + stride - 1) / stride
    var rows: [FindingRow] = []
    for (position, period) in pipeline.periods.enumerated() {
      let inPeriod = months.periods.indices.filter { months.periods[$0].contains(position) }
      func sum(_ counts: [Int32], _ unit: Int) -> Int {
        inPeriod.reduce(0) { $0 + (unit * stride + $1 < counts.count ? Int(counts[unit * stride + $1]) : 0) }
      }
      let faults = (0..<units).map { sum(violated, $0) }
      let whole = (0..<max(units, (of.count + stride - 1) / stride)).reduce(0) { $0 + sum(of, $1) }
      if let row = part(
        check, "period=\(period.id)", faults.reduce(0, +), whole, period: period.id, example, reporters: reporters)
      {
        rows.append(row)
      }
      let providers = (1..<max(units, 1)).filter { faults[$0] > 0 }.map { (quality.providers[$0 - 1], $0) }
      for (provider, unit) in providers.sorted(by: { $0.0 < $1.0 }) {
        let scope = "provider=\(provider) period=\(period.id)"
        if let row = part(
          check, scope, faults[unit], sum(of, unit), provider: provider, period: period.id, reporters: reporters)
        {
          rows.append(row)
        }
      }
    }
    return rows
  }

  // MARK: - Deliveries

  private var recordsRead: Int { manifest.deliveries.reduce(0) { $0 + $1.read } }

  private func ofSetAside(_ check: QualityCheck, _ count: SetAside.Count?) -> [FindingRow] {
    if recordsRead == 0 { return [] }
    let whole = finding(check, count?.cases ?? 0, recordsRead, count?.example)
    guard check.consequence == .stop, let count else { return [whole] }
    return [whole]
      + count.deliveries.sorted { $0.key < $1.key }.compactMap { delivery, cases in
        let account = manifest.deliveries[delivery]
        return part(check, "delivery=\(account.delivery)", cases, account.read)
      }
  }

  private func ofAccount(_ check: QualityCheck, _ account: QualityCheck.Account) -> [FindingRow] {
    func cases(_ delivery: DeliveryAccount) -> Int {
      switch account {
      case .superseded: delivery.superseded
      case .netted: delivery.netted
      case .unmatchedCredits: delivery.unmatchedCredits
      case .withoutAmount: delivery.quarantinedWithoutAmount
      case .spreadsheetSigns: delivery.spreadsheetSigns
      }
    }
    if recordsRead == 0 { return [] }
    var whole = finding(check, manifest.deliveries.reduce(0) { $0 + cases($1) }, recordsRead)
    whole.delivery = manifest.deliveries.first { cases($0) > 0 }?.delivery ?? ""
    guard check.consequence == .stop else { return [whole] }
    return [whole]
      + manifest.deliveries.compactMap { part(check, "delivery=\($0.delivery)", cases($0), $0.read) }
  }

  // MARK: - Months

  /// Fewest lines a month, in the middle, with which an empty month is no chance.
  private static let regularLines = 20
  /// Fewest lines in the months beside, with which twice as many is no chance.
  private static let manyLines: Int32 = 50
  /// How much more a doubled month has than others on average: six tenths, for months differ by more than chance, and five
  /// Poisson standard deviations of the difference between one month and the mean of the others.
  private static let doubled = (ratio: 1.6, deviations: 5.0)
  /// Months at either end in which care only begins to be delivered, or no longer is.
  private static let edge = 2

  private func ofMonths(_ check: QualityCheck) -> [FindingRow] {
    var violated: [Int32] = []
    var judged: [Int32] = []
    var reporters: Set<String> = []
    let months = quality.plan.months.count
    for (origin, volume) in quality.volumes where origin.table == check.table {
      let size = volume.records.count
      violated += Array(repeating: 0, count: max(0, size - violated.count))
      judged += Array(repeating: 0, count: max(0, size - judged.count))
      for unit in 1..<max(1, size / stride) {
        let counts = Array(volume.records[unit * stride..<unit * stride + months])
        for (month, isViolated) in Self.judge(counts, check.method) {
          judged[unit * stride + month] += 1
          if !isViolated { continue }
          violated[unit * stride + month] += 1
          reporters.formUnion(manifest.deliveries.filter { $0.source == origin.source }.map(\.reportedBy))
        }
      }
    }
    let total = judged.reduce(0) { $0 + Int($1) }
    if total == 0 { return [] }
    let whole = finding(check, violated.reduce(0) { $0 + Int($1) }, total, reporters: reporters)
    return [whole] + (check.consequence == .block ? placed(check, violated, out: judged, nil, reporters) : [])
  }

  /// The months that count, each with whether it is at fault.
  static func judge(_ counts: [Int32], _ method: QualityCheck.Method) -> [(month: Int, isViolated: Bool)] {
    if case .monthMissing = method {
      guard let first = counts.firstIndex(where: { $0 > 0 }), let last = counts.lastIndex(where: { $0 > 0 }) else {
        return []
      }
      let lines = counts[first...last].sorted()
      guard lines.count >= 3, lines[lines.count / 2] >= regularLines else { return [] }
      return (first...last).map { ($0, counts[$0] == 0) }
    }
    guard counts.count > 2 * edge else { return [] }
    return (edge..<counts.count - edge).compactMap { month in
      // Bills of a quarter or a year come every year in the same month.
      let sameMonth = Swift.stride(from: month % 12, to: counts.count, by: 12).filter { $0 != month }.map { counts[$0] }
      let compared = [[counts[month - 1], counts[month + 1]], sameMonth].filter { !$0.isEmpty }
      guard compared.joined().allSatisfy({ $0 >= manyLines }) else { return nil }
      return (month, compared.allSatisfy { Double(counts[month]) >= doubledLimit($0) })
    }
  }

  /// Lines from which a month has too many beside others.
  private static func doubledLimit(_ others: [Int32]) -> Double {
    let mean = others.reduce(0) { $0 + Double($1) } / Double(others.count)
    let deviation = (mean * (1 + 1 / Double(others.count))).squareRoot()
    return max(doubled.ratio * mean, mean + doubled.deviations * deviation)
  }
}
