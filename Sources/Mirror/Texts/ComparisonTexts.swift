import CoreDataset
import Definitions

/// What a report says of the way in which units were compared.
extension Texts {
  /// Limits, numbers outside them by chance, and whether an order would mean anything.
  func compared(_ row: ComparisonRow, kind: UnitKind, _ style: ValueStyle) -> String {
    let units = units(kind)
    guard row.units > 0 else { return notCompared(row, units) }
    if row.limits == ComparisonSpec.Limits.none.rawValue {
      return say(
        "Verschillen tussen \(count(row.units)) \(units). Er zijn geen grenzen bij getekend: hoe personen van elkaar "
          + "verschillen, en dus wat toeval doet, is uit totalen van groepen niet op te maken.",
        "Differences between \(count(row.units)) \(units). No limits are drawn: how persons differ, and so what chance "
          + "does, cannot be told from totals of groups.")
    }
    let target = row.target.map { " (\(style.valueWithUnit($0)))" } ?? ""
    var text = say(
      "Vergelijking van \(count(row.units)) \(units) met het landelijke cijfer\(target)",
      "Comparison of \(count(row.units)) \(units) with the national figure\(target)")
    switch row.limits {
    case "exact": text += say(", met exacte grenzen.", ", with exact limits.")
    case "funnelplotr":
      text += say(
        ", met χ²-grenzen zoals het R-pakket FunnelPlotR die tekent.",
        ", with χ² limits as the R package FunnelPlotR draws them.")
    default:
      text += say(", met grenzen volgens de normale verdeling.", ", with limits after the normal distribution.")
    }
    if row.overDispersion != "none" {
      text +=
        row.reason == "too-few-units-for-over-dispersion"
        ? say(
          " Er zijn te weinig \(units) om de grenzen te verruimen voor verschillen die niet door toeval komen.",
          " There are too few \(units) to widen the limits for differences that are not due to chance.")
        : say(
          " De grenzen zijn verruimd waar \(units) meer verschillen dan door toeval te verwachten is.",
          " The limits were widened where \(units) differ more than is to be expected by chance.")
    }
    if let narrow = row.expectedOutside95, let wide = row.expectedOutside998 {
      let (some, few) = (number(narrow, decimals: 1), number(wide, decimals: 2))
      text += say(
        " Door toeval alleen vallen naar verwachting \(some) van hen buiten de 95%-grenzen en \(few) buiten de "
          + "99,8%-grenzen; het zijn er \(count(row.outside95)) en \(count(row.outside998)).",
        " By chance alone, \(some) of them are expected outside the 95% limits and \(few) outside the 99.8% limits; "
          + "there are \(count(row.outside95)) and \(count(row.outside998)).")
    }
    if row.order == .notSuitable, let rankability = row.rankability {
      let (part, least) = (number(rankability, decimals: 2), number(row.minimumRankability, decimals: 2))
      text += say(
        " Niet geschikt voor rangorde: van de verschillen tussen \(units) is een deel van \(part) geen toeval, minder "
          + "dan \(least).",
        " Not suitable for ranking: a part of \(part) of the differences between \(units) is not due to chance, less "
          + "than \(least).")
    }
    return text
  }

  var expectedLabel: String { say("Verwacht", "Expected") }
  func expected(_ lower: String, _ upper: String) -> String {
    say(
      "Verwachte spreiding (95%): tussen \(lower) en \(upper)", "Expected spread (95%): between \(lower) and \(upper)")
  }

  private func notCompared(_ row: ComparisonRow, _ units: String) -> String {
    switch row.reason {
    case "one-unit":
      say(
        "Niet vergeleken: er is maar één eenheid met genoeg personen.",
        "Not compared: there is only one unit with enough persons.")
    case "no-spread":
      say(
        "Niet vergeleken: alle cijfers zijn gelijk, er is geen spreiding.",
        "Not compared: all figures are equal, there is no spread.")
    default:
      say(
        "Niet vergeleken: er zijn geen \(units) met genoeg personen.",
        "Not compared: there are no \(units) with enough persons.")
    }
  }
}
