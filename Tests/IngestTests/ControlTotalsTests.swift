import Foundation
import Ingest
import TestPipelines
import TestSupport
import Testing
import Workspace

@Suite("Control totals")
struct ControlTotalsTests {
  static let header = "claim,line,bsn,start,amount\n"
  static let rows =
    "1,1,\(Persons.number(0)),2015-03-01,10.00\n1,2,\(Persons.number(1)),2015-03-02,2.50\n"
    + "2,1,000000000,2015-03-03,0.25\n"

  static func lab(_ totals: String, format: String = "") throws -> Lab {
    try Lab(changing: [
      ("sources/hospital.yaml", "encoding: utf-8}", "encoding: utf-8\(format)}\(totals.isEmpty ? "" : "\n" + totals)")
    ])
  }

  static func message(_ lab: Lab, expected: [String: StatedTotals] = [:]) -> String? {
    do {
      _ = try Ingest.run(
        lab.pipeline, input: lab.folder.file("input"), workspace: lab.workspace, key: Lab.key, jobs: 2,
        reporter: .silent, expected: expected)
      return nil
    } catch {
      return "\(error.category.rawValue) \(error.message)"
    }
  }

  @Test("totals in the definition: records that were set aside count too")
  func stated() throws {
    let right = try Self.lab("control-totals: {records: 3, amount: \"12.75\"}")
    try right.deliver("hospital.csv", Self.header + Self.rows)
    let account = try right.ingest().deliveries[0]
    #expect(account.quarantined == 1)
    #expect(account.readCents == 1275)
    #expect(account.acceptedCents == 1250)

    let wrong = try Self.lab("control-totals: {records: 5, amount: \"12.76\"}")
    try wrong.deliver("hospital.csv", Self.header + Self.rows)
    let message =
      "65 3 records were read, 5 are stated: 2 fewer; amounts of € 12.75 were read, € 12.76 are stated: € 0.01 less "
      + "(amounts of records that could not be read do not count)"
    #expect(Self.message(wrong) == message)
    // The staged form is there now; the totals hold for it too.
    #expect(Self.message(wrong) == message)
  }

  @Test("totals in a file beside the delivery")
  func sideFile() throws {
    let lab = try Self.lab("control-totals: {file: \"{stem}.totalen\", records: aantal, amount: bedrag}")
    try lab.deliver("hospital-1.csv", Self.header + Self.rows)
    #expect(Self.message(lab) == "65 its file of control totals, hospital-1.totalen, is not there")
    try lab.deliver("hospital-1.totalen", "aantal;3\r\nbedrag = 12.75\r\n")
    #expect(Self.message(lab) == nil)
    try lab.deliver("hospital-1.totalen", "Aantal: 2\nbedrag 12.75\n")
    #expect(Self.message(lab) == "65 3 records were read, 2 are stated: 1 more")
    try lab.deliver("hospital-1.totalen", "aantal: veel\nbedrag 12.75\n")
    #expect(Self.message(lab) == "65 hospital-1.totalen has no number for aantal")
  }

  @Test("totals in the footer")
  func footer() throws {
    let lab = try Self.lab(
      "control-totals: {footer: 1, records: 2, amount: 3}", format: ", footer-lines: 2")
    try lab.deliver("hospital.csv", Self.header + Self.rows + "totaal,3,12.75\neinde\n")
    #expect(Self.message(lab) == nil)
    try lab.deliver("hospital.csv", Self.header + Self.rows + "totaal,4,12.75\neinde\n")
    #expect(Self.message(lab) == "65 3 records were read, 4 are stated: 1 fewer")
    #expect(Self.message(lab) == "65 3 records were read, 4 are stated: 1 fewer")
    try lab.deliver("hospital.csv", Self.header + Self.rows + "totaal\neinde\n")
    #expect(Self.message(lab) == "65 line 1 of the footer has no number for field 2")
  }

