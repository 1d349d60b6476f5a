import CoreDataset
import Definitions
import Foundation
import TestSupport
import Testing

@testable import Mirror

@Suite("The attacker")
struct AuditTests {
  typealias Disclosure = DisclosureAudit.Disclosure

  /// Figures as recipients have them, of protected rows.
  static func published(_ rows: [ResultRow], _ protections: [Protection]) -> [PublishedFigure] {
    zip(rows, protections).compactMap { row, protection in
      // The unplaced are no recipient.
      if row.unit == RegionLayout.unplaced { return nil }
      let figure = MirrorFigure(own: row, protection: protection.published, nation: nil, region: nil, peers: nil)
      var fields: [String: String] = [:]
      for field in FigureField.all {
        switch field.value(figure) {
        case .text(let text): fields[field.name] = text
        case .count(let count): fields[field.name] = String(count)
        case .number(let number): fields[field.name] = plainNumber(number)
        case .absent: break
        }
      }
      return PublishedFigure(layout: row.layout, unit: row.unit, indicator: row.indicator, fields: fields)
    }
  }

  /// What is found in a table that only the rules for single figures protect: suppression with its second half taken out.
  static func withoutSecondary(_ rows: [ResultRow]) -> [Disclosure] {
    let minimum = 10
    var protections: [Protection] = []
    let open = rows.map { row in
      let protection = Suppression.primary(row, .itemMean, minimum: minimum)
      protections.append(protection)
      return protection == .none ? row : SmallTable.protect([row]).rows[0]
    }
    return DisclosureAudit.disclosures(in: published(open, protections))
  }

  static func audit(_ rows: [ResultRow]) -> [Disclosure] {
    let (protected, protections) = SmallTable.protect(rows)
    return DisclosureAudit.disclosures(in: published(protected, protections))
  }

  /// A unit with its parts and their sum.
  static func unit(_ name: String, _ kind: UnitKind, _ parts: [Int]) -> [ResultRow] {
    [SmallTable.row(name, persons: parts.reduce(0, +), kind: kind)]
      + parts.enumerated().map { SmallTable.row(name, persons: $1, kind: kind, stratum: "age=\($0)") }
  }

  /// Units with parts below a nation that is their sum.
  static func table(_ units: [[Int]]) -> [ResultRow] {
    let sums = units[0].indices.map { part in units.reduce(0) { $0 + $1[part] } }
    return unit("NL", .nation, sums) + units.enumerated().flatMap { unit("r\($0 + 1)", .region, $1) }
  }

  @Test("The table of ages by regions is withheld as GaussSuppression does it")
  func agesByRegion() {
    let rows = Self.table([[25, 60, 33], [4, 55, 48], [40, 72, 61]])
    let (_, protections) = SmallTable.protect(rows)
    let hidden = zip(rows, protections).filter { $1 != .none }.map { "\($0.0.unit) \($0.0.stratum)" }
    #expect(Set(hidden) == ["r1 age=0", "r1 age=2", "r2 age=0", "r2 age=2"])
    #expect(Self.audit(rows) == [])
    let open = Self.withoutSecondary(rows)
    #expect(open.contains(Disclosure(kind: .solved, figure: "proeftuin/r2 i 2019 age=0")))
  }

  @Test("What is withheld alone is found; without the total it is not")
  func alone() {
    let rows = Self.table([[30, 40], [7, 50], [60, 70]])
    #expect(Self.withoutSecondary(rows).contains { $0.kind == .solved && $0.figure == "proeftuin/r2 i 2019 age=0" })
    #expect(Self.withoutSecondary(Array(rows.filter { $0.unit != "NL" && $0.stratum.isEmpty == false })) == [])
  }

  @Test("Two withheld parts that together are few are found")
  func few() {
    let rows = [
      SmallTable.row("NL", persons: 97, kind: .nation), SmallTable.row("a", persons: 3),
      SmallTable.row("b", persons: 4), SmallTable.row("c", persons: 90),
    ]
    #expect(Self.withoutSecondary(rows).map(\.kind) == [.few])
    #expect(Self.audit(rows) == [])
  }

  @Test("Those without a place are an unknown of their own, and are found when they are few")
  func unplaced() {
    let rows = [
      SmallTable.row("NL", persons: 190, kind: .nation), SmallTable.row("a", persons: 100),
      SmallTable.row("b", persons: 83),
    ]
    let place = SumAudit.Unplaced(indicator: "i", period: "2019", stratum: "", layout: "proeftuin")
    func kinds(_ protections: [Protection], _ unplaced: [SumAudit.Unplaced: Int]) -> [Disclosure.Kind] {
      let open = zip(rows, protections).map { row, protection in
        protection == .none ? row : SmallTable.protect([SmallTable.row(row.unit, persons: 5)]).rows[0]
      }
      return DisclosureAudit.disclosures(in: Self.published(open, protections), SumAudit.Knowledge(unplaced: unplaced))
        .map(\.kind)
    }
    #expect(kinds([.none, .none, .none], [place: 7]) == [.few])
    #expect(kinds([.none, .none, .fewPersons], [place: 7]) == [])
    #expect(kinds([.none, .none, .fewPersons], [:]) == [.solved])
  }

