import Columns
import CoreDataset
import Definitions
import Foundation
import TestSupport
import Testing

/// What is said of a folder as a whole, and what a good one gives.
@Suite struct FolderTests {
  private func problems(_ change: (inout [String: String]) -> Void) throws -> [String] {
    var pipeline = SmallPipeline()
    change(&pipeline.files)
    return try pipeline.problems()
  }

  @Test func missingFiles() throws {
    #expect(try problems { $0["pipeline.yaml"] = nil } == ["pipeline.yaml: there is no such file"])
    #expect(try problems { $0["mirror.yaml"] = nil } == ["mirror.yaml: there is no such file"])
    #expect(try problems { $0["standards/people.csv"] = nil } == ["standards/people.csv: there is no such file"])
    #expect(
      try problems { $0["instruments/pain.yaml"] = nil } == [
        "pipeline.yaml:10:15: there is no file for instrument \"pain\": neither instruments/pain.yaml nor "
          + "../instruments/pain.yaml"
      ])
    #expect(
      try problems { files in files = files.filter { !$0.key.hasPrefix("indicators/") } } == [
        "indicators: there is no indicator; a pipeline needs one"
      ])
    #expect(
      try problems { files in files = files.filter { !$0.key.hasPrefix("sources/") } }.contains(
        "sources: there is no source; a pipeline needs one"))
    #expect(
      try problems { $0["sources/people.yaml"] = nil } == [
        "indicators/cost.yaml:7:14: measure cost-per-person-year needs insured_period, and no source delivers it"
      ])
  }

  /// A diagnosis needs claim lines.
  @Test func diagnosisWithoutClaims() throws {
    let found = try problems {
      $0["sources/claims.yaml"] = nil
      $0["indicators/cost.yaml"] = nil
      $0["populations/knee.yaml"]?.replace("- age: {from: 18, to: 99}", with: "- diagnosis: {starts-with: [L86]}")
    }
    #expect(
      found == ["populations/knee.yaml:5:16: a diagnosis comes from claim lines, and no source delivers claim_line"])
  }

  @Test func notUTF8() throws {
    let root = FileManager.default.temporaryDirectory.appending(path: "spiegel-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: root) }
    try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
    try Data([0x6E, 0x61, 0x6D, 0xE9]).write(to: root.appending(path: "pipeline.yaml"))
    let error = try #require(throws: DefinitionErrors.self) { try Pipeline.load(folder: root) }
    #expect(error.errors.map(\.description) == ["pipeline.yaml: is not UTF-8; save it with that encoding"])
  }

  /// Everything is told in one go, in order of file and place.
  @Test func severalAtOnce() throws {
    let found = try problems {
      $0["populations/all.yaml"]?.replace("version", with: "versio")
      $0["indicators/pain.yaml"]?.replace("decimals: 1", with: "decimals: 9")
      $0["pipeline.yaml"]?.replace("buckets: 4", with: "buckets: 3")
    }
    #expect(
      found == [
        "indicators/pain.yaml:8:11: expected a whole number from 0 to 6, found \"9\"",
        "pipeline.yaml:9:10: the number of buckets is a power of two, 3 is not",
        "populations/all.yaml:1:1: missing key \"version\"",
        "populations/all.yaml:1:1: unknown key \"versio\"; did you mean \"version\"?",
      ])
  }

  @Test func theSmallPipeline() throws {
    let pipeline = try SmallPipeline().load()
    #expect(pipeline.id == "small")
    #expect(pipeline.buckets == 4)
    #expect(pipeline.minimumPersons == Threshold(value: 10, why: "agreed", since: "2026"))

    let instrument = try #require(pipeline.instrument("pain"))
    #expect(instrument.items.map(\.code) == ["1", "2"])
    #expect(instrument.scales[0].missing == Scale.MissingRule(atLeast: 1, isPersonMean: true))
    #expect(instrument.scales[0].maximum == 20)

    // Anchors and merge keys: an indicator has its own keys and those of its template.
    #expect(pipeline.indicators.map(\.id) == ["cost", "claims", "pain"])
    #expect(pipeline.indicators[1].measure == .claimRate)
    #expect(pipeline.indicators[1].name.nl == "Kosten")
    #expect(pipeline.indicators[1].parameters.careLines == [.first])

    let standard = try #require(pipeline.standardPopulation)
    #expect(standard.bandStarts == [0, 18])
    #expect(standard.sexes == [.male, .female])
    #expect(standard.persons == [10, 11, 12, 13, 20, 21, 22, 23, 0, 0, 0, 0])
    #expect(pipeline.regions[0].units.map(\.name) == ["Region A", "Region B; the rest", "Onbekend"])
    #expect(pipeline.regions[0].unit(ofPostcode: 1012, on: pipeline.periods[0].from) == 1)

    let people = try #require(pipeline.sources.first { $0.id == "people" })
    #expect(people.format == .delimited(delimiter: 9, hasHeader: true, skipLines: 0))
    #expect(people.dates == [.iso])
    #expect(people.fields.map(\.target) == ["person", "sex", "from"])
    // A code that is not in the list is set aside where the record can do without it.
    #expect(people.fields[1].unknown == .setAside)
    #expect(people.fields.map(\.isRequired) == [true, false, true])
  }

  @Test func digestFollowsContent() throws {
    let digest = try SmallPipeline().load().digest
    #expect(try SmallPipeline().load().digest == digest)
    var pipeline = SmallPipeline()
    try pipeline.edit("codes/care.csv", "HA;general-practice", "HA;general-practice\nFA;pharmacy")
    #expect(try pipeline.load().digest != digest)
    pipeline = SmallPipeline()
    pipeline.files["README.md"] = "Not a definition."
    #expect(try pipeline.load().digest == digest)
  }

  @Test func quartersAndMonths() throws {
    func periods(_ step: String, _ first: String) throws -> [String] {
      var pipeline = SmallPipeline()
      try pipeline.edit("pipeline.yaml", "to: 2016}", "to: 2016, by: \(step)}")
      try pipeline.edit("pipeline.yaml", "baseline: \"2015\"", "baseline: \(first)")
      try pipeline.edit("indicators/pain.yaml", "period: \"2016\"", "period: \(first)")
      return try pipeline.load().periods.map { "\($0.id) \($0.from) \($0.to)" }
    }
    let quarters = try periods("quarter", "2015-Q1")
    #expect(quarters.count == 8)
    #expect(quarters[0] == "2015-Q1 2015-01-01 2015-03-31" && quarters[7] == "2016-Q4 2016-10-01 2016-12-31")
    let months = try periods("month", "2015-01")
    #expect(months.count == 24)
    #expect(months[13] == "2016-02 2016-02-01 2016-02-29" && months[23] == "2016-12 2016-12-01 2016-12-31")
  }

  /// A line of a layout holds from its first to its last day, both included.
  @Test func datesOfLayouts() throws {
    var pipeline = SmallPipeline()
    pipeline.files["regions/land.csv"] = """
      postcode4;unit;name;from;to
      1011;a;A;;2015-06-30
      1011;b;B;2015-07-01;
      1012;b;B;;
      1013;a;A;2015-07-02;2015-07-02
      """
    let layout = try #require(try pipeline.load().regions.first)
    #expect(layout.units.map(\.code) == ["a", "b", RegionLayout.unplaced])
    func unit(_ postcode: Int32, _ day: String) throws -> String {
      layout.units[layout.unit(ofPostcode: postcode, on: try #require(Day(day)))].code
    }
    #expect(try unit(1011, "1950-01-01") == "a" && unit(1011, "2015-06-30") == "a")
    #expect(try unit(1011, "2015-07-01") == "b" && unit(1011, "2050-01-01") == "b")
    #expect(try unit(1012, "1950-01-01") == "b" && unit(1012, "2015-07-02") == "b")
    let days = ["2015-07-01", "2015-07-02", "2015-07-03"]
    #expect(try days.map { try unit(1013, $0) } == [RegionLayout.unplaced, "a", RegionLayout.unplaced])
  }

  /// Every measure is documented, and its parameters are no riddle: none is both required and optional.
  @Test(arguments: MeasureKind.allCases) func measures(_ measure: MeasureKind) {
    let parameters = measure.parameters
    #expect(parameters.documentation.hasSuffix("."))
    #expect(Set(parameters.all).count == parameters.all.count)
  }

  /// The table of measures in the manual is what the decoder knows.
  @Test(arguments: MeasureKind.allCases) func manual(_ measure: MeasureKind) throws {
    let manual = try String(contentsOf: Shared.package.appending(path: "pipelines/README.md"), encoding: .utf8)
    func codes(_ names: [String]) -> String { names.map { "`\($0)`" }.joined(separator: ", ") }
    let parameters = measure.parameters
    let line =
      "| `\(measure.rawValue)` | \(parameters.documentation) | \(codes(parameters.required)) | "
      + "\(codes(parameters.optional)) |"
    #expect(manual.contains(line), "expected in pipelines/README.md: \(line)")
  }
}
