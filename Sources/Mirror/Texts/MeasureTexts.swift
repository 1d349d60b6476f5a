import CoreDataset
import Definitions

/// How figures are made, and why some are not there.
extension Texts {
  func measure(_ measure: MeasureKind) -> String {
    switch measure {
    case .scoreLevel: say("Gemiddelde score op het meetmoment.", "Mean score at the measurement moment.")
    case .scoreChange:
      say(
        "Gemiddelde verandering van de score tussen twee meetmomenten, van wie beide heeft ingevuld.",
        "Mean change of the score between two measurement moments, of those who completed both.")
    case .scoreShare:
      say(
        "Aandeel personen van wie de score ten minste de afgesproken drempel veranderde.",
        "Share of persons whose score changed by at least the agreed threshold.")
    case .effectSize:
      say(
        "Gemiddelde verandering van de score gedeeld door een standaarddeviatie.",
        "Mean change of the score divided by a standard deviation.")
    case .reliableChange:
      say(
        "Aandeel personen van wie de score meer of minder veranderde dan door meetfouten komt.",
        "Share of persons whose score changed by more than measurement error explains.")
    case .noRoom:
      say(
        "Aandeel personen van wie de eerste score geen ruimte laat om de afgesproken drempel te halen.",
        "Share of persons whose first score leaves no room to reach the agreed threshold.")
    case .adjustedGain:
      say(
        "Gemiddelde winst, gecorrigeerd voor verschillen tussen patiënten met de voorspelling van de bron.",
        "Mean gain, adjusted for differences between patients with the prediction of the source.")
    case .modelledGain:
      say(
        "Gemiddelde winst, gecorrigeerd voor verschillen tussen patiënten met een lineair model op deze gegevens.",
        "Mean gain, adjusted for differences between patients with a linear model fitted on these data.")
    case .modelledShare:
      say(
        "Aandeel personen van wie de score veranderde, gecorrigeerd voor verschillen tussen patiënten met een "
          + "logistisch model op deze gegevens: waargenomen gedeeld door verwacht, maal het landelijke aandeel.",
        "Share of persons whose score changed, adjusted for differences between patients with a logistic model fitted "
          + "on these data: observed over expected, times the national share.")
    case .responseRate:
      say(
        "Aandeel personen dat de vragenlijst (ook) op het latere meetmoment heeft ingevuld.",
        "Share of persons who completed the questionnaire at the later measurement moment (too).")
    case .itemMean: say("Gemiddelde van de antwoorden op één vraag.", "Mean of the answers to one question.")
    case .topBox:
      say(
        "Aandeel antwoorden op één vraag vanaf de afgesproken waarde.",
        "Share of answers to one question at or above the agreed value.")
    case .bottomBox:
      say(
        "Aandeel antwoorden op één vraag tot en met de afgesproken waarde.",
        "Share of answers to one question up to and including the agreed value.")
    case .netPromoterScore:
      say(
        "Aandeel promotors min aandeel criticasters, van −100 tot 100.",
        "Share of promoters minus share of detractors, from −100 to 100.")
    case .stayRate, .bedDays, .readmission, .emergencyRate, .avoidableAdmissions: stayMeasure(measure)
    case .waitingTime:
      say(
        "Aandeel personen van wie de behandeling begon binnen de afgesproken norm voor de wachttijd. Wie nog wacht en de norm "
          + "al voorbij is, telt als te laat; van wie korter dan de norm wordt gevolgd, is de uitkomst nog niet bekend.",
        "Share of persons whose treatment began within the agreed norm for waiting. Who still waits beyond the norm counts "
          + "as late; of who is followed for a shorter time than the norm the outcome is not yet known.")
    case .activityShare:
      say(
        "Aandeel van de gekozen verrichtingen in deze en de andere samen.",
        "Share of the chosen activities in these and the others together.")
    case .healthGainPerCost:
      say(
        "Gemiddelde winst per 1.000 euro zorg van dezelfde personen. Dat zet winst naast kosten; het zegt niet dat de "
          + "kosten de winst maakten.",
        "Mean gain per 1,000 euros of care of the same persons. That puts gain beside cost; it does not say that the cost "
          + "made the gain.")
    case .costPerPersonYear, .costShare, .distinctPerPerson, .eventRate, .claimRate, .groupCostRatio,
      .groupCostPerPersonYear, .groupCostShare:
      claimMeasure(measure)
    }
  }

