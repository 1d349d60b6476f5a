import CoreDataset
import Foundation
import Normalize
import TestPipelines
import Testing
import Workspace

/// Qualifying care of one person, drawn up by hand, with the care paths that must come of it and why.
struct CarePathCase: CustomStringConvertible, Sendable {
  let why: String
  /// First and last day, and diagnosis.
  let care: [(from: String, to: String, code: String)]
  var insured: [(from: String, to: String)] = [("2010-01-01", "")]
  var diedOn = ""
  /// Index date and end of each path.
  let paths: [String]
  var description: String { why }

  static let all: [CarePathCase] = [
    CarePathCase(
      why: "the first qualifying line begins the path, the last one ends it",
      care: [("2015-03-01", "", "M54.5"), ("2015-05-01", "2015-05-10", "M54")], paths: ["2015-03-01 2015-05-10"]),
    CarePathCase(why: "another diagnosis begins nothing", care: [("2015-03-01", "", "J45")], paths: []),
    CarePathCase(
      why: "a gap of exactly the days allowed is no gap", care: [("2015-01-01", "", "M54"), ("2015-04-01", "", "M54")],
      paths: ["2015-01-01 2015-04-01"]),
    CarePathCase(
      why: "one day more ends the episode; the next line lies within the clean period of it and begins no path",
      care: [("2015-01-01", "", "M54"), ("2015-04-02", "", "M54")], paths: ["2015-01-01 2015-01-01"]),
    CarePathCase(
      why: "after a clean period a new path begins",
      care: [("2015-01-01", "", "M54"), ("2016-01-02", "", "M54")],
      paths: ["2015-01-01 2015-01-01", "2016-01-02 2016-01-02"]),
    CarePathCase(
      why: "a clean period is counted from the last day of care, not the first",
      care: [("2015-01-01", "2015-01-31", "M54"), ("2016-01-31", "", "M54")], paths: ["2015-01-01 2015-01-31"]),
    CarePathCase(
      why: "care that began no path spoils the clean period all the same",
      care: [("2015-01-01", "", "M54"), ("2015-09-01", "", "M54"), ("2016-06-01", "", "M54")],
      paths: ["2015-01-01 2015-01-01"]),
    CarePathCase(
      why: "who was not insured on all clean days may have had care that nobody saw",
      care: [("2015-03-01", "", "M54")], insured: [("2014-03-02", "")], paths: []),
    CarePathCase(
      why: "insured on exactly the clean days and the index date is enough",
      care: [("2015-03-01", "", "M54")], insured: [("2014-03-01", "2015-03-01")], paths: ["2015-03-01 2015-03-01"]),
    CarePathCase(
      why: "two periods of insurance that follow on cover the clean days",
      care: [("2015-03-01", "", "M54")], insured: [("2012-01-01", "2014-12-31"), ("2015-01-01", "")],
      paths: ["2015-03-01 2015-03-01"]),
    CarePathCase(
      why: "a day without insurance between them does not",
      care: [("2015-03-01", "", "M54")], insured: [("2012-01-01", "2014-12-31"), ("2015-01-02", "")], paths: []),
    CarePathCase(
      why: "a path ends with the insurance, whatever is billed later",
      care: [("2015-03-01", "2015-04-20", "M54")], insured: [("2012-01-01", "2015-03-31")],
      paths: ["2015-03-01 2015-03-31"]),
    CarePathCase(
      why: "a path ends on the day of death",
      care: [("2015-03-01", "2015-04-20", "M54")], diedOn: "2015-03-15", paths: ["2015-03-01 2015-03-15"]),
    CarePathCase(
      why: "lines that overlap are one episode",
      care: [("2015-03-01", "2015-05-31", "M54"), ("2015-04-01", "2015-04-02", "M54")],
      paths: ["2015-03-01 2015-05-31"]),
  ]
}

@Suite("Care paths that are made of claim lines")
struct CarePathTests {
  static let path = """
    version: "1"
    name: {nl: Rugpijn, en: Back pain}
    reported-by: insurer
    diagnoses: [M54]
    clean-days: {value: 365, why: a year, since: 2026}
    gap-days: {value: 90, why: a quarter, since: 2026}
    """
  static let claims = """
    version: "1"
    reported-by: insurer
    delivers: claim_line
    recognise: {name: "pain*.csv"}
    format: {type: delimited, delimiter: ",", encoding: utf-8}
    fields:
      claim: {column: claim}
      line: {constant: 1}
      person: {column: bsn, form: bsn}
      provider: {column: hospital}
      care_type: {constant: medical-specialist}
      diagnosis_code: {column: code}
      start: {column: start}
      end: {column: end}
      amount_cents: {column: amount}
    """
  static let people = """
    version: "1"
    reported-by: insurer
    delivers: insured_period
    recognise: {name: "insured*.csv"}
    format: {type: delimited, delimiter: ",", encoding: utf-8}
    fields:
      person: {column: bsn, form: bsn}
      died_on: {column: died}
      from: {column: from}
      to: {column: to}
    """

  private func run(_ cases: [CarePathCase], buckets: Int = 4) throws -> (lab: Lab, run: RunFolder) {
    let lab = try Lab(
      buckets: buckets,
      adding: ["sources/pain.yaml": Self.claims, "sources/insured.yaml": Self.people, "paths/back.yaml": Self.path])
    var care = "claim,bsn,hospital,code,start,end,amount\n"
    var insured = "bsn,died,from,to\n"
    for (person, wanted) in cases.enumerated() {
      let number = Persons.number(person)
      for (line, entry) in wanted.care.enumerated() {
        care += "D\(person)-\(line),\(number),H\(line),\(entry.code),\(entry.from),\(entry.to),1\n"
      }
      for period in wanted.insured { insured += "\(number),\(wanted.diedOn),\(period.from),\(period.to)\n" }
    }
    try lab.deliver("pain.csv", care)
    try lab.deliver("insured.csv", insured)
    return (lab, try lab.normalize().run)
  }

  @Test("case by case", arguments: CarePathCase.all)
  func cases(wanted: CarePathCase) throws {
    let (lab, run) = try run([wanted])
    let paths = try lab.core("care_path", run)
    #expect(paths.map { "\($0["index_date"] ?? "") \($0["end"] ?? "")" }.sorted() == wanted.paths)
    #expect(paths.allSatisfy { $0["path"] == "back" && $0["origin"] == "claims" && $0["delivery"] == "pain.csv" })
    if let first = paths.first, wanted.paths.count == 1 { #expect(first["provider"] == "H0" && first["record"] == "2") }
  }

  @Test("any number of buckets gives the same paths, beside those of questionnaires")
  func splits() throws {
    var seen: Set<[String]> = []
    for buckets in [1, 16, 64] {
      let (lab, run) = try run(CarePathCase.all, buckets: buckets)
      seen.insert(canonical(try lab.core("care_path", run)))
    }
    #expect(seen.count == 1 && seen.first?.count == CarePathCase.all.reduce(0) { $0 + $1.paths.count })
    let lab = try Lab()
    try lab.deliver("wide.csv", wideHeader + "\(Persons.number(0)),K,2015-03-01,p1,2015-03-02,3,4,8,2015-09-01,1,2,,\n")
    let (_, run) = try lab.normalize()
    let path = try #require(try lab.core("care_path", run).first)
    #expect(path["origin"] == "questionnaires" && path["end"] == nil && path["path"] == "knee")
  }
}
