import CoreDataset
import Definitions

/// All Dutch wording of the reports. No word here ranks recipients.
enum Dutch {
  // MARK: - Names

  static let nation = "Nederland"
  static let provider = "Zorgaanbieder"
  static let percentWords = ["aandeel", "%", "procent"]
  static let euroWords = ["€", "euro", "eur"]
  static let percentagePoints = "procentpunt"
  static func unnamedProvider(_ agb: String) -> String { "Zorgaanbieder \(agb)" }

  static func goal(_ goal: Goal) -> String {
    switch goal {
    case .health: "Gezondheid"
    case .experience: "Ervaring"
    case .cost: "Kosten"
    case .work: "Werk"
    }
  }

  static func careType(_ type: CareType) -> String {
    switch type {
    case .generalPractice: "Huisartsenzorg"
    case .medicalSpecialist: "Medisch-specialistische zorg"
    case .pharmacy: "Farmacie"
    case .mentalHealth: "Geestelijke gezondheidszorg"
    case .paramedical: "Paramedische zorg"
    case .districtNursing: "Wijkverpleging"
    case .devices: "Hulpmiddelen"
    case .diagnostics: "Diagnostiek"
    case .transport: "Ziekenvervoer"
    case .maternity: "Geboortezorg"
    case .dental: "Mondzorg"
    case .geriatricRehabilitation: "Geriatrische revalidatie"
    case .crossBorder: "Zorg in het buitenland"
    case .other: "Overige zorg"
    }
  }

  /// A subdivision in words.
  static func stratum(_ stratum: String) -> String {
    let parts = stratum.split(separator: "=", maxSplits: 1).map(String.init)
    guard parts.count == 2 else { return stratum }
    if parts[0] == "care_type", let type = CareType(rawValue: parts[1]) { return careType(type) }
    if let words = personStratum(parts[0], parts[1]) { return words }
    return "\(parts[0]): \(parts[1])"
  }

  /// What the subdivisions of an indicator are.
  static func strataTitle(_ strata: [String]) -> String {
    strata.allSatisfy { $0.hasPrefix("care_type=") } ? "Naar soort zorg" : "Onderverdeling"
  }

  static func reportedBy(_ reportedBy: ReportedBy) -> String {
    switch reportedBy {
    case .insurer: "zorgverzekeraars"
    case .provider: "zorgaanbieders"
    case .patient: "patiënten"
    case .register: "registraties"
    }
  }

