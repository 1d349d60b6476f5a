import Foundation
import Normalize
import TestPipelines
import TestSupport
import Testing
import Workspace

/// A questionnaire as FHIR R4 carries it (hl7.org/fhir/R4/questionnaireresponse.html): items by LOINC code, answers by
/// LOINC answer code, beside it the Observation with the total that the sender computed.
@Suite("A questionnaire with LOINC codes, from FHIR to its score")
struct QuestionnaireResponseTests {
  static let codes = ["LA6568-5", "LA6569-3", "LA6570-1", "LA6571-9"]
  static let items = [
    "44250-9", "44255-8", "44259-0", "44254-1", "44251-7", "44258-2", "44252-5", "44253-3", "44260-8",
  ]

  /// A Bundle with the response and its Observation; answers are positions in `codes`, nil where not answered.
  static func bundle(_ answers: [Int?], total: Int) throws -> String {
    let loinc = "http://loinc.org"
    let response: [String: Any] = [
      "resourceType": "QuestionnaireResponse", "id": "r1", "questionnaire": "http://loinc.org/q/44249-1",
      "status": "completed", "subject": ["reference": "Patient/p1"], "authored": "2016-03-02T09:30:00+01:00",
      "item": zip(items, answers).map { item, answer -> [String: Any] in
        guard let answer else { return ["linkId": "/\(item)"] }
        return ["linkId": "/\(item)", "answer": [["valueCoding": ["system": loinc, "code": codes[answer]]]]]
      },
    ]
    let observation: [String: Any] = [
      "resourceType": "Observation", "id": "o1", "status": "final", "subject": ["reference": "Patient/p1"],
      "code": ["coding": [["system": loinc, "code": "44261-6"]]],
      "valueQuantity": ["value": total, "unit": "{score}", "system": "http://unitsofmeasure.org", "code": "{score}"],
      "derivedFrom": [["reference": "QuestionnaireResponse/r1"]],
    ]
    let bundle: [String: Any] = [
      "resourceType": "Bundle", "type": "collection", "entry": [["resource": response], ["resource": observation]],
    ]
    return String(decoding: try JSONSerialization.data(withJSONObject: bundle, options: .sortedKeys), as: UTF8.self)
  }

  static func lab() throws -> Lab {
    let file = Shared.package.appending(path: "pipelines/instruments/phq-9.yaml")
    let source = """
      version: "1"
      reported-by: patient
      delivers: response
      recognise: {name: ["*.json"]}
      format: {type: fhir}
      fields:
        response: {column: id}
        person: {column: subject-id, form: person-key}
        path: {constant: knee}
        index_date: {constant: 2016-03-01}
        completed_on: {column: authored}
        instrument: {column: questionnaire, codes: {"http://loinc.org/q/44249-1": phq-9}, unknown: reject}
        moment: {constant: T0}
        item: {column: item}
        value: {column: value}
      """
    return try Lab(
      changing: [("pipeline.yaml", "instruments: [ache, mood]", "instruments: [ache, mood, phq-9]")],
      adding: ["instruments/phq-9.yaml": try String(contentsOf: file, encoding: .utf8), "sources/fhir.yaml": source])
  }

  /// What the Observation of a Bundle states.
  static func stated(_ bundle: String) throws -> Double {
    struct Bundle: Decodable {
      struct Entry: Decodable { let resource: Resource }
      struct Resource: Decodable {
        struct Quantity: Decodable { let value: Double }
        let valueQuantity: Quantity?
      }
      let entry: [Entry]
    }
    let decoded = try JSONDecoder().decode(Bundle.self, from: Data(bundle.utf8))
    return try #require(decoded.entry.compactMap(\.resource.valueQuantity?.value).first)
  }

  @Test(
    "the score is the total that the Observation states",
    arguments: [
      ([0, 0, 0, 0, 0, 0, 0, 0, 0], 0), ([3, 3, 3, 3, 3, 3, 3, 3, 3], 27), ([0, 1, 2, 3, 1, 2, 3, 0, 1], 13),
    ])
  func total(answers: [Int], total: Int) throws {
    let lab = try Self.lab()
    let bundle = try Self.bundle(answers, total: total)
    try lab.deliver("bundle.json", bundle)
    let run = try lab.normalize().run
    let score = try #require(try lab.core("score", run).first)
    #expect(score["value"] == "\(try Self.stated(bundle))")
    #expect(score["instrument"] == "phq-9" && score["status"] == "computed" && score["answered"] == "9")
    #expect(try lab.core("answer", run).compactMap { $0["value"] } == answers.map { "\(Double($0))" })
    #expect(try lab.quarantine(run) == [])
  }

  @Test("a question without an answer leaves no total")
  func unanswered() throws {
    let lab = try Self.lab()
    try lab.deliver("bundle.json", try Self.bundle([0, 1, 2, 3, nil, 2, 3, 0, 1], total: 12))
    let score = try #require(try lab.core("score", lab.normalize().run).first)
    #expect(score["value"] == nil && score["answered"] == "8" && score["reason"] == "too-few-answers")
  }
}
