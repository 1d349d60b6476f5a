import CoreDataset
import Definitions
import Foundation
import Workspace

/// `quality/index.html`: what checks found, for the data steward, in Dutch. One file without scripts.
struct QualityPage {
  let pipeline: Pipeline
  let manifest: Manifest
  let findings: [ComparedFinding]
  let drift: [Drift]
  let references: [ReferenceRow]
  let pyramid: [AgePyramidRow]

  /// The page.
  var html: String {
    """
    <!DOCTYPE html>
    <html lang="nl"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
    <title>Kwaliteit van de gegevens: \(text(pipeline.name.nl))</title><style>\(Self.style)</style></head><body>
    <header><p>Kwaliteit van de gegevens</p><h1>\(text(pipeline.name.nl))</h1>
    <p>Berekening \(text(manifest.run)). \(text(introduction))</p></header><main>
    \(alarms)\(aside)\(changes)\(referenceTable)\(pyramidTable)\(allChecks)
    <footer><p>Soorten controles naar Kahn e.a. 2016 (eGEMs 4(1):1244): conformiteit, volledigheid, plausibiliteit. \
    Een voorbeeld noemt alleen bestand en record, nooit een waarde.</p></footer>
    </main></body></html>

    """
  }

  // MARK: - Parts

  private var whole: [ComparedFinding] { findings.filter { $0.finding.scope == "all" } }

  private var introduction: String {
    let checks = whole.filter { $0.state != .resolved || $0.finding.denominator > 0 }
    let alarms = checks.count { $0.finding.isAlarm }
    let faults = checks.count { $0.finding.violated > 0 && $0.finding.severity != .info }
    var sentence =
      "\(checks.count) controles uitgevoerd: \(faults) met bevindingen, waarvan \(alarms) boven de drempel."
    if let before = manifest.comparedWith { sentence += " Vergeleken met berekening \(before)." }
    return sentence
  }

  /// Worst first: what has consequences, then what is above its threshold, then the rest by share.
  private static func rank(_ row: FindingRow) -> (Int, Int, Double) {
    let severity = QualityCheck.Severity.allCases.firstIndex(of: row.severity) ?? 0
    return (row.consequence == .stop ? 4 : row.consequence == .block ? 3 : row.isAlarm ? 2 : 1, severity, row.share)
  }

  private func sorted(_ rows: [ComparedFinding]) -> [ComparedFinding] {
    rows.enumerated().sorted { a, b in
      let (x, y) = (Self.rank(a.element.finding), Self.rank(b.element.finding))
      return x == y ? a.offset < b.offset : x > y
    }.map(\.element)
  }

  /// What asks for attention, a card for each check, the worst first.
  private var alarms: String {
    let rows = sorted(findings.filter { $0.finding.consequence != .none || $0.finding.isAlarm })
    if rows.isEmpty { return "<h2>Geen bevindingen boven de drempel</h2>" }
    var order: [String] = []
    for row in rows where !order.contains(row.finding.check) { order.append(row.finding.check) }
    return "<h2>Wat aandacht vraagt</h2>"
      + order.map { check in card(rows.filter { $0.finding.check == check }, whole.first { $0.finding.check == check })
      }
      .joined(separator: "\n")
  }

  /// A check with the parts in which there is too much.
  private func card(_ parts: [ComparedFinding], _ all: ComparedFinding?) -> String {
    guard let first = parts.first else { return "" }
    let compared = all ?? first
    let row = compared.finding
    let blocking = parts.filter { $0.finding.consequence == .block }
    let consequence =
      parts.contains { $0.finding.consequence == .stop }
      ? "De aanlevering is geweigerd; er is niets gepubliceerd."
      : blocking.isEmpty ? "De cijfers zijn wel gepubliceerd." : "Geblokkeerd: \(names(blocking))."
    return """
      <section class="\(row.severity.rawValue)"><h3>\(text(row.dutch))</h3>
      <p class="what"><b>\(row.violated)</b> van \(row.denominator) (\(share(row))). Toegestaan: \
      \(text(percent(row.threshold))).\(state(compared))</p>
      <p>\(text(consequence))</p>\(example(row))\(places(parts.filter { $0.finding.scope != "all" }))
      <p><b>Wat te doen:</b> \(text(advice(row)))</p>
      <p class="why">Controle <code>\(text(row.check))</code>, \(Self.word(row.severity)), \
      \(Self.word(row.category)). Waarom deze drempel: \(text(Words.reason(row.why)))</p></section>
      """
  }

