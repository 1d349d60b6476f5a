import Foundation
import Ingest
import Normalize
import TestPipelines
import TestSupport
import Testing
import Workspace

@Suite("Original records written back")
struct QuarantineExportTests {
  static let header = "claim,line,bsn,start,amount\n"

  /// Writes what ingest set aside of the deliveries to a folder.
  static func export(_ lab: Lab, to folder: String = "mend") throws -> [QuarantineExport.Outcome] {
    let deliveries = try lab.ingest().deliveries
    let run = RunFolder(id: "run", folder: lab.folder.file("run"))
    try Workspace.create(run.folder)
    try QuarantineFiles.write(manifest: lab.manifest(deliveries), workspace: lab.workspace, run: run)
    try lab.manifest(deliveries).write(run)
    return try QuarantineExport.write(
      run.folder, pipeline: lab.pipeline, input: lab.folder.file("input"), to: lab.folder.file(folder))
  }

  /// Delivers what was exported, with a text replaced, beside what was delivered before.
  static func redeliver(_ lab: Lab, _ name: String, _ from: String, _ to: String) throws {
    let mended = lab.folder.file("mend/\(name)")
    let text = try String(contentsOf: mended, encoding: .isoLatin1)
    #expect(text.contains(from))
    try lab.deliver(name, bytes: Array(text.replacingOccurrences(of: from, with: to).data(using: .isoLatin1) ?? Data()))
    try lab.deliver(name + ".mends", String(contentsOf: lab.folder.file("mend/\(name).mends"), encoding: .utf8))
  }

  /// Accounts of what was delivered first, then of what mends it.
  static func accounts(_ lab: Lab) throws -> [DeliveryAccount] {
    let all = try lab.ingest().deliveries
    return all.filter { $0.mends == nil } + all.filter { $0.mends != nil }
  }

