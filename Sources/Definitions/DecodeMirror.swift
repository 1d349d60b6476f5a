import Foundation

/// `mirror.yaml`.
extension PipelineDecoder {
  func decodeMirror(_ indicators: [Indicator]) -> MirrorSpec? {
    folder.yaml("mirror.yaml")?.fields { fields in
      let recipients = fields.required("recipients").flatMap { place in
        references(place, "recipient", known: knownRecipients)
      }
      let languages = fields.required("languages").flatMap { self.languages($0) }
      let formats = fields.required("formats")?.choices(MirrorSpec.Format.self)
      let nation = fields.optional("nation")?.localized() ?? MirrorSpec.netherlands
      for (key, isEmpty) in [
        ("recipients", recipients?.isEmpty), ("languages", languages?.isEmpty), ("formats", formats?.isEmpty),
      ] where isEmpty == true {
        fields.keyPlace(key).complain(Self.nothing(key))
      }
      var audiences: [String: Audience] = [:]
      for (key, value) in fields.optional("audiences")?.pairs() ?? [] {
        guard let id = key.text() else { continue }
        if let recipients, !recipients.contains(id) {
          key.complain(Wording.dangling("recipient", id, known: recipients))
        }
        audiences[id] = value.fields { audience(id, $0, indicators) }
      }
      let charts = (fields.optional("charts")?.list() ?? []).map { item in
        item.fields { chart(item, $0, indicators) }
      }
      guard let recipients, let languages, let formats else { return nil }
      return MirrorSpec(
        recipients: recipients, languages: languages, formats: formats, nation: nation, audiences: audiences,
        charts: charts.compactMap(\.self))
    }
  }

  private var knownRecipients: [String] {
    ["nation", "provider"] + declared.layoutIds + [MirrorSpec.everybody, MirrorSpec.research]
  }

  private static func nothing(_ key: String) -> String { "\"\(key)\" is an empty list; nothing would be made" }

  private func languages(_ place: Value) -> [String]? {
    for item in place.list() ?? [] {
      if let id = item.text(), !["nl", "en"].contains(id) {
        item.complain(Wording.unknown(id, known: ["nl", "en"]))
      }
    }
    return place.texts()
  }

  private func references(_ place: Value, _ what: String, known: [String]) -> [String]? {
    for item in place.list() ?? [] {
      if let id = item.text(), !known.contains(id) { item.complain(Wording.dangling(what, id, known: known)) }
    }
    return place.texts()
  }

  /// The ids of indicators; nothing is said of them when an indicator could not be read.
  private func indicatorIds(_ place: Value, _ indicators: [Indicator]) -> [String]? {
    let isKnown = !folder.problems.errors.contains { $0.file.hasPrefix("indicators/") }
    return isKnown ? references(place, "indicator", known: indicators.map(\.id)) : place.texts()
  }

  private func indicatorId(_ place: Value?, _ indicators: [Indicator]) -> String? {
    guard let id = place?.text() else { return nil }
    let isKnown = !folder.problems.errors.contains { $0.file.hasPrefix("indicators/") }
    if isKnown, !indicators.contains(where: { $0.id == id }) {
      place?.complain(Wording.dangling("indicator", id, known: indicators.map(\.id)))
    }
    return id
  }

  private func layoutId(_ place: Value?) -> String? {
    guard let id = place?.text() else { return nil }
    if !declared.layoutIds.contains(id) {
      place?.complain(Wording.dangling("region layout", id, known: declared.layoutIds))
    }
    return id
  }

  // MARK: - Audiences

  private func audience(_ id: String, _ fields: Fields, _ indicators: [Indicator]) -> Audience? {
    let languages = fields.optional("languages").flatMap { self.languages($0) }
    let formats = fields.optional("formats")?.choices(MirrorSpec.Format.self)
    if id == MirrorSpec.research, let other = formats?.first(where: { !MirrorSpec.researchFormats.contains($0) }) {
      fields.keyPlace("formats").complain(
        "research gets one table of all units: \(MirrorSpec.researchFormats.map(\.rawValue).joined(separator: ", ")), "
          + "not \(other.rawValue)")
    }
    let seen = fields.optional("indicators").flatMap { indicatorIds($0, indicators) }
    let isWide = [MirrorSpec.everybody, MirrorSpec.research].contains(id)
    var layouts: [String] = []
    if let place = fields.optional("layouts") {
      layouts = references(place, "region layout", known: declared.layoutIds) ?? []
      if !isWide {
        fields.keyPlace("layouts").complain("only \"public\" and \"research\" see the figures of a whole layout")
      }
    }
    let providers = fields.optional("providers").flatMap { place -> Audience.Agreement? in
      if !declared.layoutIds.contains(id) {
        fields.keyPlace("providers").complain("only a region sees its care providers")
      }
      return place.fields(expected: "{why: …, since: …}") { agreement in
        let why = agreement.required("why", "care providers are seen by name only by agreement: say which")?.text()
        let since = agreement.required("since", Wording.noSince)?.text()
        guard let why, let since else { return nil }
        return Audience.Agreement(why: why, since: since)
      }
    }
    for (key, isEmpty) in [
      ("languages", languages?.isEmpty), ("formats", formats?.isEmpty), ("indicators", seen?.isEmpty),
    ] where isEmpty == true {
      fields.keyPlace(key).complain(Self.nothing(key))
    }
    return Audience(
      languages: languages, formats: formats, indicators: seen, layouts: layouts, providers: providers)
  }

  // MARK: - Charts

  private enum ChartKind: String, CaseIterable { case spider, quadrant, waterfall, heat, map }

