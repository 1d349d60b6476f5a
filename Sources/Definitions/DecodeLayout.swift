import Columns

/// Reads the table of a region layout: `postcode4;unit;name`, `municipality;unit;name` or, for insurers, `insurer;unit;name`;
/// and where places went from one region to another or were dissolved, with `from;to` behind: the first and the last day on
/// which the line holds. Without a first day it holds since ever, without a last day it still does.
struct LayoutDecoder {
  /// What a layout goes by: the first column of its table.
  private enum Key: String, CaseIterable {
    case postcode = "postcode4"
    case municipality, insurer
  }
  private struct Line {
    let place: String
    let unit: String
    let days: ClosedRange<Int32>
  }
  private var names: [String: String] = [:]
  private var lines: [Line] = []
  /// Lines of each place, by position in `lines`.
  private var linesOfPlace: [String: [Int]] = [:]
  private let key: Key
  private let hasDays: Bool

  /// The layout; nil, with errors, when its table is not as it should be.
  static func decode(_ id: String, _ name: Localized, _ path: String, in folder: DefinitionFolder) -> RegionLayout? {
    let headers = Key.allCases.map(\.rawValue).flatMap {
      [[$0, "unit", "name"], [$0, "unit", "name", "from", "to"]]
    }
    guard let table = DefinitionTable(path, headers: headers, in: folder), let key = Key(rawValue: table.header[0])
    else { return nil }
    var decoder = LayoutDecoder(key: key, hasDays: table.header.count > 3)
    for row in table.rows { decoder.add(row, of: table) }
    if decoder.names.isEmpty { folder.problems.add(path, "there is no region in it") }
    guard decoder.names.count < Int(Int16.max) else {
      folder.problems.add(path, "there are more than \(Int16.max - 1) regions in it")
      return nil
    }
    return decoder.layout(id, name)
  }

  private init(key: Key, hasDays: Bool) {
    self.key = key
    self.hasDays = hasDays
  }

  private mutating func add(_ row: DefinitionTable.Row, of table: DefinitionTable) {
    let (place, unit, name) = (row.fields[0], row.fields[1], row.fields[2])
    if unit.isEmpty || name.isEmpty { table.complain(row, "a region needs a code and a name") }
    if unit == RegionLayout.unplaced {
      table.complain(
        row,
        "\"\(unit)\" is the region of what cannot be placed; leave the \(kindOfPlace) out or use another code")
    }
    if let other = names[unit], other != name {
      table.complain(row, "region \"\(unit)\" is called \"\(name)\" here and \"\(other)\" before")
    }
    names[unit] = names[unit] ?? name
    if key == .municipality {
      if place.isEmpty { table.complain(row, "a municipality needs a code") }
    } else if place.utf8.count != 4 || !place.allSatisfy(\.isNumber) {
      let expected = key == .insurer ? "a UZOVI code of four digits" : "a postcode of four digits"
      table.complain(row, Wording.expected(expected, found: "\"\(place)\""))
      return
    }
    guard let days = days(row, of: table) else { return }
    if linesOfPlace[place, default: []].contains(where: { lines[$0].days.overlaps(days) }) {
      table.complain(row, Wording.duplicate(kindOfPlace, place) + (hasDays ? " on the same day" : ""))
    }
    linesOfPlace[place, default: []].append(lines.count)
    lines.append(Line(place: place, unit: unit, days: days))
  }

  private var kindOfPlace: String { key == .postcode ? "postcode" : key.rawValue }

  private func days(_ row: DefinitionTable.Row, of table: DefinitionTable) -> ClosedRange<Int32>? {
    guard hasDays else { return Int32.min...Int32.max }
    func day(_ text: String, without: Int32) -> Int32? {
      if text.isEmpty { return without }
      let day = Day(text)?.number
      if day == nil { table.complain(row, Wording.expected("a date as yyyy-MM-dd or nothing", found: "\"\(text)\"")) }
      return day
    }
    guard let from = day(row.fields[3], without: .min), let to = day(row.fields[4], without: .max) else { return nil }
    guard from <= to else {
      table.complain(row, "the last day, \(row.fields[4]), lies before the first, \(row.fields[3])")
      return nil
    }
    return from...to
  }

  /// The layout, cut where any line begins or ends.
  private func layout(_ id: String, _ name: Localized) -> RegionLayout {
    let codes = names.keys.sorted()
    let positions = Dictionary(uniqueKeysWithValues: codes.enumerated().map { ($1, Int16($0)) })
    let unplaced = Int16(codes.count)
    var starts: Set<Int32> = [.min]
    for line in lines {
      starts.insert(line.days.lowerBound)
      if line.days.upperBound < .max { starts.insert(line.days.upperBound + 1) }
    }
    let eras = starts.sorted().map { start in
      var byPostcode = [Int16](repeating: unplaced, count: 10_000)
      var byMunicipality: [String: Int16] = [:]
      for line in lines where line.days.contains(start) {
        let unit = positions[line.unit] ?? unplaced
        if key == .municipality {
          byMunicipality[line.place] = unit
        } else if let number = Int(line.place) {
          byPostcode[number] = unit
        }
      }
      return RegionLayout.Era(
        from: start, unitByPostcode: byPostcode, unitByMunicipality: key == .municipality ? byMunicipality : nil)
    }
    return RegionLayout(
      id: id, name: name,
      units: codes.map { .init(code: $0, name: names[$0] ?? $0) }
        + [.init(code: RegionLayout.unplaced, name: "Onbekend")],
      eras: eras, isByInsurer: key == .insurer)
  }
}
