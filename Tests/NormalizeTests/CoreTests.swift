import Foundation
import Ingest
import Normalize
import TestPipelines
import TestSupport
import Testing
import Workspace

@Suite("The core dataset")
struct CoreTests {
  /// Deliveries of every kind, by a seed.
  static func fill(_ lab: Lab, seed: UInt64) throws {
    var random = SeededRandom(seed)
    var people = peopleHeader
    var claims = claimHeader
    var wide = wideHeader
    var long = longHeader
    for person in 0..<60 {
      let number = Persons.number(person)
      func pick(_ values: [String]) -> String { values.randomElement(using: &random) ?? "" }
      if person % 5 != 0 {
        people +=
          "\(number),\(pick(["1950-01-01", "2000-12-31", ""])),\(pick(["M", "V", "?"])),2015-01-01,\(pick(["", "2016-06-30"])),\(pick(["1011", "1012AB", ""]))\n"
      }
      for line in 0..<Int.random(in: 0...4, using: &random) {
        claims += claim(
          "D\(person % 40)", line, person: person, care: pick(["HA", "MS", "??"]), amount: pick(["1,5", "-2", "1.000"]))
      }
      wide +=
        "\(number),\(pick(["K", "H", "?"])),2015-03-01,\(pick(["p1", "p2", "p3"])),2015-03-02,\(pick(["3", "11", "x"])),4,8,\(pick(["2015-09-01", "2015-01-01"])),1,\(pick(["2", "99", ""])),5,\n"
      long +=
        "r\(person % 50),\(number),\(pick(["A", "M", "Z"])),T0,2016-03-02,\(pick(["1", "2", "3"])),\(pick(["3", "", "12"]))\n"
    }
    try lab.deliver("people.csv", people)
    try lab.deliver("claims-1.csv", claims)
    try lab.deliver("claims-2.csv", claimHeader + claim("D3", 0, person: 33) + claim("D7", 1, person: 7))
    try lab.deliver("wide.csv", wide)
    try lab.deliver("long.csv", long)
  }

  static let tables = [
    "person", "insured_period", "claim_line", "claim_correction", "response", "answer", "score", "care_path",
  ]

  @Test(
    "any number of buckets and jobs gives the same rows and the same accounts", arguments: 1...2 as ClosedRange<UInt64>)
  func buckets(seed: UInt64) throws {
    var rows: [[String: [String]]] = []
    var reports: [String] = []
    var quarantines: [[String]] = []
    for (buckets, jobs) in [(1, 1), (4, 2), (16, 1), (64, 3)] {
      let lab = try Lab(buckets: buckets)
      try Self.fill(lab, seed: seed)
      let (manifest, run) = try lab.normalize(jobs: jobs)
      var tables: [String: [String]] = [:]
      for table in Self.tables { tables[table] = canonical(try lab.core(table, run)) }
      rows.append(tables)
      reports.append(
        manifest.deliveries.map {
          "\($0.delivery) \($0.read) \($0.accepted) \($0.quarantined) \($0.superseded) \($0.valuesSetAside) \($0.acceptedCents)"
        }
        .joined(separator: "\n"))
      quarantines.append(canonical(try lab.quarantine(run)))
      #expect(manifest.deliveries.allSatisfy { $0.addsUp })
      #expect(manifest.deliveries.allSatisfy { $0.accepted >= 0 && $0.accepted <= $0.read })
    }
    for table in Self.tables {
      #expect(!(rows[0][table] ?? []).isEmpty)
      for other in rows.dropFirst() { #expect(other[table] == rows[0][table], "\(table)") }
    }
    #expect(reports.allSatisfy { $0 == reports[0] })
    #expect(quarantines.allSatisfy { $0 == quarantines[0] })
  }

  @Test("what an insured population says of a person goes before what a claim line says")
  func attributes() throws {
    let lab = try Lab()
    try lab.deliver("people-1.csv", peopleHeader + "\(Persons.number(0)),1960-01-01,V,2015-01-01,,1011\n")
    try lab.deliver(
      "people-2.csv",
      peopleHeader + "\(Persons.number(0)),1961-01-01,,2015-01-01,,1011\n\(Persons.number(1)),,,2015-01-01,,\n")
    let lines = [
      claim("D1", person: 0, birth: "01-01-1970", sex: "M"), claim("D2", person: 1, birth: "01-01-1971", sex: "M"),
      claim("D3", person: 2, birth: "01-01-1972", sex: "V"), claim("D4", person: 2, birth: "01-01-1973"),
    ]
    try lab.deliver("claims.csv", claimHeader + lines.joined())
    let run = try lab.normalize().run
    let persons = try lab.core("person", run)
    #expect(persons.count == 3)
    // The last delivery that says something; what it does not say stays.
    let first = try #require(persons.first { $0["birth_year"] == "1961" })
    #expect(first["sex"] == "female")
    #expect(first["delivery"] == "people-1.csv")
    // Known from the register, which says nothing of birth or sex: the claim line does not fill it in.
    let second = try #require(persons.first { $0["delivery"] == "people-2.csv" })
    #expect(second["birth_year"] == nil && second["sex"] == nil)
    let third = try #require(persons.first { $0["delivery"] == "claims.csv" })
    #expect(third["birth_year"] == "1973" && third["sex"] == "female")
    #expect(persons.allSatisfy { $0["key_id"] == Lab.key.id })
  }

  @Test("a person of whom only answers are known is a person")
  func respondents() throws {
    let lab = try Lab()
    try lab.deliver("wide.csv", wideHeader + "\(Persons.number(0)),K,2015-03-01,p1,2015-03-02,3,4,8,,,,,\n")
    let run = try lab.normalize().run
    #expect(try lab.core("person", run).count == 1)
    let path = try #require(try lab.core("care_path", run).first)
    #expect(path["path"] == "knee" && path["index_date"] == "2015-03-01" && path["provider"] == "01000001")
  }

  @Test("answers out of range are set aside; at the limits they count")
  func range() throws {
    let lab = try Lab()
    let answers = ["0", "10", "-0.1", "10.1", "1000000"]
    let text = answers.enumerated().map { "\(Persons.number($0)),K,2015-03-01,p1,2015-03-02,,,\($1),,,,,\n" }.joined()
    try lab.deliver("wide.csv", wideHeader + text)
    let (manifest, run) = try lab.normalize()
    #expect(manifest.deliveries[0].valuesSetAside == 3)
    #expect(manifest.deliveries[0].accepted == 5)
    #expect(try lab.core("answer", run).compactMap { $0["value"] }.sorted() == ["0.0", "10.0"])
    let rows = try lab.quarantine(run)
    #expect(
      rows.allSatisfy { $0["reason"] == "out-of-range" && $0["expected"] == "0.0 to 10.0" && $0["scope"] == "value" })
    #expect(rows.compactMap { $0["record"] } == ["4", "5", "6"])
    let statuses = try lab.core("score", run).compactMap { $0["status"] }
    #expect(statuses.count(where: { $0 == "computed" }) == 2)
    #expect(statuses.count(where: { $0 == "incomplete" }) == 3)
  }

