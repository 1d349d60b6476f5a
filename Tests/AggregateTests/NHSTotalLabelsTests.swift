import CoreDataset
import Definitions
import Foundation
import Statistics
import TestSupport
import Testing

@testable import Aggregate

/// Outlier labels of all hip replacements together ("Total Hip Replacement").
///
/// NHS Digital adjusts the total with a third case-mix model, of primary and revision operations together: providers
/// without any revision have another adjusted gain in the total (up to 1.2 Oxford points) than in primary operations. The
/// predictions of that model are not in the export, and cannot be made from it: the released fields explain 92% of the
/// variance of the predictions that are in it. So the labels are derived from the adjusted gains as published.
@Suite("NHS: labels of total hip replacement", .enabled(if: Shared.isPresent, Comment(rawValue: Shared.hint)))
struct NHSTotalLabelsTests {
  static let folder = Shared.file("data/nhs-proms-2016-17")
  static let words = [
    "within": "Not an outlier", "attention-low": "Negative outlier (95%)", "attention-high": "Positive outlier (95%)",
    "low": "Negative outlier (99.8%)", "high": "Positive outlier (99.8%)",
  ]

  @Test(arguments: ["EQ VAS", "EQ-5D Index", "Oxford Hip Score"]) func labels(_ measure: String) throws {
    let published = try CSVTable(Self.folder.appending(path: "ProvComm Hip and Knee Replacement 1617.csv"))
    let total = published.rows.filter {
      published.value($0, "Procedure") == "Total Hip Replacement" && published.value($0, "Measure") == measure
    }
    let nation = try #require(total.first { published.value($0, "Organisation Type") == "England" })
    let target = try #require(Double(published.value(nation, "Adjusted Average Health Gain")))
    let deviation = try #require(Double(published.value(nation, "Standard Deviation")))
    var rows: [ResultRow] = []
    var standings: [Standing?] = []
    for provider in total where published.value(provider, "Organisation Type") == "Provider" {
      let records = Int(published.value(provider, "Modelled Records")) ?? 0
      var row = ResultRow(
        indicator: "total", definitionVersion: "1", layout: "provider",
        unit: published.value(provider, "Organisation Code"), unitKind: .provider, period: "2016/17", persons: records)
      row.value = Double(published.value(provider, "Adjusted Average Health Gain"))
      rows.append(row)
      standings.append(
        records == 0
          ? nil : Standing(target: target, chance: .mean(error: deviation / Double(records).squareRoot())))
    }
    let indicator = SplitTests.trial(.adjustedGain).pipeline.indicators[0]
    let spec = ComparisonSpec(limits: .normal, minimumPersons: Threshold(value: 30, why: "", since: ""))
    _ = Comparing(indicator: indicator, spec: spec).apply(&rows, standings)
    let bands = Dictionary(uniqueKeysWithValues: rows.map { ($0.unit, $0.funnelBand) })

    let labels = try CSVTable(Self.folder.appending(path: "Time Series Hip and Knee Replacement 1617.csv"))
    var compared = 0
    for row in labels.rows
    where labels.value(row, "Procedure") == "Total Hip Replacement" && labels.value(row, "Measure") == measure {
      let expected = labels.value(row, "Outlier_2016")
      let unit = labels.value(row, "OrgCode")
      if unit == "England" || expected == "No procedures" { continue }
      let band = bands[unit] ?? nil
      #expect((band.map { Self.words[$0] ?? $0 } ?? "Insufficient records") == expected, "\(measure) \(unit)")
      compared += 1
    }
    #expect(compared > 250)
  }
}
