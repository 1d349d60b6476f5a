import CoreDataset
import Definitions
import Foundation
import TestSupport
import Testing

@testable import Mirror

/// Persons with a provider, a score and costs; every figure is computed from them, so that all sums are true.
struct MadeUpPersons {
  struct Person {
    let provider: String
    let sex: String
    let year: String
    let score: Double
    let isBetter: Bool
    let euros: Double
  }

  /// Persons of each provider, by region.
  static let providers: [(region: String, sizes: [String: Int])] = [
    ("groningen", ["p-small": 3, "p-neighbour": 41]), ("utrecht", ["u1": 38, "u2": 55, "u3": 47]),
    ("zwolle", ["z1": 64, "z2": 71]), ("nijmegen", ["n1": 36, "n2": 52, "n3": 49, "n4": 33]),
  ]
  static let indicators = [
    FakeMirror.indicator("score", "Score", .scoreLevel, .health, unit: "", decimals: 1, .higherBetter),
    FakeMirror.indicator("beter", "Beter", .scoreShare, .health, unit: "%", decimals: 1, .higherBetter),
    FakeMirror.indicator("kosten", "Kosten", .costPerPersonYear, .cost, unit: "euro", decimals: 0, .lowerBetter),
  ]

  let persons: [Person]

  init(seed: UInt64) {
    var random = SeededRandom(seed)
    var persons: [Person] = []
    for (_, sizes) in Self.providers {
      for (provider, size) in sizes.sorted(by: { $0.key < $1.key }) {
        for year in ["2016", "2017", "2018"] {
          for number in 0..<size {
            persons.append(
              Person(
                provider: provider, sex: number % 2 == 0 ? "female" : "male", year: year,
                score: Double(Int.random(in: 100_003...900_001, using: &random)) / 9973,
                isBetter: Int.random(in: 0..<10, using: &random) < 6,
                euros: Double(Int.random(in: 20_011...900_001, using: &random)) / 100))
          }
        }
      }
    }
    self.persons = persons
  }

  static var providerRegion: [String: [String: String]] {
    var places: [String: [String: String]] = [:]
    for (region, sizes) in providers { for provider in sizes.keys { places[provider] = ["proeftuin": region] } }
    return places
  }

  /// Figures of the nation, the regions and the providers, in each year, whole and by sex.
  func rows() -> [ResultRow] {
    var units: [(layout: String, unit: String, kind: UnitKind, has: (Person) -> Bool)] = [
      ("nation", "NL", .nation, { _ in true })
    ]
    let place = Self.providerRegion
    for (region, _) in Self.providers {
      units.append(("proeftuin", region, .region, { place[$0.provider]?["proeftuin"] == region }))
    }
    for provider in place.keys.sorted() { units.append(("provider", provider, .provider, { $0.provider == provider })) }
    var rows: [ResultRow] = []
    for indicator in Self.indicators {
      for unit in units {
        for year in ["2016", "2017", "2018"] {
          for sex in ["", "female", "male"] {
            let group = persons.filter { unit.has($0) && $0.year == year && (sex.isEmpty || $0.sex == sex) }
            rows.append(
              Self.row(
                indicator, (unit.layout, unit.unit, unit.kind), year, sex.isEmpty ? "" : "sex=\(sex)", group))
          }
        }
      }
    }
    return rows
  }

  private static func row(
    _ indicator: Indicator, _ unit: (layout: String, code: String, kind: UnitKind), _ year: String, _ stratum: String,
    _ group: [Person]
  ) -> ResultRow {
    var row = ResultRow(
      indicator: indicator.id, definitionVersion: "1", layout: unit.layout, unit: unit.code, unitKind: unit.kind,
      period: year, stratum: stratum, persons: group.count, measured: group.count)
    let n = Double(group.count)
    switch indicator.measure {
    case .scoreLevel:
      row.value = group.reduce(0) { $0 + $1.score } / n
      row.standardDeviation = 1 + n / 997
      row.lower95 = row.value.map { $0 - 1 / n.squareRoot() }
      row.upper95 = row.value.map { $0 + 1 / n.squareRoot() }
    case .scoreShare:
      row.numerator = Double(group.count { $0.isBetter })
      row.denominator = n
      row.value = (row.numerator ?? 0) / n
    default:
      let amounts = group.map(\.euros).sorted(by: >)
      let sum = amounts.reduce(0, +)
      row.numerator = (sum * 100).rounded() / 100
      row.denominator = n
      row.value = sum / n
      row.remainder = amounts.dropFirst(2).reduce(0, +) / (amounts.first ?? 1)
    }
    return row
  }
}

