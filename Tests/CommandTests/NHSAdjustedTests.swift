import Foundation
import TestSupport
import Testing

/// Case-mix adjusted health gains and outlier labels, against those that NHS Digital published.
@Suite(.enabled(if: Shared.isPresent, Comment(rawValue: Shared.hint)))
struct NHSAdjustedTests {
  private static let procedures = [
    "Hip Replacement Primary": "hip-primary", "Hip Replacement Revision": "hip-revision",
  ]
  private static let measures = ["EQ VAS": "vas", "EQ-5D Index": "eq5d", "Oxford Hip Score": "ohs"]

  /// Every published adjusted gain with its standard deviation, of providers and of the nation.
  @Test func adjustedGainsAreThosePublished() throws {
    let figures = try NHSTests.run.get().figures
    let table = try CSVTable(NHSTests.delivery.appending(path: "ProvComm Hip and Knee Replacement 1617.csv"))
    var compared: [String: Int] = [:]
    var differences: [String] = []
    for row in table.rows {
      let kind = table.value(row, "Organisation Type")
      guard kind == "Provider" || kind == "England", let procedure = Self.procedures[table.value(row, "Procedure")],
        let measure = Self.measures[table.value(row, "Measure")],
        let gain = Double(table.value(row, "Adjusted Average Health Gain")),
        let deviation = Double(table.value(row, "Standard Deviation"))
      else { continue }
      let unit = kind == "England" ? "NL" : table.value(row, "Organisation Code")
      compared["\(procedure)-\(measure) \(kind)", default: 0] += 1
      guard let figure = figures["\(procedure)-\(measure)-adjusted-gain \(unit)"], let adjusted = figure.adjusted,
        let spread = figure.standardDeviation, NHSTests.isPublishedFrom(adjusted, gain),
        NHSTests.isPublishedFrom(spread, deviation)
      else {
        differences.append("\(procedure)-\(measure) \(unit) \(gain) \(deviation)")
        continue
      }
    }
    #expect(differences.isEmpty)
    let nation = Self.procedures.values.flatMap { procedure in
      Self.measures.values.map { ("\(procedure)-\($0) England", 1) }
    }
    let providers = [
      "hip-primary-vas Provider": 237, "hip-primary-eq5d Provider": 238, "hip-primary-ohs Provider": 240,
      "hip-revision-vas Provider": 13, "hip-revision-eq5d Provider": 14, "hip-revision-ohs Provider": 16,
    ]
    #expect(compared == providers.merging(nation) { $1 })
  }

  /// Of revisions the export has every record, so that the national figures follow from it.
  @Test(arguments: [("vas", 7.18676, 18.3223), ("eq5d", 0.290397, 0.257462), ("ohs", 13.5116, 9.49936)])
  func nationFollowsFromAllRecords(measure: String, gain: Double, deviation: Double) throws {
    let figure = try #require(try NHSTests.run.get().figures["hip-revision-\(measure)-adjusted-gain NL"])
    #expect(NHSTests.isPublishedFrom(try #require(figure.value), gain))
    #expect(NHSTests.isPublishedFrom(try #require(figure.standardDeviation), deviation))
  }

  /// Our own least squares on the released case-mix fields, beside the model of NHS Digital. The shares of variance are
  /// those of an independent calculation on the export; the required ones are lower.
  @Test(arguments: [("ohs", 0.15470509, 0.147, 40_706), ("eq5d", 0.16839327, 0.164, 37_726)])
  func ownModel(measure: String, explained: Double, required: Double, records: Int) throws {
    let table = try ParquetTable(try NHSTests.run.get().workspace.current.appending(path: "results/models.parquet"))
    let (indicators, terms, notes) = (table.texts("indicator"), table.texts("term"), table.texts("note"))
    let rows = (0..<table.rows).filter { indicators[$0] == "hip-primary-\(measure)-modelled-gain" }
    let whole = try #require(rows.first { terms[$0] == "model" })
    let rSquared = try #require(table.numbers("r_squared")[whole])
    #expect(rSquared >= required && abs(rSquared - explained) < 1e-7)
    #expect(table.numbers("persons")[whole] == Double(records))
    // Where the age band was suppressed, so was the sex: one of two equal columns is dropped, and that is said.
    #expect(rows.filter { notes[$0] == "dropped" }.map { terms[$0] } == ["sex=unknown"])
  }

  /// Every label of 2016/17, of primary and revision replacements.
  @Test func labelsAreThosePublished() throws {
    let figures = try NHSTests.run.get().figures
    let table = try CSVTable(NHSTests.delivery.appending(path: "Time Series Hip and Knee Replacement 1617.csv"))
    let words = [
      "within": "Not an outlier", "attention-low": "Negative outlier (95%)",
      "attention-high": "Positive outlier (95%)", "low": "Negative outlier (99.8%)",
      "high": "Positive outlier (99.8%)",
    ]
    var compared: [String: Int] = [:]
    var differences: [String] = []
    for row in table.rows where table.value(row, "OrgCode") != "England" {
      guard let procedure = Self.procedures[table.value(row, "Procedure")],
        let measure = Self.measures[table.value(row, "Measure")]
      else { continue }
      let published = table.value(row, "Outlier_2016")
      if published == "No procedures" { continue }
      let unit = table.value(row, "OrgCode")
      let band = figures["\(procedure)-\(measure)-adjusted-gain \(unit)"]?.band
      let mine = band.map { words[$0] ?? $0 } ?? "Insufficient records"
      compared[published, default: 0] += 1
      if mine != published { differences.append("\(procedure)-\(measure) \(unit): \(published), here \(mine)") }
    }
    #expect(differences.isEmpty)
    #expect(
      compared == [
        "Not an outlier": 616, "Insufficient records": 647, "Negative outlier (95%)": 55, "Positive outlier (95%)": 50,
        "Negative outlier (99.8%)": 23, "Positive outlier (99.8%)": 14,
      ])
  }
}
