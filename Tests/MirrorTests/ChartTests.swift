import CoreDataset
import Definitions
import Foundation
import Testing

@testable import Mirror

extension SVG {
  /// Its elements as text.
  var elements: String { String(decoding: body, as: UTF8.self) }
}

@Suite("Charts")
struct ChartTests {
  static let texts = Texts(.nl)
  static let indicator = FakeMirror.indicator(
    "share", "Aandeel", .scoreShare, .health, unit: "%", decimals: 0, .higherBetter)
  static let style = ValueStyle(indicator, texts)

  /// Units of 40, 60, 80 … persons around a half, with limits that narrow; some withheld, some rounded.
  static func spread(_ count: Int, withheld: Set<Int> = [], rounded: Set<Int> = []) -> PeerSpread {
    let figures = (0..<count).map { number -> (unit: Int32, row: ResultRow, protection: Protection) in
      let persons = 40 + 20 * number
      var row = ResultRow(
        indicator: "share", definitionVersion: "1", layout: "provider", unit: "\(number)", unitKind: .provider,
        period: "2019", persons: persons, measured: persons)
      row.denominator = Double(persons)
      row.value = 0.5 + 0.02 * Double(number % 5 - 2)
      let half = 1 / Double(persons).squareRoot()
      (row.lower95, row.upper95) = (row.value.map { $0 - half }, row.value.map { $0 + half })
      (row.funnelLower95, row.funnelUpper95) = (0.5 - half, 0.5 + half)
      (row.funnelLower998, row.funnelUpper998) = (0.5 - 1.6 * half, 0.5 + 1.6 * half)
      row.funnelBand = "within"
      return (Int32(number), row, withheld.contains(number) ? .fewPersons : rounded.contains(number) ? .rounded : .none)
    }
    return PeerSpread(figures, nation: 0.5, factor: 100, .scoreShare)
  }

  static func dots(_ svg: String) -> Int {
    let path = svg.components(separatedBy: "class=\"peerdots\" d=\"").dropFirst().first?.components(separatedBy: "\"")[
      0]
    return (path ?? "").components(separatedBy: "h0").count - 1
  }

  @Test("A funnel has a dot for every unit that may be seen, four limits and one mark")
  func funnel() throws {
    let spread = Self.spread(12, withheld: [1, 2], rounded: [3])
    #expect(spread.units.count == 10)
    let funnel = try #require(Funnel(spread, Self.style, Self.texts))
    let svg = try #require(funnel.svg(marking: 5, label: "Uw cijfer")).elements
    #expect(Self.dots(svg) == 9)
    #expect(svg.components(separatedBy: "class=\"limit998\"").count == 3)
    #expect(svg.components(separatedBy: "class=\"limit95\"").count == 3)
    #expect(svg.components(separatedBy: "<circle class=\"own\"").count == 2)
    #expect(PageTests.unbalanced(svg) == [])
    // A unit that is withheld or rounded has no place in it.
    for hidden in [1, 2, 3] { #expect(funnel.svg(marking: Int32(hidden), label: "") == nil) }
    #expect(Funnel(Self.spread(4), Self.style, Self.texts) == nil)
  }

  @Test("Corners of a path are where they were set, whatever the roundings before them")
  func paths() {
    var svg = SVG(width: 10, height: 10)
    svg.polyline("a", [(0.04, 1), (0.08, 1), (-3.26, -0.5), (-3.26, 2)])
    svg.polygon("b", [(1, 1), (2, 1), (2, 2)])
    svg.path("c", title: "<") { path in
      path.corners([(1, 1), (5, 1), (5, 5)])
      path.close()
      path.move(2, 2)
      path.dot()
    }
    #expect(
      svg.elements == #"<path class="a" d="M0 1h.1l-3.4-1.5v2.5"/><path class="b" d="M1 1h1v1Z"/>"#
        + #"<path class="c" d="M1 1h4v4Zm1 1h0"><title>&lt;</title></path>"#)
    var numbers: [UInt8] = []
    for tenths in [0, 5, -5, 10, -34, 1_234_567] {
      numbers.writeTenths(tenths)
      numbers.append(0x20)
    }
    #expect(String(decoding: numbers, as: UTF8.self) == "0 .5 -.5 1 -3.4 123456.7 ")
  }

  @Test("Hundreds of units stand in a funnel as a dot each, and not again beside the own figure")
  func crowd() throws {
    let funnel = try #require(Funnel(Self.spread(400), Self.style, Self.texts))
    let svg = try #require(funnel.svg(marking: 5, label: "Uw cijfer"))
    #expect(Self.dots(svg.elements) == 400)
    // Two limits on both sides and a dot for each must not make a page heavy.
    #expect(svg.body.count < 5000)
  }

  @Test("Units are put in order only where an order means something")
  func caterpillar() throws {
    var row = ComparisonRow(
      indicator: "share", definitionVersion: "1", layout: "provider", period: "2019", stratum: "", limits: "exact",
      overDispersion: "none", minimumRankability: 0.5)
    func charts(_ count: Int) -> PeerCharts { PeerCharts(Self.spread(count), row, Self.style, Self.texts) }
    #expect(charts(20).caterpillar == nil)
    row.order = .notSuitable
    #expect(charts(20).caterpillar == nil)
    row.order = .suitable
    let svg = try #require(charts(20).caterpillar?.svg(marking: 7, label: "Uw cijfer")).elements
    #expect(Self.dots(svg) == 20)
    #expect(svg.components(separatedBy: "class=\"ownwhisker\"").count == 2)
    #expect(charts(PeerCharts.mostInCaterpillar + 1).caterpillar == nil)
  }

  @Test("A spider web needs three figures, and a missing one breaks its line")
  func spider() throws {
    var spokes = (0..<6).map { Spider.Spoke(label: "As \($0)", own: Double($0) + 2, nation: 6) }
    let tick = { (value: Double) in "\(value)" }
    let whole = try #require(Spider.svg(spokes, scale: 0...10, tick: tick)).elements
    #expect(whole.contains("class=\"spiderown\"") && !whole.contains("class=\"spiderownline\""))
    spokes[2].own = nil
    let broken = try #require(Spider.svg(spokes, scale: 0...10, tick: tick)).elements
    #expect(
      !broken.contains("class=\"spiderown\"") && broken.components(separatedBy: "class=\"spiderownline\"").count == 5)
    for missing in [0, 1, 4] { spokes[missing].own = nil }
    #expect(Spider.svg(spokes, scale: 0...10, tick: tick) == nil)
  }