  @Test("A part that links two pairs has one solution although each sum has two unknowns")
  func bridge() {
    // Hidden: r1 0, r1 1, r2 0, r2 1 are a square; so are r3 2, r3 3, r4 2, r4 3; r2 2 links them.
    var system = LinearSystem()
    let hidden = [(1, 0), (1, 1), (2, 0), (2, 1), (3, 2), (3, 3), (4, 2), (4, 3), (2, 2)]
    for row in 1...4 { system.add(hidden.filter { $0.0 == row }.map { $0.0 * 10 + $0.1 }) }
    for column in 0...3 { system.add(hidden.filter { $0.1 == column }.map { $0.0 * 10 + $0.1 }) }
    #expect(system.solved == [22])
  }

  @Test("Numbers that were left somewhere are found")
  func leftovers() throws {
    let rows = Self.table([[30, 40], [7, 50], [60, 70]])
    let (protected, protections) = SmallTable.protect(rows)
    let good = Self.published(protected, protections)
    #expect(DisclosureAudit.disclosures(in: good) == [])
    let place = try #require(good.firstIndex { $0.unit == "r2" && $0.fields["protection"] == "withheld" })
    for (name, kind) in [
      ("value", Disclosure.Kind.numbers), ("upper95", .numbers), ("persons", .numbers), ("baseline_value", .numbers),
    ] {
      var broken = good
      broken[place].fields[name] = "7.25"
      #expect(DisclosureAudit.disclosures(in: broken).contains { $0.kind == kind }, "\(name)")
    }
    for name in ["nation_value", "region_value", "baseline_value"] {
      var broken = good
      broken[0].fields[name] = "7.25"
      #expect(DisclosureAudit.disclosures(in: broken).map(\.kind) == [.elsewhere], "\(name)")
    }
  }

  @Test("Of random tables with margins nothing is found, and of many of them something without the second half")
  func randomTables() {
    var random = SeededRandom(11)
    var broken = 0
    var withheld = 0
    for table in 0..<200 {
      let parts = Int.random(in: 2...5, using: &random)
      let units = (0..<Int.random(in: 2...7, using: &random)).map { _ in
        (0..<parts).map { _ in
          Int.random(in: 0..<4, using: &random) == 0
            ? Int.random(in: 1...9, using: &random) : Int.random(in: 10...80, using: &random)
        }
      }
      let rows = Self.table(units)
      #expect(Self.audit(rows) == [], "table \(table): \(units)")
      withheld += SmallTable.protect(rows).protections.count { $0 != .none }
      if !Self.withoutSecondary(rows).isEmpty { broken += 1 }
    }
    #expect(broken > 100 && withheld > 1000)
  }

  @Test("Amounts: one or two persons never pass; the second may not know the first to within 10%")
  func dominance() {
    func row(_ unit: String, _ amounts: [Double], _ kind: UnitKind = .region) -> ResultRow {
      var row = SmallTable.row(unit, persons: 40, kind: kind, numerator: amounts.reduce(0, +))
      let sorted = amounts.sorted(by: >) + [0, 0]
      row.remainder = (amounts.reduce(0, +) - sorted[0] - sorted[1]) / sorted[0]
      return row
    }
    let a = row("a", [500, 200, 150, 100, 50])
    let b = row("b", [900, 60, 30, 10])
    let c = row("c", [400, 390, 10])
    func protection(_ row: ResultRow) -> Protection {
      Suppression.primary(row, .costPerPersonYear, minimum: 10)
    }
    #expect([a, b, c].map(protection) == [.none, .dominance, .dominance])
    #expect(protection(row("d", [50_000, 49_000, 1_000])) == .dominance)
    #expect(protection(row("e", [52_000, 50_000, 8_000])) == .none)
    #expect(protection(row("f", [300])) == .dominance && protection(row("f", [300, 200])) == .dominance)
    var nation = row("NL", [900, 500, 400, 390, 200, 150, 100, 60, 50, 50], .nation)
    nation.numerator = 2800
    nation.persons = 120
    let (published, protections) = SmallTable.protect([nation, a, b, c], .costPerPersonYear)
    #expect(protections == [.none, .none, .dominance, .dominance])
    #expect(published.allSatisfy { $0.unit == "a" || $0.unit == "NL" || ($0.value == nil && $0.remainder == nil) })
    #expect(published[2].reason == "withheld: fewer than 10 persons, or needed to protect another figure")
  }

  @Test("An amount is not hidden beside amounts of nothing")
  func besideNothing() {
    func row(_ stratum: String, _ amount: Double, _ remainder: Double?) -> ResultRow {
      var row = SmallTable.row("a", persons: 40, stratum: stratum, numerator: amount)
      row.remainder = remainder
      return row
    }
    let rows = [
      row("", 1000, 2), row("care_type=dental", 0, nil), row("care_type=other", 600, 2),
      row("care_type=pharmacy", 400, 0.05),
    ]
    #expect(SmallTable.protect(rows, .costPerPersonYear).protections == [.none, .none, .secondary, .dominance])
  }
}
