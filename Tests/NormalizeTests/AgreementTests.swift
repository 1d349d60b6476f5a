import Columns
import CoreDataset
import Definitions
import Foundation
@testable import Normalize
import TestPipelines
import TestSupport
import Testing
import Workspace

@Suite("Two parties that report the same care are compared line by line")
struct AgreementTests {
  static let agreement = """
    version: "1"
    source-agreement:
      parties: [insurer, provider]
      care-types: [medical-specialist]
      days: {value: 7, why: bills are dated within a week, since: 2026}
    """
  static func source(_ party: String, _ name: String) -> String {
    """
    version: "1"
    reported-by: \(party)
    delivers: claim_line
    recognise: {name: "\(name)*.csv"}
    format: {type: delimited, delimiter: ",", encoding: utf-8}
    fields:
      claim: {column: claim}
      line: {constant: 1}
      person: {column: bsn, form: bsn}
      provider: {column: hospital}
      care_type: {column: care, codes: {ms: medical-specialist, ha: general-practice}, unknown: reject}
      performance_code: {column: code}
      start: {column: start}
      amount_cents: {column: amount}
      corrects: {column: corrects}
    """
  }
  static let header = "claim,bsn,hospital,care,code,start,amount,corrects\n"

  /// A line of a bill: person, hospital, day in 2016 and amount.
  static func bill(
    _ claim: String, _ hospital: String, _ day: String, _ amount: String, person: Int = 0, care: String = "ms",
    code: String = "c", corrects: String = ""
  ) -> String { "\(claim),\(Persons.number(person)),\(hospital),\(care),\(code),2016-\(day),\(amount),\(corrects)\n" }

  private func table(_ theirs: [String], _ ours: [String], buckets: Int = 4, jobs: Int = 2) throws -> CSVTable {
    let lab = try Lab(
      buckets: buckets, changing: [("pipeline.yaml", "version: \"1\"", Self.agreement)],
      adding: [
        "sources/insurer.yaml": Self.source("insurer", "insurer"),
        "sources/provider.yaml": Self.source("provider", "provider"),
      ])
    try lab.deliver("insurer.csv", Self.header + theirs.joined())
    try lab.deliver("provider.csv", Self.header + ours.joined())
    let (_, run) = try lab.normalize(jobs: jobs)
    return try CSVTable(run.folder.appending(path: "quality/source-agreement.csv"))
  }

  static let columns = [
    "agreed_lines", "other_amount_lines", "other_date_lines", "only_insurer_lines", "only_provider_lines",
  ]

