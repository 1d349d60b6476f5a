import Columns
import CoreDataset
import Definitions
import Foundation
import Parquet
import Workspace

extension BucketLoader {
  /// Reads the totals of groups: the rows of a record, which stand together, are one group.
  func loadGroups(_ bucket: inout Bucket) throws(Problem) {
    let path = run.core(Core.groupTotal.name).appending(path: "part-0.parquet").path
    var groups = Bucket.Groups()
    var deliveries = CodeBook()
    var last = (delivery: Int32(-1), record: Int32.min)
    let kinds = CareType.allCases.count
    try read(
      path,
      [
        "unit", "period", "sex", "age_band", "insured_years", "persons", "care_type", "amount_cents", "reported_by",
        "delivery", "record",
      ]
    ) { columns in
      guard case .code(let unit) = columns[0], case .code(let period) = columns[1], case .code(let sex) = columns[2],
        case .code(let band) = columns[3], case .decimal(let years) = columns[4],
        case .integer(let persons) = columns[5], case .code(let careType) = columns[6],
        case .cents(let cents) = columns[7], case .code(let reportedBy) = columns[8],
        case .code(let delivery) = columns[9], case .integer(let records) = columns[10]
      else { return }
      let units = Self.translated(unit, &groups.units)
      let periods = Self.translated(period, &groups.periods)
      let bands = Self.translated(band, &groups.ageBands)
      let sexes = Self.vocabulary(sex, Sex.self, missing: Self.unknownSex)
      let careTypes = Self.vocabulary(careType, CareType.self, missing: 0)
      let reporters = Self.vocabulary(reportedBy, ReportedBy.self, missing: 0)
      let files = Self.translated(delivery, &deliveries)
      for row in records.indices {
        if files[row] != last.delivery || records[row] != last.record {
          last = (files[row], records[row])
          groups.unit.append(units[row])
          groups.period.append(periods[row])
          groups.sex.append(sexes[row])
          groups.ageBand.append(bands[row])
          groups.reportedBy.append(reporters[row])
          groups.persons.append(Int64(persons[row]))
          groups.insuredYears.append(FixedPoint.of(years[row]))
          groups.cents.append(contentsOf: repeatElement(0, count: kinds))
        }
        groups.cents[(groups.count - 1) * kinds + Int(careTypes[row])] += cents[row]
      }
    }
    bucket.groups = groups
  }
}
