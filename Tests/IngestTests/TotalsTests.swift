import Foundation
import Ingest
import TestPipelines
import TestSupport
import Testing
import Workspace

@Suite("Totals of groups on their way in")
struct TotalsTests {
  static let source = """
    version: "1"
    reported-by: insurer
    delivers: group_total
    recognise: {name: "totals*.csv"}
    format: {type: delimited, delimiter: ";", encoding: windows-1252}
    fields:
      unit: {column: PLACE}
      period: {constant: "2015"}
      sex: {column: SEX, codes: {M: male, V: female}, unknown: reject}
      age_band: {column: AGE, codes: {"0 t/m  4": "00-04", "5+": "05+"}, unknown: reject}
      insured_years: {column: YEARS}
      persons: {column: PEOPLE}
    amounts:
      every: "COST_*"
      columns:
        general-practice: [COST_GP, COST_GP_OTHER]
        pharmacy: [COST_PHARMACY]
    """
  static let header = "SEX;AGE;PLACE;PEOPLE;YEARS;COST_PHARMACY;COST_GP;COST_GP_OTHER\n"

  static func lab() throws -> Lab { try Lab(adding: ["sources/totals.yaml": source]) }

  static func ingest(_ text: String, header: String = header) throws -> (lab: Lab, account: DeliveryAccount) {
    let lab = try lab()
    try lab.deliver("totals.csv", bytes: Array((header + text).unicodeScalars.map { UInt8($0.value) }))
    return (lab, try #require(try lab.ingest().deliveries.first))
  }

  @Test("a record becomes a row per column of amounts; cents are the digits of the file")
  func rows() throws {
    let (lab, account) = try Self.ingest("M; 0 t/m  4;SÚDWEST;515;466.69;49488.17;-3;13459.5\n")
    #expect(account.read == 1 && account.accepted == 1 && account.addsUp)
    #expect(account.acceptedCents == 4_948_817 - 300 + 1_345_950)
    let rows = try lab.staged(account)
    #expect(rows.map { $0["delivered_as"] } == ["COST_GP", "COST_GP_OTHER", "COST_PHARMACY"])
    #expect(rows.map { $0["care_type"] } == ["general-practice", "general-practice", "pharmacy"])
    #expect(rows.map { $0["amount_cents"] } == ["-300", "1345950", "4948817"])
    for row in rows {
      #expect(row["unit"] == "SÚDWEST")
      #expect(row["age_band"] == "0 t/m  4")
      #expect(row["period"] == "2015")
      #expect(row["persons"] == "515" && row["insured_years"] == "466.69" && row["record"] == "2")
    }
  }

  @Test("a rest record without keys is kept, keys missing")
  func restRecord() throws {
    let (lab, account) = try Self.ingest(";;;299383;181726.53;1.00;2.00;3.00\n")
    #expect(account.accepted == 1 && account.acceptedCents == 600)
    let rows = try lab.staged(account)
    #expect(rows.count == 3)
    #expect(rows.allSatisfy { $0["unit"] == nil && $0["sex"] == nil && $0["age_band"] == nil })
  }

  static let faults: [(text: String, column: String, reason: String)] = [
    ("M;5+;A;10;9;1.00;2.00;", "COST_GP_OTHER", "missing-amount"),
    ("M;5+;A;10;9;1.00;2.00;1.005", "COST_GP_OTHER", "not-an-amount"),
    ("M;5+;A;10;9;1.00;2,00;1.00", "COST_GP", "not-an-amount"),
    ("M;5+;A;-10;9;1.00;2.00;1.00", "PEOPLE", "out-of-range"),
    ("M;5+;A;10;-9.5;1.00;2.00;1.00", "YEARS", "out-of-range"),
    ("M;5+;A;;9;1.00;2.00;1.00", "PEOPLE", "missing-persons"),
    ("M;5+;A;10;;1.00;2.00;1.00", "YEARS", "missing-insured_years"),
  ]

  @Test("a record with an amount or number that is not one is set aside whole, and counted once", arguments: faults)
  func faulty(text: String, column: String, reason: String) throws {
    let (lab, account) = try Self.ingest("V;5+;A;11;10;1.00;1.00;1.00\n" + text + "\n")
    #expect(account.read == 2 && account.accepted == 1 && account.quarantined == 1)
    #expect(account.acceptedCents == 300)
    #expect(account.reasons == [reason: 1])
    let entry = try #require(try lab.quarantined(account).first)
    #expect(entry["column"] == column && entry["reason"] == reason && entry["record"] == "3")
    #expect(try lab.staged(account).count == 3)
  }

  @Test("a column of amounts that the definition does not know is refused by name")
  func unknownColumn() throws {
    let problem = try #require(throws: Problem.self) {
      try Self.ingest("M;5+;A;10;9;1;2;3;4\n", header: Self.header.replacing("\n", with: ";COST_STAY\n"))
    }
    #expect(problem.place == "totals.csv:1")
    #expect(problem.message == "the column \"COST_STAY\" would be left out")
  }

  @Test("a column of amounts that is missing is refused by name")
  func missingColumn() throws {
    let problem = try #require(throws: Problem.self) {
      try Self.ingest("M;5+;A;10;9;1;2\n", header: Self.header.replacing(";COST_GP_OTHER", with: ""))
    }
    #expect(problem.message.contains("\"COST_GP_OTHER\""))
  }

  @Test("the same in XML")
  func xml() throws {
    let source = Self.source.replacing("totals*.csv", with: "totals*.xml")
      .replacing(
        "{type: delimited, delimiter: \";\", encoding: windows-1252}", with: "{type: xml, record: /all/group}"
      ).replacing("every: \"COST_*\"", with: "every: \"x\"").replacing("[COST_GP, COST_GP_OTHER]", with: "[cost/@gp]")
      .replacing("COST_PHARMACY", with: "cost/@pharmacy")
    let lab = try Lab(adding: ["sources/totals.yaml": source])
    try lab.deliver(
      "totals.xml",
      """
      <all><group><SEX>M</SEX><AGE>5+</AGE><PLACE>A</PLACE><PEOPLE>12</PEOPLE><YEARS>11.5</YEARS>
      <cost gp="10.10" pharmacy="0.05"/></group></all>
      """)
    let account = try #require(try lab.ingest().deliveries.first)
    #expect(account.acceptedCents == 1015)
    #expect(try lab.staged(account).map { $0["amount_cents"] } == ["1010", "5"])
  }
}
