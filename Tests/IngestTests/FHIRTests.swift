import Foundation
import Ingest
import TestPipelines
import TestSupport
import Testing
import Workspace

@Suite("FHIR QuestionnaireResponses on their way in")
struct FHIRTests {
  static func answers(_ lab: Lab, _ account: DeliveryAccount) throws -> [String] {
    try lab.staged(account).map { row in
      ["record", "instrument", "completed_on", "item", "value"].map { row[$0] ?? "-" }.joined(separator: " ")
    }.sorted()
  }

  static let xml = """
    <QuestionnaireResponse xmlns="http://hl7.org/fhir">
      <id value="r1"/>
      <text><status value="generated"/><div xmlns="http://www.w3.org/1999/xhtml"><p>Not <b>an</b> answer</p></div></text>
      <questionnaire value="http://example.org/ache|2.1"/>
      <status value="completed"/>
      <subject><reference value="Patient/p1"/></subject>
      <authored value="2016-04-05T12:30:00+02:00"/>
      <author><reference value="https://server/fhir/Organization/01000001/_history/3"/></author>
      <item><linkId value="group">
        </linkId>
        <item>
          <linkId value="/11111-1"/>
          <answer>
            <valueCoding><system value="http://example.org/a"/><code value="some"/></valueCoding>
            <item><linkId value="under-the-answer"/><answer><valueQuantity><value value="1.5"/><unit value="h"/></valueQuantity></answer></item>
          </answer>
        </item>
        <item><linkId value="disabled"/></item>
        <item><linkId value="yes"/><answer><valueBoolean value="true"/></answer></item>
        <item><linkId value="no"/><answer><valueBoolean value="false"/></answer></item>
        <item><linkId value="words"/><answer><valueString value="a &amp; b"/></answer></item>
      </item>
      <item><linkId value="day"/><answer><valueDate value="2016-04-01"/></answer></item>
      <item><linkId value="ordinal"/><answer><valueCoding>
        <extension url="http://hl7.org/fhir/StructureDefinition/ordinalValue"><valueDecimal value="4"/></extension>
        <code value="LA-4"/></valueCoding></answer></item>
      <item><linkId value="twice"/><answer><valueInteger value="1"/></answer><answer><valueInteger value="-2"/></answer></item>
    </QuestionnaireResponse>
    """

  static let expected = [
    "1 http://example.org/ache 2016-04-05 1 3.0", "1 http://example.org/ache 2016-04-05 day 20160401.0",
    "1 http://example.org/ache 2016-04-05 no 0.0", "1 http://example.org/ache 2016-04-05 ordinal 4.0",
    "1 http://example.org/ache 2016-04-05 twice -2.0", "1 http://example.org/ache 2016-04-05 twice 1.0",
    "1 http://example.org/ache 2016-04-05 under-the-answer 1.5", "1 http://example.org/ache 2016-04-05 yes 1.0",
  ]

  static let json = """
    {"resourceType": "QuestionnaireResponse", "id": "r1", "questionnaire": "http://example.org/ache|2.1",
     "status": "completed", "subject": {"reference": "Patient/p1"}, "authored": "2016-04-05T12:30:00+02:00",
     "author": {"reference": "https://server/fhir/Organization/01000001/_history/3"},
     "item": [
       {"linkId": "group", "item": [
         {"linkId": "/11111-1", "answer": [{"valueCoding": {"system": "http://example.org/a", "code": "some"},
           "item": [{"linkId": "under-the-answer", "answer": [{"valueQuantity": {"value": 1.5, "unit": "h"}}]}]}]},
         {"linkId": "disabled"},
         {"linkId": "yes", "answer": [{"valueBoolean": true}]}, {"linkId": "no", "answer": [{"valueBoolean": false}]},
         {"linkId": "words", "answer": [{"valueString": "a & b"}]}]},
       {"linkId": "day", "answer": [{"valueDate": "2016-04-01"}]},
       {"linkId": "ordinal", "answer": [{"valueCoding": {"code": "LA-4", "extension": [
         {"url": "http://hl7.org/fhir/StructureDefinition/ordinalValue", "valueDecimal": 4}]}}]},
       {"linkId": "twice", "answer": [{"valueInteger": 1}, {"valueInteger": -2}]}]}
    """

  @Test(
    "answers at any depth become a record each; what has no answer gives none", arguments: ["xml", "json", "ndjson"])
  func nested(format: String) throws {
    let lab = try Lab(adding: FormatFiles.fhir)
    let text =
      switch format {
      case "xml": Self.xml
      case "json": Self.json
      default: Self.json.replacingOccurrences(of: "\n", with: " ") + "\n"
      }
    try lab.deliver("r1.\(format)", text)
    let account = try lab.ingest().deliveries[0]
    #expect(try Self.answers(lab, account) == Self.expected)
    // The words were read too: nine answers.
    #expect(account.read == 9)
    #expect(account.accepted == 9)
    #expect(try lab.staged(account).allSatisfy { $0["provider"] == "01000001" })
  }

  @Test("a code that neither an ordinal nor the instrument knows is set aside, not lost")
  func unknownCode() throws {
    let lab = try Lab(adding: FormatFiles.fhir)
    try lab.deliver("r.json", Self.json.replacingOccurrences(of: "\"some\"", with: "\"119339001\""))
    let account = try lab.ingest().deliveries[0]
    #expect(account.read == 9)
    #expect(account.quarantined == 1)
    #expect(account.reasons == ["not-a-number": 1])
    #expect(try lab.quarantined(account).first?["value"]?.contains("119339001") == false)
  }

