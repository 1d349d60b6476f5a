import CoreDataset
import Definitions
import Testing

@testable import Mirror

@Suite("What a report says of comparisons")
struct ComparedTests {
  static let units = ["p1", "p2"]

  /// A share of two providers beside the nation, the first below its limits.
  static func page(_ change: (inout ComparisonRow) -> Void = { _ in }) throws -> String {
    let text = Localized(nl: "Vooruitgegaan", en: "Improved")
    let indicator = Indicator(
      id: "better", version: "1", name: text, explanation: text, goal: .health, measure: .topBox, population: "",
      reportedBy: nil, unit: Localized(nl: "aandeel", en: "share"), decimals: 1, direction: .higherBetter, target: nil,
      parameters: .init(), comparison: ComparisonSpec(limits: .exact))
    let pipeline = FakeMirror.pipeline(indicators: [indicator])
    let period = try #require(pipeline.periods.last?.id)
    func row(_ unit: String, _ kind: UnitKind, _ value: Double) -> ResultRow {
      var row = ResultRow(
        indicator: "better", definitionVersion: "1", layout: kind == .nation ? "nation" : "provider", unit: unit,
        unitKind: kind, period: period, persons: 200, measured: 200)
      row.numerator = value * 200
      row.denominator = 200
      row.value = value
      if kind == .nation { return row }
      (row.funnelLower998, row.funnelLower95) = (0.36, 0.41)
      (row.funnelUpper95, row.funnelUpper998) = (0.59, 0.64)
      row.funnelBand = value < 0.36 ? "low" : "within"
      return row
    }
    var account = ComparisonRow(
      indicator: "better", definitionVersion: "1", layout: "provider", period: period, stratum: "", limits: "exact",
      overDispersion: "none", minimumRankability: 0.5)
    account.units = 2
    account.target = 0.5
    account.expectedOutside95 = 0.1
    account.expectedOutside998 = 0.004
    account.outside95 = 1
    account.outside998 = 1
    account.rankability = 0.3
    account.order = .notSuitable
    change(&account)
    let input = MirrorInput(
      pipeline: pipeline, results: [row("NL", .nation, 0.5), row("p1", .provider, 0.3), row("p2", .provider, 0.55)],
      providerNames: ["p1": "Een", "p2": "Twee"], runID: "r", generatedFrom: [("f", 1)], providerRegion: [:],
      comparisons: [account])
    var page = ""
    _ = try Mirror.files(input) { file in
      if file.path == "provider/p1/spiegel.html" { page = String(decoding: file.contents, as: UTF8.self) }
    }
    return page
  }

  @Test("limits, false signals and the words that forbid an order")
  func words() throws {
    let page = try Self.page()
    #expect(page.contains("Vergelijking van 2 aanbieders met het landelijke cijfer (50,0%), met exacte grenzen."))
    #expect(page.contains("naar verwachting 0,1 van hen buiten de 95%-grenzen en 0,00 buiten de 99,8%-grenzen"))
    #expect(page.contains("Niet geschikt voor rangorde"))
    // The band, and the bars of the chart.
    #expect(page.contains("<li class=\"clear\">Lager dan landelijk</li>"))
    #expect(page.contains("class=\"expected95\"") && page.contains("class=\"expected998\""))
    #expect(page.contains("Verwachte spreiding (95%): tussen 41,0% en 59,0%"))
    #expect(PageTests.unbalanced(page) == [])
  }

  @Test("an order that means something is not forbidden; widened limits are said")
  func suitable() throws {
    let page = try Self.page {
      $0.order = .suitable
      $0.overDispersion = "additive"
    }
    #expect(!page.contains("Niet geschikt voor rangorde"))
    #expect(page.contains("De grenzen zijn verruimd waar aanbieders meer verschillen"))
    let few = try Self.page {
      $0.overDispersion = "additive"
      $0.reason = "too-few-units-for-over-dispersion"
    }
    #expect(few.contains("te weinig aanbieders om de grenzen te verruimen"))
  }

  @Test("why units were not compared", arguments: ["one-unit", "no-spread", "no-units"])
  func notCompared(reason: String) throws {
    let page = try Self.page {
      $0.units = 0
      $0.reason = reason
    }
    #expect(page.contains("Niet vergeleken: "))
    #expect(!page.contains("Niet vergeleken: \(reason)"))
  }

  @Test(
    "every reason without a figure is said in words",
    arguments: [
      "no-observations", "no-insured-days", "no-cost", "no-inhabitants", "no-standard-population", "no-denominator",
      "too-few-observations", "too-few-events", "no-spread", "small-level", "not-converged", "separation",
      "empty-stratum",
    ])
  func absence(reason: String) {
    for language in Language.allCases { #expect(Texts(language).absence(reason) != reason) }
  }
}
