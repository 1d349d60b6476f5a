import Columns
import Definitions
import Foundation
import Workspace

/// Places that a region layout does not have: they count in its unit of what cannot be placed. The work list of the
/// steward, with persons and euros, is `results/not-placed.csv`.
struct NotPlaced: Equatable, Sendable {
  struct Place: Hashable, Comparable, Sendable {
    /// Id of the layout.
    let layout: String
    /// Code of the municipality, postcode or insurer; empty where none is known.
    let code: String

    static func < (a: Place, b: Place) -> Bool { (a.layout, a.code) < (b.layout, b.code) }
  }
  struct Sum: Equatable, Sendable {
    var persons = 0
    var cents: Int64 = 0
  }
  private(set) var sums: [Place: Sum] = [:]

  /// What a bucket has: municipalities of groups, and postcodes or insurers of insured persons with the claims of these.
  init(_ bucket: Bucket, _ axis: Axis) {
    for (number, layout) in axis.layouts.enumerated() {
      if layout.isByMunicipality { addGroups(bucket.groups, layout, axis) } else { addPersons(bucket, number, axis) }
    }
  }

  private mutating func addGroups(_ groups: Bucket.Groups, _ layout: RegionLayout, _ axis: Axis) {
    let care = groups.count == 0 ? 0 : groups.cents.count / groups.count
    for row in 0..<groups.count where groups.unit[row] >= 0 {
      let id = groups.periods[Int(groups.period[row])]
      guard let period = axis.periods.first(where: { $0.id == id }) else { continue }
      let code = groups.units[Int(groups.unit[row])]
      if layout.unit(ofMunicipality: code, on: period.from) != nil { continue }
      let cents = groups.cents[row * care..<(row + 1) * care].reduce(0, +)
      add(Place(layout: layout.id, code: code), persons: Int(groups.persons[row]), cents: cents)
    }
  }

  private mutating func addPersons(_ bucket: Bucket, _ layout: Int, _ axis: Axis) {
    let unplaced = axis.layoutStarts[layout] + axis.layouts[layout].units.count - 1
    for person in 0..<max(0, bucket.insuredStarts.count - 1) {
      var codes: Set<Int32> = []
      for row in bucket.insuredStarts[person]..<bucket.insuredStarts[person + 1] {
        let place = bucket.place(ofPeriod: row)
        axis.units(
          layout: layout, place, from: max(bucket.insured.from[row], axis.periods[0].from.number),
          to: min(bucket.insured.to[row], axis.periods[axis.periods.count - 1].to.number)
        ) { unit, days in if unit == unplaced && days > 0 { codes.insert(axis.code(layout, place)) } }
      }
      if codes.isEmpty { continue }
      for code in codes { add(place(layout, code, axis), persons: 1, cents: 0) }
      guard person + 1 < bucket.claimStarts.count else { continue }
      for line in bucket.claimStarts[person]..<bucket.claimStarts[person + 1] {
        let day = bucket.claims.start[line]
        let home = bucket.place(ofClaim: line, of: person)
        if axis.period(day) >= 0, axis.unit(layout: layout, home, on: day) == unplaced {
          add(place(layout, axis.code(layout, home), axis), persons: 0, cents: bucket.claims.cents[line])
        }
      }
    }
  }

  /// Postcodes and UZOVI codes have four digits.
  private func place(_ layout: Int, _ code: Int32, _ axis: Axis) -> Place {
    let digits = code == Missing.int32 ? "" : String(code)
    let zeros = digits.isEmpty ? "" : String(repeating: "0", count: max(0, 4 - digits.count))
    return Place(layout: axis.layouts[layout].id, code: zeros + digits)
  }

  private mutating func add(_ place: Place, persons: Int, cents: Int64) {
    sums[place, default: Sum()].persons += persons
    sums[place, default: Sum()].cents += cents
  }

  /// Adds what another bucket has.
  mutating func merge(_ other: NotPlaced) {
    for (place, sum) in other.sums { add(place, persons: sum.persons, cents: sum.cents) }
  }

  /// Says on the terminal and in the manifest which municipalities a layout lacks, and writes the work list.
  func report(_ pipeline: Pipeline, _ manifest: inout Manifest, _ run: RunFolder, _ reporter: Reporter) throws(Problem)
  {
    // Aggregate may be done again, with other layouts.
    manifest.notes = manifest.notes.filter { !$0.key.hasPrefix("persons not placed in ") }
    let places = sums.sorted { $0.key < $1.key }
    let byMunicipality = Set(pipeline.regions.filter(\.isByMunicipality).map(\.id))
    for (place, sum) in places where byMunicipality.contains(place.layout) {
      manifest.notes["persons not placed in \(place.layout): \(place.code)"] = sum.persons
      reporter.warning(
        "AreaNotPlaced", ["layout": place.layout, "unit": place.code, "persons": "\(sum.persons)"])
    }
    // Of postcodes there may be many: the list has them.
    for layout in pipeline.regions where !layout.isByMunicipality {
      let persons = places.filter { $0.key.layout == layout.id }.reduce(0) { $0 + $1.value.persons }
      if persons > 0 { manifest.notes["persons not placed in \(layout.id)"] = persons }
    }
    let file = run.results.appending(path: "not-placed.csv")
    try? FileManager.default.removeItem(at: file)
    if places.isEmpty { return }
    try Workspace.create(run.results)
    var records = [["layout", "place", "persons", "amount"]]
    for (place, sum) in places {
      let (whole, rest) = sum.cents.magnitude.quotientAndRemainder(dividingBy: 100)
      let amount = (sum.cents < 0 ? "-" : "") + "\(whole)." + (rest < 10 ? "0" : "") + "\(rest)"
      records.append([place.layout, place.code, String(sum.persons), amount])
    }
    do {
      try Data(CSV.file(records)).write(to: file)
    } catch {
      throw Problem(.cannotWrite, at: file.path, "cannot be written")
    }
  }
}
