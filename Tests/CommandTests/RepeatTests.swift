import Foundation
import TestSupport
import Testing

/// The same input gives the same bytes, in any workspace, on any number of threads, in one go or stage by stage.
struct RepeatTests {
  @Test func aDeliveryWithoutFaultsIsPublishedWhole() throws {
    #expect(try SampleRuns.delivery.get().outcome.exitCode == 0)
    let run = try SampleRuns.twice.get().first
    #expect(run.outcome.exitCode == 0, "\(run.outcome.errors)")
    let manifest = try RunWorkspace.manifest(run.workspace.current)
    #expect(run.workspace.currentTarget == "runs/\(manifest.run)")
    #expect(manifest.pipeline == "chronische-pijn")
    #expect(manifest.deliveries.count == 13)
    for delivery in manifest.deliveries {
      #expect(delivery.read > 0 && delivery.read == delivery.accepted, "\(delivery.delivery)")
      #expect(delivery.quarantined == 0 && delivery.superseded == 0 && delivery.valuesSetAside == 0)
      #expect(delivery.reasons.isEmpty)
    }
    #expect(manifest.coreRows["person"] == 2000)
    #expect(
      try ParquetTable(run.workspace.current.appending(path: "quarantine/quarantine.parquet")).rows == 0)
  }

  /// Records read, counted here by lines and answers.
  @Test func everyRecordIsRead() throws {
    let folder = try SampleRuns.delivery.get().folder
    let manifest = try RunWorkspace.manifest(try SampleRuns.twice.get().first.workspace.current)
    for delivery in manifest.deliveries {
      let content = try Data(contentsOf: folder.appending(path: delivery.delivery))
      let expected =
        delivery.delivery.hasSuffix(".xml")
        ? String(decoding: content, as: UTF8.self).components(separatedBy: "<antwoord ").count - 1
        : content.count { $0 == UInt8(ascii: "\n") } - 1
      #expect(delivery.read == expected, "\(delivery.delivery)")
    }
  }

  @Test func theManifestNamesEveryFile() throws {
    let run = try SampleRuns.twice.get().first
    let manifest = try RunWorkspace.manifest(run.workspace.current)
    #expect(Set(manifest.files.keys) == Set(run.tree.keys).subtracting(["manifest.json"]))
    #expect(manifest.files.values.allSatisfy { $0.count == 64 })
  }

  @Test func eventsAreOneObjectALine() throws {
    let lines = try SampleRuns.twice.get().first.outcome.errorLines
    let events = try lines.map { line in
      try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: String])["event"]
    }
    #expect(events.count { $0 == "FileIngested" } == 13)
    #expect(events.last == "RunPublished")
  }

  @Test func aRerunGivesTheSameBytes() throws {
    let (first, second) = try SampleRuns.twice.get()
    #expect(second.outcome.exitCode == 0)
    #expect(second.outcome.errors.contains("FileReused"))
    #expect(first.tree.count > 100)
    #expect(FileTree.differences(first.tree, second.tree) == [])
    #expect(first.outcome.output == second.outcome.output)
  }

  @Test func anotherWorkspaceAndOneThreadGiveTheSameBytes() throws {
    let other = try SampleRuns.inStages.get().run
    #expect(other.outcome.exitCode == 0)
    #expect(FileTree.differences(try SampleRuns.twice.get().first.tree, other.tree) == [])
  }

  @Test func singleStagesGiveTheSameFiles() throws {
    let stages = try SampleRuns.inStages.get()
    #expect(stages.stages.map(\.exitCode) == [0, 0, 0, 0])
    #expect(!stages.wasPublished)
    // The draft's manifest has no hashes: they are made when a run is published.
    let isCompared = { (path: String) in path != "manifest.json" }
    let draft = stages.draft.filter { isCompared($0.key) }
    let run = try SampleRuns.twice.get().first.tree.filter { isCompared($0.key) }
    #expect(FileTree.differences(draft, run) == [])
  }
}