  /// Two made-up squares beside each other, one unknown to the layout.
  static let shapes = RegionShapes(rings: [
    "a": [square(5, 52)], "b": [square(6, 52)], "elsewhere": [square(9, 52)],
  ])
  private static func square(_ x: Double, _ y: Double) -> [RegionShapes.Point] {
    [(x, y), (x + 1, y), (x + 1, y + 1), (x, y + 1), (x, y)].map { RegionShapes.Point(x: $0.0, y: $0.1) }
  }

  @Test("A map draws the regions that have an outline, in classes; a region without a figure has none")
  func map() throws {
    let regions = [
      RegionMap.Region(code: "a", level: 4, isOwn: true, title: "A: <1>"),
      RegionMap.Region(code: "b", level: nil, isOwn: false, title: "B: n.g."),
      RegionMap.Region(code: "c", level: 1, isOwn: false, title: "C"),
    ]
    let svg = try #require(RegionMap.svg(regions, Self.shapes)).elements
    #expect(svg.components(separatedBy: "<path ").count == 3)
    #expect(svg.contains("class=\"region class4 ownregion\"") && svg.contains("class=\"region noclass\""))
    #expect(svg.contains("<title>A: &lt;1&gt;</title>") && PageTests.unbalanced(svg) == [])
    #expect(RegionMap.svg([], Self.shapes) == nil)
    // cos 52° = 0.61566.
    #expect(abs(RegionMap.shortening(52) - 0.61566) < 0.0005)
  }

  @Test("Classes of a map are fifths of the figures that are there")
  func levels() {
    #expect(RegionMap.levels([1, 2, 3, 4, 5]) == [0, 1, 2, 3, 4])
    #expect(RegionMap.levels([5, nil, 1]) == [2, nil, 0].map { $0 })
    #expect(RegionMap.levels([7, 7, 7]) == [0, 0, 0])
    #expect(RegionMap.levels([nil]) == [nil])
  }

  @Test("A waterfall ends where the last amount is: steps and rest add up")
  func waterfall() throws {
    let page = try #require(TextsTests.files["proeftuin/zwolle/spiegel.html"])
    let card = try #require(
      page.components(separatedBy: "id=\"panel-2\"").last?.components(separatedBy: "</article>")[0])
    let rows = card.components(separatedBy: "<tbody>")[1].components(separatedBy: "<tr>").dropFirst().map { row in
      row.components(separatedBy: "<td>")[1].components(separatedBy: "</td>")[0]
    }
    func number(_ text: String) -> Double {
      let sign = text.hasPrefix("−") ? -1.0 : 1
      return sign * (Double(text.filter(\.isNumber)) ?? .nan)
    }
    let amounts = rows.map(number)
    try #require(amounts.count > 5)
    let steps = amounts.dropFirst().dropLast().reduce(0, +)
    #expect(abs(amounts[0] + steps - (amounts.last ?? 0)) <= Double(amounts.count))
  }

  @Test("A figure that is withheld is in no chart of any page")
  func withheld() throws {
    // Provider 08401035 has 7 persons.
    let page = try PageTests.page("provider/08401035")
    for mark in ["class=\"own\"", "class=\"ownwhisker\"", "class=\"spiderown\"", "class=\"barown\""] {
      #expect(!page.contains(mark))
    }
  }
}
