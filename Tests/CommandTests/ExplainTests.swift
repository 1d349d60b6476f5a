import Foundation
import TestSupport
import Testing

/// `spiegel explain`: what it says of a figure is what the results say, and the steps lead to it.
struct ExplainTests {
  /// What the text says of one period.
  struct Told {
    var steps: [(count: Int, words: String)] = []
    var numbers: [String: Double] = [:]
  }

  /// Periods by heading.
  static func told(_ text: String) -> [String: Told] {
    var all: [String: Told] = [:]
    var heading = ""
    for line in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
      if line.isEmpty {
        heading = ""
      } else if !line.hasPrefix(" ") {
        heading = line
        all[heading] = Told()
      } else if line.hasPrefix("  "), line.contains("=") {
        for pair in line.split(separator: " ") {
          let parts = pair.split(separator: "=")
          if parts.count == 2, let number = Double(parts[1]) { all[heading]?.numbers[String(parts[0])] = number }
        }
      } else {
        let words = line.split(separator: " ")
        if let count = words.first.flatMap({ Int($0) }) {
          all[heading]?.steps.append((count, words.dropFirst().joined(separator: " ")))
        }
      }
    }
    return all
  }

  static let results = Result {
    try ParquetTable(try SampleRuns.twice.get().second.workspace.current.appending(path: "results/results.parquet"))
  }

  /// Every figure of one unit of one indicator.
  static func check(_ indicator: String, layout: String, unit: String) throws -> Int {
    let run = try SampleRuns.twice.get().second.workspace.current
    let outcome = try Spiegel.run(
      "explain", run.path, indicator, unit, "--layout", layout, "--pipeline", SampleRuns.pipeline)
    #expect(outcome.exitCode == 0, "\(indicator) \(unit) \(outcome.errors)")
    let told = told(outcome.output)
    let table = try results.get()
    let (indicators, layouts, units, periods, strata) = (
      table.texts("indicator"), table.texts("layout"), table.texts("unit"), table.texts("period"),
      table.texts("stratum")
    )
    var compared = 0
    for row in 0..<table.rows
    where indicators[row] == indicator && layouts[row] == layout && units[row] == unit && strata[row].isEmpty {
      let name = "\(layout) \(unit), \(periods[row])"
      let figure = try #require(told[name], "\(indicator) \(name)")
      for column in ["persons", "measured", "numerator", "denominator", "value"] {
        #expect(figure.numbers[column] == table.numbers(column)[row], "\(indicator) \(name) \(column)")
      }
      let persons = Int(table.numbers("persons")[row] ?? -1)
      let measured = Int(table.numbers("measured")[row] ?? -1)
      // The last step is the number that the figure stands on.
      let last = try #require(figure.steps.last)
      if last.words.hasPrefix("persons") {
        #expect(last.count == persons, "\(indicator) \(name): \(last)")
      } else if last.words.contains("that were measured") {
        #expect(last.count == Int(table.numbers("numerator")[row] ?? -1), "\(indicator) \(name): \(last)")
      } else {
        #expect(last.count == measured, "\(indicator) \(name): \(last)")
      }
      compared += 1
    }
    return compared
  }

  @Test("every indicator, for the nation") func nation() throws {
    let indicators = Set(try Self.results.get().texts("indicator")).sorted()
    #expect(indicators.count > 20)
    for indicator in indicators { #expect(try Self.check(indicator, layout: "nation", unit: "NL") > 0) }
  }

  @Test(
    "a region and a provider",
    arguments: [
      "kosten-rug-en-nekpijn", "pijn-verandering", "seh-bezoeken", "cijfer-acht-of-hoger", "winst-naast-kosten",
      "respons-vervolgmeting", "aantal-specialismen",
    ])
  func units(_ indicator: String) throws {
    #expect(try Self.check(indicator, layout: "proeftuin", unit: "zuid-limburg") > 0)
    let table = try Self.results.get()
    let provider = (0..<table.rows).first {
      table.texts("indicator")[$0] == indicator && table.texts("layout")[$0] == "provider"
    }.map { table.texts("unit")[$0] }
    #expect(try Self.check(indicator, layout: "provider", unit: try #require(provider)) > 0)
  }

  @Test(
    "stays and response rates lead back to their deliveries too",
    arguments: [("verpleegdagen", "stay"), ("heropnamen", "stay"), ("respons-vervolgmeting", "response")])
  func deliveries(_ indicator: String, _ table: String) throws {
    let run = try SampleRuns.twice.get().second.workspace.current
    let text = try Spiegel.run(
      "explain", run.path, indicator, "NL", "--period", "2016", "--pipeline", SampleRuns.pipeline
    ).output
    let rows = text.split(separator: "\n").filter { $0.hasSuffix(" rows of \(table)") }
      .compactMap { $0.split(separator: " ").dropLast(3).last.flatMap { Int($0) } }
    #expect(rows.reduce(0, +) > 0, "\(text)")
    // All stays that count, or one or more questionnaires for each care path that is to be measured.
    let figure = try #require(Self.told(text)["nation NL, 2016"])
    let left = figure.steps.last { $0.words.hasPrefix(table == "stay" ? "stays" : "care paths") }?.count ?? 0
    #expect(table == "stay" ? rows.reduce(0, +) == left : rows.reduce(0, +) >= left)
  }

  @Test("records lead back to deliveries, are for their reader only, and stand in the audit trail")
  func records() throws {
    let workspace = try SampleRuns.twice.get().second.workspace
    let arguments = ["explain", workspace.current.path, "kosten-rug-en-nekpijn", "NL", "--period", "2016"]
    let outcome = try Spiegel.start(arguments + ["--pipeline", SampleRuns.pipeline, "--records"]).outcome()
    #expect(outcome.exitCode == 0, "\(outcome.errors)")
    let folder = workspace.folder.appending(path: "explain/\(workspace.current.lastPathComponent)")
    defer { try? FileManager.default.removeItem(at: workspace.folder.appending(path: "explain")) }
    let file = folder.appending(path: "kosten-rug-en-nekpijn_nation_NL_2016.csv")
    let table = try CSVTable(file)
    let cents = table.rows.reduce(0) { $0 + (Int(table.value($1, "value")) ?? 0) }
    let figure = try #require(Self.told(outcome.output)["nation NL, 2016"])
    #expect(abs(Double(cents) / 100 - (figure.numbers["numerator"] ?? 0)) < 0.005)
    let mode = try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions] as? Int
    #expect(mode == 0o600)
    let trail = try String(contentsOf: workspace.folder.appending(path: "audit.jsonl"), encoding: .utf8)
    #expect(trail.contains("\"RecordsExplained\"") && trail.contains("\"records\":\"\(table.rows.count)\""))
  }

  @Test("wrong names are answered with the right ones") func wrongNames() throws {
    let run = try SampleRuns.twice.get().second.workspace.current.path
    func errors(_ more: [String]) throws -> (Int32, String) {
      let outcome = try Spiegel.start(["explain"] + more + ["--pipeline", SampleRuns.pipeline]).outcome()
      return (outcome.exitCode, outcome.errors)
    }
    let noIndicator = try errors([run, "kosten", "NL"])
    #expect(noIndicator.0 == 64 && noIndicator.1.contains("kosten-rug-en-nekpijn"))
    #expect(try errors([run, "seh-bezoeken", "BE"]).0 == 64)
    let layouts = try errors([run, "seh-bezoeken", "zuid-limburg"])
    #expect(layouts.0 == 64 && layouts.1.contains("proeftuin, zorgkantoor"))
    #expect(try errors(["/nowhere", "seh-bezoeken", "NL"]).0 == 66)
    let other = try Spiegel.run("explain", run, "seh-bezoeken", "NL", "--pipeline", Spiegel.pipeline("vektis-open"))
    #expect(other.exitCode == 78)
  }
}
