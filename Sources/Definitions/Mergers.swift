import Columns

/// Municipalities that were dissolved: where their territory went, on which day. A table `municipality;into;on`; one that was
/// divided has several lines on a day.
struct Mergers {
  /// A municipality that ceased to be on a day, and those that have its territory since.
  private struct End {
    let on: Int32
    var into: [String]
  }
  /// By code, in order of time: a code may have been used twice.
  private var ends: [String: [End]] = [:]

  /// Reads the table; nil, with errors, when it is not as it should be.
  init?(_ path: String, in folder: DefinitionFolder) {
    guard let table = DefinitionTable(path, header: ["municipality", "into", "on"], in: folder) else { return nil }
    for row in table.rows {
      let (code, into) = (row.fields[0], row.fields[1])
      if code.isEmpty || into.isEmpty || code == into {
        table.complain(row, "a merger needs the code of a municipality and that of another one which has its territory")
        continue
      }
      guard let on = Day(row.fields[2])?.number else {
        table.complain(row, Wording.expected("a date as yyyy-MM-dd", found: "\"\(row.fields[2])\""))
        continue
      }
      if let end = ends[code]?.firstIndex(where: { $0.on == on }) {
        if ends[code]?[end].into.contains(into) == true {
          table.complain(row, Wording.duplicate("merger of municipality", code))
        }
        ends[code]?[end].into.append(into)
      } else {
        ends[code, default: []].append(End(on: on, into: [into]))
      }
    }
    for code in ends.keys { ends[code]?.sort { $0.on < $1.on } }
  }

  /// The layout with every dissolved municipality in the region that its territory went to. One that was divided over
  /// regions is in none. A municipality that the layout has itself stays where it is.
  func applied(to layout: RegionLayout) -> RegionLayout {
    // A code that was used twice is another municipality from the day on which the first ended.
    let again = ends.values.filter { $0.count > 1 }.flatMap { $0.map(\.on) }
    let starts = Set(layout.eras.map(\.from) + again)
    let eras = starts.sorted().map { start in
      let era = layout.eras.last { $0.from <= start } ?? layout.eras[0]
      var units = era.unitByMunicipality ?? [:]
      for code in ends.keys where units[code] == nil {
        let found = regions(code, on: start, era, seen: [])
        if found.count == 1, let unit = found.first, unit >= 0 { units[code] = unit }
      }
      return RegionLayout.Era(from: start, unitByPostcode: era.unitByPostcode, unitByMunicipality: units)
    }
    return RegionLayout(id: layout.id, name: layout.name, units: layout.units, eras: eras)
  }

  /// The regions over which the territory is now divided of what had a code on a day, or had it last before that; −1 for
  /// what went to a municipality that the layout does not have.
  private func regions(_ code: String, on day: Int32, _ era: RegionLayout.Era, seen: Set<String>) -> Set<Int16> {
    if !seen.isEmpty, let unit = era.unitByMunicipality?[code] { return [unit] }
    guard let ends = ends[code], let end = ends.first(where: { $0.on > day }) ?? ends.last, !seen.contains(code) else {
      return [-1]
    }
    return Set(end.into.flatMap { regions($0, on: end.on, era, seen: seen.union([code])) })
  }
}
