@testable import Aggregate
import CoreDataset
import Definitions
import Foundation
import Ingest
import Normalize
import Parquet
import TestPipelines
import Testing
import Workspace

@Suite("From claim lines to figures of hospital care")
struct CareTests {
  static let source = """
    version: "1"
    reported-by: insurer
    delivers: claim_line
    recognise: {name: "care*.csv"}
    format: {type: delimited, delimiter: ",", encoding: utf-8}
    fields:
      claim: {column: claim}
      line: {constant: 1}
      person: {column: bsn, form: bsn}
      provider: {column: hospital}
      care_type: {constant: medical-specialist}
      activity: {column: what, codes: {opname: admission, seh: emergency-visit}, unknown: reject}
      diagnosis_code: {column: diagnosis}
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
      postcode4: {column: postcode, form: postcode4}
    """
  static func indicators(_ text: String) -> String {
    """
    templates:
      care: &care
        version: "1"
        name: {nl: N, en: N}
        explanation: {nl: N, en: N}
        goal: health
        population: all
        reported-by: insurer
        unit: {nl: aantal, en: number}
        decimals: 1
        direction: lower-better
    indicators:
    \(text)
    """
  }
  static let measures = indicators(
    """
      - {<<: *care, id: readmission, measure: readmission}
      - {<<: *care, id: stays, measure: stay-rate}
      - {<<: *care, id: days, measure: bed-days}
      - {<<: *care, id: visits, measure: emergency-rate}
      - {<<: *care, id: admitted, measure: emergency-rate, parameters: {admitted: true}}
      - {<<: *care, id: sent-home, measure: emergency-rate, parameters: {admitted: false}}
      - {<<: *care, id: avoidable, measure: avoidable-admissions, parameters: {diagnosis-list: codes/avoidable.csv}}
      - {<<: *care, id: unplanned, measure: stay-rate, parameters: {unplanned: true}}
      - {<<: *care, id: first, measure: readmission, parameters: {attribute-to: first, follow-up-days: {value: 7, why: w, since: 2026}}}
      - {<<: *care, id: without-heart, measure: stay-rate, parameters: {excluded-diagnoses: [I]}}
    """)

  static func rows(
    _ cases: [CareCase], diagnosis: [String] = [], buckets: Int = 4, runOut: String = ""
  ) throws -> [ResultRow] {
    let lab = try Lab(
      buckets: buckets, changing: runOut.isEmpty ? [] : [("pipeline.yaml", "baseline: ", runOut + "\nbaseline: ")],
      adding: [
        "sources/care.yaml": source, "sources/insured.yaml": people, "indicators/care.yaml": measures,
        "codes/avoidable.csv": "# made up\ndiagnosis;group\nI50;heart failure\nJ45;asthma\n",
      ])
    var care = "claim,bsn,hospital,what,diagnosis,start,end,amount\n"
    var insured = "bsn,died,from,to,postcode\n"
    for (person, wanted) in cases.enumerated() {
      let number = Persons.number(person)
      for (line, entry) in wanted.care.enumerated() {
        let code = diagnosis.isEmpty ? "" : diagnosis[line % diagnosis.count]
        care += "D\(person)-\(line),\(number),\(entry.hospital),\(entry.what),\(code),\(entry.from),\(entry.to),10\n"
      }
      for period in wanted.insured { insured += "\(number),\(wanted.diedOn),\(period.from),\(period.to),1011AB\n" }
    }
    // A delivery without records is refused: somebody of another year.
    care += "X,\(Persons.number(300)),A,seh,,2010-01-01,,10\n"
    try lab.deliver("care.csv", care)
    try lab.deliver("insured.csv", insured)
    var manifest = lab.manifest(try lab.ingest().deliveries)
    let run = try lab.workspace.begin("run")
    try Normalize.run(
      lab.pipeline, manifest: &manifest, workspace: lab.workspace, run: run, jobs: 2, reporter: .silent)
    try Aggregate.run(lab.pipeline, manifest: &manifest, run: run, jobs: 2, reporter: .silent)
    let reader = try ParquetReader(path: run.results.appending(path: "results.parquet").path)
    return try #require(Results.rows(of: try reader.read(group: 0)))
  }

  private func figure(
    _ rows: [ResultRow], _ indicator: String, _ unit: String = "NL", _ period: String = "2016"
  ) throws -> ResultRow {
    try #require(rows.first { $0.indicator == indicator && $0.unit == unit && $0.period == period })
  }

  @Test("readmissions, case by case", arguments: CareCase.readmissions)
  func readmissions(wanted: CareCase) throws {
    let row = try figure(try Self.rows([wanted]), "readmission", "NL", wanted.period)
    #expect(Double(row.measured) == wanted.denominator)
    if wanted.denominator == 0 {
      #expect(row.value == nil && row.status == .insufficient && row.reason == "no-observations")
    } else {
      #expect(row.numerator == wanted.numerator && row.denominator == wanted.denominator)
      #expect(near(row.value, wanted.numerator / wanted.denominator))
    }
  }

