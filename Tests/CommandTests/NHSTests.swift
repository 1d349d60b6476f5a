import Foundation
import TestSupport
import Testing

/// The figures of NHS Digital, from its patient-level export, against those that it published itself.
@Suite(.enabled(if: Shared.isPresent, Comment(rawValue: Shared.hint)))
struct NHSTests {
  static let delivery = Shared.file("data/nhs-proms-2016-17")

  struct Run: Sendable {
    let outcome: CommandOutcome
    let workspace: RunWorkspace
    let figures: [String: Figure]
  }
  struct Figure: Sendable {
    let measured: Int
    let value: Double?
    let numerator: Double?
    let adjusted: Double?
    let standardDeviation: Double?
    let band: String?
  }

  static let run = Result {
    let workspace = RunWorkspace(folder: try TemporaryFolder.untilExit())
    let outcome = try Spiegel.run(
      "run", Spiegel.pipeline("nhs-proms"), "--input", delivery.path, "--workspace", workspace.folder.path)
    let table = try ParquetTable(workspace.current.appending(path: "results/results.parquet"))
    let (indicators, units, layouts) = (table.texts("indicator"), table.texts("unit"), table.texts("layout"))
    let (measured, values, numerators) = (table.numbers("measured"), table.numbers("value"), table.numbers("numerator"))
    let (adjusted, deviations) = (table.numbers("adjusted"), table.numbers("standard_deviation"))
    let (bands, strata) = (table.texts("funnel_band"), table.texts("stratum"))
    var figures: [String: Figure] = [:]
    for row in 0..<table.rows where ["provider", "nation"].contains(layouts[row]) && strata[row].isEmpty {
      figures["\(indicators[row]) \(units[row])"] = Figure(
        measured: Int(measured[row] ?? -1), value: values[row], numerator: numerators[row], adjusted: adjusted[row],
        standardDeviation: deviations[row], band: bands[row].isEmpty ? nil : bands[row])
    }
    return Run(outcome: outcome, workspace: workspace, figures: figures)
  }

  @Test func isPublished() throws {
    let run = try Self.run.get()
    #expect(run.outcome.exitCode == 0, "\(run.outcome.errors)")
    let manifest = try RunWorkspace.manifest(run.workspace.current)
    #expect(run.workspace.currentTarget == "runs/\(manifest.run)")
    #expect(manifest.deliveries.map(\.delivery) == ["Hip Replacement Provider 1617.csv"])
    #expect(manifest.deliveries.map(\.read) == [44_241])
    #expect(manifest.deliveries.map(\.accepted) == [44_241])
    #expect(manifest.ignored.count == 3)
  }

  /// Scores that the export has beside the answers: both missing, or equal.
  @Test(arguments: [("oxford-hip", 88_482, 87_466), ("eq-5d-3l-uk", 88_482, 84_121)])
  func scoresAreThoseDelivered(instrument: String, questionnaires: Int, scored: Int) throws {
    let table = try ParquetTable(
      try Self.run.get().workspace.current.appending(path: "core/score"),
      columns: ["instrument", "value", "delivered_value"])
    let (instruments, values, delivered) = (
      table.texts("instrument"), table.numbers("value"), table.numbers("delivered_value")
    )
    let rows = (0..<table.rows).filter { instruments[$0] == instrument }
    let equal = rows.count { row in
      guard let value = values[row], let delivered = delivered[row] else { return values[row] == delivered[row] }
      return abs(value - delivered) <= 1e-9
    }
    #expect(equal == rows.count)
    #expect(rows.count { values[$0] != nil } == scored)
    // A questionnaire without any answer and without a delivered score is not in the table.
    #expect(rows.count <= questionnaires)
  }

  private struct Published {
    let base: String
    let provider: String
    let modelled: String
    let figures: [(name: String, column: String, value: String)]
  }

