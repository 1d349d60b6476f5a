import Columns
import CoreDataset
import Foundation
import TestPipelines
import Testing
import Workspace

@testable import Normalize

@Suite("Quality checks")
struct QualityTests {
  /// Conditions of every kind on claim lines drawn up by hand, each with the number of lines that it must find.
  private static let conditions: [(conditions: String, among: String, violated: Int, denominator: Int)] = [
    ("{column: quantity, above: 1}", "", 2, 6),
    ("{column: quantity, below: 1}", "", 1, 6),
    ("{column: amount_cents, above: 19.99}", "", 2, 6),
    ("{column: activity, missing: true}", "", 1, 6),
    ("{column: activity, missing: false}", "", 5, 6),
    ("{column: care_type, one-of: [general-practice]}", "", 4, 6),
    ("{column: care_type, none-of: [general-practice]}", "", 2, 6),
    ("{column: activity, one-of: [admission]}", "{column: care_type, one-of: [medical-specialist]}", 1, 2),
    ("{column: provider, not-digits: 4}", "", 6, 6),
    ("{column: start, below: 2016-01-01}", "", 3, 6),
    ("{column: start, before: first-period}", "", 1, 6),
    ("{column: start, after: last-period}", "", 1, 6),
    ("{column: start, after: as-of}", "", 0, 6),
    ("{column: start, before: person.birth_year}", "", 1, 6),
    ("{column: birth_year, differs-from: person.birth_year}", "{column: birth_year, missing: false}", 1, 2),
    ("{column: person.sex, one-of: [female]}", "", 4, 6),
    ("{column: quantity, after: line}", "", 2, 6),
    ("{column: quantity, above: 1}, {column: activity, one-of: [consult]}", "", 1, 6),
  ]

