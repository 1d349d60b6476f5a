import CoreDataset
import Definitions
import Foundation
import Ingest
@testable import Normalize
import TestPipelines
import TestSupport
import Testing
import Workspace

@Suite("Claim lines that were delivered more than once")
struct DuplicatesTests {
  @Test("the line of the later delivery counts")
  func laterWins() throws {
    let lab = try Lab()
    try lab.deliver("claims-1.csv", claimHeader + claim("D1", amount: "10") + claim("D1", 2, amount: "20"))
    try lab.deliver("claims-2.csv", claimHeader + claim("D1", amount: "11"))
    let (manifest, run) = try lab.normalize()
    #expect(manifest.deliveries.map(\.superseded) == [1, 0])
    #expect(manifest.deliveries.map(\.supersededCents) == [1000, 0])
    #expect(manifest.deliveries.map(\.acceptedCents) == [2000, 1100])
    #expect(manifest.deliveries.allSatisfy { $0.addsUp })
    #expect(try lab.core("claim_line", run).compactMap { $0["amount_cents"] }.sorted() == ["1100", "2000"])
    #expect(manifest.coreRows["claim_line"] == 2)
  }

  @Test("within a file the later line counts")
  func withinFile() throws {
    let lab = try Lab()
    try lab.deliver(
      "claims.csv", claimHeader + claim("D1", amount: "1") + claim("D1", amount: "2") + claim("D1", amount: "3"))
    let (manifest, run) = try lab.normalize()
    #expect(manifest.deliveries[0].superseded == 2)
    #expect(try lab.core("claim_line", run).map { $0["amount_cents"] } == ["300"])
  }

  @Test("a later delivery with an unknown code is set aside and leaves the earlier one as it is", arguments: [1, 4])
  func laterIsRejected(buckets: Int) throws {
    let lab = try Lab(buckets: buckets)
    try lab.deliver("claims-1.csv", claimHeader + claim("D1", amount: "10") + claim("D2", amount: "20"))
    try lab.deliver(
      "claims-2.csv",
      claimHeader + claim("D1", care: "??", amount: "11") + claim("D1", person: 1, care: "?!", amount: "12"))
    let (manifest, run) = try lab.normalize()
    #expect(manifest.deliveries.map(\.superseded) == [0, 0])
    #expect(manifest.deliveries.map(\.quarantined) == [0, 2])
    #expect(manifest.deliveries.map(\.acceptedCents) == [3000, 0])
    #expect(manifest.deliveries.map(\.quarantinedCents) == [0, 2300])
    #expect(manifest.deliveries.allSatisfy { $0.addsUp && $0.moneyAddsUp })
    #expect(try lab.core("claim_line", run).compactMap { $0["amount_cents"] }.sorted() == ["1000", "2000"])
  }

  @Test("a line with an unknown code is superseded by a later one that is right, and by a later one that is not")
  func earlierIsRejected() throws {
    let lab = try Lab()
    try lab.deliver("claims-1.csv", claimHeader + claim("D1", care: "??") + claim("D2", care: "??"))
    try lab.deliver("claims-2.csv", claimHeader + claim("D1", amount: "11") + claim("D2", care: "?!"))
    try lab.deliver("claims-3.csv", claimHeader + claim("D1", care: "?!", amount: "12"))
    let (manifest, run) = try lab.normalize()
    #expect(manifest.deliveries.map(\.superseded) == [2, 0, 0])
    #expect(manifest.deliveries.map(\.quarantined) == [0, 1, 1])
    #expect(try lab.core("claim_line", run).compactMap { $0["amount_cents"] } == ["1100"])
    #expect(try lab.quarantine(run).compactMap { $0["delivery"] }.sorted() == ["claims-2.csv", "claims-3.csv"])
  }

