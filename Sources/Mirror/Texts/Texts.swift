import CoreDataset
import Definitions

/// A language of the reports.
enum Language: String, Sendable, CaseIterable {
  case nl, en

  /// Its name in itself, for a link to the report in it.
  var name: String {
    switch self {
    case .nl: "Nederlands"
    case .en: "English"
    }
  }
}

/// All wording of the reports, Dutch and English beside each other, so that no text can lack a language. No word here
/// ranks recipients.
struct Texts: Sendable {
  /// The language.
  let language: Language
  /// Whether the report is about its reader; that of the nation and that for the public are not.
  let isPersonal: Bool

  init(_ language: Language, isPersonal: Bool = true) {
    self.language = language
    self.isPersonal = isPersonal
  }

  /// A text in the language of the report.
  func say(_ dutch: @autoclosure () -> String, _ english: @autoclosure () -> String) -> String {
    switch language {
    case .nl: dutch()
    case .en: english()
    }
  }

  /// A text of the definitions.
  func say(_ text: Localized) -> String { say(text.nl, text.en) }

  // MARK: - Numbers

  /// A number with a fixed number of decimals, half away from zero.
  func number(_ number: Double, decimals: Int) -> String {
    NumberText.text(number, decimals: decimals, language)
  }

  /// A whole number.
  func count(_ number: Int) -> String { NumberText.count(number, language) }

  /// A quantity: with one decimal unless it is whole.
  func quantity(_ number: Double) -> String { self.number(number, decimals: number == number.rounded() ? 0 : 1) }

  // MARK: - Names

  static let provider = Localized(nl: "Zorgaanbieder", en: "Care provider")
  static let everybody = Localized(nl: "Voor iedereen", en: "For everybody")
  static let research = Localized(nl: "Voor onderzoek", en: "For research")
  static let percentWords = ["aandeel", "%", "procent", "percentage", "percent", "share", "proportion"]
  static let euroWords = ["€", "euro", "eur", "euros"]
  var percentagePoints: String { say("procentpunt", "percentage points") }
  static func unnamedProvider(_ agb: String) -> Localized {
    Localized(nl: "Zorgaanbieder \(agb)", en: "Care provider \(agb)")
  }

  func goal(_ goal: Goal) -> String {
    switch goal {
    case .health: say("Gezondheid", "Health")
    case .experience: say("Ervaring", "Experience")
    case .cost: say("Kosten", "Cost")
    case .work: say("Werk", "Work")
    }
  }

  func careType(_ type: CareType) -> String {
    switch type {
    case .generalPractice: say("Huisartsenzorg", "General practice")
    case .medicalSpecialist: say("Medisch-specialistische zorg", "Medical specialist care")
    case .pharmacy: say("Farmacie", "Pharmacy")
    case .mentalHealth: say("Geestelijke gezondheidszorg", "Mental health care")
    case .paramedical: say("Paramedische zorg", "Paramedical care")
    case .districtNursing: say("Wijkverpleging", "District nursing")
    case .devices: say("Hulpmiddelen", "Medical devices")
    case .diagnostics: say("Diagnostiek", "Diagnostics")
    case .transport: say("Ziekenvervoer", "Patient transport")
    case .maternity: say("Geboortezorg", "Maternity care")
    case .dental: say("Mondzorg", "Dental care")
    case .geriatricRehabilitation: say("Geriatrische revalidatie", "Geriatric rehabilitation")
    case .crossBorder: say("Zorg in het buitenland", "Care abroad")
    case .other: say("Overige zorg", "Other care")
    }
  }

  /// A subdivision in words.
  func stratum(_ stratum: String) -> String {
    let parts = stratum.split(separator: "=", maxSplits: 1).map(String.init)
    guard parts.count == 2 else { return stratum }
    if parts[0] == "care_type", let type = CareType(rawValue: parts[1]) { return careType(type) }
    return personStratum(parts[0], parts[1]) ?? "\(parts[0]): \(parts[1])"
  }

  /// A part by age, sex or line of care, or those of whom it is not known; nil for others.
  private func personStratum(_ key: String, _ part: String) -> String? {
    switch key {
    case "age":
      return part == StratumSpec.unknown
        ? say("leeftijd onbekend", "age unknown")
        : say(
          part.split(separator: "-").joined(separator: " t/m ") + " jaar",
          part.split(separator: "-").joined(separator: " to ") + " years")
    case "sex": return Sex(rawValue: part).map(sex)
    case "insurer":
      return part == StratumSpec.unknown
        ? say("zorgverzekeraar onbekend", "health insurer unknown")
        : say("zorgverzekeraar \(part)", "health insurer \(part)")
    case "care_line": return CareLine(rawValue: part).map(careLine)
    default: return part == StratumSpec.unknown ? say("niet ingevuld", "not answered") : nil
    }
  }

  private func sex(_ sex: Sex) -> String {
    switch sex {
    case .male: say("mannen", "men")
    case .female: say("vrouwen", "women")
    case .other: say("anders", "other")
    case .unknown: say("geslacht onbekend", "sex unknown")
    }
  }

  private func careLine(_ line: CareLine) -> String {
    switch line {
    case .first: say("Eerste lijn", "First line")
    case .second: say("Tweede lijn", "Second line")
    case .neither:
      say(
        "Geen van beide (diagnostiek, geneesmiddelen, hulpmiddelen)", "Neither (diagnostics, medicines, devices)")
    }
  }

  /// What the subdivisions of an indicator are.
  func strataTitle(_ strata: [String]) -> String {
    strata.allSatisfy { $0.hasPrefix("care_type=") }
      ? say("Naar soort zorg", "By kind of care") : say("Onderverdeling", "Subdivision")
  }

  func reportedBy(_ reportedBy: ReportedBy) -> String {
    switch reportedBy {
    case .insurer: say("zorgverzekeraars", "health insurers")
    case .provider: say("zorgaanbieders", "care providers")
    case .patient: say("patiënten", "patients")
    case .register: say("registraties", "registries")
    }
  }

  /// Units of a kind, in a sentence.
  func units(_ kind: UnitKind) -> String {
    switch kind {
    case .provider: say("aanbieders", "providers")
    case .insurer: say("zorgverzekeraars", "health insurers")
    case .region, .nation: say("regio’s", "regions")
    }
  }
}