  /// Names of the indicators that findings touch.
  private func names(_ rows: [ComparedFinding]) -> String {
    let ids = Set(rows.flatMap(\.finding.indicators))
    let names = pipeline.indicators.filter { ids.contains($0.id) }.map(\.name.nl)
    let what = names.isEmpty ? "geen indicator" : names.joined(separator: "; ")
    let isOfParts = rows.allSatisfy { $0.finding.scope != "all" }
    return what + (isOfParts ? "; alleen waar en wanneer hieronder staat" : "; alle perioden")
  }

  private static let mostPlaces = 25

  /// Care providers, periods and deliveries in which there is too much.
  private func places(_ parts: [ComparedFinding]) -> String {
    if parts.isEmpty { return "" }
    var html =
      "<div class=\"scroll\"><table><thead><tr><th>Waar<th>Periode<th>Fout<th>Van<th>Aandeel<th></tr></thead><tbody>"
    for part in parts.prefix(Self.mostPlaces) {
      let row = part.finding
      let place = row.provider.isEmpty ? (row.scope.hasPrefix("delivery=") ? row.delivery : "alle") : row.provider
      html += "<tr><td>\(text(place))<td>\(text(row.period))<td>\(row.violated)<td>\(row.denominator)"
      html += "<td>\(share(row))<td>\(state(part))</tr>"
    }
    let rest = parts.count - Self.mostPlaces
    return html + "</tbody></table></div>" + (rest > 0 ? "<p>En nog \(rest); zie findings.csv.</p>" : "")
  }

  private func scope(_ row: FindingRow) -> String {
    var parts: [String] = []
    if !row.provider.isEmpty { parts.append("bij zorgaanbieder \(row.provider)") }
    if !row.period.isEmpty { parts.append("in \(row.period)") }
    if row.scope.hasPrefix("delivery=") { parts.append("in \(row.delivery)") }
    return parts.isEmpty ? "" : " " + parts.joined(separator: " ")
  }

  private func example(_ row: FindingRow) -> String {
    guard !row.delivery.isEmpty, let record = row.record else { return "" }
    return "<p>Voorbeeld: \(text(row.delivery)), record \(record).</p>"
  }

  private func share(_ row: FindingRow) -> String {
    Share.text(row.violated, row.denominator).replacingOccurrences(of: ".", with: ",")
  }

  private func advice(_ row: FindingRow) -> String {
    if row.check.hasSuffix(".month-missing") || row.check.hasSuffix(".month-doubled") {
      return
        "Vraag de aanleveraar of alle declaraties van de maand één keer zijn aangeleverd, en lever de maand opnieuw aan."
    }
    if row.table == "delivery" {
      return "Bekijk de records in quarantine/quarantine.csv, herstel ze of de brondefinitie, en lever opnieuw aan."
    }
    switch row.category {
    case .completeness:
      return
        "Vraag de aanleveraar om het veld te vullen, of leg in quality.yaml met reden vast welk deel mag ontbreken."
    case .conformance:
      return
        "Vergelijk de brondefinitie en de codelijst met de aanlevering; vraag de aanleveraar om de juiste code of vorm."
    case .plausibility:
      return
        "Zoek het voorbeeldrecord op in de bron en vraag de aanleveraar wat er klopt; lever de verbeterde regels opnieuw aan."
    }
  }

  /// Findings below their threshold.
  private var aside: String {
    let rows = sorted(
      whole.filter { $0.finding.violated > 0 && !$0.finding.isAlarm && $0.finding.severity != .info })
    if rows.isEmpty { return "" }
    return "<h2>Bevindingen binnen de drempel</h2>" + table(rows)
  }

