import Columns
import CoreDataset
import Definitions

/// Cost and use of care in the year before the index date of each care path of a bucket.
///
/// Known of persons whose insurance covers all 365 days before the index date, and of index dates at least 365 days after
/// the first day of the first period: claims of earlier days may not have been delivered. Where insurers report claims
/// only their lines count, since hospitals report the same care again.
struct PriorCare: Sendable {
  private static let days: Int32 = 365
  /// Euro cents of each care path of the bucket, in its order; `Missing.int64` where not known.
  let cents: [Int64]
  /// Different first days of care.
  let careDays: [Int64]

  init(_ bucket: Bucket, _ pipeline: Pipeline) {
    let claims = pipeline.sources.filter { $0.delivers == .claimLine }
    let insurer = ReportedBy.allCases.firstIndex(of: .insurer).map { UInt8($0) }
    let party = claims.contains { $0.reportedBy == .insurer } ? insurer : nil
    let needsInsurance = pipeline.sources.contains { $0.delivers == .insuredPeriod }
    let first = pipeline.periods.first?.from.number ?? .max
    var cents: [Int64] = []
    var careDays: [Int64] = []
    for (path, _) in bucket.carePaths {
      let person = Int(path.person)
      let from = path.indexDate &- Self.days
      guard !claims.isEmpty, path.indexDate != Missing.int32, from >= first,
        !needsInsurance || Self.isInsured(person, bucket, from: from, to: path.indexDate - 1)
      else {
        cents.append(Missing.int64)
        careDays.append(Missing.int64)
        continue
      }
      var sum: Int64 = 0
      var seen: Set<Int32> = []
      for line in bucket.claimStarts[person]..<bucket.claimStarts[person + 1] {
        let day = bucket.claims.start[line]
        if day < from || day >= path.indexDate { continue }
        if let party, !bucket.claims.reportedBy.isEmpty, bucket.claims.reportedBy[line] != party { continue }
        sum += bucket.claims.cents[line]
        seen.insert(day)
      }
      cents.append(sum)
      careDays.append(Int64(seen.count))
    }
    (self.cents, self.careDays) = (cents, careDays)
  }

  /// Whether insured periods, which are in order of their first day, cover a stretch of days.
  private static func isInsured(_ person: Int, _ bucket: Bucket, from: Int32, to: Int32) -> Bool {
    guard person + 1 < bucket.insuredStarts.count else { return false }
    var next = from
    for row in bucket.insuredStarts[person]..<bucket.insuredStarts[person + 1] {
      if bucket.insured.from[row] > next { return false }
      if bucket.insured.to[row] >= to { return true }
      next = max(next, bucket.insured.to[row] + 1)
    }
    return false
  }
}
