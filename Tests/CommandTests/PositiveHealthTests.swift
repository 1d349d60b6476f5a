import Foundation
import TestSupport
import Testing

/// The shipped pipeline of Positive Health and of the fourth aim, on the made-up answers beside it.
@Suite struct PositiveHealthTests {
  private static let input = Shared.package.appending(path: "samples/positieve-gezondheid")

  private static let run = Result {
    let workspace = RunWorkspace(folder: try TemporaryFolder.untilExit())
    let outcome = try Spiegel.run(
      "run", Spiegel.pipeline("positieve-gezondheid"), "--input", input.path, "--workspace", workspace.folder.path)
    return (outcome: outcome, workspace: workspace)
  }

  private static func page(_ path: String) throws -> String {
    try String(contentsOf: try run.get().workspace.current.appending(path: "mirror/\(path)"), encoding: .utf8)
  }

  @Test func theSpiderWebIsInEveryReport() throws {
    let run = try Self.run.get()
    #expect(run.outcome.exitCode == 0, "\(run.outcome.errors)")
    for (path, words) in [
      ("nation/NL/spiegel.html", ["Positieve gezondheid in zes dimensies", "Zingeving", "Meedoen"]),
      (
        "provider/06110105/spiegel.html",
        ["Positieve gezondheid in zes dimensies", "Uw cijfer", "Stippellijn: landelijk"]
      ),
      ("provider/06110105/spiegel.en.html", ["Positive health in six dimensions", "Your figure", "Meaningfulness"]),
    ] {
      let page = try Self.page(path)
      #expect(page.contains("class=\"spiderown\""), "\(path)")
      for word in words { #expect(page.contains(word), "\(word) in \(path)") }
    }
  }

  @Test func theFourthAimHasItsPlace() throws {
    let page = try Self.page("provider/06110101/spiegel.html")
    #expect(page.contains("id=\"goal-work\">Werk</h2>"))
    #expect(page.contains("Tevredenheid van zorgverleners met hun werk"))
    // The definitions say which goal is served, with which instrument and source, and who measures.
    let definitions = try #require(page.components(separatedBy: "id=\"definitions\"").last)
    for word in [
      "Dient het doel", "Tevredenheid met het werk", "werkbeleving", "zorgaanbieders", "Positieve gezondheid",
      "patiënten",
    ] { #expect(definitions.contains(word), "\(word)") }
  }

  /// The mean of a column of the delivery for a provider and a year, by the file alone.
  @Test(arguments: [("zingeving", "06110105"), ("meedoen", "06110101"), ("lichaamsfuncties", "06110106")])
  func meansAreThoseOfTheAnswers(dimension: String, provider: String) throws {
    let lines = try String(contentsOf: Self.input.appending(path: "positieve-gezondheid.csv"), encoding: .utf8)
      .split(separator: "\n").map { $0.split(separator: ";", omittingEmptySubsequences: false).map(String.init) }
    let column = try #require(lines[0].firstIndex(of: dimension))
    let marks = lines.dropFirst().filter { $0[1] == provider && $0[0].hasPrefix("2018") }.compactMap {
      Double($0[column])
    }
    try #require(marks.count > 20)
    let csv = try CSVTable(
      try Self.run.get().workspace.current.appending(path: "mirror/provider/\(provider)/spiegel.csv"))
    let row = try #require(
      csv.rows.first { csv.value($0, "indicator") == dimension && csv.value($0, "period") == "2018" })
    let value = try #require(Double(csv.value(row, "value")))
    #expect(abs(value - marks.reduce(0, +) / Double(marks.count)) < 1e-9)
    #expect(csv.value(row, "measured") == "\(marks.count)")
  }
}