@Suite("A provider with 3 persons beside one other in its region")
struct SmallProviderTests {
  static let input: MirrorInput = {
    let rows = MadeUpPersons(seed: 5).rows()
    return MirrorInput(
      pipeline: FakeMirror.pipeline(indicators: MadeUpPersons.indicators), results: rows, providerNames: [:],
      runID: "r", generatedFrom: [], providerRegion: MadeUpPersons.providerRegion)
  }()
  /// Every file of every recipient.
  static let files = Result {
    var files: [(path: String, text: String)] = []
    _ = try Mirror.files(input) { files.append(($0.path, String(decoding: $0.contents, as: UTF8.self))) }
    return files
  }

  @Test("No file of anybody has a number of it")
  func noNumber() throws {
    let files = try Self.files.get()
    #expect(files.count > 50)
    let own = Self.input.results.filter { $0.unit == "p-small" }
    #expect(own.count == 3 * 3 * 3)
    var numbers: Set<String> = []
    // Shares of three are shares of others too: their numerators and denominators are attacked below.
    for row in own where row.indicator != "beter" {
      for number in [row.value, row.numerator, row.lower95, row.upper95, row.standardDeviation].compactMap(\.self) {
        let text = plainNumber(number)
        if text.count >= 6 { numbers.insert(text) }
      }
    }
    #expect(numbers.count > 30, "\(numbers.count)")
    for (path, text) in files {
      for number in numbers { #expect(!text.contains(number), "\(path)") }
    }
    let page = try #require(files.first { $0.path == "provider/p-small/spiegel.csv" })
    let withheld = page.text.split(whereSeparator: \.isNewline).dropFirst()
    #expect(withheld.count == 27 && withheld.allSatisfy { $0.contains(",withheld,") })
  }

  @Test("Nothing is left when everybody puts all published figures together, and its neighbour its own besides")
  func neighbour() throws {
    let reports = MirrorReports(Self.input)
    #expect(reports.disclosures() == [])
    let shown = Dictionary(
      uniqueKeysWithValues: zip(reports.rows, reports.protections).map { row, protection in
        (AuditedFigure.key(row), protection == .none ? row : nil)
      })
    let truth = Dictionary(uniqueKeysWithValues: Self.input.results.map { (AuditedFigure.key($0), $0) })
    func sums(_ row: ResultRow) -> [Double] { [Double(row.persons), row.numerator ?? row.value ?? 0] }
    // Each insider takes its own figures and all published ones off every published total.
    for total in Self.input.results where total.layout != "provider" {
      guard shown[AuditedFigure.key(total)] ?? nil != nil else { continue }
      let parts = MadeUpPersons.providers.filter { total.layout == "nation" || $0.region == total.unit }
        .flatMap(\.sizes.keys)
      func key(_ provider: String) -> AuditedFigure.Key {
        var key = AuditedFigure.key(total)
        (key.layout, key.unit) = ("provider", provider)
        return key
      }
      let hidden = parts.filter { shown[key($0)] ?? nil == nil }
      for insider in hidden {
        let others = hidden.filter { $0 != insider }
        let persons = others.reduce(0) { $0 + (truth[key($1)]?.persons ?? 0) }
        #expect(others.isEmpty || others.count > 1 && persons >= 10, "\(insider) \(AuditedFigure.key(total))")
      }
    }
    // Of the other region with two providers the euros are not published: one would know the other's.
    #expect(shown.contains { $0.key.unit == "utrecht" && $0.key.indicator == "kosten" && $0.value != nil })
    #expect(shown.filter { $0.key.unit == "zwolle" && $0.key.indicator == "kosten" }.allSatisfy { $0.value == nil })
    // The region of the small one is not published at all, the nation is.
    #expect(shown.contains { $0.key.unit == "NL" && $0.value != nil })
    #expect(shown.filter { $0.key.unit == "groningen" }.allSatisfy { $0.value == nil })
  }
}