  private var changes: String {
    guard manifest.comparedWith != nil else { return "" }
    func list(_ state: ComparedFinding.State, _ title: String) -> String {
      let rows = findings.filter { $0.state == state }
      if rows.isEmpty { return "" }
      return "<h3>\(title) (\(rows.count))</h3><ul>"
        + rows.map { "<li>\(text($0.finding.dutch))\(text(scope($0.finding))): \(number($0))</li>" }.joined() + "</ul>"
    }
    let states = list(.new, "Nieuw") + list(.persisting, "Gebleven") + list(.resolved, "Opgelost")
    var html =
      "<h2>Sinds de vorige berekening</h2>" + (states.isEmpty ? "<p>Geen verschillen in bevindingen.</p>" : states)
    if drift.isEmpty {
      return html + "<p>De aantallen, codes, ontbrekende waarden en gemiddelden zijn niet verschoven.</p>"
    }
    html += "<h3>Verschoven (\(drift.count))</h3><div class=\"scroll\"><table><thead><tr><th>Wat<th>Bron<th>Tabel<th>"
    html += "Zorgaanbieder<th>Periode<th>Toen<th>Nu</tr></thead><tbody>"
    for row in drift.prefix(200) {
      html += "<tr><td>\(text(Self.word(row.key)))<td>\(text(row.key.source))<td>\(text(Words.table(row.key.table)))"
      html += "<td>\(text(row.key.provider))<td>\(text(row.key.period))<td>\(value(row.before, row.key))"
      html += "<td>\(value(row.now, row.key))</tr>"
    }
    return html + "</tbody></table></div>"
      + (drift.count > 200 ? "<p>En nog \(drift.count - 200); zie findings.json.</p>" : "")
  }

  private func number(_ compared: ComparedFinding) -> String {
    compared.state == .resolved
      ? "niet meer" : "\(compared.finding.violated) van \(compared.finding.denominator)"
  }

  private var referenceTable: String {
    if references.isEmpty { return "" }
    var html = "<h2>Naast gepubliceerde cijfers</h2><div class=\"scroll\"><table><thead><tr><th>Cijfer<th>Jaar<th>"
    html += "In deze aanleveringen<th>Gepubliceerd<th>Bron</tr></thead><tbody>"
    for row in references {
      let isShare = row.figure.kind != .eurosPerInsuredYear
      func shown(_ value: Double?) -> String {
        guard let value else { return "–" }
        return isShare
          ? decimal(100 * value, 1) + "%"
          : (pipeline.currency == Currency.usual ? "€ " : pipeline.currency + " ") + decimal(value, 0)
      }
      html += "<tr><td>\(text(row.figure.name.nl))<td>\(row.figure.year.map(String.init) ?? "–")<td>\(shown(row.own))"
      html += "<td>\(shown(row.figure.value))<td>\(text(row.figure.source))</tr>"
    }
    return html + "</tbody></table></div>"
  }

  /// Men and women by age beside published ones.
  private var pyramidTable: String {
    guard let published = pipeline.quality.agePyramid, !pyramid.isEmpty else { return "" }
    var html = "<h2>Leeftijdsopbouw in \(published.year)</h2><p>Aandeel van alle personen, naast gepubliceerd: "
    html +=
      "\(text(published.source))</p><div class=\"scroll\"><table><thead><tr><th>Leeftijd<th>Mannen<th>Gepubliceerd"
    html += "<th>Vrouwen<th>Gepubliceerd</tr></thead><tbody>"
    for row in pyramid {
      let shares = [row.men, row.publishedMen, row.women, row.publishedWomen].map { decimal(100 * $0, 1) + "%" }
      html += "<tr><td>\(row.from)\(row.to.map { "–\($0)" } ?? "+")<td>" + shares.joined(separator: "<td>") + "</tr>"
    }
    return html + "</tbody></table></div>"
  }

  private var allChecks: String {
    "<details><summary>Alle controles (\(whole.count))</summary>" + table(sorted(whole)) + "</details>"
  }

  private func table(_ rows: [ComparedFinding]) -> String {
    var html = "<div class=\"scroll\"><table><thead><tr><th>Bevinding<th>Fout<th>Van<th>Aandeel<th>Toegestaan<th>"
    html += "Ernst<th>Raakt<th>Voorbeeld<th>Controle</tr></thead><tbody>"
    for compared in rows {
      let row = compared.finding
      let place = row.record.map { "\(row.delivery), record \($0)" } ?? row.delivery
      html += "<tr><td>\(text(row.dutch))\(state(compared))<td>\(row.violated)<td>\(row.denominator)"
      html += "<td>\(share(row))<td>\(percent(row.threshold))"
      html += "<td>\(Self.word(row.severity))<td>\(row.indicators.isEmpty ? "" : "\(row.indicators.count) indicatoren")"
      html += "<td>\(text(place))<td><code>\(text(row.check))</code></tr>"
    }
    return html + "</tbody></table></div>"
  }

