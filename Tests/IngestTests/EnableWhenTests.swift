import Foundation
import Ingest
import TestPipelines
import TestSupport
import Testing
import Workspace

@Suite("Answers to items that a Questionnaire disables do not count")
struct EnableWhenTests {
  /// The small FHIR source with a Questionnaire at hand.
  static func lab(_ questionnaire: String, as file: String = "q.json", canonical: String = "") throws -> Lab {
    var files = FormatFiles.fhir
    files["sources/fhir.yaml"] = files["sources/fhir.yaml"]?
      .replacingOccurrences(of: "{type: fhir}", with: "{type: fhir, questionnaires: [questionnaires/\(file)]}")
    files["questionnaires/\(file)"] = questionnaire
    return try Lab(adding: files)
  }

  /// `linkId=number` of the answers that count.
  static func counted(_ lab: Lab, _ account: DeliveryAccount) throws -> [String] {
    try lab.staged(account).map {
      "\($0["item"] ?? "-")=\($0["value"].map { $0.hasSuffix(".0") ? String($0.dropLast(2)) : $0 } ?? "-")"
    }
  }

  static func response(_ items: String, questionnaire: String = #""http://example.org/q""#) -> String {
    #"{"resourceType": "QuestionnaireResponse", "id": "r", "status": "completed", "authored": "2016-04-05", "questionnaire": \#(questionnaire), "item": [\#(items)]}"#
  }

  /// What the example of the FHIR test cases answers to: groups that repeat, in each an item that depends on another.
  static let nested = """
    {"resourceType": "Questionnaire", "status": "active",
     "url": "http://hl7.org/fhir/us/hai/Questionnaire/questionnaire-enableWhen-test",
     "item": [{"linkId": "group", "type": "group", "repeats": true, "item": [
       {"linkId": "condition", "type": "boolean"},
       {"linkId": "enable-when", "type": "boolean",
        "enableWhen": [{"question": "condition", "operator": "=", "answerBoolean": true}]}]}]}
    """

