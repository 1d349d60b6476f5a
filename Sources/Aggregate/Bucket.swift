import Columns
import CoreDataset
import Definitions
import Foundation
import Parquet
import Workspace

/// The core rows of the persons of one bucket, as far as the indicators of a pipeline need them.
struct Bucket: Sendable {
  /// Claim lines, in order of person.
  struct Claims: Sendable {
    var start: [Int32] = []
    var cents: [Int64] = []
    var careType: [UInt8] = []
    var activity: [UInt8] = []
    var reportedBy: [UInt8] = []
    var specialty: [Int32] = []
    var provider: [Int32] = []
    var diagnosis: [Int32] = []
    var birthYear: [Int32] = []
    var sex: [UInt8] = []
    var postcode: [Int32] = []
    var diagnoses: [String] = []
    /// Codes of `provider`.
    var providers: [String] = []
  }
  /// Insured periods, in order of person.
  struct Insured: Sendable {
    var from: [Int32] = []
    var to: [Int32] = []
    var postcode: [Int32] = []
    /// UZOVI code; only where a layout goes by insurer, else empty.
    var insurer: [Int32] = []
  }
  /// One scale of one instrument on one care path of one person, at all moments.
  struct Course: Sendable {
    let person: Int32
    let path: Int32
    let instrument: Int32
    let scale: Int32
    let indexDate: Int32
  }
  /// One measurement of a course, or one answer.
  struct Measurement: Sendable {
    var value = Double.nan
    var predicted = Double.nan
    var completedOn = Missing.int32
    var provider: Int32 = -1
    /// Whether the score was converted from that of another instrument.
    var isConverted = false
  }
  /// One answered item.
  struct Answer: Sendable {
    let person: Int32
    let path: Int32
    let instrument: Int32
    let item: Int32
    let moment: Int32
    let completedOn: Int32
    let provider: Int32
    let value: Double
    /// Index date of the care path; missing where there is none.
    var indexDate = Missing.int32
  }

  /// Groups of insured persons with their totals, in order of the table. They have no persons to divide them by, so the
  /// first bucket has all of them.
  struct Groups: Sendable {
    /// Code of the area in `units`; -1 when not known.
    var unit: [Int32] = []
    /// Code of the period in `periods`.
    var period: [Int32] = []
    /// Position of the sex in the vocabulary.
    var sex: [UInt8] = []
    /// Code of the age band in `ageBands`; -1 when not known.
    var ageBand: [Int32] = []
    var reportedBy: [UInt8] = []
    var persons: [Int64] = []
    /// Insured years in units of 10⁻⁹.
    var insuredYears: [Int64] = []
    /// Cents of group `i` for kind of care `c`: `cents[i * CareType.allCases.count + c]`.
    var cents: [Int64] = []
    var units = CodeBook()
    var periods = CodeBook()
    var ageBands = CodeBook()

    /// Number of groups.
    var count: Int { unit.count }
  }

  /// A programme or treatment that a person follows.
  struct CarePath: Hashable, Sendable {
    let person: Int32
    let path: Int32
    let indexDate: Int32
  }

  var index = IdentifierIndex()
  var birthYear: [Int32] = []
  var sex: [UInt8] = []
  var claims = Claims()
  /// Where the claim lines of person `i` lie: `claimStarts[i]..<claimStarts[i + 1]`.
  var claimStarts: [Int] = []
  var insured = Insured()
  var insuredStarts: [Int] = []
  var stays = Stays()
  /// Where the stays of person `i` lie: `stayStarts[i]..<stayStarts[i + 1]`.
  var stayStarts: [Int] = []
  /// Day of death, where stays or waits are needed.
  var diedOn: [Int32] = []
  var courses: [Course] = []
  /// Measurements of course `i` at moment `m`: `measurements[i * moments.count + m]`.
  var measurements: [Measurement] = []
  var answers: [Answer] = []
  var groups = Groups()
  /// Care paths, with the provider in charge (-1 when not known).
  var carePaths: [(path: CarePath, provider: Int32)] = []
  /// Care paths followed, by person.
  var pathsOfPerson: [Int32: [Int32]] = [:]
  /// Providers in charge of a care path, by person.
  var providersOfPerson: [Int32: [Int32]] = [:]

  var moments = CodeBook()
  var paths = CodeBook()
  var providers = CodeBook()
  var instruments = CodeBook()
  var scales = CodeBook()
  var items = CodeBook()

  /// Number of persons.
  var personCount: Int { index.count }

  /// What places a person in units.
  struct Place {
    var postcode = Missing.int32
    var insurer = Missing.int32
  }

