import Columns
import CoreDataset
import Definitions
import Foundation
@testable import Normalize
import TestPipelines
import Testing
import Workspace

@Suite("Codes of sources and standard codes")
struct CodeTests {
  /// What one column becomes by a mapping: the values, and rows of unknown codes, `!` where the record is rejected.
  static func map(_ column: String, _ values: [String?], codes: [String: String], unknown: UnknownCode)
    -> (values: [String?], unknown: [String])
  {
    let source = Source(
      id: "s", version: "1", reportedBy: .insurer, delivers: .claimLine, namePatterns: [],
      format: .delimited(delimiter: 0x3B, hasHeader: true, skipLines: 0), encoding: .utf8, amounts: AmountFormat(),
      dates: [.iso], missing: [],
      fields: [FieldMapping(target: column, columns: ["Delivered"], codes: codes, unknown: unknown)], questionnaires: [])
    let table = Staged.claimLine
    var columns = table.columns.map { Column($0.spec.type) }
    var delivered = CodeColumn()
    for value in values { delivered.append(value) }
    let at = table.index(of: column) ?? 0
    columns[at] = .code(delivered)
    let found = CodeMapping(source, table: table).apply(&columns)
    #expect(found.allSatisfy { $0.column == "Delivered" })
    return (
      values.indices.map { Cells.text(columns[at], $0) },
      found.map { "\($0.row) \($0.value)\($0.isRejected ? "!" : "")" }
    )
  }

  static let values: [String?] = ["a", nil, "x", "b", "x"]
  static let codes = ["a": "A", "b": "A"]

  @Test("a code that the list lacks is kept, rejected or set aside")
  func unknown() {
    let keep = Self.map("performance_code", Self.values, codes: Self.codes, unknown: .keep)
    #expect(keep.values == ["A", nil, "x", "A", "x"])
    #expect(keep.unknown == [])
    let reject = Self.map("performance_code", Self.values, codes: Self.codes, unknown: .reject)
    #expect(reject.values == ["A", nil, nil, "A", nil])
    #expect(reject.unknown == ["2 x!", "4 x!"])
    let aside = Self.map("performance_code", Self.values, codes: Self.codes, unknown: .setAside)
    #expect(aside.values == ["A", nil, nil, "A", nil])
    #expect(aside.unknown == ["2 x", "4 x"])
  }

  @Test("without a list codes stay as delivered")
  func noList() {
    let result = Self.map("performance_code", Self.values, codes: [:], unknown: .reject)
    #expect(result.values == Self.values)
    #expect(result.unknown == [])
  }

  @Test("a column with standard codes holds those only")
  func vocabulary() {
    let listed = Self.map(
      "care_type", ["a", "pharmacy", "b"], codes: ["a": "pharmacy", "b": "no such kind"], unknown: .reject)
    #expect(listed.values == ["pharmacy", nil, nil])
    #expect(listed.unknown == ["1 pharmacy!", "2 b!"])
    let plain = Self.map("sex", ["male", "M"], codes: [:], unknown: .setAside)
    #expect(plain.values == ["male", nil])
    #expect(plain.unknown == ["1 M"])
  }

  @Test("rejected lines and values set aside are counted and listed")
  func accounts() throws {
    let lab = try Lab()
    let text = claim("D1", amount: "1") + claim("D2", care: "??", amount: "2") + claim("D3", activity: "??", amount: "3")
      + claim("D4", care: "123456782", amount: "4")
    try lab.deliver("claims.csv", claimHeader + text)
    let (manifest, run) = try lab.normalize()
    let account = manifest.deliveries[0]
    #expect(account.read == 4 && account.accepted == 2 && account.quarantined == 2 && account.valuesSetAside == 1)
    #expect(account.acceptedCents == 400)
    #expect(account.reasons == ["unknown-code": 2])
    let rows = try lab.quarantine(run)
    let shown = rows.map { row in
      ["record", "column", "reason", "value", "scope", "stage"].map { row[$0] ?? "-" }.joined(separator: " ")
    }
    #expect(
      shown == [
        "3 Care unknown-code ?? record normalize", "4 Activity unknown-code ?? value normalize",
        "5 Care unknown-code ######### record normalize",
      ])
    let lines = try lab.core("claim_line", run)
    #expect(lines.compactMap { $0["claim"] }.sorted() == ["D1", "D3"])
    #expect(lines.first { $0["claim"] == "D3" }?["activity"] == nil)
    let csv = try String(contentsOf: run.quarantine.appending(path: "quarantine.csv"), encoding: .utf8)
    #expect(csv.split(separator: "\r\n").count == 4)
    #expect(!csv.contains("123456782"))
  }

  @Test("an unknown code of a record with many answers sets the record aside once")
  func wideRecord() throws {
    let lab = try Lab()
    let good = "\(Persons.number(0)),K,2015-03-01,p1,2015-03-02,3,4,8,2015-09-01,1,2,,\n"
    let bad = "\(Persons.number(1)),??,2015-03-01,p1,2015-03-02,3,4,8,2015-09-01,1,2,,\n"
    try lab.deliver("wide.csv", wideHeader + good + bad)
    let (manifest, run) = try lab.normalize()
    let account = manifest.deliveries[0]
    #expect(account.read == 2)
    #expect(account.accepted == 1)
    #expect(account.quarantined == 1)
    #expect(account.reasons == ["unknown-code": 1])
    #expect(try lab.quarantine(run).count == 1)
    #expect(manifest.coreRows["response"] == 3)
  }

  @Test("a code that is set aside of a questionnaire is listed once, and its record stays")
  func wideValue() throws {
    let lab = try Lab()
    try lab.deliver("wide.csv", wideHeader + "\(Persons.number(0)),K,2015-03-01,??,2015-03-02,3,4,8,2015-09-01,1,2,,\n")
    let (manifest, run) = try lab.normalize()
    #expect(manifest.deliveries[0].accepted == 1)
    #expect(manifest.deliveries[0].valuesSetAside == 1)
    let rows = try lab.quarantine(run)
    #expect(rows.map { $0["column"] } == ["agb"])
    #expect(rows.map { $0["scope"] } == ["value"])
    #expect(try lab.core("response", run).allSatisfy { $0["provider"] == nil })
  }

  @Test("an answer of a questionnaire or moment that is not known is rejected", arguments: ["reject", "set-aside"])
  func longRecords(unknown: String) throws {
    let lab = try Lab(changing: [
      ("sources/long.yaml", "moment: {column: moment", "moment: {column: moment, codes: {T0: T0, T1: T1}, unknown: \(unknown)"),
      ("sources/long.yaml", "unknown: reject, required", "unknown: \(unknown), required"),
    ])
    let person = Persons.number(0)
    let text = "r1,\(person),A,T0,2016-03-02,1,3\nr2,\(person),A,T9,2016-03-02,1,3\nr3,\(person),Z,T0,2016-03-02,1,3\n"
    try lab.deliver("long.csv", longHeader + text)
    let (manifest, run) = try lab.normalize()
    let account = manifest.deliveries[0]
    #expect(account.accepted == 1)
    #expect(account.quarantined == 2)
    #expect(account.reasons == ["unknown-code": 2])
    #expect(manifest.coreRows["answer"] == 1)
    #expect(try lab.quarantine(run).compactMap { $0["value"] } == ["T9", "Z"])
  }
}