  @Test("totals of the command line")
  func expected() throws {
    let lab = try Self.lab("")
    try lab.deliver("hospital.csv", Self.header + Self.rows)
    let right = try #require(StatedTotals.parse("hospital.csv:records=3,amount=12.75"))
    #expect(right.delivery == "hospital.csv")
    #expect(Self.message(lab, expected: ["hospital.csv": right.totals]) == nil)
    let wrong = try #require(StatedTotals.parse("hospital.csv:amount=-1.00")).totals
    #expect(
      Self.message(lab, expected: ["hospital.csv": wrong])?.contains(
        "€ 12.75 were read, € -1.00 are stated: € 13.75 more") == true)
    #expect(Self.message(lab, expected: ["other.csv": wrong])?.hasPrefix("64 ") == true)
    for text in ["hospital.csv", "a:records=x", "a:amount=1,5", "a:rows=1", ":records=1"] {
      #expect(StatedTotals.parse(text) == nil)
    }
  }

  @Test("a compressed delivery is recognised by the name of what is in it, and reads the same")
  func compressed() throws {
    let lab = try Self.lab("")
    // A gzip file of "claim,line,bsn,start,amount\n" and nothing else, stored.
    let text = Array(Self.header.utf8)
    try lab.deliver("hospital.csv.gz", bytes: Self.storedGzip(text + Array(Self.rows.utf8)))
    let account = try lab.ingest().deliveries[0]
    #expect(account.delivery == "hospital.csv.gz")
    #expect(account.read == 3)
  }

  /// A gzip member with one stored block (RFC 1951, 3.2.4).
  static func storedGzip(_ bytes: [UInt8]) -> [UInt8] {
    var crc: UInt32 = 0xFFFF_FFFF
    for byte in bytes {
      crc ^= UInt32(byte)
      for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
    }
    crc = ~crc
    func number(_ value: Int, _ size: Int) -> [UInt8] {
      (0..<size).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }
    return [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF, 1] + number(bytes.count, 2) + number(~bytes.count, 2) + bytes
      + number(Int(crc), 4) + number(bytes.count, 4)
  }
}

@Suite("Which definition fits, and what must be there")
struct RecognitionTests {
  static let twin = """
    version: "1"
    reported-by: provider
    delivers: claim_line
    recognise: {name: "hospital*.csv", columns: [Nummer, "Begin datum"]}
    format: {type: delimited, delimiter: ";", encoding: utf-8, skip-lines: 1}
    fields:
      claim: {column: Nummer}
      line: {constant: "1"}
      person: {column: bsn, form: bsn}
      care_type: {constant: medical-specialist}
      start: {column: Begindatum}
      amount_cents: {column: Bedrag}
    """

  @Test("two definitions with the same names are told apart by the columns")
  func columns() throws {
    let lab = try Lab(adding: ["sources/twin.yaml": Self.twin])
    try lab.deliver("hospital-1.csv", ControlTotalsTests.header + ControlTotalsTests.rows)
    try lab.deliver(
      "hospital-2.csv",
      "Ziekenhuis\n\"nummer\";bsn;BEGINDATUM;Bedrag\n7;\(Persons.number(0));2015-01-01;1\n")
    #expect(try lab.ingest().deliveries.map(\.source) == ["hospital", "twin"])
  }

  @Test("content that fits none says why for each")
  func none() throws {
    let lab = try Lab(
      changing: [("sources/hospital.yaml", "\"hospital*.csv\"}", "\"hospital*.csv\", starts-with: claim}")],
      adding: ["sources/twin.yaml": Self.twin])
    try lab.deliver("hospital-1.csv", "x;y\n1;2\n")
    let problem = #expect(throws: Problem.self) { _ = try lab.ingest() }
    #expect(
      problem?.message
        == "its content fits no source definition: hospital: it does not begin with \"claim\"; twin: it has no column "
        + "\"Nummer\", \"Begin datum\"")
  }

  @Test("a required source without a delivery is named")
  func required() throws {
    let lab = try Lab(changing: [
      ("sources/people.yaml", "delivers: insured_period", "delivers: insured_period\nrequired: true")
    ])
    try lab.deliver("hospital.csv", ControlTotalsTests.header + ControlTotalsTests.rows)
    let problem = #expect(throws: Problem.self) { _ = try lab.ingest() }
    #expect(problem?.category == .noInput)
    #expect(problem?.message == "no delivery of people (people*.csv), which pipeline lab requires")
  }

  @Test("damage by a spreadsheet is counted")
  func spreadsheet() throws {
    let lab = try Lab()
    let row = { (agb: String, day: String) in "1;1;\(Persons.number(0));\(agb);HA;C;A1;\(day);1;1;01-01-1960;M;1011AB\n"
    }
    try lab.deliver(
      "claims.csv",
      "Number;Line;BSN;AGB;Care;Activity;Diagnosis;Start;Quantity;Amount;Birth;Sex;Postcode\n"
        + row("01000001", "01-02-2015") + row("1000001", "01-02-2015") + row("01000001", "42037"))
    let account = try lab.ingest().deliveries[0]
    #expect(account.quarantined == 2)
    #expect(account.spreadsheetSigns == 2)
  }
}
