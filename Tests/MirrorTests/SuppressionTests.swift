import CoreDataset
import Definitions
import Testing

@testable import Mirror

/// Rows of one indicator in one layout, for tables small enough to check by hand.
struct SmallTable {
  static func indicator(_ measure: MeasureKind) -> Indicator {
    FakeMirror.indicator("i", "Indicator", measure, .health, unit: "%", decimals: 1, .higherBetter)
  }

  static func row(
    _ unit: String, persons: Int, kind: UnitKind = .region, period: String = "2019", stratum: String = "",
    numerator: Double? = nil, denominator: Double? = nil, value: Double = 5
  ) -> ResultRow {
    var row = ResultRow(
      indicator: "i", definitionVersion: "1",
      layout: kind == .nation ? "nation" : kind == .region ? "proeftuin" : "provider",
      unit: unit, unitKind: kind, period: period, stratum: stratum, persons: persons, measured: persons)
    row.numerator = numerator
    row.denominator = denominator ?? numerator.map { _ in Double(persons) }
    row.value = numerator.map { $0 / (denominator ?? Double(persons)) } ?? value
    row.standardDeviation = 2
    (row.lower95, row.upper95, row.lower998, row.upper998) = (4, 6, 3, 7)
    (row.expected, row.ratio, row.adjusted) = (5, 1, 5)
    row.funnelBand = "within"
    return row
  }

  static func share(_ unit: String, _ numerator: Double, of persons: Int, kind: UnitKind = .region) -> ResultRow {
    row(unit, persons: persons, kind: kind, numerator: numerator)
  }

  static func protect(
    _ rows: [ResultRow], _ measure: MeasureKind = .itemMean, indicator: Indicator? = nil
  ) -> (rows: [ResultRow], protections: [Protection]) {
    let pipeline = FakeMirror.pipeline(indicators: [indicator ?? Self.indicator(measure)])
    return Suppression.apply(to: rows, index: FigureIndex(rows, pipeline), pipeline: pipeline)
  }
}

@Suite("Suppression")
struct SuppressionTests {
  @Test("Below the minimum everything goes, at the minimum everything stays", arguments: [0, 1, 9, 10, 11])
  func threshold(persons: Int) {
    let row = SmallTable.row("a", persons: persons)
    let (rows, protections) = SmallTable.protect([row])
    if persons >= 10 {
      #expect(protections == [.none])
      #expect(rows == [row])
    } else {
      var expected = ResultRow(
        indicator: "i", definitionVersion: "1", layout: "proeftuin", unit: "a", unitKind: .region, period: "2019")
      expected.status = .insufficient
      expected.reason = "withheld: fewer than 10 persons, or needed to protect another figure"
      #expect(protections == [.fewPersons])
      #expect(rows == [expected])
    }
  }

  @Test("Too few answers withhold a mean, even when there are enough persons")
  func fewAnswers() {
    var row = SmallTable.row("a", persons: 40)
    row.measured = 9
    #expect(SmallTable.protect([row], .scoreLevel).protections == [.fewPersons])
    #expect(SmallTable.protect([row], .costPerPersonYear).protections == [.none])
  }

  @Test(
    "A share hides a small numerator or rest",
    arguments: [
      (10.0, 40, Protection.none), (30, 40, .none), (9, 60, .rounded), (51, 60, .rounded), (1, 50, .rounded),
      (1, 49, .smallGroup), (48, 49, .smallGroup), (0, 49, .wholeGroup), (49, 49, .wholeGroup), (10, 20, .none),
      (0, 50, .rounded), (50, 50, .rounded),
    ])
  func shares(numerator: Double, of persons: Int, expected: Protection) {
    let row = SmallTable.share("a", numerator, of: persons)
    for measure in [MeasureKind.scoreShare, .topBox] {
      #expect(SmallTable.protect([row], measure).protections == [expected])
    }
    #expect(SmallTable.protect([row], .costShare).protections == [.none])
  }

  @Test("A response of nobody or everybody stays", arguments: [0.0, 40])
  func wholeResponse(numerator: Double) {
    #expect(SmallTable.protect([SmallTable.share("a", numerator, of: 40)], .responseRate).protections == [.none])
  }

