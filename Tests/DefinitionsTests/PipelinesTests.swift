import CoreDataset
import Definitions
import Foundation
import TestSupport
import Testing

/// The pipelines of the project load, and say what they should.
@Suite struct PipelinesTests {
  static func load(_ name: String) throws -> Pipeline {
    do {
      return try Pipeline.load(folder: Shared.package.appending(path: "pipelines/\(name)"))
    } catch {
      for problem in error.errors { Issue.record("\(problem)") }
      throw error
    }
  }

  @Test func nhsProms() throws {
    let pipeline = try Self.load("nhs-proms")
    #expect(pipeline.id == "nhs-proms")
    #expect(pipeline.periods.map(\.id) == ["2016/17"])
    #expect(pipeline.ignoredFiles == ["ProvComm*", "PartLink*", "Time Series*"])
    #expect(pipeline.digest.count == 64)
    #expect(pipeline.indicators.count == 2 * 3 * 7)
    #expect(pipeline.populations.map(\.id) == ["hip-primary", "hip-revision"])
    #expect(pipeline.populations[0].conditions == [.carePath(["hip-primary"])])

    let source = try #require(pipeline.sources.first)
    #expect(source.fields.map(\.target) == ["person", "path", "index_date", "provider"])
    #expect(source.fields[0].form == .recordAsPerson)
    #expect(source.fields[1].codes == ["0": "hip-primary", "1": "hip-revision"])
    #expect(source.fields[1].unknown == .reject)
    #expect(
      source.questionnaires.map { "\($0.instrument) \($0.moment)" } == [
        "oxford-hip T0", "eq-5d-3l-uk T0", "eq-vas T0", "oxford-hip T1", "eq-5d-3l-uk T1", "eq-vas T1",
      ])
    let after = source.questionnaires[3]
    #expect(after.items.count == 12)
    #expect(after.items[0] == ("1", "Hip Replacement Post-Op Q Pain"))
    #expect(after.delivered.map(\.column) == ["Hip Replacement Post-Op Q Score"])
    #expect(after.predicted.map(\.column) == ["Hip Replacement OHS Post-Op Q Predicted"])

    let worsened = try #require(pipeline.indicators.first { $0.id == "hip-revision-vas-worsened" })
    #expect(worsened.measure == .scoreShare)
    #expect(worsened.direction == .lowerBetter)
    #expect(worsened.population == "hip-revision")
    #expect(worsened.parameters.outcome == .worsened)
    #expect(worsened.parameters.threshold == nil)
    #expect(worsened.parameters.requiresPrediction)
    #expect(worsened.parameters.from == "T0")
    #expect(worsened.parameters.to == "T1")
    let before = try #require(pipeline.indicators.first { $0.id == "hip-primary-ohs-before" })
    #expect(before.parameters.pairedWith == "T1")
  }

  /// Every column that the source names is in the export.
  @Test(.enabled(if: Shared.isPresent, Comment(rawValue: Shared.hint))) func nhsColumnsExist() throws {
    let source = try #require(try Self.load("nhs-proms").sources.first)
    let folder = Shared.file("data/nhs-proms-2016-17")
    let file = folder.appending(path: "Hip Replacement Provider 1617.csv")
    let handle = try FileHandle(forReadingFrom: file)
    defer { try? handle.close() }
    let start = String(decoding: try handle.read(upToCount: 16_384) ?? Data(), as: UTF8.self)
    let header = Set(start.prefix { !$0.isNewline }.split(separator: ",").map(String.init))
    var columns = source.fields.flatMap(\.columns)
    for questionnaire in source.questionnaires {
      columns += questionnaire.items.map(\.column) + questionnaire.delivered.map(\.column)
      columns += questionnaire.predicted.map(\.column)
    }
    #expect(columns.count == 2 + 2 * (12 + 5 + 1) + 4 + 3)
    for column in columns { #expect(header.contains(column), "\(column)") }
  }
}
