import CoreDataset
import Definitions
import TestSupport
import Testing

@testable import Mirror

@Suite("Statistical disclosure control")
struct DisclosureTests {
  /// The feasible interval of each unknown of some sums.
  static func intervals(_ sums: [(parts: [Int], value: Double)]) -> [Int: ClosedRange<Double>] {
    var system = HiddenSystem()
    for sum in sums { system.add(sum.parts, value: sum.value) }
    // No interval is that wide, so that every one is found to its ends.
    let all = system.narrow { _ in .width(.infinity) }
    return Dictionary(uniqueKeysWithValues: all.compactMap { one in one.range.map { (one.unknown, $0) } })
  }

  static func isNear(_ range: ClosedRange<Double>?, _ expected: ClosedRange<Double>) -> Bool {
    guard let range else { return false }
    return abs(range.lowerBound - expected.lowerBound) < 1e-6 && abs(range.upperBound - expected.upperBound) < 1e-6
  }

  @Test("Ages by region: the intervals of the four hidden counts")
  func agesByRegion() {
    // R1 0-17 25, R1 65+ 33, R2 0-17 4, R2 65+ 48, with all margins; intervals computed with HiGHS.
    let found = Self.intervals([([0, 1], 58), ([2, 3], 52), ([0, 2], 29), ([1, 3], 81)])
    #expect(Self.isNear(found[2], 0...29))
    #expect(Self.isNear(found[0], 0...29) && Self.isNear(found[1], 29...58) && Self.isNear(found[3], 23...52))
  }

  @Test("Four providers in two regions by sex: the two of the small one go, totals of regions stay")
  func providersInRegions() {
    let table = NestedTable(towns: [[[12, 30], [7, 45]], [[50, 61], [20, 22]]])
    let protections = table.protections()
    let hidden = zip(table.rows, protections).filter { $1 != .none }.map { "\($0.0.unit) \($0.0.stratum)" }
    #expect(Set(hidden) == ["t1 age=0", "t1 age=1", "t2 age=0", "t2 age=1"])
    #expect(table.disclosures(hidden: protections.map { $0 != .none }) == [])
    // P1 and P2 by M and V: 19 M and 75 V in the region, 42 persons in P1 and 52 in P2.
    let found = Self.intervals([([0, 1], 42), ([2, 3], 52), ([0, 2], 19), ([1, 3], 75)])
    #expect(Self.isNear(found[2], 0...19))
  }

  @Test("A figure that two sums leave a narrow interval is found, and one that no sum bounds is not")
  func narrow() {
    var system = HiddenSystem()
    system.add([1, 2], value: 12)
    system.add([2, 3], value: 5)
    system.add([4], minus: 5, value: -3)
    #expect(system.narrow { _ in .width(10) }.map(\.unknown) == [1, 2, 3])
    #expect(system.narrow { _ in .width(5) } == [])
    #expect(system.narrow { $0 == 1 ? .reach(8...12) : nil } == [])
    #expect(system.narrow { $0 == 1 ? .reach(6...12) : nil }.map(\.unknown) == [1])
  }

  @Test("Of 200 random nested tables nothing is found, exactly or narrowly")
  func nestedTables() {
    var random = SeededRandom(7)
    var withheld = 0
    var exact = 0
    var narrow = 0
    for number in 0..<200 {
      let table = NestedTable.random(&random)
      let protections = table.protections()
      let hidden = protections.map { $0 != .none }
      #expect(table.disclosures(hidden: hidden) == [], "table \(number): \(table.towns)")
      withheld += hidden.count { $0 }
      // The same with the rules for single figures only.
      let primary = table.rows.map { Suppression.primary($0, .itemMean, minimum: 10) != .none }
      let found = Set(table.disclosures(hidden: primary).map(\.kind))
      if found.contains(.solved) { exact += 1 }
      if found.contains(.narrow) || found.contains(.few) { narrow += 1 }
    }
    #expect(withheld > 2000 && exact > 100 && narrow > 20, "\(withheld) \(exact) \(narrow)")
  }

  @Test("Suppression with a hole in it is caught: any one figure published that was hidden for the sake of others")
  func broken() {
    var random = SeededRandom(8)
    var caught = 0
    var holes = 0
    for _ in 0..<40 {
      let table = NestedTable.random(&random)
      let protections = table.protections()
      for (place, protection) in protections.enumerated() where protection == .secondary {
        var hidden = protections.map { $0 != .none }
        hidden[place] = false
        holes += 1
        if !table.disclosures(hidden: hidden).isEmpty { caught += 1 }
      }
    }
    // Not every one of them is needed: suppression is not the least that there is.
    #expect(holes > 200 && caught * 2 > holes, "\(caught) of \(holes)")
  }

  @Test(
    "A provider with 3 persons beside one other in its region: its neighbour cannot take its own figure off the total")
  func smallProvider() {
    func rows(_ region: [Int]) -> [ResultRow] {
      let rest = [60, 80, 90]
      let all = region + rest
      return [
        SmallTable.row("NL", persons: all.reduce(0, +), kind: .nation),
        SmallTable.row("groningen", persons: region.reduce(0, +)),
        SmallTable.row("utrecht", persons: rest.reduce(0, +)),
      ] + all.enumerated().map { SmallTable.row("p\($0)", persons: $1, kind: .provider) }
    }
    func protections(_ region: [Int]) -> [String: Protection] {
      let rows = rows(region)
      let pipeline = FakeMirror.pipeline(indicators: [SmallTable.indicator(.itemMean)])
      var place: [String: [String: String]] = [:]
      for number in 0..<region.count + 3 {
        place["p\(number)"] = ["proeftuin": number < region.count ? "groningen" : "utrecht"]
      }
      let done = Suppression.apply(
        to: rows, index: FigureIndex(rows, pipeline), pipeline: pipeline, providerRegion: place
      ).protections
      return Dictionary(uniqueKeysWithValues: zip(rows.map(\.unit), done))
    }
    let two = protections([3, 40])
    #expect(two["p0"] == .fewPersons && two["p1"] == .secondary && two["groningen"] == .secondary)
    // With the region the other region goes, for the nation is their sum.
    #expect(two["utrecht"] == .secondary && two["NL"] == Protection.none)
    let three = protections([3, 40, 50])
    #expect(three["p1"] == .secondary && three["p2"] == .secondary && three["groningen"] == Protection.none)
  }
}
