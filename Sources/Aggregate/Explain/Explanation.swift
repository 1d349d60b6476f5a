import Columns
public import CoreDataset
public import Definitions
import Foundation
import Parquet
public import Workspace

/// From one figure back to its inputs: who and what was left at each step, and what each delivery contributed.
public struct Explanation: Sendable {
  /// What is left after a condition.
  public struct Step: Sendable, Equatable {
    /// The condition, in words.
    public let condition: String
    /// What is counted: persons, claim lines, answers and so on.
    public let counted: String
    /// How many are left.
    public var count: Int
  }
  /// What a delivery contributed.
  public struct Input: Sendable, Equatable {
    /// The delivered file.
    public let delivery: String
    /// The core table.
    public let table: String
    /// Rows of the core dataset that count in the figure.
    public var rows = 0
    /// Their amounts, euro cents.
    public var cents: Int64 = 0
  }

  /// A term of the case-mix model, and what the persons of the unit have of it.
  public struct Term: Sendable, Equatable {
    /// The term, such as `score` or `sex=male`.
    public let name: String
    /// Its coefficient; nil where it was dropped.
    public let estimate: Double?
    /// The mean of its column over the persons of the unit: of a level the share that has it.
    public let mean: Double
    /// What it adds to the mean prediction: points, or log odds of a logistic model.
    public var contribution: Double { (estimate ?? 0) * mean }
  }
  /// The case-mix model of the period.
  public struct Model: Sendable, Equatable {
    /// `linear` or `logistic`.
    public let kind: String
    /// Persons that it was fitted on.
    public let records: Int
    /// R² of a linear, c-statistic of a logistic model.
    public let fit: Double?
    /// Its terms, in order; references and levels without persons have none.
    public let terms: [Term]
  }

  /// The model; nil for measures without one, and where it was refused.
  public var model: Model?
  /// The figure as it stands in the results.
  public let figure: ResultRow
  /// The steps, in order.
  public let steps: [Step]
  /// The deliveries, in order of table and name.
  public let inputs: [Input]
  /// A row of the core dataset that counts, as texts in order of `recordColumns`; empty unless asked for.
  public let records: [[String]]

  /// Columns of `records`.
  public static let recordColumns = [
    "table", "delivery", "record", "person", "day", "what", "moment", "value", "provider",
  ]
}

/// Explains figures of a run.
public enum Explain {
  /// The figures of an indicator for a unit, each computed once more from the core dataset.
  ///
  /// - Parameters:
  ///   - unit: code of the unit, as in the results.
  ///   - layout: layout of the unit, where several have the code.
  ///   - period: one period; nil for all.
  ///   - withRecords: whether to list the contributing rows.
  /// - Throws: when there is no such figure, the core dataset cannot be read, or a figure differs from the results.
  public static func figures(
    of indicatorId: String, unit: String, layout: String?, period: String?, run: RunFolder, pipeline: Pipeline,
    withRecords: Bool
  ) throws(Problem) -> [Explanation] {
    guard let indicator = pipeline.indicators.first(where: { $0.id == indicatorId }) else {
      throw Problem(
        .usage, "the pipeline has no indicator \"\(indicatorId)\"",
        expected: pipeline.indicators.map(\.id).joined(separator: ", "))
    }
    let stored = try stored(run, indicatorId).filter {
      $0.unit == unit && $0.stratum.isEmpty && (layout == nil || $0.layout == layout)
        && (period == nil || $0.period == period)
    }
    guard let first = stored.first else {
      throw Problem(
        .usage, "\"\(indicatorId)\" has no figure for \"\(unit)\"\(period.map { " in \($0)" } ?? "")",
        remedy: "See results/results.csv of the run for its units and periods.")
    }
    if stored.contains(where: { $0.layout != first.layout }) {
      throw Problem(
        .usage, "several layouts have a unit \"\(unit)\"",
        expected: Set(stored.map(\.layout)).sorted().joined(separator: ", "), remedy: "Choose one with --layout.")
    }
    let narrow = pipeline.only(indicator)
    let axis = Axis(narrow)
    let measure = Measures.make(MeasureContext(indicator: indicator, pipeline: narrow, axis: axis))
    var trace = Trace(indicator, narrow, axis, unit: first, withRecords: withRecords)
    var total: Partial?
    for number in 0..<narrow.buckets {
      let bucket = try BucketLoader(run: run, number: number, needs: Needs(narrow)).load()
      let partial = Aggregate.partials(bucket, narrow, [measure], axis)[0]
      if total == nil { total = partial } else { total?.merge(partial) }
      try trace.add(bucket, run: run, number: number)
    }
    let computed = total.map {
      Figures(indicator: indicator, pipeline: narrow, measure: measure, axis: axis).rows($0)
    }
    let unit = designUnit(first, axis)
    return try stored.map { row throws(Problem) in
      let again = computed?.first {
        $0.layout == row.layout && $0.unit == row.unit && $0.period == row.period
          && $0.stratum.isEmpty
      }
      guard let again, isSame(again, row) else {
        throw Problem(
          .data, at: run.results.path,
          "the figure of \(row.unit) in \(row.period) is not what the core dataset gives",
          remedy: "Run `spiegel verify` on this run; its files were changed after it was published.")
      }
      var explanation = trace.explanation(of: row)
      if let sums = total?.design, let period = axis.periods.firstIndex(where: { $0.id == row.period }) {
        explanation.model = measure.model(sums, period: period)?.explained(
          sums, DesignSums.Place(unit: unit, period: period))
      }
      return explanation
    }
  }

  /// The name of a unit in what models are fitted on.
  private static func designUnit(_ row: ResultRow, _ axis: Axis) -> DesignSums.Unit {
    switch row.unitKind {
    case .nation: return .fixed(0)
    case .provider: return .provider(row.unit)
    case .region, .insurer:
      guard let layout = axis.layouts.firstIndex(where: { $0.id == row.layout }),
        let position = axis.layouts[layout].units.firstIndex(where: { $0.code == row.unit })
      else { return .fixed(-1) }
      return .fixed(axis.layoutStarts[layout] + position)
    }
  }

  /// A figure that quality findings forbid stands without its numbers.
  private static func isSame(_ computed: ResultRow, _ stored: ResultRow) -> Bool {
    if stored.status == .blocked { return true }
    return computed.persons == stored.persons && computed.measured == stored.measured
      && computed.numerator == stored.numerator && computed.denominator == stored.denominator
      && computed.value == stored.value
  }

  private static func stored(_ run: RunFolder, _ indicator: String) throws(Problem) -> [ResultRow] {
    let file = run.results.appending(path: "results.parquet")
    do throws(ParquetError) {
      let reader = try ParquetReader(path: file.path)
      var rows: [ResultRow] = []
      for group in reader.rowGroups.indices {
        let columns = try reader.read(group: group, columns: Results.table.columns.map(\.name))
        rows += (Results.rows(of: columns) ?? []).filter { $0.indicator == indicator }
      }
      return rows
    } catch {
      throw Problem(
        .noInput, at: file.path, "holds no results: \(error.reason)",
        remedy: "Name the folder of a run, for example workspace/current.")
    }
  }
}
