import CoreDataset
import Foundation
import Ingest
import Normalize
import TestPipelines
import TestSupport
import Testing
import Workspace

@Suite("Every euro that comes in is accepted, superseded or set aside")
struct MoneyTests {
  @Test("euros of records set aside by ingest and by normalize are counted, as far as they can be read")
  func quarantined() throws {
    let lab = try Lab()
    let badPerson = claim("D3", amount: "0,30").replacing(Persons.number(0), with: "111252333")
    let lines = [
      claim("D1", amount: "1.000,01"), claim("D2", amount: "0,20"), badPerson,
      claim("D4", start: "31-11-2015", amount: "-4"), claim("D5", amount: "5,005"), claim("D6", amount: ""),
      claim("D7", care: "??", amount: "7"), "D8;1;\n",
    ]
    try lab.deliver("claims-1.csv", claimHeader + lines.joined())
    try lab.deliver("claims-2.csv", claimHeader + claim("D2", amount: "0"))
    let staged = try lab.ingest().deliveries
    // 1000.01 + 0.20 + 0.30 - 4 + 7; set aside are 0.30 and -4.
    #expect(staged.map(\.readCents) == [100_351, 0])
    #expect(staged.map(\.quarantinedCents) == [-370, 0])
    #expect(staged.map(\.quarantinedWithoutAmount) == [3, 0])
    let manifest = try lab.normalize().manifest
    let first = manifest.deliveries[0]
    #expect(first.acceptedCents == 100_001)
    #expect(first.supersededCents == 20)
    #expect(first.quarantinedCents == 330)
    #expect(first.quarantinedWithoutAmount == 3)
    #expect(manifest.deliveries.allSatisfy { $0.moneyAddsUp && $0.addsUp })
  }

  @Test("a source without amounts has no euros and none that are unknown")
  func withoutAmounts() throws {
    let lab = try Lab()
    try lab.deliver("people.csv", peopleHeader + "\(Persons.number(0)),,,2015-01-01,,\nnobody,,,2015-01-01,,\n1\n")
    let account = try lab.normalize().manifest.deliveries[0]
    #expect(account.quarantined == 2)
    #expect(account.readCents == 0 && account.quarantinedCents == 0 && account.quarantinedWithoutAmount == 0)
  }

  @Test("any delivery adds up to the cent, and what is accepted is what the core dataset holds", arguments: 1...3)
  func anyDelivery(seed: Int) throws {
    let lab = try Lab()
    try CoreTests.fill(lab, seed: UInt64(seed))
    let (manifest, run) = try lab.normalize()
    let rows = try lab.core("claim_line", run)
    for account in manifest.deliveries where account.delivers == "claim_line" {
      let core = rows.filter { $0["delivery"] == account.delivery }.compactMap { Int64($0["amount_cents"] ?? "") }
      let written: Int64 = core.reduce(0, +)
      #expect(core.count == account.accepted && written == account.acceptedCents)
      let elsewhere: Int64 =
        account.quarantinedCents + account.supersededCents + account.nettedCents + account.unmatchedCreditCents
      #expect(account.readCents == written + elsewhere)
    }
    #expect(manifest.deliveries.contains { $0.quarantinedCents != 0 })
  }
}