  /// Provider rows of primary and revision hip replacements.
  private static func published() throws -> [Published] {
    let table = try CSVTable(delivery.appending(path: "ProvComm Hip and Knee Replacement 1617.csv"))
    let procedures = ["Hip Replacement Primary": "hip-primary", "Hip Replacement Revision": "hip-revision"]
    let measures = ["EQ VAS": "vas", "EQ-5D Index": "eq5d", "Oxford Hip Score": "ohs"]
    return table.rows.compactMap { row in
      guard table.value(row, "Organisation Type") == "Provider",
        let procedure = procedures[table.value(row, "Procedure")],
        let measure = measures[table.value(row, "Measure")]
      else { return nil }
      let columns = [
        ("before", "Average Pre-Op Q Score"), ("after", "Average Post-Op Q Score"), ("gain", "Health Gain"),
        ("improved", "Improved"), ("unchanged", "Same"), ("worsened", "Worse"),
      ]
      return Published(
        base: "\(procedure)-\(measure)", provider: table.value(row, "Organisation Code"),
        modelled: table.value(row, "Modelled Records"),
        figures: columns.map { ($0.0, $0.1, table.value(row, $0.1)) })
    }
  }

  /// The published averages have six significant digits, of which closing zeros are left out.
  static func isPublishedFrom(_ value: Double, _ published: Double) -> Bool {
    let unit = published == 0 ? 0 : pow(10, floor(log10(abs(published))) - 5)
    return abs(value - published) <= unit / 2 + 1e-9
  }

  /// Every released figure of every provider, but for providers that the export does not name.
  @Test func figuresAreThosePublished() throws {
    let figures = try Self.run.get().figures
    var compared: [String: Int] = [:]
    var notReleased: [String: Int] = [:]
    var withoutRecords: [String] = []
    var absent: [String: Int] = [:]
    var differences: [String] = []
    for row in try Self.published() {
      // NHS Digital releases nothing ("*") of providers with few records, and has no modelled record ("-") of some.
      if row.modelled == "*" {
        notReleased[row.base, default: 0] += 1
        continue
      }
      guard let gain = figures["\(row.base)-gain \(row.provider)"] else {
        if row.modelled == "-" {
          withoutRecords.append("\(row.base) \(row.provider)")
        } else {
          absent[row.provider, default: 0] += 1
        }
        continue
      }
      compared[row.base, default: 0] += 1
      if String(gain.measured) != row.modelled { differences.append("\(row.base) \(row.provider) modelled records") }
      for (name, column, text) in row.figures {
        let isCount = ["improved", "unchanged", "worsened"].contains(name)
        let figure = figures["\(row.base)-\(name) \(row.provider)"]
        let isEqual =
          if let mine = isCount ? figure?.numerator : figure?.value, let published = Double(text) {
            isCount ? mine == published : Self.isPublishedFrom(mine, published)
          } else {
            false
          }
        if !isEqual { differences.append("\(row.base) \(row.provider) \(column) \(text)") }
      }
    }
    #expect(differences.isEmpty)
    // 281 providers are in the export with a primary replacement, and each has a modelled record.
    #expect(
      compared == [
        "hip-primary-vas": 281, "hip-primary-eq5d": 281, "hip-primary-ohs": 281,
        "hip-revision-vas": 140, "hip-revision-eq5d": 142, "hip-revision-ohs": 143,
      ])
    #expect(notReleased.values.reduce(0, +) == 132)
    #expect(
      withoutRecords.sorted() == [
        "hip-revision-eq5d RM3", "hip-revision-vas RAJ", "hip-revision-vas RBL", "hip-revision-vas RM3",
      ])
    // Providers of one to four records, which NHS Digital left out of the patient-level export.
    #expect(absent == ["NT205": 3, "NT239": 3, "NT310": 3, "NT343": 3, "NTX01": 3])
    let providers = try Self.providersInExport()
    #expect(absent.keys.allSatisfy { !providers.contains($0) })
    #expect(providers.count == 281)
  }

  private static func providersInExport() throws -> Set<String> {
    let text = try String(contentsOf: delivery.appending(path: "Hip Replacement Provider 1617.csv"), encoding: .utf8)
    let lines = text.components(separatedBy: "\r\n").dropFirst().filter { !$0.isEmpty }
    return Set(lines.map { String($0.prefix { $0 != "," }) })
  }
}