  @Test("A share without counts is checked by what it was computed from")
  func shareWithoutCounts() {
    var row = SmallTable.row("a", persons: 50, value: 0.1)
    row.measured = 60
    #expect(SmallTable.protect([row], .scoreShare).protections == [.rounded])
  }

  @Test("A rounded share has no number from which the count could be computed")
  func rounded() {
    let (rows, _) = SmallTable.protect([SmallTable.share("a", 5, of: 60)], .scoreShare)
    var expected = ResultRow(
      indicator: "i", definitionVersion: "1", layout: "proeftuin", unit: "a", unitKind: .region, period: "2019")
    // 5 of 60 is in the class from 0% to 20%, which 12 counts have.
    (expected.value, expected.classWidth) = (0.1, 0.2)
    expected.reason = "rounded: fewer than 10 persons in the numerator or in the rest of the group, or none"
    #expect(rows == [expected])
  }

  @Test("One withheld unit takes the next smallest with it when the total is published")
  func secondary() {
    let rows = [
      SmallTable.row("NL", persons: 190, kind: .nation), SmallTable.row("a", persons: 100),
      SmallTable.row("b", persons: 7), SmallTable.row("c", persons: 33), SmallTable.row("d", persons: 50),
    ]
    let (published, protections) = SmallTable.protect(rows)
    #expect(protections == [.none, .none, .fewPersons, .secondary, .none])
    #expect(published[3].value == nil && published[3].persons == 0 && published[3].status == .insufficient)
    #expect(published[3].reason == published[2].reason)
  }

  @Test("Without a published total there is nothing to subtract from")
  func withoutTotal() {
    let rows = [SmallTable.row("a", persons: 100), SmallTable.row("b", persons: 7)]
    #expect(SmallTable.protect(rows).protections == [.none, .fewPersons])
  }

  @Test("Hidden units together hold at least the minimum; those without persons hide nothing")
  func remainder() {
    func nation(_ persons: Int) -> ResultRow { SmallTable.row("NL", persons: persons, kind: .nation) }
    let two = [
      nation(97), SmallTable.row("a", persons: 3), SmallTable.row("b", persons: 4), SmallTable.row("c", persons: 90),
    ]
    #expect(SmallTable.protect(two).protections == [.none, .fewPersons, .fewPersons, .secondary])
    let enough = [
      nation(100), SmallTable.row("a", persons: 6), SmallTable.row("b", persons: 4), SmallTable.row("c", persons: 90),
    ]
    #expect(SmallTable.protect(enough).protections == [.none, .fewPersons, .fewPersons, .none])
    let empty = [
      nation(97), SmallTable.row("a", persons: 0), SmallTable.row("b", persons: 7), SmallTable.row("c", persons: 90),
    ]
    #expect(SmallTable.protect(empty).protections == [.none, .fewPersons, .fewPersons, .secondary])
    let onlyEmpty = [nation(90), SmallTable.row("a", persons: 0), SmallTable.row("c", persons: 90)]
    #expect(SmallTable.protect(onlyEmpty).protections == [.none, .fewPersons, .none])
  }

  @Test("Layouts are tables of their own")
  func layouts() {
    let rows = [
      SmallTable.row("NL", persons: 190, kind: .nation), SmallTable.row("a", persons: 100),
      SmallTable.row("b", persons: 90), SmallTable.row("p", persons: 7, kind: .provider),
      SmallTable.row("q", persons: 50, kind: .provider), SmallTable.row("r", persons: 133, kind: .provider),
    ]
    // Two providers are hidden beside the small one: with one, that one would know the other's figure.
    #expect(SmallTable.protect(rows).protections == [.none, .none, .none, .fewPersons, .secondary, .secondary])
  }

  @Test("Of two providers neither the one nor the total is shown beside the other")
  func twoProviders() {
    let rows = [
      SmallTable.row("NL", persons: 57, kind: .nation), SmallTable.row("p", persons: 7, kind: .provider),
      SmallTable.row("q", persons: 50, kind: .provider),
    ]
    #expect(SmallTable.protect(rows).protections == [.secondary, .fewPersons, .secondary])
  }

