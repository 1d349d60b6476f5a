import Columns
import CoreDataset
import Definitions
import Foundation
@testable import Normalize
import TestPipelines
import TestSupport
import Testing
import Workspace

@Suite("Code lists with dates and decisions, and the work list of codes without one")
struct CodeListTests {
  static let list = """
    # Kinds of care.
    local;standard;from;to;decided_by;decided_on
    HA;general-practice;;;J. Jansen;2026-01-05
    X1;medical-specialist;;2015-12-31;J. Jansen;2026-01-05
    X1;paramedical;2016-01-01;2016-06-30;P. Pieters;2026-02-01
    """

  private func lab() throws -> Lab {
    try Lab(
      changing: [
        (
          "sources/claims.yaml", "codes: {HA: general-practice, MS: medical-specialist, FA: pharmacy}",
          "codes: codes/care.csv"
        ),
        (
          "sources/claims.yaml", "specialty: {column",
          "performance_code: {column: Birth, codes: {p: P}, unknown: keep}\n  specialty: {column"
        ),
        ("sources/claims.yaml", "  birth_year: {column: Birth, form: year-of-date}\n", ""),
      ], adding: ["codes/care.csv": Self.list])
  }

  private func table(_ run: RunFolder, _ name: String) throws -> [[String: String]] {
    let table = try CSVTable(run.folder.appending(path: "quality/\(name)"))
    return table.rows.map { Dictionary(uniqueKeysWithValues: zip(table.header, $0)) }
  }

  @Test("a code means what it meant on the day of the care; a day that no line has makes it unknown")
  func dated() throws {
    let lab = try lab()
    try lab.deliver(
      "claims.csv",
      claimHeader + claim("D1", care: "X1", start: "31-12-2015") + claim("D2", care: "X1", start: "01-01-2016")
        + claim("D3", care: "X1", start: "30-06-2016") + claim("D4", care: "X1", start: "01-07-2016", amount: "7")
        + claim("D5", care: "HA", start: "01-07-2016"))
    let (manifest, run) = try lab.normalize()
    let lines = try lab.core("claim_line", run).sorted { ($0["claim"] ?? "") < ($1["claim"] ?? "") }
    #expect(
      lines.map { $0["care_type"] } == ["medical-specialist", "paramedical", "paramedical", "general-practice"])
    #expect(lines.map { $0["care_type_source"] } == ["X1", "X1", "X1", "HA"])
    #expect(manifest.deliveries[0].reasons == ["unknown-code": 1])
  }

  @Test(
    "unknown codes are listed with records, euros, examples and the place of the decision, those with most euros first")
  func workList() throws {
    let lab = try lab()
    try lab.deliver(
      "claims-1.csv",
      claimHeader + claim("D1", care: "??", amount: "2") + claim("D2", activity: "Q", amount: "3,50")
        + claim("D3", activity: "Q", amount: "1000") + claim("D4", birth: "z", sex: "M") + claim("D5", birth: "p"))
    try lab.deliver(
      "claims-2.csv", claimHeader + claim("D9", activity: "Q", amount: "1") + claim("D3", activity: "Q", amount: "1000")
    )
    let (_, run) = try lab.normalize()
    let rows = try table(run, "unmapped-codes.csv")
    // The first D3 is superseded, so it counts once.
    #expect(
      rows.map { row in
        ["column", "code", "consequence", "records", "euros", "examples", "decide_in"].map { row[$0] ?? "" }
      } == [
        [
          "activity", "Q", "set-aside", "3", "1004.50", "claims-1.csv:3 claims-2.csv:2 claims-2.csv:3",
          "sources/claims.yaml",
        ],
        ["performance_code", "z", "kept", "1", "10.00", "claims-1.csv:5", "sources/claims.yaml"],
        ["care_type", "??", "rejected", "1", "2.00", "claims-1.csv:2", "codes/care.csv"],
      ])
    let line = try lab.core("claim_line", run).first { $0["claim"] == "D2" }
    #expect(line?["activity"] == nil && line?["activity_source"] == "Q")
  }

  @Test("every decision that the run went by is listed, with who made it and when")
  func decisions() throws {
    let lab = try lab()
    try lab.deliver("claims.csv", claimHeader + claim("D1"))
    let (_, run) = try lab.normalize()
    let rows = try table(run, "code-mappings.csv").filter { $0["column"] == "care_type" }
    #expect(
      rows.filter { $0["source"] == "claims" }.map { row in
        ["code", "standard", "mapped_by", "from", "to", "decided_by", "decided_on", "decided_in"].map { row[$0] ?? "" }
      } == [
        ["HA", "general-practice", "map", "", "", "J. Jansen", "2026-01-05", "codes/care.csv"],
        ["X1", "medical-specialist", "map", "", "2015-12-31", "J. Jansen", "2026-01-05", "codes/care.csv"],
        ["X1", "paramedical", "map", "2016-01-01", "2016-06-30", "P. Pieters", "2026-02-01", "codes/care.csv"],
      ])
    #expect(rows.contains { $0["source"] == "hospital" && $0["mapped_by"] == "default" })
    #expect(try table(run, "unmapped-codes.csv").isEmpty)
  }

  @Test("any number of buckets and threads gives the same work list")
  func splits() throws {
    var seen: Set<String> = []
    for (buckets, jobs) in [(1, 1), (16, 3)] {
      let lab = try Lab(buckets: buckets)
      var text = claimHeader
      for number in 0..<60 {
        text += claim("D\(number)", person: number % 20, activity: "Q\(number % 7)", amount: "\(number)")
      }
      try lab.deliver("claims.csv", text)
      let (_, run) = try lab.normalize(jobs: jobs)
      seen.insert(
        try String(contentsOf: run.folder.appending(path: "quality/unmapped-codes.csv"), encoding: .utf8))
    }
    #expect(seen.count == 1)
    #expect(seen.first?.split(separator: "\r\n").count == 8)
  }
}