  /// The postcode of residence and the insurer of a person on a day: of the insured period that covers it, else of the last
  /// one before it, else of the first; missing without any.
  func place(of person: Int, on day: Int32) -> Place {
    var postcode = Missing.int32
    var insurer = Missing.int32
    guard person + 1 < insuredStarts.count else { return Place() }
    for row in insuredStarts[person]..<insuredStarts[person + 1] {
      let isBegun = insured.from[row] <= day
      if isBegun || postcode == Missing.int32 { postcode = insured.postcode[row] }
      if !insured.insurer.isEmpty, isBegun || insurer == Missing.int32 { insurer = insured.insurer[row] }
      if isBegun && day <= insured.to[row] { break }
    }
    return Place(postcode: postcode, insurer: insurer)
  }

  /// The same on the first day of a claim line; a postcode that the line itself states goes before.
  func place(ofClaim line: Int, of person: Int) -> Place {
    var place = place(of: person, on: claims.start[line])
    if claims.postcode[line] != Missing.int32 { place.postcode = claims.postcode[line] }
    return place
  }

  /// The same of an insured period.
  func place(ofPeriod row: Int) -> Place {
    Place(postcode: insured.postcode[row], insurer: insured.insurer.isEmpty ? Missing.int32 : insured.insurer[row])
  }
}

/// Which tables the indicators of a pipeline need.
struct Needs: Sendable {
  var claims = false
  /// Columns of claim lines that only some measures look at.
  var claimColumns: Set<String> = []
  var insured = false
  var scores = false
  var answers = false
  var groups = false
  var stays = false
  /// Days of death; stays need them anyhow.
  var deaths = false
  /// Who insures persons, besides where they live.
  var insurers = false

  /// Nothing.
  init() {}

  init(_ pipeline: Pipeline) {
    for indicator in pipeline.indicators {
      switch indicator.measure {
      case .scoreLevel, .scoreChange, .scoreShare, .effectSize, .reliableChange, .noRoom, .adjustedGain, .modelledGain,
        .modelledShare, .responseRate:
        scores = true
        if indicator.parameters.caseMix?.items.isEmpty == false { answers = true }
      case .itemMean, .topBox, .bottomBox, .netPromoterScore: answers = true
      case .healthGainPerCost:
        scores = true
        claims = true
      case .activityShare: claims = true
      case .costPerPersonYear, .costShare, .distinctPerPerson, .eventRate:
        claims = true
        insured = true
      case .claimRate: claims = true
      case .groupCostRatio, .groupCostPerPersonYear, .groupCostShare: groups = true
      case .stayRate, .bedDays, .readmission, .avoidableAdmissions:
        stays = true
        insured = true
      case .waitingTime:
        claims = true
        insured = true
        deaths = true
      case .emergencyRate:
        claims = true
        insured = true
        if indicator.parameters.isAdmitted != nil { stays = true }
      }
    }
    let strata = pipeline.indicators.flatMap(\.strata)
    if strata.contains(where: { if case .item = $0 { true } else { false } }) { answers = true }
    for population in pipeline.populations {
      for condition in population.conditions {
        if case .diagnosis = condition {
          claims = true
          claimColumns.insert("diagnosis_code")
        }
      }
    }
    for indicator in pipeline.indicators {
      if !indicator.parameters.activities.isEmpty { claimColumns.insert("activity") }
      if !indicator.parameters.diagnoses.isEmpty && indicator.measure.parameters.needs != .stays {
        claimColumns.insert("diagnosis_code")
      }
      if indicator.reportedBy != nil && indicator.measure.parameters.needs != .stays {
        claimColumns.insert("reported_by")
      }
      switch indicator.measure {
      case .eventRate, .activityShare: claimColumns.formUnion(["provider", "activity"])
      case .waitingTime: claimColumns.insert("activity")
      case .emergencyRate: claimColumns.formUnion(["activity", "provider"])
      case .distinctPerPerson:
        claimColumns.insert(indicator.parameters.distinct == .specialty ? "specialty" : "provider")
      case .costPerPersonYear, .costShare: claimColumns.insert("provider")
      case .claimRate: claimColumns.formUnion(["birth_year", "sex"])
      default: break
      }
    }
    if !pipeline.regions.isEmpty && (scores || answers) { insured = true }
    // Responders and others are compared in what claims say of the year before.
    if pipeline.indicators.contains(where: ResponseBias.isCompared),
      pipeline.sources.contains(where: { $0.delivers == .claimLine })
    {
      claims = true
      insured = true
      claimColumns.insert("reported_by")
    }
    insurers = pipeline.regions.contains(where: \.isByInsurer)
    if insurers { insured = true }
  }
}
