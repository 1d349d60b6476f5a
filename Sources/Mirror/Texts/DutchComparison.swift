import CoreDataset
import Definitions

/// What a report says of the way in which units were compared.
extension Dutch {
  /// Limits, numbers outside them by chance, and whether an order would mean anything.
  static func compared(_ row: ComparisonRow, kind: UnitKind, _ style: ValueStyle) -> String {
    let units = kind == .provider ? "aanbieders" : "regio’s"
    guard row.units > 0 else { return notCompared(row, units) }
    if row.limits == ComparisonSpec.Limits.none.rawValue {
      return
        "Verschillen tussen \(DutchNumber.count(row.units)) \(units). Er zijn geen grenzen bij getekend: hoe personen van "
        + "elkaar verschillen, en dus wat toeval doet, is uit totalen van groepen niet op te maken."
    }
    var text = "Vergelijking van \(DutchNumber.count(row.units)) \(units) met het landelijke cijfer"
    if let target = row.target { text += " (\(style.valueWithUnit(target)))" }
    switch row.limits {
    case "exact": text += ", met exacte grenzen."
    case "funnelplotr": text += ", met χ²-grenzen zoals het R-pakket FunnelPlotR die tekent."
    default: text += ", met grenzen volgens de normale verdeling."
    }
    if row.overDispersion != "none" {
      text +=
        row.reason == "too-few-units-for-over-dispersion"
        ? " Er zijn te weinig \(units) om de grenzen te verruimen voor verschillen die niet door toeval komen."
        : " De grenzen zijn verruimd waar \(units) meer verschillen dan door toeval te verwachten is."
    }
    if let narrow = row.expectedOutside95, let wide = row.expectedOutside998 {
      text +=
        " Door toeval alleen vallen naar verwachting \(DutchNumber.text(narrow, decimals: 1)) van hen buiten de "
        + "95%-grenzen en \(DutchNumber.text(wide, decimals: 2)) buiten de 99,8%-grenzen; het zijn er "
        + "\(DutchNumber.count(row.outside95)) en \(DutchNumber.count(row.outside998))."
    }
    if row.order == .notSuitable, let rankability = row.rankability {
      text +=
        " Niet geschikt voor rangorde: van de verschillen tussen \(units) is een deel van "
        + "\(DutchNumber.text(rankability, decimals: 2)) geen toeval, minder dan "
        + "\(DutchNumber.text(row.minimumRankability, decimals: 2))."
    }
    return text
  }

  static let expectedLabel = "Verwacht"
  static func expected(_ lower: String, _ upper: String) -> String {
    "Verwachte spreiding (95%): tussen \(lower) en \(upper)"
  }

  private static func notCompared(_ row: ComparisonRow, _ units: String) -> String {
    switch row.reason {
    case "one-unit": "Niet vergeleken: er is maar één eenheid met genoeg personen."
    case "no-spread": "Niet vergeleken: alle cijfers zijn gelijk, er is geen spreiding."
    default: "Niet vergeleken: er zijn geen \(units) met genoeg personen."
    }
  }

  /// Why there is no figure, by the reason code of the results.
  static func absence(_ reason: String) -> String {
    switch reason {
    case "no-observations": "er zijn geen metingen"
    case "no-insured-days": "er zijn geen verzekerde dagen"
    case "no-cost": "er zijn geen kosten"
    case "no-events": "deze verrichtingen kwamen niet voor"
    case "no-inhabitants": "het aantal inwoners is niet bekend"
    case "no-standard-population": "er is geen standaardbevolking"
    case "no-denominator": "er is niets verwacht om mee te vergelijken"
    case "too-few-observations": "er zijn te weinig metingen voor deze methode"
    case "too-few-events": "er zijn te weinig gebeurtenissen voor deze methode"
    case "no-spread": "alle uitkomsten zijn gelijk"
    case "small-level": "een groep in het correctiemodel is te klein"
    case "not-converged": "het correctiemodel kwam niet tot een uitkomst"
    case "separation": "het correctiemodel voorspelt de uitkomst volledig en is daarom niet bruikbaar"
    case "empty-stratum": "een deel van de standaardbevolking is leeg"
    default: reason
    }
  }
}