  @Test("a corrected citizen number replaces the line, in whichever bucket it was", arguments: [1, 4, 64])
  func correctedPerson(buckets: Int) throws {
    let lab = try Lab(buckets: buckets)
    try lab.deliver("claims-1.csv", claimHeader + (0..<20).map { claim("D\($0)", person: $0) }.joined())
    try lab.deliver("claims-2.csv", claimHeader + (0..<20).map { claim("D\($0)", person: $0 + 20) }.joined())
    let (manifest, run) = try lab.normalize()
    #expect(manifest.deliveries.map(\.superseded) == [20, 0])
    let rows = try lab.core("claim_line", run)
    #expect(rows.count == 20)
    #expect(rows.allSatisfy { $0["delivery"] == "claims-2.csv" })
    // Nobody is known by a superseded line alone.
    #expect(try lab.core("person", run).count == 20)
  }

  @Test("the same number from an insurer and from a provider is not the same line")
  func twoParties() throws {
    let lab = try Lab()
    try lab.deliver("claims.csv", claimHeader + claim("D1"))
    try lab.deliver("hospital-1.csv", "claim,line,bsn,start,amount\nD1,1,\(Persons.number(0)),2015-12-31,10\n")
    try lab.deliver("hospital-2.csv", "claim,line,bsn,start,amount\nD1,1,\(Persons.number(0)),2015-12-31,12\n")
    let (manifest, run) = try lab.normalize()
    #expect(manifest.deliveries.map(\.superseded) == [0, 1, 0])
    let rows = try lab.core("claim_line", run)
    #expect(rows.compactMap { $0["reported_by"] }.sorted() == ["insurer", "provider"])
  }

  @Test("numbers that only look alike are different lines")
  func alike() throws {
    let lab = try Lab()
    let claims = [("D1", 1), ("D1", 11), ("D11", 1), ("d1", 1), ("12345678", 1), ("123456780", 1), ("1234567800", 1)]
    try lab.deliver("claims.csv", claimHeader + claims.map { claim($0.0, $0.1) }.joined())
    #expect(try lab.normalize().manifest.coreRows["claim_line"] == claims.count)
  }

  @Test("any number of rounds and jobs finds what a dictionary finds", arguments: 1...3 as ClosedRange<UInt64>)
  func rounds(seed: UInt64) throws {
    var random = SeededRandom(seed)
    let lab = try Lab()
    var last: [String: String] = [:]
    var total = 0
    for file in 1...3 {
      var text = claimHeader
      for line in 2..<202 {
        let key = random.text(of: "ab1", count: 1...5)
        let number = Int.random(in: 1...2, using: &random)
        text += claim(key, number, person: Int.random(in: 0..<30, using: &random))
        last["\(key) \(number)"] = "\(file) \(line)"
        total += 1
      }
      try lab.deliver("claims-\(file).csv", text)
    }
    let deliveries = try lab.ingest().deliveries
    let parts = try StagedPart.open(.claimLine, deliveries, lab.pipeline, lab.workspace)
    var found: [Duplicates.Found] = []
    for (linesPerRound, jobs) in [(1_500_000, 1), (1_500_000, 3), (200, 2), (97, 2), (7, 1), (1, 4)] {
      found.append(
        try Duplicates.find(
          parts, buckets: lab.pipeline.buckets, jobs: jobs, linesPerRound: linesPerRound, in: lab.workspace.folder))
    }
    #expect(found.allSatisfy { $0 == found[0] })
    // Keys that wait in a file leave nothing behind.
    let names = try FileManager.default.contentsOfDirectory(atPath: lab.workspace.folder.path)
    #expect(!names.contains { $0.hasPrefix(".keys") })
    var kept: Set<String> = []
    for part in parts {
      for bucket in 0..<lab.pipeline.buckets {
        let rows = Cells.rows(try part.read(bucket: bucket, columns: ["record"]), names: ["record"])
        for (row, cells) in rows.enumerated() where !found[0].superseded[part.index][bucket].contains(Int32(row)) {
          kept.insert("\(part.delivery + 1) \(cells["record"] ?? "")")
        }
      }
    }
    #expect(kept == Set(last.values))
    #expect(found[0].superseded.joined().joined().count == total - last.count)
  }
}
