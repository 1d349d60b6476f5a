import Foundation
import Ingest
import TestPipelines
import TestSupport
import Testing
import Workspace

@Suite("What ingest sets aside")
struct RejectionTests {
  static let header = "Number;Line;BSN;AGB;Care;Activity;Diagnosis;Start;Quantity;Amount;Birth;Sex;Postcode\n"
  /// A line in which nothing is wrong, but for the fields that are replaced.
  static func line(_ changes: [Int: String] = [:]) -> String {
    var fields = [
      "D1", "1", Persons.number(0), "01000001", "HA", "C", "03030101", "31-12-2015", "1", "1.234,56", "01-02-1960", "M",
      "1011 AB",
    ]
    for (index, text) in changes { fields[index] = text }
    return fields.joined(separator: ";") + "\n"
  }

  static func ingest(_ text: String) throws -> (lab: Lab, account: DeliveryAccount) {
    let lab = try Lab()
    try lab.deliver("claims.csv", header + text)
    let account = try #require(try lab.ingest().deliveries.first)
    return (lab, account)
  }

  @Test("a good line becomes typed values with a pseudonym")
  func accepted() throws {
    let (lab, account) = try Self.ingest(Self.line())
    #expect(account.read == 1 && account.accepted == 1 && account.quarantined == 0)
    #expect(account.acceptedCents == 123_456)
    let row = try #require(try lab.staged(account).first)
    #expect(row["claim"] == "D1")
    #expect(row["line"] == "1")
    #expect(row["start"] == "2015-12-31")
    #expect(row["amount_cents"] == "123456")
    #expect(row["care_type"] == "HA")
    #expect(row["specialty"] == "0303")
    #expect(row["birth_year"] == "1960")
    #expect(row["postcode4"] == "1011")
    #expect(row["record"] == "2")
    #expect(row["end"] == nil)
    #expect(row["person"]?.count == 32)
    #expect(try lab.quarantined(account) == [])
  }

  /// Field, what stands in it, the reason, what is shown of it.
  static let faults: [(field: Int, text: String, column: String, reason: String, shown: String?)] = [
    (7, "31-11-2015", "Start", "not-a-date", "31-11-2015"), (7, "2015-12-31", "Start", "not-a-date", "2015-12-31"),
    (7, "", "Start", "missing-start", nil), (7, "NULL", "Start", "missing-start", nil),
    (7, "123456782", "Start", "not-a-date", "#########"), (9, "12,345", "Amount", "not-an-amount", "12,345"),
    (9, "", "Amount", "missing-amount_cents", nil), (8, "1,5", "Quantity", "not-an-integer", "1,5"),
    (1, "", "Line", "missing-line", nil), (0, "", "Number", "missing-claim", nil),
    (2, "111252333", "BSN", "bsn-check-digit", "(masked)"),
    (2, "123x", "BSN", "bsn-check-digit", "(4 characters, masked)"),
    (2, "", "BSN", "missing-person", nil), (3, "1000001", "AGB", "not-a-code", "#######"),
    (3, "0100000A", "AGB", "not-a-code", "#######x"), (12, "0123", "Postcode", "not-a-code", "(4 characters, masked)"),
    (10, "30-02-1960", "Birth", "not-a-date", "(10 characters, masked)"), (4, "", "Care", "missing-care_type", nil),
    (0, "\u{81}", "Number", "encoding", "??"),
  ]

  @Test("every reason has line, column and what may be shown", arguments: faults.indices)
  func reasons(index: Int) throws {
    let fault = Self.faults[index]
    // Byte 0x81 has no character in windows-1252; as UTF-8 it is two bytes, of which the first has one.
    let (lab, account) = try Self.ingest(Self.line() + Self.line([fault.field: fault.text]) + Self.line([1: "2"]))
    #expect(account.read == 3)
    #expect(account.accepted == 2)
    #expect(account.quarantined == 1)
    #expect(account.reasons == [fault.reason: 1])
    #expect(account.acceptedCents == 246_912)
    let row = try #require(try lab.quarantined(account).first)
    #expect(row["record"] == "3")
    #expect(row["column"] == fault.column)
    #expect(row["reason"] == fault.reason)
    #expect(row["value"] == fault.shown)
    #expect(row["scope"] == "record")
    #expect(row["stage"] == "ingest")
    #expect(row["delivery"] == "claims.csv")
    #expect(row["expected"] != nil)
  }

