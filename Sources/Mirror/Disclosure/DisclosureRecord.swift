import CoreDataset
import Definitions
import Foundation
import Parquet
import Workspace

/// What a later look at a run needs to know of how it was protected. It stays in the run folder, beside the results.
struct DisclosureRecord: Codable, Equatable {
  /// Units of one layout that units of another are made of.
  struct Within: Codable, Equatable {
    var periods: [String]
    var parts: String
    var wholes: String
    /// Code of the whole of each part.
    var wholeOfPart: [String: String]
    /// Whether the wholes have other places besides; not said by runs before 2026-11-28.
    var leavesRest: Bool?
  }

  /// A period: id, first and last day.
  struct Stretch: Codable, Equatable {
    var id: String
    var from: String
    var to: String
  }

  /// The periods, in order.
  var periods: [Stretch]
  /// Fewest persons that a figure was published about.
  var minimumPersons: Double
  /// Indicators of which observations are answers of persons.
  var ofAnswers: [String]
  /// Indicators that are shares of persons.
  var sharesOfPersons: [String]?
  /// The rule against dominance, by the keys of the pipeline.
  var dominance: [String: Double]?
  /// Layout by insurer of which an indicator has the units as subdivisions too.
  var insurerLayouts: [String: String]?
  /// Which regions, and care providers, make which regions.
  var within: [Within]

  static func file(_ run: RunFolder) -> URL { run.results.appending(path: "disclosure.json") }
  /// The figures as they were published, in the form of the results; what was withheld is empty.
  static func published(_ run: RunFolder) -> URL { run.results.appending(path: "published.parquet") }

  init(_ pipeline: Pipeline, _ nesting: Nesting) {
    periods = pipeline.periods.map { Stretch(id: $0.id, from: "\($0.from)", to: "\($0.to)") }
    minimumPersons = pipeline.minimumPersons.value
    ofAnswers = pipeline.indicators.filter(\.measure.isOfAnswers).map(\.id)
    sharesOfPersons = pipeline.indicators.filter(\.measure.isShareOfPersons).map(\.id)
    let rule = pipeline.dominance
    dominance = ["p": rule.p, "n": Double(rule.n), "fewest-providers": Double(rule.fewestProviders)]
    dominance?["k"] = rule.k
    insurerLayouts = Dictionary(
      uniqueKeysWithValues: pipeline.indicators.compactMap { one in one.insurerLayout.map { (one.id, $0) } })
    within = []
    for (period, pairs) in zip(pipeline.periods, nesting.pairs) {
      for pair in pairs {
        if let same = within.firstIndex(where: {
          $0.parts == pair.parts && $0.wholes == pair.wholes && $0.wholeOfPart == pair.wholeOfPart
            && $0.leavesRest == pair.leavesRest
        }) {
          within[same].periods.append(period.id)
        } else {
          within.append(
            Within(
              periods: [period.id], parts: pair.parts, wholes: pair.wholes, wholeOfPart: pair.wholeOfPart,
              leavesRest: pair.leavesRest))
        }
      }
    }
  }

  /// The pairs by period.
  var pairs: [String: [Nesting.Pair]] {
    var pairs: [String: [Nesting.Pair]] = [:]
    for one in within {
      for period in one.periods {
        pairs[period, default: []].append(
          Nesting.Pair(
            parts: one.parts, wholes: one.wholes, wholeOfPart: one.wholeOfPart, leavesRest: one.leavesRest ?? false))
      }
    }
    return pairs
  }
}

extension SumAudit.Knowledge {
  /// What the results that stay inside say of the published figures.
  init(_ record: DisclosureRecord?, truth results: [ResultRow]) {
    self.init()
    if let record {
      minimum = record.minimumPersons
      pairs = record.pairs
      ofAnswers = Set(record.ofAnswers)
      insurerLayouts = record.insurerLayouts ?? [:]
      sharesOfPersons = Set(record.sharesOfPersons ?? [])
      if let rule = record.dominance {
        dominance = DominanceRule(
          p: rule["p"] ?? DominanceRule.usual.p, k: rule["k"], n: Int(rule["n"] ?? Double(DominanceRule.usual.n)))
        if let fewest = rule["fewest-providers"] { dominance.fewestProviders = Int(fewest) }
      }
    }
    truth = Dictionary(results.map { (AuditedFigure.key($0), $0) }) { first, _ in first }
    for row in results where row.unit == RegionLayout.unplaced && row.persons > 0 {
      let place = SumAudit.Unplaced(
        indicator: row.indicator, period: row.period, stratum: row.stratum, layout: row.layout)
      unplaced[place] = row.persons
    }
  }
}

extension MirrorReports {
  /// What the published figures of all recipients together give away, in words and without numbers; empty for a run that may
  /// be published.
  func disclosures() -> [String] {
    let figures = zip(rows, protections).filter { $0.0.unit != RegionLayout.unplaced }
      .map { AuditedFigure($0, isHidden: $1 != .none) }
    let knowledge = SumAudit.Knowledge(DisclosureRecord(input.pipeline, nesting), truth: input.results)
    return SumAudit.disclosures(in: figures, knowledge).map { "\($0.figure): \(Verification.words($0.kind))" }
  }

  /// Refuses a run that gives something away.
  func check() throws(Problem) {
    let found = disclosures()
    guard let first = found.first else { return }
    throw Problem(
      .data, at: first, "\(found.count) figures that must stay hidden follow from what would be published",
      remedy:
        "Nothing was published. Raise minimum-persons or publish fewer layouts; and please report this as an error "
        + "in Spiegel.")
  }

  /// Leaves what was published and how it was protected beside the results, and what all runs so far have shown.
  func record(_ run: RunFolder) throws(Problem) {
    var shown = input.earlier
    shown.add(EarlierFigures(rows: rows.filter { $0.unit != RegionLayout.unplaced }, periods: input.pipeline.periods))
    try shown.write(run)
    try JSONFile.write(DisclosureRecord(input.pipeline, nesting), to: DisclosureRecord.file(run))
    let path = DisclosureRecord.published(run).path
    do throws(ParquetError) {
      let writer = try ParquetWriter(path: path, columns: Results.table.specs)
      try writer.write(Results.columns(of: rows), rows: rows.count)
      try writer.finish()
    } catch {
      throw Problem(.cannotWrite, at: error.path, error.reason, remedy: "Check the rights and the free space.")
    }
  }
}
