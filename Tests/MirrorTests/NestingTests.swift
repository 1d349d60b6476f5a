import Columns
import CoreDataset
import Definitions
import Testing

@testable import Mirror

/// Municipalities within regions, both published.
@Suite("Layouts within layouts")
struct NestingTests {
  /// A layout by municipality: code of the municipality → code of the region.
  static func layout(_ id: String, _ units: [String: String]) -> RegionLayout {
    let codes = Set(units.values).sorted()
    return RegionLayout(
      id: id, name: Localized(nl: id, en: id),
      units: codes.map { .init(code: $0, name: $0) } + [.init(code: RegionLayout.unplaced, name: "?")],
      unitByPostcode: Array(repeating: Int16(codes.count), count: 10_000),
      unitByMunicipality: units.mapValues { Int16(codes.firstIndex(of: $0) ?? 0) })
  }

  /// The same by postcode: the postcodes from 1000 on.
  static func layout(_ id: String, postcodes units: [String?]) -> RegionLayout {
    let codes = Set(units.compactMap(\.self)).sorted()
    var unitByPostcode = [Int16](repeating: Int16(codes.count), count: 10_000)
    for (number, unit) in units.enumerated() {
      if let unit { unitByPostcode[1000 + number] = Int16(codes.firstIndex(of: unit) ?? 0) }
    }
    return RegionLayout(
      id: id, name: Localized(nl: id, en: id),
      units: codes.map { .init(code: $0, name: $0) } + [.init(code: RegionLayout.unplaced, name: "?")],
      unitByPostcode: unitByPostcode)
  }

  static let towns = layout("towns", ["t1": "t1", "t2": "t2", "t3": "t3", "t4": "t4", "t5": "t5"])
  static let regions = layout("regions", ["t1": "r1", "t2": "r1", "t3": "r2", "t4": "r2", "t5": "r2"])

  static func pipeline(_ layouts: [RegionLayout]) -> Pipeline {
    let like = FakeMirror.pipeline(indicators: [SmallTable.indicator(.groupCostRatio)])
    return Pipeline(
      id: like.id, version: like.version, name: like.name, purpose: like.purpose, legalBasis: like.legalBasis,
      periods: like.periods, baseline: like.baseline, minimumPersons: like.minimumPersons,
      maximumQuarantined: like.maximumQuarantined, buckets: 1, sources: [], instruments: [],
      populations: like.populations, indicators: like.indicators, regions: layouts, standardPopulation: nil,
      mirror: like.mirror, digest: like.digest)
  }

  /// What is done to the figures of the nation, the towns and the regions, with so many persons in the towns of each
  /// region.
  static func protections(_ persons: [[Int]]) -> [String: Protection] {
    func row(_ layout: String, _ unit: String, _ persons: Int) -> ResultRow {
      var row = SmallTable.row(unit, persons: persons, kind: layout == "nation" ? .nation : .region)
      row.layout = layout
      return row
    }
    let all = persons.flatMap(\.self)
    let regionOfTown = persons.enumerated().flatMap { Array(repeating: "r\($0 + 1)", count: $1.count) }
    let rows =
      [row("nation", "NL", all.reduce(0, +))] + all.enumerated().map { row("towns", "t\($0 + 1)", $1) }
      + persons.enumerated().map { row("regions", "r\($0 + 1)", $1.reduce(0, +)) }
    let names = all.indices.map { "t\($0 + 1)" }
    let pipeline = pipeline([
      layout("towns", Dictionary(uniqueKeysWithValues: zip(names, names))),
      layout("regions", Dictionary(uniqueKeysWithValues: zip(names, regionOfTown))),
    ])
    let done = Suppression.apply(to: rows, index: FigureIndex(rows, pipeline), pipeline: pipeline).protections
    return Dictionary(uniqueKeysWithValues: zip(rows.map(\.unit), done))
  }

  @Test("a town that is withheld takes another of its own region with it")
  func withinRegion() {
    // The smallest other town of the nation is t2, but r2 − t4 − t5 would give back t3.
    let done = Self.protections([[500, 20], [9, 70, 900]])
    #expect(done.filter { $0.value != .none } == ["t3": .fewPersons, "t4": .secondary])
  }