  // MARK: - Words

  private func state(_ compared: ComparedFinding) -> String {
    switch compared.state {
    case .none: ""
    case .new: " <b class=\"state\">nieuw</b>"
    case .persisting: " <b class=\"state\">gebleven</b>"
    case .resolved: " <b class=\"state\">opgelost</b>"
    }
  }

  private static func word(_ severity: QualityCheck.Severity) -> String {
    switch severity {
    case .info: "ter informatie"
    case .warning: "waarschuwing"
    case .critical: "kritiek"
    }
  }

  private static func word(_ category: QualityCheck.Category) -> String {
    switch category {
    case .conformance: "conformiteit"
    case .completeness: "volledigheid"
    case .plausibility: "plausibiliteit"
    }
  }

  private static func word(_ key: ProfileRow.Key) -> String {
    switch ProfileRow.Quantity(rawValue: key.quantity) {
    case .records: "aantal records"
    case .meanEuros: "gemiddeld bedrag"
    case .missing: "ontbreekt: \(key.item)"
    case .mean: "gemiddelde: \(key.item)"
    case .code: "code: \(key.item)"
    case nil: key.quantity
    }
  }

  private func value(_ value: Double?, _ key: ProfileRow.Key) -> String {
    guard let value else { return "–" }
    switch ProfileRow.Quantity(rawValue: key.quantity) {
    case .missing, .code: return decimal(100 * value, 2) + "%"
    case .records: return decimal(value, 0)
    default: return decimal(value, 2)
    }
  }

  private func percent(_ threshold: Double) -> String {
    threshold == 0 ? "0%" : decimal(100 * threshold, 2).replacingOccurrences(of: ",00", with: "") + "%"
  }

  private func decimal(_ value: Double, _ decimals: Int) -> String {
    String(format: "%.\(decimals)f", value).replacingOccurrences(of: ".", with: ",")
  }

  private func text(_ text: String) -> String {
    // Most texts have nothing to replace, and each replacement is a detour through Foundation.
    if !text.utf8.contains(where: { "&<>\"".utf8.contains($0) }) { return text }
    return text.replacingOccurrences(of: "&", with: "&amp;").replacingOccurrences(of: "<", with: "&lt;")
      .replacingOccurrences(of: ">", with: "&gt;").replacingOccurrences(of: "\"", with: "&quot;")
  }

  private static let style = """
    body{margin:0;font:16px/1.5 system-ui,"Segoe UI",Roboto,"Liberation Sans",Arial,sans-serif;color:#1b2733;\
    background:#f3f5f8;font-variant-numeric:tabular-nums}header{background:#073b5c;color:#fff;padding:1.5rem 0}\
    header>*,main{max-width:62rem;margin:0 auto;padding:0 1.25rem}h1{font-size:1.9rem;margin:.2rem auto}\
    h2{color:#073b5c;font-size:1.3rem;margin:1.8rem 0 .7rem}h3{margin:0 0 .3rem;font-size:1.1rem}\
    section{background:#fff;border:1px solid #d6dde4;border-left:6px solid #56b4e9;border-radius:8px;padding:1rem 1.3rem;\
    margin:0 0 1rem}section.critical{border-left-color:#a84300}section.warning{border-left-color:#e69f00}\
    section p{margin:.25rem 0}.why{color:#4d5966;font-size:.88rem}.state{background:#e4f1f9;color:#004b78;\
    border-radius:1rem;padding:.1rem .5rem;font-size:.8rem}.scroll{overflow-x:auto;background:#fff}\
    table{border-collapse:collapse;width:100%;font-size:.88rem}th,td{text-align:left;padding:.35rem .6rem;\
    border-top:1px solid #d6dde4;vertical-align:top}thead th{color:#4d5966;font-size:.82rem}details{margin:1.5rem 0}\
    summary{cursor:pointer;font-weight:600;color:#005a8e}footer{color:#4d5966;font-size:.85rem;padding:1rem 0 2rem}\
    @media print{body{background:#fff}section{break-inside:avoid}}
    """
}
