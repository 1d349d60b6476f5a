import CoreDataset
import Definitions
import Testing

@testable import Mirror

/// Worked tables of the *Handbook on Statistical Disclosure Control* and of the dominance tests of GaussSuppression.
@Suite("Rules against dominance")
struct DominanceTests {
  /// An amount of one contribution each of some persons.
  static func row(
    _ unit: String, _ amounts: [Double], _ kind: UnitKind = .region, persons: Int = 40
  ) -> ResultRow {
    var row = SmallTable.row(unit, persons: persons, kind: kind, numerator: amounts.reduce(0, +))
    let sorted = amounts.sorted(by: >) + [0, 0]
    let sum = amounts.reduce(0, +)
    row.remainder = (sum - sorted[0] - sorted[1]) / sorted[0]
    (row.largest, row.largestTwo) = (sorted[0] / sum, (sorted[0] + sorted[1]) / sum)
    return row
  }

  static func fails(_ amounts: [Double], _ rule: DominanceRule) -> Bool { rule.fails(row("a", amounts)) }

  /// What is left of a share after two contributors, spread over many.
  static func many(_ sum: Double) -> [Double] { Array(repeating: sum / 100, count: 100) }

  @Test("Handbook: the second contributor may not know the first closely")
  func handbook() {
    let p = DominanceRule(p: 0.1)
    // X = 100,000: safe by (1,90), and yet the second knows the first to within 2%.
    let close = [50_000, 49_000] + Self.many(1_000)
    #expect(!Self.fails(close, DominanceRule(p: 0, k: 0.9, n: 1)) && Self.fails(close, p))
    // X = 110,000: 15.4% for p%, and unsafe by (2,90.9).
    let wide = [52_000, 50_000] + Self.many(8_000)
    #expect(!Self.fails(wide, p) && Self.fails(wide, DominanceRule(p: 0.1, k: 0.909, n: 2)))
    // X = 330: unsafe by (1,85), protection up to 352.94.
    let rule = DominanceRule(p: 0, k: 0.85, n: 1)
    #expect(Self.fails([300, 20, 10], rule))
    #expect(abs(330 + rule.protectionLevel(Self.row("a", [300, 20, 10])) - 352.94) < 0.005)
    // p = 100(100 − k)/k never lets pass what (2,k) does not: (2,80) goes with p = 25.
    #expect(Self.fails([60, 20.1] + Self.many(19.9), DominanceRule(p: 0, k: 0.8)))
  }

  @Test("One or two contributors never pass p%")
  func few() {
    #expect(Self.fails([300], .usual) && Self.fails([300, 200], .usual) && Self.fails([300, 299.9], .usual))
  }

  @Test(
    "GaussSuppression's table: which cells each rule takes",
    arguments: [
      (DominanceRule(p: 0, k: 0.75, n: 1), ["B"]), (DominanceRule(p: 0, k: 0.85, n: 2), ["B", "C"]),
      (DominanceRule(p: 0.1), ["B", "C"]), (DominanceRule(p: 0.1, k: 0.85, n: 2), ["B", "C"]),
    ])
  func table(rule: DominanceRule, primary: [String]) {
    let cells = ["A": [500.0, 200, 150, 100, 50], "B": [900, 60, 30, 10], "C": [400, 390, 10]]
    let found = cells.filter { Self.fails($0.value, rule) }.keys.sorted()
    #expect(found == primary)
    // The whole pipeline of rules: B takes C with it by any rule; A and the total stay.
    var pipeline = FakeMirror.pipeline(indicators: [SmallTable.indicator(.costPerPersonYear)])
    pipeline.dominance = rule
    let rows =
      [Self.row("NL", cells.values.flatMap(\.self), .nation, persons: 120)]
      + cells.sorted { $0.key < $1.key }.map { Self.row($0.key, $0.value) }
    let protections = Suppression.apply(to: rows, index: FigureIndex(rows, pipeline), pipeline: pipeline).protections
    #expect(protections.map(\.isWithheld) == [false, false, true, true])
  }

