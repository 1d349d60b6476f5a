/// The overview for the steward.
extension Texts {
  var indexTitle: String { say("Overzicht van spiegelbestanden", "Overview of mirror files") }
  var indexIntroduction: String {
    say(
      "Voor de beheerder van de gegevens. Stuur elke ontvanger alleen de eigen map; dit overzicht is niet voor "
        + "ontvangers bestemd.",
      "For the steward of the data. Send each recipient its own folder only; this overview is not meant for recipients."
    )
  }
  var code: String { say("Code", "Code") }
  var kind: String { say("Soort", "Kind") }
  var files: String { say("Bestanden", "Files") }
  var shown: String { say("Getoond", "Shown") }
  var rounded: String { say("Afgerond", "Rounded") }
  var withheld: String { say("Niet getoond", "Not shown") }
  var absent: String { say("Geen cijfer", "No figure") }
  var total: String { say("Totaal", "Total") }
}
