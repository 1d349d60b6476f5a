import Columns
import Definitions

/// Regions that are made of regions of another layout: municipalities within a care-office region. The figure of the larger
/// one minus those of its parts would give back a part that is withheld, or the persons who live in none of the parts.
struct Nesting: Sendable {
  /// One layout within another in one period.
  struct Pair: Sendable, Equatable {
    /// Id of the layout of the parts.
    let parts: String
    /// Id of the layout of the wholes.
    let wholes: String
    /// Code of the whole of each part that lies in one.
    let wholeOfPart: [String: String]
    /// Whether the wholes have places besides that lie in none of these parts.
    var leavesRest = false
  }

  /// Pairs by period, in order of the pipeline.
  let pairs: [[Pair]]

  /// The pairs of a pipeline: layouts as they are on the first day of each period, and care providers, by code, within the
  /// region of each layout that they lie in.
  init(_ pipeline: Pipeline, _ providerRegion: [String: [String: String]] = [:]) {
    let providers = pipeline.regions.compactMap { layout in
      let wholes = providerRegion.compactMapValues { $0[layout.id] }.filter { $0.value != RegionLayout.unplaced }
      return wholes.isEmpty ? nil : Pair(parts: "provider", wholes: layout.id, wholeOfPart: wholes)
    }
    pairs = pipeline.periods.map { period in
      providers
        + pipeline.regions.flatMap { parts in
          pipeline.regions.compactMap { wholes in
            parts.id == wholes.id || parts.isByMunicipality != wholes.isByMunicipality
              || parts.isByInsurer != wholes.isByInsurer
              ? nil : Self.pairs(parts, wholes, on: period.from)
          }.joined()
        }
    }
  }

  /// The wholes that are exactly made of parts, and those that have other places besides.
  private static func pairs(_ parts: RegionLayout, _ wholes: RegionLayout, on day: Day) -> [Pair] {
    // Persons without a place are in neither.
    let unplaced = (part: parts.units.count - 1, whole: wholes.units.count - 1)
    var wholesOfPart: [Int: Set<Int>] = [unplaced.part: [unplaced.whole]]
    for (part, whole) in places(parts.era(on: day), wholes.era(on: day), unplaced) {
      wholesOfPart[part, default: []].insert(whole)
    }
    let divided = wholesOfPart.values.filter { $0.count > 1 }.reduce(into: Set<Int>()) { $0.formUnion($1) }
    return [false, true].compactMap { leavesRest in
      var wholeOfPart: [String: String] = [:]
      for (part, found) in wholesOfPart where found.count == 1 {
        guard let whole = found.first, divided.contains(whole) == leavesRest, whole != unplaced.whole else { continue }
        wholeOfPart[parts.units[part].code] = wholes.units[whole].code
      }
      return wholeOfPart.isEmpty
        ? nil : Pair(parts: parts.id, wholes: wholes.id, wholeOfPart: wholeOfPart, leavesRest: leavesRest)
    }
  }

  /// The units of every place in both layouts; places that neither has are left out.
  private static func places(
    _ parts: RegionLayout.Era, _ wholes: RegionLayout.Era, _ unplaced: (part: Int, whole: Int)
  ) -> [(Int, Int)] {
    if let parts = parts.unitByMunicipality, let wholes = wholes.unitByMunicipality {
      return Set(parts.keys).union(wholes.keys).map { code in
        (parts[code].map(Int.init) ?? unplaced.part, wholes[code].map(Int.init) ?? unplaced.whole)
      }
    }
    return zip(parts.unitByPostcode, wholes.unitByPostcode).map { (Int($0), Int($1)) }
      .filter { $0.0 != unplaced.part || $0.1 != unplaced.whole }
  }
}