  @Test(
    "of the example of the FHIR test cases exactly the answers to enabled items are kept",
    .enabled(if: Shared.isPresent, Comment(rawValue: Shared.hint)))
  func example() throws {
    let lab = try Self.lab(Self.nested)
    let file = "questionnaireResponse-enableWhen-test-nested.xml"
    try lab.deliver(file, String(contentsOf: Shared.file("data/fhir/\(file)"), encoding: .utf8))
    let account = try lab.ingest().deliveries[0]
    // Five conditions; of the three answers to the other item one stands in a group whose condition is false.
    #expect(
      try Self.counted(lab, account) == [
        "condition=1", "enable-when=0", "condition=1", "enable-when=0", "condition=0", "condition=1", "condition=0",
      ])
    #expect(account.read == 8)
    #expect(account.reasons == ["disabled-item": 1])
    let row = try #require(lab.quarantined(account).first)
    #expect(row["reason"] == "disabled-item")
    #expect(row["expected"]?.contains("item enable-when") == true)
  }

  @Test(
    "of the example Questionnaire of FHIR R4 a group within a question depends on its answer",
    .enabled(if: Shared.isPresent, Comment(rawValue: Shared.hint)), arguments: ["Y", "N"])
  func exampleQuestionnaire(answer: String) throws {
    let text = try String(contentsOf: Shared.file("data/fhir/questionnaire-example.xml"), encoding: .utf8)
    let lab = try Self.lab(text, as: "q.xml")
    let ordinal = #""extension": [{"url": "http://hl7.org/fhir/StructureDefinition/ordinalValue", "valueDecimal": 1}]"#
    let within =
      #"{"linkId": "1.1.1", "item": [{"linkId": "1.1.1.1", "answer": [{"valueCoding": {"code": "Y", \#(ordinal)}}]}]}"#
    try lab.deliver(
      "r.json",
      Self.response(
        #"{"linkId": "1", "item": [{"linkId": "1.1", "answer": [{"valueCoding": {"code": "\#(answer)", \#(ordinal)}, "item": [\#(within)]}]}]}"#,
        questionnaire: #""http://hl7.org/fhir/Questionnaire/3141""#))
    let account = try lab.ingest().deliveries[0]
    #expect(try Self.counted(lab, account) == (answer == "Y" ? ["1.1=1", "1.1.1.1=1"] : ["1.1=1"]))
    #expect(account.reasons == (answer == "Y" ? [:] : ["disabled-item": 1]))
  }

  /// A condition on the answers `n` (3), `c` (code x), `d` (2016-04-05), `q` (2 h), `t` (a) and `f` (false).
  struct Rule: CustomTestStringConvertible {
    let when: String
    let isEnabled: Bool
    init(_ when: String, _ isEnabled: Bool) { (self.when, self.isEnabled) = (when, isEnabled) }
    var testDescription: String { when }
  }

  static let answered = """
    {"linkId": "n", "answer": [{"valueInteger": 3}]}, {"linkId": "c", "answer": [{"valueCoding": {"system": "s", "code": "x"}}]},
    {"linkId": "d", "answer": [{"valueDate": "2016-04-05"}]}, {"linkId": "q", "answer": [{"valueQuantity": {"value": 2, "unit": "h"}}]},
    {"linkId": "t", "answer": [{"valueString": "a"}]}, {"linkId": "f", "answer": [{"valueBoolean": false}]},
    {"linkId": "m", "answer": [{"valueInteger": 1}, {"valueInteger": 5}]}, {"linkId": "none"},
    {"linkId": "off", "answer": [{"valueInteger": 1}]}, {"linkId": "x", "answer": [{"valueInteger": 9}]}
    """

  @Test(
    "operators and behaviour of R4 and STU3",
    arguments: [
      Rule(#""enableWhen": [{"question": "n", "operator": "=", "answerInteger": 3}]"#, true),
      Rule(#""enableWhen": [{"question": "n", "operator": "=", "answerDecimal": 3.0}]"#, true),
      Rule(#""enableWhen": [{"question": "n", "operator": "!=", "answerInteger": 3}]"#, false),
      Rule(#""enableWhen": [{"question": "n", "operator": ">", "answerInteger": 2}]"#, true),
      Rule(#""enableWhen": [{"question": "n", "operator": "<=", "answerInteger": 2}]"#, false),
      Rule(#""enableWhen": [{"question": "m", "operator": ">=", "answerInteger": 5}]"#, true),
      Rule(#""enableWhen": [{"question": "c", "operator": "=", "answerCoding": {"system": "s", "code": "x"}}]"#, true),
      Rule(#""enableWhen": [{"question": "c", "operator": "=", "answerCoding": {"code": "x"}}]"#, true),
      Rule(#""enableWhen": [{"question": "c", "operator": "=", "answerCoding": {"system": "z", "code": "x"}}]"#, false),
      Rule(#""enableWhen": [{"question": "c", "operator": "=", "answerString": "x"}]"#, false),
      Rule(#""enableWhen": [{"question": "d", "operator": "<", "answerDate": "2016-05-01"}]"#, true),
      Rule(#""enableWhen": [{"question": "q", "operator": ">", "answerQuantity": {"value": 1, "unit": "h"}}]"#, true),
      Rule(#""enableWhen": [{"question": "q", "operator": ">", "answerQuantity": {"value": 1, "unit": "d"}}]"#, false),
      Rule(#""enableWhen": [{"question": "t", "operator": "=", "answerString": "a"}]"#, true),
      Rule(#""enableWhen": [{"question": "none", "operator": "exists", "answerBoolean": true}]"#, false),
      Rule(#""enableWhen": [{"question": "none", "operator": "exists", "answerBoolean": false}]"#, true),
      Rule(#""enableWhen": [{"question": "none", "operator": "!=", "answerInteger": 1}]"#, false),
      // Answers to an item that is itself disabled are none.
      Rule(#""enableWhen": [{"question": "off", "operator": "=", "answerInteger": 1}]"#, false),
      Rule(
        #""enableBehavior": "all", "enableWhen": [{"question": "n", "operator": "=", "answerInteger": 3}, {"question": "f", "operator": "=", "answerBoolean": true}]"#,
        false),
      Rule(
        #""enableBehavior": "any", "enableWhen": [{"question": "n", "operator": "=", "answerInteger": 3}, {"question": "f", "operator": "=", "answerBoolean": true}]"#,
        true),
      // STU3: an answer without operator, hasAnswer, and one of several is enough.
      Rule(#""enableWhen": [{"question": "f", "answerBoolean": false}]"#, true),
      Rule(#""enableWhen": [{"question": "n", "hasAnswer": false}]"#, false),
      Rule(#""enableWhen": [{"question": "n", "hasAnswer": false}, {"question": "t", "answerString": "a"}]"#, true),
    ])
  func rules(_ rule: Rule) throws {
    let others = ["n", "c", "d", "q", "t", "f", "m", "none"].map { #"{"linkId": "\#($0)"}"# }.joined(separator: ", ")
    let lab = try Self.lab(
      #"""
      {"resourceType": "Questionnaire", "url": "http://example.org/q", "item": [\#(others),
       {"linkId": "off", "enableWhen": [{"question": "f", "operator": "=", "answerBoolean": true}]},
       {"linkId": "x", \#(rule.when)}]}
      """#)
    try lab.deliver("r.json", Self.response(Self.answered))
    let account = try lab.ingest().deliveries[0]
    #expect(try Self.counted(lab, account).contains("x=9") == rule.isEnabled)
    #expect(account.reasons["disabled-item"] == (rule.isEnabled ? 1 : 2))
  }

  @Test(
    "a Questionnaire is found by canonical, version or the reference of STU3, and not in another version",
    arguments: [
      (#""http://example.org/q""#, true), (#""http://example.org/q|2""#, true), (#""http://example.org/q|3""#, false),
      (#"{"reference": "Questionnaire/q1"}"#, true), (#""http://example.org/other""#, false),
    ])
  func found(reference: String, isFound: Bool) throws {
    let lab = try Self.lab(
      #"""
      {"resourceType": "Bundle", "entry": [{"resource": {"resourceType": "Questionnaire", "id": "q1", "version": "2",
       "url": "http://example.org/q", "item": [{"linkId": "a"},
       {"linkId": "x", "enableWhen": [{"question": "a", "hasAnswer": true}]}]}}]}
      """#)
    try lab.deliver(
      "r.json", Self.response(#"{"linkId": "x", "answer": [{"valueInteger": 9}]}"#, questionnaire: reference))
    #expect(try lab.ingest().deliveries[0].reasons == (isFound ? ["disabled-item": 1] : [:]))
  }
}

@Suite("Identifiers of what a response refers to")
struct ReferenceTests {
  static func lab(_ systems: String = "") throws -> Lab {
    var files = FormatFiles.fhir
    files["sources/fhir.yaml"] = files["sources/fhir.yaml"]?
      .replacingOccurrences(of: "{type: fhir}", with: "{type: fhir\(systems)}")
      .replacingOccurrences(
        of: "{column: id, form: person-key}", with: "{column: subject-identifier, form: person-key}"
      )
      .replacingOccurrences(of: "{column: author-id}", with: "{column: author-identifier}")
    return try Lab(adding: files)
  }

  static let response = #"""
    {"resourceType": "QuestionnaireResponse", "id": "r", "status": "completed", "authored": "2016-04-05",
     "questionnaire": "http://example.org/q", "subject": SUBJECT, "author": AUTHOR, MORE
     "item": [{"linkId": "x", "answer": [{"valueInteger": 9}]}]}
    """#
  static let patient = #"""
    {"resourceType": "Patient", "id": "p1", "identifier": [{"system": "local", "value": "L-1"}, {"system": "bsn", "value": "111222333"}]}
    """#
  static let organization =
    #"{"resourceType": "Organization", "id": "o1", "identifier": [{"system": "agb", "value": "01000001"}]}"#

  static func response(_ subject: String, _ author: String, more: String = "") -> String {
    response.replacingOccurrences(of: "SUBJECT", with: subject).replacingOccurrences(of: "AUTHOR", with: author)
      .replacingOccurrences(of: "MORE", with: more)
  }

  /// Person and provider of a delivery.
  static func who(_ lab: Lab, _ name: String, _ text: String) throws -> (person: String?, provider: String?) {
    try lab.deliver(name, text)
    let account = try lab.ingest().deliveries[0]
    try FileManager.default.removeItem(at: lab.folder.file("input/\(name)"))
    let row = try lab.staged(account).first
    return (row?["person"], row?["provider"])
  }

  @Test("contained, by fullUrl, and by type and id; the first identifier of the systems that are asked for")
  func followed() throws {
    let lab = try Self.lab(#", identifier-systems: ["bsn", "agb"]"#)
    let direct = try Self.who(
      lab, "direct.json",
      Self.response(
        #"{"identifier": {"system": "bsn", "value": "111222333"}}"#,
        #"{"identifier": {"system": "agb", "value": "01000001"}}"#))
    #expect(direct.person != nil)
    #expect(direct.provider == "01000001")
    let contained = try Self.who(
      lab, "contained.json",
      Self.response(
        ##"{"reference": "#p1"}"##, ##"{"reference": "#o1"}"##,
        more: #""contained": [\#(Self.patient), \#(Self.organization)],"#))
    #expect(contained == direct)
    func bundle(_ response: String) -> String {
      #"""
      {"resourceType": "Bundle", "entry": [{"resource": \#(response)},
       {"fullUrl": "urn:uuid:1", "resource": \#(Self.patient)},
       {"fullUrl": "https://server/fhir/Organization/o1", "resource": \#(Self.organization)}]}
      """#
    }
    let byURL = try Self.who(
      lab, "url.json",
      bundle(
        Self.response(
          #"{"reference": "urn:uuid:1"}"#, #"{"reference": "https://server/fhir/Organization/o1/_history/2"}"#)))
    #expect(byURL == direct)
    let byID = try Self.who(
      lab, "id.json", bundle(Self.response(#"{"reference": "Patient/p1"}"#, #"{"reference": "Organization/o1"}"#)))
    #expect(byID == direct)
    let xml = """
      <Bundle xmlns="http://hl7.org/fhir"><entry><resource><QuestionnaireResponse><status value="completed"/>
      <id value="r"/><questionnaire value="http://example.org/q"/><authored value="2016-04-05"/>
      <subject><reference value="urn:uuid:1"/></subject><author><reference value="Organization/o1"/></author>
      <item><linkId value="x"/><answer><valueInteger value="9"/></answer></item></QuestionnaireResponse></resource></entry>
      <entry><fullUrl value="urn:uuid:1"/><resource><Patient><id value="p1"/>
      <identifier><system value="local"/><value value="L-1"/></identifier>
      <identifier><system value="bsn"/><value value="111222333"/></identifier></Patient></resource></entry>
      <entry><resource><Organization><id value="o1"/>
      <identifier><system value="agb"/><value value="01000001"/></identifier></Organization></resource></entry></Bundle>
      """
    #expect(try Self.who(lab, "bundle.xml", xml) == direct)
  }

  @Test("two resources of one name with different identifiers are not told apart: the person is missing, not another's")
  func ambiguous() throws {
    let lab = try Self.lab()
    let other = Self.patient.replacingOccurrences(of: "L-1", with: "L-2")
    try lab.deliver(
      "r.json",
      #"""
      {"resourceType": "Bundle", "entry": [{"fullUrl": "https://a/Patient/p1", "resource": \#(Self.patient)},
       {"fullUrl": "https://b/Patient/p1", "resource": \#(other)},
       {"resource": \#(Self.response(#"{"reference": "Patient/p1"}"#, #"{"reference": "Organization/o1"}"#))}]}
      """#)
    #expect(try lab.ingest().deliveries[0].reasons == ["missing-person": 1])
  }
}
