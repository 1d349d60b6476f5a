import CoreDataset
import Definitions
import TestSupport
import Testing

@testable import Mirror

/// Persons of insurers across regions: an insurer is a unit of its own, a part of the nation and a part of each region.
@Suite("Insurers by region")
struct InsurerProtectionTests {
  /// Persons by region and insurer.
  var persons: [[Int]] = []

  private var insurers: [String] { persons[0].indices.map { "100\($0)" } }

  var pipeline: Pipeline {
    let indicator = SmallTable.indicator(.itemMean)
    let divided = Indicator(
      id: indicator.id, version: indicator.version, name: indicator.name, explanation: indicator.explanation,
      goal: indicator.goal, measure: indicator.measure, population: indicator.population,
      reportedBy: indicator.reportedBy, unit: indicator.unit, decimals: indicator.decimals,
      direction: indicator.direction, target: nil, parameters: indicator.parameters,
      strata: [.insurer(layout: "verzekeraar", units: insurers)])
    return FakeMirror.pipeline(indicators: [divided])
  }

  /// Nation and regions with their insurers, and the insurers as units; `moved` persons change insurer during the year.
  func rows(moved: Int = 0) -> [ResultRow] {
    func unit(_ name: String, _ kind: UnitKind, _ parts: [Int]) -> [ResultRow] {
      [SmallTable.row(name, persons: parts.reduce(0, +), kind: kind)]
        + zip(insurers, parts).map { SmallTable.row(name, persons: $1, kind: kind, stratum: "insurer=\($0)") }
    }
    let all = persons[0].indices.map { part in persons.reduce(0) { $0 + $1[part] } }
    return unit("NL", .nation, all)
      + persons.enumerated().flatMap { unit("r\($0)", .region, $1) }
      + zip(insurers, all).map { code, count in
        var row = SmallTable.row(code, persons: count + moved, kind: .insurer)
        row.layout = "verzekeraar"
        return row
      }
  }

  func protections(_ rows: [ResultRow]) -> [Protection] {
    Suppression.apply(to: rows, index: FigureIndex(rows, pipeline), pipeline: pipeline).protections
  }

  func disclosures(_ rows: [ResultRow], hidden: [Bool]) -> [DisclosureAudit.Disclosure] {
    let knowledge = SumAudit.Knowledge(DisclosureRecord(pipeline, Nesting(pipeline)), truth: rows)
    return SumAudit.disclosures(in: zip(rows, hidden).map { AuditedFigure($0, isHidden: $1) }, knowledge)
  }

  @Test("A small insurer is hidden as a unit and as a part, with the same others; one of the two alone is found")
  func small() {
    let table = Self(persons: [[2, 98, 100], [4, 97, 120]])
    let rows = table.rows()
    let protections = table.protections(rows)
    func isHidden(_ unit: String, _ stratum: String) -> Bool {
      zip(rows, protections).contains { $0.unit == unit && $0.stratum == stratum && $1 != .none }
    }
    for code in table.insurers {
      #expect(isHidden(code, "") == isHidden("NL", "insurer=\(code)"), "\(code)")
    }
    #expect(isHidden("1000", "") && isHidden("1001", "") && !isHidden("1002", "") && !isHidden("NL", ""))
    let hidden = protections.map { $0 != .none }
    #expect(table.disclosures(rows, hidden: hidden) == [])
    // The part of the nation is shown, as if it were no business of the unit.
    let broken = zip(rows, hidden).map { $1 && !($0.unit == "NL" && $0.stratum == "insurer=1000") }
    #expect(table.disclosures(rows, hidden: broken).contains { $0.kind == .solved && $0.figure.contains("1000") })
  }

  @Test("Who changes insurer during a year is not the difference of two figures")
  func moved() {
    let table = Self(persons: [[60, 98, 100], [70, 97, 120]])
    for (moved, expected) in [(0, false), (3, true), (40, false)] {
      let rows = table.rows(moved: moved)
      let isHidden = zip(rows, table.protections(rows)).contains {
        $0.unit == "NL" && !$0.stratum.isEmpty && $1 != .none
      }
      #expect(isHidden == expected, "\(moved)")
    }
  }

  @Test("Of 100 random insurers by region nothing is found")
  func random() {
    var random = SeededRandom(12)
    for number in 0..<100 {
      let count = Int.random(in: 2...5, using: &random)
      let table = Self(
        persons: (0..<Int.random(in: 2...5, using: &random)).map { _ in
          (0..<count).map { _ in
            Int.random(in: 0..<4, using: &random) == 0
              ? Int.random(in: 0...9, using: &random) : Int.random(in: 10...80, using: &random)
          }
        })
      let rows = table.rows()
      let hidden = table.protections(rows).map { $0 != .none }
      #expect(table.disclosures(rows, hidden: hidden) == [], "table \(number): \(table.persons)")
    }
  }
}
