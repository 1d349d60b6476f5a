import Foundation
import Ingest
import TestPipelines
import TestSupport
import Testing
import Workspace

@Suite("Questionnaires on their way in")
struct QuestionnaireTests {
  static let wide = "bsn,path,index,agb,day0,ache0_1,ache0_2,mood0,day1,ache1_1,ache1_2,guess,given\n"

  static func answers(_ lab: Lab, _ account: DeliveryAccount) throws -> Set<String> {
    Set(
      try lab.staged(account).map { row in
        ["record", "instrument", "moment", "completed_on", "item", "value"].map { row[$0] ?? "-" }.joined(
          separator: " ")
      })
  }

  @Test("answers in columns become a row each; a moment without answers gives none")
  func wideAnswers() throws {
    let lab = try Lab()
    let text = """
      \(Persons.number(0)),K,2015-03-01,p1,2015-03-02,3,4,8,2015-09-01,1,99,5.5,2
      \(Persons.number(1)),K,2015-03-01,p1,2015-03-03,99,x,,,,,,

      """
    try lab.deliver("wide.csv", Self.wide + text)
    let account = try lab.ingest().deliveries[0]
    #expect(account.read == 2)
    #expect(account.accepted == 2)
    #expect(
      try Self.answers(lab, account) == [
        "2 ache T0 2015-03-02 1 3.0", "2 ache T0 2015-03-02 2 4.0", "2 mood T0 2015-03-02 1 8.0",
        "2 ache T1 2015-09-01 1 1.0", "2 ache T1 2015-09-01 ~total 5.5", "2 ache T1 2015-09-01 =total 2.0",
      ])
  }

  @Test("an answer in words counts for what the source says; another is set aside")
  func words() throws {
    let lab = try Lab(
      changing: [("sources/wide.yaml", "items: {\"1\": mood0}}", "items: {\"1\": mood0}, codes: {good: 7, bad: 2}}")])
    let text = """
      \(Persons.number(0)),K,2015-03-01,p1,2015-03-02,,,good,,,,,
      \(Persons.number(1)),K,2015-03-01,p1,2015-03-02,,,bad,,,,,
      \(Persons.number(2)),K,2015-03-01,p1,2015-03-02,,,fine,,,,,
      \(Persons.number(3)),K,2015-03-01,p1,2015-03-02,good,,5,,,,,

      """
    try lab.deliver("wide.csv", Self.wide + text)
    let account = try lab.ingest().deliveries[0]
    #expect(
      try Self.answers(lab, account) == [
        "2 mood T0 2015-03-02 1 7.0", "3 mood T0 2015-03-02 1 2.0", "5 mood T0 2015-03-02 1 5.0",
      ])
    #expect(account.valuesSetAside == 2)
  }

  @Test("99 is missing as an answer and a number as a supplied score")
  func suppliedScores() throws {
    let lab = try Lab()
    try lab.deliver("wide.csv", Self.wide + "\(Persons.number(0)),K,2015-03-01,p1,,,,,2015-09-01,99,99,99,x\n")
    let account = try lab.ingest().deliveries[0]
    #expect(try Self.answers(lab, account) == ["2 ache T1 2015-09-01 ~total 99.0"])
  }

  @Test("an answer that is no number is set aside, the record stays; a day that is none takes the record")
  func faults() throws {
    let lab = try Lab()
    let text = """
      \(Persons.number(0)),K,2015-03-01,p1,2015-03-02,a lot,4,8,2015-09-01,,,,
      \(Persons.number(1)),K,2015-03-01,p1,31-31-2015,3,4,8,2015-09-01,,,,

      """
    try lab.deliver("wide.csv", Self.wide + text)
    let account = try lab.ingest().deliveries[0]
    #expect(account.accepted == 1)
    #expect(account.reasons == ["not-a-date": 1])
    #expect(account.valuesSetAside == 1)
    let rows = try lab.quarantined(account)
    #expect(rows.map { $0["column"] }.contains("ache0_1"))
    #expect(rows.first { $0["column"] == "ache0_1" }?["scope"] == "value")
    #expect(rows.first { $0["column"] == "ache0_1" }?["value"] == "x xxx")
    #expect(rows.filter { $0["column"] == "day0" }.allSatisfy { $0["scope"] == "record" && $0["record"] == "3" })
    #expect(try Self.answers(lab, account) == ["2 ache T0 2015-03-02 2 4.0", "2 mood T0 2015-03-02 1 8.0"])
  }

  static let long = "id,bsn,list,moment,day,item,value\n"

  @Test("answers in records belong to the response of their id, wherever they stand")
  func longAnswers() throws {
    let lab = try Lab()
    let person = Persons.number(0)
    let text = """
      r1,\(person),A,T0,2016-03-02,1,3
      r2,\(person),A,T1,2016-09-02,1,5
      r1,\(person),A,T0,2016-03-02,2,4

      """
    try lab.deliver("long.csv", Self.long + text)
    let account = try lab.ingest().deliveries[0]
    #expect(account.read == 3)
    #expect(
      try Self.answers(lab, account) == [
        "2 A T0 2016-03-02 1 3.0", "3 A T1 2016-09-02 1 5.0", "2 A T0 2016-03-02 2 4.0",
      ])
  }

  @Test("the same id of two persons is two responses")
  func sharedID() throws {
    let lab = try Lab()
    let (one, two) = (Persons.number(0), Persons.number(1))
    let text = [(one, "1"), (two, "1"), (one, "2"), (two, "2")].map { "r1,\($0.0),A,T0,2016-03-02,\($0.1),3\n" }
      .joined()
    try lab.deliver("long.csv", Self.long + text)
    let account = try lab.ingest().deliveries[0]
    let rows = try lab.staged(account)
    #expect(rows.count == 4)
    #expect(Set(rows.map { "\($0["person"] ?? "") \($0["record"] ?? "")" }).count == 2)
    #expect(Set(rows.compactMap { $0["record"] }) == ["2", "3"])
  }

  @Test(
    "a record without what says which answer it is, is set aside", arguments: [("list", 2), ("moment", 3), ("item", 5)])
  func longWithout(column: String, field: Int) throws {
    // Also where the definition does not say so.
    let lab = try Lab(changing: [("sources/long.yaml", ", required: true", "")])
    var fields = ["r1", Persons.number(0), "A", "T0", "2016-03-02", "1", "3"]
    let good = fields.joined(separator: ",") + "\n"
    fields[field] = ""
    try lab.deliver("long.csv", Self.long + good + fields.joined(separator: ",") + "\n")
    let account = try lab.ingest().deliveries[0]
    #expect(account.accepted == 1)
    #expect(account.quarantined == 1)
    #expect(try lab.quarantined(account).first?["column"] == column)
  }

  @Test("a day that dates the path and two questionnaires is set aside once")
  func oneCellForSeveralFields() throws {
    let source = """
      version: "1"
      reported-by: patient
      delivers: response
      recognise: {name: ["shared.csv"]}
      format: {type: delimited, delimiter: ",", encoding: utf-8, dates: [yyyy-MM-dd]}
      fields:
        person: {column: bsn, form: bsn}
        path: {constant: knee}
        index_date: {column: day}
      questionnaires:
        - {instrument: ache, moment: T0, completed-on: day, items: "a{item}"}
        - {instrument: ache, moment: T1, completed-on: day, items: "b{item}"}
      """
    let lab = try Lab(adding: ["sources/shared.yaml": source])
    try lab.deliver(
      "shared.csv",
      "bsn,day,a1,a2,b1,b2\n\(Persons.number(0)),2016-04-31,1,2,3,4\n\(Persons.number(1)),2016-04-30,1,2,3,4\n")
    let account = try lab.ingest().deliveries[0]
    #expect(account.read == 2 && account.accepted == 1 && account.quarantined == 1)
    let rows = try lab.quarantined(account)
    #expect(rows.count == 1)
    #expect(rows.first?["column"] == "day" && rows.first?["value"] == "2016-04-31")
  }

  @Test("a question without an answer is read")
  func longUnanswered() throws {
    let lab = try Lab()
    let person = Persons.number(0)
    try lab.deliver("long.csv", Self.long + "r1,\(person),A,T0,2016-03-02,1,\nr1,\(person),A,T0,2016-03-02,2,4\n")
    let account = try lab.ingest().deliveries[0]
    #expect(account.read == 2)
    #expect(account.accepted == 2)
    #expect(try Self.answers(lab, account) == ["2 A T0 2016-03-02 2 4.0"])
  }

  @Test("without an identifier each record is a person of its own, the same in each run")
  func recordAsPerson() throws {
    let text = "day,mark\n2016-01-01,7\n2016-01-01,7\n2016-01-02,x y\n"
    var persons: [[String]] = []
    for _ in 0..<2 {
      let lab = try Lab()
      try lab.deliver("survey.csv", text)
      let account = try lab.ingest().deliveries[0]
      #expect(account.read == 3)
      #expect(account.valuesSetAside == 1)
      persons.append(try lab.staged(account).compactMap { $0["person"] }.sorted())
    }
    #expect(persons[0] == persons[1])
    #expect(Set(persons[0]).count == 2)
    let other = try Lab()
    try other.deliver("survey.csv", text + "2016-01-03,1\n")
    #expect(
      try Set(other.staged(other.ingest().deliveries[0]).compactMap { $0["person"] }).isDisjoint(with: persons[0]))
  }
}