  private func claimMeasure(_ measure: MeasureKind) -> String {
    switch measure {
    case .costPerPersonYear:
      say(
        "Gedeclareerde kosten gedeeld door het aantal verzekerde jaren.",
        "Claimed costs divided by the number of insured years.")
    case .costShare:
      say("Aandeel van deze zorg in de kosten van alle zorg.", "Share of this care in the costs of all care.")
    case .distinctPerPerson:
      say(
        "Gemiddeld aantal verschillende zorgverleners of specialismen per persoon met zorg.",
        "Mean number of different care professionals or specialties per person with care.")
    case .eventRate:
      say("Aantal gebeurtenissen per 1.000 verzekerde jaren.", "Number of events per 1,000 insured years.")
    case .claimRate:
      say(
        "Declaratieregels per 1.000 inwoners; het gecorrigeerde cijfer houdt rekening met leeftijd en geslacht.",
        "Claim lines per 1,000 inhabitants; the adjusted figure takes age and sex into account.")
    case .groupCostRatio:
      say(
        "Kosten (teller) gedeeld door wat bij deze leeftijden en geslachten te verwachten was (noemer): indirecte "
          + "standaardisatie met alle groepen van het land samen als maatstaf.",
        "Costs (numerator) divided by what was to be expected at these ages and sexes (denominator): indirect "
          + "standardisation with all groups of the country together as the standard.") + " " + withoutInterval
    case .groupCostPerPersonYear:
      say(
        "Kosten gedeeld door het aantal verzekerde jaren; het gecorrigeerde cijfer houdt rekening met leeftijd en "
          + "geslacht.",
        "Costs divided by the number of insured years; the adjusted figure takes age and sex into account.") + " "
        + withoutInterval
    case .groupCostShare:
      say("Aandeel van deze zorg in de kosten van alle zorg.", "Share of this care in the costs of all care.") + " "
        + withoutInterval
    default: self.measure(measure)
    }
  }

  private func stayMeasure(_ measure: MeasureKind) -> String {
    switch measure {
    case .stayRate:
      say(
        "Aantal ziekenhuisopnamen per 1.000 verzekerde jaren.", "Number of hospital stays per 1,000 insured years.")
    case .bedDays:
      say(
        "Aantal verpleegdagen in het ziekenhuis per 1.000 verzekerde jaren.",
        "Number of bed days in hospital per 1,000 insured years.")
    case .readmission:
      say(
        "Aandeel ontslagen uit het ziekenhuis waarop binnen de afgesproken dagen een ongeplande opname volgt. Ongepland is "
          + "een opname met een bezoek aan de spoedeisende hulp op die dag of de dag ervoor: declaraties noemen geen "
          + "urgentie.",
        "Share of discharges from hospital that are followed by an unplanned stay within the agreed days. A stay is "
          + "unplanned with a visit to the emergency department on its first day or the day before: claims do not state "
          + "urgency.")
    case .emergencyRate:
      say(
        "Aantal bezoeken aan de spoedeisende hulp per 1.000 verzekerde jaren.",
        "Number of visits to the emergency department per 1,000 insured years.")
    case .avoidableAdmissions:
      say(
        "Aantal opnamen per 1.000 verzekerde jaren voor aandoeningen waarbij goede zorg buiten het ziekenhuis een opname "
          + "meestal voorkomt.",
        "Number of stays per 1,000 insured years for conditions in which good care outside hospital usually prevents a "
          + "stay.")
    default: self.measure(measure)
    }
  }

  private var withoutInterval: String {
    say(
      "Een interval is er niet: de bron geeft totalen per groep, en daaruit is niet af te leiden hoe personen "
        + "verschillen.",
      "There is no interval: the source gives totals per group, from which it cannot be told how persons differ.")
  }

  /// How an indicator is made, in short sentences.
  func method(_ part: IndicatorReport) -> String {
    let indicator = part.indicator
    var text = "\(measure(indicator.measure)) \(say("Groep", "Group")): \(say(part.population))."
    if let source = indicator.reportedBy {
      text += " \(say("Afgesproken bron", "Agreed source")): \(reportedBy(source))."
    }
    if let threshold = indicator.parameters.threshold {
      text +=
        " \(say("Drempel", "Threshold")): \(number(threshold.value, decimals: indicator.decimals)) (\(threshold.why))."
    }
    if let target = indicator.target {
      text += " \(say("Doel volgens", "Target after")): \(target.threshold.why) (\(target.threshold.since))."
    }
    return text + " "
      + say(
        "Definitie \(indicator.id), versie \(indicator.version).",
        "Definition \(indicator.id), version \(indicator.version).")
  }

  /// Why there is no figure, by the reason code of the results.
  func absence(_ reason: String) -> String {
    switch reason {
    case "no-observations": say("er zijn geen metingen", "there are no measurements")
    case "no-insured-days": say("er zijn geen verzekerde dagen", "there are no insured days")
    case "no-cost": say("er zijn geen kosten", "there are no costs")
    case "no-events": say("deze verrichtingen kwamen niet voor", "these activities did not occur")
    case "no-inhabitants": say("het aantal inwoners is niet bekend", "the number of inhabitants is not known")
    case "no-standard-population": say("er is geen standaardbevolking", "there is no standard population")
    case "no-denominator":
      say("er is niets verwacht om mee te vergelijken", "nothing was expected to compare with")
    case "too-few-observations":
      say("er zijn te weinig metingen voor deze methode", "there are too few measurements for this method")
    case "too-few-events":
      say("er zijn te weinig gebeurtenissen voor deze methode", "there are too few events for this method")
    case "no-spread": say("alle uitkomsten zijn gelijk", "all outcomes are equal")
    case "small-level":
      say("een groep in het correctiemodel is te klein", "a group in the adjustment model is too small")
    case "not-converged":
      say("het correctiemodel kwam niet tot een uitkomst", "the adjustment model did not come to a solution")
    case "separation":
      say(
        "het correctiemodel voorspelt de uitkomst volledig en is daarom niet bruikbaar",
        "the adjustment model predicts the outcome completely and therefore cannot be used")
    case "empty-stratum":
      say("een deel van de standaardbevolking is leeg", "a part of the standard population is empty")
    default: reason
    }
  }
}
