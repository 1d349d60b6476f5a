@testable import Aggregate
import CoreDataset
import Definitions
import Foundation
import Ingest
import Normalize
import Parquet
import TestPipelines
import TestSupport
import Testing
import Workspace

@Suite("A claims layout that is not Dutch, by configuration alone")
struct ForeignLayoutTests {
  private struct Outcome {
    let lab: Lab
    let manifest: Manifest
    let run: RunFolder
    let rows: [ResultRow]

    func account(_ name: String) throws -> DeliveryAccount {
      try #require(manifest.deliveries.first { $0.delivery == name })
    }
  }

  private func run(_ files: [String: String], buckets: Int = 4, jobs: Int = 2) throws -> Outcome {
    var definitions = ForeignFiles.definitions
    definitions["indicators/care.yaml"] = CareTests.measures
    definitions["codes/avoidable.csv"] = "diagnosis;group\nI50;heart failure\n"
    let lab = try Lab(buckets: buckets, adding: definitions)
    for (name, text) in files { try lab.deliver(name, text) }
    var manifest = lab.manifest(try lab.ingest(jobs: jobs).deliveries)
    let run = try lab.workspace.begin("run")
    try Normalize.run(
      lab.pipeline, manifest: &manifest, workspace: lab.workspace, run: run, jobs: jobs, reporter: .silent)
    try Aggregate.run(lab.pipeline, manifest: &manifest, run: run, jobs: jobs, reporter: .silent)
    let reader = try ParquetReader(path: run.results.appending(path: "results.parquet").path)
    return Outcome(
      lab: lab, manifest: manifest, run: run, rows: try #require(Results.rows(of: try reader.read(group: 0))))
  }

  static let small = [
    "header.csv": ForeignFiles.header
      + "100|M1|1234567893|I|I50.9|03/01/2016|03/05/2016|05/20/1950|2\n"
      + "200|M2|1234567893|P|Z00.00|04/02/2016|04/02/2016|01/02/1980|1\n"
      + "300|M2|1234567893|P|J45.909|12/31/2016|12/31/2016|01/02/1980|9\n",
    "lines.csv": ForeignFiles.lines
      + "100|1|0450|1|1,234.56\n" + "100|2|0120|4|8,000\n" + "200|1|0300|2|17.5\n" + "999|1|0300|1|50.05\n"
      + "999|2|0300|1|-0.05\n",
    "members.csv": ForeignFiles.members + "M1|01/01/2016|12/31/2016\n" + "M2|01/01/2016|\n",
  ]

  @Test("heads and lines become claim lines, with dollars as cents and the diagnosis of the head")
  func joined() throws {
    let outcome = try run(Self.small)
    let lines = try outcome.lab.core("claim_line", outcome.run).sorted {
      ($0["claim"] ?? "", $0["line"] ?? "") < ($1["claim"] ?? "", $1["line"] ?? "")
    }
    #expect(lines.map { $0["amount_cents"] } == ["123456", "800000", "1750"])
    #expect(lines.map { $0["diagnosis_code"] } == ["I50.9", "I50.9", "Z00.00"])
    #expect(lines.map { $0["start"] } == ["2016-03-01", "2016-03-01", "2016-04-02"])
    #expect(lines.map { $0["care_type"] } == ["medical-specialist", "medical-specialist", "general-practice"])
    #expect(lines.map { $0["activity"] } == ["emergency-visit", "bed-day", "laboratory"])
    #expect(lines.map { $0["sex"] } == ["female", "female", "male"])
    #expect(lines.map { $0["birth_year"] } == ["1950", "1950", "1980"])
    #expect(lines.map { $0["record"] } == ["2", "3", "4"])
    #expect(Set(lines.map { $0["delivery"] }) == ["lines.csv"])
    #expect(Set(lines.prefix(2).map { $0["person"] }).count == 1 && lines[0]["person"] != lines[2]["person"])
    // The stay and the figures are made as of any other layout.
    let stay = try #require(try outcome.lab.core("stay", outcome.run).first)
    #expect(stay["from"] == "2016-03-01" && stay["to"] == "2016-03-05" && stay["bed_days"] == "4")
    #expect(stay["unplanned"] == "1" && stay["diagnosis_code"] == "I50.9")
    func figure(_ indicator: String) -> ResultRow? {
      outcome.rows.first { $0.indicator == indicator && $0.unit == "NL" && $0.period == "2016" }
    }
    #expect(figure("cost")?.numerator == 9252.06 && near(figure("cost")?.denominator, 2))
    #expect(figure("avoidable")?.numerator == 1 && figure("days")?.numerator == 4)
  }

  @Test("lines without a head are set aside with their dollars, heads without lines are counted")
  func accounts() throws {
    let outcome = try run(Self.small)
    let lines = try outcome.account("lines.csv")
    #expect(lines.read == 5 && lines.accepted == 3 && lines.quarantined == 2)
    #expect(lines.reasons == ["no-head": 2])
    #expect(lines.quarantinedCents == 5000 && lines.acceptedCents == 925_206 && lines.moneyAddsUp)
    let heads = try outcome.account("header.csv")
    #expect(heads.read == 3 && heads.accepted == 3 && heads.withoutLines == 1 && heads.addsUp)
    let quarantine = try Lab.rows(outcome.run.quarantine.appending(path: "quarantine.parquet"))
    let noHead = quarantine.filter { $0["reason"] == "no-head" }
    #expect(noHead.map { $0["record"] }.sorted { ($0 ?? "") < ($1 ?? "") } == ["5", "6"])
    #expect(noHead.allSatisfy { $0["expected"] == "a claim of that number in a delivery of source claim-header" })
    #expect(noHead.allSatisfy { $0["delivery"] == "lines.csv" && $0["scope"] == "record" })
  }

  @Test("a head that is set aside takes its lines along; what else is wrong in lines stays in the quarantine")
  func headSetAside() throws {
    var files = Self.small
    files["header.csv"]?.replace("200|M2|1234567893", with: "200||1234567893")
    files["lines.csv"]? += "300|1|0300|1|1.234\n300|2|0300|1|3.00\n"
    let outcome = try run(files)
    let lines = try outcome.account("lines.csv")
    #expect(lines.reasons == ["no-head": 3, "not-an-amount": 1])
    #expect(lines.read == 7 && lines.accepted == 3 && lines.quarantined == 4 && lines.addsUp)
    #expect(try outcome.account("header.csv").quarantined == 1)
    let quarantine = try Lab.rows(outcome.run.quarantine.appending(path: "quarantine.parquet"))
    #expect(quarantine.count { $0["delivery"] == "lines.csv" && $0["scope"] == "record" } == 4)
  }

  @Test("of a claim with two heads the one delivered last counts")
  func twoHeads() throws {
    var files = Self.small
    files["header-2.csv"] = ForeignFiles.header + "200|M2|1234567893|P|I10|04/03/2016|04/03/2016|01/02/1980|1\n"
    let outcome = try run(files)
    let line = try outcome.lab.core("claim_line", outcome.run).first { $0["claim"] == "200" }
    // By name, header-2.csv comes before header.csv.
    #expect(line?["diagnosis_code"] == "Z00.00")
    #expect(try outcome.account("header-2.csv").superseded == 1)
    #expect(try outcome.account("header-2.csv").addsUp && outcome.account("header.csv").withoutLines == 1)
  }

  @Test("without any head all lines are set aside")
  func noHeads() throws {
    var files = Self.small
    files["header.csv"] = nil
    let outcome = try run(files)
    #expect(try outcome.account("lines.csv").accepted == 0)
    #expect(throws: Problem.self) { try Ingest.checkThreshold(outcome.lab.pipeline, outcome.manifest.deliveries) }
  }

  /// Claims by a seed, in any order, heads and lines in two files each.
  private static func generated(_ seed: UInt64, claims: Int) -> (files: [String: String], cents: Int64, lost: Int64) {
    var random = SeededRandom(seed)
    var heads: [String] = []
    var lines: [String] = []
    var (cents, lost): (Int64, Int64) = (0, 0)
    for claim in 0..<claims {
      let hasHead = Int.random(in: 0..<20, using: &random) > 0
      if hasHead {
        heads.append(
          "C\(claim)|M\(Int.random(in: 0..<200, using: &random))|1234567893|P|E11.9|0\(1 + claim % 9)/15/2016||05/20/1950|2"
        )
      }
      for line in 1...Int.random(in: 1...4, using: &random) {
        let amount = Int64.random(in: 0...999_99, using: &random)
        if hasHead { cents += amount } else { lost += amount }
        let fraction = String(amount % 100 + 100).dropFirst()
        lines.append("C\(claim)|\(line)|0300|1|\(amount / 100).\(fraction)")
      }
    }
    heads.shuffle(using: &random)
    lines.shuffle(using: &random)
    func text(_ rows: some Sequence<String>) -> String { rows.map { $0 + "\n" }.joined() }
    return (
      [
        "header-1.csv": ForeignFiles.header + text(heads.prefix(claims / 3)),
        "header-2.csv": ForeignFiles.header + text(heads.dropFirst(claims / 3)),
        "lines-1.csv": ForeignFiles.lines + text(lines.prefix(claims / 2)),
        "lines-2.csv": ForeignFiles.lines + text(lines.dropFirst(claims / 2)),
      ], cents, lost
    )
  }

  @Test("any order of files and rows, any number of parts and threads gives the same claim lines, to the cent")
  func splits() throws {
    let (files, cents, lost) = Self.generated(7, claims: 1500)
    var seen: Set<[String]> = []
    for (buckets, jobs) in [(1, 1), (16, 2), (64, 3)] {
      let outcome = try run(files, buckets: buckets, jobs: jobs)
      #expect(outcome.manifest.deliveries.allSatisfy { $0.addsUp && $0.moneyAddsUp })
      #expect(outcome.manifest.deliveries.reduce(0) { $0 + $1.acceptedCents } == cents)
      #expect(outcome.manifest.deliveries.reduce(0) { $0 + $1.quarantinedCents } == lost)
      let lines = try outcome.lab.core("claim_line", outcome.run)
      seen.insert(
        lines.map { row in
          ["claim", "line", "person", "amount_cents", "start", "delivery", "record"].map { row[$0] ?? "" }
            .joined(separator: " ")
        }.sorted())
    }
    #expect(seen.count == 1)
  }

  @Test("what was put together before is reused; a new head is not overlooked")
  func reuse() throws {
    let lab = try Lab(adding: ForeignFiles.definitions)
    for (name, text) in Self.small { try lab.deliver(name, text) }
    let first = try lab.ingest().deliveries
    #expect(try lab.ingest().deliveries == first)
    try lab.deliver("header-2.csv", ForeignFiles.header + "999|M1|1234567893|P|I10|04/03/2016||01/02/1980|1\n")
    let lines = try #require(try lab.ingest().deliveries.first { $0.delivery == "lines.csv" })
    #expect(lines.accepted == 5 && lines.reasons.isEmpty)
  }
}