  @Test("A hidden share takes the next with it, rounded when that is enough")
  func secondaryShare() {
    let like = [
      SmallTable.share("NL", 312, of: 2600, kind: .nation), SmallTable.share("a", 252, of: 2100),
      SmallTable.share("b", 5, of: 40), SmallTable.share("c", 55, of: 460),
    ]
    let (published, protections) = SmallTable.protect(like, .topBox)
    // 10% to 15% of 460 are 46 to 69, which leaves 0 to 14 of 60.
    #expect(protections == [.none, .none, .smallGroup, .rounded])
    #expect(published[3].value == 0.125 && published[3].numerator == nil)
    // 40% to 60% of 50 are 20 to 30, which would leave 0 to 5 of 25; 30% to 40% of 100 leave 0 to 10 of 40.
    let unlike = [
      SmallTable.share("NL", 60, of: 190, kind: .nation), SmallTable.share("a", 35, of: 100),
      SmallTable.share("b", 5, of: 40), SmallTable.share("c", 20, of: 50),
    ]
    #expect(SmallTable.protect(unlike, .topBox).protections == [.none, .rounded, .smallGroup, .none])
  }

  @Test("A subdivision is not the whole minus the others")
  func strata() {
    func part(_ name: String, _ persons: Int) -> ResultRow {
      SmallTable.row("a", persons: persons, stratum: "care_type=\(name)")
    }
    let rows = [
      SmallTable.row("a", persons: 100), part("pharmacy", 8), part("dental", 30), part("other", 62),
      SmallTable.row("a", persons: 40, stratum: "sex=female"), SmallTable.row("a", persons: 60, stratum: "sex=male"),
    ]
    #expect(SmallTable.protect(rows).protections == [.none, .fewPersons, .secondary, .none, .none, .none])
  }

  @Test("Hiding in one table is followed through the other")
  func linkedTables() {
    func rows(_ unit: String, _ kind: UnitKind, _ pharmacy: Int, _ dental: Int, _ other: Int) -> [ResultRow] {
      [SmallTable.row(unit, persons: pharmacy + dental + other, kind: kind)]
        + zip(["pharmacy", "dental", "other"], [pharmacy, dental, other]).map {
          SmallTable.row(unit, persons: $1, kind: kind, stratum: "care_type=\($0)")
        }
    }
    let table =
      rows("NL", .nation, 200, 200, 200) + rows("a", .region, 8, 30, 60) + rows("b", .region, 90, 85, 70)
      + rows("c", .region, 102, 85, 70)
    let (_, protections) = SmallTable.protect(table)
    // a: pharmacy is small, dental goes with it; the nation then gives away a's pharmacy and dental unless another region
    // hides them too, and that region hides two parts, so it is done.
    #expect(protections[4...7] == [.none, .fewPersons, .secondary, .none])
    #expect(protections[8...11] == [.none, .secondary, .secondary, .none])
    #expect(protections[12...15] == [.none, .none, .none, .none])
  }

  @Test("The reference of a withheld period is not given by later periods")
  func withheldReference() {
    let before = SmallTable.row("a", persons: 6, period: "2016")
    var after = SmallTable.row("a", persons: 60, period: "2019")
    after.baselineValue = 5.5
    after.change = -0.5
    after.target = -0.2
    after.targetStatus = "not-met"
    let onChange = FakeMirror.indicator(
      "i", "Indicator", .itemMean, .health, unit: "", decimals: 1, .higherBetter, target: (.change, -0.2))
    let (rows, protections) = SmallTable.protect([before, after], indicator: onChange)
    #expect(protections == [.fewPersons, .none])
    #expect(rows[1].value == 5 && rows[1].baselineValue == nil && rows[1].change == nil && rows[1].targetStatus == nil)
    let onValue = FakeMirror.indicator(
      "i", "Indicator", .itemMean, .health, unit: "", decimals: 1, .higherBetter, target: (.value, 6))
    #expect(SmallTable.protect([before, after], indicator: onValue).rows[1].targetStatus == "not-met")
  }

  @Test("A change from or to a class is not given")
  func roundedChange() {
    func pair(_ before: Double, _ after: Double) -> ResultRow {
      var first = SmallTable.share("a", before, of: 60)
      first.period = "2016"
      var second = SmallTable.share("a", after, of: 60)
      second.baselineValue = first.value
      second.change = (second.value ?? 0) - (first.value ?? 0)
      return SmallTable.protect([first, second], .topBox).rows[1]
    }
    let fromRounded = pair(5, 20)
    #expect(fromRounded.value == 20.0 / 60 && fromRounded.baselineValue == nil && fromRounded.change == nil)
    let toRounded = pair(20, 5)
    #expect(toRounded.value == 0.1 && toRounded.baselineValue == nil && toRounded.change == nil)
  }

