public import Columns
import CoreDataset

/// A division of persons into units: by four-digit postcode or by municipality, where they live, or by insurer.
public struct RegionLayout: Sendable {
  /// Id, as `pipeline.yaml` gives it.
  public let id: String
  /// Name in reports.
  public let name: Localized
  /// The units, in order of their codes. The last is the unit of everything that cannot be placed.
  public let units: [Unit]
  /// The layout in stretches of time, ascending. One, where nothing in it has a date.
  public let eras: [Era]
  /// Whether it goes by the insurer of a person rather than by where the person lives.
  public let isByInsurer: Bool

  /// What a layout is in a stretch of time, which ends where the next begins.
  public struct Era: Sendable {
    /// First day as a number; `Int32.min` for the first stretch.
    public let from: Int32
    /// Position in `units` for each of the postcodes 0…9999, or for each UZOVI code, which has four digits as well, in a
    /// layout by insurer.
    public let unitByPostcode: [Int16]
    /// Position in `units` by code of a municipality; nil for a layout by postcode.
    public let unitByMunicipality: [String: Int16]?

    /// A stretch of time.
    public init(from: Int32, unitByPostcode: [Int16], unitByMunicipality: [String: Int16]?) {
      self.from = from
      self.unitByPostcode = unitByPostcode
      self.unitByMunicipality = unitByMunicipality
    }
  }

  /// A region.
  public struct Unit: Sendable, Equatable {
    /// Code.
    public let code: String
    /// Name in reports.
    public let name: String

    /// A region.
    public init(code: String, name: String) {
      self.code = code
      self.name = name
    }
  }

  /// Code of the unit of persons without a postcode, or with one that the layout does not have.
  public static let unplaced = "onbekend"

  /// The memberwise initialiser, for the decoder and for tests. `units` must end with the unplaced unit, and the first
  /// of the `eras` begins at `Int32.min`.
  public init(id: String, name: Localized, units: [Unit], eras: [Era], isByInsurer: Bool = false) {
    self.isByInsurer = isByInsurer
    self.id = id
    self.name = name
    self.units = units
    self.eras = eras
  }

  /// A layout in which nothing has a date.
  public init(
    id: String, name: Localized, units: [Unit], unitByPostcode: [Int16], unitByMunicipality: [String: Int16]? = nil
  ) {
    self.init(
      id: id, name: name, units: units,
      eras: [Era(from: .min, unitByPostcode: unitByPostcode, unitByMunicipality: unitByMunicipality)])
  }

  /// Whether it goes by municipality. Figures about persons, who live at a postcode, are made for layouts by postcode, and
  /// figures from totals of groups for layouts by municipality.
  public var isByMunicipality: Bool { eras.contains { $0.unitByMunicipality != nil } }

  /// The stretch of time in which a day lies.
  public func era(on day: Day) -> Era { eras.last { $0.from <= day.number } ?? eras[0] }

  /// What its units are in results.
  public var unitKind: UnitKind { isByInsurer ? .insurer : .region }

  /// Position of the unit of a postcode on a day; that of the unplaced when the layout does not have it then.
  public func unit(ofPostcode postcode: Int32, on day: Day) -> Int {
    postcode >= 0 && postcode < 10_000 ? Int(era(on: day).unitByPostcode[Int(postcode)]) : units.count - 1
  }

  /// Position of the unit of a municipality on a day; nil when the layout does not have it then.
  public func unit(ofMunicipality code: String, on day: Day) -> Int? {
    era(on: day).unitByMunicipality?[code].map(Int.init)
  }
}

/// Numbers of persons per region, age band and sex: denominators and weights for direct standardisation.
public struct StandardPopulation: Sendable {
  /// Id: the name of its file without extension, printed beside every standardised figure.
  public let id: String
  /// Id of the region layout.
  public let layout: String
  /// First age of each band, ascending; the last band is open.
  public let bandStarts: [Int]
  /// Names of the bands.
  public let bands: [String]
  /// The sexes that are told apart.
  public let sexes: [Sex]
  /// Persons by unit of the layout, band and sex: `persons[(unit * bands + band) * sexes + sex]`.
  public let persons: [Double]

  /// The memberwise initialiser, for the decoder and for tests.
  public init(id: String, layout: String, bandStarts: [Int], bands: [String], sexes: [Sex], persons: [Double]) {
    self.id = id
    self.layout = layout
    self.bandStarts = bandStarts
    self.bands = bands
    self.sexes = sexes
    self.persons = persons
  }
}