  private func chart(_ place: Value, _ fields: Fields, _ indicators: [Indicator]) -> ChartSpec? {
    let kind = fields.required("kind")?.choice(ChartKind.self)
    let name = fields.required("name")?.localized()
    guard let kind else {
      // What the other keys mean hangs on the kind.
      for entry in fields.entries { _ = fields.optional(entry.key) }
      return nil
    }
    let drawn: ChartSpec.Kind? =
      switch kind {
      case .spider: spider(fields, indicators)
      case .quadrant: quadrant(fields, indicators)
      case .waterfall: waterfall(fields, indicators)
      case .heat: heat(fields, indicators)
      case .map: map(fields, indicators)
      }
    guard let name, let drawn else { return nil }
    return ChartSpec(kind: drawn, name: name)
  }

  private func spider(_ fields: Fields, _ indicators: [Indicator]) -> ChartSpec.Kind? {
    let place = fields.required("indicators")
    let ids = place.flatMap { indicatorIds($0, indicators) }
    if let ids, ids.count < 3 { place?.complain("a spider web needs at least 3 indicators") }
    let scalePlace = fields.required("scale")
    let scale = scalePlace?.numbers()
    guard let scale, scale.count == 2, scale[0] < scale[1] else {
      if scale != nil { scalePlace?.complain("expected the lowest and the highest value of the scale, [0, 10]") }
      return nil
    }
    return ids.map { .spider(indicators: $0, scale: scale[0]...scale[1]) }
  }

  private func quadrant(_ fields: Fields, _ indicators: [Indicator]) -> ChartSpec.Kind? {
    let cost = indicatorId(fields.required("cost"), indicators)
    let outcome = indicatorId(fields.required("outcome"), indicators)
    guard let cost, let outcome else { return nil }
    return .quadrant(cost: cost, outcome: outcome)
  }

  private func waterfall(_ fields: Fields, _ indicators: [Indicator]) -> ChartSpec.Kind? {
    let place = fields.required("indicator")
    guard let id = indicatorId(place, indicators) else { return nil }
    if let indicator = indicators.first(where: { $0.id == id }), !indicator.parameters.byCareType {
      place?.complain("indicator \"\(id)\" is not subdivided by kind of care; a waterfall needs that")
    }
    return .waterfall(indicator: id)
  }

  private func heat(_ fields: Fields, _ indicators: [Indicator]) -> ChartSpec.Kind? {
    let layout = layoutId(fields.required("layout"))
    let ids = fields.required("indicators").flatMap { indicatorIds($0, indicators) }
    guard let layout, let ids else { return nil }
    return .heat(layout: layout, indicators: ids)
  }

  private func map(_ fields: Fields, _ indicators: [Indicator]) -> ChartSpec.Kind? {
    let layoutPlace = fields.required("layout")
    let layout = layoutId(layoutPlace)
    let id = indicatorId(fields.required("indicator"), indicators)
    let filePlace = fields.required("shapes")
    let property = fields.optional("code")?.text() ?? "code"
    guard let layout, let id, let file = filePlace?.text() else { return nil }
    let paths = ["regions/\(file)", "../regions/\(file)"]
    guard let path = paths.first(where: { folder.has($0) }), let text = folder.text(path) else {
      filePlace?.complain("there is no file \(paths[0]) and no file \(paths[1])")
      return nil
    }
    switch GeoJSON.shapes(text, property: property) {
    case .failure(let wrong):
      folder.problems.add(path, wrong.reason)
      return nil
    case .success(let shapes):
      let units = declared.layouts.first { $0.id == layout }?.units.map(\.code) ?? []
      let known = Set(units)
      if !units.isEmpty, !shapes.rings.keys.contains(where: known.contains) {
        folder.problems.add(path, "no feature has the code of a region of layout \"\(layout)\" in \"\(property)\"")
      }
      return .map(layout: layout, indicator: id, shapes: shapes)
    }
  }
}

/// Outlines in GeoJSON (RFC 7946): polygons and multipolygons of a feature collection.
enum GeoJSON {
  /// Why a file is not usable.
  struct Wrong: Error { let reason: String }

  /// The outlines by the code that each feature has in a property.
  static func shapes(_ text: String, property: String) -> Result<RegionShapes, Wrong> {
    guard let file = try? JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any],
      file["type"] as? String == "FeatureCollection", let features = file["features"] as? [[String: Any]]
    else { return .failure(Wrong(reason: "is not a GeoJSON feature collection")) }
    var rings: [String: [[RegionShapes.Point]]] = [:]
    for (position, feature) in features.enumerated() {
      let place = "feature \(position + 1)"
      guard let code = (feature["properties"] as? [String: Any])?[property] as? String else {
        return .failure(Wrong(reason: "\(place) has no text in property \"\(property)\""))
      }
      guard let geometry = feature["geometry"] as? [String: Any] else {
        return .failure(Wrong(reason: "\(place) has no geometry"))
      }
      let polygons: [[[[Double]]]]?
      switch geometry["type"] as? String {
      case "Polygon": polygons = (geometry["coordinates"] as? [[[Double]]]).map { [$0] }
      case "MultiPolygon": polygons = geometry["coordinates"] as? [[[[Double]]]]
      default: polygons = nil
      }
      guard let polygons, polygons.joined().allSatisfy({ $0.count > 3 && $0.allSatisfy { $0.count > 1 } }) else {
        return .failure(Wrong(reason: "\(place) is not a polygon or multipolygon of closed rings"))
      }
      rings[code, default: []] += polygons.joined().map { ring in
        ring.map { RegionShapes.Point(x: $0[0], y: $0[1]) }
      }
    }
    return .success(RegionShapes(rings: rings))
  }
}