  @Test("an item that the questionnaire does not have is set aside")
  func unknownItem() throws {
    let lab = try Lab()
    let person = Persons.number(0)
    try lab.deliver("long.csv", longHeader + "r1,\(person),A,T0,2016-03-02,3,5\nr1,\(person),A,T0,2016-03-02,1,5\n")
    let (manifest, run) = try lab.normalize()
    #expect(manifest.coreRows["answer"] == 1)
    #expect(try lab.quarantine(run).map { $0["reason"] } == ["unknown-item"])
  }

  @Test("a follow-up before the first measurement is set aside, on the same day it counts")
  func beforeBaseline() throws {
    let lab = try Lab()
    let text = [("2015-03-01", "2015-03-01"), ("2015-03-01", "2015-02-28"), ("", "2015-02-28"), ("2015-03-01", "")]
      .enumerated().map { "\(Persons.number($0)),K,2015-03-01,p1,\($1.0),3,4,8,\($1.1),1,2,,\n" }.joined()
    try lab.deliver("wide.csv", wideHeader + text)
    let (manifest, run) = try lab.normalize()
    let rows = try lab.quarantine(run)
    #expect(rows.map { $0["reason"] } == ["before-baseline"])
    #expect(rows.map { $0["record"] } == ["3"])
    #expect(rows.map { $0["value"] } == ["2015-02-28"])
    #expect(manifest.deliveries[0].accepted == 4)
    #expect(manifest.deliveries[0].valuesSetAside == 1)
    let followUps = try lab.core("score", run).filter { $0["moment"] == "T1" }
    #expect(followUps.compactMap { $0["record"] }.sorted() == ["2", "4", "5"])
    #expect(try lab.core("answer", run).filter { $0["moment"] == "T1" && $0["record"] == "3" } == [])
  }

  @Test("another care path or index date is another course")
  func otherCourse() throws {
    let lab = try Lab()
    let person = Persons.number(0)
    let text = "\(person),K,2015-03-01,p1,2015-03-01,3,4,8,,,,,\n\(person),H,2015-03-01,p1,,,,,2015-02-01,1,2,,\n"
    try lab.deliver("wide.csv", wideHeader + text)
    let (manifest, run) = try lab.normalize()
    #expect(try lab.quarantine(run) == [])
    #expect(manifest.coreRows["care_path"] == 2)
  }

  @Test("supplied and predicted scores stand beside the computed one")
  func supplied() throws {
    let lab = try Lab()
    try lab.deliver("wide.csv", wideHeader + "\(Persons.number(0)),K,2015-03-01,p1,,,,,2015-09-01,1,2,5.5,3\n")
    let score = try #require(try lab.core("score", lab.normalize().run).first)
    #expect(score["value"] == "3.0" && score["delivered_value"] == "3.0" && score["predicted_value"] == "5.5")
    #expect(score["status"] == "computed" && score["answered"] == "2" && score["expected"] == "2")
  }

  @Test("staged files that are gone or damaged are said to be so")
  func damaged() throws {
    let lab = try Lab()
    try lab.deliver("people.csv", peopleHeader + "\(Persons.number(0)),,,2015-01-01,,\n")
    let account = try lab.ingest().deliveries[0]
    let file = lab.workspace.staged(account.staged).appending(path: "part-00000.parquet")
    try Data("nothing".utf8).write(to: file)
    #expect { _ = try lab.normalize() } throws: { ($0 as? Problem)?.category == .cannotRead }
    try FileManager.default.removeItem(at: file)
    #expect { _ = try lab.normalize() } throws: { ($0 as? Problem)?.category == .cannotRead }
  }
}