  @Test(
    "Care providers who bill an amount: three, of whom none dominates, unless the pipeline says that it is no secret")
  func providers() {
    func row(_ amounts: [Double]) -> ResultRow {
      var row = Self.row("a", Self.many(1_000))
      let of = Self.row("p", amounts)
      row.providers = Double(amounts.count)
      (row.providerRemainder, row.providerLargest, row.providerLargestTwo) = (of.remainder, of.largest, of.largestTwo)
      return row
    }
    func protection(_ amounts: [Double], _ rule: DominanceRule = .usual) -> Protection {
      Suppression.primary(row(amounts), .costPerPersonYear, minimum: 10, rule)
    }
    #expect(protection([1_000]) == .dominance && protection([500, 500]) == .dominance)
    #expect(protection([500, 495, 5]) == .dominance && protection([400, 350, 250]) == .none)
    #expect(protection([600, 300, 100], DominanceRule(k: 0.85)) == .dominance)
    var open = DominanceRule.usual
    open.fewestProviders = 1
    #expect(protection([1_000], open) == .none)
  }

  @Test(
    "Few contributors among many insured",
    arguments: [(0.0, Protection.none), (1, .smallGroup), (9, .smallGroup), (10, .none)])
  func contributors(count: Double, expected: Protection) {
    for measure in [MeasureKind.eventRate, .stayRate, .bedDays, .emergencyRate, .activityShare, .costPerPersonYear] {
      var row = SmallTable.row("a", persons: 5_000, numerator: 40)
      row.contributors = count
      #expect(Suppression.primary(row, measure, minimum: 10) == expected, "\(measure)")
    }
    // Twelve readmissions of two persons are a small group too.
    var row = SmallTable.share("a", 12, of: 40)
    row.contributors = 2
    #expect(Suppression.primary(row, .readmission, minimum: 10) == .smallGroup)
  }

  @Test("Events of few persons cannot be taken off the total")
  func events() {
    func row(_ unit: String, _ events: Double, _ contributors: Double, _ kind: UnitKind = .region) -> ResultRow {
      var row = SmallTable.row(unit, persons: kind == .nation ? 3_000 : 1_000, kind: kind, numerator: events)
      row.contributors = contributors
      return row
    }
    let rows = [row("NL", 93, 83, .nation), row("a", 3, 2), row("b", 40, 36), row("c", 50, 45)]
    let (published, protections) = SmallTable.protect(rows, .eventRate)
    #expect(protections == [.none, .smallGroup, .secondary, .none])
    #expect(published[1].numerator == nil && published[1].contributors == nil && published[3].value != nil)
  }
}

@Suite("Classes of shares")
struct ShareClassTests {
  static func shareClass(_ numerator: Double, of denominator: Double) -> ShareClass? {
    ShareClass(of: SmallTable.row("a", persons: Int(denominator), numerator: numerator), minimum: 10)
  }

  @Test("A class holds at least the minimum of counts, and its width depends on the denominator alone")
  func widths() {
    for denominator in 1...1_200 {
      var widths: Set<Double> = []
      var counts: [Int: Int] = [:]
      for numerator in 0...denominator {
        guard let found = Self.shareClass(Double(numerator), of: Double(denominator)) else { continue }
        widths.insert(found.width)
        counts[found.number, default: 0] += 1
        #expect(found.range.lowerBound <= Double(numerator) / Double(denominator) + 1e-9)
        #expect(found.range.upperBound >= Double(numerator) / Double(denominator) - 1e-9)
      }
      #expect(denominator < 50 ? widths.isEmpty : widths.count == 1, "\(denominator)")
      #expect(counts.values.allSatisfy { $0 >= 10 }, "\(denominator): \(counts)")
    }
  }

  @Test(
    "Worked: the middle stands for the share",
    arguments: [
      (7.0, 254.0, 0.025, 0.05), (0, 133, 0.05, 0.1), (1, 97, 0.1, 0.2), (3, 2_000, 0.005, 0.01), (133, 133, 0.95, 0.1),
    ])
  func worked(numerator: Double, denominator: Double, middle: Double, width: Double) throws {
    let found = try #require(Self.shareClass(numerator, of: denominator))
    #expect(found.middle == middle && found.width == width)
  }
}