  @Test("a record with several faults is set aside once, and each fault is listed")
  func severalFaults() throws {
    let (lab, account) = try Self.ingest(Self.line([7: "x", 9: "y", 2: "1"]))
    #expect(account.quarantined == 1)
    #expect(account.reasons.values.reduce(0, +) == 1)
    #expect(Set(try lab.quarantined(account).compactMap { $0["column"] }) == ["Start", "Amount", "BSN"])
  }

  @Test("records that cannot be cut into fields, with the line on which they start")
  func structure() throws {
    let text = Self.line() + "too;few\n" + Self.line([1: "2"]) + Self.line([0: "D\"1"]) + Self.line([0: "\"D;1"])
    let (lab, account) = try Self.ingest(text + Self.line([1: "3"]))
    #expect(account.addsUp)
    let rows = try lab.quarantined(account)
    #expect(rows.first?["record"] == "3")
    #expect(rows.first?["reason"] == "field-count")
    #expect(rows.first?["column"] == nil)
    #expect(rows.first?["value"] == nil)
    #expect(account.reasons["field-count"] == 1)
    #expect(account.accepted >= 2)
    #expect(account.quarantined == rows.count)
  }

  @Test("no citizen number stands in anything that ingest leaves behind")
  func nothingPersonal() throws {
    let number = Persons.number(0)
    let misplaced = [0: "x", 3: number, 7: number, 8: number + "x", 9: number + "x", 12: number]
    let (lab, account) = try Self.ingest(misplaced.map { Self.line([$0.key: $0.value]) }.joined())
    #expect(account.read == misplaced.count)
    for row in try lab.quarantined(account) + lab.staged(account) {
      // A misplaced number may pass where any text may stand: the claim number and codes are not checked.
      for (column, value) in row where column != "claim" { #expect(!value.contains(number), "\(column)") }
    }
  }

  @Test("line numbers count header and lines inside quotes")
  func lines() throws {
    let (lab, account) = try Self.ingest(Self.line([0: "\"D\n1\""]) + Self.line([7: "x"]))
    #expect(try lab.quarantined(account).first?["record"] == "4")
    #expect(try lab.staged(account).first?["record"] == "2")
  }

  @Test(
    "a number of a person has at most nine digits and no sign",
    arguments: ["1000000001", "2147483647", "-1", "-111222333"])
  func personNumbers(number: String) throws {
    let lab = try Lab()
    try lab.deliver("register.csv", "person,from\n1,2015-01-01\n147483647,2015-01-01\n\(number),2015-01-01\n")
    let account = try #require(try lab.ingest().deliveries.first)
    #expect(account.accepted == 2)
    #expect(account.quarantined == 1)
    #expect(account.reasons == ["not-an-integer": 1])
  }

  @Test("a run with too much set aside stops, and says how much and why")
  func threshold() throws {
    let (lab, half) = try Self.ingest(Self.line() + Self.line([7: "x"]))
    try Ingest.checkThreshold(lab.pipeline, [half])
    let (_, more) = try Self.ingest(Self.line() + Self.line([7: "x"]) + Self.line([9: "x"]))
    #expect { try Ingest.checkThreshold(lab.pipeline, [half, more]) } throws: { error in
      guard let problem = error as? Problem else { return false }
      return problem.category == .data && problem.place == "claims.csv"
        && problem.message == "2 of 3 records had to be set aside (not-a-date 1, not-an-amount 1)"
    }
  }
}