  static func measure(_ measure: MeasureKind) -> String {
    switch measure {
    case .scoreLevel: "Gemiddelde score op het meetmoment."
    case .scoreChange: "Gemiddelde verandering van de score tussen twee meetmomenten, van wie beide heeft ingevuld."
    case .scoreShare: "Aandeel personen van wie de score ten minste de afgesproken drempel veranderde."
    case .effectSize: "Gemiddelde verandering van de score gedeeld door een standaarddeviatie."
    case .reliableChange: "Aandeel personen van wie de score meer of minder veranderde dan door meetfouten komt."
    case .noRoom: "Aandeel personen van wie de eerste score geen ruimte laat om de afgesproken drempel te halen."
    case .adjustedGain:
      "Gemiddelde winst, gecorrigeerd voor verschillen tussen patiënten met de voorspelling van de bron."
    case .modelledGain:
      "Gemiddelde winst, gecorrigeerd voor verschillen tussen patiënten met een lineair model op deze gegevens."
    case .modelledShare:
      "Aandeel personen van wie de score veranderde, gecorrigeerd voor verschillen tussen patiënten met een logistisch "
        + "model op deze gegevens: waargenomen gedeeld door verwacht, maal het landelijke aandeel."
    case .responseRate: "Aandeel personen dat de vragenlijst (ook) op het latere meetmoment heeft ingevuld."
    case .itemMean: "Gemiddelde van de antwoorden op één vraag."
    case .topBox: "Aandeel antwoorden op één vraag vanaf de afgesproken waarde."
    case .bottomBox: "Aandeel antwoorden op één vraag tot en met de afgesproken waarde."
    case .netPromoterScore: "Aandeel promotors min aandeel criticasters, van −100 tot 100."
    case .costPerPersonYear: "Gedeclareerde kosten gedeeld door het aantal verzekerde jaren."
    case .costShare: "Aandeel van deze zorg in de kosten van alle zorg."
    case .distinctPerPerson: "Gemiddeld aantal verschillende zorgverleners of specialismen per persoon met zorg."
    case .eventRate: "Aantal gebeurtenissen per 1.000 verzekerde jaren."
    case .activityShare: "Aandeel van de gekozen verrichtingen in deze en de andere samen."
    case .healthGainPerCost:
      "Gemiddelde winst per 1.000 euro zorg van dezelfde personen. Dat zet winst naast kosten; het zegt niet dat de kosten "
        + "de winst maakten."
    case .claimRate:
      "Declaratieregels per 1.000 inwoners; het gecorrigeerde cijfer houdt rekening met leeftijd en geslacht."
    case .stayRate: "Aantal ziekenhuisopnamen per 1.000 verzekerde jaren."
    case .bedDays: "Aantal verpleegdagen in het ziekenhuis per 1.000 verzekerde jaren."
    case .readmission:
      "Aandeel ontslagen uit het ziekenhuis waarop binnen de afgesproken dagen een ongeplande opname volgt. Ongepland is "
        + "een opname met een bezoek aan de spoedeisende hulp op die dag of de dag ervoor: declaraties noemen geen "
        + "urgentie."
    case .emergencyRate: "Aantal bezoeken aan de spoedeisende hulp per 1.000 verzekerde jaren."
    case .avoidableAdmissions:
      "Aantal opnamen per 1.000 verzekerde jaren voor aandoeningen waarbij goede zorg buiten het ziekenhuis een opname "
        + "meestal voorkomt."
    case .groupCostRatio:
      "Kosten (teller) gedeeld door wat bij deze leeftijden en geslachten te verwachten was (noemer): indirecte "
        + "standaardisatie met alle groepen van het land samen als maatstaf. \(withoutInterval)"
    case .groupCostPerPersonYear:
      "Kosten gedeeld door het aantal verzekerde jaren; het gecorrigeerde cijfer houdt rekening met leeftijd en "
        + "geslacht. \(withoutInterval)"
    case .groupCostShare: "Aandeel van deze zorg in de kosten van alle zorg. \(withoutInterval)"
    }
  }

  private static let withoutInterval =
    "Een interval is er niet: de bron geeft totalen per groep, en daaruit is niet af te leiden hoe personen verschillen."

  // MARK: - Figures

  static let ownFigure = "Uw cijfer"
  static let national = "Landelijk"
  static let target = "Doel"
  static let baseline = "Nulmeting"
  static let notShownShort = "n.g."

  /// Why there is no figure, in a few words.
  static func notShown(_ figure: MirrorFigure, minimum: Int) -> String {
    switch figure.protection {
    case .fewPersons, .smallGroup, .wholeGroup, .dominance, .secondary:
      return "niet getoond: minder dan \(minimum) personen, of nodig om een ander cijfer te beschermen"
    case .none, .rounded: break
    }
    if figure.own.status == .blocked {
      return "geen cijfer, want de gegevens kloppen niet: \(BlockedReason.dutch(figure.own.reason))"
    }
    return figure.own.reason.isEmpty ? "geen cijfer" : "geen cijfer: \(absence(figure.own.reason))"
  }

