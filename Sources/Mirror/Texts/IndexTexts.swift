import CoreDataset

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
  var recipients: String { say("Ontvangers", "Recipients") }
  var code: String { say("Code", "Code") }
  var kind: String { say("Soort", "Kind") }
  var files: String { say("Bestanden", "Files") }
  var shown: String { say("Getoond", "Shown") }
  var rounded: String { say("Afgerond", "Rounded") }
  var withheld: String { say("Niet getoond", "Not shown") }
  var absent: String { say("Geen cijfer", "No figure") }
  var total: String { say("Totaal", "Total") }

  var changesTitle: String { say("Wat er veranderd is sinds de vorige keer", "What changed since the last run") }

  // MARK: - Status

  var statusTitle: String { say("Wat er berekend is", "What was computed") }
  var statusWord: String { say("Status", "Status") }
  var meaning: String { say("Betekenis", "Meaning") }
  func status(_ status: ResultStatus) -> String {
    switch status {
    case .ok: say("in orde", "ok")
    case .indicative: say("indicatief", "indicative")
    case .insufficient: say("onvoldoende", "insufficient")
    case .blocked: say("geblokkeerd", "blocked")
    }
  }
  func statusMeaning(_ status: ResultStatus) -> String {
    switch status {
    case .ok: say("het cijfer staat", "the figure stands")
    case .indicative:
      say(
        "het cijfer berust op weinig waarnemingen of op declaraties die nog niet compleet zijn",
        "the figure rests on few observations, or on claims that are not complete yet")
    case .insufficient: say("er is geen cijfer te berekenen", "no figure can be computed")
    case .blocked: say("een kritieke bevinding verbiedt het cijfer", "a critical finding forbids the figure")
    }
  }
  var qualityLink: String { say("Kwaliteit van de aanleveringen", "Quality of the deliveries") }

  // MARK: - Withheld

  var withheldTitle: String { say("Wat niet getoond is, en waarom", "What was not shown, and why") }
  var protectionWord: String { say("Bescherming", "Protection") }
  var withheldNote: String {
    say(
      "Alle cijfers van de berekening, naar de regel die als eerste gold. In de bestanden van ontvangers staat niet welke "
        + "regel het was.",
      "All figures of the computation, by the rule that came first. The files of recipients do not say which rule it was."
    )
  }
  func protection(_ protection: Protection) -> String {
    switch protection {
    case .none: say("getoond zoals berekend", "shown as computed")
    case .rounded: roundedShort
    case .fewPersons: say("te weinig personen", "too few persons")
    case .smallGroup: say("te weinig personen in een deel van de groep", "too few persons in a part of the group")
    case .wholeGroup: say("het geldt voor iedereen of niemand", "it holds for everybody or nobody")
    case .dominance: say("een of twee personen overheersen het bedrag", "one or two persons dominate the amount")
    case .secondary: say("om een ander cijfer te beschermen", "to protect another figure")
    }
  }
  var recordsAccepted: String { say("Regels aangenomen", "Records accepted") }
}