  @Test("responses of a Bundle, and of files in folders, are each their own")
  func bundle() throws {
    let lab = try Lab(adding: FormatFiles.fhir)
    let other = Self.json.replacingOccurrences(of: "\"r1\"", with: "\"r2\"")
    let patient = #"{"resource": {"resourceType": "Patient", "id": "p1", "name": [{"family": "X"}]}}"#
    try lab.deliver(
      "bundle.json",
      #"{"resourceType": "Bundle", "type": "searchset", "entry": [{"resource": \#(Self.json)}, \#(patient), {"resource": \#(other)}]}"#
    )
    try lab.deliver("more/of/them/r1.xml", Self.xml)
    let accounts = try lab.ingest().deliveries
    #expect(accounts.map(\.delivery) == ["bundle.json", "more/of/them/r1.xml"])
    #expect(accounts.map(\.read) == [18, 9])
    #expect(Set(try lab.staged(accounts[0]).compactMap { $0["record"] }) == ["1", "2"])
    #expect(Set(try lab.staged(accounts[0]).compactMap { $0["person"] }).count == 2)
  }

  @Test("a response that is not final is set aside as one record")
  func status() throws {
    let lab = try Lab(adding: FormatFiles.fhir)
    try lab.deliver(
      "r.ndjson",
      [Self.json, Self.json.replacingOccurrences(of: "\"completed\"", with: "\"entered-in-error\"")]
        .map { $0.replacingOccurrences(of: "\n", with: " ") }.joined(separator: "\n"))
    let account = try lab.ingest().deliveries[0]
    #expect(account.read == 10)
    #expect(account.reasons == ["not-final": 1])
  }

  @Test("STU3: the questionnaire is a reference, ordinals have another address")
  func stu3() throws {
    let lab = try Lab(adding: FormatFiles.fhir)
    let text = Self.xml.replacingOccurrences(
      of: #"<questionnaire value="http://example.org/ache|2.1"/>"#,
      with: #"<questionnaire><reference value="http://example.org/ache"/></questionnaire>"#
    ).replacingOccurrences(of: "StructureDefinition/ordinalValue", with: "StructureDefinition/iso21090-CO-value")
    try lab.deliver("r.xml", text)
    #expect(try Self.answers(lab, lab.ingest().deliveries[0]) == Self.expected)
  }

  @Test(
    "what is no FHIR at all is refused with its place",
    arguments: [
      ("r.json", "{\"resourceType\": \"QuestionnaireResponse\",\n \"item\": [}", "r.json:2:"),
      ("r.xml", "<QuestionnaireResponse><item></QuestionnaireResponse>", "r.xml:1:"),
      ("r.ndjson", "{}\n{\"a\": 1}\n{\"a\": \n{}\n", "r.ndjson:3"),
      ("r.json", "{\"resourceType\": \"Patient\"}", "the file holds no records"),
      ("r.xml", "<!DOCTYPE x [<!ENTITY a \"b\">]><QuestionnaireResponse/>", "document type"),
    ])
  func malformed(name: String, text: String, message: String) throws {
    let lab = try Lab(adding: FormatFiles.fhir)
    try lab.deliver(name, text)
    let problem = #expect(throws: Problem.self) { _ = try lab.ingest() }
    #expect(problem?.category == .data)
    #expect(problem.map { $0.description.contains(message) ? "" : $0.description } == "")
  }

  @Test("the examples of the FHIR test cases ingest", .enabled(if: Shared.isPresent, Comment(rawValue: Shared.hint)))
  func examples() throws {
    let lab = try Lab(adding: FormatFiles.fhir)
    for name in [
      "QuestionnaireResponse-hai-ltcf-questionnaireresponse-mdro-cdi-event.xml",
      "questionnaireResponse-enableWhen-test-nested.xml", "questionnaireresponse-example-f201-lifelines.xml",
    ] {
      let text = try String(contentsOf: Shared.file("data/fhir/\(name)"), encoding: .utf8)
      try lab.deliver(name, text)
    }
    let accounts = try lab.ingest().deliveries
    #expect(accounts.map(\.read) == [12, 8, 9])
    // Codes of SNOMED CT and HSLOC without an ordinal, three, are set aside.
    #expect(accounts[0].reasons == ["not-a-number": 3])
    // Disabled items have no answer: five conditions and three items that they enable are left, each as answered.
    let nested = try lab.staged(accounts[1])
    #expect(
      nested.filter { $0["item"] == "condition" }.compactMap { $0["value"] } == ["1.0", "1.0", "0.0", "1.0", "0.0"])
    #expect(nested.filter { $0["item"] == "enable-when" }.compactMap { $0["value"] } == ["0.0", "0.0", "0.0"])
    #expect(accounts[1].quarantined == 0)
    // Words are read and are no numbers; the day and the quantities are.
    #expect(
      try Self.answers(lab, accounts[2]).map { $0.split(separator: " ").suffix(2).joined(separator: " ") }.sorted()
        == ["2.2 19600313.0", "2.5 87.0", "2.5 -10.0"].sorted())
  }
}
