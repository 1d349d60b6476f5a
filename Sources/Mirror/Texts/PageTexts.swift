import CoreDataset
import Definitions

/// The page around the figures.
extension Texts {
  var mirrorInformation: String { say("Spiegelinformatie", "Mirror information") }
  func pageTitle(_ name: String) -> String { "\(mirrorInformation) \(name)" }
  var skip: String { say("Naar de inhoud", "Skip to content") }
  var otherLanguage: String { say("Dit rapport in een andere taal", "This report in another language") }
  var recipient: String { say("Ontvanger", "Recipient") }
  var period: String { say("Periode", "Period") }
  func periods(_ first: String, _ last: String, baseline: String?) -> String {
    let span = first == last ? first : say("\(first) tot en met \(last)", "\(first) to \(last)")
    return span + (baseline.map { say(", nulmeting \($0)", ", reference measurement \($0)") } ?? "")
  }
  var careProviderNumber: String { say("AGB-code", "AGB code") }
  var publishedFigures: String { say("Cijfers", "Figures") }
  func publishedFigures(_ counts: MirrorCounts) -> String {
    let shown = count(counts.shown + counts.rounded)
    let withheld = count(counts.withheld)
    return say("\(shown) getoond, \(withheld) niet getoond", "\(shown) shown, \(withheld) not shown")
  }
  var overview: String { say("Overzicht", "Overview") }
  var goToIndicator: String { say("Indicator", "Indicator") }
  var difference: String { say("Verschil met landelijk", "Difference from national") }
  var details: String { say("Alle cijfers in een tabel", "All figures in a table") }

  var noValue: String { "–" }
  var stratumColumn: String { say("Onderdeel", "Part") }
  var bar: String { say("Balk", "Bar") }
  var barNote: String {
    say(
      "Balk: \(ownFigure.lowercased()). Streepje: landelijk cijfer.",
      "Bar: \(ownFigure.lowercased()). Tick: national figure.")
  }
  var interval: String { say("95%-interval", "95% interval") }
  var persons: String { say("Personen", "Persons") }
  var measured: String { say("Metingen", "Measurements") }
  var numerator: String { say("Teller", "Numerator") }
  var denominator: String { say("Noemer", "Denominator") }
  var adjusted: String { say("Gecorrigeerd", "Adjusted") }
  var expected: String { say("Verwacht", "Expected") }
  var median: String { say("Mediaan", "Median") }
  var change: String { say("Verandering", "Change") }
  var band: String { say("Spreiding", "Spread") }
  var remark: String { say("Opmerking", "Remark") }

  var accountTitle: String { say("Verantwoording", "Account") }
  var purpose: String { say("Doel van deze cijfers", "Purpose of these figures") }
  var legalBasis: String { say("Grondslag", "Legal basis") }
  var definitions: String { say("Definities", "Definitions") }
  func definitions(_ pipeline: Pipeline) -> String {
    say("\(pipeline.id), versie \(pipeline.version)", "\(pipeline.id), version \(pipeline.version)")
  }
  var smallNumbers: String { say("Kleine aantallen", "Small numbers") }
  func smallNumbers(_ threshold: Threshold) -> String {
    let least = number(threshold.value, decimals: 0)
    return say(
      "Ten minste \(least) personen per cijfer (\(threshold.why); sinds \(threshold.since)).",
      "At least \(least) persons per figure (\(threshold.why); since \(threshold.since)).")
  }
  var run: String { say("Kenmerk van de berekening", "Id of the computation") }
  var sources: String { say("Bronnen", "Sources") }
  var file: String { say("Bestand", "File") }
  var records: String { say("Regels", "Records") }
  var definitionList: String { say("Definities van de indicatoren", "Definitions of the indicators") }
}

/// Definitions and care providers.
extension Texts {
  var indicator: String { say("Indicator", "Indicator") }
  var definition: String { say("Definitie", "Definition") }
  var measuredWith: String { say("Gemeten met", "Measured with") }
  var threshold: String { say("Drempel", "Threshold") }
  var figure: String { say("Cijfer", "Figure") }
  /// What figures without a questionnaire are measured with.
  var claims: String { say("Declaraties", "Claims") }
  var servesGoal: String { say("Dient het doel", "Serves the goal") }
  var agreedSource: String { say("Afgesproken bron", "Agreed source") }
  var whoMeasures: String { say("Wie meet", "Who measures") }
  var reference: String { say("Verwijzing", "Reference") }
  func definition(_ indicator: Indicator) -> String {
    say("\(indicator.id), versie \(indicator.version)", "\(indicator.id), version \(indicator.version)")
  }
  var providersTitle: String { say("Zorgaanbieders in deze regio", "Care providers in this region") }
  func providersNote(_ agreement: Audience.Agreement) -> String {
    say(
      "Cijfers van zorgaanbieders staan hier bij naam volgens afspraak: \(agreement.why) (sinds \(agreement.since)). De "
        + "volgorde is die van de AGB-codes en zegt niets over de cijfers.",
      "Figures of care providers are given by name after an agreement: \(agreement.why) (since \(agreement.since)). The "
        + "order is that of the AGB codes and says nothing of the figures.")
  }
}