  @Test("each kind of difference, with euros of both and where the lines stand")
  func kinds() throws {
    let table = try table(
      [
        Self.bill("1", "A", "03-01", "100"), Self.bill("2", "A", "03-02", "80"), Self.bill("3", "A", "03-03", "60.50"),
        Self.bill("4", "A", "03-20", "10"), Self.bill("5", "A", "04-01", "5"),
      ],
      [
        Self.bill("x", "A", "03-01", "100"), Self.bill("y", "A", "03-02", "81"), Self.bill("z", "A", "03-10", "60.50"),
        Self.bill("w", "A", "03-28", "10"),
      ])
    #expect(
      table.rows == [
        [
          "total", "", "", "1", "100.00", "1", "80.00", "81.00", "1", "60.50", "2", "15.00", "1", "10.00", "",
        ],
        [
          "A", "2016-03", "c", "1", "100.00", "1", "80.00", "81.00", "1", "60.50", "1", "10.00", "1", "10.00",
          "insurer.csv:3 insurer.csv:4 insurer.csv:5",
        ],
        [
          "A", "2016-04", "c", "0", "0.00", "0", "0.00", "0.00", "0", "0.00", "1", "5.00", "0", "0.00", "insurer.csv:6",
        ],
      ])
    #expect(
      table.header == [
        "provider", "month", "performance_code", "agreed_lines", "agreed_euros", "other_amount_lines",
        "other_amount_euros_insurer", "other_amount_euros_provider", "other_date_lines", "other_date_euros",
        "only_insurer_lines", "only_insurer_euros", "only_provider_lines", "only_provider_euros", "examples",
      ])
  }

  @Test(
    "what counts as the same line",
    arguments: [
      (
        "two lines alike on one side and one on the other: one is agreed, one is not there",
        [bill("1", "A", "03-01", "9"), bill("2", "A", "03-01", "9")], [bill("x", "A", "03-01", "9")], [1, 0, 0, 1, 0]
      ),
      (
        "an exact match goes before one with another amount on the same day",
        [bill("1", "A", "03-01", "9"), bill("2", "A", "03-01", "10")],
        [bill("x", "A", "03-01", "10"), bill("y", "A", "03-01", "11")], [1, 1, 0, 0, 0]
      ),
      (
        "of two days near the nearest is taken",
        [bill("1", "A", "03-10", "9")], [bill("x", "A", "03-05", "9"), bill("y", "A", "03-11", "9")], [0, 0, 1, 0, 1]
      ),
      (
        "eight days apart is another line when seven are allowed",
        [bill("1", "A", "03-01", "9")], [bill("x", "A", "03-09", "9")], [0, 0, 0, 1, 1]
      ),
      (
        "the same care of another person is another line",
        [bill("1", "A", "03-01", "9")], [bill("x", "A", "03-01", "9", person: 1)], [0, 0, 0, 1, 1]
      ),
      (
        "another performance is another line",
        [bill("1", "A", "03-01", "9")], [bill("x", "A", "03-01", "9", code: "d")], [0, 0, 0, 1, 1]
      ),
      (
        "a hospital that reports nothing itself is not compared",
        [bill("1", "A", "03-01", "9"), bill("2", "B", "03-01", "9")], [bill("x", "A", "03-01", "9")], [1, 0, 0, 0, 0]
      ),
      (
        "care of another kind is not compared",
        [bill("1", "A", "03-01", "9"), bill("2", "A", "03-01", "7", care: "ha")], [bill("x", "A", "03-01", "9")],
        [1, 0, 0, 0, 0]
      ),
      (
        "a line that was credited is compared with what is left of it",
        [bill("1", "A", "03-01", "9"), bill("2", "A", "03-01", "-4", corrects: "1")], [bill("x", "A", "03-01", "5")],
        [1, 0, 0, 0, 0]
      ),
    ])
  func matching(why: String, theirs: [String], ours: [String], wanted: [Int]) throws {
    let table = try table(theirs, ours)
    let total = try #require(table.rows.first)
    #expect(Self.columns.map { table.value(total, $0) } == wanted.map(String.init), "\(why)")
  }

  @Test("any number of buckets and threads gives the same report")
  func splits() throws {
    var random = SeededRandom(3)
    let theirs = (0..<300).map { number in
      Self.bill(
        "i\(number)", ["A", "B"].randomElement(using: &random) ?? "A", "03-\(Int.random(in: 10...28, using: &random))",
        "\(Int.random(in: 1...4, using: &random))", person: number % 20)
    }
    let ours = (0..<300).map { number in
      Self.bill(
        "p\(number)", ["A", "B"].randomElement(using: &random) ?? "A", "03-\(Int.random(in: 10...28, using: &random))",
        "\(Int.random(in: 1...4, using: &random))", person: number % 20)
    }
    let whole = try table(theirs, ours, buckets: 1, jobs: 1)
    for (buckets, jobs) in [(16, 3), (64, 2)] {
      #expect(try table(theirs, ours, buckets: buckets, jobs: jobs).rows == whole.rows)
    }
    let total = whole.rows[0]
    let lines = Self.columns.map { Int(whole.value(total, $0)) ?? 0 }
    // Every line is in one kind: those of a pair once for both.
    #expect(2 * (lines[0] + lines[1] + lines[2]) + lines[3] + lines[4] == 600)
  }

  @Test("a pipeline that compares nobody has no report")
  func none() throws {
    let lab = try Lab()
    try lab.deliver("claims.csv", claimHeader + claim("1"))
    let (_, run) = try lab.normalize()
    #expect(!FileManager.default.fileExists(atPath: run.folder.appending(path: "quality/source-agreement.csv").path))
  }
}
