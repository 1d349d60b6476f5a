import Foundation
import TestSupport
import Testing

/// The spread of health gains by age band and sex, against the export itself.
@Suite("NHS: equality tables", .enabled(if: Shared.isPresent, Comment(rawValue: Shared.hint)))
struct EqualityTableTests {
  private static let bands = [
    "30 to 39": "3", "40 to 49": "4", "50 to 59": "5", "60 to 69": "6", "70 to 79": "7", "80 to 89": "8",
    "90 to 120": "9",
  ]

  /// Gains of modelled primary operations by part of the population, of the delivered scores.
  static func gains() throws -> [String: [Double]] {
    let table = try CSVTable(NHSTests.delivery.appending(path: "Hip Replacement Provider 1617.csv"))
    var gains: [String: [Double]] = [:]
    for row in table.rows where table.value(row, "Revision Flag") == "0" {
      guard let first = Double(table.value(row, "Hip Replacement Pre-Op Q Score")),
        let second = Double(table.value(row, "Hip Replacement Post-Op Q Score")),
        Double(table.value(row, "Hip Replacement OHS Post-Op Q Predicted")) != nil
      else { continue }
      let age = bands[table.value(row, "Age Band")] ?? "unknown"
      let sex = ["1", "2"].contains(table.value(row, "Gender")) ? table.value(row, "Gender") : "unknown"
      for part in ["", "nhs-background.age=\(age)", "nhs-background.sex=\(sex)"] {
        gains[part, default: []].append(second - first)
      }
    }
    return gains.mapValues { $0.sorted() }
  }

  /// R's quantile().
  static func quantile(_ sorted: [Double], _ p: Double) -> Double {
    let position = Double(sorted.count - 1) * p
    let low = Int(position)
    return sorted[low] + (position - Double(low)) * (sorted[min(low + 1, sorted.count - 1)] - sorted[low])
  }

  @Test func partsAreThoseOfTheExport() throws {
    let table = try ParquetTable(
      try NHSTests.run.get().workspace.current.appending(path: "results/distributions.parquet"))
    let (indicators, layouts, strata) = (table.texts("indicator"), table.texts("layout"), table.texts("stratum"))
    let expected = try Self.gains()
    var found = 0
    for row in 0..<table.rows where indicators[row] == "hip-primary-ohs-gain" && layouts[row] == "nation" {
      let gains = try #require(expected[strata[row]], "\(strata[row])")
      func isEqual(_ column: String, _ number: Double) -> Bool {
        table.numbers(column)[row].map { abs($0 - number) < 1e-9 * max(1, abs(number)) } ?? false
      }
      #expect(isEqual("measured", Double(gains.count)), "\(strata[row])")
      #expect(isEqual("mean", gains.reduce(0, +) / Double(gains.count)), "\(strata[row])")
      for (column, p) in [("p5", 0.05), ("p25", 0.25), ("median", 0.5), ("p75", 0.75), ("p95", 0.95)] {
        #expect(isEqual(column, Self.quantile(gains, p)), "\(strata[row]) \(column)")
      }
      #expect(
        isEqual("improved", Double(gains.count { $0 > 0 })) && isEqual("worsened", Double(gains.count { $0 < 0 })))
      found += 1
    }
    #expect(found == expected.count && found >= 9)
  }
}