  static func interval(_ lower: String, _ upper: String) -> String {
    "95%-betrouwbaarheidsinterval: tussen \(lower) en \(upper)"
  }
  static func persons(_ persons: Int, measured: Int) -> String {
    let text = "\(DutchNumber.count(persons)) \(persons == 1 ? "persoon" : "personen")"
    return measured == persons || measured == 0 ? text : text + ", \(DutchNumber.count(measured)) metingen"
  }
  static let roundedNote = "afgerond op hele procenten; aantallen niet getoond omdat een deel van de groep te klein is"
  static let roundedShort = "afgerond, zonder aantallen"
  static let indicative = "Indicatief"
  static let indicativeNote = "Dit cijfer berust op weinig waarnemingen en is alleen een indicatie."
  static func peersLabel(_ kind: UnitKind) -> String { kind == .provider ? "Alle aanbieders" : "Alle regio’s" }
  static func peersMedian(_ kind: UnitKind) -> String {
    kind == .provider ? "Mediaan aanbieders" : "Mediaan regio’s"
  }
  static func peers(_ peers: Peers, _ style: ValueStyle) -> String {
    "middelste helft \(style.value(peers.lowerQuartile))–\(style.value(peers.upperQuartile))"
  }
  static func since(_ period: String) -> String { "Sinds \(period)" }
  static func region(_ name: String) -> String { "Regio \(name)" }

  static func direction(_ direction: Direction) -> String {
    switch direction {
    case .higherBetter: "Hoger is gunstiger."
    case .lowerBetter: "Lager is gunstiger."
    case .neutral: "Hoger of lager is op zichzelf niet gunstig of ongunstig."
    }
  }

  static func comparison(_ comparison: Comparison) -> String {
    switch comparison {
    case .higher: "Hoger dan landelijk"
    case .lower: "Lager dan landelijk"
    case .perhapsHigher: "Let op: mogelijk hoger dan landelijk"
    case .perhapsLower: "Let op: mogelijk lager dan landelijk"
    case .noDifference: "Geen duidelijk verschil met landelijk"
    }
  }
  /// The same in a table that says with what is compared.
  static func shortComparison(_ comparison: Comparison) -> String {
    switch comparison {
    case .higher: "hoger"
    case .lower: "lager"
    case .perhapsHigher: "let op: hoger"
    case .perhapsLower: "let op: lager"
    case .noDifference: "geen duidelijk verschil"
    }
  }
  static func targetStatus(_ isMet: Bool) -> String { isMet ? "Doel gehaald" : "Doel niet gehaald" }
  /// The same in a column that says that it is about a target.
  static func shortTargetStatus(_ isMet: Bool) -> String { isMet ? "gehaald" : "niet gehaald" }
  static func funnelBand(_ band: String) -> String {
    switch band {
    case "within": "binnen de verwachte spreiding"
    case "attention-low": "let op, aan de lage kant"
    case "attention-high": "let op, aan de hoge kant"
    case "low": "lager dan verwacht"
    case "high": "hoger dan verwacht"
    default: band
    }
  }

  /// A target in words.
  static func target(_ target: Double, _ indicator: Indicator, _ style: ValueStyle) -> String {
    if indicator.target?.kind == .change {
      let size =
        indicator.measure.hasRelativeChange
        ? DutchNumber.text(abs(target) * 100, decimals: target * 100 == (target * 100).rounded() ? 0 : 1) + "%"
        : style.change(abs(target)).replacing("+", with: "")
      return "ten minste \(size) \(target < 0 ? "lager" : "hoger") dan de nulmeting"
    }
    let value = style.value(target)
    return switch indicator.direction {
    case .higherBetter: "ten minste \(value)"
    case .lowerBetter: "hoogstens \(value)"
    case .neutral: value
    }
  }

  // MARK: - Signals

  static let signalsTitle = "Wat valt op"
  static let nothingShown =
    "Over deze ontvanger is geen cijfer te tonen; de reden staat bij elke indicator. De landelijke cijfers staan hieronder."
  static let noIntervals =
    "De cijfers van deze ontvanger hebben geen interval. Daarom staat er niet bij of ze duidelijk van het landelijke cijfer "
    + "afwijken."
  static let noSignals =
    "Geen van uw cijfers wijkt duidelijk af van het landelijke cijfer, er zijn geen doelen om aan te toetsen en de "
    + "veranderingen sinds de nulmeting vallen binnen de onzekerheid."