  @Test("No table of the made-up run gives back a hidden count", arguments: [1, 2, 3, 4, 5] as [UInt64])
  func audit(seed: UInt64) throws {
    let input = MirrorInput.fake(seed: seed)
    let index = FigureIndex(input.results, input.pipeline)
    // The nation is made the sum of its regions.
    let regions = try #require(index.layouts.firstIndex(of: "proeftuin").map(Int32.init))
    var results = input.results
    for (position, key) in index.keys.enumerated() where key?.unit == 0 {
      let parts = index.keys.indices.filter { part in
        guard var total = index.keys[part], index.units[Int(total.unit)].layout == regions else { return false }
        total.unit = 0
        return total == key
      }
      results[position].persons = parts.reduce(0) { $0 + results[$1].persons }
      results[position].measured = parts.reduce(0) { $0 + results[$1].measured }
      results[position].denominator = nil
    }
    let (rows, protections) = Suppression.apply(to: results, index: index, pipeline: input.pipeline)
    var hidden: [FigureKey: (count: Int, persons: Int)] = [:]
    for (position, key) in index.keys.enumerated() {
      let key = try #require(key)
      if results[position].persons < 10 { #expect(rows[position].value == nil) }
      guard protections[position] != .none else { continue }
      #expect(rows[position].persons == 0 && rows[position].measured == 0 && rows[position].numerator == nil)
      #expect(rows[position].lower95 == nil && rows[position].standardDeviation == nil)
      guard index.units[Int(key.unit)].layout == regions, key.unit != 0, results[position].persons > 0 else { continue }
      var table = key
      table.unit = regions
      hidden[table, default: (0, 0)].count += 1
      hidden[table, default: (0, 0)].persons += results[position].persons
    }
    #expect(!hidden.isEmpty)
    for (table, parts) in hidden {
      var total = table
      total.unit = 0
      let position = Int(try #require(index.row[total]))
      #expect(protections[position] != .none || (parts.count >= 2 && parts.persons >= 10))
    }
  }
}

@Suite("Peers")
struct PeersTests {
  @Test("Quantiles of type 7, as R's quantile()")
  func quantiles() throws {
    // quantile(c(2.1, 3.4, 5.0, 1.7, 2.9, 3.3), c(.25, .5, .75)) is 2.3 3.1 3.375.
    let peers = try #require(Peers(values: [2.1, 3.4, 5.0, 1.7, 2.9, 3.3]))
    #expect(abs(peers.lowerQuartile - 2.3) < 1e-12)
    #expect(abs(peers.median - 3.1) < 1e-12)
    #expect(abs(peers.upperQuartile - 3.375) < 1e-12)
    #expect(peers.units == 6)
  }

  @Test("Not from fewer than five units")
  func tooFew() {
    #expect(Peers(values: [1, 2, 3, 4]) == nil)
    #expect(Peers(values: [1, 2, 3, 4, 5]) != nil)
  }

  @Test("Withheld figures and the unplaced do not count")
  func publishedOnly() throws {
    let units = ["groningen", "heerlen", "nijmegen", "utrecht", "zwolle"]
    func peers(_ persons: [Int]) -> Peers? {
      var rows = [
        SmallTable.row("NL", persons: 500, kind: .nation), SmallTable.row("onbekend", persons: 80, value: 99),
      ]
      for (position, unit) in units.enumerated() {
        rows.append(SmallTable.row(unit, persons: persons[position], value: Double(position)))
      }
      let input = MirrorInput(
        pipeline: FakeMirror.pipeline(indicators: [SmallTable.indicator(.itemMean)]), results: rows, providerNames: [:],
        runID: "r", generatedFrom: [], providerRegion: [:])
      let reports = MirrorReports(input)
      return reports.recipients.last.flatMap { reports.report(for: $0).indicators.first?.current?.peers }
    }
    #expect(peers([100, 100, 100, 100, 100])?.median == 2)
    #expect(peers([100, 100, 100, 100, 100])?.units == 5)
    #expect(peers([100, 100, 100, 100, 9]) == nil)
  }
}
