import Columns
import CoreDataset
import Definitions
import Foundation
import TestSupport
import Testing
import Workspace

@testable import Mirror

@Suite("Differences with the runs published before")
struct DifferencingTests {
  static func period(_ id: String, _ from: String, _ to: String) -> Period {
    Period(id: id, from: Day(from) ?? Day(0), to: Day(to) ?? Day(0))
  }

  /// What is done to figures of the years of `FakeMirror`, after these were published.
  static func protections(
    _ rows: [ResultRow], after earlier: [ResultRow], periods: [Period]? = nil
  ) -> [Protection] {
    let pipeline = FakeMirror.pipeline(indicators: [SmallTable.indicator(.itemMean)])
    return Suppression.apply(
      to: rows, index: FigureIndex(rows, pipeline), pipeline: pipeline,
      earlier: EarlierFigures(rows: earlier, periods: periods ?? pipeline.periods)
    ).protections
  }

  @Test(
    "A figure with one to nine persons more or fewer than before is withheld",
    arguments: [
      (100, Protection.none), (101, .fewPersons), (97, .fewPersons), (109, .fewPersons), (110, .none), (60, .none),
    ])
  func fewMore(persons: Int, expected: Protection) {
    let before = SmallTable.row("a", persons: 100)
    #expect(Self.protections([SmallTable.row("a", persons: persons, value: 6)], after: [before]) == [expected])
    // Of another period, or never shown: nothing to take off.
    #expect(Self.protections([SmallTable.row("a", persons: persons, period: "2018")], after: [before]) == [.none])
    let hidden = SmallTable.protect([SmallTable.row("a", persons: 9)]).rows
    #expect(Self.protections([SmallTable.row("a", persons: persons)], after: hidden) == [.none])
  }

  @Test("Of three runs the third is held against the first, also where the second hid the figure")
  func threeRuns() {
    func row(_ persons: Int) -> ResultRow { SmallTable.row("a", persons: persons) }
    let pipeline = FakeMirror.pipeline(indicators: [SmallTable.indicator(.itemMean)])
    func run(_ persons: Int, after earlier: EarlierFigures) -> (Protection, EarlierFigures) {
      let rows = [row(persons)]
      let done = Suppression.apply(to: rows, index: FigureIndex(rows, pipeline), pipeline: pipeline, earlier: earlier)
      var all = earlier
      all.add(EarlierFigures(rows: done.rows, periods: pipeline.periods))
      return (done.protections[0], all)
    }
    let (first, one) = run(100, after: .none)
    let (second, two) = run(105, after: one)
    let (third, three) = run(107, after: two)
    #expect([first, second, third] == [.none, .fewPersons, .fewPersons])
    // Far from the first, but near to the fourth; and back at the first, which nobody can tell from it.
    let (fourth, four) = run(118, after: three)
    #expect(fourth == .none)
    #expect(run(111, after: four).0 == .fewPersons && run(100, after: four).0 == .none)
    #expect(run(131, after: four).0 == .none)
  }

  @Test("What all runs showed is kept in one file, and a run that another has in its own is not read")
  func files() throws {
    let workspace = try Workspace(try TemporaryFolder.untilExit())
    func publish(_ id: String, _ persons: Int, references: [String]) throws {
      let run = RunFolder(id: id, folder: workspace.run(id))
      try Workspace.create(run.results)
      var all = try EarlierFigures.of(references.map { RunFolder(id: $0, folder: workspace.run($0)) })
      let pipeline = FakeMirror.pipeline(indicators: [SmallTable.indicator(.itemMean)])
      all.add(EarlierFigures(rows: [SmallTable.row("a", persons: persons)], periods: pipeline.periods))
      try all.write(run)
      var manifest = Manifest(
        run: id, pipeline: "p", definitionVersion: "1", definitionDigest: "d", tool: "1", keyID: "k", deliveries: [])
      manifest.references = references
      try manifest.write(run)
    }
    try publish("1", 100, references: [])
    try publish("2", 120, references: ["1"])
    // The first is removed: the second has what it showed.
    try FileManager.default.removeItem(at: workspace.run("1"))
    try publish("3", 140, references: ["1", "2"])
    let all = try EarlierFigures.of(["1", "2", "3"].map { RunFolder(id: $0, folder: workspace.run($0)) })
    #expect(all.shown.values.map { $0.map(\.persons) } == [[100, 120, 140]])
  }

  @Test("Answers count as persons do")
  func answers() {
    var after = SmallTable.row("a", persons: 100)
    after.measured = 95
    #expect(Self.protections([after], after: [SmallTable.row("a", persons: 100)]) == [.fewPersons])
  }

  @Test("What is withheld for it is protected like any other")
  func secondary() {
    let before = [SmallTable.row("NL", persons: 300, kind: .nation), SmallTable.row("a", persons: 100)]
    let after = [
      SmallTable.row("NL", persons: 320, kind: .nation), SmallTable.row("a", persons: 104),
      SmallTable.row("b", persons: 96), SmallTable.row("c", persons: 120),
    ]
    #expect(Self.protections(after, after: before) == [.none, .fewPersons, .secondary, .none])
  }

  @Test("A half year that was published does not give back a quarter of now")
  func shorterNow() {
    // 2016 and 2017 are now years, and were one period.
    let both = [Self.period("2016-2017", "2016-01-01", "2017-12-31")]
    let before = SmallTable.row("a", persons: 90, period: "2016-2017")
    let after = [SmallTable.row("a", persons: 6, period: "2016"), SmallTable.row("a", persons: 84, period: "2017")]
    #expect(Self.protections(after, after: [before], periods: both) == [.fewPersons, .secondary])
    #expect(Self.protections(after, after: [], periods: both) == [.fewPersons, .none])
  }

  @Test("A year is not published when one quarter of it was withheld before")
  func longerNow() {
    let halves = [Self.period("2016-1", "2016-01-01", "2016-06-30"), Self.period("2016-2", "2016-07-01", "2016-12-31")]
    let before = SmallTable.protect([SmallTable.row("a", persons: 6)]).rows.map { row in
      var row = row
      row.period = "2016-1"
      return row
    }
    let shown = SmallTable.row("a", persons: 84, period: "2016-2")
    let after = [SmallTable.row("a", persons: 90, period: "2016")]
    #expect(Self.protections(after, after: before + [shown], periods: halves) == [.fewPersons])
    var first = shown
    (first.period, first.persons) = ("2016-1", 40)
    #expect(Self.protections(after, after: [first, shown], periods: halves) == [.none])
  }
}