  /// What a signal says, after the name of the indicator.
  static func signal(_ signal: Signal, _ style: ValueStyle) -> String {
    let own = signal.figure.own
    let style = style.of(signal.figure)
    let value = own.value.map(style.valueWithUnit) ?? noValue
    switch signal.kind {
    case .difference(let nation):
      let word = (own.value ?? 0) > nation ? "hoger" : "lager"
      return "uw cijfer over \(own.period) is \(value), duidelijk \(word) dan het landelijke cijfer "
        + "(\(style.value(nation))). \(direction(signal.indicator.direction))"
    case .target(let target, let isMet):
      return "het doel voor \(own.period) (\(self.target(target, signal.indicator, style))) is "
        + "\(isMet ? "gehaald" : "niet gehaald"); uw cijfer is \(value)"
        + (own.change.map { ", \(style.change($0)) sinds de nulmeting." } ?? ".")
    case .change(let before, let change, let period):
      return "uw cijfer ging van \(style.value(before)) in \(period) naar \(value) in \(own.period) "
        + "(\(style.change(change))): uw grootste verandering, gemeten naar de onzekerheid. \(direction(signal.indicator.direction))"
    }
  }

  // MARK: - Charts in words

  static func strip(_ name: String, own: String, nation: String?, peers: String?, target: String?, expected: String?)
    -> String
  {
    var text = "\(name). \(ownFigure): \(own)."
    if let nation { text += " \(national): \(nation)." }
    if let expected { text += " \(expected)." }
    if let peers { text += " \(peers)." }
    if let target { text += " \(self.target): \(target)." }
    return text
  }
  static func trend(_ name: String, _ points: [(period: String, own: String, nation: String?)]) -> String {
    "Verloop van \(name). "
      + points.map { point in
        "\(point.period): \(point.own)" + (point.nation.map { ", landelijk \($0)" } ?? "")
      }.joined(separator: "; ") + "."
  }
  static let stripCaption = "Uw cijfer vergeleken"
  static let trendCaption = "Uw cijfer door de tijd"

  // MARK: - The page

  static let mirrorInformation = "Spiegelinformatie"
  static func pageTitle(_ name: String) -> String { "Spiegelinformatie \(name)" }
  static let recipient = "Ontvanger"
  static let period = "Periode"
  static func periods(_ first: String, _ last: String, baseline: String?) -> String {
    (first == last ? first : "\(first) tot en met \(last)") + (baseline.map { ", nulmeting \($0)" } ?? "")
  }
  static let careProviderNumber = "AGB-code"
  static let publishedFigures = "Cijfers"
  static func publishedFigures(_ counts: MirrorCounts) -> String {
    let shown = counts.shown + counts.rounded
    return "\(DutchNumber.count(shown)) getoond, \(DutchNumber.count(counts.withheld)) niet getoond"
  }
  static let overview = "Overzicht"
  static let goToIndicator = "Indicator"
  static let difference = "Verschil met landelijk"
  static let details = "Alle cijfers in een tabel"

  static let columns = (
    period: "Periode", own: "Uw cijfer", interval: "95%-interval", persons: "Personen", measured: "Metingen",
    numerator: "Teller", denominator: "Noemer", adjusted: "Gecorrigeerd", expected: "Verwacht", nation: "Landelijk",
    quarter: "P25", median: "Mediaan", threeQuarters: "P75", change: "Verandering", target: "Doel", band: "Spreiding",
    remark: "Opmerking"
  )
  static let noValue = "–"
  static let stratumColumn = "Onderdeel"
  static let bar = "Balk"
  static let barNote = "Balk: uw cijfer. Streepje: landelijk cijfer."

  /// How an indicator is made, in short sentences.
  static func method(_ part: IndicatorReport) -> String {
    let indicator = part.indicator
    var text = "\(measure(indicator.measure)) Groep: \(part.population)."
    if let source = indicator.reportedBy { text += " Afgesproken bron: \(reportedBy(source))." }
    if let threshold = indicator.parameters.threshold {
      text += " Drempel: \(DutchNumber.text(threshold.value, decimals: indicator.decimals)) (\(threshold.why))."
    }
    if let target = indicator.target { text += " Doel volgens: \(target.threshold.why) (\(target.threshold.since))." }
    return text + " Definitie \(indicator.id), versie \(indicator.version)."
  }

