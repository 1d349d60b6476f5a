import Definitions
import Foundation
import Workspace

/// What a person reads when a run has ended.
enum Summary {
  /// Accounts per delivery, figures by status, where the result is.
  static func text(_ manifest: Manifest, published: String) -> String {
    var lines = ["Run \(manifest.run) of pipeline \(manifest.pipeline)", ""]
    let width = max(10, manifest.deliveries.map(\.delivery.count).max() ?? 0)
    lines.append(
      row(
        "delivery", ["read", "accepted", "netted", "credits apart", "quarantined", "superseded", "values aside"], width)
    )
    for account in manifest.deliveries {
      lines.append(
        row(
          account.delivery,
          [
            account.read, account.accepted, account.netted, account.unmatchedCredits, account.quarantined,
            account.superseded, account.valuesSetAside,
          ].map(String.init), width))
    }
    let sum = { (value: (DeliveryAccount) -> Int) in String(manifest.deliveries.reduce(0) { $0 + value($1) }) }
    lines.append(
      row(
        "total",
        [
          sum(\.read), sum(\.accepted), sum(\.netted), sum(\.unmatchedCredits), sum(\.quarantined), sum(\.superseded),
          sum(\.valuesSetAside),
        ], width))
    lines += redelivered(manifest)
    let reasons = manifest.deliveries.reduce(into: [String: Int]()) { $0.merge($1.reasons, uniquingKeysWith: +) }
    if !reasons.isEmpty {
      lines += [
        "", "Set aside: " + reasons.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", "),
      ]
    }
    lines += money(manifest, width)
    if !manifest.notes.isEmpty {
      lines += [
        "",
        "To note: " + manifest.notes.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", "),
      ]
    }
    lines += runOut(manifest)
    lines += quality(manifest)
    let figures = manifest.results.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
    lines += ["", "Figures: \(figures); \(manifest.withheld) withheld from mirror files", "Result: \(published)"]
    return lines.joined(separator: "\n")
  }

  /// Until when claims are complete, per reporting party.
  private static func runOut(_ manifest: Manifest) -> [String] {
    guard let accounts = manifest.runOut, !accounts.isEmpty else { return [] }
    return [""]
      + accounts.sorted { $0.key < $1.key }.map { party, account in
        let method = account.method.rawValue + (account.reason.isEmpty ? "" : ", not estimated: \(account.reason)")
        return "Claims of \(party) are complete through \(account.completeThrough) "
          + "(\(account.months) months, \(method))"
      }
  }

  /// Records that were set aside before and are delivered again.
  static func redelivered(_ manifest: Manifest) -> [String] {
    manifest.deliveries.filter { $0.redelivered != nil }.map { account in
      let by = manifest.deliveries.filter { $0.mends == account.delivery }.map(\.delivery).joined(separator: ", ")
      let amount = account.redeliveredCents.map { ", \(euros($0)) euros," } ?? ""
      return
        "Delivered again: \(account.redelivered ?? 0) records\(amount) of \(account.delivery), which count in \(by)"
    }
  }

  /// How many checks are above their threshold, and which figures they block.
  private static func quality(_ manifest: Manifest) -> [String] {
    guard let findings = manifest.findings else { return [] }
    let counts = ["critical", "warning"].map { "\(findings[$0] ?? 0) \($0)" }.joined(separator: ", ")
    var lines = [
      "", "Quality: \(findings["checks"] ?? 0) checks, above their threshold: \(counts); see quality/index.html",
    ]
    for (check, figures) in (manifest.blocked ?? [:]).sorted(by: { $0.key < $1.key }) {
      lines.append("Blocked: \(figures) figures by check \(check)")
    }
    if let stopped = manifest.stopped { lines.append("Refused: \(stopped)") }
    return lines
  }

  /// Euros read and where they went, per delivery; the run would have failed if they did not add up.
  private static func money(_ manifest: Manifest, _ width: Int) -> [String] {
    let paid = manifest.deliveries.filter { $0.readCents != 0 || $0.quarantinedWithoutAmount > 0 }
    if paid.isEmpty { return [] }
    let currency = Currency.name(manifest.currency ?? Currency.usual)
    func cells(_ name: String, _ accounts: [DeliveryAccount]) -> String {
      let sums: [(DeliveryAccount) -> Int64] = [
        { $0.readCents }, { $0.acceptedCents }, { $0.nettedCents }, { $0.unmatchedCreditCents },
        { $0.quarantinedCents },
        { $0.supersededCents },
      ]
      return row(
        name,
        sums.map { sum in euros(accounts.reduce(Int64(0)) { $0 + sum($1) }) }
          + [String(accounts.reduce(0) { $0 + $1.quarantinedWithoutAmount })], width, 16)
    }
    return [
      "",
      row(
        currency, ["read", "accepted", "netted", "credits apart", "quarantined", "superseded", "amount unknown"], width,
        16),
    ]
      + paid.map { cells($0.delivery, [$0]) }
      + [
        cells("total", paid),
        "Amounts read = accepted + netted + credits apart + quarantined + superseded"
          + (paid.contains { $0.redelivered != nil } ? " + delivered again" : "")
          + ", to the cent. Credits apart took back "
          + "no line that was found. Amount unknown: records set aside of which the amount could not be read.",
      ]
  }

  /// `-1234.05`.
  static func euros(_ cents: Int64) -> String {
    let (whole, rest) = cents.magnitude.quotientAndRemainder(dividingBy: 100)
    return (cents < 0 ? "-" : "") + "\(whole)." + (rest < 10 ? "0" : "") + "\(rest)"
  }

  private static func row(_ name: String, _ numbers: [String], _ width: Int, _ cell: Int = 14) -> String {
    name + String(repeating: " ", count: max(0, width - name.count))
      + numbers.map { String(repeating: " ", count: max(1, cell - $0.count)) + $0 }.joined()
  }
}
