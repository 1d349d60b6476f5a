import Definitions
import Testing

@Suite("The currency of amounts")
struct CurrencyTests {
  private func pipeline(_ currency: String?, source: String? = nil, unit: String = "{nl: USD, en: USD}") throws
    -> SmallPipeline
  {
    var pipeline = SmallPipeline()
    if let currency { try pipeline.edit("pipeline.yaml", "version: \"1\"", "version: \"1\"\ncurrency: \(currency)") }
    if let source {
      try pipeline.edit("sources/claims.yaml", "version: \"1\"", "version: \"1\"\ncurrency: \(source)")
    }
    try pipeline.edit("indicators/cost.yaml", "{nl: euro, en: euros}", unit)
    return pipeline
  }

  @Test("usually euros, or what the pipeline says; indicators carry it")
  func found() throws {
    #expect(try SmallPipeline().load().currency == "EUR")
    let dollars = try pipeline("USD", source: "USD").load()
    #expect(dollars.currency == "USD")
    #expect(dollars.indicators.allSatisfy { $0.currency == "USD" })
    #expect(try pipeline(nil, source: "EUR", unit: "{nl: euro, en: euros}").problems() == [])
  }

  @Test("not mixed, not misspelt, and not called euros")
  func wrong() throws {
    #expect(
      try pipeline("dollar").problems() == [
        "pipeline.yaml:2:11: expected three capital letters, such as EUR, found \"dollar\""
      ])
    #expect(
      try pipeline("USD", source: "EUR").problems() == [
        "sources/claims.yaml:2:11: amounts in EUR do not go with those of the pipeline, in USD; currencies are not mixed"
      ])
    #expect(
      try pipeline(nil, source: "USD").problems() == [
        "sources/claims.yaml:2:11: amounts in USD do not go with those of the pipeline, in EUR; currencies are not mixed"
      ])
    let euros = try pipeline("USD", unit: "{nl: € per jaar, en: per year}").problems()
    #expect(
      !euros.isEmpty && euros.allSatisfy { $0.hasSuffix("the amounts of this pipeline are in USD, not in euros") })
  }
}