  @Test("records that were set aside come back with their header, as they were")
  func export() throws {
    let lab = try Lab(changing: [
      ("sources/hospital.yaml", "encoding: utf-8}", "encoding: windows-1252, skip-lines: 1}"),
      ("sources/hospital.yaml", "\"hospital*.csv\"", "\"more/hospital*.csv\""),
    ])
    let good = "1,1,\(Persons.number(0)),2015-03-01,10.00\n"
    let bad = ["1,2,000000000,\"2015-\n03-02\",2.50\r\n", "2,1,\(Persons.number(1)),2015-13-03,0.25\n", "3,1,x\n"]
    var bytes: [UInt8] = [0x5A, 0xE9, 0x0A]
    bytes += Array((Self.header + good + bad[0] + good + bad[1] + bad[2] + good).utf8)
    try lab.deliver("more/hospital.csv", bytes: bytes)
    #expect(try lab.ingest().deliveries[0].quarantined == 3)
    let outcomes = try Self.export(lab)
    #expect(outcomes.map(\.records) == [3])
    let output = lab.folder.file("mend")
    let written = Array(try Data(contentsOf: output.appending(path: "more/hospital.mended.csv")))
    #expect(written == [0x5A, 0xE9, 0x0A] + Array((Self.header + bad.joined()).utf8))
    // Not over what is there, and not from another file.
    #expect(throws: Problem.self) { _ = try Self.export(lab) }
    let run = lab.folder.file("run")
    try lab.deliver("more/hospital.csv", bytes: bytes + [0x0A])
    #expect(throws: Problem.self) {
      _ = try QuarantineExport.write(
        run, pipeline: lab.pipeline, input: lab.folder.file("input"), to: lab.folder.file("other"))
    }
  }

  @Test("mended records delivered again count in place of those that were set aside, to the record and the cent")
  func redelivered() throws {
    let lab = try Lab(changing: [
      (
        "sources/hospital.yaml", "encoding: utf-8}",
        "encoding: utf-8, footer-lines: 1}\ncontrol-totals: {footer: 1, records: 2}"
      ),
      ("sources/hospital.yaml", "\"hospital*.csv\"", "\"hospital.csv\""),
    ])
    let person = Persons.number(0)
    try lab.deliver(
      "hospital.csv",
      Self.header + "1,1,\(person),2015-03-01,10.00\n2,1,\(person),2015-13-02,2.50\n3,1,\(person),x,0.25\nend,3\n")
    #expect(try Self.export(lab).map(\.records) == [2])
    try Self.redeliver(lab, "hospital.mended.csv", "2015-13-02", "2015-03-02")
    let accounts = try Self.accounts(lab)
    #expect(accounts.map(\.delivery) == ["hospital.csv", "hospital.mended.csv"])
    #expect(accounts.map(\.read) == [3, 2])
    #expect(accounts.map(\.accepted) == [1, 1])
    // One was mended; the other is set aside again, and nothing of the first file is any more.
    #expect(accounts.map(\.quarantined) == [0, 1])
    #expect(accounts.map(\.redelivered) == [2, nil])
    #expect(accounts.map(\.mends) == [nil, "hospital.csv"])
    #expect(accounts.map(\.readCents) == [1275, 275])
    #expect(accounts.map(\.acceptedCents) == [1000, 250])
    #expect(accounts.map(\.quarantinedCents) == [0, 25])
    #expect(accounts.map(\.redeliveredCents) == [275, nil])
    #expect(accounts.allSatisfy { $0.addsUp && $0.moneyAddsUp })
    #expect(accounts[0].reasons.isEmpty)
    #expect(try lab.quarantined(accounts[0]).isEmpty)
    #expect(try lab.staged(accounts[0]).map { $0["claim"] } == ["1"])
    #expect(try lab.staged(accounts[1]).map { $0["claim"] } == ["2"])

    // Without what says what it mends, a file is a delivery of its own, and must be one that a source knows.
    try FileManager.default.removeItem(at: lab.folder.file("input/hospital.mended.csv.mends"))
    #expect(throws: Problem.self) { _ = try lab.ingest() }
  }

  @Test("a mended delivery must hold every record that it replaces, of a file that is there")
  func incomplete() throws {
    let lab = try Lab()
    let person = Persons.number(0)
    let original = Self.header + "1,1,\(person),2015-03-01,10.00\n2,1,\(person),x,2.50\n3,1,\(person),y,0.25\n"
    try lab.deliver("hospital.csv", original)
    _ = try Self.export(lab)
    try Self.redeliver(lab, "hospital.mended.csv", "3,1,\(person),y,0.25\n", "")
    var problem = #expect(throws: Problem.self) { _ = try lab.ingest() }
    #expect(problem?.message == "it holds 1 records and replaces 2 of hospital.csv")
    try Self.redeliver(lab, "hospital.mended.csv", "x", "2015-03-02")
    try lab.deliver("hospital.csv", original + "\n")
    problem = #expect(throws: Problem.self) { _ = try lab.ingest() }
    #expect(problem?.message == "hospital.csv is another file than the one whose records are mended")
    try FileManager.default.removeItem(at: lab.folder.file("input/hospital.csv"))
    problem = #expect(throws: Problem.self) { _ = try lab.ingest() }
    #expect(problem?.message == "the delivery that it mends, hospital.csv, is not here")
  }

  @Test("UTF-16 is written as UTF-16 again")
  func utf16() throws {
    let lab = try Lab(changing: [("sources/hospital.yaml", "encoding: utf-8", "encoding: utf-16")])
    let text = Self.header + "1,1,\(Persons.number(0)),2015-03-01,10.00\né,1,\(Persons.number(0)),x,10.00\n"
    try lab.deliver("hospital.csv", bytes: [0xFE, 0xFF] + text.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] })
    _ = try Self.export(lab)
    let mended = try String(contentsOf: lab.folder.file("mend/hospital.mended.csv"), encoding: .utf16)
    #expect(mended == Self.header + "é,1,\(Persons.number(0)),x,10.00\n")
  }

  static let xmlSource = """
    version: "1"
    reported-by: provider
    delivers: claim_line
    recognise: {name: "claims*.xml"}
    format: {type: xml, record: /all/person/claim}
    fields:
      claim: {column: "@number"}
      line: {constant: "1"}
      person: {column: "../@bsn", form: bsn}
      care_type: {constant: medical-specialist}
      start: {column: start}
      amount_cents: {column: amount}
      specialty: {column: note}
    """

  @Test("XML comes back with what lies around its records, and is taken when mended")
  func xml() throws {
    let lab = try Lab(adding: ["sources/xml.yaml": Self.xmlSource])
    let (one, two) = (Persons.number(0), Persons.number(1))
    let text = """
      <?xml version="1.0" encoding="ISO-8859-1"?>
      <!-- made up --><all xmlns="urn:a" xmlns:b="urn:b" b:x="1 &amp; 2 &lt;">
        <person bsn="\(one)">
          <claim number="1"><start>2015-03-01</start><amount>10.00</amount></claim>
          <claim number="2"><start>2015-13-01</start><amount>2.50</amount><note><![CDATA[a<b&c]]> \u{E9}</note></claim>
        </person>
        <person bsn="\(two)"><claim number="3"><start>2015-03-01</start><amount>1.00</amount></claim></person>
      </all>
      """
    try lab.deliver("claims.xml", bytes: Array(text.data(using: .isoLatin1) ?? Data()))
    #expect(try Self.export(lab).map(\.records) == [1])
    let mended = try String(contentsOf: lab.folder.file("mend/claims.mended.xml"), encoding: .utf8)
    #expect(
      mended == """
        <?xml version="1.0" encoding="UTF-8"?>
        <!-- made up --><all xmlns="urn:a" xmlns:b="urn:b" b:x="1 &amp; 2 &lt;">
          <person bsn="\(one)">
            <claim number="2"><start>2015-13-01</start><amount>2.50</amount><note>a&lt;b&amp;c \u{E9}</note></claim>
          </person>
          </all>

        """)
    try Self.redeliver(lab, "claims.mended.xml", "2015-13-01", "2015-03-02")
    let accounts = try Self.accounts(lab)
    #expect(accounts.map(\.accepted) == [2, 1])
    #expect(accounts.map(\.quarantined) == [0, 0])
    #expect(accounts.map(\.redelivered) == [1, nil])
  }

  static func response(_ id: String, _ value: String) -> String {
    #"{"resourceType": "QuestionnaireResponse", "id": "\#(id)", "status": "completed", "authored": "2016-04-05", "questionnaire": "http://example.org/q", "item": [{"linkId": "a", "answer": [{"valueInteger": 1}]}, {"linkId": "b", "answer": [{"valueCoding": {"code": "\#(value)"}}]}]}"#
  }

  @Test("of FHIR whole responses come back, and count in place of the whole", arguments: ["ndjson", "json", "xml"])
  func fhir(format: String) throws {
    let lab = try Lab(adding: FormatFiles.fhir)
    let text: String
    switch format {
    case "ndjson": text = Self.response("1", "x") + "\n" + Self.response("2", "y") + "\n"
    case "json":
      text =
        #"{"resourceType": "Bundle", "total": 2.50, "entry": [{"fullUrl": "u", "resource": \#(Self.response("1", "x"))}, {"resource": {"resourceType": "Patient", "id": "p"}}, {"resource": \#(Self.response("2", "y"))}]}"#
    default:
      func one(_ id: String, _ value: String) -> String {
        "<entry><resource><QuestionnaireResponse><id value=\"\(id)\"/><status value=\"completed\"/><authored value=\"2016-04-05\"/><questionnaire value=\"http://example.org/q\"/><item><linkId value=\"a\"/><answer><valueInteger value=\"1\"/></answer></item><item><linkId value=\"b\"/><answer><valueCoding><code value=\"\(value)\"/></valueCoding></answer></item></QuestionnaireResponse></resource></entry>"
      }
      text =
        "<Bundle xmlns=\"http://hl7.org/fhir\">\(one("1", "x"))\n<entry><resource><Patient/></resource></entry>\(one("2", "y"))</Bundle>"
    }
    let number = #""extension": [{"url": "http://hl7.org/fhir/StructureDefinition/ordinalValue", "valueDecimal": 3}], "#
    let right = text.replacingOccurrences(of: #"{"code": "x"}"#, with: "{\(number)\"code\": \"x\"}")
      .replacingOccurrences(
        of: "<code value=\"x\"/>",
        with:
          "<extension url=\"http://hl7.org/fhir/StructureDefinition/ordinalValue\"><valueDecimal value=\"3\"/></extension><code value=\"x\"/>"
      )
    try lab.deliver("r.\(format)", right)
    let first = try lab.ingest().deliveries[0]
    #expect(first.read == 4)
    #expect(first.quarantined == 1)
    #expect(try Self.export(lab).map(\.records) == [1])
    let mended = try String(contentsOf: lab.folder.file("mend/r.mended.\(format)"), encoding: .utf8)
    #expect(mended.contains("\"y\"") && !mended.contains("\"x\""))
    if format != "ndjson" { #expect(mended.contains("Patient")) }
    if format == "json" { #expect(mended.contains("2.5")) }
    if format == "xml" {
      try Self.redeliver(
        lab, "r.mended.xml", "<valueCoding><code value=\"y\"></code></valueCoding>", "<valueInteger value=\"7\"/>")
    } else if format == "json" {
      try Self.redeliver(lab, "r.mended.json", #""valueCoding":{"code":"y"}"#, #""valueInteger":7"#)
    } else {
      try Self.redeliver(lab, "r.mended.ndjson", #""valueCoding": {"code": "y"}"#, #""valueInteger": 7"#)
    }
    let accounts = try Self.accounts(lab)
    #expect(accounts.map(\.read) == [4, 2])
    #expect(accounts.map(\.accepted) == [2, 2])
    #expect(accounts.map(\.redelivered) == [2, nil])
    #expect(accounts.map(\.quarantined) == [0, 0])
  }

  @Test("fixed width comes back as a message with right totals, and is taken when mended")
  func fixedWidth() throws {
    let pipelines = Shared.package.appending(path: "pipelines")
    func text(_ path: String) throws -> String {
      try String(contentsOf: pipelines.appending(path: path), encoding: .utf8)
    }
    let lab = try Lab(adding: [
      "sources/zh308.yaml": try text("chronische-pijn/sources/ziekenhuis-zh308.yaml")
        .replacing("../layouts/", with: "layouts/"),
      "layouts/zh308-9.0.yaml": try text("layouts/zh308-9.0.yaml"),
    ])
    var file = DeclarationFile(persons: [Persons.number(0), Persons.number(1)])
    // The first performance, a day that is none; its person, tariffs, activity and comment belong to it.
    file.records[2] = file.records[2].replacing("15A1232016010420160118", with: "15A1232016134520160118")
    try lab.deliver("zh308.asc", file.text)
    let first = try lab.ingest().deliveries[0]
    #expect(first.quarantined == 1)
    #expect(try Self.export(lab).map(\.records) == [1])
    let mended = try String(contentsOf: lab.folder.file("mend/zh308.mended.asc"), encoding: .utf8)
      .split(separator: "\r\n").map(String.init)
    #expect(mended.dropLast() == ArraySlice(file.records[0...6]))
    let totals = ["99", "000001", "000000", "000001", "000002", "000001", "000001", "0000006", "00000010000", "D"]
      .joined()
    #expect(mended.last?.hasPrefix(totals) == true)
    try Self.redeliver(lab, "zh308.mended.asc", "15A1232016134520160118", "15A1232016010420160118")
    let accounts = try Self.accounts(lab)
    #expect(accounts.map(\.read) == [3, 1])
    #expect(accounts.map(\.accepted) == [2, 1])
    #expect(accounts.map(\.quarantined) == [0, 0])
    #expect(accounts.map(\.redelivered) == [1, nil])
    #expect(accounts.map(\.acceptedCents) == [1_000_50, 100_00])
  }

  @Test("records are shown with the offending field marked, and masked unless asked")
  func shown() throws {
    let lab = try Lab()
    let person = Persons.number(0)
    try lab.deliver(
      "hospital.csv", Self.header + "1,1,\(person),2015-13-01,10.00\n2,x\n3,1,\(person),2015-03-01,1.00\n")
    _ = try Self.export(lab)
    func show(isMasked: Bool) throws -> [QuarantineView.Record] {
      try QuarantineView.records(
        of: lab.folder.file("run"), pipeline: lab.pipeline, input: lab.folder.file("input"), limit: 5,
        isMasked: isMasked)
    }
    let masked = try show(isMasked: true)
    #expect(masked.map(\.number) == [2, 3])
    #expect(masked[0].reasons == ["not-a-date in start: expected a date as yyyy-MM-dd"])
    #expect(masked[0].fields.map(\.name) == ["claim", "line", "bsn", "start", "amount"])
    #expect(masked[0].fields.map(\.value) == ["1", "1", "(9 characters, masked)", "2015-13-01", "10.00"])
    #expect(masked[0].fields.map(\.isOffending) == [false, false, false, true, false])
    #expect(masked[1].reasons == ["field-count: expected 5 fields; the record has 2"])
    #expect(masked[1].fields.isEmpty)
    #expect(try show(isMasked: false)[0].fields[2].value == person)
  }
}
