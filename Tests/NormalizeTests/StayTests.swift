import CoreDataset
import Foundation
import Normalize
import TestPipelines
import Testing
import Workspace

@Suite("Stays are built from claim lines")
struct StayTests {
  static let source = """
    version: "1"
    reported-by: insurer
    delivers: claim_line
    recognise: {name: "stays*.csv"}
    format: {type: delimited, delimiter: ",", encoding: utf-8}
    fields:
      claim: {column: claim}
      line: {column: line}
      person: {column: bsn, form: bsn}
      provider: {column: hospital}
      care_type: {column: care, codes: {ms: medical-specialist, ggz: mental-health}, unknown: reject}
      activity:
        column: what
        codes: {opname: admission, dag: bed-day, afwezig: absence-day, seh: emergency-visit, consult: consult, dagbehandeling: day-treatment}
        unknown: reject
      diagnosis_code: {column: diagnosis}
      start: {column: start}
      end: {column: end}
      quantity: {column: quantity}
      amount_cents: {column: amount}
      corrects: {column: corrects}
    """
  static let header = "claim,line,bsn,hospital,care,what,diagnosis,start,end,quantity,amount,corrects\n"

  static func text(_ lines: [StayCase.Line]) -> String {
    header + lines.enumerated().map { "D\($0 + 1),1,\($1.text),\n" }.joined()
  }

  /// A stay as the cases write it.
  static func shown(_ row: [String: String]) -> String {
    func short(_ name: String) -> String { String((row[name] ?? "").dropFirst(5)) }
    let marks =
      (row["unplanned"] == "1" ? "!" : "") + (row["transferred_in"] == "1" ? "<" : "")
      + (row["transferred_out"] == "1" ? ">" : "")
    return "\(row["stay"] ?? "") \(row["provider"] ?? "") \(short("from"))..\(short("to")) \(row["bed_days"] ?? "-") "
      + "e\(row["episode"] ?? "")" + (marks.isEmpty ? "" : " " + marks)
  }

  @Test("one line, or a row of bed days", arguments: StayCase.single)
  func single(wanted: StayCase) throws { try check(wanted, buckets: 4) }

  @Test("lines of the same hospital that overlap or touch are one stay", arguments: StayCase.merged, [1, 16])
  func merged(wanted: StayCase, buckets: Int) throws { try check(wanted, buckets: buckets) }

  @Test("stays of one episode, and unplanned ones", arguments: StayCase.episodes)
  func episodes(wanted: StayCase) throws { try check(wanted, buckets: 4) }

  private func check(_ wanted: StayCase, buckets: Int) throws {
    let lab = try Lab(buckets: buckets, adding: ["sources/stays.yaml": Self.source])
    try lab.deliver("stays.csv", Self.text(wanted.lines))
    let (manifest, run) = try lab.normalize()
    let stays = try lab.core("stay", run)
    #expect(stays.map(Self.shown).sorted() == wanted.stays.sorted())
    #expect(manifest.coreRows["stay"] == wanted.stays.count)
    // Every line of a stay leads back to one claim line, and each is in one stay at most.
    let lines = try lab.core("stay_line", run)
    #expect(lines.count == stays.reduce(0) { $0 + (Int($1["lines"] ?? "") ?? 0) })
    let claims = Set(try lab.core("claim_line", run).map { "\($0["claim"] ?? "") \($0["person"] ?? "")" })
    #expect(Set(lines.map { "\($0["claim"] ?? "") \($0["person"] ?? "")" }).isSubset(of: claims))
    #expect(Set(lines.map { $0["claim"] ?? "" }).count == lines.count)
  }

  @Test("what a credit took back makes no stay, and the stay has the first diagnosis and its place in the delivery")
  func lineage() throws {
    let lab = try Lab(adding: ["sources/stays.yaml": Self.source])
    let person = Persons.number(0)
    try lab.deliver(
      "stays.csv",
      Self.header + "D1,1,\(person),A,ms,opname,,2016-03-01,2016-03-02,,100,\n"
        + "D2,1,\(person),A,ms,dag,I50,2016-03-02,,,100,\n"
        + "D3,1,\(person),A,ms,opname,J44,2016-05-01,2016-05-09,,100,\n"
        + "C1,1,\(person),A,ms,opname,J44,2016-05-01,2016-05-09,,-100,D3\n")
    let (_, run) = try lab.normalize()
    let stays = try lab.core("stay", run)
    #expect(stays.count == 1)
    let stay = try #require(stays.first)
    #expect(stay["diagnosis_code"] == "I50" && stay["lines"] == "2")
    #expect(stay["delivery"] == "stays.csv" && stay["record"] == "2")
    #expect(stay["care_type"] == "medical-specialist" && stay["reported_by"] == "insurer")
  }

  @Test("what two parties report of the same care are two stays, each told by its own lines")
  func parties() throws {
    let provider = Self.source.replacingOccurrences(of: "insurer", with: "provider")
      .replacingOccurrences(of: "stays*", with: "theirs*")
    let lab = try Lab(adding: ["sources/stays.yaml": Self.source, "sources/theirs.yaml": provider])
    let lines = [StayCase.Line("A", "opname", "2016-03-01", "2016-03-05")]
    try lab.deliver("stays.csv", Self.text(lines + [StayCase.Line("A", "seh", "2016-03-01")]))
    try lab.deliver("theirs.csv", Self.text(lines))
    let (_, run) = try lab.normalize()
    let stays = try lab.core("stay", run).sorted { ($0["reported_by"] ?? "") < ($1["reported_by"] ?? "") }
    #expect(stays.map { $0["reported_by"] } == ["insurer", "provider"])
    #expect(stays.map { $0["unplanned"] } == ["1", "0"])
    #expect(stays.map { $0["episode"] } == ["1", "2"])
  }

  @Test("any number of buckets and threads gives the same stays")
  func splits() throws {
    let cases = StayCase.single + StayCase.merged + StayCase.episodes
    var seen: Set<[String]> = []
    for (buckets, jobs) in [(1, 1), (16, 2), (64, 3)] {
      let lab = try Lab(buckets: buckets, adding: ["sources/stays.yaml": Self.source])
      var text = Self.header
      for (number, wanted) in cases.enumerated() {
        for (place, line) in wanted.lines.enumerated() {
          let own = line.text.replacingOccurrences(of: Persons.number(0), with: Persons.number(2 * number + 100))
            .replacingOccurrences(of: Persons.number(1), with: Persons.number(2 * number + 101))
          text += "D\(number)-\(place),1,\(own),\n"
        }
      }
      try lab.deliver("stays.csv", text)
      let (_, run) = try lab.normalize(jobs: jobs)
      seen.insert(canonical(try lab.core("stay", run)))
    }
    #expect(seen.count == 1)
    #expect(seen.first?.count == cases.reduce(0) { $0 + $1.stays.count })
  }

  @Test("without stays both tables are there, without rows")
  func none() throws {
    let lab = try Lab()
    try lab.deliver("claims.csv", claimHeader + claim("1"))
    let (manifest, run) = try lab.normalize()
    #expect(manifest.coreRows["stay"] == 0 && manifest.coreRows["stay_line"] == 0)
    #expect(try lab.core("stay", run).isEmpty)
    #expect(FileManager.default.fileExists(atPath: run.core("stay_line", bucket: 0).path))
  }
}