  @Test("readmissions of all cases together are the sum of the cases")
  func together() throws {
    let rows = try Self.rows(CareCase.readmissions, buckets: 16)
    let wanted = CareCase.readmissions.filter { $0.period == "2016" }
    let row = try figure(rows, "readmission")
    // The case that begins in 2015 has a discharge in 2016 too.
    #expect(row.numerator == wanted.reduce(0) { $0 + $1.numerator })
    #expect(row.denominator == wanted.reduce(0) { $0 + $1.denominator } + 1)
    // Whoever was discharged more than once is one person: of the cases only the one who died in hospital is none.
    #expect(row.persons == CareCase.readmissions.count - 1)
  }

  @Test("insured person-time, case by case", arguments: CareCase.personTime)
  func personTime(wanted: CareCase) throws {
    let row = try figure(try Self.rows([wanted]), "stays", "NL", wanted.period)
    if wanted.denominator == 0 {
      #expect(row.value == nil && row.reason == "no-insured-days")
    } else {
      #expect(near(row.denominator, wanted.denominator))
      #expect(row.numerator == wanted.numerator)
      #expect(near(row.value, 1000 * wanted.numerator / wanted.denominator))
    }
  }

  @Test("stays, bed days, emergency visits and avoidable admissions of two persons, worked out by hand")
  func measures() throws {
    let one = CareCase(
      why: "",
      care: [
        ("A", "seh", "2016-03-01", ""), ("A", "opname", "2016-03-01", "2016-03-05"),
        ("B", "opname", "2016-03-05", "2016-03-08"), ("A", "seh", "2016-06-01", ""), ("A", "seh", "2016-06-01", ""),
        ("B", "seh", "2016-06-01", ""),
      ], numerator: 0, denominator: 0)
    let other = CareCase(why: "", insured: [("2016-01-01", "2016-07-01")], numerator: 0, denominator: 0)
    let rows = try Self.rows([one, other], diagnosis: ["I50.0", "I50.0", "I50.0", "", "", ""])
    let years = 1.5
    func rate(_ indicator: String, _ events: Double) throws {
      let row = try figure(rows, indicator)
      #expect(row.numerator == events, "\(indicator)")
      #expect(near(row.value, 1000 * events / years), "\(indicator)")
      #expect(near(row.denominator, years))
      #expect(try figure(rows, indicator, "a").numerator == events)
    }
    try rate("stays", 2)
    try rate("days", 4 + 3)
    // One of two visits of the same day at the same hospital counts.
    try rate("visits", 3)
    try rate("admitted", 1)
    try rate("sent-home", 2)
    // The second stay is a transfer: the same admission.
    try rate("avoidable", 1)
    try rate("unplanned", 1)
    try rate("without-heart", 0)
  }

  @Test("figures of a year of which claims still come in are indicative, and say so")
  func runOut() throws {
    let care = [CareCase(why: "", care: [("A", "opname", "2016-03-01", "2016-03-05")], numerator: 0, denominator: 0)]
    let many = Array(repeating: care[0], count: 40)
    let open = try Self.rows(many, runOut: "run-out: {months: {value: 3, why: w, since: 2026}, received: 2017-03-30}")
    #expect(try figure(open, "stays").status == .indicative && figure(open, "stays").reason == "claims-incomplete")
    #expect(try figure(open, "stays", "NL", "2015").status == .ok)
    let closed = try Self.rows(many, runOut: "run-out: {months: {value: 3, why: w, since: 2026}, received: 2017-03-31}")
    #expect(try figure(closed, "stays").status == .ok)
    // Without a day of receipt the last claim tells: it is of March 2016.
    let unknown = try Self.rows(many, runOut: "run-out: {months: {value: 0, why: w, since: 2026}}")
    #expect(try figure(unknown, "stays").reason == "claims-incomplete")
  }

  @Test("a readmission counts for the hospital that discharged, or as declared for the first")
  func attribution() throws {
    let one = CareCase(
      why: "",
      care: [
        ("A", "opname", "2016-03-01", "2016-03-05"), ("B", "opname", "2016-03-05", "2016-03-08"),
        ("A", "seh", "2016-03-15", ""), ("A", "opname", "2016-03-15", "2016-03-16"),
      ], numerator: 0, denominator: 0)
    let rows = try Self.rows([one])
    #expect(try figure(rows, "readmission", "B").numerator == 1)
    #expect(try figure(rows, "readmission", "B").denominator == 1)
    #expect(try figure(rows, "readmission", "A").numerator == 0)
    #expect(try figure(rows, "first", "A").numerator == 1)
    #expect(try figure(rows, "first", "A").denominator == 2)
    #expect(!rows.contains { $0.indicator == "first" && $0.unit == "B" && $0.period == "2016" && $0.value != nil })
  }
}
