import Columns
import CoreDataset
import Definitions
import Statistics

/// The groups of insured persons and the care that an indicator counts, from deliveries that are totals already.
struct GroupSelection: Sendable {
  /// Why a figure made of totals has no interval: how persons differ cannot be told from the sum of their costs, and the
  /// interval of a cost is made of just that (bootstrap over persons, or a ratio estimator with persons as clusters).
  static let noInterval = "no-interval-from-totals"

  private let careTypes: [Bool]
  private let reportedBy: [Bool]
  private let layouts: [(layout: RegionLayout, start: Int)]
  private let bands: [String]
  private static let sexes = Sex.allCases.filter { $0 != .unknown }

  init(_ context: MeasureContext) {
    let parameters = context.indicator.parameters
    careTypes = CareType.allCases.map { type in
      (parameters.careTypes.isEmpty || parameters.careTypes.contains(type))
        && (parameters.careLines.isEmpty || parameters.careLines.contains(type.line))
    }
    reportedBy = ReportedBy.allCases.map { context.indicator.reportedBy == nil || context.indicator.reportedBy == $0 }
    layouts = context.axis.layouts(of: context.indicator.measure)
    bands = context.pipeline.ageBands
  }

  /// Number of age bands times sexes.
  var ageSexCount: Int { bands.count * Self.sexes.count }

  /// One group and where it counts.
  struct Member {
    let row: Int
    let period: Int
    /// The nation and a region of each layout.
    let units: [Int]
    /// Position of its age band and sex; nil when the area, the age or the sex is not known.
    let ageSex: Int?
  }

  /// Calls `use` with each group that counts.
  func forEach(_ groups: Bucket.Groups, _ axis: Axis, _ use: (Member) -> Void) {
    let periods = groups.periods.values.map { id in axis.periods.firstIndex { $0.id == id } }
    let bandPositions = groups.ageBands.values.map { bands.firstIndex(of: $0) }
    let sexPositions = Sex.allCases.map { Self.sexes.firstIndex(of: $0) }
    let unplaced = layouts.map { $0.start + $0.layout.units.count - 1 }
    // A total is of a whole period: its area is where it lies on the first day.
    let units = axis.periods.map { period in
      groups.units.values.map { code in
        zip(layouts, unplaced).map { place, unplaced in
          place.layout.unit(ofMunicipality: code, on: period.from).map { place.start + $0 } ?? unplaced
        }
      }
    }
    for row in 0..<groups.count where reportedBy[Int(groups.reportedBy[row])] {
      guard let period = periods[Int(groups.period[row])] else { continue }
      let unit = Int(groups.unit[row])
      let band = groups.ageBand[row] < 0 ? nil : bandPositions[Int(groups.ageBand[row])]
      var ageSex: Int?
      if unit >= 0, let band, let sex = sexPositions[Int(groups.sex[row])] { ageSex = band * Self.sexes.count + sex }
      use(Member(row: row, period: period, units: [0] + (unit < 0 ? unplaced : units[period][unit]), ageSex: ageSex))
    }
  }

  /// Cents of the chosen care of a group.
  func cents(_ row: Int, _ groups: Bucket.Groups) -> Int64 {
    let kinds = careTypes.count
    return careTypes.indices.reduce(0) { $0 + (careTypes[$1] ? groups.cents[row * kinds + $1] : 0) }
  }

  /// Cents of one kind of care of a group; nil when it is not chosen.
  func cents(_ row: Int, careType: Int, _ groups: Bucket.Groups) -> Int64? {
    careTypes[careType] ? groups.cents[row * careTypes.count + careType] : nil
  }

  /// Cents of all care of a group.
  func allCents(_ row: Int, _ groups: Bucket.Groups) -> Int64 {
    groups.cents[row * careTypes.count..<(row + 1) * careTypes.count].reduce(0, +)
  }
}

/// Standardisation of totals of groups: cells of age band and sex, which stand behind the whole, of a unit and of the nation.
enum AgeSexCells {
  /// The ratio of a unit to the nation.
  static func costRatio(_ view: CellView, count: Int) throws(Undefined) -> Standardisation.CostRatio {
    let own = view.cells.dropFirst(1).prefix(count)
    let reference = view.nation.dropFirst(1).prefix(count)
    return try Standardisation.costRatio(
      zip(own, reference).map { cell, national in
        Standardisation.CostCell(
          cost: Double(cell.y) / 100, personYears: Double(cell.x) / FixedPoint.unit,
          referenceCost: Double(national.y) / 100, referencePersonYears: Double(national.x) / FixedPoint.unit)
      })
  }

  /// Why there is no ratio.
  static func reason(_ undefined: Undefined) -> String {
    undefined == .emptyStratum ? "reference-group-too-small" : "no-insured-days"
  }
}
