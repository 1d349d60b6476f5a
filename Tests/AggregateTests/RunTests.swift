@testable import Aggregate
import CoreDataset
import Definitions
import Foundation
import Ingest
import Normalize
import Parquet
import TestPipelines
import Testing
import Workspace

@Suite("From deliveries to the results table")
struct RunTests {
  static let indicators = """
    templates:
      answer: &answer
        version: "1"
        name: {nl: N, en: N}
        explanation: {nl: N, en: N}
        goal: health
        population: all
        unit: {nl: punten, en: points}
        decimals: 1
        direction: lower-better
    indicators:
      - {<<: *answer, id: change, measure: score-change, parameters: {instrument: ache, scale: total, from: T0, to: T1}}
      - {<<: *answer, id: mood, measure: item-mean, parameters: {instrument: mood, item: "1", from: T0}}
      - {<<: *answer, id: response, measure: response-rate, parameters: {instrument: ache, from: T0, to: T1}}
    """

  /// Core tables of forty persons.
  private static func normalized(buckets: Int, jobs: Int) throws -> (lab: Lab, manifest: Manifest, run: RunFolder) {
    let lab = try Lab(buckets: buckets, adding: ["indicators/more.yaml": indicators])
    var people = "bsn,born,sex,from,to,postcode\n"
    var claims = "Number;Line;BSN;AGB;Care;Activity;Diagnosis;Start;Quantity;Amount;Birth;Sex;Postcode\n"
    var wide = "bsn,path,index,agb,day0,ache0_1,ache0_2,mood0,day1,ache1_1,ache1_2,guess,given\n"
    for person in 0..<40 {
      let number = Persons.number(person)
      people += "\(number),1960-05-05,V,2016-01-01,,\(person < 10 ? "1011" : "1012")AB\n"
      claims += "D\(person);1;\(number);01000001;HA;C;;01-07-2016;1;\(person + 1),50;;;\n"
      if person < 30 {
        wide += "\(number),K,2016-03-01,p1,2016-03-02,8,\(person % 3),7,2016-09-01,\(person < 20 ? "4" : ""),1,,\n"
      }
    }
    try lab.deliver("people.csv", people)
    try lab.deliver("claims.csv", claims)
    try lab.deliver("wide.csv", wide)
    var manifest = lab.manifest(try lab.ingest(jobs: jobs).deliveries)
    let run = try lab.workspace.begin("run")
    try Normalize.run(
      lab.pipeline, manifest: &manifest, workspace: lab.workspace, run: run, jobs: jobs, reporter: .silent)
    return (lab, manifest, run)
  }

  static func run(buckets: Int, jobs: Int) throws -> (rows: [ResultRow], csv: String, manifest: Manifest) {
    var (lab, manifest, run) = try normalized(buckets: buckets, jobs: jobs)
    try Aggregate.run(lab.pipeline, manifest: &manifest, run: run, jobs: jobs, reporter: .silent)
    let reader = try ParquetReader(path: run.results.appending(path: "results.parquet").path)
    let rows = try #require(Results.rows(of: try reader.read(group: 0)))
    let csv = try String(contentsOf: run.results.appending(path: "results.csv"), encoding: .utf8)
    return (rows, csv, manifest)
  }

  @Test("figures of a small delivery, worked out by hand")
  func figures() throws {
    let (rows, csv, manifest) = try Self.run(buckets: 4, jobs: 2)
    func figure(_ indicator: String, _ unit: String = "NL") throws -> ResultRow {
      try #require(rows.first { $0.indicator == indicator && $0.unit == unit && $0.period == "2016" })
    }
    // Σ 1…40 and forty halves.
    #expect(near(try figure("cost").value, (820 + 20) / 40))
    #expect(near(try figure("cost", "a").value, (55 + 5) / 10))
    #expect(try figure("cost").status == .ok)
    #expect(try figure("cost", "a").status == .indicative)
    // T0 8 + 0, 1, 2 …; T1 4 + 1 for the first twenty.
    let change = try figure("change")
    #expect(change.measured == 20)
    #expect(near(change.value, 5 - (160.0 + 19) / 20))
    #expect(near(try figure("change", "01000001").value, 5 - (160.0 + 19) / 20))
    #expect(try figure("mood").value == 7 && figure("mood").measured == 30)
    #expect(near(try figure("response").value, 20.0 / 30))
    #expect(csv.hasPrefix("indicator,definition_version,layout,unit,period,stratum,unit_kind,persons,measured,"))
    #expect(csv.split(separator: "\r\n").count == rows.count + 1)
    #expect(manifest.results.values.reduce(0, +) == rows.count)
  }

  @Test("the number of buckets and jobs changes no byte")
  func splits() throws {
    let csv = try Self.run(buckets: 1, jobs: 1).csv
    for (buckets, jobs) in [(2, 3), (16, 2), (64, 1)] { #expect(try Self.run(buckets: buckets, jobs: jobs).csv == csv) }
  }

  /// Most tables have files only in buckets with rows, so that a lost one would pass for nobody's care.
  @Test(
    "a table of which a file is gone is not aggregated", arguments: ["claim_line", "insured_period", "answer", "score"])
  func lostFile(table: String) throws {
    var (lab, manifest, run) = try Self.normalized(buckets: 4, jobs: 2)
    let written = try #require(manifest.coreRows[table])
    let file = run.core(table, bucket: 2).appending(path: "part-0.parquet")
    let lost = try ParquetReader(path: file.path).rowGroups.reduce(0, +)
    #expect(lost > 0)
    // A table that must be there is missed when it is read; all others by their rows.
    let isMissed = table == "claim_line"
    try FileManager.default.removeItem(at: file)
    let problem = #expect(throws: Problem.self) {
      try Aggregate.run(lab.pipeline, manifest: &manifest, run: run, jobs: 1, reporter: .silent)
    }
    #expect(problem?.category == (isMissed ? .cannotRead : .data))
    if !isMissed {
      #expect(problem?.message == "\(written) rows were written to this table and \(written - lost) are there")
    }
    #expect(!FileManager.default.fileExists(atPath: run.results.appending(path: "results.parquet").path))
  }

  @Test("a run without core tables is not aggregated")
  func noCore() throws {
    let lab = try Lab()
    let run = try lab.workspace.begin("run")
    var manifest = lab.manifest([])
    #expect {
      try Aggregate.run(lab.pipeline, manifest: &manifest, run: run, jobs: 1, reporter: .silent)
    } throws: { ($0 as? Problem)?.category == .cannotRead }
  }
}
