import Columns
import CoreDataset
import Definitions
import Foundation
import Workspace

extension Trace {
  /// Stays, those left by each condition, and the deliveries of the claim lines with which they begin. A readmission rate
  /// is about discharges: it looks at stays in the period of their last day, all other figures in that of their first.
  mutating func addStays(_ bucket: Bucket, _ population: Population, _ source: TraceSource) throws(Problem) {
    let file = source.run.core(Core.stay.name, bucket: source.number).appending(path: "part-0.parquet").path
    var counts = Array(repeating: [0, 0, 0, 0], count: axis.periods.count)
    var found: [(period: Int, delivery: String, record: [String])] = []
    // A bucket without stays has no file.
    if FileManager.default.fileExists(atPath: file) {
      let members = Membership(population, bucket)
      let isOfDischarges = indicator.measure == .readmission
      let selection = StaySelection(indicator, usual: isOfDischarges ? [.medicalSpecialist] : [])
      let unit = unitNumber(bucket)
      try source.read(
        Core.stay,
        [
          "person", "from", "to", "unplanned", "care_type", "reported_by", "diagnosis_code", "provider", "delivery",
          "record",
        ]
      ) { columns in
        guard case .identifier(let persons) = columns[0], case .day(let from) = columns[1],
          case .day(let to) = columns[2], case .flag(let unplanned) = columns[3],
          case .code(let careType) = columns[4], case .code(let party) = columns[5],
          case .code(let diagnosis) = columns[6], case .code(let provider) = columns[7],
          case .code(let delivery) = columns[8], case .integer(let record) = columns[9]
        else { return }
        var stays = Bucket.Stays()
        stays.isUnplanned = unplanned.map { $0 == 1 }
        stays.careType = BucketLoader.vocabulary(careType, CareType.self, missing: 0)
        stays.reportedBy = BucketLoader.vocabulary(party, ReportedBy.self, missing: 0)
        stays.diagnosis = diagnosis.indices
        stays.diagnoses = diagnosis.book.values
        for row in persons.indices {
          let day = isOfDischarges ? to[row] : from[row]
          let period = axis.period(day)
          guard period >= 0 else { continue }
          counts[period][0] += 1
          guard selection.contains(row, stays) else { continue }
          counts[period][1] += 1
          guard let person = bucket.index.find(persons[row]), members.contains(person, year: axis.years[period]) else {
            continue
          }
          counts[period][2] += 1
          guard
            isOwn(person, day, provider[row], unit, isOfDischarges: isOfDischarges, period: period, bucket)
          else { continue }
          counts[period][3] += 1
          found.append(
            (
              period, delivery[row] ?? "",
              [
                "\(record[row])", Self.hex(persons[row]), Day(day).description, careType[row] ?? "", "",
                unplanned[row] == 1 ? "unplanned" : "planned", provider[row] ?? "",
              ]
            ))
        }
      }
    }
    let time = indicator.measure == .readmission ? "that end in the period" : "that begin in the period"
    for period in axis.periods.indices {
      for (name, left) in zip([time, "of the chosen care", "of those persons", unitWords], counts[period]) {
        count(name, "stays", period: period, left)
      }
    }
    for row in found {
      contribute(period: row.period, table: Core.stay.name, delivery: row.delivery) { row.record }
    }
  }

  /// Whether a stay counts for the unit: where the person lives or is insured; for a provider a discharge counts for the
  /// hospital, and other stays for who is in charge of a care path of the person.
  private func isOwn(
    _ person: Int, _ day: Int32, _ provider: String?, _ unit: Int?, isOfDischarges: Bool, period: Int, _ bucket: Bucket
  ) -> Bool {
    guard let unit else { return false }
    if unit >= axis.fixedUnits {
      let code = Int32(unit - axis.fixedUnits)
      return isOfDischarges
        ? provider.flatMap { bucket.providers.find($0) } == code
        : bucket.providersOfPerson[Int32(person)]?.contains(code) == true
    }
    return UnitsOf.measurement(bucket, axis, person: person, day: day, provider: -1, period)
      .contains { $0.unit == unit }
  }
}
