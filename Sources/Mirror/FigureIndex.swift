import CoreDataset
import Definitions

/// Where a figure stands in the results table, as small numbers. The names are in `FigureIndex`.
struct FigureKey: Hashable, Sendable {
  /// Position of the indicator in the pipeline.
  var indicator: Int32
  /// Position of the period in the pipeline.
  var period: Int32
  /// Number of the stratum; 0 is the whole.
  var stratum: Int32
  /// Number of the unit; 0 is the nation.
  var unit: Int32

  /// The same for all units and strata: their figures add up to each other.
  var withoutUnit: FigureKey { FigureKey(indicator: indicator, period: period, stratum: 0, unit: 0) }
}

/// The results table by key, made once, so that no report searches it.
struct FigureIndex: Sendable {
  /// A unit of a layout.
  struct Unit: Sendable, Equatable {
    let layout: Int32
    let code: String
    let kind: UnitKind
  }

  /// Key of each row; nil when the pipeline does not know the indicator or the period.
  private(set) var keys: [FigureKey?] = []
  /// Row of each key.
  private(set) var row: [FigureKey: Int32] = [:]
  /// Strata by number; the first is the whole.
  private(set) var strata: [String] = [""]
  /// Layouts by number; the first is the nation.
  private(set) var layouts: [String] = []
  /// Units by number, in order of appearance; the first is the nation.
  private(set) var units: [Unit] = []
  /// Rows of each unit, in order of the table.
  private(set) var rowsOfUnit: [[Int32]] = []
  /// Number of a unit by layout id and code.
  private var numberOfUnit: [String: [String: Int32]] = [:]

  /// Indexes a table.
  init(_ rows: [ResultRow], _ pipeline: Pipeline) {
    let indicators = Self.positions(pipeline.indicators.map(\.id))
    let periods = Self.positions(pipeline.periods.map(\.id))
    var strataNumbers: [String: Int32] = ["": 0]
    let nation = rows.first { $0.unitKind == .nation }
    _ = unitNumber(layout: nation?.layout ?? "nation", code: nation?.unit ?? "nation", kind: .nation)
    keys.reserveCapacity(rows.count)
    row.reserveCapacity(rows.count)
    for (position, result) in rows.enumerated() {
      guard let indicator = indicators[result.indicator], let period = periods[result.period] else {
        keys.append(nil)
        continue
      }
      let stratum: Int32
      if let known = strataNumbers[result.stratum] {
        stratum = known
      } else {
        stratum = Int32(strata.count)
        strataNumbers[result.stratum] = stratum
        strata.append(result.stratum)
      }
      let unit =
        result.unitKind == .nation ? 0 : unitNumber(layout: result.layout, code: result.unit, kind: result.unitKind)
      let key = FigureKey(indicator: indicator, period: period, stratum: stratum, unit: unit)
      keys.append(key)
      row[key] = Int32(position)
      rowsOfUnit[Int(unit)].append(Int32(position))
    }
  }

  /// Number of a unit; nil when it has no figures.
  func unit(layout: String, code: String) -> Int32? { numberOfUnit[layout]?[code] }

  private mutating func unitNumber(layout: String, code: String, kind: UnitKind) -> Int32 {
    if let known = numberOfUnit[layout]?[code] { return known }
    let number = Int32(units.count)
    numberOfUnit[layout, default: [:]][code] = number
    let layoutNumber: Int
    if let known = layouts.firstIndex(of: layout) {
      layoutNumber = known
    } else {
      layoutNumber = layouts.count
      layouts.append(layout)
    }
    units.append(Unit(layout: Int32(layoutNumber), code: code, kind: kind))
    rowsOfUnit.append([])
    return number
  }

  private static func positions(_ ids: [String]) -> [String: Int32] {
    var positions: [String: Int32] = [:]
    for (position, id) in ids.enumerated() { positions[id] = Int32(position) }
    return positions
  }
}
