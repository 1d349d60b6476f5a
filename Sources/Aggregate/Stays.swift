import Columns
import CoreDataset
import Definitions
import Foundation
import Workspace

extension Bucket {
  /// Stays, in order of person and of time.
  struct Stays: Sendable {
    var from: [Int32] = []
    var to: [Int32] = []
    /// Missing where nothing says how long it lasted.
    var bedDays: [Int32] = []
    var isUnplanned: [Bool] = []
    /// Number of the stay of the person with which the episode of hospital care began.
    var episode: [Int32] = []
    var isTransferredIn: [Bool] = []
    var isTransferredOut: [Bool] = []
    var careType: [UInt8] = []
    var reportedBy: [UInt8] = []
    /// Code in the providers of the bucket; -1 when not known.
    var provider: [Int32] = []
    /// Code in `diagnoses`; -1 when not known.
    var diagnosis: [Int32] = []
    var diagnoses: [String] = []
  }
}

extension BucketLoader {
  /// Reads the stays of the bucket, and the days of death, which readmissions go by.
  func loadStays(_ bucket: inout Bucket) throws(Problem) {
    let file = run.core("stay", bucket: number).appending(path: "part-0.parquet").path
    // A bucket without stays has no file.
    guard FileManager.default.fileExists(atPath: file) else { return }
    var ids: [Identifier] = []
    var stays = Bucket.Stays()
    var diagnoses = CodeBook()
    var providers = bucket.providers
    try read(
      file,
      [
        "person", "from", "to", "bed_days", "unplanned", "episode", "transferred_in", "transferred_out", "care_type",
        "reported_by", "provider", "diagnosis_code",
      ]
    ) { columns in
      guard case .identifier(let persons) = columns[0], case .day(let from) = columns[1],
        case .day(let to) = columns[2], case .integer(let bedDays) = columns[3], case .flag(let unplanned) = columns[4],
        case .integer(let episode) = columns[5], case .flag(let isIn) = columns[6], case .flag(let isOut) = columns[7],
        case .code(let careType) = columns[8], case .code(let party) = columns[9],
        case .code(let provider) = columns[10], case .code(let diagnosis) = columns[11]
      else { return }
      ids += persons
      stays.from += from
      stays.to += to
      stays.bedDays += bedDays
      stays.isUnplanned += unplanned.map { $0 == 1 }
      stays.episode += episode
      stays.isTransferredIn += isIn.map { $0 == 1 }
      stays.isTransferredOut += isOut.map { $0 == 1 }
      stays.careType += Self.vocabulary(careType, CareType.self, missing: 0)
      stays.reportedBy += Self.vocabulary(party, ReportedBy.self, missing: 0)
      stays.provider += Self.translated(provider, &providers)
      stays.diagnosis += Self.translated(diagnosis, &diagnoses)
    }
    stays.diagnoses = diagnoses.values
    bucket.providers = providers
    let numbers = bucket.index.numbers(ids)
    // Rows of a person stand together; persons get their place by number.
    let order = numbers.indices.sorted { (numbers[$0], $0) < (numbers[$1], $1) }
    bucket.stayStarts = Self.starts(numbers, persons: bucket.personCount)
    bucket.stays = stays.ordered(by: order)
  }
}

extension Bucket.Stays {
  func ordered(by order: [Int]) -> Bucket.Stays {
    func pick<Value>(_ values: [Value]) -> [Value] { order.map { values[$0] } }
    return Bucket.Stays(
      from: pick(from), to: pick(to), bedDays: pick(bedDays), isUnplanned: pick(isUnplanned), episode: pick(episode),
      isTransferredIn: pick(isTransferredIn), isTransferredOut: pick(isTransferredOut), careType: pick(careType),
      reportedBy: pick(reportedBy), provider: pick(provider), diagnosis: pick(diagnosis), diagnoses: diagnoses)
  }
}

/// Which stays an indicator counts.
struct StaySelection: Sendable {
  private let careTypes: [Bool]
  private let reportedBy: [Bool]
  private let diagnoses: [String]
  private let excluded: [String]
  private let isUnplannedOnly: Bool

  /// The stays that the parameters of an indicator name.
  ///
  /// - Parameter usual: kinds of care that count where the parameters name none; empty: all.
  init(_ indicator: Indicator, usual: [CareType] = []) {
    let parameters = indicator.parameters
    let types = parameters.careTypes.isEmpty ? usual : parameters.careTypes
    careTypes = CareType.allCases.map { types.isEmpty || types.contains($0) }
    reportedBy = ReportedBy.allCases.map { indicator.reportedBy == nil || indicator.reportedBy == $0 }
    diagnoses = parameters.diagnoses
    excluded = parameters.excludedDiagnoses
    isUnplannedOnly = parameters.isUnplannedOnly
  }

  /// Whether a stay is of a kind of care and a reporting party that count.
  func isOfCare(_ stay: Int, _ stays: borrowing Bucket.Stays) -> Bool {
    careTypes[Int(stays.careType[stay])] && reportedBy[Int(stays.reportedBy[stay])]
  }

  /// Whether a stay counts.
  func contains(_ stay: Int, _ stays: borrowing Bucket.Stays) -> Bool {
    guard isOfCare(stay, stays), !isUnplannedOnly || stays.isUnplanned[stay] else { return false }
    if diagnoses.isEmpty && excluded.isEmpty { return true }
    let code = stays.diagnosis[stay]
    let diagnosis = code < 0 ? "" : stays.diagnoses[Int(code)]
    if !diagnosis.isEmpty, excluded.contains(where: diagnosis.hasPrefix) { return false }
    return diagnoses.isEmpty || !diagnosis.isEmpty && diagnoses.contains(where: diagnosis.hasPrefix)
  }
}

/// Sums of stays over insured person-time: what the measures of stays per person-year have in common.
struct StayTime: Sendable {
  private let selection: StaySelection

  init(_ indicator: Indicator) { selection = StaySelection(indicator) }

  /// Adds the insured days of all persons to x and what `amount` says of each stay that counts to y, in the period and
  /// the region of the day of admission. For a provider these are the stays of the persons whose care path it is in
  /// charge of, in any hospital, as for other rates.
  func accumulate(
    _ bucket: Bucket, _ members: Membership, into table: inout CellTable,
    _ amount: (_ stay: Int, _ stays: borrowing Bucket.Stays) -> Int64
  ) {
    let axis = table.axis
    for person in 0..<bucket.personCount {
      PersonTime.add(person, bucket, members, into: &table)
      let providers = axis.hasProviders ? bucket.providersOfPerson[Int32(person)] ?? [] : []
      for stay in bucket.stays(of: person) where selection.contains(stay, bucket.stays) {
        let day = bucket.stays.from[stay]
        let period = axis.period(day)
        guard period >= 0, members.contains(person, year: axis.years[period]) else { continue }
        let amount = amount(stay, bucket.stays)
        table.addToPerson(table.index(unit: 0, period: period), x: 0, y: amount)
        let place = bucket.place(of: person, on: day)
        for layout in axis.layouts.indices {
          let unit = axis.unit(layout: layout, place, on: day)
          table.addToPerson(table.index(unit: unit, period: period), x: 0, y: amount)
        }
        for provider in providers {
          table.addToPerson(table.index(unit: axis.fixedUnits + Int(provider), period: period), x: 0, y: amount)
        }
      }
      table.endPerson()
    }
  }
}

extension Bucket {
  /// Where the stays of a person lie.
  func stays(of person: Int) -> Range<Int> {
    person + 1 < stayStarts.count ? stayStarts[person]..<stayStarts[person + 1] : 0..<0
  }
}