  static let readingTitle = "Hoe leest u deze grafieken"
  /// How to read the charts; `indicators` is how many were compared with the national figure.
  static func reading(minimum: Int, indicators: Int) -> [(term: String, text: String)] {
    // 99.8% intervals: 2 in 1,000 exclude the national figure by chance (two-sided normal, 3.09 standard errors).
    let expected = DutchNumber.text(Double(indicators) * 0.002, decimals: 2)
    return [
      (
        "Stip met balk",
        "De blauwe stip is uw cijfer. De balk eromheen is het 95%-betrouwbaarheidsinterval: hoe smaller, hoe zekerder "
          + "het cijfer. Bij weinig personen is de balk breed."
      ),
      (
        "Zwarte lijn",
        "Het landelijke cijfer: dat van alle personen in de aanleveringen samen, die niet heel Nederland hoeven te "
          + "zijn. In het verloop door de tijd is deze lijn gestreept."
      ),
      (
        "Lichtblauw vlak",
        "De middelste helft van alle aanbieders of regio’s in dezelfde indeling, uzelf inbegrepen, met een streep bij de "
          + "mediaan. Het wordt getoond bij ten minste \(Peers.minimumUnits) cijfers; afzonderlijke cijfers van anderen "
          + "zijn niet te zien."
      ),
      (
        "Grijze balk",
        "Waar uw cijfer bij uw aantal personen naar verwachting ligt als u niet van het landelijke cijfer verschilt: donker "
          + "in 95 van de 100 gevallen, licht in 998 van de 1.000."
      ),
      ("Oranje ruit", "Het afgesproken doel."),
      (
        "Duidelijk hoger of lager",
        "Dit staat er alleen als uw cijfer buiten de 99,8%-grenzen rond het landelijke cijfer ligt, of, waar die grenzen "
          + "er niet zijn, het landelijke cijfer buiten uw 99,8%-interval. Door toeval gebeurt dat bij "
          + "\(indicators) vergelijkingen naar verwachting \(expected) keer. Ligt het alleen buiten 95%, dan staat er "
          + "‘let op’."
      ),
      (
        "Niet getoond (n.g.)",
        "Cijfers over minder dan \(minimum) personen worden niet getoond, ook niet als ze uit andere cijfers te "
          + "berekenen zouden zijn. Soms is een percentage daarom afgerond en zonder aantallen; een gestippeld kader om de "
          + "stip toont dan waar het cijfer kan liggen."
      ),
      (
        "Voorzichtig vergelijken",
        "Verschillen kunnen ook komen door andere patiënten, andere registratie of toeval. Dit rapport is bedoeld om "
          + "van te leren en het gesprek te voeren; het is geen ranglijst."
      ),
    ]
  }

  static let accountTitle = "Verantwoording"
  static let purpose = "Doel van deze cijfers"
  static let legalBasis = "Grondslag"
  static let definitions = "Definities"
  static func definitions(_ pipeline: Pipeline) -> String { "\(pipeline.id), versie \(pipeline.version)" }
  static let smallNumbers = "Kleine aantallen"
  static func smallNumbers(_ threshold: Threshold) -> String {
    "Ten minste \(DutchNumber.text(threshold.value, decimals: 0)) personen per cijfer (\(threshold.why); sinds "
      + "\(threshold.since))."
  }
  static let run = "Kenmerk van de berekening"
  static let sources = "Bronnen"
  static let file = "Bestand"
  static let records = "Regels"

  // MARK: - Index

  static let indexTitle = "Overzicht van spiegelbestanden"
  static let indexIntroduction =
    "Voor de beheerder van de gegevens. Stuur elke ontvanger alleen het eigen bestand; dit overzicht is niet voor "
    + "ontvangers bestemd."
  static let indexColumns = (
    recipient: "Ontvanger", code: "Code", kind: "Soort", files: "Bestanden", shown: "Getoond", rounded: "Afgerond",
    withheld: "Niet getoond", absent: "Geen cijfer", total: "Totaal"
  )
}
