public import CoreDataset
import Definitions
import Foundation
public import Workspace

/// What became of one published figure between two runs. What is withheld in either has no numbers here.
public struct FigureChange: Codable, Sendable, Equatable {
  /// What became of it.
  public enum State: String, Codable, Sendable, CaseIterable {
    /// Shown in both, with the same value.
    case same
    /// Shown in both, with another value.
    case moved
    /// Shown now, withheld or without a value before.
    case shown
    /// Shown before, withheld or without a value now.
    case hidden
    /// Not there before.
    case new
    /// Not there any more.
    case gone
  }

  /// Indicator id.
  public var indicator: String
  /// Region layout, `provider` or `nation`.
  public var layout: String
  /// Code of the unit.
  public var unit: String
  /// Period id.
  public var period: String
  /// Subdivision; empty for the whole.
  public var stratum: String
  /// What became of it.
  public var state: State
  /// The value before, in the unit of the indicator.
  public var before: Double?
  /// The value now.
  public var after: Double?
  /// How much of the change comes from each cause, where that is known; the parts add up to the change.
  public var parts: [String: Double] = [:]
  /// The causes that there can be.
  public var causes: [ChangeCause] = []

  /// Now minus before; nil unless both are shown.
  public var change: Double? {
    if let before, let after { after - before } else { nil }
  }
}

/// Two runs beside each other, by what they published.
public struct RunComparison: Sendable {
  /// All figures of an earlier state of the inputs, as they would be with the later state of one more of them.
  public struct Step: Sendable {
    /// What was brought up to date.
    public let cause: ChangeCause
    /// The figures, not protected.
    public let rows: [ResultRow]

    /// A step.
    public init(cause: ChangeCause, rows: [ResultRow]) {
      self.cause = cause
      self.rows = rows
    }
  }

  /// What the runs were made of that was not the same.
  public let differences: RunDifferences
  /// Every figure of either run, in order of the later one.
  public let changes: [FigureChange]

  /// Compares two runs.
  ///
  /// - Parameters:
  ///   - steps: figures in between, each with one cause more brought up to date, in order; the last cause, of which the
  ///     later run itself is the result, is not among them but in `last`. Empty: where there are several causes, how much
  ///     comes from each is not known.
  ///   - last: the cause of the step to the later run.
  /// - Throws: when a run has no record of what it published, or it cannot be read.
  public init(
    from before: RunFolder, to after: RunFolder, steps: [Step] = [], last: ChangeCause? = nil
  ) throws(Problem) {
    differences = RunDifferences(from: try Manifest.read(before), to: try Manifest.read(after))
    let old = try Self.published(before)
    let new = try Self.published(after)
    let record: DisclosureRecord = try JSONFile.read(DisclosureRecord.file(after))
    changes = Self.changes(
      from: old, to: new, differences.causes, steps: steps, last: last, minimum: Int(record.minimumPersons.rounded(.up))
    )
  }

  private static func published(_ run: RunFolder) throws(Problem) -> [ResultRow] {
    do throws(Problem) {
      return try Mirror.results(run, file: DisclosureRecord.published(run)).filter { $0.unit != RegionLayout.unplaced }
    } catch {
      throw Problem(
        .cannotRead, at: DisclosureRecord.published(run).path, "there is no record of what this run published",
        remedy: "Run it again with this version of Spiegel: the same input gives the same run.")
    }
  }

  static func changes(
    from old: [ResultRow], to new: [ResultRow], _ causes: [ChangeCause], steps: [Step], last: ChangeCause?, minimum: Int
  ) -> [FigureChange] {
    let before = Dictionary(old.map { (AuditedFigure.key($0), $0) }) { first, _ in first }
    let now = Set(new.map(AuditedFigure.key))
    let between = steps.map { step in
      (cause: step.cause, rows: Dictionary(step.rows.map { (AuditedFigure.key($0), $0) }) { first, _ in first })
    }
    var changes = new.map { row in
      let key = AuditedFigure.key(row)
      var change = change(from: before[key], to: row)
      guard change.state == .moved, let then = before[key] else { return change }
      change.causes = causes
      if causes.count == 1 {
        change.parts = [causes[0].rawValue: change.change ?? 0]
      } else if let last, !between.isEmpty {
        let path = between.compactMap { step in step.rows[key].map { (cause: step.cause, row: $0) } }
        if path.count == between.count { change.parts = parts(then, path + [(last, row)], minimum) }
      }
      return change
    }
    for row in old where !now.contains(AuditedFigure.key(row)) { changes.append(change(from: row, to: nil)) }
    return changes
  }

  private static func change(from before: ResultRow?, to after: ResultRow?) -> FigureChange {
    let state: FigureChange.State =
      switch (before, after) {
      case (nil, _): .new
      case (_, nil): .gone
      case (let before?, let after?):
        switch (before.value, after.value) {
        case (nil, nil): .same
        case (nil, _): .shown
        case (_, nil): .hidden
        case (let one?, let other?): abs(one - other) <= 1e-12 * max(1, abs(one)) ? .same : .moved
        }
      }
    let row = after ?? before
    return FigureChange(
      indicator: row?.indicator ?? "", layout: row?.layout ?? "", unit: row?.unit ?? "", period: row?.period ?? "",
      stratum: row?.stratum ?? "", state: state, before: before?.value, after: after?.value)
  }

  /// The change by cause; nothing where a step would tell of few persons, or of a figure without counts.
  private static func parts(
    _ first: ResultRow, _ path: [(cause: ChangeCause, row: ResultRow)], _ minimum: Int
  ) -> [String: Double] {
    var parts: [String: Double] = [:]
    var at = first
    for (cause, row) in path {
      let persons = abs(row.persons - at.persons)
      let measured = abs(row.measured - at.measured)
      guard at.persons > 0, row.persons >= minimum, let from = at.value, let to = row.value,
        persons == 0 || persons >= minimum, measured == 0 || measured >= minimum
      else { return [:] }
      // Nothing but the last bits of a division.
      parts[cause.rawValue, default: 0] += abs(to - from) <= 1e-12 * max(1, abs(from)) ? 0 : to - from
      at = row
    }
    return parts
  }
}
