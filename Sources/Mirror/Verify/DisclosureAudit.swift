/// Plays the attacker: from the published files of all recipients together, and nothing else, tries to find out withheld
/// figures.
///
/// 1. A withheld figure has no number of its own, in its own file (`numbers`) or as the nation's or region's figure or the
///    reference measurement in another (`elsewhere`).
/// 2. What can be computed from sums: `SumAudit`.
struct DisclosureAudit {
  /// What was found out.
  struct Disclosure: Equatable {
    enum Kind: String { case numbers, elsewhere, solved, few, narrow }
    let kind: Kind
    /// Whose figure and which, never the number.
    let figure: String
  }

  /// Counts that are never there for a figure that is not shown in full.
  private static let counts = ["persons", "measured", "numerator", "denominator"]
  /// Numbers of the figure itself; `target` comes from the definition.
  private static let own =
    counts + [
      "value", "standard_deviation", "lower95", "upper95", "lower998", "upper998", "expected", "ratio", "adjusted",
      "baseline_value", "change",
    ]
  /// Numbers that a rounded share keeps.
  private static let keptWhenRounded: Set<String> = ["value"]

  typealias Key = AuditedFigure.Key

  private let figures: [PublishedFigure]
  private let keys: [Key]

  /// What can be found out from these figures.
  static func disclosures(
    in figures: [PublishedFigure], _ knowledge: SumAudit.Knowledge = SumAudit.Knowledge()
  ) -> [Disclosure] {
    let audit = DisclosureAudit(figures)
    return audit.numbers() + audit.elsewhere() + SumAudit.disclosures(in: figures.map(AuditedFigure.init), knowledge)
  }

  private init(_ figures: [PublishedFigure]) {
    self.figures = figures
    keys = figures.map {
      Key(
        indicator: $0.indicator, period: $0.fields["period"] ?? "", stratum: $0.fields["stratum"] ?? "",
        layout: $0.layout, unit: $0.unit)
    }
  }

  private func protection(_ figure: Int) -> String { figures[figure].fields["protection"] ?? "none" }
  private func isWithheld(_ figure: Int) -> Bool { !["none", "rounded"].contains(protection(figure)) }

  private func disclosure(_ kind: Disclosure.Kind, _ figure: Int, _ detail: String = "") -> Disclosure {
    Disclosure(
      kind: kind, figure: "\(figures[figure].layout)/\(figures[figure].unit) \(figures[figure].id)\(detail)")
  }

  // MARK: - Numbers that stand somewhere

  private func numbers() -> [Disclosure] {
    figures.indices.flatMap { figure -> [Disclosure] in
      if protection(figure) == "none" { return [] }
      let kept = isWithheld(figure) ? [] : Self.keptWhenRounded
      let there = Self.own.filter { figures[figure].fields[$0] != nil && !kept.contains($0) }
      return there.isEmpty ? [] : [disclosure(.numbers, figure, ": \(there.joined(separator: ", "))")]
    }
  }

  private struct Same: Hashable {
    var indicator: String
    var stratum: String
    var place: String
    var period: String
  }

  private func elsewhere() -> [Disclosure] {
    // Values that are published: of a unit in any period, of any region in a period.
    var ofUnit: [Same: Set<String>] = [:]
    var ofRegions: [Same: Set<String>] = [:]
    for (figure, key) in keys.enumerated() {
      guard let value = figures[figure].fields["value"] else { continue }
      let unit = Same(indicator: key.indicator, stratum: key.stratum, place: "\(key.layout)/\(key.unit)", period: "")
      ofUnit[unit, default: []].insert(value)
      if key.layout != "provider" {
        let region = Same(indicator: key.indicator, stratum: key.stratum, place: "", period: key.period)
        ofRegions[region, default: []].insert(value)
      }
    }
    let hasNation = keys.contains { $0.layout == "nation" }
    let hasRegions = keys.contains { $0.layout != "nation" && $0.layout != "provider" }
    return figures.indices.flatMap { figure -> [Disclosure] in
      let key = keys[figure]
      let fields = figures[figure].fields
      let unit = Same(indicator: key.indicator, stratum: key.stratum, place: "\(key.layout)/\(key.unit)", period: "")
      let all = Same(indicator: key.indicator, stratum: key.stratum, place: "", period: key.period)
      var found: [Disclosure] = []
      if let before = fields["baseline_value"], ofUnit[unit]?.contains(before) != true {
        found.append(disclosure(.elsewhere, figure, ": baseline_value"))
      }
      for (name, isPublished) in [("nation_value", hasNation), ("region_value", hasRegions)] {
        if isPublished, let value = fields[name], ofRegions[all]?.contains(value) != true {
          found.append(disclosure(.elsewhere, figure, ": \(name)"))
        }
      }
      return found
    }
  }
}
