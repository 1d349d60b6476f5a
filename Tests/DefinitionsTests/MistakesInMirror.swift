import Definitions
import Testing

extension Mistakes {
  /// A right mirror with an audience of each kind and a chart of each kind.
  static let rightMirror = """
    recipients: [nation, land, provider, public, research]
    languages: [nl]
    formats: [csv, html]
    nation: {nl: Engeland, en: England}
    audiences:
      land: {languages: [nl, en], providers: {why: agreed, since: 2026}}
      provider: {indicators: [pain]}
      public: {layouts: [land]}
      research: {layouts: [land], formats: [csv]}
    charts:
      - {kind: spider, name: {nl: Web, en: Web}, indicators: [pain, cost, claims], scale: [0, 10]}
      - {kind: quadrant, name: {nl: Vlak, en: Plane}, cost: cost, outcome: pain}
      - {kind: heat, name: {nl: Tabel, en: Table}, layout: land, indicators: [pain]}
      - {kind: map, name: {nl: Kaart, en: Map}, layout: land, indicator: pain, shapes: land.geojson}
    """

  /// Two made-up squares.
  static let shapes = """
    {"type": "FeatureCollection", "features": [
    {"type": "Feature", "properties": {"code": "a"}, "geometry": {"type": "Polygon",
     "coordinates": [[[5, 52], [6, 52], [6, 53], [5, 53], [5, 52]]]}},
    {"type": "Feature", "properties": {"code": "b"}, "geometry": {"type": "MultiPolygon",
     "coordinates": [[[[6, 52], [7, 52], [7, 53], [6, 53], [6, 52]]]]}}]}
    """

  static func withMirror() -> SmallPipeline {
    var pipeline = SmallPipeline()
    pipeline.files["mirror.yaml"] = rightMirror
    pipeline.files["regions/land.geojson"] = shapes
    return pipeline
  }

