import Definitions
import Foundation
import Ingest
import TestPipelines
import TestSupport
import Testing
import Workspace

@Suite("Declarations in the EI standard on their way in")
struct DeclarationTests {
  /// The source and layout of the published pipeline, in the small one.
  static func lab() throws -> Lab {
    let pipelines = Shared.package.appending(path: "pipelines")
    func text(_ path: String) throws -> String {
      try String(contentsOf: pipelines.appending(path: path), encoding: .utf8)
    }
    let source = try text("chronische-pijn/sources/ziekenhuis-zh308.yaml")
    return try Lab(adding: [
      "sources/zh308.yaml": source.replacing("../layouts/", with: "layouts/"),
      "layouts/zh308-9.0.yaml": try text("layouts/zh308-9.0.yaml"),
    ])
  }

  @Test("a claim line per performance, with its person and the sum of its tariffs")
  func lines() throws {
    let lab = try Self.lab()
    try lab.deliver("zh308-januari.asc", DeclarationFile(persons: [Persons.number(0), Persons.number(1)]).text)
    let account = try lab.ingest().deliveries[0]
    #expect(account.read == 3)
    let aside = try lab.quarantined(account)
    #expect(aside == [])
    #expect(account.acceptedCents == 1_100_50)
    let rows = try lab.staged(account)
    let line = try #require(rows.first { $0["record"] == "3" })
    #expect(line["claim"] == "F2016-1")
    #expect(line["provider"] == "06010001")
    #expect(line["insurer"] == "9999")
    #expect(line["start"] == "2016-01-04")
    #expect(line["end"] == "2016-01-18")
    #expect(line["performance_code"] == "15A123")
    #expect(line["diagnosis_code"] == "0801")
    #expect(line["specialty"] == "0305")
    #expect(line["amount_cents"] == "10000")
    #expect(line["birth_year"] == "1960")
    #expect(line["postcode4"] == "1011")
    #expect(rows.first { $0["record"] == "8" }?["amount_cents"] == "100000")
    #expect(rows.first { $0["record"] == "11" }?["postcode4"] == "1012")
    #expect(Set(rows.compactMap { $0["person"] }).count == 2)
  }

  @Test(
    "a closing record that is not right refuses the delivery, to the record and the cent",
    arguments: [
      ("00000110050D", "00000110051D", "declaratiebedrag is 1100.51, the records make 1100.50: 0.01 less"),
      ("0000011000", "0000012000", "detailrecords is 12, the records make 11: 1 less"),
      ("99000002000000000003", "99000002000000000004", "prestatierecords is 4, the records make 3: 1 less"),
    ])
  func totals(right: String, wrong: String, message: String) throws {
    let lab = try Self.lab()
    let text = DeclarationFile(persons: [Persons.number(0), Persons.number(1)]).text
    #expect(text.contains(right))
    try lab.deliver("zh308.asc", text.replacing(right, with: wrong))
    let problem = #expect(throws: Problem.self) { _ = try lab.ingest() }
    #expect(problem?.category == .data)
    #expect(problem?.place == "zh308.asc:13")
    #expect(problem.map { $0.message.contains(message) ? "" : $0.message } == "")
  }

  @Test("a record that was lost, and a file that was cut off, are refused")
  func lost() throws {
    var file = DeclarationFile(persons: [Persons.number(0), Persons.number(1)])
    file.records.remove(at: 8)
    let lab = try Self.lab()
    try lab.deliver("zh308.asc", file.text)
    let problem = #expect(throws: Problem.self) { _ = try lab.ingest() }
    #expect(problem?.message.contains("1000.00 less") == true)
    file.records.removeLast()
    let other = try Self.lab()
    try other.deliver("zh308.asc", file.text)
    let cut = #expect(throws: Problem.self) { _ = try other.ingest() }
    #expect(cut?.message.contains("no closing record 99") == true)
  }
}
