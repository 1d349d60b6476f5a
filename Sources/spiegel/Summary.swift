import Foundation
import Workspace

/// What a person reads when a run has ended.
enum Summary {
  /// Accounts per delivery, figures by status, where the result is.
  static func text(_ manifest: Manifest, published: String) -> String {
    var lines = ["Run \(manifest.run) of pipeline \(manifest.pipeline)", ""]
    let width = max(10, manifest.deliveries.map(\.delivery.count).max() ?? 0)
    lines.append(
      row("delivery", ["read", "accepted", "quarantined", "superseded", "values aside"], width))
    for account in manifest.deliveries {
      lines.append(
        row(
          account.delivery,
          [account.read, account.accepted, account.quarantined, account.superseded, account.valuesSetAside].map(
            String.init), width))
    }
    let sum = { (value: (DeliveryAccount) -> Int) in String(manifest.deliveries.reduce(0) { $0 + value($1) }) }
    lines.append(
      row("total", [sum(\.read), sum(\.accepted), sum(\.quarantined), sum(\.superseded), sum(\.valuesSetAside)], width))
    let reasons = manifest.deliveries.reduce(into: [String: Int]()) { $0.merge($1.reasons, uniquingKeysWith: +) }
    if !reasons.isEmpty {
      lines += [
        "", "Set aside: " + reasons.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", "),
      ]
    }
    let cents = manifest.deliveries.reduce(Int64(0)) { $0 + $1.acceptedCents }
    if cents != 0 {
      lines += ["", "Accepted amounts: € \(cents / 100).\(cents % 100 < 10 ? "0" : "")\(abs(cents % 100))"]
    }
    if !manifest.notes.isEmpty {
      lines += [
        "",
        "To note: " + manifest.notes.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", "),
      ]
    }
    let figures = manifest.results.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
    lines += ["", "Figures: \(figures); \(manifest.withheld) withheld from mirror files", "Result: \(published)"]
    return lines.joined(separator: "\n")
  }

  private static func row(_ name: String, _ numbers: [String], _ width: Int) -> String {
    name + String(repeating: " ", count: max(0, width - name.count))
      + numbers.map { String(repeating: " ", count: max(1, 13 - $0.count)) + $0 }.joined()
  }
}
