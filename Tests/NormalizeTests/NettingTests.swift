import CoreDataset
import Foundation
import Normalize
import TestPipelines
import TestSupport
import Testing
import Workspace

@Suite("Credits are set off against the lines that they take back")
struct NettingTests {
  static let source = """
    version: "1"
    reported-by: insurer
    delivers: claim_line
    recognise: {name: "bills*.csv"}
    format: {type: delimited, delimiter: ",", encoding: utf-8}
    fields:
      claim: {column: claim}
      line: {column: line}
      person: {column: bsn, form: bsn}
      provider: {column: agb, form: digits 8}
      care_type: {column: care, codes: {ms: medical-specialist}, unknown: reject}
      performance_code: {column: code}
      start: {column: start}
      amount_cents: {column: amount}
      corrects: {column: corrects}
      corrects_line: {column: corrects_line}
    """
  static let header = "claim,line,bsn,agb,care,code,start,amount,corrects,corrects_line\n"

  private func check(_ wanted: NettingCase, buckets: Int) throws {
    let lab = try Lab(buckets: buckets, adding: ["sources/bills.yaml": Self.source])
    for (number, bills) in wanted.deliveries.enumerated() {
      try lab.deliver("bills-\(number).csv", Self.header + bills.map(\.text).joined())
    }
    let (manifest, run) = try lab.normalize()
    func text(_ row: [String: String], _ columns: [String]) -> String {
      columns.map { row[$0] ?? "" }.joined(separator: " ")
    }
    let core = try lab.core("claim_line", run)
    #expect(core.map { text($0, ["claim", "line", "amount_cents"]) }.sorted() == wanted.core)
    let corrections = try lab.core("claim_correction", run)
    let apart = corrections.filter { $0["status"] == "unmatched" }
    #expect(apart.map { text($0, ["claim", "line", "amount_cents", "reason"]) }.sorted() == wanted.apart)
    #expect(apart.allSatisfy { $0["role"] == "credit" && $0["net_cents"] == $0["amount_cents"] })
    let apartCents = manifest.deliveries.reduce(0) { $0 + $1.unmatchedCreditCents }
    #expect(apartCents == apart.reduce(0) { $0 + (Int64($1["amount_cents"] ?? "") ?? 0) })
    for account in manifest.deliveries { #expect(account.addsUp && account.moneyAddsUp, "\(account)") }
    #expect(manifest.deliveries.reduce(0) { $0 + $1.nettedCents } == 0)
    // What credits took off their debits is what is no longer in the core dataset.
    let netted = corrections.filter { $0["status"] == "netted" }
    let delivered = netted.reduce(0) { $0 + (Int64($1["amount_cents"] ?? "") ?? 0) }
    #expect(delivered == netted.reduce(0) { $0 + (Int64($1["net_cents"] ?? "") ?? 0) })
  }

  @Test("by reference, wholly and in part", arguments: NettingCase.byReference, [1, 16])
  func byReference(wanted: NettingCase, buckets: Int) throws { try check(wanted, buckets: buckets) }

  @Test("what fits no line is kept apart, with its sign and a reason", arguments: NettingCase.unmatched, [1, 64])
  func unmatched(wanted: NettingCase, buckets: Int) throws { try check(wanted, buckets: buckets) }

  @Test("without a reference", arguments: NettingCase.withoutReference)
  func withoutReference(wanted: NettingCase) throws { try check(wanted, buckets: 4) }

  @Test("an insurer's credit takes back no line of a provider")
  func twoParties() throws {
    let lab = try Lab(adding: ["sources/bills.yaml": Self.source])
    try lab.deliver("bills.csv", Self.header + NettingCase.Bill("C1", "-10", corrects: "D1", line: "1").text)
    try lab.deliver("hospital.csv", "claim,line,bsn,start,amount\nD1,1,\(Persons.number(0)),2015-03-01,10\n")
    let (manifest, run) = try lab.normalize()
    #expect(try lab.core("claim_line", run).map { $0["amount_cents"] } == ["1000"])
    #expect(manifest.deliveries.map(\.unmatchedCredits) == [1, 0])
    #expect(manifest.deliveries.map(\.unmatchedCreditCents) == [-1000, 0])
    #expect(manifest.deliveries.map(\.accepted) == [0, 1])
  }

  @Test("accounts say where each line and euro of a correction over two deliveries went")
  func accounts() throws {
    let lab = try Lab(adding: ["sources/bills.yaml": Self.source])
    let first = [NettingCase.Bill("D1", "100"), NettingCase.Bill("D2", "100")]
    let second = [
      NettingCase.Bill("C1", "-100", corrects: "D1", line: "1"),
      NettingCase.Bill("C2", "-30", corrects: "D2", line: "1"),
    ]
    try lab.deliver("bills-1.csv", Self.header + first.map(\.text).joined())
    try lab.deliver("bills-2.csv", Self.header + second.map(\.text).joined())
    let (manifest, run) = try lab.normalize()
    #expect(manifest.deliveries.map(\.accepted) == [1, 0])
    #expect(manifest.deliveries.map(\.netted) == [1, 2])
    #expect(manifest.deliveries.map(\.acceptedCents) == [7000, 0])
    #expect(manifest.deliveries.map(\.nettedCents) == [13_000, -13_000])
    #expect(manifest.coreRows["claim_line"] == 1 && manifest.coreRows["claim_correction"] == 4)
    let row = try #require(try lab.core("claim_correction", run).first { $0["claim"] == "D2" })
    #expect(row["role"] == "debit" && row["amount_cents"] == "10000" && row["net_cents"] == "7000")
    #expect(row["delivery"] == "bills-1.csv" && row["record"] == "3")
  }

  @Test("without a credit the table of corrections is there, without rows")
  func none() throws {
    let lab = try Lab(adding: ["sources/bills.yaml": Self.source])
    try lab.deliver("bills.csv", Self.header + NettingCase.Bill("D1", "10").text)
    let (manifest, run) = try lab.normalize()
    #expect(manifest.coreRows["claim_correction"] == 0)
    #expect(try FileManager.default.subpathsOfDirectory(atPath: run.core("claim_correction").path).count == 2)
  }

  @Test(
    "any order of lines, buckets and threads nets the same, and no cent is lost",
    arguments: 1...3 as ClosedRange<UInt64>)
  func anyOrder(seed: UInt64) throws {
    var random = SeededRandom(seed)
    var bills: [NettingCase.Bill] = []
    for number in 0..<150 {
      let person = Int.random(in: 0..<20, using: &random)
      let euros = Int.random(in: 1...9, using: &random)
      bills.append(NettingCase.Bill("D\(number)", "\(euros)0", person: person))
      if Bool.random(using: &random) {
        // One credit per debit, so that the outcome does not depend on the order.
        bills.append(
          NettingCase.Bill(
            "C\(number)", "-\(Int.random(in: 1...12, using: &random))0", corrects: "D\(number)", line: "1",
            person: person))
      }
    }
    var seen: Set<[String]> = []
    for (buckets, jobs) in [(1, 1), (16, 3)] {
      bills.shuffle(using: &random)
      let lab = try Lab(buckets: buckets, adding: ["sources/bills.yaml": Self.source])
      try lab.deliver("bills-1.csv", Self.header + bills.prefix(100).map(\.text).joined())
      try lab.deliver("bills-2.csv", Self.header + bills.dropFirst(100).map(\.text).joined())
      let (manifest, run) = try lab.normalize(jobs: jobs)
      #expect(manifest.deliveries.allSatisfy { $0.addsUp && $0.moneyAddsUp })
      let rows = try lab.core("claim_line", run) + lab.core("claim_correction", run)
      seen.insert(
        rows.map { row in
          ["claim", "amount_cents", "net_cents", "status", "reason"].map { row[$0] ?? "" }.joined(separator: " ")
        }.sorted())
    }
    #expect(seen.count == 1)
  }
}
