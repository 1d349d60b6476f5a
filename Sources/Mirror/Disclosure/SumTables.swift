import CoreDataset

extension Suppression {
  struct Table: Hashable {
    var indicator: Int32
    var period: Int32
    /// Stratum for the units of a layout, else the number of the key of the strata.
    var stratum: Int32
    /// Layout for the units of a layout, else the unit.
    var owner: Int32
    var isOfStrata: Bool
    /// Layout of the parts of a region; -1 for the units of a layout below the nation and for strata.
    var parts: Int32 = -1
    /// Whether the region has places besides that lie in none of the parts.
    var leavesRest = false
  }

  /// A total with its parts.
  struct Sum {
    let total: Int
    var parts: [Int]
    /// Whether the total is a region.
    let isOfRegion: Bool
    /// Whether the parts are care providers, who know their own figures whatever is published.
    var isOfProviders = false
    /// Whether the total has persons of other places besides.
    var leavesRest = false
  }

  /// All totals with their parts, in order of the results, whether or not they add up (`holds`).
  func tables() -> [Sum] {
    var numbers: [Table: Int] = [:]
    var tables: [Sum] = []
    let strataKeys = Self.numbered(index.strata.map { String($0.prefix { $0 != "=" }) })
    func add(_ position: Int, to table: Table, below total: FigureKey) {
      if let number = numbers[table] {
        tables[number].parts.append(position)
      } else if let row = index.row[total] {
        numbers[table] = tables.count
        let isOfProviders = !table.isOfStrata && index.units[Int(index.keys[position]?.unit ?? 0)].kind == .provider
        tables.append(
          Sum(
            total: Int(row), parts: [position], isOfRegion: table.parts >= 0, isOfProviders: isOfProviders,
            leavesRest: table.leavesRest))
      }
    }
    for (position, key) in index.keys.enumerated() {
      guard let key else { continue }
      if key.unit != 0 {
        var total = key
        total.unit = 0
        let layout = index.units[Int(key.unit)].layout
        let table = Table(
          indicator: key.indicator, period: key.period, stratum: key.stratum, owner: layout, isOfStrata: false)
        add(position, to: table, below: total)
        let code = index.units[Int(key.unit)].code
        for pair in nesting.pairs[Int(key.period)] where pair.parts == index.layouts[Int(layout)] {
          guard let whole = pair.wholeOfPart[code], let unit = index.unit(layout: pair.wholes, code: whole) else {
            continue
          }
          total.unit = unit
          let table = Table(
            indicator: key.indicator, period: key.period, stratum: key.stratum, owner: unit, isOfStrata: false,
            parts: layout, leavesRest: pair.leavesRest)
          add(position, to: table, below: total)
        }
      }
      if key.unit == 0, let insurer = insurerUnit(key) {
        let total = FigureKey(indicator: key.indicator, period: key.period, stratum: 0, unit: insurer)
        let table = Table(
          indicator: key.indicator, period: key.period, stratum: key.stratum, owner: insurer, isOfStrata: true, parts: 0
        )
        add(position, to: table, below: total)
      }
      if key.stratum != 0 {
        var total = key
        total.stratum = 0
        let table = Table(
          indicator: key.indicator, period: key.period, stratum: strataKeys[Int(key.stratum)], owner: key.unit,
          isOfStrata: true)
        add(position, to: table, below: total)
      }
    }
    return tables
  }

  /// The unit of a layout by insurer that a subdivision of the nation by insurer is nearly the same as. Regions have their
  /// parts of the subdivision, so that insurer by region adds up to the insurer.
  private func insurerUnit(_ key: FigureKey) -> Int32? {
    guard let layout = insurerLayouts[Int(key.indicator)] else { return nil }
    let name = index.strata[Int(key.stratum)]
    return name.hasPrefix("insurer=") ? index.unit(layout: layout, code: String(name.dropFirst(8))) : nil
  }

  func isOfInsurer(_ table: Sum) -> Bool {
    guard table.parts.count == 1, let part = table.parts.first, let key = index.keys[part] else { return false }
    return key.unit == 0 && insurerUnit(key) == index.keys[table.total]?.unit
  }

  private static func numbered(_ names: [String]) -> [Int32] {
    var numbers: [String: Int32] = [:]
    return names.map { name in
      let number = numbers[name] ?? Int32(numbers.count)
      numbers[name] = number
      return number
    }
  }
}
