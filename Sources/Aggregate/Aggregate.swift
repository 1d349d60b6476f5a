import Columns
import CoreDataset
public import Definitions
import Foundation
import Parquet
import Statistics
import Synchronization
public import Workspace

/// The third stage: the core dataset becomes one table of results.
public enum Aggregate {
  /// Reads the core tables of a run, a bucket at a time, and writes `results/results.parquet` and `.csv`.
  ///
  /// - Throws: when core tables are missing or damaged, or output cannot be written.
  public static func run(
    _ pipeline: Pipeline, manifest: inout Manifest, run: RunFolder, jobs: Int, reporter: Reporter
  ) throws(Problem) {
    let axis = Axis(pipeline)
    let needs = Needs(pipeline)
    let measures = pipeline.indicators.map {
      Measures.make(MeasureContext(indicator: $0, pipeline: pipeline, axis: axis))
    }
    // Sums are of whole numbers, so that buckets may be merged as they come.
    let merged = Mutex<[Partial?]>(Array(repeating: nil, count: measures.count))
    let done = Mutex(0)
    let breaks = Mutex(DetectedBreaks())
    let notPlaced = Mutex<NotPlaced?>(nil)
    _ = try inParallel(pipeline.buckets, jobs: jobs) { number throws(Problem) in
      let bucket = try BucketLoader(run: run, number: number, needs: needs).load()
      let places = NotPlaced(bucket, axis)
      notPlaced.withLock { if $0 == nil { $0 = places } else { $0?.merge(places) } }
      var found = DetectedBreaks()
      found.add(bucket, axis)
      breaks.withLock { $0.merge(found) }
      let sums = partials(bucket, pipeline, measures, axis)
      merged.withLock { total in
        for (index, partial) in sums.enumerated() {
          if total[index] == nil { total[index] = partial } else { total[index]?.merge(partial) }
        }
      }
      let count = done.withLock {
        $0 += 1
        return $0
      }
      reporter.progress("aggregate", count, of: pipeline.buckets)
    }
    try CoreAccount.check(manifest, run)
    try notPlaced.withLock { $0 }?.report(pipeline, &manifest, run, reporter)
    let totals = merged.withLock { $0 }
    let blocks = try Blocks.read(run)
    let detected = breaks.withLock { $0 }
    var tables = IndicatorTables()
    for (index, indicator) in pipeline.indicators.enumerated() {
      guard let partial = totals[index] else { continue }
      let figures = Figures(
        indicator: indicator, pipeline: pipeline, measure: measures[index], axis: axis, blocks: blocks,
        breaks: detected.causes(indicator, pipeline, axis))
      let more = figures.tables(partial)
      tables.rows += more.rows
      tables.comparisons += more.comparisons
      tables.models += more.models
      tables.trends += more.trends
      tables.distributions += more.distributions
      tables.differences += more.differences
      tables.responseBiases += more.responseBiases
      tables.accounts += more.accounts
    }
    let settlement = SavingsSettlement(
      tables.rows, directions: Dictionary(pipeline.indicators.map { ($0.id, $0.direction) }) { first, _ in first })
    tables.savings = tables.accounts.flatMap { settlement.steps($0) }
    ClaimsRunOut(pipeline, manifest)?.flag(&tables.rows)
    ResponseBias.flag(&tables.rows, tables.responseBiases)
    for status in ResultStatus.allCases {
      manifest.results[status.rawValue] = tables.rows.count { $0.status == status }
    }
    let blocked = tables.rows.filter { $0.status == .blocked }
    manifest.blocked =
      blocked.isEmpty
      ? nil : Dictionary(blocked.map { (BlockedReason.check($0.reason) ?? $0.reason, 1) }, uniquingKeysWith: +)
    for (check, figures) in (manifest.blocked ?? [:]).sorted(by: { $0.key < $1.key }) {
      reporter.warning("FiguresBlocked", ["check": check, "figures": "\(figures)"])
    }
    try ResultFiles.write(tables, to: run.results)
    reporter.event("ResultsWritten", ["figures": "\(tables.rows.count)"])
  }

  /// The sums of one bucket for every indicator.
  static func partials(
    _ bucket: Bucket, _ pipeline: Pipeline, _ measures: [any Measure], _ axis: Axis
  ) -> [Partial] {
    var memberships: [String: Membership] = [:]
    let providers = bucket.providers.values
    let isCompared = pipeline.indicators.contains(where: ResponseBias.isCompared)
    let prior = isCompared ? PriorCare(bucket, pipeline) : nil
    func members(_ id: String) -> Membership {
      if let known = memberships[id] { return known }
      let population =
        pipeline.population(id) ?? Population(id: "", version: "", name: Localized(nl: "", en: ""), conditions: [])
      let members = Membership(population, bucket)
      memberships[id] = members
      return members
    }
    return zip(pipeline.indicators, measures).map { indicator, measure in
      let population = members(indicator.population)
      var table = CellTable(axis: axis, strata: measure.strata.count, providers: providers)
      measure.accumulate(bucket, population, into: &table)
      var partial = Partial(table)
      partial.parts = parts(indicator, measure, bucket, population, axis)
      if let prior {
        partial.response = ResponseBias(MeasureContext(indicator: indicator, pipeline: pipeline, axis: axis))?
          .sums(bucket, population, axis, prior)
      }
      partial.others = indicator.series.otherPopulations.map { other in
        var table = CellTable(axis: axis, strata: measure.strata.count, providers: providers)
        measure.accumulate(bucket, members(other), into: &table)
        return Partial(table)
      }
      return partial
    }
  }
}
