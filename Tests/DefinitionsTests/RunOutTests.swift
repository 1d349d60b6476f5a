import Columns
import Definitions
import Testing

@Suite("How long claims come in, and who is compared")
struct RunOutTests {
  @Test(
    "the last complete day is the end of the month so many whole months before",
    arguments: [
      ("2019-04-01", 3.0, "2018-12-31"), ("2019-03-31", 3, "2018-12-31"), ("2019-03-30", 3, "2018-11-30"),
      ("2018-12-31", 0, "2018-12-31"), ("2019-01-15", 0, "2018-12-31"), ("2016-05-10", 2, "2016-02-29"),
      ("2019-04-01", 15, "2017-12-31"),
    ])
  func complete(received: String, months: Double, last: String) {
    let months = Threshold(value: months, why: "", since: "")
    let declared = RunOut(months: months, received: Day(received))
    #expect(declared.completeThrough(last: Day(0)).description == last)
    // Without a day of receipt the last day of care counts.
    #expect(Day(received).map { RunOut(months: months, received: nil).completeThrough(last: $0).description } == last)
  }

  private func problems(_ text: String) throws -> [String] {
    var pipeline = SmallPipeline()
    try pipeline.edit("pipeline.yaml", "version: \"1\"", "version: \"1\"\n" + text)
    return try pipeline.problems()
  }

  @Test(arguments: [
    ("run-out: {months: 3}", "expected {value: …, why: …, since: …}, found \"3\""),
    ("run-out: {months: {value: 2.5, why: w, since: 2026}}", "the months of run-out are a whole number"),
    ("run-out: {months: {value: 3, why: w, since: 2026}, received: soon}", "expected a date as yyyy-MM-dd"),
    ("run-out: {}", "missing key \"months\""),
    (
      "run-out: {months: {value: 3, why: w, since: 2026}, complete-at: {value: 95, why: w, since: 2026}}",
      "95 is not between 0.5 and 1"
    ),
    ("source-agreement: {parties: [insurer], days: {value: 3, why: w, since: 2026}}", "expected two parties"),
    (
      "source-agreement: {parties: [insurer, provider], days: {value: 3, why: w, since: 2026}}",
      "no source delivers claim_line reported by provider"
    ),
    ("source-agreement: {parties: [insurer, provider]}", "missing key \"days\""),
  ])
  func wrong(text: String, message: String) throws {
    let found = try problems(text)
    #expect(found.count == 1 && found[0].contains(message), "\(found)")
  }

  @Test(arguments: [
    ("sources/claims.yaml", "{in-name: yyyy}", "expected a date pattern such as yyyyMMdd, found \"yyyy\""),
    ("sources/claims.yaml", "{}", "missing key \"in-name\""),
    ("sources/claims.yaml", "{in-name: yyyyMMdd}", ""),
    ("sources/people.yaml", "{in-name: yyyyMMdd}", "\"received\" is for sources that deliver claim_line"),
  ])
  func received(file: String, text: String, message: String) throws {
    var pipeline = SmallPipeline()
    try pipeline.edit(file, "version: \"1\"", "version: \"1\"\nreceived: \(text)")
    let found = try pipeline.problems()
    #expect(message.isEmpty ? found == [] : found.count == 1 && found[0].contains(message), "\(found)")
  }

  @Test func right() throws {
    #expect(try problems("run-out: {months: {value: 3, why: w, since: 2026}, received: 2019-04-01}") == [])
  }
}
