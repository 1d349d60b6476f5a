import Columns
import CoreDataset
import Definitions
import Foundation
import Mirror

/// Makes the mirror files of a made-up results table in all formats: what protection and writing alone take.
///
///     spiegel-bench mirror [FOLDER] [--providers N] [--indicators N] [--periods N] [--jobs N]
struct MirrorJob {
  private var folder = FileManager.default.temporaryDirectory.appending(path: "spiegel-bench-mirror").path
  private var providers = 400
  private var indicators = 60
  private var periods = 8
  private var jobs = 2
  private static let regions = 20

  init(_ arguments: [String]) throws {
    var rest = arguments[...]
    func number(_ name: String) throws -> Int {
      guard let value = rest.popFirst().flatMap({ Int($0) }), value > 0 else {
        throw BenchError("\(name) needs a number above 0")
      }
      return value
    }
    while let argument = rest.popFirst() {
      switch argument {
      case "--providers": providers = try number(argument)
      case "--indicators": indicators = try number(argument)
      case "--periods": periods = try number(argument)
      case "--jobs": jobs = try number(argument)
      default: folder = argument
      }
    }
  }

  func run() throws {
    let input = self.input()
    print("\(input.results.count) figures, \(providers) providers, \(indicators) indicators, \(periods) periods")
    let clock = ContinuousClock()
    let start = clock.now
    let reports = MirrorReports(input, jobs: jobs)
    let protected = clock.now
    let root = URL(filePath: folder)
    try? FileManager.default.removeItem(at: root)
    let counts = try Mirror.files(reports, jobs: jobs) { file in
      let url = root.appending(path: file.path)
      try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(file.contents).write(to: url)
    }
    let written = clock.now
    func seconds(_ duration: Duration) -> String { String(format: "%.1f", duration / .seconds(1)) }
    print(
      "protected in \(seconds(protected - start)) s, \(counts.files) files of \(counts.bytes / 1_000_000) MB written in "
        + "\(seconds(written - protected)) s, together \(seconds(written - start)) s; \(counts.withheld) figures withheld"
    )
  }

  // MARK: - Made-up results

  private static let measures: [(measure: MeasureKind, goal: Goal)] = [
    (.scoreShare, .health), (.scoreChange, .health), (.topBox, .experience), (.eventRate, .cost),
  ]

  private func input() -> MirrorInput {
    let indicators = (0..<indicators).map { number in
      let kind = Self.measures[number % Self.measures.count]
      let text = Localized(nl: "Indicator \(number)", en: "Indicator \(number)")
      return Indicator(
        id: "indicator-\(number)", version: "1", name: text, explanation: text, goal: kind.goal, measure: kind.measure,
        population: "all", reportedBy: nil, unit: Localized(nl: "", en: ""), decimals: 1, direction: .higherBetter,
        target: nil, parameters: .init(), comparison: ComparisonSpec(limits: .normal))
    }
    let years = (0..<periods).compactMap { number -> Period? in
      guard let from = Day("\(2010 + number)-01-01"), let to = Day("\(2010 + number)-12-31") else { return nil }
      return Period(id: "\(2010 + number)", from: from, to: to)
    }
    let regions = (0..<Self.regions).map { RegionLayout.Unit(code: "r\($0)", name: "Region \($0)") }
    let text = Localized(nl: "Proef", en: "Trial")
    let agreed = Threshold(value: 10, why: "made up", since: "2026")
    let pipeline = Pipeline(
      id: "bench", version: "1", name: text, purpose: text, legalBasis: "none", periods: years,
      baseline: years.first?.id, minimumPersons: agreed, maximumQuarantined: agreed, buckets: 1, sources: [],
      instruments: [], populations: [], indicators: indicators,
      regions: [
        RegionLayout(
          id: "region", name: text,
          units: regions + [RegionLayout.Unit(code: RegionLayout.unplaced, name: "Unknown")],
          unitByPostcode: Array(repeating: Int16(Self.regions), count: 10_000))
      ],
      standardPopulation: nil,
      mirror: MirrorSpec(
        recipients: ["nation", "region", "provider"], languages: ["nl"], formats: MirrorSpec.Format.allCases),
      digest: "bench")
    var placed: [String: [String: String]] = [:]
    for number in 0..<providers { placed[Self.agb(number)] = ["region": "r\(number % Self.regions)"] }
    return MirrorInput(
      pipeline: pipeline, results: rows(indicators, years), providerNames: [:], runID: "bench",
      generatedFrom: [("made-up.csv", 1)], providerRegion: placed)
  }

  private static func agb(_ number: Int) -> String { String(10_000_000 + number) }

  /// Every figure of every provider, region and the nation. Persons and their outcomes add up from provider to nation.
  private func rows(_ indicators: [Indicator], _ periods: [Period]) -> [ResultRow] {
    var random = SystemIndependentGenerator(state: 1)
    var rows: [ResultRow] = []
    for indicator in indicators {
      for period in periods {
        var nation = Sums()
        var regions = Array(repeating: Sums(), count: Self.regions)
        for number in 0..<providers {
          // One in forty is small.
          let persons = number % 40 == 7 ? 8 : 40 + Int(random.next() % 400)
          let good = persons / 2 + Int(random.next() % UInt64(persons / 4 + 1))
          let sums = Sums(persons: persons, good: good)
          nation.add(sums)
          regions[number % Self.regions].add(sums)
          rows.append(row(indicator, period, "provider", Self.agb(number), .provider, sums))
        }
        for (number, sums) in regions.enumerated() {
          rows.append(row(indicator, period, "region", "r\(number)", .region, sums))
        }
        rows.append(row(indicator, period, "nation", "NL", .nation, nation))
      }
    }
    return rows
  }

  private struct Sums {
    var persons = 0
    var good = 0
    mutating func add(_ other: Sums) {
      persons += other.persons
      good += other.good
    }
  }

  private func row(
    _ indicator: Indicator, _ period: Period, _ layout: String, _ unit: String, _ kind: UnitKind, _ sums: Sums
  ) -> ResultRow {
    var row = ResultRow(
      indicator: indicator.id, definitionVersion: "1", layout: layout, unit: unit, unitKind: kind, period: period.id,
      persons: sums.persons, measured: sums.persons)
    let n = Double(sums.persons)
    let value = Double(sums.good) / n
    row.numerator = Double(sums.good)
    row.denominator = n
    row.value = value
    let error = (0.24 / n).squareRoot()
    (row.lower95, row.upper95) = (max(0, value - 1.96 * error), min(1, value + 1.96 * error))
    (row.lower998, row.upper998) = (max(0, value - 3.09 * error), min(1, value + 3.09 * error))
    if kind != .nation {
      (row.funnelLower95, row.funnelUpper95) = (0.62 - 1.96 * error, 0.62 + 1.96 * error)
      (row.funnelLower998, row.funnelUpper998) = (0.62 - 3.09 * error, 0.62 + 3.09 * error)
      row.funnelBand = "within"
    }
    return row
  }
}

/// SplitMix64 (Steele, Lea & Flood 2014): the same numbers everywhere.
private struct SystemIndependentGenerator: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
