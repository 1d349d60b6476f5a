import CoreDataset
import TestSupport
import Testing
import Workspace

@testable import Mirror

@Suite("Changes between runs")
struct ChangesTests {
  static func manifest(_ deliveries: [(name: String, hash: String, staged: String)], digest: String = "d") -> Manifest {
    Manifest(
      run: "r", pipeline: "p", definitionVersion: "1", definitionDigest: digest, tool: "1", keyID: "k",
      deliveries: deliveries.map {
        DeliveryAccount(
          delivery: $0.name, sha256: $0.hash, source: "s", reportedBy: "insurer", delivers: "claim_line",
          staged: $0.staged, parts: 1)
      })
  }

  @Test("What differs is read from the manifests")
  func differences() {
    let before = Self.manifest([("a", "1", "x"), ("b", "2", "y"), ("c", "3", "z"), ("e", "5", "v")])
    let after = Self.manifest([("a", "1", "x"), ("b", "9", "u"), ("c", "3", "w"), ("d", "4", "t")], digest: "e")
    let found = RunDifferences(from: before, to: after)
    #expect(found.new == ["d"] && found.corrected == ["b"] && found.missing == ["e"] && found.mapped == ["c"])
    #expect(found.causes == [.newData, .correctedData, .definition, .mapping])
    #expect(RunDifferences(from: before, to: before).causes == [])
    #expect(ChangeTexts.sentences(found, language: "nl").count == 5)
    #expect(
      ChangeTexts.sentences(RunDifferences(), language: "nl") == [
        "Gegevens en definities zijn dezelfde als de vorige keer."
      ])
    #expect(ChangeTexts.sentences(found, language: "en")[0] == "Newly delivered: 1 file (d).")
  }

  static func changes(
    _ old: [ResultRow], _ new: [ResultRow], _ causes: [ChangeCause], _ steps: [RunComparison.Step] = []
  ) -> [FigureChange] {
    RunComparison.changes(from: old, to: new, causes, steps: steps, last: .newData, minimum: 10)
  }

  @Test("A change is divided over its causes, and the parts add up")
  func divided() {
    let before = SmallTable.row("a", persons: 100, value: 50)
    let corrected = SmallTable.row("a", persons: 100, value: 53)
    let after = SmallTable.row("a", persons: 140, value: 51)
    let step = RunComparison.Step(cause: .correctedData, rows: [corrected])
    let found = Self.changes([before], [after], [.newData, .correctedData], [step])
    #expect(found.count == 1 && found[0].state == .moved && found[0].change == 1)
    #expect(found[0].parts == ["corrected-data": 3, "new-data": -2])
    // One cause needs no steps; several without steps are named and not divided.
    #expect(Self.changes([before], [after], [.newData])[0].parts == ["new-data": 1])
    let undivided = Self.changes([before], [after], [.newData, .correctedData])[0]
    #expect(undivided.parts == [:] && undivided.causes == [.newData, .correctedData])
  }

  @Test("Five causes: whatever the steps, the parts are the whole, in words of the cause")
  func fiveCauses() {
    var random = SeededRandom(3)
    let causes: [ChangeCause] = [.method, .definition, .mapping, .correctedData]
    for _ in 0..<50 {
      func row() -> ResultRow {
        SmallTable.row(
          "a", persons: 100 + 10 * Int.random(in: 0...9, using: &random),
          value: Double(Int.random(in: -5_000...5_000, using: &random)) / 97)
      }
      let (before, after) = (row(), row())
      let steps = causes.map { RunComparison.Step(cause: $0, rows: [row()]) }
      let found = Self.changes([before], [after], causes + [.newData], steps)[0]
      #expect(Set(found.parts.keys) == Set(ChangeCause.allCases.map(\.rawValue)))
      #expect(abs(found.parts.values.reduce(0, +) - (found.change ?? .nan)) < 1e-9)
      var at = before.value ?? 0
      for step in steps {
        #expect(abs((found.parts[step.cause.rawValue] ?? .nan) - ((step.rows[0].value ?? 0) - at)) < 1e-9)
        at = step.rows[0].value ?? 0
      }
    }
  }

  @Test("Steps that tell of few persons are not told")
  func fewPersons() {
    let before = SmallTable.row("a", persons: 100, value: 50)
    let corrected = SmallTable.row("a", persons: 97, value: 53)
    let after = SmallTable.row("a", persons: 140, value: 51)
    let step = RunComparison.Step(cause: .correctedData, rows: [corrected])
    #expect(Self.changes([before], [after], [.newData, .correctedData], [step])[0].parts == [:])
  }

  @Test("What is withheld in either run has no numbers")
  func withheld() {
    let shown = SmallTable.row("a", persons: 100, value: 50)
    let hidden = SmallTable.protect([SmallTable.row("a", persons: 4, value: 31)]).rows
    let now = Self.changes([shown], hidden, [.newData])[0]
    #expect(now.state == .hidden && now.after == nil && now.change == nil && now.parts == [:])
    let before = Self.changes(hidden, [shown], [.newData])[0]
    #expect(before.state == .shown && before.before == nil && before.change == nil)
    #expect(Self.changes(hidden, hidden, [.newData])[0].state == .same)
    #expect(Self.changes([], [shown], [.newData])[0].state == .new)
    #expect(Self.changes([shown], [], [.newData])[0].state == .gone)
    #expect(Self.changes([shown], [shown], [.newData])[0].state == .same)
  }

  @Test("What changed is said in words: how many figures, and the largest change of each indicator")
  func words() {
    let pipeline = FakeMirror.pipeline(indicators: FakeMirror.indicators)
    func change(
      _ indicator: String, _ unit: String, _ state: FigureChange.State, _ before: Double?, _ after: Double?
    ) -> FigureChange {
      FigureChange(
        indicator: indicator, layout: "proeftuin", unit: unit, period: "2019", stratum: "", state: state,
        before: before,
        after: after)
    }
    let changes = [
      change("zorgkosten", "zwolle", .moved, 3000, 3300), change("zorgkosten", "utrecht", .moved, 3000, 6000),
      change("verbeterd", "zwolle", .moved, 0.5, 0.51), change("spoed", "zwolle", .moved, 80, 80.0001),
      change("verbeterd", "utrecht", .hidden, 0.5, nil), change("opnamen", "zwolle", .same, 83, 83),
    ]
    #expect(
      Texts(.nl).changed(changes)
        == "Cijfers: 1 gelijk gebleven, 4 veranderd, 1 nu niet getoond en de vorige keer wel.")
    #expect(Texts(.en).changed([]) == nil)
    // What is not seen at the decimals that are shown is not told.
    #expect(
      Texts(.nl).largest(changes, most: 5, pipeline) { $0.unit } == [
        "Zorgkosten, utrecht, 2019: was €\u{A0}3.000\u{A0}per verzekerdejaar, is nu €\u{A0}6.000\u{A0}per verzekerdejaar.",
        "Aandeel dat duidelijk verbetert, zwolle, 2019: was 50,0%, is nu 51,0%.",
      ])
    #expect(Texts(.en).largest(changes, most: 1, pipeline) { _ in nil }.first?.contains("is now €6,000") == true)
  }
}