  /// No sum that is published can be solved for a hidden term: the nation over its towns and over its regions, and each
  /// region over its towns.
  @Test("no sum gives back what is hidden, whatever the numbers")
  func anyNumbers() {
    for first in [0, 3, 12, 40] {
      for second in [0, 2, 11, 60] {
        for third in [0, 5, 30] {
          let persons = [[first, second], [third, 13, 14], [20, 25], [9]]
          let done = Self.protections(persons)
          let isHidden = { (unit: String) in done[unit] != Protection.none }
          var town = 0
          for (number, towns) in persons.enumerated() {
            let hidden = towns.indices.filter { towns[$0] > 0 && isHidden("t\(town + $0 + 1)") }
            town += towns.count
            let together = hidden.reduce(0) { $0 + towns[$1] }
            let isSafe =
              isHidden("r\(number + 1)")
              ? !hidden.isEmpty || towns.reduce(0, +) == 0 : hidden.isEmpty || hidden.count > 1 && together >= 10
            #expect(isSafe, "\(persons), region \(number + 1): \(done)")
          }
          let regions = persons.enumerated().filter { isHidden("r\($0.offset + 1)") }.map { $0.element.reduce(0, +) }
          #expect(regions.count { $0 > 0 } != 1 && regions.reduce(0, +) >= 10, "\(persons): \(done)")
        }
      }
    }
  }

  @Test("a region that is hidden cannot be added from its towns")
  func hiddenRegion() {
    // r2 and its only town have 9 persons. Regions: r3 is hidden with it, and of its towns the smallest. Instead of r1 and
    // t1, its only town, which are both larger.
    let done = Self.protections([[40], [9], [20, 25], [400, 500]])
    #expect(done["r2"] == .fewPersons && done["t2"] == .fewPersons)
    #expect(done["r3"] == .secondary && done["t3"] == .secondary)
    for open in ["r1", "r4", "t1", "t4", "t5", "t6"] { #expect(done[open] == Protection.none, "\(open)") }
  }

  @Test("regions made of whole parts are found; a part that crosses a border, or has more, makes none")
  func pairs() {
    func found(_ layouts: [RegionLayout]) -> [String: [String: String]] {
      let pairs = Nesting(Self.pipeline(layouts)).pairs[0]
      return Dictionary(
        uniqueKeysWithValues: pairs.map {
          ("\($0.parts) in \($0.wholes)\($0.leavesRest ? " and more" : "")", $0.wholeOfPart)
        })
    }
    #expect(
      found([Self.towns, Self.regions]) == [
        "towns in regions": ["t1": "r1", "t2": "r1", "t3": "r2", "t4": "r2", "t5": "r2"]
      ])
    let fine = Self.layout("fine", postcodes: ["a", "a", "b", "c", "c", nil])
    let coarse = Self.layout("coarse", postcodes: ["x", "x", "x", "y", "z", "z"])
    // c lies in y and z, and z has a postcode that the fine layout does not have.
    #expect(found([fine, coarse])["fine in coarse"] == ["a": "x", "b": "x"])
    #expect(found([fine, coarse])["coarse in fine"] == nil)
    // y is whole within c, which has a postcode of z besides.
    #expect(found([fine, coarse])["coarse in fine and more"] == ["y": "c"])
    #expect(found([fine, coarse])["fine in coarse and more"] == nil)
    // A layout by municipality and one by postcode cannot be compared.
    #expect(found([Self.towns, coarse]) == [:])
    #expect(found([fine, Self.layout("same", postcodes: ["a", "a", "b", "c", "c", nil])]).count == 2)
  }

  @Test(
    "a living lab within a region: neither is shown beside the other where few live in the one only",
    arguments: [(0, false), (3, true), (9, true), (10, false), (40, false)])
  func labWithinRegion(rest: Int, isHidden: Bool) {
    let labs = Self.layout("labs", ["t1": "lab", "t2": "elsewhere", "t3": "elsewhere"])
    let regions = Self.layout("regions", ["t1": "r1", "t2": "r1", "t3": "r2"])
    func row(_ layout: String, _ unit: String, _ persons: Int) -> ResultRow {
      var row = SmallTable.row(unit, persons: persons, kind: layout == "nation" ? .nation : .region)
      row.layout = layout
      return row
    }
    let rows = [
      row("nation", "NL", 100 + rest + 80), row("labs", "lab", 100), row("labs", "elsewhere", rest + 80),
      row("regions", "r1", 100 + rest), row("regions", "r2", 80),
    ]
    let pipeline = Self.pipeline([labs, regions])
    let done = Suppression.apply(to: rows, index: FigureIndex(rows, pipeline), pipeline: pipeline).protections
    #expect(done.contains { $0 != .none } == isHidden, "\(done)")
    #expect(done[0] == .none)
    func disclosures(_ hidden: [Bool]) -> [DisclosureAudit.Disclosure] {
      let knowledge = SumAudit.Knowledge(DisclosureRecord(pipeline, Nesting(pipeline)), truth: rows)
      return SumAudit.disclosures(in: zip(rows, hidden).map { AuditedFigure($0, isHidden: $1) }, knowledge)
    }
    #expect(disclosures(done.map { $0 != .none }) == [])
    #expect(disclosures(rows.map { _ in false }).isEmpty != isHidden)
  }
}
