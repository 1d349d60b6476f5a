import CoreDataset

extension PipelineDecoder {
  /// The region layouts that `pipeline.yaml` names, each with a table (see `LayoutDecoder`).
  mutating func decodeRegions(_ place: Value?) {
    for item in place?.list() ?? [] {
      let layout: RegionLayout? = item.fields { fields in
        let id = fields.required("id")?.text()
        let name = fields.required("name")?.localized()
        let filePlace = fields.required("file")
        let file = filePlace?.text()
        if let id {
          if ["nation", "provider", MirrorSpec.everybody, MirrorSpec.research].contains(id) {
            fields.keyPlace("id").complain("\"\(id)\" is the name of a kind of recipient; give the layout another id")
          } else if declared.layoutIds.contains(id) {
            item.complain(Wording.duplicate("region layout", id))
          } else {
            declared.layoutIds.append(id)
          }
        }
        guard let id, let name, let file else { return nil }
        let paths = ["regions/\(file)", "../regions/\(file)"]
        guard let path = paths.first(where: { folder.has($0) }) else {
          filePlace?.complain("there is no file \(paths[0]) and no file \(paths[1])")
          return nil
        }
        return folder.problems.unlessWrong { LayoutDecoder.decode(id, name, path, in: folder) }
      }
      if let layout { declared.layouts.append(layout) }
    }
  }

  /// `{file, layout, bands, sexes}`; the file is a table `regio;leeftijdsgroep;geslacht;personen` with the codes of the
  /// layout's regions.
  func decodeStandardPopulation(_ fields: Fields) -> StandardPopulation? {
    let file = fields.required("file")?.text()
    let layoutPlace = fields.required("layout")
    let layoutId = layoutPlace?.text()
    let bandsPlace = fields.required("bands")
    let bands = bandsPlace?.texts()
    let sexCodes = fields.optional("sexes")?.fields { codes in
      Sex.allCases.reduce(into: [String: Sex]()) { found, sex in
        for code in codes.optional(sex.rawValue)?.texts() ?? [] { found[code] = sex }
      }
    }
    if let layoutId, !declared.layoutIds.contains(layoutId) {
      layoutPlace?.complain(Wording.dangling("region layout", layoutId, known: declared.layoutIds))
    }
    let starts = bands?.compactMap { Int($0.prefix { $0.isASCII && $0.isNumber }) } ?? []
    if let bands, starts.count != bands.count || starts != starts.sorted() || Set(starts).count != starts.count {
      bandsPlace?.complain("each band starts with its first age, in ascending order, for example \"00-17\", \"18+\"")
    }
    guard let file, let bands, starts.count == bands.count,
      let layout = declared.layouts.first(where: { $0.id == layoutId })
    else { return nil }
    if layout.isByInsurer {
      layoutPlace?.complain("a standard population needs inhabitants; region layout \"\(layout.id)\" goes by insurer")
      return nil
    }
    let header = ["regio", "leeftijdsgroep", "geslacht", "personen"]
    guard let table = DefinitionTable(file, header: header, in: folder) else { return nil }
    let codes = sexCodes ?? Dictionary(uniqueKeysWithValues: Sex.allCases.map { ($0.rawValue, $0) })
    let sexes = Sex.allCases.filter { codes.values.contains($0) && (sexCodes != nil || $0 == .male || $0 == .female) }
    let id = String(file.split(separator: "/").last?.split(separator: ".").first ?? "standard")
    var cells = StandardCells(layout: layout, bands: bands, codes: codes, sexes: sexes)
    var isComplete = true
    for row in table.rows {
      guard let wrong = cells.add(row) else { continue }
      table.complain(row, wrong)
      isComplete = false
    }
    if isComplete, let missing = cells.firstMissing { folder.problems.add(file, missing) }
    return StandardPopulation(
      id: id, layout: layout.id, bandStarts: starts, bands: bands, sexes: sexes, persons: cells.persons.map { $0 ?? 0 })
  }
}

/// The numbers of a standard population, filled row by row.
private struct StandardCells {
  let layout: RegionLayout
  let bands: [String]
  let codes: [String: Sex]
  let sexes: [Sex]
  var persons: [Double?]

  init(layout: RegionLayout, bands: [String], codes: [String: Sex], sexes: [Sex]) {
    self.layout = layout
    self.bands = bands
    self.codes = codes
    self.sexes = sexes
    persons = Array(repeating: nil, count: layout.units.count * bands.count * sexes.count)
  }

  /// Adds a row; gives what is wrong with it.
  mutating func add(_ row: DefinitionTable.Row) -> String? {
    guard let unit = layout.units.firstIndex(where: { $0.code == row.fields[0] }) else {
      return Wording.dangling("region", row.fields[0], known: layout.units.map(\.code))
    }
    guard let band = bands.firstIndex(of: row.fields[1]) else {
      return Wording.dangling("band", row.fields[1], known: bands)
    }
    guard let code = codes[row.fields[2]], let sex = sexes.firstIndex(of: code) else {
      return Wording.dangling("sex", row.fields[2], known: codes.keys.sorted())
    }
    guard let number = Double(row.fields[3]), number.isFinite, number >= 0 else {
      return Wording.expected("a number of persons", found: "\"\(row.fields[3])\"")
    }
    let cell = (unit * bands.count + band) * sexes.count + sex
    if persons[cell] != nil { return "the persons of this region, band and sex occur twice" }
    persons[cell] = number
    return nil
  }

  /// What the first empty cell is, in words; the region of what cannot be placed needs no persons.
  var firstMissing: String? {
    let perUnit = bands.count * sexes.count
    let empty = persons.indices.dropLast(perUnit).filter { persons[$0] == nil }
    guard let first = empty.first else { return nil }
    let (unit, rest) = first.quotientAndRemainder(dividingBy: perUnit)
    let (band, sex) = rest.quotientAndRemainder(dividingBy: sexes.count)
    return "there are no persons for region \"\(layout.units[unit].code)\", band \"\(bands[band])\", sex "
      + "\"\(sexes[sex].rawValue)\"" + (empty.count > 1 ? ", nor for \(empty.count - 1) others" : "")
  }
}
