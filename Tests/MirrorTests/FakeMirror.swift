import Columns
import CoreDataset
import Definitions

/// Made-up results of a chronic pain pipeline: a nation, five regions, forty care providers, every kind of measure, four
/// years, subdivisions, and a few units that are too small. The same seed gives the same rows.
struct FakeMirror {
  /// SplitMix64, Steele, Lea & Flood 2014.
  struct Seeded: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var z = state
      z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      return z ^ (z >> 31)
    }
  }

  static let years = ["2016", "2017", "2018", "2019"]
  static let regions = [
    ("groningen", "Groningen"), ("heerlen", "Heerlen / Zuid-Limburg"), ("nijmegen", "Nijmegen"), ("utrecht", "Utrecht"),
    ("zwolle", "Zwolle"),
  ]

  private var random: Seeded
  private var rows: [ResultRow] = []

  /// A whole input.
  static func input(
    seed: UInt64 = 1, providers: Int = 40, indicators: [Indicator] = FakeMirror.indicators,
    formats: [MirrorSpec.Format] = MirrorSpec.Format.allCases, mirror: MirrorSpec? = nil, hasInsurers: Bool = false
  ) -> (pipeline: Pipeline, rows: [ResultRow], names: [String: String], regions: [String: [String: String]]) {
    var fake = FakeMirror(random: Seeded(state: seed))
    let agbs = (0..<providers).map { String(8_401_000 + $0 * 7) }.map { "0" + $0 }
    var names: [String: String] = [:]
    var placed: [String: [String: String]] = [:]
    let kinds = ["Fysiotherapie", "Huisartsenpraktijk", "Pijncentrum", "Ziekenhuis", "Revalidatie"]
    for (position, agb) in agbs.enumerated() where position != 3 {
      names[agb] = "\(kinds[position % kinds.count]) De \(["Linde", "Brug", "Wilg", "Haven"][position % 4]) \(position)"
      placed[agb] = ["proeftuin": regions[position % 5].0]
    }
    if agbs.count > 1 { names[agbs[1]] = "O'Brien & <Zonen>" }
    for indicator in indicators { fake.add(indicator, agbs) }
    if hasInsurers { fake.addInsurers() }
    return (
      pipeline(indicators: indicators, formats: formats, mirror: mirror, hasInsurers: hasInsurers), fake.rows, names,
      placed
    )
  }

  static let insurers = [
    ("9001", "Verzekeraar & Eén"), ("9002", "Verzekeraar Twee"), ("9003", "Verzekeraar Drie"),
    ("9004", "Verzekeraar Vier"), ("9005", "Verzekeraar Vijf"),
  ]

  // MARK: - Rows

  /// The insured of five insurers, of which the figures lie apart from those of the five regions.
  private mutating func addInsurers() {
    for var row in rows where row.unitKind == .region && row.unit != RegionLayout.unplaced {
      guard let position = Self.regions.firstIndex(where: { $0.0 == row.unit }) else { continue }
      (row.layout, row.unit, row.unitKind) = ("verzekeraar", Self.insurers[position].0, .insurer)
      row.value = row.value.map { $0 * 1.01 }
      rows.append(row)
    }
  }

  private mutating func noise(_ size: Double) -> Double { Double.random(in: -size...size, using: &random) }

  private mutating func add(_ indicator: Indicator, _ agbs: [String]) {
    var units: [(layout: String, unit: String, kind: UnitKind, persons: Int)] = [("nation", "NL", .nation, 21_400)]
    for (position, region) in Self.regions.enumerated() {
      units.append(("proeftuin", region.0, .region, 6200 - position * 1100))
    }
    units.append(("proeftuin", RegionLayout.unplaced, .region, 140))
    for (position, agb) in agbs.enumerated() {
      let persons = position == 5 ? 7 : position == 6 ? 24 : 45 + position * 37
      units.append(("provider", agb, .provider, persons))
    }
    for unit in units {
      let effect = unit.kind == .nation ? 0 : noise(unit.kind == .region ? 0.06 : 0.14)
      var before: [String: Double] = [:]
      for (year, period) in Self.years.enumerated() {
        let trend = 1 + (indicator.direction == .higherBetter ? 0.035 : -0.03) * Double(year) + effect + noise(0.015)
        var strata: [(name: String, part: Double)] = [("", 1)]
        if indicator.parameters.byCareType {
          strata += [
            ("care_type=medical-specialist", 0.44), ("care_type=general-practice", 0.13), ("care_type=pharmacy", 0.17),
            ("care_type=paramedical", 0.15), ("care_type=mental-health", 0.08), ("care_type=other", 0.03),
          ]
        }
        for stratum in strata {
          var row = ResultRow(
            indicator: indicator.id, definitionVersion: indicator.version, layout: unit.layout, unit: unit.unit,
            unitKind: unit.kind, period: period, stratum: stratum.name, persons: unit.persons,
            measured: unit.persons * 6 / 10)
          fill(&row, indicator, trend * (stratum.name.isEmpty ? 1 : 1 + noise(0.1)), stratum.part)
          if year == 0 {
            before[stratum.name] = row.value
          } else if let value = row.value, let reference = before[stratum.name] {
            row.baselineValue = reference
            let isRelative = [
              .costPerPersonYear, .eventRate, .claimRate, .distinctPerPerson, .stayRate, .bedDays, .emergencyRate,
              .avoidableAdmissions,
            ].contains(indicator.measure)
            row.change = isRelative ? value / reference - 1 : value - reference
          }
          setTarget(&row, indicator)
          rows.append(row)
        }
      }
    }
  }

  private func setTarget(_ row: inout ResultRow, _ indicator: Indicator) {
    guard let target = indicator.target, row.stratum.isEmpty, target.period == nil || target.period == row.period else {
      return
    }
    row.target = target.threshold.value
    guard let compared = target.kind == .value ? row.value : row.change else { return }
    let isMet =
      indicator.direction == .higherBetter ? compared >= target.threshold.value : compared <= target.threshold.value
    row.targetStatus = isMet ? "met" : "not-met"
  }

  private func fill(_ row: inout ResultRow, _ indicator: Indicator, _ factor: Double, _ part: Double) {
    let n = Double(row.measured)
    func interval(_ error: Double, within limits: ClosedRange<Double> = -1e9...1e9) {
      guard let value = row.value else { return }
      row.lower95 = max(limits.lowerBound, value - 1.96 * error)
      row.upper95 = min(limits.upperBound, value + 1.96 * error)
      row.lower998 = max(limits.lowerBound, value - 3.09 * error)
      row.upper998 = min(limits.upperBound, value + 3.09 * error)
    }
    func share(_ p: Double) {
      let numerator = (min(1, max(0, p)) * n).rounded()
      row.numerator = numerator
      row.denominator = n
      row.value = numerator / n
      interval((max(p * (1 - p), 0.001) / n).squareRoot(), within: 0...1)
    }
    func mean(_ value: Double, deviation: Double) {
      row.value = value
      row.standardDeviation = deviation
      interval(deviation / n.squareRoot())
    }
    switch indicator.measure {
    case .scoreLevel: mean(51.3 * factor, deviation: 14)
    case .scoreChange: mean(8.2 * factor, deviation: 11)
    case .scoreShare: share((indicator.id == "verslechterd" ? 0.06 : 0.52) * factor)
    case .effectSize: row.value = 0.8 * factor
    case .reliableChange, .noRoom, .modelledShare: share(0.52 * factor)
    case .adjustedGain, .modelledGain:
      mean(7.9 * factor, deviation: 10)
      row.expected = 7.7
      row.adjusted = row.value
    case .responseRate: share(0.63 * factor)
    case .itemMean: mean(7.6 * factor, deviation: 1.4)
    case .topBox: share(0.71 * factor)
    case .bottomBox, .activityShare: share(0.12 * factor)
    case .healthGainPerCost: mean(2.1 * factor, deviation: 3)
    case .netPromoterScore: mean(31 * factor, deviation: 60)
    case .costPerPersonYear:
      row.denominator = Double(row.persons)
      row.numerator = 3412 * factor * part * Double(row.persons)
      row.value = 3412 * factor * part
      interval(3412 * part * 1.4 / Double(row.persons).squareRoot())
    case .costShare:
      row.value = 0.31 * factor
      row.numerator = 1058 * factor * Double(row.persons)
      row.denominator = 3412 * Double(row.persons)
      interval(0.2 / n.squareRoot(), within: 0...1)
    case .groupCostPerPersonYear:
      row.denominator = Double(row.persons)
      row.numerator = 3412 * factor * Double(row.persons)
      row.value = 3412 * factor
    case .groupCostRatio:
      row.numerator = 3412 * factor * Double(row.persons)
      row.denominator = 3412 * Double(row.persons)
      row.value = factor
    case .groupCostShare: row.value = 0.31 * factor
    case .distinctPerPerson: mean(4.8 * factor, deviation: 2.1)
    case .readmission: share(0.09 * factor)
    case .waitingTime: share(0.8)
    case .eventRate, .claimRate, .stayRate, .bedDays, .emergencyRate, .avoidableAdmissions:
      row.numerator = (0.084 * factor * Double(row.persons)).rounded()
      row.denominator = Double(row.persons)
      row.value = 1000 * (row.numerator ?? 0) / Double(row.persons)
      row.adjusted = indicator.measure == .claimRate ? 1000 * 0.083 * factor : nil
      interval(1000 * ((row.numerator ?? 1) + 1).squareRoot() / Double(row.persons), within: 0...1e9)
      row.funnelBand = factor > 1.06 ? "attention-high" : "within"
    }
    if row.measured < 30 {
      row.status = .indicative
      row.reason = "fewer than 30 observations"
    }
  }

  // MARK: - Definitions

  static func indicator(
    _ id: String, _ name: String, _ measure: MeasureKind, _ goal: Goal, unit: String, decimals: Int,
    _ direction: Direction, target: (Indicator.Target.Kind, Double)? = nil, byCareType: Bool = false
  ) -> Indicator {
    var parameters = Indicator.Parameters()
    parameters.byCareType = byCareType
    if measure == .scoreShare {
      parameters.threshold = Threshold(value: 10, why: "kleinste belangrijke verandering, Ostelo 2008", since: "2015")
    }
    return Indicator(
      id: id, version: "1.2", name: Localized(nl: name, en: "\(id) (English)"),
      explanation: Localized(nl: "\(name) van mensen met chronische pijn aan de wervelkolom.", en: "Explanation."),
      goal: goal, measure: measure, population: "wervelkolom", reportedBy: goal == .cost ? .insurer : nil,
      unit: Localized(nl: unit, en: unit), decimals: decimals, direction: direction,
      target: target.map {
        Indicator.Target(
          kind: $0.0, threshold: Threshold(value: $0.1, why: "Health Deal chronische pijn, artikel 3", since: "2016"),
          period: "2019")
      }, parameters: parameters)
  }

  static let indicators: [Indicator] = [
    indicator(
      "kwaliteit-van-leven", "Kwaliteit van leven", .scoreLevel, .health, unit: "punten", decimals: 1, .higherBetter),
    indicator(
      "pijnverandering", "Verandering van pijn", .scoreChange, .health, unit: "punten", decimals: 1, .higherBetter),
    indicator(
      "verbeterd", "Aandeel dat duidelijk verbetert", .scoreShare, .health, unit: "%", decimals: 1, .higherBetter,
      target: (.value, 0.55)),
    indicator(
      "verslechterd", "Aandeel dat duidelijk verslechtert", .scoreShare, .health, unit: "%", decimals: 1,
      .lowerBetter),
    indicator(
      "winst", "Gezondheidswinst, gecorrigeerd", .adjustedGain, .health, unit: "punten", decimals: 1, .higherBetter),
    indicator(
      "respons", "Respons op de tweede vragenlijst", .responseRate, .health, unit: "% van de deelnemers",
      decimals: 1, .higherBetter),
    indicator(
      "rapportcijfer", "Rapportcijfer voor de zorg", .itemMean, .experience, unit: "", decimals: 1, .higherBetter),
    indicator(
      "samen-beslissen", "Samen beslissen", .topBox, .experience, unit: "%", decimals: 0, .higherBetter,
      target: (.value, 0.75)),
    indicator("aanbeveling", "Aanbeveling (NPS)", .netPromoterScore, .experience, unit: "", decimals: 0, .higherBetter),
    indicator(
      "zorgkosten", "Zorgkosten", .costPerPersonYear, .cost, unit: "euro per verzekerdejaar", decimals: 0,
      .lowerBetter, target: (.change, -0.2), byCareType: true),
    indicator("eerste-lijn", "Aandeel eerste lijn in de kosten", .costShare, .cost, unit: "%", decimals: 1, .neutral),
    indicator(
      "specialismen", "Verschillende specialismen per persoon", .distinctPerPerson, .cost, unit: "specialismen",
      decimals: 1, .lowerBetter),
    indicator(
      "spoed", "Spoedbezoeken", .eventRate, .cost, unit: "per 1.000 verzekerde jaren", decimals: 1, .lowerBetter,
      target: (.value, 80)),
    indicator("opnamen", "Ziekenhuisopnamen", .claimRate, .cost, unit: "per 1.000 inwoners", decimals: 1, .lowerBetter),
    indicator("werkplezier", "Werkplezier van zorgverleners", .itemMean, .work, unit: "", decimals: 1, .higherBetter),
  ]

  static func pipeline(
    indicators: [Indicator], formats: [MirrorSpec.Format] = MirrorSpec.Format.allCases, mirror: MirrorSpec? = nil,
    hasInsurers: Bool = false
  ) -> Pipeline {
    let insurer = RegionLayout(
      id: "verzekeraar", name: Localized(nl: "Zorgverzekeraar", en: "Health insurer"),
      units: insurers.map { RegionLayout.Unit(code: $0.0, name: $0.1) }
        + [RegionLayout.Unit(code: RegionLayout.unplaced, name: "Onbekend")],
      eras: [
        RegionLayout.Era(
          from: .min, unitByPostcode: Array(repeating: Int16(5), count: 10_000), unitByMunicipality: nil)
      ], isByInsurer: true)
    let units = regions.map { RegionLayout.Unit(code: $0.0, name: $0.1) }
    return Pipeline(
      id: "chronische-pijn", version: "2026.1", name: Localized(nl: "Chronische pijn", en: "Chronic pain"),
      purpose: Localized(
        nl: "Zorgaanbieders en regio’s laten leren van hun eigen uitkomsten, ervaringen en kosten.", en: "Learning."),
      legalBasis: "Overeenkomst Health Deal chronische pijn, artikel 7",
      periods: years.compactMap { year in
        guard let from = Day("\(year)-01-01"), let to = Day("\(year)-12-31") else { return nil }
        return Period(id: year, from: from, to: to)
      }, baseline: "2016",
      minimumPersons: Threshold(value: 10, why: "Handbook on Statistical Disclosure Control, 2024", since: "2016"),
      maximumQuarantined: Threshold(value: 0.05, why: "afspraak", since: "2016"), buckets: 4, sources: [],
      instruments: [],
      populations: [
        Population(
          id: "wervelkolom", version: "1", name: Localized(nl: "mensen met wervelkolompijn", en: "spine"),
          conditions: [])
      ],
      indicators: indicators,
      regions: [
        RegionLayout(
          id: "proeftuin", name: Localized(nl: "Proeftuin", en: "Living lab"),
          units: units + [RegionLayout.Unit(code: RegionLayout.unplaced, name: "Onbekend")],
          unitByPostcode: Array(repeating: Int16(5), count: 10_000))
      ] + (hasInsurers ? [insurer] : []),
      standardPopulation: nil,
      mirror: mirror
        ?? MirrorSpec(recipients: ["nation", "proeftuin", "provider"], languages: ["nl"], formats: formats),
      digest: String(repeating: "ab", count: 32))
  }
}
