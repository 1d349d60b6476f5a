import Columns
import Definitions

/// Sums over the observations of one indicator for one unit, period and stratum.
///
/// All sums are of whole numbers, so that the order in which observations and parts are added has no influence: any split
/// gives the same bytes. Scores enter as multiples of 10⁻⁹, money as cents, time as days.
struct Cell: Equatable, Sendable {
  /// Observations; where persons are the observations, persons.
  var count: Int64 = 0
  /// Different persons.
  var persons: Int64 = 0
  /// Σx.
  var x: Int128 = 0
  /// Σy.
  var y: Int128 = 0
  /// Σx².
  var xx: Int128 = 0
  /// Σxy.
  var xy: Int128 = 0
  /// Σy².
  var yy: Int128 = 0
  /// Observations with a first property, for example promoters.
  var first: Int64 = 0
  /// Observations with a second property, for example detractors.
  var second: Int64 = 0
  /// The largest amounts of single persons in x and in y; only where sums are made per person.
  var largestX = Largest()
  var largestY = Largest()
  /// The same in x − y, the rest of a share; only for measures that ask for it.
  var largestRest = Largest()

  mutating func merge(_ other: Cell) {
    count += other.count
    persons += other.persons
    x += other.x
    y += other.y
    xx += other.xx
    xy += other.xy
    yy += other.yy
    first += other.first
    second += other.second
    largestX.merge(other.largestX)
    largestY.merge(other.largestY)
    largestRest.merge(other.largestRest)
  }

  /// Adds one observation.
  @inline(__always)
  mutating func add(x: Int64, y: Int64) {
    let x = Int128(x)
    let y = Int128(y)
    count &+= 1
    self.x += x
    self.y += y
    xx += x * x
    xy += x * y
    yy += y * y
  }
}

/// The cells of one indicator over the persons of one bucket.
struct CellTable: Sendable {
  let axis: Axis
  let strata: Int
  /// Codes of the providers of the bucket; provider `i` is unit `axis.fixedUnits + i`.
  let providers: [String]
  private(set) var cells: [Cell]
  /// Sums of the person at hand per cell, and which cells they are in.
  private var personX: [Int64]
  private var personY: [Int64]
  private var isTouched: [Bool]
  private var touched: [Int32] = []
  /// What a model is fitted on; nil for measures without one.
  private(set) var design: DesignSums?
  /// Histograms of cells, for measures that need them.
  private(set) var bins: [Int: Bins] = [:]
  /// What each provider bills for the nation and the regions; only for measures of amounts.
  private(set) var billed = Billed()
  /// Codes of the providers in it.
  var billers: [String] = []

  init(axis: Axis, strata: Int, providers: [String]) {
    self.axis = axis
    self.strata = strata
    self.providers = axis.hasProviders ? providers : []
    let count = (axis.fixedUnits + self.providers.count) * axis.periods.count * strata
    cells = Array(repeating: Cell(), count: count)
    personX = Array(repeating: 0, count: count)
    personY = Array(repeating: 0, count: count)
    isTouched = Array(repeating: false, count: count)
  }

  /// Adds to what a model is fitted on; `name` gives the name of a unit over buckets.
  mutating func addDesign(_ add: (_ sums: inout DesignSums, _ name: (Int) -> DesignSums.Unit) -> Void) {
    var sums = design ?? DesignSums()
    design = nil
    let (fixed, providers) = (axis.fixedUnits, providers)
    add(&sums) { $0 < fixed ? .fixed($0) : .provider(providers[$0 - fixed]) }
    design = sums
  }

  /// Adds an observation to the bar of a value.
  mutating func addToBin(_ cell: Int, value: Int64, x: Int64, y: Int64) {
    bins[cell, default: [:]][value, default: Bin()].add(x: x, y: y)
  }

  /// Adds the sums of the person at hand in each touched cell of the whole to the bar of a value; nil for no bar. Goes
  /// before `endPerson`.
  mutating func binPerson(_ value: (_ x: Int64, _ y: Int64, _ period: Int) -> Int64?) {
    for cell in touched.map(Int.init) where cell % strata == 0 {
      let period = cell / strata % axis.periods.count
      guard let bar = value(personX[cell], personY[cell], period) else { continue }
      addToBin(cell, value: bar, x: personX[cell], y: personY[cell])
    }
  }

  /// Adds what a provider bills for a unit in a period, for a part of care; nothing for units that are providers, whose
  /// figures tell of their own patients only.
  @inline(__always)
  mutating func bill(unit: Int, period: Int, part: Int, provider: Int32, cents: Int64) {
    if unit < axis.fixedUnits { billed.add(unit: unit, period: period, part: part, provider: provider, cents: cents) }
  }

  /// Position of a cell.
  @inline(__always)
  func index(unit: Int, period: Int, stratum: Int = 0) -> Int {
    (unit * axis.periods.count + period) * strata + stratum
  }

  /// Adds to the sums of the person at hand.
  @inline(__always)
  mutating func addToPerson(_ cell: Int, x: Int64, y: Int64) {
    if !isTouched[cell] {
      isTouched[cell] = true
      touched.append(Int32(truncatingIfNeeded: cell))
    }
    personX[cell] += x
    personY[cell] += y
  }

  /// Counts a line without a person.
  @inline(__always)
  mutating func addLine(_ cell: Int) { cells[cell].count &+= 1 }

