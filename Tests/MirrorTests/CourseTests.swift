import Columns
import CoreDataset
import Definitions
import Foundation
import Testing

@testable import Mirror

/// Control limits in reports.
@Suite("Control charts in reports")
struct CourseTests {
  /// Fourteen months of a share of a nation, a region and three care providers, with a p-chart and a sum over them.
  static func input(fewIn month: Int? = nil, chart: TrendRow.Chart = .proportions) -> MirrorInput {
    let indicator = FakeMirror.indicator(
      "aandeel", "Aandeel", .topBox, .experience, unit: "%", decimals: 1, .higherBetter)
    let months = (1...14).map { number in
      let text = number < 13 ? "2018-\(number < 10 ? "0" : "")\(number)" : "2019-0\(number - 12)"
      return (text, Day("\(text)-01") ?? Day(0))
    }
    let periods = months.map { Period(id: $0.0, from: $0.1, to: Day($0.1.number + 27)) }
    let base = FakeMirror.pipeline(indicators: [indicator])
    let pipeline = Pipeline(
      id: base.id, version: base.version, name: base.name, purpose: base.purpose, legalBasis: base.legalBasis,
      periods: periods, baseline: nil, minimumPersons: base.minimumPersons, maximumQuarantined: base.maximumQuarantined,
      buckets: 1, sources: [], instruments: [], populations: base.populations, indicators: [indicator],
      regions: base.regions, standardPopulation: nil, mirror: base.mirror, digest: base.digest)
    var rows: [ResultRow] = []
    var trends: [TrendRow] = []
    for (layout, unit, kind, size) in [
      ("nation", "NL", UnitKind.nation, 900), ("proeftuin", "zwolle", .region, 600),
      ("proeftuin", "utrecht", .region, 300),
      ("provider", "08401000", .provider, 100), ("provider", "08401007", .provider, 120),
    ] {
      for (number, period) in periods.enumerated() {
        let isSmall = unit == "08401000" && month == number
        var row = ResultRow(
          indicator: indicator.id, definitionVersion: "1.2", layout: layout, unit: unit, unitKind: kind,
          period: period.id, persons: isSmall ? 6 : size, measured: isSmall ? 6 : size)
        let share = number == 12 ? 0.8 : 0.5 + 0.01 * Double(number % 3)
        row.denominator = Double(row.measured)
        row.numerator = (share * Double(row.measured)).rounded()
        row.value = (row.numerator ?? 0) / Double(row.measured)
        (row.lower95, row.upper95) = (share - 0.1, share + 0.1)
        rows.append(row)
        trends.append(
          TrendRow(
            row, chart: chart, value: row.value ?? 0, centre: 0.53, lower: 0.4123, upper: 0.6457,
            signal: number == 12 ? "above-upper" : ""))
        trends.append(
          TrendRow(
            row, chart: .cusum, value: Double(number) / 3, centre: 0, lower: 0, upper: 4,
            signal: number > 12 ? "above-upper" : ""))
      }
    }
    return MirrorInput(
      pipeline: pipeline, results: rows, providerNames: [:], runID: "r", generatedFrom: [], providerRegion: [:],
      trends: trends)
  }

  static func page(_ input: MirrorInput, _ path: String) throws -> String {
    var page: String?
    _ = try Mirror.files(input) {
      if $0.path == "\(path)/spiegel.html" { page = String(decoding: $0.contents, as: UTF8.self) }
    }
    return try #require(page)
  }

  @Test("Limits are drawn with the course, a signal has a ring and a word, and the table has both")
  func drawn() throws {
    for path in ["nation/NL", "proeftuin/zwolle", "provider/08401007"] {
      let page = try Self.page(Self.input(), path)
      #expect(PageTests.unbalanced(page) == [])
      #expect(page.components(separatedBy: "class=\"controlband\"").count == 3)
      // One month above the p-chart, the last sum above its limit.
      #expect(page.components(separatedBy: "<circle class=\"controlsignal\"").count == 3)
      #expect(page.contains("2019-01: boven de grens") && page.contains("p-kaart") && page.contains("CUSUM"))
      #expect(page.contains("<td>41,2% – 64,6%</td>") && page.contains("<td>boven de grens</td>"))
      #expect(page.contains("4,33 / 4,00: boven de grens"))
      // Fourteen names of months do not fit beside each other; the last one is there.
      let course = try #require(page.components(separatedBy: "-time-d").last).components(separatedBy: "</svg>")[0]
      #expect(course.contains(">2019-02</text>") && !course.contains(">2019-01</text>"))
    }
  }

  @Test("Where one figure of a series is withheld nothing is made of its limits, for they would tell of it")
  func withheld() throws {
    let page = try Self.page(Self.input(fewIn: 3), "provider/08401000")
    #expect(page.contains("n.g."))
    for word in ["controlband", "controlsignal", "41,2%", "p-kaart", "CUSUM", "boven de grens"] {
      #expect(!page.contains("=\"\(word)\"") && !page.contains(">\(word)") && !page.contains(" \(word)"))
    }
  }

  @Test("Without control charts a course has its intervals and no band")
  func without() throws {
    let page = try PageTests.page("provider/08401133")
    #expect(page.contains("class=\"whisker\"") && !page.contains("class=\"controlband\""))
  }

  @Test("Limits end where a share does, and months without a figure are said once in a row")
  func ends() throws {
    let rows = [
      TrendRow(
        indicator: "i", definitionVersion: "1", layout: "l", unit: "u", period: "p", chart: .individuals, signal: "",
        value: 0.1, centre: 0.1, lower: -0.2, upper: 1.3)
    ]
    var row = ResultRow(
      indicator: "i", definitionVersion: "1", layout: "l", unit: "u", unitKind: .region, period: "p", persons: 50)
    row.value = 0.1
    let figure = MirrorFigure(own: row, protection: .none, nation: nil, region: nil, peers: nil)
    let point = try #require(ControlCourse.courses(rows, of: [figure], within: 0...1).first?.points["p"])
    #expect(point.lower == 0 && point.upper == 1)
    let points = (0..<20).map { number in
      Trend.Point(label: "\(number)", note: "", own: (5...9).contains(number) || number == 12 ? nil : 1.5)
    }
    let svg = try #require(Trend.svg(points, Trend.Labels(own: "a", nation: "b", missing: "n.g.")) { "\($0) \($1)" })
    #expect(svg.elements.components(separatedBy: ">n.g.<").count == 3)
  }

  @Test("Every signal that a control chart can give has its words, in both languages")
  func words() {
    for signal in ["above-upper", "below-lower", "rising", "falling", "shift-up", "shift-down", "two-of-three"] {
      for language in Language.allCases { #expect(Texts(language).controlSignals([signal]) != signal) }
    }
  }
}