  @Test("conditions", arguments: conditions.indices)
  func condition(index: Int) throws {
    let row = Self.conditions[index]
    let check = """
      checks:
        - id: own
          text: {nl: Eigen, en: Own}
          category: plausibility
          severity: warning
          table: claim_line
          among: [\(row.among)]
          violated: [\(row.conditions)]
          threshold: {value: 0, why: test, since: 2026}
      """
    let lab = try Lab(adding: ["quality.yaml": check])
    try lab.deliver(
      "people.csv",
      peopleHeader + "\(Persons.number(0)),1950-05-05,V,2015-01-01,,1011\n"
        + "\(Persons.number(1)),2016-05-05,M,2015-01-01,,1011\n")
    func line(
      _ claim: String, _ person: Int, _ care: String, _ activity: String, _ start: String, _ quantity: String,
      _ amount: String, _ birth: String = ""
    ) -> String {
      "\(claim);1;\(Persons.number(person));01000001;\(care);\(activity);M54;\(start);\(quantity);\(amount);\(birth);;\n"
    }
    try lab.deliver(
      "claims.csv",
      claimHeader + line("a", 0, "HA", "C", "31-12-2014", "1", "10") + line("b", 0, "HA", "C", "01-01-2015", "2", "20")
        + line("c", 0, "HA", "", "02-06-2016", "1", "5", "05-05-1950")
        + line("d", 0, "HA", "C", "02-06-2016", "0", "5", "05-05-1951")
        + line("e", 1, "MS", "O", "30-06-2015", "3", "500") + line("f", 1, "MS", "C", "01-01-2017", "1", "5"))
    let (_, run) = try lab.normalize()
    let finding = try #require(try lab.core("finding", run).first { $0["check"] == "own" })
    #expect(finding["violated"] == "\(row.violated)")
    #expect(finding["denominator"] == "\(row.denominator)")
    #expect(finding["status"] == (row.violated == 0 ? "passed" : "exceeded"))
    if row.violated > 0 { #expect(finding["delivery"] == "claims.csv") }
  }

  /// Who is in no register is compared with nothing but the claim lines, in whatever files they come.
  @Test(arguments: [1, 2, 4])
  func yearsOfBirthWithoutRegister(files: Int) throws {
    let lab = try Lab()
    let births = ["05-05-1950", "05-05-1951", "", "05-05-1960", "05-05-1960", "05-05-1950", "05-05-1972", "05-05-1971"]
    let persons = [0, 0, 0, 1, 1, 0, 2, 2]
    let lines = zip(births, persons).enumerated().map { number, line in
      "c\(number);1;\(Persons.number(line.1));01000001;HA;C;M54;02-06-2016;1;5;\(line.0);;\n"
    }
    for file in 0..<files {
      let part = lines[lines.count * file / files..<lines.count * (file + 1) / files]
      try lab.deliver("claims-\(file).csv", claimHeader + part.joined())
    }
    let findings = try lab.core("finding", try lab.normalize().run).filter { $0["scope"] == "all" }
    let several = try #require(findings.first { $0["check"] == "person.birth_year.several" })
    #expect(several["violated"] == "2" && several["denominator"] == "3")
    let differs = try #require(findings.first { $0["check"] == "claim_line.birth_year.differs" })
    #expect(differs["violated"] == "0")
  }

  /// What is counted does not depend on how persons are divided nor on threads.
  @Test(arguments: [(1, 1), (16, 3), (64, 2)])
  func bucketsAndJobs(buckets: Int, jobs: Int) throws {
    func findings(_ buckets: Int, _ jobs: Int) throws -> [String] {
      let lab = try Lab(buckets: buckets)
      try CoreTests.fill(lab, seed: 1)
      return canonical(try lab.core("finding", try lab.normalize(jobs: jobs).run))
    }
    #expect(try findings(buckets, jobs) == findings(4, 2))
  }

  /// A check that stops the run says which delivery, and what of it.
  @Test func aDeliveryIsRefused() throws {
    let check = """
      checks:
        - id: all-in-one-year
          text: {nl: Vorig jaar, en: Of last year}
          category: plausibility
          severity: critical
          consequence: stop
          table: claim_line
          violated: [{column: start, before: 2016-01-01}]
          threshold: {value: 0.5, why: test, since: 2026}
      """
    #expect(throws: (any Error).self) { try Lab(adding: ["quality.yaml": check]) }
    let lab = try Lab(adding: ["quality.yaml": check.replacing("before: 2016-01-01", with: "below: 2016-01-01")])
    try lab.deliver("claims-1.csv", claimHeader + claim("a", start: "01-02-2015") + claim("b", start: "01-02-2016"))
    try lab.deliver("claims-2.csv", claimHeader + claim("c", start: "01-02-2015") + claim("d", start: "01-02-2015"))
    let (manifest, run) = try lab.normalize()
    #expect(manifest.stopped == "claims-2.csv: Of last year: 2 of 2 (100%), check all-in-one-year")
    let scopes = try lab.core("finding", run).filter { $0["check"] == "all-in-one-year" }.map { $0["scope"] ?? "" }
    #expect(scopes == ["all", "delivery=claims-2.csv"])
  }

  @Test("a share above 0 is never shown as 0%, nor one below 1 as 100%")
  func shares() {
    #expect(Share.text(0, 10) == "0%")
    #expect(Share.text(10, 10) == "100%")
    #expect(Share.text(1, 8) == "12.50%")
    #expect(Share.text(1, 30_000_000) == "0.000003%")
    #expect(Share.text(29_999_999, 30_000_000) == "99.999997%")
    for denominator in [3, 999, 100_001, 1_000_000_007, Int.max] {
      #expect(Double(Share.text(1, denominator).dropLast().drop { $0 == "<" }) ?? 0 > 0)
      #expect(!Share.text(denominator - 1, denominator).hasPrefix("100"))
    }
  }

  @Test("months that are missing or doubled")
  func months() {
    func faults(_ counts: [Int32], _ method: QualityCheck.Method) -> [Int] {
      FindingMaker.judge(counts, method).filter(\.isViolated).map(\.month)
    }
    let year = [Int32](repeating: 60, count: 12)
    var missing = year + year
    missing[4] = 0
    #expect(faults(missing, .monthMissing) == [4])
    // Months before the first and after the last are of a provider that was not there.
    #expect(faults([0, 0] + year + [0], .monthMissing) == [])
    #expect(faults(missing.map { $0 / 4 }, .monthMissing) == [], "few lines a month may all be absent by chance")
    var doubled = year + year
    doubled[15] = 120
    #expect(faults(doubled, .monthDoubled) == [15])
    // A month that was delivered twice beside others that differ by chance, and one that differs by chance itself.
    let pharmacy = [77, 68, 75, 82, 69, 70, 67, 71, 87, 78, 75, 77, 92, 82, 0, 70, 67, 80, 92, 79, 65] as [Int32]
    for (lines, isFound) in [(140, true), (118, false)] as [(Int32, Bool)] {
      let months = pharmacy.map { $0 == 0 ? lines : $0 }
      #expect(faults(months, .monthDoubled) == (isFound ? [14] : []))
    }
    // Bills of a quarter come every year in the same month.
    doubled[3] = 120
    #expect(faults(doubled, .monthDoubled) == [])
  }

  /// Since the run before: what is new, what stayed and what is gone.
  @Test func comparedWithTheRunBefore() throws {
    func row(_ id: String, _ violated: Int) -> FindingRow {
      let check = QualityCheck(
        id: id, category: .plausibility, table: "person", column: nil, dutch: "x", english: "x", method: .monthMissing,
        threshold: 0, why: "x", severity: .warning)
      return FindingRow(check, violated: violated, denominator: 10)
    }
    func profile(_ provider: String, _ period: String, _ value: Double) -> ProfileRow {
      let key = ProfileRow.Key(
        quantity: "records", source: "s", table: "claim_line", item: "", provider: provider, period: period)
      return ProfileRow(key: key, rows: Int(value), value: value)
    }
    let before = EarlierRun(
      id: "before", findings: [row("a", 1), row("b", 1), row("c", 0)],
      profile: [profile("p", "2015", 1000), profile("q", "2015", 1000), profile("r", "2015", 120)])
    let compared = ComparedFindings(
      [row("a", 2), row("b", 0), row("c", 3), row("d", 0)],
      [
        profile("p", "2015", 1050), profile("q", "2015", 1300), profile("r", "2015", 140), profile("p", "2016", 1000),
      ], before)
    #expect(compared.rows.map(\.state) == [.persisting, .resolved, .new, .none])
    // 5% is little, 20 of 120 are chance, and a period that was not there before has nothing to differ from.
    #expect(compared.drift.map(\.key.provider) == ["q"])
  }
}