  /// Gives every touched subdivision of a unit and period the x of the person in the whole.
  mutating func copyPersonX(fromStratum whole: Int) {
    for cell in touched {
      let cell = Int(cell)
      let stratum = cell % strata
      if stratum != whole { personX[cell] = personX[cell - stratum + whole] }
    }
  }

  /// Gives the subdivision that the person belongs to in each period the sums of the person in the whole.
  mutating func copyPerson(toStratum stratum: (_ period: Int) -> Int) {
    for cell in touched.map(Int.init) where cell % strata == 0 {
      addToPerson(cell + stratum(cell / strata % axis.periods.count), x: personX[cell], y: personY[cell])
    }
  }

  /// Makes one observation, in each cell, of the sums of the person at hand.
  ///
  /// - Parameter hasRest: whether y is a part of x, of which the rest matters too.
  mutating func endPerson(hasRest: Bool = false) {
    for cell in touched {
      let cell = Int(cell)
      cells[cell].add(x: personX[cell], y: personY[cell])
      if hasRest { cells[cell].largestRest.add(personX[cell] - personY[cell]) }
      cells[cell].largestX.add(personX[cell])
      cells[cell].largestY.add(personY[cell])
      cells[cell].persons += 1
      personX[cell] = 0
      personY[cell] = 0
      isTouched[cell] = false
    }
    touched.removeAll(keepingCapacity: true)
  }

  /// Counts the person at hand in each touched cell, and their x as so many observations; for measures that count lines.
  mutating func endPersonCounting() {
    for cell in touched {
      let cell = Int(cell)
      cells[cell].persons += 1
      cells[cell].count += personX[cell]
      cells[cell].y += Int128(personY[cell])
      cells[cell].largestY.add(personY[cell])
      personX[cell] = 0
      personY[cell] = 0
      isTouched[cell] = false
    }
    touched.removeAll(keepingCapacity: true)
  }

  /// Adds a group of persons of whom only the totals are known: time as x, cents as y.
  mutating func addGroup(_ cell: Int, persons: Int64, x: Int64, y: Int64) {
    cells[cell].count += 1
    cells[cell].persons += persons
    cells[cell].x += Int128(x)
    cells[cell].y += Int128(y)
  }

  /// Counts an observation of which the outcome cannot be known: it is in no sum.
  mutating func addUnknown(_ cell: Int) { cells[cell].second += 1 }

  /// Adds one observation that is not summed per person.
  ///
  /// - Parameter isAmount: whether x is what the person contributes to an amount.
  @inline(__always)
  mutating func add(
    _ cell: Int, x: Int64, y: Int64 = 0, first: Bool = false, second: Bool = false, isAmount: Bool = false
  ) {
    if isAmount { cells[cell].largestX.add(x) }
    cells[cell].add(x: x, y: y)
    cells[cell].persons += 1
    if first { cells[cell].first += 1 }
    if second { cells[cell].second += 1 }
  }
}

/// The cells of one indicator over any number of buckets.
struct Partial: Equatable, Sendable {
  /// Cells of nation and regions.
  private(set) var fixed: [Cell]
  /// Cells of each provider.
  private(set) var providers: [String: [Cell]]
  /// What a model is fitted on; nil for measures without one.
  private(set) var design: DesignSums?
  /// The same of parts of the population, in order of their names.
  var parts: [Partial] = []
  /// The same of the population that differences are compared with; empty without one.
  var others: [Partial] = []
  /// Histograms of units in periods.
  private(set) var bins: [DesignSums.Place: Bins] = [:]
  /// Who is in a figure made of questionnaires and who is not; nil for other figures.
  var response: ResponseSums?
  /// What each provider bills for the nation and the regions.
  private(set) var billed = BilledByName()

  /// The cells of one bucket.
  init(_ table: CellTable) {
    let perUnit = table.axis.periods.count * table.strata
    fixed = Array(table.cells[..<(table.axis.fixedUnits * perUnit)])
    providers = [:]
    design = table.design
    billed = BilledByName(table.billed, table.billers)
    for (cell, bars) in table.bins {
      let unit = cell / perUnit
      let name: DesignSums.Unit =
        unit < table.axis.fixedUnits ? .fixed(unit) : .provider(table.providers[unit - table.axis.fixedUnits])
      bins[DesignSums.Place(unit: name, period: cell % perUnit / table.strata)] = bars
    }
    for (index, code) in table.providers.enumerated() {
      let start = (table.axis.fixedUnits + index) * perUnit
      let cells = Array(table.cells[start..<start + perUnit])
      // Who has only observations of which the outcome cannot be known is a unit too.
      if cells.contains(where: { $0.persons > 0 || $0.second > 0 }) { providers[code] = cells }
    }
  }

  /// Adds the cells of other buckets. Associative and commutative.
  mutating func merge(_ other: Partial) {
    for index in fixed.indices { fixed[index].merge(other.fixed[index]) }
    if let more = other.design {
      if design == nil { design = more } else { design?.merge(more) }
    }
    if let more = other.response {
      if response == nil { response = more } else { response?.merge(more) }
    }
    for number in parts.indices { parts[number].merge(other.parts[number]) }
    for number in others.indices { others[number].merge(other.others[number]) }
    billed.merge(other.billed)
    for (place, bars) in other.bins {
      bins[place, default: [:]].merge(bars) { one, more in
        var both = one
        both.merge(more)
        return both
      }
    }
    for (code, cells) in other.providers {
      guard var known = providers[code] else {
        providers[code] = cells
        continue
      }
      for index in known.indices { known[index].merge(cells[index]) }
      providers[code] = known
    }
  }
}