  static let mirror = [
    Mistake(
      "mirror.yaml", "en: England", "fr: Angleterre",
      messages: [
        "mirror.yaml:4:9: missing translation \"en\"", "mirror.yaml:4:24: unknown key \"fr\"; known here: nl, en",
      ]),
    Mistake(
      "mirror.yaml", "  provider: {", "  insurer: {",
      "mirror.yaml:7:3: there is no recipient \"insurer\"; there is: nation, land, provider, public, research"),
    Mistake(
      "mirror.yaml", "[pain]}\n  public", "[pains]}\n  public",
      "mirror.yaml:7:27: there is no indicator \"pains\"; did you mean \"pain\"?"),
    Mistake(
      "mirror.yaml", "{indicators: [pain]}", "{indicators: []}",
      "mirror.yaml:7:14: \"indicators\" is an empty list; nothing would be made"),
    Mistake(
      "mirror.yaml", "{indicators: [pain]}", "{layouts: [land]}",
      "mirror.yaml:7:14: only \"public\" and \"research\" see the figures of a whole layout"),
    Mistake(
      "mirror.yaml", "{indicators: [pain]}", "{providers: {why: agreed, since: 2026}}",
      "mirror.yaml:7:14: only a region sees its care providers"),
    Mistake(
      "mirror.yaml", "{why: agreed, since: 2026}", "{since: 2026}",
      "mirror.yaml:6:42: care providers are seen by name only by agreement: say which"),
    Mistake(
      "mirror.yaml", "public: {layouts: [land]}", "public: {layout: [land]}",
      "mirror.yaml:8:12: unknown key \"layout\"; did you mean \"layouts\"?"),
    Mistake(
      "mirror.yaml", "formats: [csv]}", "formats: [xml]}",
      "mirror.yaml:9:31: research gets one table of all units: csv, parquet, not xml"),
    Mistake(
      "mirror.yaml", "kind: spider", "kind: spyder",
      "mirror.yaml:11:12: unknown value \"spyder\"; did you mean \"spider\"?"),
    Mistake(
      "mirror.yaml", "[pain, cost, claims]", "[pain, cost]",
      "mirror.yaml:11:58: a spider web needs at least 3 indicators"),
    Mistake(
      "mirror.yaml", "[0, 10]", "[10, 0]",
      "mirror.yaml:11:87: expected the lowest and the highest value of the scale, [0, 10]"),
    Mistake(
      "mirror.yaml", "outcome: pain", "outcome: gain",
      "mirror.yaml:12:72: there is no indicator \"gain\"; did you mean \"pain\"?"),
    Mistake(
      "mirror.yaml", "layout: land, indicators", "layout: lund, indicators",
      "mirror.yaml:13:56: there is no region layout \"lund\"; did you mean \"land\"?"),
    Mistake(
      "mirror.yaml", "kind: quadrant, name: {nl: Vlak, en: Plane}, cost: cost, outcome: pain",
      "kind: waterfall, name: {nl: Vlak, en: Plane}, indicator: cost",
      "mirror.yaml:12:63: indicator \"cost\" is not subdivided by kind of care; a waterfall needs that"),
    Mistake(
      "mirror.yaml", "shapes: land.geojson", "shapes: sea.geojson",
      "mirror.yaml:14:84: there is no file regions/sea.geojson and no file ../regions/sea.geojson"),
    Mistake(
      "mirror.yaml", "shapes: land.geojson", "shapes: land.geojson, code: id",
      "regions/land.geojson: feature 1 has no text in property \"id\""),
    Mistake(
      "regions/land.geojson", "FeatureCollection", "Feature",
      "regions/land.geojson: is not a GeoJSON feature collection"),
    Mistake(
      "regions/land.geojson", "\"MultiPolygon\"", "\"Point\"",
      "regions/land.geojson: feature 2 is not a polygon or multipolygon of closed rings"),
    Mistake(
      "regions/land.geojson", "", "{\"type\": \"FeatureCollection\", \"features\": []}",
      "regions/land.geojson: no feature has the code of a region of layout \"land\" in \"code\""),
  ]
}

@Suite("Audiences and charts")
struct MirrorSpecTests {
  @Test("What a mirror may say", arguments: Mistakes.mirror)
  func mistakes(_ mistake: Mistake) throws { try mistake.check(in: Mistakes.withMirror()) }

  @Test("A right mirror is read whole")
  func right() throws {
    let mirror = try Mistakes.withMirror().load().mirror
    #expect(mirror.nation == Localized(nl: "Engeland", en: "England"))
    #expect(mirror.languages(of: "land") == ["nl", "en"] && mirror.languages(of: "provider") == ["nl"])
    #expect(mirror.formats(of: "research") == [.csv] && mirror.formats(of: "public") == [.html])
    #expect(mirror.formats(of: "nation") == [.csv, .html])
    #expect(mirror.audiences["land"]?.providers == Audience.Agreement(why: "agreed", since: "2026"))
    #expect(mirror.audiences["provider"]?.indicators == ["pain"])
    #expect(mirror.audiences["public"]?.layouts == ["land"])
    try #require(mirror.charts.count == 4)
    #expect(mirror.charts[0].kind == .spider(indicators: ["pain", "cost", "claims"], scale: 0...10))
    guard case .map("land", "pain", let shapes) = mirror.charts[3].kind else {
      Issue.record("the last chart is no map")
      return
    }
    #expect(shapes.rings.mapValues { $0.map(\.count) } == ["a": [5], "b": [5]])
    #expect(shapes.rings["b"]?[0][1] == RegionShapes.Point(x: 7, y: 52))
  }

  @Test("Without audiences and charts a mirror is what it was")
  func plain() throws {
    let mirror = try SmallPipeline().load().mirror
    #expect(mirror == MirrorSpec(recipients: ["nation", "land"], languages: ["nl"], formats: [.csv]))
  }
}
